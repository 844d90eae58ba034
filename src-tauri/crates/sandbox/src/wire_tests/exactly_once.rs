//! QoS 2 both ways, and over a connection that is lost in the middle.

use super::kept::{drop_and_wait, kept};
use super::*;

/// PUBREC, PUBREL and PUBCOMP without a reason.
fn reply(first: u8, id: u8) -> [u8; 4] {
    [first, 2, 0, id]
}

#[tokio::test(start_paused = true)]
async fn a_message_goes_through_in_four_steps_each_way() {
    let mut hub = Hub::new();
    let mut three = hub.client(connect_3("three", 0)).await;
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    assert_eq!(three.ask(&subscribe_3("t", 2)).await.unwrap(), [0x90, 3, 0, 1, 2]);
    assert_eq!(five.ask(&subscribe_5("t", 1, &[])).await.unwrap(), [0x90, 4, 0, 1, 0, 1]);
    assert_eq!(five.ask(&publish_5(4, "t", &[0, 7], &[], "x")).await.unwrap(), reply(0x50, 7));
    // To the subscriber with QoS 1 as QoS 1.
    assert_eq!(five.packet().await.unwrap(), publish_5(2, "t", &[0, 1], &[], "x"));
    assert_eq!(five.ask(&reply(0x62, 7)).await.unwrap(), reply(0x70, 7));
    assert_eq!(three.packet().await.unwrap(), publish_3(4, "t", &[0, 1], "x"));
    assert_eq!(three.ask(&reply(0x50, 1)).await.unwrap(), reply(0x62, 1));
    three.send(&reply(0x70, 1)).await;
    assert_eq!(three.ask(&[0xc0, 0]).await.unwrap(), [0xd0, 0]);
    // The id is free again.
    assert_eq!(three.ask(&publish_3(4, "u", &[0, 7], "y")).await.unwrap(), reply(0x50, 7));
}

