//! MQTT 5 PUBLISH properties as name and value (section 3.3.2.3), in the order of the specification's table;
//! user properties keep the order in which they were received.

use hubscope_model::Property;
use rumqttc::v5::mqttbytes::v5::PublishProperties;
use std::fmt::Write;

pub(crate) fn list(properties: PublishProperties) -> Vec<Property> {
    let mut list = Vec::new();
    let mut add = |name: &str, value: Option<String>| {
        list.extend(value.map(|value| Property { name: name.to_owned(), value }));
    };
    add("payload format", properties.payload_format_indicator.map(payload_format));
    add("message expiry", properties.message_expiry_interval.map(|seconds| format!("{seconds} s")));
    add("content type", properties.content_type);
    add("response topic", properties.response_topic);
    add("correlation data", properties.correlation_data.map(|bytes| text_or_hex(&bytes)));
    for id in properties.subscription_identifiers {
        add("subscription identifier", Some(id.to_string()));
    }
    add("topic alias", properties.topic_alias.map(|alias| alias.to_string()));
    list.extend(properties.user_properties.into_iter().map(|(name, value)| Property { name, value }));
    list
}

fn payload_format(indicator: u8) -> String {
    match indicator {
        0 => "0 (bytes)".into(),
        1 => "1 (UTF-8 text)".into(),
        other => other.to_string(),
    }
}

/// Correlation data is binary by definition and text in practice.
pub(crate) fn text_or_hex(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.chars().any(char::is_control) => text.to_owned(),
        _ => bytes.iter().fold(String::from("0x"), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _infallible = write!(hex, "{byte:02x}");
            hex
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    #[test]
    fn every_property_is_listed_once_and_user_properties_keep_their_order() {
        let listed = list(PublishProperties {
            payload_format_indicator: Some(1),
            message_expiry_interval: Some(30),
            topic_alias: None,
            response_topic: Some("answer/here".into()),
            correlation_data: Some(Bytes::from_static(&[0, 255])),
            user_properties: vec![("b".into(), "1".into()), ("a".into(), "2".into()), ("b".into(), "3".into())],
            subscription_identifiers: vec![7],
            content_type: Some("application/json".into()),
        });
        let pairs: Vec<_> = listed.iter().map(|property| (property.name.as_str(), property.value.as_str())).collect();
        assert_eq!(
            pairs,
            [
                ("payload format", "1 (UTF-8 text)"),
                ("message expiry", "30 s"),
                ("content type", "application/json"),
                ("response topic", "answer/here"),
                ("correlation data", "0x00ff"),
                ("subscription identifier", "7"),
                ("b", "1"),
                ("a", "2"),
                ("b", "3"),
            ]
        );
    }
}
