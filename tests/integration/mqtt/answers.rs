//! What a peer can answer, and what the session says about it.

use crate::{VERSIONS, once, options, publish, start};
use hubscope_model::{Code, Grant, MqttVersion, PublishId, PublishOutcome, SessionState};
use hubscope_mqtt::{Event, Retry};
use hubscope_tests::mosquitto::free_port;
use hubscope_tests::peer::{Peer, Wire, kind, packet};
use hubscope_tests::recorder::{Recorder, Told};

async fn connect(five: bool, retry: Retry) -> (Peer, hubscope_mqtt::Session, Recorder, Wire) {
    let peer = Peer::listen(five).await;
    let mut options = options(peer.port(), if five { MqttVersion::V5 } else { MqttVersion::V311 });
    options.retry = retry;
    let (session, recorder) = start(options);
    let mut wire = peer.accept().await;
    wire.expect(kind::CONNECT).await;
    (peer, session, recorder, wire)
}

/// Every refusal has its code, a sentence and a next step; those that trying again cannot cure are final.
#[tokio::test]
async fn refusals_of_connect_have_a_code_and_words() {
    let fatal: [(bool, u8, Code); 10] = [
        (false, 1, Code::ProtocolVersionRefused),
        (false, 2, Code::ClientIdRefused),
        (false, 4, Code::BadUserNameOrPassword),
        (false, 5, Code::NotAuthorised),
        (true, 0x84, Code::ProtocolVersionRefused),
        (true, 0x85, Code::ClientIdRefused),
        (true, 0x86, Code::BadUserNameOrPassword),
        (true, 0x87, Code::NotAuthorised),
        (true, 0x8A, Code::NotAuthorised),
        (true, 0x8C, Code::NotAuthorised),
    ];
    for (five, code, expected) in fatal {
        let (peer, session, recorder, mut wire) = connect(five, Retry::Forever).await;
        wire.connack(false, code).await;
        let error = recorder.wait_failed().await;
        assert_eq!(error.code, expected, "{code:#x}: {error:?}");
        assert!(error.hint.is_some() && error.detail.is_some() && !error.retryable, "{error:?}");
        session.close().await;
        assert!(!peer.is_knocked().await, "no second attempt");
    }
}

#[tokio::test]
async fn a_server_that_is_not_available_is_tried_again() {
    for (five, code) in [(false, 3), (true, 0x88), (true, 0x89), (true, 0x9F)] {
        let (peer, session, recorder, mut wire) = connect(five, Retry::Forever).await;
        for attempt in 1..=4 {
            wire.connack(false, code).await;
            let error = recorder.wait_waiting(attempt).await;
            assert_eq!(error.code, Code::ServerUnavailable);
            assert!(error.retryable);
            wire = peer.accept().await;
            wire.expect(kind::CONNECT).await;
        }
        wire.connack(false, 0).await;
        recorder.wait_online(1).await;
        session.close().await;
    }
}

#[tokio::test]
async fn three_equal_refusals_end_the_session() {
    for code in [0x80, 0x83, 0x95, 0x97, 0x9C, 0x9D] {
        let (peer, session, recorder, mut wire) = connect(true, Retry::Forever).await;
        for _ in 0..2 {
            wire.connack(false, code).await;
            wire = peer.accept().await;
            wire.expect(kind::CONNECT).await;
        }
        wire.connack(false, code).await;
        recorder.wait_failed().await;
        let reasons = recorder.reasons();
        assert_eq!(reasons.len(), 3);
        assert!(reasons.iter().all(|reason| *reason == reasons[0]), "{reasons:?}");
        session.close().await;
    }
}

#[tokio::test]
async fn nobody_listens() {
    for version in VERSIONS {
        let port = free_port().unwrap();
        let (session, recorder) = start(once(port, version));
        let error = recorder.wait_failed().await;
        assert_eq!(error.code, Code::ConnectionRefused);
        assert!(error.message.contains(&port.to_string()) && error.hint.is_some() && error.retryable);
        session.close().await;
    }
}

#[tokio::test]
async fn a_host_without_an_address() {
    for version in VERSIONS {
        let mut options = once(1883, version);
        options.host = "no-such-host.invalid".into();
        let (session, recorder) = start(options);
        let error = recorder.wait_failed().await;
        assert_eq!(error.code, Code::HostNotFound, "{error:?}");
        session.close().await;
    }
}

#[tokio::test]
async fn a_peer_that_never_answers() {
    for version in VERSIONS {
        let peer = Peer::listen(version == MqttVersion::V5).await;
        let mut options = once(peer.port(), version);
        options.timing.connect = std::time::Duration::from_secs(1);
        let (session, recorder) = start(options);
        let _silent = peer.accept().await;
        assert_eq!(recorder.wait_failed().await.code, Code::ConnectionTimeout);
        session.close().await;
    }
}

