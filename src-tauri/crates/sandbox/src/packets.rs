//! Packets of both versions, read into and built from the sandbox's own words.

use crate::broker::{PublishProblem, RetainHandling, SubscribeProblem};
use crate::handshake::Connect;
use crate::message::{Message, Qos};
use crate::outbox::Outgoing;
use crate::subscriptions::Subscription;
use mqtt_protocol_core::mqtt::packet::{
    self, AssignedClientIdentifier, MaximumQos, Packet, Property, ReceiveMaximum, SessionExpiryInterval,
    SharedSubscriptionAvailable, SubEntry, v3_1_1, v5_0,
};
use mqtt_protocol_core::mqtt::result_code::{
    ConnectReasonCode, ConnectReturnCode, DisconnectReasonCode, MqttError, PubackReasonCode, SubackReasonCode,
    SubackReturnCode, UnsubackReasonCode,
};
use mqtt_protocol_core::mqtt::{ArcPayload, Version};

/// One filter of a SUBSCRIBE.
#[derive(Debug)]
pub(crate) struct Wish {
    pub filter: String,
    pub subscription: Subscription,
    pub retain: RetainHandling,
}

/// What a client sent, after CONNECT.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// `id` is set for QoS 1.
    Publish {
        id: Option<u16>,
        message: Message,
    },
    /// The client acknowledged a message.
    Acknowledged(u16),
    Subscribe {
        id: u16,
        wishes: Vec<Wish>,
    },
    Unsubscribe {
        id: u16,
        filters: Vec<String>,
    },
    /// DISCONNECT; `with_will` asks for the will nevertheless (MQTT 5 reason 0x04 and errors), `expiry` changes how
    /// long the session is kept.
    Goodbye {
        with_will: bool,
        expiry: Option<u32>,
    },
    /// Something that the sandbox does not take; the connection ends with this reason.
    Unacceptable(DisconnectReasonCode),
}

/// Reads a packet. None for what needs no answer (PINGREQ, answered before).
pub(crate) fn incoming(packet: Packet) -> Option<Incoming> {
    Some(match packet {
        Packet::V3_1_1Publish(p) => {
            let message = message(p.topic_name(), p.payload(), p.qos(), p.retain());
            publish_in(p.packet_id(), p.qos(), message)
        }
        Packet::V5_0Publish(p) => {
            let foreign = |p: &Property| match p {
                // A server alone sends these [MQTT-3.3.4-6]; a response topic is a topic name [MQTT-3.3.2-14].
                Property::SubscriptionIdentifier(_) => true,
                Property::ResponseTopic(topic) => topic.val().contains(['+', '#']),
                _ => false,
            };
            if p.props().iter().any(foreign) {
                return Some(Incoming::Unacceptable(DisconnectReasonCode::ProtocolError));
            }
            let message = message(p.topic_name(), p.payload(), p.qos(), p.retain()).with_properties(p.props());
            publish_in(p.packet_id(), p.qos(), message)
        }
        Packet::V3_1_1Puback(p) => Incoming::Acknowledged(p.packet_id()),
        Packet::V5_0Puback(p) => Incoming::Acknowledged(p.packet_id()),
        Packet::V3_1_1Subscribe(p) => Incoming::Subscribe {
            id: p.packet_id(),
            wishes: p.entries().iter().map(|entry| wish(entry, None)).collect(),
        },
        Packet::V5_0Subscribe(p) => {
            let id = p.props().iter().find_map(|property| match property {
                Property::SubscriptionIdentifier(id) => Some(id.val()),
                _ => None,
            });
            Incoming::Subscribe { id: p.packet_id(), wishes: p.entries().iter().map(|entry| wish(entry, id)).collect() }
        }
        Packet::V3_1_1Unsubscribe(p) => Incoming::Unsubscribe {
            id: p.packet_id(),
            filters: p.entries().iter().map(|f| f.as_str().into()).collect(),
        },
        Packet::V5_0Unsubscribe(p) => Incoming::Unsubscribe {
            id: p.packet_id(),
            filters: p.entries().iter().map(|f| f.as_str().into()).collect(),
        },
        Packet::V3_1_1Disconnect(_) => Incoming::Goodbye { with_will: false, expiry: None },
        Packet::V5_0Disconnect(p) => {
            let with_will = p.reason_code().is_some_and(|code| code != DisconnectReasonCode::NormalDisconnection);
            let expiry = p.props().iter().flatten().find_map(|property| match property {
                Property::SessionExpiryInterval(seconds) => Some(seconds.val()),
                _ => None,
            });
            Incoming::Goodbye { with_will, expiry }
        }
        Packet::V3_1_1Pingreq(_) | Packet::V5_0Pingreq(_) => return None,
        // The rest of QoS 2, AUTH, and what only a server sends.
        _ => Incoming::Unacceptable(DisconnectReasonCode::ProtocolError),
    })
}

