//! Who wants which topics: a trie over the levels of the filters.

use crate::message::Qos;
use crate::sessions::SessionKey;
use std::collections::HashMap;

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

/// Every subscription of every client.
#[derive(Debug, Default)]
pub(crate) struct Subscriptions {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    children: HashMap<Box<str>, Node>,
    subscribers: HashMap<SessionKey, Subscription>,
}

impl Node {
    fn is_empty(&self) -> bool {
        self.children.is_empty() && self.subscribers.is_empty()
    }
}

impl Subscriptions {
    /// Adds or replaces the subscription of a client to a valid filter. True if it is new.
    pub fn insert(&mut self, filter: &str, client: SessionKey, subscription: Subscription) -> bool {
        let leaf = filter.split('/').fold(&mut self.root, |node, level| node.children.entry(level.into()).or_default());
        leaf.subscribers.insert(client, subscription).is_none()
    }

    /// Takes a subscription away, and the branches that nobody needs any more. True if there was one.
    pub fn remove(&mut self, filter: &str, client: SessionKey) -> bool {
        fn prune(node: &mut Node, levels: &mut std::str::Split<'_, char>, client: SessionKey) -> bool {
            let Some(level) = levels.next() else {
                return node.subscribers.remove(&client).is_some();
            };
            let Some(child) = node.children.get_mut(level) else {
                return false;
            };
            let removed = prune(child, levels, client);
            if child.is_empty() {
                node.children.remove(level);
            }
            removed
        }
        prune(&mut self.root, &mut filter.split('/'), client)
    }

    /// Who gets a message with this topic. `from` is the publisher, for subscriptions without its own messages.
    pub fn matching(&self, topic: &str, from: SessionKey) -> HashMap<SessionKey, Match> {
        let mut found = HashMap::new();
        let mut frontier = vec![&self.root];
        let mut wildcards = !topic.starts_with('$');
        for level in topic.split('/') {
            let mut next = Vec::new();
            for node in frontier {
                next.extend(node.children.get(level));
                if wildcards {
                    next.extend(node.children.get("+"));
                    collect(node.children.get("#"), from, &mut found);
                }
            }
            wildcards = true;
            frontier = next;
        }
        for node in frontier {
            collect(Some(node), from, &mut found);
            collect(node.children.get("#"), from, &mut found);
        }
        found
    }
}

/// Merges the subscribers of a node into what was found so far.
fn collect(node: Option<&Node>, from: SessionKey, found: &mut HashMap<SessionKey, Match>) {
    for (client, subscription) in node.into_iter().flat_map(|node| &node.subscribers) {
        if subscription.no_local && *client == from {
            continue;
        }
        let entry =
            found.entry(*client).or_insert(Match { qos: Qos::AtMostOnce, retain_as_published: false, ids: Vec::new() });
        entry.qos = entry.qos.max(subscription.qos);
        entry.retain_as_published |= subscription.retain_as_published;
        entry.ids.extend(subscription.id);
    }
}
