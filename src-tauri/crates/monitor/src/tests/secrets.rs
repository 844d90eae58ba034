//! A secret in a topic is shown by its end and kept nowhere.

use super::*;
use hubscope_model::{DeviceId, EntryClass, Property, PublishOutcome, Severity, text};
use zeroize::Zeroizing;

const SECRET: &str = "tQ5xK2aV9w7Qd2";

/// All that can be got out of a monitor, as text.
fn everything(monitor: &Monitor) -> String {
    let mut out = String::new();
    let (_, rows) = window(monitor, VIEW, 0, 500);
    for row in &rows {
        out += &serde_json::to_string(row).unwrap();
        out += &format!("{:?}", monitor.entry(row.seq));
        out += &topic_text(monitor, row);
        if let Some(RowTopic::Id(topic)) = row.topic {
            out += &format!("{:?}", monitor.topic_values(topic));
        }
    }
    let mut nodes = monitor.topic_tree(SESSION, None);
    while let Some(node) = nodes.pop() {
        nodes.extend(monitor.topic_tree(SESSION, Some(node.node)));
        out += &format!("{node:?}");
    }
    out
}

#[test]
fn it_is_in_no_output() {
    let monitor = monitor(1 << 20, 1000);
    monitor.open_view(VIEW, &spec("")).unwrap();
    monitor.register_session(SESSION, Some(DeviceId::new()), "kaa", vec![Zeroizing::new(SECRET.into())]);
    let topic = format!("kp1/app/dcx/{SECRET}/json");
    let properties = [Property { name: "response_topic".into(), value: format!("{topic}/status") }];
    let huge = vec![0; 2 << 20];
    monitor.append([
        NewMessage { properties: &properties, ..message(&topic, b"1") },
        message(&topic, b"2"),
        message(&topic, &huge),
        message(&format!("x{SECRET}/whole levels only"), b"3"),
        message(SECRET, b"4"),
    ]);
    let seq = monitor.append_event(
        0,
        Some(SESSION),
        EntryClass::Event,
        Severity::Info,
        text!("subscribed to {topic}", topic = &topic),
    );
    monitor.amend(seq, PublishOutcome::Refused { reason: text!("no {topic}", topic) });

    let out = everything(&monitor);
    assert!(out.contains("token •7Qd2"));
    assert_eq!(out.matches(SECRET).count(), out.matches(&format!("x{SECRET}")).count());
    let (_, rows) = window(&monitor, VIEW, 0, 10);
    assert_eq!(rows[0].topic, rows[1].topic, "it is one topic");
    assert_eq!(topic_text(&monitor, &rows[0]), "kp1/app/dcx/token •7Qd2/json");
}

#[test]
fn filters_see_the_token_and_not_the_secret() {
    let monitor = monitor(1 << 20, 1000);
    monitor.register_session(SESSION, None, "", vec![Zeroizing::new(SECRET.into())]);
    monitor.append([message(&format!("a/{SECRET}/b"), b""), message("a/x/b", b"")]);
    for (query, found) in [(SECRET, 0), ("\"token •7Qd2\"", 1), ("topic:\"a/token •7Qd2/#\"", 1), ("topic:a/+/b", 2)]
    {
        monitor.open_view(VIEW, &spec(query)).unwrap();
        assert_eq!(status(&monitor).matching, found, "{query}");
    }
}

#[test]
fn a_topic_that_reads_like_a_token_is_another_topic() {
    let monitor = monitor(1 << 20, 1000);
    monitor.register_session(
        SESSION,
        None,
        "",
        vec![Zeroizing::new(SECRET.into()), Zeroizing::new("other-7Qd2".into())],
    );
    let topics = [format!("a/{SECRET}"), "a/token •7Qd2".to_owned(), "a/other-7Qd2".to_owned()];
    monitor.open_view(VIEW, &spec("")).unwrap();
    monitor.append(topics.iter().chain(&topics).map(|topic| message(topic, b"")));
    let ids: Vec<_> = window(&monitor, VIEW, 0, 10).1.iter().map(|row| row.topic.clone().unwrap()).collect();
    assert_eq!(ids[..3], ids[3..]);
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
    let tree = monitor.topic_tree(SESSION, None);
    let children = monitor.topic_tree(SESSION, Some(tree[0].node));
    assert_eq!(
        children.iter().map(|node| (node.text.as_str(), node.messages)).collect::<Vec<_>>(),
        [("token •7Qd2", 2); 3]
    );
}
