//! QoS 2 in both directions, and rows g to j of tests/DEFECTS.md, which the library does wrong with it.

use crate::{VERSIONS, options, publish, start};
use hubscope_model::{MqttVersion, PublishId, PublishOutcome, SessionState};
use hubscope_mqtt::Options;
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::peer::{Packet, Peer, Wire, kind, packet};
use std::collections::HashSet;

fn kept(port: u16, version: MqttVersion) -> Options {
    Options { clean_session: false, ..options(port, version) }
}

async fn listen(version: MqttVersion) -> Peer {
    Peer::listen(version == MqttVersion::V5).await
}

/// PUBLISH with QoS 2, of an id; `again`: with the DUP flag.
async fn send(wire: &mut Wire, payload: &str, id: u16, again: bool) {
    let mut bytes = wire.publish("q", payload.as_bytes(), 2, id);
    bytes[0] |= if again { 8 } else { 0 };
    wire.write(&bytes).await;
    assert_eq!(wire.expect_id(kind::PUBREC).await, id);
}

async fn release(wire: &mut Wire, id: u16) {
    wire.answer(kind::PUBREL, id).await;
    assert_eq!(wire.expect_id(kind::PUBCOMP).await, id);
}

#[tokio::test]
async fn two_thousand_messages_to_ourselves_once_and_in_order() {
    let broker = Broker::start(&Config::default()).unwrap();
    for version in VERSIONS {
        let (session, recorder) = start(options(broker.port(), version));
        session.subscribe("q/#", 2).unwrap();
        recorder.wait_subscribed("q/#", 1).await;
        for id in 0..2_000 {
            publish(&session, id, "q/x", id.to_string(), 2).unwrap();
        }
        let outcomes = recorder.wait_outcomes(2_000).await;
        let others = outcomes.iter().find(|(_, outcome)| !matches!(outcome, PublishOutcome::Acknowledged { .. }));
        assert_eq!(others, None, "{:?}", recorder.reasons());
        let messages = recorder.wait_messages(2_000).await;
        assert!(messages.iter().enumerate().all(|(id, message)| message.payload == id.to_string() && message.qos == 2));
        session.close().await;
        assert_eq!(recorder.messages().len(), 2_000, "none twice");
    }
}

