//! What a packet lane shows of the library's MQTT 5 packets.

use super::packets;
use crate::desk::Desk;
use crate::subscriptions::Ask;
use crate::{Options, Publish, packet, properties};
use bytes::BytesMut;
use hubscope_model::{ControlPacket, Direction, MqttVersion, PacketKind, Property};
use rumqttc::Outgoing as Sent;
use rumqttc::v5::Event;
use rumqttc::v5::mqttbytes::v5::{
    ConnAck, Connect, ConnectReturnCode, Login, Packet, Publish as Sending, Subscribe, Unsubscribe,
};

pub(super) fn shown(event: &Event, desk: &Desk) -> Option<ControlPacket> {
    use PacketKind as K;
    let out = |kind, id: u16| Some(packet::of_kind(kind, Direction::Out, Some(id)));
    match event {
        Event::Incoming(Packet::Publish(publish)) => Some(published(publish)),
        Event::Incoming(packet) => described(packet, Direction::In),
        Event::Outgoing(Sent::Publish(id)) => {
            let mut shown = desk.publish_packet(*id)?;
            let properties = desk.publish_properties(*id).and_then(|ours| packets::publish_properties(ours, None));
            packet::add_details(&mut shown, properties.map(properties::list).unwrap_or_default());
            Some(shown)
        }
        Event::Outgoing(Sent::Subscribe(id) | Sent::Unsubscribe(id)) => {
            described(&asked(desk.asked()?, *id), Direction::Out)
        }
        Event::Outgoing(Sent::PubAck(id)) => out(K::Puback, *id),
        Event::Outgoing(Sent::PubRec(id)) => out(K::Pubrec, *id),
        Event::Outgoing(Sent::PubRel(id)) => out(K::Pubrel, *id),
        Event::Outgoing(Sent::PubComp(id)) => out(K::Pubcomp, *id),
        Event::Outgoing(Sent::PingReq) => Some(packet::of_kind(K::Pingreq, Direction::Out, None)),
        Event::Outgoing(Sent::Disconnect) => packet::of_bytes(&[0xe0, 0], Direction::Out, MqttVersion::V5),
        Event::Outgoing(Sent::PingResp | Sent::AwaitAck(_)) => None,
    }
}

fn asked(ask: Ask, id: u16) -> Packet {
    match ask {
        Ask::Subscribe { filter, subscription } => {
            let (filter, properties) = packets::subscribe(filter, subscription);
            Packet::Subscribe(Subscribe { pkid: id, ..Subscribe::new(filter, Some(properties)) })
        }
        Ask::Unsubscribe { filter } => Packet::Unsubscribe(Unsubscribe { pkid: id, ..Unsubscribe::new(filter, None) }),
    }
}

fn published(publish: &Sending) -> ControlPacket {
    let message = Publish {
        payload: publish.payload.clone(),
        qos: publish.qos as u8,
        retain: publish.retain,
        ..Publish::default()
    };
    let mut shown = ControlPacket {
        id: (publish.pkid > 0).then_some(publish.pkid),
        dup: publish.dup,
        topic: packet::topic(&publish.topic),
        ..packet::publish(Direction::In, &message, publish.size())
    };
    packet::add_details(&mut shown, publish.properties.clone().map(properties::list).unwrap_or_default());
    shown
}

/// Any packet but PUBLISH.
fn described(packet: &Packet, direction: Direction) -> Option<ControlPacket> {
    let mut bytes = BytesMut::new();
    packet.write(&mut bytes, None).ok()?;
    let mut shown = packet::of_bytes(&bytes, direction, MqttVersion::V5)?;
    match packet {
        Packet::Subscribe(subscribe) => {
            let asked = subscribe.filters.first()?;
            shown.topic = packet::filter(&asked.path);
            shown.qos = Some(asked.qos as u8);
            let id = subscribe.properties.as_ref().and_then(|properties| properties.id);
            shown.details.extend(id.map(|id| packet::detail("subscription identifier", &id.to_string())));
        }
        Packet::Unsubscribe(unsubscribe) => shown.topic = packet::filter(unsubscribe.filters.first()?),
        Packet::ConnAck(answer) => packet::add_details(&mut shown, connack(answer)),
        _ => {
            let reason = reason_string(packet).map(|reason| packet::detail("reason string", reason));
            let server = packets::reference(packet).map(|server| packet::detail("server reference", server));
            packet::add_details(&mut shown, reason.into_iter().chain(server));
        }
    }
    Some(shown)
}

