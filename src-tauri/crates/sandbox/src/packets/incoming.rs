//! What a client sends after CONNECT.

use crate::broker::RetainHandling;
use crate::message::{Message, Qos};
use crate::subscriptions::Subscription;
use mqtt_protocol_core::mqtt::ArcPayload;
use mqtt_protocol_core::mqtt::packet::{self, Packet, Property, SubEntry};
use mqtt_protocol_core::mqtt::result_code::DisconnectReasonCode;

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
    /// `id` is set for QoS 1 and 2.
    Publish {
        id: Option<u16>,
        message: Message,
    },
    /// The client is done with a message: PUBACK, PUBCOMP, or a PUBREC that refuses.
    Done(u16),
    /// The client has a message of QoS 2: PUBREC.
    Received(u16),
    /// The client will not send a message of QoS 2 again: PUBREL.
    Released(u16),
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
        Packet::V3_1_1Publish(p) => publish(p.packet_id(), message(p.topic_name(), p.payload(), p.qos(), p.retain())),
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
            publish(p.packet_id(), message)
        }
        Packet::V3_1_1Puback(p) => Incoming::Done(p.packet_id()),
        Packet::V5_0Puback(p) => Incoming::Done(p.packet_id()),
        Packet::V3_1_1Pubrec(p) => Incoming::Received(p.packet_id()),
        // A reason of 0x80 or more ends the exchange (MQTT 5 section 4.3.3).
        Packet::V5_0Pubrec(p) if p.reason_code().is_some_and(|code| !code.is_success()) => {
            Incoming::Done(p.packet_id())
        }
        Packet::V5_0Pubrec(p) => Incoming::Received(p.packet_id()),
        Packet::V3_1_1Pubrel(p) => Incoming::Released(p.packet_id()),
        Packet::V5_0Pubrel(p) => Incoming::Released(p.packet_id()),
        Packet::V3_1_1Pubcomp(p) => Incoming::Done(p.packet_id()),
        Packet::V5_0Pubcomp(p) => Incoming::Done(p.packet_id()),
        Packet::V3_1_1Subscribe(p) => subscribe(p.packet_id(), p.entries(), None),
        Packet::V5_0Subscribe(p) => {
            let id = p.props().iter().find_map(|property| match property {
                Property::SubscriptionIdentifier(id) => Some(id.val()),
                _ => None,
            });
            subscribe(p.packet_id(), p.entries(), id)
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
        // AUTH, and what only a server sends.
        _ => Incoming::Unacceptable(DisconnectReasonCode::ProtocolError),
    })
}

fn message(topic: &str, payload: &ArcPayload, qos: Qos, retain: bool) -> Message {
    let (topic, payload) = (topic.into(), payload.clone());
    Message { topic, payload, qos, retain, properties: Vec::new(), expires: None }
}

fn publish(id: Option<u16>, message: Message) -> Incoming {
    match id {
        Some(0) => Incoming::Unacceptable(DisconnectReasonCode::MalformedPacket),
        id => Incoming::Publish { id, message },
    }
}

fn subscribe(id: u16, entries: &[SubEntry], identifier: Option<u32>) -> Incoming {
    let wishes: Vec<_> = entries.iter().map(|entry| wish(entry, identifier)).collect();
    // No local on a shared subscription is an error [MQTT-3.8.3-4].
    if wishes.iter().any(|wish| wish.subscription.no_local && wish.filter.starts_with("$share/")) {
        return Incoming::Unacceptable(DisconnectReasonCode::ProtocolError);
    }
    Incoming::Subscribe { id, wishes }
}

fn wish(entry: &SubEntry, id: Option<u32>) -> Wish {
    use packet::RetainHandling as Theirs;
    let options = entry.sub_opts();
    let qos = options.qos();
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
