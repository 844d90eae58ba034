//! What MQTT 5 carries besides topic and payload, against a real mosquitto where it can tell, else against a scripted peer.

use crate::{options, publish, start};
use hubscope_model::{Code, MqttVersion, PublishId, PublishOutcome};
use hubscope_mqtt::{
    Address, ConnectProperties, Event, Options, Proxy, ProxyKind, Publish, PublishProperties, Retained, Retry, Session,
    Subscription, Terms, Will,
};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::peer::{Peer, kind, packet};
use hubscope_tests::proxy;
use hubscope_tests::recorder::{Recorder, Told};

fn five(port: u16, client_id: &str) -> Options {
    Options { client_id: client_id.into(), ..options(port, MqttVersion::V5) }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.into(), value.into())
}

fn all_properties() -> PublishProperties {
    PublishProperties {
        payload_is_text: Some(true),
        message_expiry: Some(600),
        content_type: Some("text/plain".into()),
        response_topic: Some("answer/here".into()),
        correlation_data: Some(vec![0, 255].into()),
        user_properties: vec![pair("b", "1"), pair("a", "2"), pair("b", "3")],
    }
}

async fn terms(recorder: &Recorder) -> Terms {
    recorder
        .until("terms", |told| {
            told.iter().find_map(|told| match told {
                Told::Event(Event::Terms(terms)) => Some(terms.clone()),
                _ => None,
            })
        })
        .await
}

async fn listener(broker: &Broker, id: &str, filter: &str, subscription: Subscription) -> (Session, Recorder) {
    let (session, recorder) = start(five(broker.port(), id));
    session.subscribe(filter, subscription).unwrap();
    recorder.wait_subscribed(filter, 1).await;
    (session, recorder)
}

#[tokio::test]
async fn every_property_of_a_publish_arrives_and_the_subscription_is_named() {
    let broker = Broker::start(&Config::default()).unwrap();
    let subscription = Subscription { identifier: Some(268_435_455), ..1.into() };
    let (session, recorder) = listener(&broker, "both", "p/#", subscription).await;
    let properties = all_properties();
    let message = Publish { topic: "p/x".into(), payload: "text".into(), qos: 1, properties, ..Publish::default() };
    session.publish(PublishId(1), message).unwrap();
    let message = recorder.wait_messages(1).await.remove(0);
    let told: Vec<_> = message.properties.iter().map(|property| (&*property.name, &*property.value)).collect();
    assert_eq!(
        told,
        [
            ("payload format", "1 (UTF-8 text)"),
            ("message expiry", "600 s"),
            ("content type", "text/plain"),
            ("response topic", "answer/here"),
            ("correlation data", "0x00ff"),
            ("subscription identifier", "268435455"),
            ("b", "1"),
            ("a", "2"),
            ("b", "3"),
        ]
    );
    session.close().await;
}

#[tokio::test]
async fn options_of_a_subscription_do_what_they_say() {
    let broker = Broker::start(&Config::default()).unwrap();
    let (author, outcomes) = start(five(broker.port(), "author"));
    let kept = Publish { topic: "o/kept".into(), payload: "old".into(), qos: 1, retain: true, ..Publish::default() };
    author.publish(PublishId(1), kept.clone()).unwrap();
    outcomes.wait_outcomes(1).await;

    let never = Subscription { retained: Retained::Never, ..1.into() };
    let (plain, plainly) = listener(&broker, "plain", "o/#", never).await;
    let as_published = Subscription { retain_as_published: true, ..1.into() };
    let (faithful, faithfully) = listener(&broker, "faithful", "o/#", as_published).await;
    assert_eq!(faithfully.wait_messages(1).await[0].payload, "old");
    // Again, and if it were new: it is not.
    faithful
        .subscribe("o/#", Subscription { retain_as_published: true, retained: Retained::IfNew, ..1.into() })
        .unwrap();
    faithfully.wait_subscribed("o/#", 2).await;
    author.subscribe("o/#", Subscription { no_local: true, retained: Retained::Never, ..1.into() }).unwrap();
    outcomes.wait_subscribed("o/#", 1).await;

    author.publish(PublishId(2), Publish { payload: "new".into(), ..kept }).unwrap();
    assert!(faithfully.wait_messages(2).await[1].retain);
    assert!(!plainly.wait_messages(1).await[0].retain);
    // What somebody else says comes, so what came before it did.
    publish(&plain, 3, "o/end", "end", 1).unwrap();
    assert_eq!(outcomes.wait_messages(1).await[0].payload, "end");
    assert_eq!(faithfully.messages().len(), 3);
    for session in [author, plain, faithful] {
        session.close().await;
    }
}

