//! MQTT 5 reason codes of single packets, in words (PUBACK 3.4.2.1, SUBACK 3.9.3).

use hubscope_model::{Text, text};
use rumqttc::v5::mqttbytes::v5::{PubAckReason, PubRecReason, SubscribeReasonCode};

/// None: the message was taken (16, nobody subscribes, is a success too).
pub(crate) fn puback(reason: PubAckReason) -> Option<Text> {
    Some(match reason {
        PubAckReason::Success | PubAckReason::NoMatchingSubscribers => return None,
        PubAckReason::UnspecifiedError => text!("the broker gave no reason"),
        PubAckReason::ImplementationSpecificError => text!("the broker does not take it"),
        PubAckReason::NotAuthorized => text!("publishing to this topic is not allowed"),
        PubAckReason::TopicNameInvalid => text!("the broker does not accept this topic"),
        PubAckReason::PacketIdentifierInUse => text!("the packet id was in use"),
        PubAckReason::QuotaExceeded => text!("a quota is used up"),
        PubAckReason::PayloadFormatInvalid => text!("the payload does not have the format that was announced"),
    })
}

/// As [`puback`], for the first answer to a QoS 2 publish (3.5.2.1).
pub(crate) fn pubrec(reason: PubRecReason) -> Option<Text> {
    puback(match reason {
        PubRecReason::Success => PubAckReason::Success,
        PubRecReason::NoMatchingSubscribers => PubAckReason::NoMatchingSubscribers,
        PubRecReason::UnspecifiedError => PubAckReason::UnspecifiedError,
        PubRecReason::ImplementationSpecificError => PubAckReason::ImplementationSpecificError,
        PubRecReason::NotAuthorized => PubAckReason::NotAuthorized,
        PubRecReason::TopicNameInvalid => PubAckReason::TopicNameInvalid,
        PubRecReason::PacketIdentifierInUse => PubAckReason::PacketIdentifierInUse,
        PubRecReason::QuotaExceeded => PubAckReason::QuotaExceeded,
        PubRecReason::PayloadFormatInvalid => PubAckReason::PayloadFormatInvalid,
    })
}

/// The granted QoS, or why not.
pub(crate) fn suback(code: Option<&SubscribeReasonCode>) -> Result<u8, Text> {
    let reason = match code {
        Some(SubscribeReasonCode::Success(qos)) => return Ok(*qos as u8),
        None | Some(SubscribeReasonCode::Failure | SubscribeReasonCode::Unspecified) => {
            text!("the broker gave no reason")
        }
        Some(SubscribeReasonCode::ImplementationSpecific) => text!("the broker does not take it"),
        Some(SubscribeReasonCode::NotAuthorized) => text!("subscribing to this filter is not allowed"),
        Some(SubscribeReasonCode::TopicFilterInvalid) => text!("the broker does not accept this filter"),
        Some(SubscribeReasonCode::PkidInUse) => text!("the packet id was in use"),
        Some(SubscribeReasonCode::QuotaExceeded) => text!("a quota is used up"),
        Some(SubscribeReasonCode::SharedSubscriptionsNotSupported) => text!("the broker has no shared subscriptions"),
        Some(SubscribeReasonCode::SubscriptionIdNotSupported) => text!("the broker has no subscription identifiers"),
        Some(SubscribeReasonCode::WildcardSubscriptionsNotSupported) => text!("the broker allows no wildcards"),
    };
    Err(reason)
}

/// Our words, and the server's own if it sent some.
pub(crate) fn with_text(words: Text, said: Option<String>) -> Text {
    match said {
        Some(said) if !said.is_empty() => text!("{words} (the broker says: {said})", words, said),
        _ => words,
    }
}

/// "ServerMoved" as "server moved".
pub(crate) fn spaced(name: &str) -> String {
    name.chars().enumerate().fold(String::new(), |mut spaced, (place, letter)| {
        if letter.is_uppercase() && place > 0 {
            spaced.push(' ');
        }
        spaced.extend(letter.to_lowercase());
        spaced
    })
}
