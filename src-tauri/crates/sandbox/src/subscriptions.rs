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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics;
    use crate::vectors::Vectors;
    use rand::rngs::StdRng;
    use rand::{Rng, SeedableRng};

    const NOBODY: SessionKey = SessionKey(0);

    fn plain(qos: Qos) -> Subscription {
        Subscription { qos, no_local: false, retain_as_published: false, id: None }
    }

    #[test]
    fn matching_follows_the_vectors() {
        for case in Vectors::load().rows("topic_match") {
            let (filter, topic) = (case["filter"].as_str().unwrap(), case["topic"].as_str().unwrap());
            let mut subscriptions = Subscriptions::default();
            subscriptions.insert(filter, SessionKey(1), plain(Qos::AtMostOnce));
            let found = subscriptions.matching(topic, NOBODY).contains_key(&SessionKey(1));
            assert_eq!(found, case["expected"] == true, "{filter:?} {topic:?}");
        }
    }

    #[test]
    fn the_trie_agrees_with_matching_one_by_one() {
        let mut random = StdRng::seed_from_u64(7);
        let mut text = |parts: &[&str]| {
            let levels = random.random_range(1..5);
            let levels: Vec<_> = (0..levels).map(|_| parts[random.random_range(0..parts.len())]).collect();
            levels.join("/")
        };
        for _ in 0..300 {
            let filters: Vec<_> = (0..20).map(|_| text(&["a", "b", "", "+", "#", "$x"])).collect();
            let filters: Vec<_> = filters.into_iter().filter(|f| topics::check_filter(f).is_ok()).collect();
            let mut subscriptions = Subscriptions::default();
            for (key, filter) in (1..).zip(&filters) {
                subscriptions.insert(filter, SessionKey(key), plain(Qos::AtMostOnce));
            }
            let topic = text(&["a", "b", "", "$x"]);
            let mut found: Vec<_> = subscriptions.matching(&topic, NOBODY).into_keys().collect();
            found.sort();
            let one_by_one = (1..).zip(&filters).filter(|(_, filter)| topics::matches(filter, &topic));
            let expected: Vec<_> = one_by_one.map(|(key, _)| SessionKey(key)).collect();
            assert_eq!(found, expected, "{topic:?} {filters:?}");
        }
    }

    #[test]
    fn overlapping_subscriptions_of_a_client_are_one_match() {
        let mut subscriptions = Subscriptions::default();
        let with_id = |qos, id| Subscription { id: Some(id), ..plain(qos) };
        subscriptions.insert("a/#", SessionKey(1), with_id(Qos::AtMostOnce, 1));
        subscriptions.insert("a/+", SessionKey(1), with_id(Qos::AtLeastOnce, 2));
        let mut found = subscriptions.matching("a/b", NOBODY).remove(&SessionKey(1)).unwrap();
        found.ids.sort();
        assert_eq!(found, Match { qos: Qos::AtLeastOnce, retain_as_published: false, ids: vec![1, 2] });
    }

    #[test]
    fn no_local_leaves_the_publisher_out() {
        let mut subscriptions = Subscriptions::default();
        subscriptions.insert("a", SessionKey(1), Subscription { no_local: true, ..plain(Qos::AtMostOnce) });
        assert!(subscriptions.matching("a", SessionKey(1)).is_empty());
        assert_eq!(subscriptions.matching("a", SessionKey(2)).len(), 1);
    }

    #[test]
    fn removing_leaves_no_branches() {
        let mut subscriptions = Subscriptions::default();
        assert!(subscriptions.insert("a/b/c", SessionKey(1), plain(Qos::AtMostOnce)));
        assert!(!subscriptions.insert("a/b/c", SessionKey(1), plain(Qos::AtLeastOnce)));
        assert!(subscriptions.insert("a/b", SessionKey(2), plain(Qos::AtMostOnce)));
        assert!(!subscriptions.remove("a/b/c/d", SessionKey(1)));
        assert!(!subscriptions.remove("a/b", SessionKey(1)));
        assert!(subscriptions.remove("a/b/c", SessionKey(1)));
        assert_eq!(subscriptions.matching("a/b", NOBODY).len(), 1);
        assert!(subscriptions.remove("a/b", SessionKey(2)));
        assert!(subscriptions.root.is_empty());
    }
}
