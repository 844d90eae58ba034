//! Publish, subscribe, acknowledge; what slow readers get.

use super::*;

const USER_PROPERTY: &[u8] = b"\x26\x00\x01k\x00\x01v";

#[tokio::test(start_paused = true)]
async fn a_message_goes_from_client_to_client_over_versions() {
    let mut hub = Hub::new();
    let mut three = hub.client(connect_3("three", 0)).await;
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    assert_eq!(three.ask(&subscribe_3("t/#", 1)).await.unwrap(), [0x90, 3, 0, 1, 1]);
    assert_eq!(five.ask(&subscribe_5("t/+", 2, &[0x0b, 7])).await.unwrap(), [0x90, 4, 0, 1, 0, 2]);
    let properties = [USER_PROPERTY, b"\x03\x00\x04text\x08\x00\x01r\x09\x00\x02cd"].concat();
    five.send(&publish_5(2, "t/a", &[0, 5], &properties, "hello")).await;
    assert_eq!(five.packet().await.unwrap(), [0x40, 2, 0, 5]);
    let received = publish_5(2, "t/a", &[0, 1], &[&properties[..], &[0x0b, 7]].concat(), "hello");
    assert_eq!(five.packet().await.unwrap(), received);
    assert_eq!(three.packet().await.unwrap(), publish_3(2, "t/a", &[0, 1], "hello"));
    three.send(&[0x40, 2, 0, 1]).await;
    three.send(&publish_3(0, "t/b", &[], "zero")).await;
    assert_eq!(three.packet().await.unwrap(), publish_3(0, "t/b", &[], "zero"));
    assert_eq!(five.packet().await.unwrap(), publish_5(0, "t/b", &[], &[0x0b, 7], "zero"));
}

#[tokio::test(start_paused = true)]
async fn acknowledgements_carry_the_reason() {
    let mut hub = Hub::with(Limits { retained: 0, subscriptions: 1, ..Limits::default() });
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    assert_eq!(five.ask(&publish_5(2, "t", &[0, 1], &[], "x")).await.unwrap(), [0x40, 3, 0, 1, 0x10]);
    assert_eq!(five.ask(&publish_5(3, "t", &[0, 1], &[], "x")).await.unwrap(), [0x40, 3, 0, 1, 0x97]);
    assert_eq!(five.ask(&publish_5(2, "t/+", &[0, 1], &[], "x")).await.unwrap(), [0x40, 3, 0, 1, 0x90]);
    let wishes: Vec<u8> = ["b/+c", "a/#/b", "a", "b"].iter().flat_map(|f| [text(f), vec![0]].concat()).collect();
    let answer = five.ask(&packet(0x82, &[&[0, 1, 0], &wishes])).await.unwrap();
    assert_eq!(answer, [0x90, 7, 0, 1, 0, 0x8f, 0x8f, 0, 0x97]);
    let filters = [text("a"), text("b")].concat();
    assert_eq!(five.ask(&packet(0xa2, &[&[0, 2, 0], &filters])).await.unwrap(), [0xb0, 5, 0, 2, 0, 0, 0x11]);
    let mut three = hub.client(connect_3("three", 0)).await;
    assert_eq!(three.ask(&packet(0x82, &[&[0, 1], &wishes])).await.unwrap(), [0x90, 6, 0, 1, 0x80, 0x80, 0, 0x80]);
    assert_eq!(three.ask(&packet(0xa2, &[&[0, 2], &filters])).await.unwrap(), [0xb0, 2, 0, 2]);
    assert_eq!(three.ask(&publish_3(3, "t", &[0, 1], "x")).await, None);
}

