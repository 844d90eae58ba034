//! The last will and the MQTT 5 properties of CONNECT in an export of MQTTX: `WillPropertiesModel` and
//! `ConnectionPropertiesModel` of its types. Properties that are not set are null, empty or absent.

use super::{flag, text};
use hubscope_model::{ConnectProperties, MessageProperties, MqttVersion, PayloadDraft, Will, topic};
use serde_json::Value;

/// What the payload of a will has for its length (MQTT 3.1.1 section 3.1.3.3), in bytes.
const LONGEST_WILL: usize = u16::MAX as usize;

/// The will of a connection, if it has one.
///
/// # Errors
/// `()` for a will that no broker would take.
pub fn will(one: &Value, version: MqttVersion) -> Result<Option<Will>, ()> {
    let Some(will) = one.get("will") else { return Ok(None) };
    let Some(topic) = text(will, "lastWillTopic") else { return Ok(None) };
    let payload = text(will, "lastWillPayload").unwrap_or_default();
    let qos = number(will, "lastWillQos").unwrap_or_default();
    if topic::validate_name(&topic).is_err() || payload.len() > LONGEST_WILL || qos > 2 {
        return Err(());
    }
    let properties = will.get("properties").filter(|_| version == MqttVersion::V5);
    Ok(Some(Will {
        topic,
        payload: PayloadDraft::Text { text: payload },
        qos,
        retain: flag(will, "lastWillRetain").unwrap_or_default(),
        delay: properties.and_then(|from| number(from, "willDelayInterval")),
        properties: properties.map(message).unwrap_or_default(),
    }))
}

/// Older exports have these fields beside the connection's own.
pub fn connect(one: &Value) -> ConnectProperties {
    let from = one.get("properties").filter(|from| from.is_object()).unwrap_or(one);
    ConnectProperties {
        session_expiry: number(from, "sessionExpiryInterval"),
        receive_maximum: number(from, "receiveMaximum"),
        topic_alias_maximum: number(from, "topicAliasMaximum").unwrap_or_default(),
        request_problem_information: flag(from, "requestProblemInformation"),
        request_response_information: flag(from, "requestResponseInformation").unwrap_or_default(),
        user_properties: user_properties(from),
        ..ConnectProperties::default()
    }
}

/// Bytes; an option of its own here.
pub fn max_packet_size(one: &Value) -> Option<u32> {
    number(one.get("properties")?, "maximumPacketSize").filter(|bytes| *bytes > 0)
}

/// The one property that is not spoken here.
pub fn has_authentication(one: &Value) -> bool {
    one.get("properties").is_some_and(|from| text(from, "authenticationMethod").is_some())
}

fn message(from: &Value) -> MessageProperties {
    MessageProperties {
        payload_is_text: flag(from, "payloadFormatIndicator"),
        message_expiry: number(from, "messageExpiryInterval"),
        content_type: text(from, "contentType"),
        response_topic: text(from, "responseTopic"),
        correlation_data: text(from, "correlationData").map(|text| PayloadDraft::Text { text }),
        user_properties: user_properties(from),
    }
}

/// An object whose values are texts, or lists of them where a name comes more than once.
fn user_properties(from: &Value) -> Vec<(String, String)> {
    let fields = from.get("userProperties").and_then(Value::as_object).into_iter().flatten();
    let pairs = fields.flat_map(|(name, value)| {
        let values = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
        values.iter().filter_map(|value| Some((name.clone(), value.as_str()?.to_owned())))
    });
    pairs.collect()
}

fn number<N: TryFrom<u64>>(from: &Value, field: &str) -> Option<N> {
    from.get(field)?.as_u64().and_then(|number| N::try_from(number).ok())
}