#[tokio::test]
async fn a_shared_subscription_deals_messages_out() {
    let broker = Broker::start(&Config::default()).unwrap();
    let (one, first) = listener(&broker, "one", "$share/group/s/#", 1.into()).await;
    let (two, second) = listener(&broker, "two", "$share/group/s/#", 1.into()).await;
    for id in 0..10 {
        publish(&one, id, "s/x", id.to_string(), 1).unwrap();
    }
    first.wait_messages(5).await;
    second.wait_messages(5).await;
    let refused = one.subscribe("$share/group/s/#", Subscription { no_local: true, ..1.into() });
    assert_eq!(refused.unwrap_err().code, Code::InvalidFields);
    one.close().await;
    two.close().await;
    assert_eq!((first.messages().len(), second.messages().len()), (5, 5));
}

#[tokio::test]
async fn a_will_comes_with_its_properties_when_the_client_is_gone() {
    let broker = Broker::start(&Config::default()).unwrap();
    let (watcher, recorder) = listener(&broker, "watcher", "will/#", 2.into()).await;
    let message =
        Publish { topic: "will/x".into(), payload: "gone".into(), qos: 2, retain: true, properties: all_properties() };
    // Through a proxy, so that the line can be cut.
    let line = proxy::Proxy::start(proxy::Kind::Http, None, broker.port()).await.unwrap();
    let mut options = Options { retry: Retry::Never, ..five(broker.port(), "dying") };
    options.will = Some(Will { message, delay: Some(1) });
    options.properties.session_expiry = Some(1000);
    options.proxy = Some(Proxy { kind: ProxyKind::Http, address: Address::new("127.0.0.1", line.port), login: None });
    let (dead, dying) = start(options);
    dying.wait_online(1).await;
    drop(line);
    assert_eq!(dying.wait_failed().await.code, Code::ConnectionLost);
    let message = recorder.wait_messages(1).await.remove(0);
    assert_eq!((&*message.topic, &message.payload[..], message.qos), ("will/x", &b"gone"[..], 2));
    assert_eq!(message.properties.len(), 8);
    watcher.close().await;
    dead.close().await;
}

#[tokio::test]
async fn a_client_id_that_the_broker_chose_is_told() {
    let broker = Broker::start(&Config::default()).unwrap();
    let (session, recorder) = start(five(broker.port(), ""));
    assert!(terms(&recorder).await.assigned_client_id.is_some_and(|id| !id.is_empty()));
    session.close().await;
}

