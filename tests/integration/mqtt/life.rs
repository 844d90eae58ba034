//! Whether a connection lives: silence, slow lines, a machine that slept (rows f, m, p of tests/DEFECTS.md).

use crate::{VERSIONS, options, publish, start};
use hubscope_model::{Code, MqttVersion, PublishOutcome};
use hubscope_mqtt::{Options, Timing};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::peer::{Peer, kind};
use hubscope_tests::within;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

async fn listen(version: MqttVersion) -> Peer {
    Peer::listen(version == MqttVersion::V5).await
}

/// The library finds a dead line at its second PING, after twice the keep-alive; a session after one and a half, and
/// says so in other words.
#[tokio::test]
async fn a_half_open_line_is_found_between_two_pings() {
    let both = VERSIONS.map(|version| async move {
        let peer = listen(version).await;
        let mut options = options(peer.port(), version);
        options.keep_alive = 5;
        let (session, recorder) = start(options);
        let mut silent = peer.welcome(false).await;
        silent.expect_silently(kind::PINGREQ).await;
        let error = recorder.wait_waiting(1).await;
        assert_eq!(error.code, Code::ConnectionLost);
        assert!(error.message.contains("said nothing for 7 s"), "{error:?}");
        session.close().await;
    });
    let [one, other] = both;
    tokio::join!(one, other);
}

/// Row p: to the library only the answer to a PING is a sign of life. Where it stands in a queue behind messages, they
/// must do.
#[tokio::test]
async fn messages_are_a_sign_of_life_too() {
    let both = VERSIONS.map(|version| async move {
        let peer = listen(version).await;
        let mut options = options(peer.port(), version);
        options.keep_alive = 5;
        let (session, recorder) = start(options);
        let mut wire = peer.welcome(false).await;
        for ping in 1..=3 {
            wire.expect_silently(kind::PINGREQ).await;
            wire.write(&wire.publish("busy", b"x", 0, 0)).await;
            recorder.wait_messages(ping).await;
        }
        assert_eq!(recorder.reasons(), []);
        session.close().await;
    });
    let [one, other] = both;
    tokio::join!(one, other);
}

/// Row m: the 3.1.1 side of the library gives a write no more time than connecting.
#[tokio::test]
async fn a_write_may_take_longer_than_connecting() {
    for version in VERSIONS {
        let peer = listen(version).await;
        let mut options = options(peer.port(), version);
        options.max_packet_size = 200_000_000;
        options.timing.connect = Duration::from_secs(1);
        let timing = options.timing;
        let (session, recorder) = start(options);
        let mut wire = peer.welcome(false).await;
        // More than the buffers of the sockets hold, and a peer that begins late to read.
        publish(&session, 1, "m", vec![0; 60_000_000], 1).unwrap();
        // The same limit runs out for two connections that nobody answers, one after the other.
        let hasty = Timing { first_wait: Duration::ZERO, longest_wait: Duration::ZERO, ..timing };
        let unanswered = listen(version).await;
        let (hurried, given_up) = start(Options { timing: hasty, ..crate::options(unanswered.port(), version) });
        given_up.wait_waiting(2).await;
        hurried.close().await;
        let late = wire.expect_publish().await;
        wire.puback(late.id).await;
        assert!(matches!(recorder.wait_outcomes(1).await[0].1, PublishOutcome::Acknowledged { .. }));
        assert_eq!(recorder.reasons(), []);
        session.close().await;
    }
}

/// Row f: an acknowledgement may be lost when its write is cancelled. One that is lost stops this broker, which sends
/// nothing more before it came.
#[tokio::test]
async fn no_acknowledgement_is_lost_under_load_in_both_directions() {
    let broker = Broker::start(&Config::default().line("max_inflight_messages 1")).unwrap();
    for version in VERSIONS {
        // A 3.1.1 client cannot be told that one QoS 2 message is too many at once.
        for qos in if version == MqttVersion::V5 { 1..=2 } else { 1..=1 } {
            let (session, recorder) = start(options(broker.port(), version));
            session.subscribe("f/#", qos).unwrap();
            recorder.wait_subscribed("f/#", 1).await;
            for id in 0..3_000 {
                publish(&session, id, "f/x", id.to_string(), qos).unwrap();
            }
            let messages = recorder.wait_messages(3_000).await;
            assert!(messages.iter().enumerate().all(|(id, message)| message.payload == id.to_string()));
            recorder.wait_outcomes(3_000).await;
            session.close().await;
        }
    }
}

/// Runs away from the system's clock by so many microseconds, as after a sleep.
static SLEPT: AtomicI64 = AtomicI64::new(0);

fn clock() -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_micros();
    i64::try_from(now).unwrap() + SLEPT.load(Ordering::Relaxed)
}

#[tokio::test]
async fn a_machine_that_slept_connects_anew_at_once() {
    for version in VERSIONS {
        let peer = listen(version).await;
        let mut options = options(peer.port(), version);
        // Whether online or between two attempts: nothing of this would pass before the test's deadline.
        options.keep_alive = 40;
        options.timing = Timing {
            clock,
            first_wait: Duration::from_secs(100_000),
            longest_wait: Duration::from_secs(100_000),
            ..options.timing
        };
        let (session, recorder) = start(options);
        let online = peer.welcome(false).await;
        recorder.wait_online(1).await;
        SLEPT.fetch_add(3_600_000_000, Ordering::Relaxed);
        let error = recorder.wait_waiting(1).await;
        assert!(error.message.contains("slept"), "{error:?}");
        drop(online);
        SLEPT.fetch_add(100_000_000_000, Ordering::Relaxed);
        let next = peer.welcome(false).await;
        recorder.wait_online(2).await;
        within("close", session.close()).await;
        drop(next);
    }
}
