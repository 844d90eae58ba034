//! `-D PACKET NAME VALUE`: MQTT 5 properties in mosquitto's names.

use crate::failure::Failure;
use hubscope_model::{Code, Error};
use hubscope_mqtt::{ConnectProperties, PublishProperties, Subscription, Will};

/// Everything that `-D` can set.
#[derive(Default)]
pub struct Properties {
    pub connect: ConnectProperties,
    pub publish: PublishProperties,
    pub subscribe: Subscription,
    pub will: Will,
}

impl Properties {
    /// Reads the words of all `-D` options in order: a user property has four, any other three.
    pub fn read(words: &[String]) -> Result<Self, Failure> {
        let mut properties = Self::default();
        let mut rest = words;
        while let [packet, name, after @ ..] = rest {
            let values = if name == "user-property" { 2 } else { 1 };
            let Some((values, after)) = after.split_at_checked(values) else {
                return Err(refused(packet, name, "its value is missing"));
            };
            properties.set(packet, name, values).map_err(|why| refused(packet, name, why))?;
            rest = after;
        }
        if rest.is_empty() { Ok(properties) } else { Err(refused(&rest[0], "", "its name is missing")) }
    }

    fn set(&mut self, packet: &str, name: &str, values: &[String]) -> Result<(), &'static str> {
        match packet.to_ascii_lowercase().as_str() {
            "connect" => set_connect(&mut self.connect, name, values),
            "publish" => set_publish(&mut self.publish, name, values),
            "subscribe" => set_subscribe(&mut self.subscribe, name, values),
            "will" if name == "will-delay-interval" => number(values).map(|delay| self.will.delay = Some(delay)),
            "will" => set_publish(&mut self.will.message.properties, name, values),
            _ => Err("properties belong to connect, publish, subscribe or will"),
        }
    }
}

fn set_connect(connect: &mut ConnectProperties, name: &str, values: &[String]) -> Result<(), &'static str> {
    match name {
        "session-expiry-interval" => connect.session_expiry = Some(number(values)?),
        "receive-maximum" => connect.receive_maximum = Some(number(values)?),
        "topic-alias-maximum" => connect.topic_alias_maximum = number(values)?,
        "request-problem-information" => connect.request_problem_information = Some(flag(values)?),
        "request-response-information" => connect.request_response_information = flag(values)?,
        "user-property" => connect.user_properties.push(pair(values)),
        _ => return Err("CONNECT has no such property here"),
    }
    Ok(())
}

fn set_publish(publish: &mut PublishProperties, name: &str, values: &[String]) -> Result<(), &'static str> {
    match name {
        "payload-format-indicator" => publish.payload_is_text = Some(flag(values)?),
        "message-expiry-interval" => publish.message_expiry = Some(number(values)?),
        "content-type" => publish.content_type = values.first().cloned(),
        "response-topic" => publish.response_topic = values.first().cloned(),
        "correlation-data" => publish.correlation_data = values.first().map(|text| text.clone().into()),
        "user-property" => publish.user_properties.push(pair(values)),
        _ => return Err("a message has no such property here"),
    }
    Ok(())
}

fn set_subscribe(subscribe: &mut Subscription, name: &str, values: &[String]) -> Result<(), &'static str> {
    match name {
        "subscription-identifier" => subscribe.identifier = Some(number(values)?),
        "user-property" => subscribe.user_properties.push(pair(values)),
        _ => return Err("SUBSCRIBE has no such property"),
    }
    Ok(())
}

fn number<T: std::str::FromStr>(values: &[String]) -> Result<T, &'static str> {
    values.first().and_then(|value| value.parse().ok()).ok_or("its value is no number that fits")
}

fn flag(values: &[String]) -> Result<bool, &'static str> {
    match values.first().map(String::as_str) {
        Some("0") => Ok(false),
        Some("1") => Ok(true),
        _ => Err("its value is 0 or 1"),
    }
}

fn pair(values: &[String]) -> (String, String) {
    let word = |place: usize| values.get(place).cloned().unwrap_or_default();
    (word(0), word(1))
}

fn refused(packet: &str, name: &str, why: &str) -> Failure {
    let error = Error::new(Code::InvalidFields, format!("-D {packet} {name}: {why}."));
    Failure::usage(
        error.hint("-D takes a packet, the name of a property and its value; a user property takes two values."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Result<Properties, Failure> {
        Properties::read(&words.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn properties_go_to_their_packets() {
        let Ok(read) = read(
            "connect receive-maximum 5 PUBLISH user-property a b publish content-type text/plain \
             will will-delay-interval 9 will message-expiry-interval 7 subscribe subscription-identifier 3",
        ) else {
            panic!("refused")
        };
        assert_eq!(read.connect.receive_maximum, Some(5));
        assert_eq!(read.publish.user_properties, [("a".to_owned(), "b".to_owned())]);
        assert_eq!(read.publish.content_type.as_deref(), Some("text/plain"));
        assert_eq!((read.will.delay, read.will.message.properties.message_expiry), (Some(9), Some(7)));
        assert_eq!(read.subscribe.identifier, Some(3));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for words in
            ["connect", "connect nonsense 1", "publish user-property a", "ping x 1", "connect receive-maximum x"]
        {
            assert!(read(words).is_err(), "{words}");
        }
    }
}
