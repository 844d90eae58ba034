//! Shared subscriptions, MQTT 5 and 3.1.1 in one group.

use super::kept::{drop_and_wait, kept};
use super::*;

#[tokio::test(start_paused = true)]
async fn each_message_goes_to_one_of_the_group() {
    let mut hub = Hub::new();
    hub.publish("s/kept", "retained", Qos::AtLeastOnce, true);
    let mut three = hub.client(connect_3("three", 0)).await;
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    let mut other = hub.client(connect_5("other", 0, &[])).await;
    assert_eq!(three.ask(&subscribe_3("$share/g/s/+", 1)).await.unwrap(), [0x90, 3, 0, 1, 1]);
    assert_eq!(five.ask(&subscribe_5("$share/g/s/+", 2, &[0x0b, 9])).await.unwrap(), [0x90, 4, 0, 1, 0, 2]);
    other.ask(&subscribe_5("$share/h/s/+", 0, &[])).await.unwrap();
    // No retained message comes first; then they take turns, and the other group gets every message.
    for payload in ["1", "2", "3", "4"] {
        assert_eq!(hub.publish("s/a", payload, Qos::AtLeastOnce, false), 2);
        assert_eq!(other.packet().await.unwrap(), publish_5(0, "s/a", &[], &[], payload));
    }
    assert_eq!(three.packet().await.unwrap(), publish_3(2, "s/a", &[0, 1], "1"));
    assert_eq!(five.packet().await.unwrap(), publish_5(2, "s/a", &[0, 1], &[0x0b, 9], "2"));
    assert_eq!(three.packet().await.unwrap(), publish_3(2, "s/a", &[0, 2], "3"));
    assert_eq!(five.packet().await.unwrap(), publish_5(2, "s/a", &[0, 2], &[0x0b, 9], "4"));
    assert_eq!(five.ask(&packet(0xa2, &[&[0, 2, 0], &text("$share/g/s/+")])).await.unwrap(), [0xb0, 4, 0, 2, 0, 0]);
    for (id, payload) in [(3, "5"), (4, "6")] {
        hub.publish("s/a", payload, Qos::AtLeastOnce, false);
        assert_eq!(three.packet().await.unwrap(), publish_3(2, "s/a", &[0, id], payload));
    }
}

#[tokio::test(start_paused = true)]
async fn who_is_away_is_passed_over_while_somebody_is_there() {
    let mut hub = Hub::new();
    let mut away = hub.client(kept("away")).await;
    away.ask(&subscribe_3("$share/g/t", 1)).await.unwrap();
    let mut there = hub.client(kept("there")).await;
    there.ask(&subscribe_3("$share/g/t", 1)).await.unwrap();
    drop_and_wait(&hub, away).await;
    for (id, payload) in [(1, "1"), (2, "2")] {
        hub.publish("t", payload, Qos::AtLeastOnce, false);
        assert_eq!(there.packet().await.unwrap(), publish_3(2, "t", &[0, id], payload));
        there.send(&[0x40, 2, 0, id]).await;
    }
    drop_and_wait(&hub, there).await;
    for payload in ["3", "4"] {
        assert_eq!(hub.publish("t", payload, Qos::AtLeastOnce, false), 1);
    }
    let mut got = Vec::new();
    for client in ["away", "there"] {
        let mut back = hub.dial();
        assert_eq!(back.ask(&kept(client)).await.unwrap(), [0x20, 2, 1, 0]);
        got.push(back.packet().await.unwrap().pop().unwrap());
        assert!(back.is_silent().await);
    }
    got.sort();
    assert_eq!(got, b"34");
}

#[tokio::test(start_paused = true)]
async fn no_local_is_an_error() {
    let mut hub = Hub::new();
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    assert_eq!(five.ask(&subscribe_5("$share/g/t", 4, &[])).await.unwrap(), [0xe0, 2, 0x82, 0]);
}
