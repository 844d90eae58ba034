//! What the hub sends.

use crate::broker::{PublishProblem, SubscribeProblem};
use crate::message::{Delivery, Qos};
use crate::personality::Offer;
use mqtt_protocol_core::mqtt::Version;
use mqtt_protocol_core::mqtt::packet::{
    AssignedClientIdentifier, MaximumQos, Packet, Property, ReceiveMaximum, ResponseInformation, ServerKeepAlive,
    SessionExpiryInterval, SharedSubscriptionAvailable, TopicAlias, TopicAliasMaximum, v3_1_1, v5_0,
};
use mqtt_protocol_core::mqtt::result_code::{
    ConnectReasonCode, ConnectReturnCode, DisconnectReasonCode, MqttError, PubackReasonCode, PubcompReasonCode,
    PubrecReasonCode, SubackReasonCode, SubackReturnCode, UnsubackReasonCode,
};

/// What the answer to an accepted CONNECT tells.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Welcome<'a> {
    pub session_present: bool,
    pub offer: Offer,
    /// The client id, if the hub made it.
    pub assigned: Option<&'a str>,
    /// How long the session is kept, if that is not what the client asked for.
    pub expiry: Option<u32>,
    /// Seconds, if the client is to use another keep-alive than its own.
    pub keep_alive: Option<u16>,
    /// Where the client may have answers sent to, if it asked.
    pub response_information: Option<&'a str>,
}

/// The answer to an accepted CONNECT. The library adds the maximum packet size.
pub(crate) fn connack(version: Version, welcome: &Welcome) -> Result<Packet, MqttError> {
    let Welcome { session_present: present, offer, .. } = *welcome;
    if version != Version::V5_0 {
        let connack = v3_1_1::Connack::builder().session_present(present).return_code(ConnectReturnCode::Accepted);
        return Ok(connack.build()?.into());
    }
    // Each is left out where its absence says the same (MQTT 5 section 3.2.2.3).
    let mut properties: Vec<Property> = Vec::new();
    if offer.qos < Qos::ExactlyOnce {
        properties.push(MaximumQos::new(offer.qos as u8)?.into());
    }
    if !offer.shared {
        properties.push(SharedSubscriptionAvailable::new(0)?.into());
    }
    if offer.receive_maximum < u16::MAX {
        properties.push(ReceiveMaximum::new(offer.receive_maximum)?.into());
    }
    if offer.topic_aliases > 0 {
        properties.push(TopicAliasMaximum::new(offer.topic_aliases)?.into());
    }
    if let Some(seconds) = welcome.expiry {
        properties.push(SessionExpiryInterval::new(seconds)?.into());
    }
    if let Some(id) = welcome.assigned {
        properties.push(AssignedClientIdentifier::new(id)?.into());
    }
    if let Some(seconds) = welcome.keep_alive {
        properties.push(ServerKeepAlive::new(seconds)?.into());
    }
    if let Some(information) = welcome.response_information {
        properties.push(ResponseInformation::new(information)?.into());
    }
    let connack = v5_0::Connack::builder().session_present(present).reason_code(ConnectReasonCode::Success);
    Ok(connack.props(properties).build()?.into())
}

/// A message for a client. `alias` goes with the topic when it is new to the client, in place of it when it is not.
pub(crate) fn publish(
    version: Version,
    delivery: &Delivery,
    id: Option<u16>,
    dup: bool,
    alias: Option<(u16, bool)>,
) -> Result<Packet, MqttError> {
    // What has no packet id goes out as QoS 0.
    let qos = if id.is_some() { delivery.qos } else { Qos::AtMostOnce };
    let (topic, payload) = (&*delivery.message.topic, delivery.message.payload.clone());
    if version == Version::V5_0 {
        let mut properties = delivery.properties();
        let topic = match alias {
            Some((alias, known)) => {
                properties.push(TopicAlias::new(alias)?.into());
                if known { "" } else { topic }
            }
            None => topic,
        };
        let publish = v5_0::Publish::builder().topic_name(topic)?.qos(qos).retain(delivery.retain).payload(payload);
        return Ok(publish.dup(dup).packet_id(id).props(properties).build()?.into());
    }
    let publish = v3_1_1::Publish::builder().topic_name(topic)?.qos(qos).retain(delivery.retain).payload(payload);
    Ok(publish.dup(dup).packet_id(id).build()?.into())
}

