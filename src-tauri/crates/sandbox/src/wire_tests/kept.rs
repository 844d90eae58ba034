//! Sessions that outlive their connection.

use super::*;

/// CONNECT of MQTT 3.1.1 whose session is to be kept.
pub(super) fn kept(client_id: &str) -> Vec<u8> {
    let mut connect = connect_3(client_id, 0);
    connect[9] &= !2;
    connect
}

/// Ends a connection without a goodbye, and waits until the hub has seen it.
pub(super) async fn drop_and_wait(hub: &Hub, raw: Raw) {
    let before = hub.context.broker.counters().clients;
    drop(raw);
    while hub.context.broker.counters().clients == before {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_kept_session_gets_what_it_missed_and_what_it_did_not_acknowledge() {
    let mut hub = Hub::new();
    let mut first = hub.client(kept("c")).await;
    first.ask(&subscribe_3("t", 1)).await.unwrap();
    hub.publish("t", "sent", Qos::AtLeastOnce, false);
    assert_eq!(first.packet().await.unwrap(), publish_3(2, "t", &[0, 1], "sent"));
    drop_and_wait(&hub, first).await;
    hub.publish("t", "missed", Qos::AtLeastOnce, false);
    hub.publish("t", "lost", Qos::AtMostOnce, false);
    let mut second = hub.dial();
    assert_eq!(second.ask(&kept("c")).await.unwrap(), [0x20, 2, 1, 0]);
    // The same packet id, and DUP.
    assert_eq!(second.packet().await.unwrap(), publish_3(0x0a, "t", &[0, 1], "sent"));
    assert_eq!(second.packet().await.unwrap(), publish_3(2, "t", &[0, 2], "missed"));
    second.send(&[0x40, 2, 0, 1]).await;
    second.send(&[0x40, 2, 0, 2]).await;
    hub.publish("t", "live", Qos::AtLeastOnce, false);
    assert_eq!(second.packet().await.unwrap(), publish_3(2, "t", &[0, 3], "live"));
    assert!(second.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_is_taken_over_hands_its_session_on() {
    let mut hub = Hub::new();
    let mut first = hub.client(kept("c")).await;
    first.ask(&subscribe_3("t", 1)).await.unwrap();
    hub.publish("t", "1", Qos::AtLeastOnce, false);
    first.packet().await.unwrap();
    let mut second = hub.dial();
    assert_eq!(second.ask(&kept("c")).await.unwrap(), [0x20, 2, 1, 0]);
    assert_eq!(first.packet().await, None);
    assert_eq!(second.packet().await.unwrap(), publish_3(0x0a, "t", &[0, 1], "1"));
    assert_eq!(hub.context.broker.counters().clients, 1);
}

#[tokio::test(start_paused = true)]
async fn a_clean_session_forgets_and_keeps_nothing() {
    let mut hub = Hub::new();
    let mut first = hub.client(kept("c")).await;
    first.ask(&subscribe_3("t", 1)).await.unwrap();
    drop_and_wait(&hub, first).await;
    assert_eq!(hub.publish("t", "waits", Qos::AtLeastOnce, false), 1);
    let second = hub.client(connect_3("c", 0)).await;
    assert_eq!(hub.publish("t", "nobody", Qos::AtLeastOnce, false), 0);
    drop_and_wait(&hub, second).await;
    let mut third = hub.dial();
    assert_eq!(third.ask(&kept("c")).await.unwrap(), [0x20, 2, 0, 0]);
    assert!(third.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn a_session_ends_with_its_expiry() {
    let mut hub = Hub::new();
    // Session expiry interval of 100 s, clean start off.
    let connect = |_: ()| {
        let mut connect = connect_5("c", 0, &[0x11, 0, 0, 0, 100]);
        connect[9] &= !2;
        connect
    };
    let mut first = hub.client(connect(())).await;
    first.ask(&subscribe_5("t", 1, &[])).await.unwrap();
    drop_and_wait(&hub, first).await;
    tokio::time::advance(Duration::from_secs(99)).await;
    let mut second = hub.dial();
    assert_eq!(second.ask(&connect(())).await.unwrap()[2], 1);
    // It changes its mind with its goodbye: 10 s.
    second.send(&[0xe0, 7, 0, 5, 0x11, 0, 0, 0, 10]).await;
    assert_eq!(second.packet().await, None);
    tokio::time::advance(Duration::from_secs(11)).await;
    assert_eq!(hub.dial().ask(&connect(())).await.unwrap()[2], 0);
}

#[tokio::test(start_paused = true)]
async fn a_longer_expiry_than_the_hub_gives_is_told() {
    let mut hub = Hub::new();
    let answer = hub.dial().ask(&connect_5("c", 0, &[0x11, 0xff, 0xff, 0xff, 0xff])).await.unwrap();
    let day = [&[0x11][..], &86_400_u32.to_be_bytes()].concat();
    assert!(answer.windows(5).any(|window| window == day), "{answer:02x?}");
    let answer = hub.dial().ask(&connect_5("d", 0, &[0x11, 0, 0, 0, 100])).await.unwrap();
    assert!(!answer.contains(&0x11), "{answer:02x?}");
}

#[tokio::test(start_paused = true)]
async fn what_waits_is_bounded_in_messages_and_in_sessions() {
    let mut hub = Hub::with(Limits { away_messages: 2, kept: 2, ..Limits::default() });
    for client in ["a", "b", "c"] {
        let mut raw = hub.client(kept(client)).await;
        raw.ask(&subscribe_3("t", 1)).await.unwrap();
        drop_and_wait(&hub, raw).await;
        tokio::time::advance(Duration::from_secs(1)).await;
    }
    for payload in ["1", "2", "3"] {
        assert_eq!(hub.publish("t", payload, Qos::AtLeastOnce, false), 2);
    }
    assert_eq!(hub.context.broker.counters().dropped, 2);
    assert_eq!(hub.dial().ask(&kept("a")).await.unwrap(), [0x20, 2, 0, 0]);
    let mut c = hub.dial();
    assert_eq!(c.ask(&kept("c")).await.unwrap(), [0x20, 2, 1, 0]);
    assert_eq!(c.packet().await.unwrap(), publish_3(2, "t", &[0, 1], "1"));
    assert_eq!(c.packet().await.unwrap(), publish_3(2, "t", &[0, 2], "2"));
    assert!(c.is_silent().await);
}