/// Row g: the library takes the PUBREL of a message of an earlier connection for a fault.
#[tokio::test]
async fn a_release_is_answered_on_every_connection_and_again() {
    for version in VERSIONS {
        let peer = listen(version).await;
        let (session, recorder) = start(kept(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        send(&mut wire, "one", 5, false).await;
        drop(wire);
        let mut wire = peer.welcome(true).await;
        release(&mut wire, 5).await;
        release(&mut wire, 5).await;
        // Of an earlier run of the program, so nothing here knows it.
        release(&mut wire, 65_535).await;
        wire.write(&wire.publish("q", b"end", 0, 0)).await;
        recorder.wait_messages(2).await;
        assert!(matches!(session.state(), SessionState::Online { session_present: true, .. }));
        assert_eq!(recorder.reasons().len(), 1, "one break, which the peer made");
        session.close().await;
    }
}

/// Row h: the library delivers a repeated message again.
#[tokio::test]
async fn a_repeated_message_is_delivered_once_while_the_session_lives() {
    for version in VERSIONS {
        let peer = listen(version).await;
        let (session, recorder) = start(kept(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        send(&mut wire, "one", 7, false).await;
        send(&mut wire, "one", 7, true).await;
        drop(wire);
        let mut wire = peer.welcome(true).await;
        send(&mut wire, "one", 7, true).await;
        release(&mut wire, 7).await;
        // The id is free again.
        send(&mut wire, "two", 7, false).await;
        drop(wire);
        // The broker forgot the session: what it sends now is new.
        let mut wire = peer.welcome(false).await;
        send(&mut wire, "three", 7, false).await;
        recorder.wait_messages(3).await;
        session.close().await;
        let payloads: Vec<_> = recorder.messages().into_iter().map(|message| message.payload).collect();
        assert_eq!(payloads, ["one", "two", "three"]);
    }
}

/// Row i: the library forgets a QoS 2 publish that waited for an id. With ours none waits: an id is not given again
/// before its PUBCOMP.
#[tokio::test]
async fn an_id_is_in_use_until_its_pubcomp() {
    for version in VERSIONS {
        let peer = listen(version).await;
        let (session, recorder) = start(options(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        for id in 0..300 {
            publish(&session, id, "q", id.to_string(), 2).unwrap();
        }
        // Up to where the first id would come round. It is released and not completed, the others are.
        let (mut used, mut first, mut completed) = (HashSet::new(), None, 0);
        while completed < 198 {
            let came = wire.read().await.unwrap();
            if came.kind == kind::PUBLISH {
                let id = wire.read_publish(&came).id;
                first = first.or(Some(id));
                assert!(used.insert(id), "{id} is in use");
                wire.answer(kind::PUBREC, id).await;
            } else {
                let id = id_of(&came);
                assert_eq!(came.kind, kind::PUBREL);
                if Some(id) != first {
                    wire.answer(kind::PUBCOMP, id).await;
                    completed += 1;
                }
            }
        }
        wire.answer(kind::PUBCOMP, first.unwrap()).await;
        let served = tokio::spawn(wire.serve());
        let outcomes = recorder.wait_outcomes(300).await;
        assert!(outcomes.iter().all(|(_, outcome)| matches!(outcome, PublishOutcome::Acknowledged { .. })));
        session.close().await;
        assert_eq!(served.await.unwrap().len(), 101);
    }
}

/// Row j: a PUBREC that refuses costs the library a place in its window for ever.
#[tokio::test]
async fn a_thousand_refusals_cost_no_place() {
    // Receive maximum: none, and smaller than any share of it.
    for maximum in [&[][..], &[0x21, 0, 2]] {
        let peer = Peer::listen(true).await;
        let (session, recorder) = start(options(peer.port(), MqttVersion::V5));
        let mut wire = peer.accept().await;
        wire.expect(kind::CONNECT).await;
        wire.connack_with(false, 0, maximum).await;
        let count = if maximum.is_empty() { 1_000 } else { 50 };
        for id in 0..count {
            publish(&session, id, "q", id.to_string(), 2).unwrap();
        }
        // The first stays open for a while, so that the window is mended with something in it.
        let (mut open, mut refused) = (None, 0);
        while refused < count - 1 {
            let came = wire.read().await.unwrap();
            if came.kind == kind::PUBREL {
                wire.answer(kind::PUBCOMP, id_of(&came)).await;
                continue;
            }
            let id = wire.read_publish(&came).id;
            if open.is_none() {
                open = Some(id);
                // A window of two has no room for others beside it.
                if !maximum.is_empty() {
                    wire.answer(kind::PUBREC, id).await;
                }
                continue;
            }
            let [high, low] = id.to_be_bytes();
            wire.write(&packet(kind::PUBREC << 4, &[high, low, 0x87])).await;
            refused += 1;
            if refused == 150 {
                wire.answer(kind::PUBREC, open.unwrap()).await;
            }
        }
        let outcomes = recorder.wait_outcomes(count as usize).await;
        let is_refused = |outcome: &PublishOutcome| matches!(outcome, PublishOutcome::Refused { reason } if reason.contains("not allowed"));
        assert_eq!(outcomes.iter().filter(|(_, outcome)| is_refused(outcome)).count(), count as usize - 1);
        assert_eq!(recorder.reasons(), [], "on one connection");
        session.close().await;
    }
}

fn id_of(packet: &Packet) -> u16 {
    u16::from_be_bytes([packet.body[0], packet.body[1]])
}

/// Sections 4.4 of both: the same packet again, with the same id, at the step where it stood.
#[tokio::test]
async fn a_kept_session_goes_on_where_it_stood() {
    for version in VERSIONS {
        let peer = listen(version).await;
        let (session, recorder) = start(kept(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        publish(&session, 1, "q", "one", 2).unwrap();
        let first = wire.expect_publish().await;
        drop(wire);
        let mut wire = peer.welcome(true).await;
        let again = wire.expect_publish().await;
        assert_eq!((again.id, again.dup, again.payload), (first.id, true, b"one".to_vec()));
        wire.answer(kind::PUBREC, first.id).await;
        assert_eq!(wire.expect_id(kind::PUBREL).await, first.id);
        drop(wire);
        let mut wire = peer.welcome(true).await;
        assert_eq!(wire.expect_id(kind::PUBREL).await, first.id);
        assert_eq!(recorder.outcomes(), []);
        wire.answer(kind::PUBCOMP, first.id).await;
        let outcomes = recorder.wait_outcomes(1).await;
        assert!(matches!(outcomes[..], [(PublishId(1), PublishOutcome::Acknowledged { .. })]), "{outcomes:?}");
        session.close().await;
    }
}

#[tokio::test]
async fn what_a_lost_session_had_open_is_unknown_and_not_sent_twice() {
    for version in VERSIONS {
        let peer = listen(version).await;
        let (session, recorder) = start(kept(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        publish(&session, 1, "q", "one", 2).unwrap();
        wire.expect_publish().await;
        drop(wire);
        let mut wire = peer.welcome(false).await;
        publish(&session, 2, "q", "two", 2).unwrap();
        assert_eq!(wire.expect_publish().await.payload, b"two");
        assert_eq!(recorder.wait_outcomes(1).await, [(PublishId(1), PublishOutcome::Unknown)]);
        session.close().await;
    }
}