fn reason_string(packet: &Packet) -> Option<&str> {
    match packet {
        Packet::PubAck(ack) => ack.properties.as_ref()?.reason_string.as_deref(),
        Packet::PubRec(record) => record.properties.as_ref()?.reason_string.as_deref(),
        Packet::PubRel(release) => release.properties.as_ref()?.reason_string.as_deref(),
        Packet::PubComp(complete) => complete.properties.as_ref()?.reason_string.as_deref(),
        Packet::SubAck(ack) => ack.properties.as_ref()?.reason_string.as_deref(),
        Packet::UnsubAck(ack) => ack.properties.as_ref()?.reason_string.as_deref(),
        Packet::Disconnect(disconnect) => disconnect.properties.as_ref()?.reason_string.as_deref(),
        _ => None,
    }
}

/// Properties of CONNACK in its own words (3.2.2.3), as they came.
fn connack(answer: &ConnAck) -> Vec<Property> {
    let number = |name, value: Option<u64>| value.map(|value| packet::detail(name, &value.to_string()));
    let text = |name, value: &Option<String>| value.as_deref().map(|value| packet::detail(name, value));
    let mut details = vec![packet::detail("session present", if answer.session_present { "yes" } else { "no" })];
    let Some(properties) = &answer.properties else { return details };
    let listed = [
        number("session expiry", properties.session_expiry_interval.map(u64::from)),
        number("receive maximum", properties.receive_max.map(u64::from)),
        number("maximum QoS", properties.max_qos.map(u64::from)),
        number("retain available", properties.retain_available.map(u64::from)),
        number("maximum packet size", properties.max_packet_size.map(u64::from)),
        text("assigned client id", &properties.assigned_client_identifier),
        number("topic alias maximum", properties.topic_alias_max.map(u64::from)),
        text("reason string", &properties.reason_string),
        number("wildcards available", properties.wildcard_subscription_available.map(u64::from)),
        number("subscription identifiers available", properties.subscription_identifiers_available.map(u64::from)),
        number("shared subscriptions available", properties.shared_subscription_available.map(u64::from)),
        number("server keep-alive", properties.server_keep_alive.map(u64::from)),
        text("response information", &properties.response_information),
        text("server reference", &properties.server_reference),
    ];
    details.extend(listed.into_iter().flatten());
    details
}

/// The CONNACK that told this code.
pub(super) fn refusal(code: ConnectReturnCode) -> Option<ControlPacket> {
    let answer = Packet::ConnAck(ConnAck { session_present: false, code, properties: None });
    let mut bytes = BytesMut::new();
    answer.write(&mut bytes, None).ok()?;
    let code = packet::of_bytes(&bytes, Direction::In, MqttVersion::V5)?.reason?.code;
    Some(packet::refusal(code, MqttVersion::V5))
}

/// Bytes of CONNECT, the credential by its length.
pub(crate) fn connect_size(options: &Options) -> usize {
    let connect = Connect {
        client_id: options.client_id.clone(),
        keep_alive: 0,
        clean_start: options.clean_session,
        properties: Some(packets::connect_properties(options)),
    };
    let (user_name, password) = (options.connect_user_name().len(), options.connect_password().len());
    let login = (user_name + password > 0).then(|| Login::new("x".repeat(user_name), "x".repeat(password)));
    connect.size(&options.will.as_ref().map(packets::will), &login)
}
