//! The packet lane: what it tells is what is on the wire, and closed it tells nothing.

use crate::{VERSIONS, once, options, publish, start};
use hubscope_model::{ControlPacket, Direction, MqttVersion, PacketKind};
use hubscope_mqtt::{Options, PublishProperties, Subscription};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::peer::{self, Packet, Peer, kind};
use hubscope_vault::Secret;

/// Bytes of a packet as it came.
fn size(packet: &Packet) -> u32 {
    peer::packet((packet.kind << 4) | packet.flags, &packet.body).len() as u32
}

fn find(packets: &[ControlPacket], kind: PacketKind) -> &ControlPacket {
    packets.iter().find(|packet| packet.kind == kind).unwrap()
}

/// Every packet of a scripted conversation, against the bytes that the other end read and wrote.
#[tokio::test]
async fn every_packet_is_told_with_its_size_on_the_wire() {
    for version in VERSIONS {
        let five = version == MqttVersion::V5;
        let peer = Peer::listen(five).await;
        let mut options = options(peer.port(), version);
        options.watch_packets = true;
        options.user_name = Some("the-user".into());
        options.password = Some(Secret::new("the-pass-word".to_owned().into()));
        let (session, recorder) = start(options);
        let mut wire = peer.accept().await;
        let connect = wire.expect(kind::CONNECT).await;
        wire.connack(false, 0).await;
        recorder.wait_online(1).await;
        session.subscribe("a/#", 1).unwrap();
        let subscribe = wire.expect(kind::SUBSCRIBE).await;
        wire.suback(&subscribe, 0x80).await;
        recorder.wait_packets(PacketKind::Suback, 1).await;
        session.unsubscribe("a/#").unwrap();
        let unsubscribe = wire.expect(kind::UNSUBSCRIBE).await;
        wire.unsuback(&unsubscribe).await;
        publish(&session, 1, "a/b", vec![7; 200], 2).unwrap();
        let out = wire.expect(kind::PUBLISH).await;
        let id = u16::from_be_bytes([out.body[5], out.body[6]]);
        wire.answer(kind::PUBREC, id).await;
        let release = wire.expect(kind::PUBREL).await;
        wire.answer(kind::PUBCOMP, id).await;
        let incoming = wire.publish("c/d", b"payload", 1, 77);
        wire.write(&incoming).await;
        let ack = wire.expect(kind::PUBACK).await;
        // The acknowledgement was read by the peer before its event is told here.
        let mut told = recorder.wait_packets(PacketKind::Puback, 1).await;
        recorder.wait_outcomes(1).await;
        session.close().await;
        told.extend(recorder.packets().into_iter().skip(told.len()));
        let sizes = [
            (PacketKind::Connect, size(&connect)),
            (PacketKind::Connack, if five { 5 } else { 4 }),
            (PacketKind::Subscribe, size(&subscribe)),
            (PacketKind::Suback, if five { 6 } else { 5 }),
            (PacketKind::Unsubscribe, size(&unsubscribe)),
            (PacketKind::Unsuback, if five { 6 } else { 4 }),
            (PacketKind::Pubrec, 4),
            (PacketKind::Pubrel, size(&release)),
            (PacketKind::Pubcomp, 4),
            (PacketKind::Puback, size(&ack)),
            (PacketKind::Disconnect, 2),
        ];
        for (kind, expected) in sizes {
            assert_eq!(find(&told, kind).size, Some(expected), "{kind:?} {version:?}");
        }
        let publishes: Vec<_> = told.iter().filter(|packet| packet.kind == PacketKind::Publish).collect();
        let [ours, theirs] = publishes[..] else { panic!("{publishes:?}") };
        assert_eq!((ours.size, ours.id, ours.qos), (Some(size(&out)), Some(id), Some(2)));
        assert_eq!((theirs.size, theirs.id, theirs.qos), (Some(incoming.len() as u32), Some(77), Some(1)));
        assert_eq!((ours.direction, theirs.direction), (Direction::Out, Direction::In));
        assert_eq!(theirs.topic.as_deref(), Some("c/d"));
        assert_eq!(find(&told, PacketKind::Subscribe).topic.as_deref(), Some("a/#"));
        assert_eq!(find(&told, PacketKind::Suback).reason.as_ref().unwrap().code, 0x80);
        assert!(told.windows(2).all(|two| two[0].time <= two[1].time), "{told:?}");
        let text = format!("{told:?}");
        assert!(!text.contains("the-user") && !text.contains("the-pass-word"), "{text}");
    }
}

