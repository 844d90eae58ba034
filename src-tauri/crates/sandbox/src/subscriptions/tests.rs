//! Matching, against a plain matcher and the vectors.

use super::*;
use crate::topics;
use crate::vectors::Vectors;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const NOBODY: SessionKey = SessionKey(0);

fn read(text: &str) -> Filter<'_> {
    Filter::read(text).unwrap()
}

fn clients(subscriptions: &Subscriptions, topic: &str, from: SessionKey) -> HashMap<SessionKey, Match> {
    subscriptions.matching(topic, from, |_| true).clients
}

fn plain(qos: Qos) -> Subscription {
    Subscription { qos, no_local: false, retain_as_published: false, id: None }
}

#[test]
fn matching_follows_the_vectors() {
    for case in Vectors::load().rows("topic_match") {
        let (filter, topic) = (case["filter"].as_str().unwrap(), case["topic"].as_str().unwrap());
        let mut subscriptions = Subscriptions::default();
        subscriptions.insert(read(filter), SessionKey(1), plain(Qos::AtMostOnce));
        let found = clients(&subscriptions, topic, NOBODY).contains_key(&SessionKey(1));
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
        let filters: Vec<_> = filters.into_iter().filter(|f| Filter::read(f).is_some()).collect();
        let mut subscriptions = Subscriptions::default();
        for (key, filter) in (1..).zip(&filters) {
            subscriptions.insert(read(filter), SessionKey(key), plain(Qos::AtMostOnce));
        }
        let topic = text(&["a", "b", "", "$x"]);
        let mut found: Vec<_> = clients(&subscriptions, &topic, NOBODY).into_keys().collect();
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
    subscriptions.insert(read("a/#"), SessionKey(1), with_id(Qos::AtMostOnce, 1));
    subscriptions.insert(read("a/+"), SessionKey(1), with_id(Qos::AtLeastOnce, 2));
    let mut found = clients(&subscriptions, "a/b", NOBODY).remove(&SessionKey(1)).unwrap();
    found.ids.sort();
    assert_eq!(found, Match { qos: Qos::AtLeastOnce, retain_as_published: false, ids: vec![1, 2] });
}

#[test]
fn no_local_leaves_the_publisher_out() {
    let mut subscriptions = Subscriptions::default();
    subscriptions.insert(read("a"), SessionKey(1), Subscription { no_local: true, ..plain(Qos::AtMostOnce) });
    assert!(clients(&subscriptions, "a", SessionKey(1)).is_empty());
    assert_eq!(clients(&subscriptions, "a", SessionKey(2)).len(), 1);
}

#[test]
fn removing_leaves_no_branches() {
    let mut subscriptions = Subscriptions::default();
    assert!(subscriptions.insert(read("a/b/c"), SessionKey(1), plain(Qos::AtMostOnce)));
    assert!(!subscriptions.insert(read("a/b/c"), SessionKey(1), plain(Qos::AtLeastOnce)));
    assert!(subscriptions.insert(read("a/b"), SessionKey(2), plain(Qos::AtMostOnce)));
    assert!(!subscriptions.remove(read("a/b/c/d"), SessionKey(1)));
    assert!(!subscriptions.remove(read("a/b"), SessionKey(1)));
    assert!(subscriptions.remove(read("a/b/c"), SessionKey(1)));
    assert_eq!(clients(&subscriptions, "a/b", NOBODY).len(), 1);
    assert!(subscriptions.remove(read("a/b"), SessionKey(2)));
    assert!(subscriptions.root.is_empty());
}

#[test]
fn a_group_takes_turns_and_waits_for_nobody() {
    let mut subscriptions = Subscriptions::default();
    for client in 1..=3 {
        assert!(subscriptions.insert(read("$share/g/a/+"), SessionKey(client), plain(Qos::AtLeastOnce)));
    }
    assert!(!subscriptions.insert(read("$share/g/a/+"), SessionKey(3), plain(Qos::AtMostOnce)));
    subscriptions.insert(read("$share/other/a/#"), SessionKey(3), plain(Qos::AtMostOnce));
    subscriptions.insert(read("a/b"), SessionKey(1), plain(Qos::AtMostOnce));
    let chosen = |ready: fn(SessionKey) -> bool| {
        let found = subscriptions.matching("a/b", NOBODY, ready);
        assert_eq!((found.len(), found.clients.len()), (3, 1));
        // The group `other` has one client, which it always is.
        let mut keys: Vec<_> = found.shared.iter().map(|(key, _)| key.0).collect();
        keys.remove(keys.iter().position(|key| *key == 3).unwrap());
        keys[0]
    };
    let turns: Vec<_> = (0..6).map(|_| chosen(|_| true)).collect();
    assert_eq!(turns, [1, 2, 3, 1, 2, 3]);
    assert_eq!([chosen(|key| key.0 == 2), chosen(|key| key.0 == 2)], [2, 2]);
    assert_eq!(chosen(|_| false), 3);
    for client in 1..=3 {
        assert!(subscriptions.remove(read("$share/g/a/+"), SessionKey(client)));
    }
    assert!(!subscriptions.remove(read("$share/g/a/+"), SessionKey(1)));
    assert!(subscriptions.remove(read("$share/other/a/#"), SessionKey(3)));
    assert!(subscriptions.remove(read("a/b"), SessionKey(1)));
    assert!(subscriptions.root.is_empty());
}