#[tokio::test]
async fn everything_that_connack_says_is_told() {
    let peer = Peer::listen(true).await;
    let (session, recorder) = start(five(peer.port(), "c"));
    let mut wire = peer.accept().await;
    wire.expect(kind::CONNECT).await;
    let mut said = vec![0x11, 0, 0, 0, 60, 0x13, 0, 30, 0x21, 0, 10, 0x22, 0, 5, 0x24, 1, 0x25, 0];
    said.extend([0x27, 0, 0, 16, 0, 0x28, 0, 0x29, 0, 0x2A, 0]);
    for (id, text) in [(0x12, "chosen"), (0x1A, "base/"), (0x1C, "other:1883"), (0x1F, "welcome")] {
        said.extend([id, 0, text.len() as u8]);
        said.extend(text.as_bytes());
    }
    said.extend(b"\x26\x00\x01k\x00\x01v");
    wire.connack_with(false, 0, &said).await;
    let expected = Terms {
        assigned_client_id: Some("chosen".into()),
        keep_alive: Some(30),
        session_expiry: Some(60),
        max_packet_size: Some(4096),
        receive_maximum: Some(10),
        topic_alias_maximum: 5,
        maximum_qos: 1,
        retained_messages: false,
        wildcard_subscriptions: false,
        subscription_identifiers: false,
        shared_subscriptions: false,
        response_information: Some("base/".into()),
        server_reference: Some("other:1883".into()),
        reason: Some("welcome".into()),
        user_properties: vec![pair("k", "v")],
    };
    assert_eq!(terms(&recorder).await, expected);

    // What would end the connection is not sent.
    publish(&session, 1, "t", "x", 2).unwrap();
    let kept = Publish { topic: "t".into(), qos: 1, retain: true, ..Publish::default() };
    session.publish(PublishId(2), kept).unwrap();
    publish(&session, 3, "t", "fits", 1).unwrap();
    let fits = wire.expect_publish().await;
    assert_eq!(fits.payload, b"fits");
    wire.puback(fits.id).await;
    let outcomes = recorder.wait_outcomes(3).await;
    let reasons: Vec<_> = outcomes
        .iter()
        .filter_map(|(_, outcome)| match outcome {
            PublishOutcome::Refused { reason } => Some(reason.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(reasons, ["the server takes QoS 1 at most", "the server stores no retained messages"]);
    session.close().await;
}

/// Byte by byte, since no broker says what it read.
#[tokio::test]
async fn connect_carries_what_was_asked_for() {
    let peer = Peer::listen(true).await;
    let mut options = five(peer.port(), "c");
    options.clean_session = false;
    options.max_packet_size = 0x10000;
    options.properties = ConnectProperties {
        session_expiry: Some(300),
        receive_maximum: Some(20),
        topic_alias_maximum: 7,
        use_topic_aliases: true,
        request_problem_information: Some(false),
        request_response_information: true,
        user_properties: vec![pair("k", "v")],
    };
    let (session, _recorder) = start(options);
    let connect = peer.accept().await.expect(kind::CONNECT).await;
    let length = usize::from(connect.body[10]);
    let mut sent = &connect.body[11..11 + length];
    let mut listed = Vec::new();
    while let [id, rest @ ..] = sent {
        let size = match id {
            0x11 | 0x27 => 4,
            0x21 | 0x22 => 2,
            0x17 | 0x19 => 1,
            0x26 => 6,
            other => panic!("property {other:#x}"),
        };
        let (value, after) = rest.split_at(size);
        listed.push((*id, value.to_vec()));
        sent = after;
    }
    listed.sort();
    let expected = [
        (0x11, vec![0, 0, 1, 44]),
        (0x17, vec![0]),
        (0x19, vec![1]),
        (0x21, vec![0, 20]),
        (0x22, vec![0, 7]),
        (0x26, b"\0\x01k\0\x01v".to_vec()),
        (0x27, vec![0, 1, 0, 0]),
    ];
    assert_eq!(listed, expected);
    session.close().await;
}

#[tokio::test]
async fn topic_aliases_in_both_directions() {
    let peer = Peer::listen(true).await;
    let mut options = five(peer.port(), "c");
    options.properties.topic_alias_maximum = 2;
    options.properties.use_topic_aliases = true;
    let (session, recorder) = start(options);
    for connection in 1..=2 {
        let mut wire = peer.accept().await;
        wire.expect(kind::CONNECT).await;
        wire.connack_with(false, 0, &[0x22, 0, 1]).await;
        recorder.wait_online(connection).await;
        for (topic, seen, alias) in [("a", "a", &[0x23, 0, 1][..]), ("a", "", &[0x23, 0, 1]), ("b", "b", &[])] {
            publish(&session, 1, topic, "x", 0).unwrap();
            let sent = wire.expect_publish().await;
            assert_eq!((sent.topic.as_str(), &sent.properties[..]), (seen, alias));
        }
        for (topic, alias) in [("in/one", 1), ("in/two", 2), ("", 1), ("", 2), ("in/three", 2), ("", 2)] {
            wire.write(&wire.publish_with(topic, b"x", 0, 0, &[0x23, 0, alias])).await;
        }
        let messages = recorder.wait_messages(6 * connection).await;
        let topics: Vec<_> = messages[6 * (connection - 1)..].iter().map(|message| &*message.topic).collect();
        assert_eq!(topics, ["in/one", "in/two", "in/one", "in/two", "in/three", "in/three"]);
    }
    // Row k: an alias that was never named on this connection ends it, with no message of an empty topic.
    let mut wire = peer.welcome(false).await;
    wire.write(&wire.publish_with("", b"x", 0, 0, &[0x23, 0, 1])).await;
    assert_eq!(recorder.wait_waiting(3).await.code, Code::ProtocolError);
    assert_eq!(recorder.messages().len(), 12);
    session.close().await;
}

#[tokio::test]
async fn a_disconnect_of_the_server_tells_why_and_where_to() {
    let peer = Peer::listen(true).await;
    let (session, recorder) = start(five(peer.port(), "c"));
    let mut wire = peer.welcome(false).await;
    let mut body = vec![0x9D, 0];
    for (id, text) in [(0x1F, "moved away"), (0x1C, "other.example:8883")] {
        body.extend([id, 0, text.len() as u8]);
        body.extend(text.as_bytes());
    }
    body[1] = (body.len() - 2) as u8;
    wire.write(&packet(0xE0, &body)).await;
    let error = recorder.wait_waiting(1).await;
    assert_eq!(error.code, Code::ClosedByServer);
    assert!(error.detail.is_some_and(|detail| detail.contains("0x9D") && detail.contains("moved away")));
    assert!(error.hint.is_some_and(|hint| hint.contains("other.example:8883")));
    session.close().await;
}

#[tokio::test]
async fn what_only_five_can_is_refused_on_3_1_1_in_words() {
    let (session, _recorder) = start(options(1, MqttVersion::V311));
    let message = Publish { topic: "t".into(), properties: all_properties(), ..Publish::default() };
    assert_eq!(session.publish(PublishId(1), message).unwrap_err().code, Code::BadRequest);
    let refused = session.subscribe("t", Subscription { no_local: true, ..0.into() });
    assert!(refused.unwrap_err().message.contains("MQTT 5"));
    session.close().await;
}