/// The answer to a message of QoS 1. Success is the absence of a code.
pub(crate) fn puback(version: Version, id: u16, outcome: Result<usize, PublishProblem>) -> Result<Packet, MqttError> {
    if version != Version::V5_0 {
        return Ok(v3_1_1::Puback::builder().packet_id(id).build()?.into());
    }
    let puback = v5_0::Puback::builder().packet_id(id);
    Ok(match reason(outcome) {
        0 => puback,
        code => puback.reason_code(PubackReasonCode::try_from(code).unwrap_or(PubackReasonCode::UnspecifiedError)),
    }
    .build()?
    .into())
}

/// The first answer to a message of QoS 2.
pub(crate) fn pubrec(version: Version, id: u16, outcome: Result<usize, PublishProblem>) -> Result<Packet, MqttError> {
    if version != Version::V5_0 {
        return Ok(v3_1_1::Pubrec::builder().packet_id(id).build()?.into());
    }
    let pubrec = v5_0::Pubrec::builder().packet_id(id);
    Ok(match reason(outcome) {
        0 => pubrec,
        code => pubrec.reason_code(PubrecReasonCode::try_from(code).unwrap_or(PubrecReasonCode::UnspecifiedError)),
    }
    .build()?
    .into())
}

/// The reason in PUBACK and PUBREC (MQTT 5 sections 3.4.2.1 and 3.5.2.1, which have the same ones).
fn reason(outcome: Result<usize, PublishProblem>) -> u8 {
    match outcome {
        Ok(0) => 0x10,
        Ok(_) => 0,
        Err(PublishProblem::TopicName | PublishProblem::TopicUnknown) => 0x90,
        Err(PublishProblem::Payload) => 0x99,
        Err(PublishProblem::RetainedFull) => 0x97,
        Err(PublishProblem::Gone) => 0x80,
        Err(PublishProblem::OnDemand(code)) => code,
    }
}

/// The second answer to a message of QoS 2. `known` says whether its id was in use (MQTT 5 section 3.7.2.1).
pub(crate) fn pubcomp(version: Version, id: u16, known: bool) -> Result<Packet, MqttError> {
    if version != Version::V5_0 {
        return Ok(v3_1_1::Pubcomp::builder().packet_id(id).build()?.into());
    }
    let pubcomp = v5_0::Pubcomp::builder().packet_id(id);
    let pubcomp = if known { pubcomp } else { pubcomp.reason_code(PubcompReasonCode::PacketIdentifierNotFound) };
    Ok(pubcomp.build()?.into())
}

/// The client has a message of QoS 2; the hub will not send it again.
pub(crate) fn pubrel(version: Version, id: u16) -> Result<Packet, MqttError> {
    Ok(match version {
        Version::V5_0 => v5_0::Pubrel::builder().packet_id(id).build()?.into(),
        _ => v3_1_1::Pubrel::builder().packet_id(id).build()?.into(),
    })
}

pub(crate) fn suback(version: Version, id: u16, grants: &[Result<Qos, SubscribeProblem>]) -> Result<Packet, MqttError> {
    if version != Version::V5_0 {
        let codes = grants.iter().map(|grant| match grant {
            Ok(Qos::AtMostOnce) => SubackReturnCode::SuccessMaximumQos0,
            Ok(Qos::AtLeastOnce) => SubackReturnCode::SuccessMaximumQos1,
            Ok(Qos::ExactlyOnce) => SubackReturnCode::SuccessMaximumQos2,
            Err(_) => SubackReturnCode::Failure,
        });
        return Ok(v3_1_1::Suback::builder().packet_id(id).return_codes(codes.collect()).build()?.into());
    }
    let codes = grants.iter().map(|grant| match grant {
        Ok(Qos::AtMostOnce) => SubackReasonCode::GrantedQos0,
        Ok(Qos::AtLeastOnce) => SubackReasonCode::GrantedQos1,
        Ok(Qos::ExactlyOnce) => SubackReasonCode::GrantedQos2,
        Err(SubscribeProblem::Filter) => SubackReasonCode::TopicFilterInvalid,
        Err(SubscribeProblem::Shared) => SubackReasonCode::SharedSubscriptionsNotSupported,
        Err(SubscribeProblem::TooMany) => SubackReasonCode::QuotaExceeded,
        Err(SubscribeProblem::NotAuthorised) => SubackReasonCode::NotAuthorized,
        Err(SubscribeProblem::OnDemand(code)) => {
            SubackReasonCode::try_from(*code).unwrap_or(SubackReasonCode::UnspecifiedError)
        }
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