#[tokio::test]
async fn a_peer_that_closes_before_it_answers() {
    for five in [false, true] {
        let (peer, session, recorder, wire) = connect(five, Retry::Never).await;
        // Nobody answers the question whether the port wants TLS.
        drop(peer);
        drop(wire);
        assert_eq!(recorder.wait_failed().await.code, Code::ClosedBeforeAnswer);
        session.close().await;
    }
}

/// A broker that speaks 3.1.1 only refuses an MQTT 5 client in its own way, without the property field, and
/// closes. The library does not see that packet, so the hint names the version.
#[tokio::test]
async fn an_old_broker_refuses_mqtt_5() {
    let (peer, session, recorder, mut wire) = connect(true, Retry::Never).await;
    wire.write(&[0x20, 2, 0, 1]).await;
    // Nobody answers the question whether the port wants TLS.
    drop(peer);
    drop(wire);
    let error = recorder.wait_failed().await;
    assert_eq!(error.code, Code::ClosedBeforeAnswer);
    assert!(error.hint.as_ref().is_some_and(|hint| hint.contains("3.1.1")), "{error:?}");
    session.close().await;
}

#[tokio::test]
async fn a_peer_that_is_no_mqtt_broker() {
    for five in [false, true] {
        for answer in [
            &b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"[..],
            b"SSH-2.0-OpenSSH_9.2\r\n",
            b"\x00\x00\x00\x00",
        ] {
            let (peer, session, recorder, mut wire) = connect(five, Retry::Never).await;
            wire.write(answer).await;
            // Nobody answers the question whether the port wants TLS.
            drop(peer);
            drop(wire);
            let error = recorder.wait_failed().await;
            assert!(matches!(error.code, Code::ProtocolError | Code::ClosedBeforeAnswer), "{answer:?}: {error:?}");
            session.close().await;
        }
    }
}

#[tokio::test]
async fn a_server_that_ends_the_session_says_why() {
    let table = [
        (0x87, Code::NotAuthorised, true),
        (0x8E, Code::SessionTakenOver, true),
        (0x8B, Code::ClosedByServer, false),
        (0x8D, Code::KeepAliveTimeout, false),
        (0x95, Code::PacketTooLarge, false),
        (0x98, Code::ClosedByServer, false),
        (0x82, Code::ProtocolError, false),
    ];
    for (reason, code, is_final) in table {
        let (peer, session, recorder, mut wire) = connect(true, Retry::Forever).await;
        wire.connack(false, 0).await;
        recorder.wait_online(1).await;
        // With a reason string: property 0x1F.
        wire.write(&packet(0xE0, &[reason, 7, 0x1F, 0, 4, b'b', b'y', b'e', b'!'])).await;
        let error = if is_final { recorder.wait_failed().await } else { recorder.wait_waiting(1).await };
        assert_eq!(error.code, code, "{reason:#x}");
        assert!(error.detail.as_ref().is_some_and(|detail| detail.contains("bye!")), "{error:?}");
        session.close().await;
        assert!(!is_final || !peer.is_knocked().await);
    }
}

/// 3.14.2.2.1 lets a server leave the property length away, and mosquitto does. The library drops such a packet
/// as unfinished, so the reason is lost; the session must still recover.
#[tokio::test]
async fn a_server_that_ends_the_session_in_one_byte_is_survived() {
    let (peer, session, recorder, mut wire) = connect(true, Retry::Forever).await;
    wire.connack(false, 0).await;
    recorder.wait_online(1).await;
    wire.write(&[0xE0, 1, 0x8B]).await;
    drop(wire);
    assert_eq!(recorder.wait_waiting(1).await.code, Code::ConnectionLost);
    let _wire = peer.welcome(false).await;
    recorder.wait_online(2).await;
    session.close().await;
}

#[tokio::test]
async fn a_refused_subscription_has_a_reason() {
    for (five, code, words) in [
        (false, 0x80, "gave no reason"),
        (true, 0x87, "not allowed"),
        (true, 0x97, "quota"),
        (true, 0xA2, "wildcards"),
        (true, 0x9E, "shared"),
    ] {
        let (_peer, session, recorder, mut wire) = connect(five, Retry::Forever).await;
        wire.connack(false, 0).await;
        session.subscribe("a/#", 1).unwrap();
        let request = wire.expect(kind::SUBSCRIBE).await;
        wire.suback(&request, code).await;
        let Grant::Refused { reason } = recorder.wait_subscribed("a/#", 1).await else { panic!("granted") };
        assert!(reason.contains(words), "{reason}");
        // It does not stop the next one, which is granted less than it asked for.
        session.subscribe("b", 1).unwrap();
        let request = wire.expect(kind::SUBSCRIBE).await;
        wire.suback(&request, 0).await;
        assert_eq!(recorder.wait_subscribed("b", 1).await, Grant::Granted { qos: 0 });
        session.close().await;
    }
}

