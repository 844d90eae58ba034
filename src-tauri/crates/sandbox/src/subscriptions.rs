//! Who wants which topics: a trie over the levels of the filters.

use crate::message::Qos;
use crate::sessions::SessionKey;
use crate::topics::Filter;
use shared::Groups;
use std::collections::HashMap;

mod shared;
#[cfg(test)]
mod tests;

/// What a client asked for with one filter (MQTT 5 section 3.8.3.1; MQTT 3.1.1 has only the QoS).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Subscription {
    pub qos: Qos,
    /// Do not send the client what it published itself.
    pub no_local: bool,
    /// Pass the publisher's retain flag on.
    pub retain_as_published: bool,
    pub id: Option<u32>,
}

/// All matching subscriptions of one client, taken together: it gets the message once [MQTT-3.3.4-2, 4.7.3].
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub qos: Qos,
    pub retain_as_published: bool,
    pub ids: Vec<u32>,
}

/// Who gets a message.
#[derive(Debug, Default)]
pub(crate) struct Matching {
    pub clients: HashMap<SessionKey, Match>,
    /// For each matching shared subscription the client whose turn it is; its copy is one of its own.
    pub shared: Vec<(SessionKey, Match)>,
}

/// Every subscription of every client.
#[derive(Debug, Default)]
pub(crate) struct Subscriptions {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    children: HashMap<Box<str>, Node>,
    subscribers: HashMap<SessionKey, Subscription>,
    groups: Groups,
}

impl Node {
    fn is_empty(&self) -> bool {
        self.children.is_empty() && self.subscribers.is_empty() && self.groups.is_empty()
    }
}

impl Subscriptions {
    /// Adds or replaces the subscription of a client. True if it is new.
    pub fn insert(&mut self, filter: Filter<'_>, client: SessionKey, subscription: Subscription) -> bool {
        let levels = filter.topics.split('/');
        let leaf = levels.fold(&mut self.root, |node, level| node.children.entry(level.into()).or_default());
        match filter.group {
            Some(name) => leaf.groups.insert(name, client, subscription),
            None => leaf.subscribers.insert(client, subscription).is_none(),
        }
    }

    /// Takes a subscription away, and the branches that nobody needs any more. True if there was one.
    pub fn remove(&mut self, filter: Filter<'_>, client: SessionKey) -> bool {
        fn prune(
            node: &mut Node,
            levels: &mut std::str::Split<'_, char>,
            group: Option<&str>,
            client: SessionKey,
        ) -> bool {
            let Some(level) = levels.next() else {
                return match group {
                    Some(name) => node.groups.remove(name, client),
                    None => node.subscribers.remove(&client).is_some(),
                };
            };
            let Some(child) = node.children.get_mut(level) else {
                return false;
            };
            let removed = prune(child, levels, group, client);
            if child.is_empty() {
                node.children.remove(level);
            }
            removed
        }
        prune(&mut self.root, &mut filter.topics.split('/'), filter.group, client)
    }

    /// Who gets a message with this topic. `from` is the publisher, for subscriptions without its own messages;
    /// `ready` says whether a client of a shared subscription is there to take it.
    pub fn matching(&self, topic: &str, from: SessionKey, ready: impl Fn(SessionKey) -> bool) -> Matching {
        let mut found = Matching::default();
        let mut frontier = vec![&self.root];
        let mut wildcards = !topic.starts_with('$');
        for level in topic.split('/') {
            let mut next = Vec::new();
            for node in frontier {
                next.extend(node.children.get(level));
                if wildcards {
                    next.extend(node.children.get("+"));
                    found.collect(node.children.get("#"), from, &ready);
                }
            }
            wildcards = true;
            frontier = next;
        }
        for node in frontier {
            found.collect(Some(node), from, &ready);
            found.collect(node.children.get("#"), from, &ready);
        }
        found
    }
}

impl Matching {
    /// Copies to be made.
    pub fn len(&self) -> usize {
        self.clients.len() + self.shared.len()
    }

    /// Merges the subscribers of a node into what was found so far.
    fn collect(&mut self, node: Option<&Node>, from: SessionKey, ready: &impl Fn(SessionKey) -> bool) {
        let Some(node) = node else { return };
        for (client, subscription) in &node.subscribers {
            if subscription.no_local && *client == from {
                continue;
            }
            let entry = self.clients.entry(*client).or_insert(Match {
                qos: Qos::AtMostOnce,
                retain_as_published: false,
                ids: Vec::new(),
            });
            entry.qos = entry.qos.max(subscription.qos);
            entry.retain_as_published |= subscription.retain_as_published;
            entry.ids.extend(subscription.id);
        }
        self.shared.extend(node.groups.choose(ready).map(|(client, subscription)| {
            let Subscription { qos, retain_as_published, id, .. } = subscription;
            (client, Match { qos, retain_as_published, ids: id.into_iter().collect() })
        }));
    }
}