#[tokio::test]
async fn a_refusal_is_told_with_its_connect() {
    for (version, code, name) in
        [(MqttVersion::V311, 5, "Not authorized"), (MqttVersion::V5, 0x86, "Bad user name or password")]
    {
        let peer = Peer::listen(version == MqttVersion::V5).await;
        let (session, recorder) = start(Options { watch_packets: true, ..once(peer.port(), version) });
        let mut wire = peer.accept().await;
        wire.expect(kind::CONNECT).await;
        wire.connack(false, code).await;
        recorder.wait_failed().await;
        let told = recorder.packets();
        assert_eq!(told.iter().map(|one| one.kind).collect::<Vec<_>>(), [PacketKind::Connect, PacketKind::Connack]);
        let reason = told[1].reason.as_ref().unwrap();
        assert_eq!((reason.code, reason.name.as_str()), (code, name));
        session.close().await;
    }
}

/// Off unless asked for; on and off while the session lives.
#[tokio::test]
async fn a_closed_lane_tells_nothing_and_an_open_one_everything_from_then_on() {
    let broker = Broker::start(&Config::default()).unwrap();
    for version in VERSIONS {
        let (session, recorder) = start(options(broker.port(), version));
        session.subscribe("p/#", 1).unwrap();
        recorder.wait_subscribed("p/#", 1).await;
        publish(&session, 1, "p/1", "x", 1).unwrap();
        recorder.wait_messages(1).await;
        recorder.wait_outcomes(1).await;
        assert_eq!(recorder.packets(), []);
        session.watch_packets(true);
        publish(&session, 2, "p/2", "x", 1).unwrap();
        let told = recorder.wait_packets(PacketKind::Publish, 2).await;
        recorder.wait_packets(PacketKind::Puback, 2).await;
        assert!(told.iter().all(|packet| packet.topic.as_deref() != Some("p/1")));
        session.watch_packets(false);
        let before = recorder.packets().len();
        publish(&session, 3, "p/3", "x", 1).unwrap();
        recorder.wait_messages(3).await;
        recorder.wait_outcomes(3).await;
        assert_eq!(recorder.packets().len(), before);
        session.close().await;
    }
}

/// The properties of MQTT 5 and the words of the server are details.
#[tokio::test]
async fn properties_are_told() {
    let broker = Broker::start(&Config::default()).unwrap();
    let (session, recorder) = start(Options { watch_packets: true, ..options(broker.port(), MqttVersion::V5) });
    session.subscribe("p", Subscription { identifier: Some(9), ..Subscription::default() }).unwrap();
    recorder.wait_subscribed("p", 1).await;
    let properties = PublishProperties { content_type: Some("text/plain".into()), ..PublishProperties::default() };
    let message = hubscope_mqtt::Publish { topic: "p".into(), properties, ..Default::default() };
    session.publish(hubscope_model::PublishId(1), message).unwrap();
    let told = recorder.wait_packets(PacketKind::Publish, 2).await;
    let has = |packet: &ControlPacket, name: &str, value: &str| {
        packet.details.iter().any(|detail| detail.name == name && detail.value == value)
    };
    for packet in told.iter().filter(|packet| packet.kind == PacketKind::Publish) {
        assert!(has(packet, "content type", "text/plain"), "{packet:?}");
        assert_eq!(has(packet, "subscription identifier", "9"), packet.direction == Direction::In);
    }
    assert!(has(find(&told, PacketKind::Connack), "topic alias maximum", "10"), "{told:?}");
    session.close().await;
}