#[tokio::test]
async fn a_refused_publish_has_a_reason_and_no_subscribers_is_none() {
    let (_peer, session, recorder, mut wire) = connect(true, Retry::Forever).await;
    wire.connack(false, 0).await;
    for (id, code, words) in
        [(1, 0x87, Some("not allowed")), (2, 0x97, Some("quota")), (3, 0x10, None), (4, 0x99, Some("payload"))]
    {
        publish(&session, id, "a", "x", 1).unwrap();
        let sent = wire.expect_publish().await;
        let [high, low] = sent.id.to_be_bytes();
        wire.write(&[0x40, 4, high, low, code, 0]).await;
        let outcomes = recorder.wait_outcomes(id as usize).await;
        let (publish, outcome) = &outcomes[id as usize - 1];
        assert_eq!(*publish, PublishId(id));
        match (outcome, words) {
            (PublishOutcome::Refused { reason }, Some(words)) => assert!(reason.contains(words), "{reason}"),
            (PublishOutcome::Acknowledged { .. }, None) => {}
            other => panic!("{code:#x}: {other:?}"),
        }
    }
    session.close().await;
}

/// MQTT 5: what the server sets in the place of our wishes. A keep-alive of 0 turns PINGs off; the library would
/// send them without a pause and then miss its own answers. A receive maximum of 1 leaves a window of one.
#[tokio::test]
async fn terms_of_the_server_are_told_and_kept() {
    let (_peer, session, recorder, mut wire) = connect(true, Retry::Forever).await;
    let mut properties = vec![0x21, 0, 1, 0x13, 0, 0, 0x27, 0, 0, 4, 0];
    properties.extend([0x12, 0, 3, b'y', b'o', b'u']);
    wire.connack_with(false, 0, &properties).await;
    let terms = recorder
        .until("terms", |told| {
            told.iter().find_map(|told| match told {
                Told::Event(Event::Terms(terms)) => Some(terms.clone()),
                _ => None,
            })
        })
        .await;
    assert_eq!(terms.assigned_client_id.as_deref(), Some("you"));
    assert_eq!(terms.keep_alive, Some(0));
    assert_eq!(terms.max_packet_size, Some(1024));
    let served = tokio::spawn(wire.serve());
    session.subscribe("a", 1).unwrap();
    for id in 0..20 {
        publish(&session, id, "a", id.to_string(), 1).unwrap();
    }
    recorder.wait_subscribed("a", 1).await;
    recorder.wait_outcomes(20).await;
    session.close().await;
    assert_eq!(served.await.unwrap().len(), 20);
    assert!(recorder.reasons().is_empty(), "one connection throughout");
    assert_eq!(session.state(), SessionState::Idle);
}

/// A topic that is not UTF-8 is malformed (1.5.3-1, 1.5.4-1): no text is invented for it.
#[tokio::test]
async fn a_topic_that_is_not_text_ends_the_connection() {
    for five in [false, true] {
        let (_peer, session, recorder, mut wire) = connect(five, Retry::Never).await;
        wire.connack(false, 0).await;
        let mut body = vec![0, 2, 0xFF, 0xFE];
        if five {
            body.push(0);
        }
        body.extend(b"payload");
        wire.write(&packet(0x30, &body)).await;
        assert_eq!(recorder.wait_failed().await.code, Code::ProtocolError);
        assert!(recorder.messages().is_empty());
        session.close().await;
    }
}

#[tokio::test]
async fn properties_of_a_message_are_listed() {
    let (_peer, session, recorder, mut wire) = connect(true, Retry::Forever).await;
    wire.connack(false, 0).await;
    let properties =
        [&[0x01, 1, 0x03, 0, 4][..], b"text", &[0x26, 0, 1, b'k', 0, 1, b'v', 0x26, 0, 1, b'k', 0, 1, b'w']].concat();
    let mut body = vec![0, 1, b't'];
    body.push(properties.len() as u8);
    body.extend(&properties);
    body.extend(b"payload");
    wire.write(&packet(0x31, &body)).await;
    let message = recorder.wait_messages(1).await.remove(0);
    assert_eq!((&*message.topic, &message.payload[..], message.retain), ("t", &b"payload"[..], true));
    let listed: Vec<_> =
        message.properties.iter().map(|property| (property.name.as_str(), property.value.as_str())).collect();
    assert_eq!(listed, [("payload format", "1 (UTF-8 text)"), ("content type", "text"), ("k", "v"), ("k", "w")]);
    session.close().await;
}