fn message(topic: &str, payload: &ArcPayload, qos: packet::Qos, retain: bool) -> Message {
    let qos = if qos == packet::Qos::AtMostOnce { Qos::AtMostOnce } else { Qos::AtLeastOnce };
    Message { topic: topic.into(), payload: payload.clone(), qos, retain, properties: Vec::new(), expires: None }
}

/// QoS 2 is not offered: MQTT 5 clients were told so; MQTT 3.1.1 has no way to, and closing is what hubs do.
fn publish_in(id: Option<u16>, qos: packet::Qos, message: Message) -> Incoming {
    match (qos, id) {
        (packet::Qos::ExactlyOnce, _) => Incoming::Unacceptable(DisconnectReasonCode::QosNotSupported),
        (_, Some(0)) => Incoming::Unacceptable(DisconnectReasonCode::MalformedPacket),
        (_, id) => Incoming::Publish { id, message },
    }
}

fn wish(entry: &SubEntry, id: Option<u32>) -> Wish {
    use packet::RetainHandling as Theirs;
    let options = entry.sub_opts();
    let qos = if options.qos() == packet::Qos::AtMostOnce { Qos::AtMostOnce } else { Qos::AtLeastOnce };
    Wish {
        filter: entry.topic_filter().to_owned(),
        subscription: Subscription { qos, no_local: options.nl(), retain_as_published: options.rap(), id },
        retain: match options.rh() {
            Theirs::SendRetained => RetainHandling::Always,
            Theirs::SendRetainedIfNotExists => RetainHandling::IfNew,
            Theirs::DoNotSendRetained => RetainHandling::Never,
        },
    }
}

/// A CONNECT with only what the protocol library works with: keep-alive and the client's own limits. Its session is
/// always clean, so that the library stores nothing.
pub(crate) fn bare_connect(connect: &Connect) -> Result<Vec<u8>, MqttError> {
    if connect.version != Version::V5_0 {
        let bare = v3_1_1::Connect::builder().client_id("c")?.clean_session(true).keep_alive(connect.keep_alive);
        return Ok(bare.build()?.to_continuous_buffer());
    }
    let mut limits = vec![ReceiveMaximum::new(connect.receive_maximum)?.into()];
    if let Some(size) = connect.maximum_packet_size {
        limits.push(packet::MaximumPacketSize::new(size)?.into());
    }
    let bare = v5_0::Connect::builder().client_id("c")?.clean_start(true).keep_alive(connect.keep_alive).props(limits);
    Ok(bare.build()?.to_continuous_buffer())
}

/// What the answer to an accepted CONNECT tells.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Welcome<'a> {
    pub session_present: bool,
    /// The client id, if the hub made it.
    pub assigned: Option<&'a str>,
    /// How long the session is kept, if that is not what the client asked for.
    pub expiry: Option<u32>,
}

/// The answer to an accepted CONNECT. The library adds the maximum packet size.
pub(crate) fn connack(version: Version, welcome: &Welcome) -> Result<Packet, MqttError> {
    let present = welcome.session_present;
    if version != Version::V5_0 {
        let connack = v3_1_1::Connack::builder().session_present(present).return_code(ConnectReturnCode::Accepted);
        return Ok(connack.build()?.into());
    }
    let mut properties: Vec<Property> = vec![MaximumQos::new(1)?.into(), SharedSubscriptionAvailable::new(0)?.into()];
    if let Some(seconds) = welcome.expiry {
        properties.push(SessionExpiryInterval::new(seconds)?.into());
    }
    if let Some(id) = welcome.assigned {
        properties.push(AssignedClientIdentifier::new(id)?.into());
    }
    let connack = v5_0::Connack::builder().session_present(present).reason_code(ConnectReasonCode::Success);
    Ok(connack.props(properties).build()?.into())
}