#[tokio::test(start_paused = true)]
async fn retained_messages_and_their_flag() {
    let mut hub = Hub::new();
    hub.publish("r", "old", Qos::AtLeastOnce, true);
    let mut three = hub.client(connect_3("three", 0)).await;
    three.ask(&subscribe_3("r", 0)).await.unwrap();
    assert_eq!(three.packet().await.unwrap(), publish_3(1, "r", &[], "old"));
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    // Never (2); only if new (1), asked twice; retain as published (bit 3).
    five.ask(&subscribe_5("r", 0x20, &[])).await.unwrap();
    five.ask(&subscribe_5("r", 0x10, &[])).await.unwrap();
    five.ask(&subscribe_5("+", 0x18, &[])).await.unwrap();
    assert_eq!(five.packet().await.unwrap(), publish_5(1, "r", &[], &[], "old"));
    hub.publish("r", "new", Qos::AtMostOnce, true);
    assert_eq!(five.packet().await.unwrap(), publish_5(1, "r", &[], &[], "new"));
    assert_eq!(three.packet().await.unwrap(), publish_3(0, "r", &[], "new"));
    hub.publish("r", "", Qos::AtMostOnce, true);
    assert_eq!(three.packet().await.unwrap(), publish_3(0, "r", &[], ""));
    three.ask(&subscribe_3("#", 0)).await.unwrap();
    assert!(three.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn a_message_expires() {
    let mut hub = Hub::new();
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    five.send(&publish_5(1, "e", &[], &[0x02, 0, 0, 0, 100], "x")).await;
    assert!(five.is_silent().await);
    five.ask(&subscribe_5("e", 0, &[])).await.unwrap();
    assert_eq!(five.packet().await.unwrap(), publish_5(1, "e", &[], &[0x02, 0, 0, 0, 95], "x"));
    tokio::time::advance(Duration::from_secs(96)).await;
    five.ask(&subscribe_5("e", 0, &[])).await.unwrap();
    assert!(five.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn no_more_is_on_its_way_than_the_client_takes() {
    let mut hub = Hub::new();
    let mut five = hub.client(connect_5("five", 0, &[0x21, 0, 1])).await;
    five.ask(&subscribe_5("t", 1, &[])).await.unwrap();
    hub.publish("t", "1", Qos::AtLeastOnce, false);
    hub.publish("t", "2", Qos::AtLeastOnce, false);
    assert_eq!(five.packet().await.unwrap(), publish_5(2, "t", &[0, 1], &[], "1"));
    assert!(five.is_silent().await);
    five.send(&[0x40, 2, 0, 1]).await;
    assert_eq!(five.packet().await.unwrap(), publish_5(2, "t", &[0, 2], &[], "2"));
}

#[tokio::test(start_paused = true)]
async fn what_is_too_large_for_the_client_is_left_out() {
    let mut hub = Hub::new();
    let mut five = hub.client(connect_5("five", 0, &[0x27, 0, 0, 0, 50])).await;
    five.ask(&subscribe_5("t", 1, &[])).await.unwrap();
    hub.publish("t", &"x".repeat(100), Qos::AtLeastOnce, false);
    hub.publish("t", "fits", Qos::AtLeastOnce, false);
    assert_eq!(five.packet().await.unwrap(), publish_5(2, "t", &[0, 2], &[], "fits"));
}

#[tokio::test(start_paused = true)]
async fn a_slow_reader_loses_qos_0_and_it_is_counted() {
    let mut hub = Hub::with(Limits { outbox: 50_000, ..Limits::default() });
    let mut slow = hub.client(connect_3("slow", 0)).await;
    slow.ask(&subscribe_3("t", 0)).await.unwrap();
    let payload = "x".repeat(1000);
    // Yields let the connection take what it can: the pipe, its own buffer, then the outbox fill up.
    for _ in 0..1000 {
        hub.publish("t", &payload, Qos::AtMostOnce, false);
        tokio::task::yield_now().await;
    }
    let dropped = hub.context.broker.counters().dropped;
    assert!(dropped > 800, "{dropped}");
    for _ in 0..1000 - dropped {
        assert_eq!(slow.packet().await.unwrap(), publish_3(0, "t", &[], &payload));
    }
    assert!(slow.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn a_slow_reader_of_qos_1_is_disconnected_and_told_why() {
    let mut hub = Hub::with(Limits { outbox: 50_000, ..Limits::default() });
    let mut slow = hub.client(connect_5("slow", 0, &[])).await;
    slow.ask(&subscribe_5("t", 1, &[])).await.unwrap();
    let payload = "x".repeat(1000);
    while hub.publish("t", &payload, Qos::AtLeastOnce, false) > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(hub.context.broker.counters().clients, 0);
    let mut last = Vec::new();
    while let Some(packet) = slow.packet().await {
        last = packet;
    }
    assert_eq!(last, [0xe0, 2, 0x97, 0]);
}

#[tokio::test(start_paused = true)]
async fn a_flood_from_a_client_that_does_not_read_is_stopped() {
    let mut hub = Hub::new();
    let mut deaf = hub.client(connect_3("deaf", 60)).await;
    // Every PUBLISH asks for a PUBACK that is never read: at some point nothing more is taken.
    let flood = async {
        loop {
            deaf.0.write_all(&publish_3(2, "t", &[0, 1], "x")).await.unwrap();
        }
    };
    assert!(timeout(Duration::from_secs(30), flood).await.is_err());
    assert!(hub.context.broker.counters().published < 30_000);
}
