//! What the hub does wrong on purpose, byte by byte.

use super::*;

/// A hub with one fault, as the command line has it.
fn faulty(fault: &str) -> Hub {
    let hub = Hub::new();
    hub.context.faults.inject(fault.parse().unwrap()).unwrap();
    hub
}

#[tokio::test(start_paused = true)]
async fn refusals_of_connect_in_both_versions() {
    for (code, three, five) in [("0x88", 3, 0x88), ("5", 5, 0x87), ("0x9f", 5, 0x9f), ("136", 3, 0x88)] {
        let mut hub = faulty(&format!("refuse-connect={code},client=c,times=2"));
        assert_eq!(hub.dial().ask(&connect_3("c", 0)).await.unwrap(), [0x20, 2, 0, three]);
        assert_eq!(hub.dial().ask(&connect_5("c", 0, &[])).await.unwrap(), [0x20, 3, 0, five, 0]);
        // Used up; and another client was never meant.
        hub.client(connect_3("c", 0)).await;
        hub.client(connect_3("d", 0)).await;
        assert!(hub.context.faults.list().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_of_subscribe_and_publish() {
    let mut hub = faulty("refuse-subscribe=0x97,topic=no");
    hub.context.faults.inject("refuse-publish=0x83,topic=never/#".parse().unwrap()).unwrap();
    let mut five = hub.client(connect_5("five", 0, &[])).await;
    assert_eq!(five.ask(&subscribe_5("no", 1, &[])).await.unwrap(), [0x90, 4, 0, 1, 0, 0x97]);
    assert_eq!(five.ask(&subscribe_5("yes", 1, &[])).await.unwrap(), [0x90, 4, 0, 1, 0, 1]);
    assert_eq!(five.ask(&publish_5(2, "never/a", &[0, 1], &[], "x")).await.unwrap(), [0x40, 3, 0, 1, 0x83]);
    assert_eq!(five.ask(&publish_5(4, "never/a", &[0, 1], &[], "x")).await.unwrap(), [0x50, 3, 0, 1, 0x83]);
    assert_eq!(five.ask(&publish_5(2, "ever", &[0, 1], &[], "x")).await.unwrap(), [0x40, 3, 0, 1, 0x10]);
    assert_eq!(five.ask(&publish_5(0, "never/a", &[], &[], "x")).await.unwrap(), [0xe0, 2, 0x83, 0]);
    let mut three = hub.client(connect_3("three", 0)).await;
    assert_eq!(three.ask(&subscribe_3("no", 1)).await.unwrap(), [0x90, 3, 0, 1, 0x80]);
    assert_eq!(three.ask(&publish_3(2, "never", &[0, 1], "x")).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_session_present() {
    let mut hub = faulty("wrong-session-present,times=2");
    assert_eq!(hub.dial().ask(&connect_3("c", 0)).await.unwrap(), [0x20, 2, 1, 0]);
    let kept = super::kept::kept("k");
    assert_eq!(hub.dial().ask(&kept).await.unwrap(), [0x20, 2, 1, 0]);
    assert_eq!(hub.dial().ask(&kept).await.unwrap(), [0x20, 2, 1, 0], "true by now");
}

#[tokio::test(start_paused = true)]
async fn a_lost_acknowledgement_and_nothing_else() {
    let mut hub = faulty("lose=puback,times=1");
    let mut raw = hub.client(connect_3("c", 0)).await;
    raw.send(&publish_3(2, "t", &[0, 1], "x")).await;
    assert!(raw.is_silent().await);
    assert_eq!(raw.ask(&publish_3(0x0a, "t", &[0, 1], "x")).await.unwrap(), [0x40, 2, 0, 1]);
    assert_eq!(hub.context.broker.counters().published, 2);
}

#[tokio::test(start_paused = true)]
async fn a_cut_in_the_middle_of_a_packet() {
    for (fault, bytes) in [("cut=connack", 2), ("cut=suback", 2)] {
        let mut hub = faulty(fault);
        let mut raw = hub.dial();
        raw.send(&connect_3("c", 0)).await;
        raw.send(&subscribe_3("t", 1)).await;
        let mut all = Vec::new();
        raw.0.read_to_end(&mut all).await.unwrap();
        let before = if fault.ends_with("suback") { 4 } else { 0 };
        assert_eq!(all.len() - before, bytes, "{fault} {all:02x?}");
    }
}

#[tokio::test(start_paused = true)]
async fn flags_that_must_not_be() {
    let mut hub = faulty("malformed=publish");
    let mut raw = hub.client(connect_3("c", 0)).await;
    raw.ask(&subscribe_3("t", 0)).await.unwrap();
    hub.publish("t", "x", Qos::AtMostOnce, false);
    assert_eq!(raw.packet().await.unwrap()[0], 0x36);
    hub.context.faults.clear();
    hub.context.faults.inject("malformed=pingresp".parse().unwrap()).unwrap();
    assert_eq!(raw.ask(&[0xc0, 0]).await.unwrap(), [0xdf, 0]);
}

#[tokio::test(start_paused = true)]
async fn more_than_the_client_takes() {
    let mut hub = faulty("oversized=20000");
    let mut raw = hub.client(connect_5("c", 0, &[0x27, 0, 0, 0, 50])).await;
    raw.ask(&subscribe_5("t", 0, &[])).await.unwrap();
    hub.publish("t", "x", Qos::AtMostOnce, false);
    let packet = raw.packet().await.unwrap();
    assert!((19_990..=20_010).contains(&packet.len()), "{}", packet.len());
    assert!(packet.ends_with(b"xxx"));
}

#[tokio::test(start_paused = true)]
async fn a_delay_holds_back_a_kind_of_packet_and_what_follows() {
    let mut hub = faulty("delay=3s,packet=suback,times=1");
    let mut raw = hub.client(connect_3("c", 0)).await;
    let start = Instant::now();
    raw.send(&subscribe_3("t", 0)).await;
    raw.send(&[0xc0, 0]).await;
    assert_eq!(raw.packet().await.unwrap()[0], 0x90);
    assert_eq!(raw.packet().await.unwrap(), [0xd0, 0]);
    assert_eq!(start.elapsed().as_secs(), 3);
    assert_eq!(raw.ask(&[0xc0, 0]).await.unwrap(), [0xd0, 0]);
    assert_eq!(start.elapsed().as_secs(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_throttle_is_felt_at_once_and_taken_back() {
    let mut hub = Hub::new();
    let mut raw = hub.client(connect_3("c", 0)).await;
    raw.ask(&subscribe_3("t", 0)).await.unwrap();
    let fault = hub.context.faults.inject("throttle=100,client=c".parse().unwrap()).unwrap();
    let start = Instant::now();
    hub.publish("t", &"x".repeat(995), Qos::AtMostOnce, false);
    assert_eq!(raw.packet().await.unwrap().len(), 1001);
    assert!((9..=11).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    assert!(hub.context.faults.withdraw(fault));
    assert!(!hub.context.faults.withdraw(fault));
    let start = Instant::now();
    hub.publish("t", &"x".repeat(995), Qos::AtMostOnce, false);
    raw.packet().await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 0);
}
