//! MQTT 5 reason codes of single packets, in words (PUBACK 3.4.2.1, SUBACK 3.9.3).

use rumqttc::v5::mqttbytes::v5::{PubAckReason, PubRecReason, SubscribeReasonCode};

/// None: the message was taken (16, nobody subscribes, is a success too).
pub(crate) fn puback(reason: PubAckReason) -> Option<String> {
    Some(
        match reason {
            PubAckReason::Success | PubAckReason::NoMatchingSubscribers => return None,
            PubAckReason::UnspecifiedError => "the broker gave no reason",
            PubAckReason::ImplementationSpecificError => "the broker does not take it",
            PubAckReason::NotAuthorized => "publishing to this topic is not allowed",
            PubAckReason::TopicNameInvalid => "the broker does not accept this topic",
            PubAckReason::PacketIdentifierInUse => "the packet id was in use",
            PubAckReason::QuotaExceeded => "a quota is used up",
            PubAckReason::PayloadFormatInvalid => "the payload does not have the format that was announced",
        }
        .to_owned(),
    )
}

/// As [`puback`], for the first answer to a QoS 2 publish (3.5.2.1).
pub(crate) fn pubrec(reason: PubRecReason) -> Option<String> {
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
pub(crate) fn suback(code: Option<&SubscribeReasonCode>) -> Result<u8, String> {
    let reason = match code {
        Some(SubscribeReasonCode::Success(qos)) => return Ok(*qos as u8),
        None | Some(SubscribeReasonCode::Failure | SubscribeReasonCode::Unspecified) => "the broker gave no reason",
        Some(SubscribeReasonCode::ImplementationSpecific) => "the broker does not take it",
        Some(SubscribeReasonCode::NotAuthorized) => "subscribing to this filter is not allowed",
        Some(SubscribeReasonCode::TopicFilterInvalid) => "the broker does not accept this filter",
        Some(SubscribeReasonCode::PkidInUse) => "the packet id was in use",
        Some(SubscribeReasonCode::QuotaExceeded) => "a quota is used up",
        Some(SubscribeReasonCode::SharedSubscriptionsNotSupported) => "the broker has no shared subscriptions",
        Some(SubscribeReasonCode::SubscriptionIdNotSupported) => "the broker has no subscription identifiers",
        Some(SubscribeReasonCode::WildcardSubscriptionsNotSupported) => "the broker allows no wildcards",
    };
    Err(reason.to_owned())
}

/// Our words, and the server's own if it sent some.
pub(crate) fn with_text(words: String, text: Option<String>) -> String {
    match text {
        Some(text) if !text.is_empty() => format!("{words} (the broker says: {text})"),
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
