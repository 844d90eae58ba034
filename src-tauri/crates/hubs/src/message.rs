//! Messages, wills and subscriptions of forms in the words of a session.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hubscope_model::{Code, Error, MessageProperties, MqttVersion, PayloadDraft, Result, SubscribeOptions, Will};
use hubscope_mqtt::{Publish, PublishProperties, Subscription};

/// The bytes of a form's payload.
///
/// # Errors
/// `BadRequest` when it is not base64, or a file that has to be read first.
pub fn payload(draft: &PayloadDraft) -> Result<Vec<u8>> {
    match draft {
        PayloadDraft::Text { text } => Ok(text.clone().into_bytes()),
        PayloadDraft::Base64 { base64 } => STANDARD
            .decode(base64)
            .map_err(|error| Error::new(Code::BadRequest, "The payload is not base64.").detail(error.to_string())),
        PayloadDraft::File { .. } => {
            Err(Error::new(Code::BadRequest, "A file's payload is not in the request itself."))
        }
    }
}

/// Properties of a message.
///
/// # Errors
/// As [`payload`], for the correlation data.
pub fn publish_properties(properties: &MessageProperties) -> Result<PublishProperties> {
    Ok(PublishProperties {
        payload_is_text: properties.payload_is_text,
        message_expiry: properties.message_expiry,
        content_type: properties.content_type.clone(),
        response_topic: properties.response_topic.clone(),
        correlation_data: properties.correlation_data.as_ref().map(payload).transpose()?.map(Into::into),
        user_properties: properties.user_properties.clone(),
    })
}

/// A last will with its `topic` as it is sent. MQTT 3.1.1 has neither delay nor properties.
///
/// # Errors
/// As [`payload`].
pub(crate) fn will(will: &Will, topic: String, version: MqttVersion) -> Result<hubscope_mqtt::Will> {
    let five = version == MqttVersion::V5;
    let properties = if five { publish_properties(&will.properties)? } else { PublishProperties::default() };
    let message =
        Publish { topic, payload: payload(&will.payload)?.into(), qos: will.qos, retain: will.retain, properties };
    Ok(hubscope_mqtt::Will { message, delay: will.delay.filter(|_| five) })
}

/// How a filter is subscribed to. MQTT 3.1.1 has the QoS only.
pub fn subscription(qos: u8, options: &SubscribeOptions, version: MqttVersion) -> Subscription {
    if version == MqttVersion::V311 {
        return qos.into();
    }
    Subscription {
        qos,
        no_local: options.no_local,
        retain_as_published: options.retain_as_published,
        retained: options.retained,
        identifier: options.identifier,
        user_properties: options.user_properties.clone(),
    }
}
