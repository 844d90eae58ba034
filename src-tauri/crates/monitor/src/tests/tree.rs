//! The topic tree: counts, values that outlive their entries, and its bounds.

use super::*;
use hubscope_model::{DeviceId, TopicId};

/// Text, messages and children of the nodes under a path.
fn level(monitor: &Monitor, session: SessionId, path: &[&str]) -> Vec<(String, u64, bool)> {
    let mut nodes = monitor.topic_tree(session, None);
    for text in path {
        let node = nodes.iter().find(|node| node.text == *text).unwrap().node;
        nodes = monitor.topic_tree(session, Some(node));
    }
    let mut nodes: Vec<_> = nodes.into_iter().map(|node| (node.text, node.messages, node.has_children)).collect();
    nodes.sort();
    nodes
}

#[test]
fn topics_are_counted_level_by_level() {
    let monitor = monitor(1 << 20, 1000);
    for topic in ["a/b", "a/b", "a", "a/b/c", "/a", "a//"] {
        monitor.append([message(topic, b"")]);
    }
    assert_eq!(level(&monitor, SESSION, &[]), [("".into(), 0, true), ("a".into(), 1, true)]);
    assert_eq!(level(&monitor, SESSION, &["a"]), [("".into(), 0, true), ("b".into(), 2, true)]);
    assert_eq!(level(&monitor, SESSION, &["a", "b"]), [("c".into(), 1, false)]);
    assert_eq!(level(&monitor, SESSION, &["a", ""]), [("".into(), 1, false)]);
    assert!(monitor.topic_tree(SessionId(77), None).is_empty());
}

#[test]
fn a_device_keeps_its_tree_over_sessions_and_devices_do_not_mix() {
    let monitor = monitor(1 << 20, 1000);
    let device = DeviceId::new();
    monitor.register_session(SessionId(1), Some(device), "", Vec::new());
    monitor.register_session(SessionId(2), Some(device), "", Vec::new());
    monitor.register_session(SessionId(3), Some(DeviceId::new()), "", Vec::new());
    for session in [1, 2, 3, 2] {
        monitor.append([NewMessage { session: SessionId(session), ..message("a", b"") }]);
    }
    assert_eq!(level(&monitor, SessionId(1), &[]), [("a".into(), 3, false)]);
    assert_eq!(level(&monitor, SessionId(2), &[]), [("a".into(), 3, false)]);
    assert_eq!(level(&monitor, SessionId(3), &[]), [("a".into(), 1, false)]);
}

fn values(monitor: &Monitor, topic: u32) -> Vec<String> {
    let values = monitor.topic_values(TopicId(topic));
    values.into_iter().map(|value| String::from_utf8(value.payload).unwrap()).collect()
}

#[test]
fn a_loud_topic_does_not_evict_the_values_of_a_quiet_one() {
    let monitor = monitor(1 << 20, 100);
    numbers(&monitor, "quiet", 0, 8);
    numbers(&monitor, "loud", 0, 5000);
    assert_eq!(values(&monitor, 0), ["n2", "n3", "n4", "n5", "n6", "n7"]);
    assert_eq!(values(&monitor, 1), ["n4994", "n4995", "n4996", "n4997", "n4998", "n4999"]);
    numbers(&monitor, "quiet", 8, 2);
    assert_eq!(values(&monitor, 0), ["n4", "n5", "n6", "n7", "n8", "n9"]);
    numbers(&monitor, "loud", 5000, 300);
    numbers(&monitor, "quiet", 10, 6);
    assert_eq!(values(&monitor, 0), ["n10", "n11", "n12", "n13", "n14", "n15"]);
}

#[test]
fn what_the_tree_keeps_is_bounded_and_last_values_go_last() {
    let monitor = monitor(64 << 20, 64);
    let large = vec![b'x'; 200_000];
    monitor.append([message("large", &large)]);
    // 600 topics of three values each: 16 MiB hold far fewer copies, but all last ones.
    let value = vec![b'v'; 20_000];
    for round in 0..3 {
        for topic in 0..600 {
            monitor
                .append([message(&format!("t/{topic}/{round}"), &value[..1]), message(&format!("t/{topic}"), &value)]);
        }
    }
    numbers(&monitor, "flush", 0, 64);
    let kept: usize = (0..1800)
        .map(|topic| monitor.topic_values(TopicId(topic)).iter().map(|v| v.payload.len()).sum::<usize>())
        .sum();
    assert!(kept <= 16 * 1024 * 1024, "{kept}");
    let lasting = (1..1800).filter(|topic| !monitor.topic_values(TopicId(*topic)).is_empty()).count();
    assert_eq!(lasting, 1799, "every topic still has its last value");
    let first = &monitor.topic_values(TopicId(0))[0];
    assert_eq!((first.size, first.payload.len()), (200_000, 64 * 1024));
}

#[test]
fn topics_beyond_the_bound_are_kept_and_counted_apart() {
    let monitor = monitor(1 << 26, 1_000_000);
    monitor.open_view(VIEW, &spec("topic:t/+/end 7")).unwrap();
    let topics: Vec<String> = (0..100_100).map(|number| format!("t/{number}/end")).collect();
    monitor.append(topics.iter().map(|topic| message(topic, b"")));
    assert_eq!(monitor.beyond_tree(SESSION), 100);
    let expected = (0..100_100).filter(|number: &u64| number.to_string().contains('7')).count() as u64;
    assert_eq!(status(&monitor).matching, expected);
    let (_, rows) = window(&monitor, VIEW, expected - 1, 1);
    assert_eq!(rows[0].topic, Some(RowTopic::Text { text: "t/100097/end".into(), cut: false }));
    assert_eq!(monitor.entry(100_099).unwrap().topic.unwrap(), "t/100099/end");
    monitor.append([message("t/3/end", b"")]);
    assert_eq!(monitor.beyond_tree(SESSION), 100, "known topics are still counted");
}

#[test]
fn topics_of_many_levels_meet_the_byte_bound() {
    let monitor = monitor(1 << 26, 1000);
    let slashes = "/".repeat(65_000);
    let topics: Vec<String> = (0..60).map(|number| format!("{number}{slashes}")).collect();
    monitor.append(topics.iter().map(|topic| message(topic, b"")));
    let beyond = monitor.beyond_tree(SESSION);
    assert!((1..60).contains(&beyond), "{beyond}");
    assert_eq!(monitor.entry(59).unwrap().topic.unwrap(), topics[59]);
    monitor.open_view(VIEW, &spec("")).unwrap();
    let (_, rows) = window(&monitor, VIEW, 59, 1);
    assert_eq!(rows[0].topic, Some(RowTopic::Text { text: topics[59][..1024].into(), cut: true }));
}
