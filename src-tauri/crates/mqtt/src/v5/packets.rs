//! Our words for the library's MQTT 5 packets, and the other way round.

use crate::aliases::Inbound;
use crate::failure::{Failure, reasons};
use crate::link::Happening;
use crate::sink::{Received, Topic};
use crate::{Options, Publish, PublishProperties, Subscription, Will, properties};
use hubscope_model::{Code, Error, Retained, Terms};
use rumqttc::v5::Event;
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{
    ConnAck, ConnAckProperties, ConnectProperties, Filter, LastWill, LastWillProperties, Packet, Publish as Sending,
    PublishProperties as SendingProperties, RetainForwardRule, SubscribeProperties,
};
use std::collections::VecDeque;

/// The session outlives its connection until the server decides otherwise (section 3.1.2.11.2).
const NEVER_EXPIRES: u32 = u32::MAX;

pub(super) fn read(packet: Packet, aliases: &mut Inbound) -> Result<Happening, Failure> {
    Ok(match packet {
        Packet::Publish(publish) => return message(publish, aliases),
        Packet::ConnAck(answer) => connected(answer),
        Packet::PubAck(ack) => Happening::Acknowledged {
            id: ack.pkid,
            refused: reasons::puback(ack.reason)
                .map(|words| reasons::with_text(words, ack.properties.and_then(|properties| properties.reason_string))),
        },
        Packet::PubRec(record) => match reasons::pubrec(record.reason) {
            None => Happening::Released(record.pkid),
            Some(words) => {
                let text = record.properties.and_then(|properties| properties.reason_string);
                Happening::Acknowledged { id: record.pkid, refused: Some(reasons::with_text(words, text)) }
            }
        },
        // An id that the broker does not know is one that it has completed before (table 3-8).
        Packet::PubComp(complete) => Happening::Acknowledged { id: complete.pkid, refused: None },
        Packet::PubRel(release) => Happening::Settled(release.pkid),
        Packet::SubAck(ack) => {
            let text = ack.properties.and_then(|properties| properties.reason_string);
            Happening::Subscribed(
                reasons::suback(ack.return_codes.first()).map_err(|words| reasons::with_text(words, text)),
            )
        }
        Packet::UnsubAck(_) => Happening::Unsubscribed,
        Packet::PingResp(_) => Happening::Pong,
        _ => Happening::Nothing,
    })
}

fn message(publish: Sending, aliases: &mut Inbound) -> Result<Happening, Failure> {
    let Sending { dup, qos, retain, topic, pkid, payload, properties: listed } = publish;
    // The library tells the packet before it looks the alias up.
    let topic = match listed.as_ref().and_then(|properties| properties.topic_alias) {
        None => topic,
        Some(alias) => aliases.resolve(alias, topic).ok_or_else(unknown_alias)?,
    };
    let received = Received {
        topic: Topic::shared(topic).ok_or_else(topic_is_not_text)?,
        payload,
        qos: qos as u8,
        retain,
        dup,
        properties: listed.map(properties::list).unwrap_or_default(),
    };
    Ok(if received.qos < 2 { Happening::Message(received) } else { Happening::MessageOnce(pkid, received) })
}

fn connected(answer: ConnAck) -> Happening {
    let terms = answer.properties.map(terms).unwrap_or_default();
    Happening::Connected { session_present: answer.session_present, terms: Box::new(terms) }
}

fn terms(properties: ConnAckProperties) -> Terms {
    let is_available = |flag: Option<u8>| flag != Some(0);
    Terms {
        assigned_client_id: properties.assigned_client_identifier,
        keep_alive: properties.server_keep_alive,
        session_expiry: properties.session_expiry_interval,
        max_packet_size: properties.max_packet_size,
        receive_maximum: properties.receive_max,
        topic_alias_maximum: properties.topic_alias_max.unwrap_or_default(),
        maximum_qos: properties.max_qos.unwrap_or(2),
        retained_messages: is_available(properties.retain_available),
        wildcard_subscriptions: is_available(properties.wildcard_subscription_available),
        subscription_identifiers: is_available(properties.subscription_identifiers_available),
        shared_subscriptions: is_available(properties.shared_subscription_available),
        response_information: properties.response_information,
        server_reference: properties.server_reference,
        reason: properties.reason_string,
        user_properties: properties.user_properties,
    }
}