/// A message for a client.
pub(crate) fn publish(version: Version, outgoing: &Outgoing) -> Result<Packet, MqttError> {
    let Outgoing { delivery, id, dup } = outgoing;
    let qos = if id.is_some() { packet::Qos::AtLeastOnce } else { packet::Qos::AtMostOnce };
    let (topic, payload) = (&*delivery.message.topic, delivery.message.payload.clone());
    if version == Version::V5_0 {
        let publish = v5_0::Publish::builder().topic_name(topic)?.qos(qos).retain(delivery.retain).payload(payload);
        return Ok(publish.dup(*dup).packet_id(*id).props(delivery.properties()).build()?.into());
    }
    let publish = v3_1_1::Publish::builder().topic_name(topic)?.qos(qos).retain(delivery.retain).payload(payload);
    Ok(publish.dup(*dup).packet_id(*id).build()?.into())
}

pub(crate) fn puback(version: Version, id: u16, outcome: Result<usize, PublishProblem>) -> Result<Packet, MqttError> {
    if version != Version::V5_0 {
        return Ok(v3_1_1::Puback::builder().packet_id(id).build()?.into());
    }
    let code = match outcome {
        Ok(0) => PubackReasonCode::NoMatchingSubscribers,
        // Success is the absence of a code.
        Ok(_) => return Ok(v5_0::Puback::builder().packet_id(id).build()?.into()),
        Err(PublishProblem::TopicName | PublishProblem::TopicUnknown) => PubackReasonCode::TopicNameInvalid,
        Err(PublishProblem::Payload) => PubackReasonCode::PayloadFormatInvalid,
        Err(PublishProblem::RetainedFull) => PubackReasonCode::QuotaExceeded,
    };
    Ok(v5_0::Puback::builder().packet_id(id).reason_code(code).build()?.into())
}

pub(crate) fn suback(version: Version, id: u16, grants: &[Result<Qos, SubscribeProblem>]) -> Result<Packet, MqttError> {
    if version != Version::V5_0 {
        let codes = grants.iter().map(|grant| match grant {
            Ok(Qos::AtMostOnce) => SubackReturnCode::SuccessMaximumQos0,
            Ok(Qos::AtLeastOnce) => SubackReturnCode::SuccessMaximumQos1,
            Err(_) => SubackReturnCode::Failure,
        });
        return Ok(v3_1_1::Suback::builder().packet_id(id).return_codes(codes.collect()).build()?.into());
    }
    let codes = grants.iter().map(|grant| match grant {
        Ok(Qos::AtMostOnce) => SubackReasonCode::GrantedQos0,
        Ok(Qos::AtLeastOnce) => SubackReasonCode::GrantedQos1,
        Err(SubscribeProblem::Filter) => SubackReasonCode::TopicFilterInvalid,
        Err(SubscribeProblem::Shared) => SubackReasonCode::SharedSubscriptionsNotSupported,
        Err(SubscribeProblem::TooMany) => SubackReasonCode::QuotaExceeded,
        Err(SubscribeProblem::NotAuthorised) => SubackReasonCode::NotAuthorized,
    });
    Ok(v5_0::Suback::builder().packet_id(id).reason_codes(codes.collect()).build()?.into())
}

pub(crate) fn unsuback(version: Version, id: u16, existed: &[bool]) -> Result<Packet, MqttError> {
    if version != Version::V5_0 {
        return Ok(v3_1_1::Unsuback::builder().packet_id(id).build()?.into());
    }
    let code = |existed: &bool| match existed {
        true => UnsubackReasonCode::Success,
        false => UnsubackReasonCode::NoSubscriptionExisted,
    };
    let codes = existed.iter().map(code).collect();
    Ok(v5_0::Unsuback::builder().packet_id(id).reason_codes(codes).build()?.into())
}

/// Only MQTT 5 servers send one. With an empty list of properties, which may be left out, since there are client
/// libraries that cannot read the reason without it.
pub(crate) fn disconnect(reason: DisconnectReasonCode) -> Result<Packet, MqttError> {
    Ok(v5_0::Disconnect::builder().reason_code(reason).props(Vec::new()).build()?.into())
}
