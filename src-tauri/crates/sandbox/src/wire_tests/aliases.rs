//! Topic aliases in both directions.

use super::*;

fn alias(number: u8) -> [u8; 3] {
    [0x23, 0, number]
}

#[tokio::test(start_paused = true)]
async fn a_client_may_use_them() {
    let mut hub = Hub::with(Limits { topic_aliases: 2, ..Limits::default() });
    let mut three = hub.client(connect_3("three", 0)).await;
    three.ask(&subscribe_3("#", 0)).await.unwrap();
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    for (topic, number, expected) in
        [("a", 1, "a"), ("", 1, "a"), ("b", 2, "b"), ("c", 1, "c"), ("", 1, "c"), ("", 2, "b")]
    {
        five.send(&publish_5(0, topic, &[], &alias(number), "x")).await;
        assert_eq!(three.packet().await.unwrap(), publish_3(0, expected, &[], "x"), "{topic} {number}");
    }
    // Zero, more than allowed, unknown, none at all.
    for (topic, number) in [("a", 0), ("a", 3), ("", 1)] {
        let mut five = hub.client(connect_5("again", 0, &[])).await;
        let answer = five.ask(&publish_5(0, topic, &[], &alias(number), "x")).await.unwrap();
        assert!(answer[0] == 0xe0 && [0x82, 0x94].contains(&answer[2]), "{topic} {number} {answer:02x?}");
    }
    let mut five = hub.client(connect_5("again", 0, &[])).await;
    assert_eq!(five.ask(&publish_5(0, "", &[], &[], "x")).await.unwrap()[0], 0xe0);
}

#[tokio::test(start_paused = true)]
async fn the_hub_uses_as_many_as_the_client_takes() {
    let mut hub = Hub::new();
    let mut five = hub.client(connect_5("five", 0, &[0x22, 0, 1])).await;
    five.ask(&subscribe_5("#", 1, &[])).await.unwrap();
    for (topic, sent, properties) in
        [("a", "a", alias(1).as_slice()), ("a", "", &alias(1)), ("b", "b", &[]), ("a", "", &alias(1))]
    {
        hub.publish(topic, "x", Qos::AtMostOnce, false);
        assert_eq!(five.packet().await.unwrap(), publish_5(0, sent, &[], properties, "x"));
    }
    // What does not fit with an alias is sent without.
    let (topic, mut small) = ("a-topic-of-some-length", hub.dial());
    let fitting = publish_5(0, topic, &[], &[], "x");
    let connect = connect_5("small", 0, &[0x22, 0, 9, 0x27, 0, 0, 0, fitting.len() as u8]);
    assert_eq!(small.ask(&connect).await.unwrap()[3], 0);
    small.ask(&subscribe_5(topic, 0, &[])).await.unwrap();
    hub.publish(topic, "x", Qos::AtMostOnce, false);
    assert_eq!(small.packet().await.unwrap(), fitting);
}

#[tokio::test(start_paused = true)]
async fn they_end_with_the_connection() {
    let mut hub = Hub::new();
    let connect = |clean: bool| {
        let mut connect = connect_5("c", 0, &[0x22, 0, 9, 0x11, 0, 0, 0, 100]);
        connect[9] ^= if clean { 0 } else { 2 };
        connect
    };
    let mut first = hub.client(connect(true)).await;
    first.ask(&subscribe_5("t", 1, &[])).await.unwrap();
    hub.publish("t", "x", Qos::AtLeastOnce, false);
    assert_eq!(first.packet().await.unwrap(), publish_5(2, "t", &[0, 1], &alias(1), "x"));
    let mut second = hub.client(connect(false)).await;
    // Sent again, with its topic.
    assert_eq!(second.packet().await.unwrap(), publish_5(0x0a, "t", &[0, 1], &alias(1), "x"));
}