/// MQTT-1.5.4-1: such a packet is malformed and the connection must be closed.
fn topic_is_not_text() -> Failure {
    Failure::counted(Error::new(Code::ProtocolError, "The server sent a topic name that is not UTF-8."))
}

/// Section 3.3.4: a protocol error.
fn unknown_alias() -> Failure {
    Failure::counted(Error::new(
        Code::ProtocolError,
        "The server used a topic alias that it never named or may not use.",
    ))
}

/// Where the server of a DISCONNECT that just came sends us. The library's error leaves it away, its events have it.
pub(super) fn server_reference(events: &VecDeque<Event>) -> Option<String> {
    match events.back() {
        Some(Event::Incoming(packet)) => reference(packet).map(str::to_owned),
        _ => None,
    }
}

/// The other server that a DISCONNECT names.
pub(super) fn reference(packet: &Packet) -> Option<&str> {
    match packet {
        Packet::Disconnect(disconnect) => disconnect.properties.as_ref()?.server_reference.as_deref(),
        _ => None,
    }
}

pub(super) fn level(qos: u8) -> QoS {
    match qos {
        0 => QoS::AtMostOnce,
        1 => QoS::AtLeastOnce,
        _ => QoS::ExactlyOnce,
    }
}

/// A packet that names its topic.
pub(crate) fn publish(message: Publish) -> Sending {
    let Publish { topic, payload, qos, retain, properties } = message;
    let mut publish = Sending::new(topic, level(qos), payload, publish_properties(properties, None));
    publish.retain = retain;
    publish
}

/// None if there are none: the library writes their length then too.
pub(crate) fn publish_properties(ours: PublishProperties, alias: Option<u16>) -> Option<SendingProperties> {
    if ours.is_empty() && alias.is_none() {
        return None;
    }
    Some(SendingProperties {
        payload_format_indicator: ours.payload_is_text.map(u8::from),
        message_expiry_interval: ours.message_expiry,
        topic_alias: alias,
        response_topic: ours.response_topic,
        correlation_data: ours.correlation_data,
        user_properties: ours.user_properties,
        subscription_identifiers: Vec::new(),
        content_type: ours.content_type,
    })
}

pub(super) fn connect_properties(options: &Options) -> ConnectProperties {
    let ours = &options.properties;
    let mut properties = ConnectProperties::new();
    properties.session_expiry_interval = ours.session_expiry.or((!options.clean_session).then_some(NEVER_EXPIRES));
    properties.receive_maximum = ours.receive_maximum.map(|most| most.max(1));
    properties.max_packet_size = Some(options.max_packet_size.max(1));
    properties.topic_alias_max = (ours.topic_alias_maximum > 0).then_some(ours.topic_alias_maximum);
    properties.request_response_info = ours.request_response_information.then_some(1);
    properties.request_problem_info = ours.request_problem_information.map(u8::from);
    properties.user_properties = ours.user_properties.clone();
    properties
}

pub(super) fn will(will: &Will) -> LastWill {
    let Will { message: Publish { topic, payload, qos, retain, properties }, delay } = will.clone();
    let properties = (delay.is_some() || !properties.is_empty()).then(|| LastWillProperties {
        delay_interval: delay,
        payload_format_indicator: properties.payload_is_text.map(u8::from),
        message_expiry_interval: properties.message_expiry,
        content_type: properties.content_type,
        response_topic: properties.response_topic,
        correlation_data: properties.correlation_data,
        user_properties: properties.user_properties,
    });
    LastWill { topic: topic.into(), message: payload, qos: level(qos), retain, properties }
}

pub(super) fn subscribe(filter: String, ours: Subscription) -> (Filter, SubscribeProperties) {
    let mut asked = Filter::new(filter, level(ours.qos));
    asked.nolocal = ours.no_local;
    asked.preserve_retain = ours.retain_as_published;
    asked.retain_forward_rule = match ours.retained {
        Retained::Always => RetainForwardRule::OnEverySubscribe,
        Retained::IfNew => RetainForwardRule::OnNewSubscribe,
        Retained::Never => RetainForwardRule::Never,
    };
    let id = ours.identifier.and_then(|identifier| usize::try_from(identifier).ok());
    (asked, SubscribeProperties { id, user_properties: ours.user_properties })
}