#[tokio::test(start_paused = true)]
async fn a_repeated_message_is_routed_once() {
    let mut hub = Hub::new();
    let mut watcher = hub.client(connect_3("watcher", 0)).await;
    watcher.ask(&subscribe_3("t", 0)).await.unwrap();
    let mut first = hub.client(kept("c")).await;
    assert_eq!(first.ask(&publish_3(4, "t", &[0, 7], "x")).await.unwrap(), reply(0x50, 7));
    assert_eq!(first.ask(&publish_3(0xc, "t", &[0, 7], "x")).await.unwrap(), reply(0x50, 7));
    drop_and_wait(&hub, first).await;
    let mut second = hub.dial();
    assert_eq!(second.ask(&kept("c")).await.unwrap(), [0x20, 2, 1, 0]);
    assert_eq!(second.ask(&publish_3(0xc, "t", &[0, 7], "x")).await.unwrap(), reply(0x50, 7));
    assert_eq!(second.ask(&reply(0x62, 7)).await.unwrap(), reply(0x70, 7));
    assert_eq!(watcher.packet().await.unwrap(), publish_3(0, "t", &[], "x"));
    // Released, the id stands for a new message.
    assert_eq!(second.ask(&publish_3(4, "t", &[0, 7], "y")).await.unwrap(), reply(0x50, 7));
    assert_eq!(watcher.packet().await.unwrap(), publish_3(0, "t", &[], "y"));
    assert!(watcher.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn what_was_lost_in_the_middle_goes_on_where_it_was() {
    let mut hub = Hub::new();
    let mut first = hub.client(kept("c")).await;
    first.ask(&subscribe_3("t", 2)).await.unwrap();
    for payload in ["received", "sent"] {
        hub.publish("t", payload, Qos::ExactlyOnce, false);
    }
    assert_eq!(first.packet().await.unwrap(), publish_3(4, "t", &[0, 1], "received"));
    assert_eq!(first.packet().await.unwrap(), publish_3(4, "t", &[0, 2], "sent"));
    assert_eq!(first.ask(&reply(0x50, 1)).await.unwrap(), reply(0x62, 1));
    drop_and_wait(&hub, first).await;
    let mut second = hub.dial();
    assert_eq!(second.ask(&kept("c")).await.unwrap(), [0x20, 2, 1, 0]);
    assert_eq!(second.packet().await.unwrap(), reply(0x62, 1));
    assert_eq!(second.packet().await.unwrap(), publish_3(0xc, "t", &[0, 2], "sent"));
    second.send(&reply(0x70, 1)).await;
    assert_eq!(second.ask(&reply(0x50, 2)).await.unwrap(), reply(0x62, 2));
    second.send(&reply(0x70, 2)).await;
    assert!(second.is_silent().await);
    hub.publish("t", "next", Qos::ExactlyOnce, false);
    assert_eq!(second.packet().await.unwrap(), publish_3(4, "t", &[0, 3], "next"));
}

#[tokio::test(start_paused = true)]
async fn reasons_of_mqtt_5() {
    let mut hub = Hub::with(Limits { retained: 0, ..Limits::default() });
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    // Nobody subscribed; no room; a wildcard; an id that is not in use.
    assert_eq!(five.ask(&publish_5(4, "t", &[0, 1], &[], "x")).await.unwrap(), [0x50, 3, 0, 1, 0x10]);
    assert_eq!(five.ask(&reply(0x62, 1)).await.unwrap(), reply(0x70, 1));
    assert_eq!(five.ask(&publish_5(5, "t", &[0, 2], &[], "x")).await.unwrap(), [0x50, 3, 0, 2, 0x97]);
    assert_eq!(five.ask(&publish_5(4, "t/+", &[0, 2], &[], "x")).await.unwrap(), [0x50, 3, 0, 2, 0x90]);
    assert_eq!(five.ask(&reply(0x62, 2)).await.unwrap(), [0x70, 3, 0, 2, 0x92]);
    // A client that refuses (0x87) is not sent PUBREL.
    five.ask(&subscribe_5("u", 2, &[])).await.unwrap();
    hub.publish("u", "1", Qos::ExactlyOnce, false);
    assert_eq!(five.packet().await.unwrap(), publish_5(4, "u", &[0, 1], &[], "1"));
    five.send(&[0x50, 3, 0, 1, 0x87]).await;
    assert!(five.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn more_than_the_hub_takes_at_a_time_ends_the_connection() {
    let mut hub = Hub::with(Limits { receive_maximum: 2, ..Limits::default() });
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    for id in [1, 2] {
        assert_eq!(five.ask(&publish_5(4, "t", &[0, id], &[], "x")).await.unwrap()[0], 0x50);
    }
    let answer = five.ask(&publish_5(4, "t", &[0, 3], &[], "x")).await.unwrap();
    assert_eq!((answer[0], answer[2]), (0xe0, 0x93));
}

#[tokio::test(start_paused = true)]
async fn a_hub_without_it_refuses_it() {
    // As the vendors' hubs do; Kaa lets everybody connect.
    let mut hub = super::kaa::open_hub();
    let mut answer = hub.dial().ask(&connect_5("c", 0, &[])).await.unwrap();
    // Maximum QoS 1, no shared subscriptions, no topic aliases, no receive maximum.
    assert_eq!(answer.drain(..10).collect::<Vec<_>>(), [0x20, 12, 0, 0, 9, 0x24, 1, 0x2a, 0, 0x27]);
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    assert_eq!(five.ask(&publish_5(4, "t", &[0, 1], &[], "x")).await.unwrap(), [0xe0, 2, 0x9b, 0]);
    let mut three = hub.client(connect_3("three", 0)).await;
    assert_eq!(three.ask(&publish_3(4, "t", &[0, 1], "x")).await, None);
    let will = packet(0x10, &[b"\x00\x04MQTT\x05\x16\x00\x00\x00", &text("w"), &[0], &text("t"), &text("x")]);
    assert_eq!(hub.dial().ask(&will).await.unwrap(), [0x20, 3, 0, 0x9b, 0]);
    assert_eq!(hub.context.broker.counters().published, 0);
}
