//! How sessions end: keep-alive, takeover, goodbye and will, stop, broken packets.

use super::*;

#[tokio::test(start_paused = true)]
async fn silence_ends_a_session_after_one_and_a_half_keep_alives() {
    let mut hub = Hub::new();
    let mut five = hub.client(connect_5("five", 10, &[])).await;
    let mut three = hub.client(connect_3("three", 10)).await;
    let start = Instant::now();
    assert_eq!(five.packet().await.unwrap(), [0xe0, 2, 0x8d, 0]);
    assert_eq!(start.elapsed().as_secs(), 15);
    assert_eq!(five.packet().await, None);
    assert_eq!(three.packet().await, None);
    assert_eq!(start.elapsed().as_secs(), 15);
}

#[tokio::test(start_paused = true)]
async fn a_ping_is_answered_and_keeps_the_session() {
    let mut hub = Hub::new();
    let mut raw = hub.client(connect_5("c", 10, &[])).await;
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_secs(14)).await;
        assert_eq!(raw.ask(&[0xc0, 0]).await.unwrap(), [0xd0, 0]);
    }
    let mut forever = hub.client(connect_3("f", 0)).await;
    tokio::time::sleep(Duration::from_secs(1_000_000)).await;
    assert_eq!(forever.ask(&[0xc0, 0]).await.unwrap(), [0xd0, 0]);
}

#[tokio::test(start_paused = true)]
async fn the_same_client_id_takes_over() {
    let mut hub = Hub::new();
    let mut first = hub.client(connect_5("c", 0, &[])).await;
    let mut second = hub.client(connect_3("c", 0)).await;
    assert_eq!(first.packet().await.unwrap(), [0xe0, 2, 0x8e, 0]);
    assert_eq!(first.packet().await, None);
    let mut third = hub.client(connect_5("c", 0, &[])).await;
    assert_eq!(second.packet().await, None);
    assert_eq!(third.ask(&[0xc0, 0]).await.unwrap(), [0xd0, 0]);
    assert_eq!(hub.context.broker.counters().clients, 1);
}

#[tokio::test(start_paused = true)]
async fn the_will_is_published_unless_the_client_says_goodbye() {
    let mut hub = Hub::new();
    let mut watcher = hub.client(connect_3("watcher", 0)).await;
    watcher.ask(&subscribe_3("will/+", 1)).await.unwrap();
    let connect = |client: &str| {
        let will = [text(&format!("will/{client}")), text("gone")].concat();
        packet(0x10, &[b"\x00\x04MQTT\x05\x8e\x00\x00\x00", &text(client), &[0], &will, &text("token")])
    };
    let mut polite = hub.client(connect("polite")).await;
    polite.send(&[0xe0, 0]).await;
    assert_eq!(polite.packet().await, None);
    let mut asking = hub.client(connect("asking")).await;
    asking.send(&[0xe0, 1, 0x04]).await;
    assert_eq!(watcher.packet().await.unwrap(), publish_3(2, "will/asking", &[0, 1], "gone"));
    drop(hub.client(connect("dropped")).await);
    assert_eq!(watcher.packet().await.unwrap(), publish_3(2, "will/dropped", &[0, 2], "gone"));
}

#[tokio::test(start_paused = true)]
async fn stopping_tells_the_clients() {
    let mut hub = Hub::new();
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    let mut three = hub.client(connect_3("three", 0)).await;
    let mut nobody = hub.dial();
    hub.context.stop.cancel();
    assert_eq!(five.packet().await.unwrap(), [0xe0, 2, 0x8b, 0]);
    assert_eq!((five.packet().await, three.packet().await, nobody.packet().await), (None, None, None));
    while hub.tasks.join_next().await.is_some() {}
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_neither_reads_nor_closes_does_not_hold_the_stop_up() {
    let mut hub = Hub::new();
    let _deaf = hub.client(connect_5("deaf", 0, &[])).await;
    let start = Instant::now();
    hub.context.stop.cancel();
    while hub.tasks.join_next().await.is_some() {}
    assert!(start.elapsed() <= hub.context.limits.farewell);
}

#[tokio::test(start_paused = true)]
async fn broken_packets_end_the_session_with_the_reason() {
    let mut hub = Hub::new();
    let too_large = [0x30, 0xff, 0xff, 0xff, 0x7f];
    let cases: [(&[u8], u8); 8] = [
        (&too_large, 0x95),
        (&[0x30, 0xff, 0xff, 0xff, 0xff], 0x81), // a length that never ends
        (&[0x80, 0], 0x81),                      // SUBSCRIBE with wrong flags
        (&[0x82, 2, 0, 1], 0x81),                // SUBSCRIBE cut short
        (&[0x36, 5, 0, 1, b'a', 0, 1], 0x81),    // PUBLISH with QoS 3
        (&[0x32, 6, 0, 1, b'a', 0, 0, 0], 0x81), // QoS 1 with packet id 0
        (&[0x40, 2, 0, 9], 0x82),                // PUBACK for nothing
        (&[0xf0, 2, 0x18, 0], 0x82),             // AUTH that nobody asked for
    ];
    for (bytes, reason) in cases {
        let mut raw = hub.client(connect_5("c", 0, &[])).await;
        let answer = raw.ask(bytes).await.unwrap();
        assert_eq!((answer[0], answer[2]), (0xe0, reason), "{bytes:02x?}");
        assert_eq!(raw.packet().await, None);
        let mut raw = hub.client(connect_3("c", 0)).await;
        let end = raw.ask(bytes).await;
        assert_eq!(end, None, "{bytes:02x?}");
    }
    // A second CONNECT.
    let mut raw = hub.client(connect_5("c", 0, &[])).await;
    assert_eq!(raw.ask(&connect_5("c", 0, &[])).await.unwrap()[2], 0x82);
}
