//! The library's defects, each brought about by a peer that follows a script, and what a session makes of
//! them. `tests/DEFECTS.md` has the table.

use crate::{VERSIONS, options, publish, start};
use hubscope_model::{Code, MqttVersion, PublishId, PublishOutcome, SessionState};
use hubscope_mqtt::{Event, Timing};
use hubscope_tests::peer::{Peer, Publish, kind};
use hubscope_tests::recorder::{Recorder, Told};
use hubscope_tests::within;
use std::collections::HashMap;
use std::time::Duration;

fn five(version: MqttVersion) -> bool {
    version == MqttVersion::V5
}

/// Row a: a packet id comes round while its publish is unanswered; the library stops taking requests, and goes
/// on like that after the reconnect.
#[tokio::test]
async fn an_unanswered_publish_stops_neither_its_followers_nor_the_next_connection() {
    for version in VERSIONS {
        let peer = Peer::listen(five(version)).await;
        let (session, recorder) = start(options(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        // More than the library has packet ids (200); the first is never answered.
        for id in 0..300 {
            publish(&session, id, "a", id.to_string(), 1).unwrap();
        }
        let first = wire.expect_publish().await;
        // Up to where its id would come round.
        for _ in 0..198 {
            let next = wire.expect_publish().await;
            assert_ne!(next.id, first.id, "an id that is still in use");
            wire.puback(next.id).await;
        }
        recorder.wait_outcomes(198).await;
        // The broker forgets us; the next connection starts with nothing and everything left goes through.
        drop(wire);
        let served = tokio::spawn(peer.welcome(false).await.serve());
        let outcomes = recorder.wait_outcomes(300).await;
        let fates: HashMap<_, _> = outcomes.into_iter().collect();
        assert_eq!(fates.len(), 300, "one outcome each");
        assert_eq!(fates[&PublishId(0)], PublishOutcome::Unknown);
        assert!(matches!(fates[&PublishId(299)], PublishOutcome::Acknowledged { .. }), "{:?}", fates[&PublishId(299)]);
        session.close().await;
        within("the peer", served).await.unwrap();
    }
}

/// Row b: publishes and subscriptions that the library had queued vanish without a word when the connection
/// breaks and the broker kept no session.
#[tokio::test]
async fn what_waits_when_the_connection_breaks_is_sent_on_the_next() {
    for version in VERSIONS {
        let peer = Peer::listen(five(version)).await;
        let (session, recorder) = start(options(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        for id in 0..500 {
            publish(&session, id, "b", id.to_string(), 1).unwrap();
        }
        // Two were seen and not answered; some are on their way; the rest waits for room, and so does this.
        let seen = [wire.expect_publish().await, wire.expect_publish().await];
        session.subscribe("later/#", 1).unwrap();
        drop(wire);
        // Connections that break while the library holds requests that it has not read yet.
        for _ in 0..10 {
            drop(peer.welcome(false).await);
        }

        let served = tokio::spawn(peer.welcome(false).await.serve());
        recorder.wait_subscribed("later/#", 1).await;
        let outcomes = recorder.wait_outcomes(500).await;
        session.close().await;
        let arrived: Vec<u32> = within("the peer", served).await.unwrap().iter().map(number).collect();

        let unknown: Vec<_> =
            outcomes.iter().filter(|(_, outcome)| *outcome == PublishOutcome::Unknown).map(|(id, _)| id.0).collect();
        let acknowledged: Vec<_> = outcomes
            .iter()
            .filter(|(_, outcome)| matches!(outcome, PublishOutcome::Acknowledged { .. }))
            .map(|(id, _)| id.0)
            .collect();
        assert!(seen.iter().all(|seen| unknown.contains(&number(seen))));
        assert_eq!(arrived, acknowledged, "sent once, in order");
        let mut all = [unknown, acknowledged].concat();
        all.sort_unstable();
        assert!(all.into_iter().eq(0..500), "one outcome each");
    }
}

fn number(publish: &Publish) -> u32 {
    String::from_utf8_lossy(&publish.payload).parse().unwrap()
}

/// Row c: the library never subscribes again.
#[tokio::test]
async fn subscriptions_come_back_on_every_connection_without_a_session() {
    for version in VERSIONS {
        let peer = Peer::listen(five(version)).await;
        let (session, recorder) = start(options(peer.port(), version));
        session.subscribe("one/#", 0).unwrap();
        session.subscribe("two/+", 1).unwrap();
        session.subscribe("gone", 1).unwrap();
        session.unsubscribe("gone").unwrap();
        for connection in 1..=3 {
            let mut wire = peer.welcome(false).await;
            for filter in ["one/#", "two/+"] {
                let request = wire.expect(kind::SUBSCRIBE).await;
                assert_eq!(wire.filter(&request), filter);
                assert!(recorder_is_behind(&recorder, filter, connection), "one SUBSCRIBE at a time");
                wire.suback(&request, 1).await;
                recorder.wait_subscribed(filter, connection).await;
            }
        }
        session.close().await;
    }
}

fn recorder_is_behind(recorder: &Recorder, filter: &str, connection: usize) -> bool {
    let answers = recorder
        .told()
        .into_iter()
        .filter(|told| matches!(told, Told::Event(Event::Subscribed { filter: answered, .. }) if answered == filter));
    answers.count() == connection - 1
}

/// Row d: the library takes packets up to 10 KiB and breaks the connection on larger ones.
#[tokio::test]
async fn large_packets_arrive_and_too_large_ones_end_the_session_in_words() {
    for version in VERSIONS {
        let peer = Peer::listen(five(version)).await;
        let mut options = options(peer.port(), version);
        options.max_packet_size = 2_000_000;
        // A connection counts as held after five times this; a slow machine must not make these three hold.
        options.timing.first_wait = std::time::Duration::from_secs(6);
        options.timing.longest_wait = std::time::Duration::from_millis(10);
        let (session, recorder) = start(options);
        let mut wire = peer.welcome(false).await;
        let large = vec![7; 1_900_000];
        wire.write(&wire.publish("d", &large, 0, 0)).await;
        assert_eq!(recorder.wait_messages(1).await[0].payload, large);
        // A retained message of this size would come again on every connection: no endless loop.
        for _ in 0..3 {
            let too_large = wire.publish("d", &vec![7; 2_000_001], 0, 0);
            wire.write(&too_large[..100]).await;
            if recorder.reasons().len() < 2 {
                recorder.wait_waiting(recorder.reasons().len() + 1).await;
                wire = peer.welcome(false).await;
            }
        }
        let error = recorder.wait_failed().await;
        assert_eq!(error.code, Code::PacketTooLarge);
        assert!(error.message.contains("2000000") && error.hint.is_some(), "{error:?}");
        assert_eq!(recorder.reasons(), [Code::PacketTooLarge; 3]);
        session.close().await;
    }
}

/// Row e: the library answers an oversized publish by breaking the connection.
#[tokio::test]
async fn a_publish_that_is_too_large_is_refused_and_the_connection_stays() {
    for version in VERSIONS {
        let peer = Peer::listen(five(version)).await;
        let mut options = options(peer.port(), version);
        options.max_packet_size = 1000;
        let (session, recorder) = start(options);
        // Taken before the server told that it takes 200 bytes at most (5 only).
        publish(&session, 1, "e", vec![0; 900], 1).unwrap();
        let mut wire = peer.accept().await;
        wire.expect(kind::CONNECT).await;
        wire.connack_with(false, 0, &[0x27, 0, 0, 0, 200]).await;
        assert_eq!(publish(&session, 2, "e", vec![0; 1000], 1).unwrap_err().code, Code::PacketTooLarge);
        if five(version) {
            let outcomes = recorder.wait_outcomes(1).await;
            assert!(
                matches!(&outcomes[0], (PublishId(1), PublishOutcome::Refused { reason }) if reason.contains("200")),
                "{outcomes:?}"
            );
            assert_eq!(publish(&session, 3, "e", vec![0; 300], 1).unwrap_err().code, Code::PacketTooLarge);
        } else {
            let large = wire.expect_publish().await;
            wire.puback(large.id).await;
        }
        publish(&session, 4, "e", "fits", 1).unwrap();
        let small = wire.expect_publish().await;
        assert_eq!(small.payload, b"fits");
        wire.puback(small.id).await;
        recorder.wait_outcomes(2).await;
        assert!(matches!(session.state(), SessionState::Online { .. }));
        session.close().await;
    }
}

/// Row l: the MQTT 5 side has no time limit around a write; a peer that stops reading hangs it for ever, its
/// PINGs included.
#[tokio::test]
async fn a_peer_that_stops_reading_is_given_up() {
    for version in VERSIONS {
        let peer = Peer::listen(five(version)).await;
        let mut options = options(peer.port(), version);
        options.max_packet_size = 200_000_000;
        options.timing = Timing { silence: Some(Duration::from_millis(400)), ..options.timing };
        let (session, recorder) = start(options);
        let stuck = peer.welcome(false).await;
        // More than the buffers of the sockets hold.
        publish(&session, 1, "l", vec![0; 60_000_000], 1).unwrap();
        let error = recorder.wait_waiting(1).await;
        assert_eq!(error.code, Code::ConnectionLost);
        assert_eq!(recorder.wait_outcomes(1).await[0].1, PublishOutcome::Unknown);
        let mut wire = peer.welcome(false).await;
        publish(&session, 2, "l", "after", 1).unwrap();
        let next = wire.expect_publish().await;
        assert_eq!(next.payload, b"after");
        wire.puback(next.id).await;
        recorder.wait_outcomes(2).await;
        drop(stuck);
        session.close().await;
    }
}

/// Row q: a DISCONNECT waits behind queued publishes and is not read at all while the window is full; polling
/// after it connects again.
#[tokio::test]
async fn closing_says_disconnect_at_once_and_never_connects_again() {
    for version in VERSIONS {
        let peer = Peer::listen(five(version)).await;
        let (session, recorder) = start(options(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        // The window is full and more waits: nothing is ever answered.
        for id in 0..1000 {
            publish(&session, id, "q", id.to_string(), 1).unwrap();
        }
        let mut sent = 199;
        for _ in 0..sent {
            wire.expect_publish().await;
        }
        let close = tokio::spawn({
            let session = session.clone();
            async move { session.close().await }
        });
        loop {
            match wire.read().await.map(|packet| packet.kind) {
                Some(kind::PUBLISH) => sent += 1,
                Some(kind::DISCONNECT) => break,
                other => panic!("no DISCONNECT, but {other:?}"),
            }
        }
        assert!(wire.read().await.is_none(), "closed after DISCONNECT");
        within("close", close).await.unwrap();
        assert!(sent < 1000, "DISCONNECT did not wait for what was queued");
        assert_eq!(session.state(), SessionState::Idle);
        assert!(!peer.is_knocked().await, "no new connection");
        let outcomes = recorder.outcomes();
        assert_eq!(outcomes.len(), 1000, "one outcome each");
        let unknown = outcomes.iter().filter(|(_, outcome)| *outcome == PublishOutcome::Unknown).count();
        assert_eq!(unknown, sent, "sent and not answered");
        assert_eq!(publish(&session, 2000, "q", "x", 0).unwrap_err().code, Code::NotConnected);
    }
}

/// Row w: events of a dead connection stay in the library and are told after the next CONNACK.
#[tokio::test]
async fn what_came_before_a_break_is_told_before_it_and_once() {
    for version in VERSIONS {
        let peer = Peer::listen(five(version)).await;
        let (session, recorder) = start(options(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        publish(&session, 1, "w", "out", 1).unwrap();
        let out = wire.expect_publish().await;
        // In one segment: a message, the acknowledgement, and a packet type that does not exist.
        let mut bytes = wire.publish("w", b"in", 0, 0);
        bytes.extend([0x40, 2]);
        bytes.extend(out.id.to_be_bytes());
        bytes.extend([0x00, 0x00]);
        wire.write(&bytes).await;
        recorder.wait_waiting(1).await;
        let mut wire = peer.welcome(false).await;
        wire.write(&wire.publish("w", b"next", 0, 0)).await;
        recorder.wait_messages(2).await;
        let told = recorder.told();
        let place = |wanted: &dyn Fn(&Told) -> bool| told.iter().position(wanted).unwrap();
        let broken = place(&|told| matches!(told, Told::Event(Event::State(SessionState::Waiting { .. }))));
        assert!(place(&|told| matches!(told, Told::Message(message) if message.payload == "in")) < broken);
        assert!(
            place(&|told| matches!(
                told,
                Told::Event(Event::Published { outcome: PublishOutcome::Acknowledged { .. }, .. })
            )) < broken
        );
        let payloads: Vec<_> = recorder.messages().into_iter().map(|message| message.payload).collect();
        assert_eq!(payloads, ["in", "next"]);
        assert_eq!(recorder.outcomes().len(), 1);
        session.close().await;
    }
}

/// Row o: the library takes the ids of SUBSCRIBE and UNSUBSCRIBE from the ring of publish ids, in use or not.
#[tokio::test]
async fn requests_and_publishes_never_share_an_id() {
    for version in VERSIONS {
        let peer = Peer::listen(five(version)).await;
        let (session, recorder) = start(options(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        // The first is never answered; publishes and subscriptions go once round the ring behind it.
        publish(&session, 0, "o", "0", 1).unwrap();
        let first = wire.expect_publish().await.id;
        for round in 1..=99 {
            publish(&session, round, "o", "x", 1).unwrap();
            let id = wire.expect_publish().await.id;
            assert_ne!(id, first);
            wire.puback(id).await;
            let filter = format!("o/{round}");
            session.subscribe(&filter, 1).unwrap();
            let request = wire.expect(kind::SUBSCRIBE).await;
            assert_ne!(request.body[..2], first.to_be_bytes());
            wire.suback(&request, 1).await;
            recorder.wait_subscribed(&filter, 1).await;
        }
        // One more would have its id: it waits.
        publish(&session, 100, "o", "waits", 1).unwrap();
        wire.puback(first).await;
        assert_eq!(wire.expect_publish().await.payload, b"waits");
        session.close().await;
    }
}
