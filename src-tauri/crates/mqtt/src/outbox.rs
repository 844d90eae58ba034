//! Publishes that wait for the connection or for room in the window. Bounded in count and in bytes.

use crate::Publish;
use hubscope_model::{Code, Error, MqttVersion, PublishId, Result};
use std::collections::VecDeque;

/// Publishes that may wait.
const MOST: usize = 10_000;
/// Bytes of topics and payloads that may wait. One publish is always taken, however large.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The largest remaining length that MQTT can express (3.1.1 section 2.2.3).
const LONGEST_PACKET: usize = 268_435_455;

/// A publish on its way out.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub publish: PublishId,
    pub message: Publish,
    /// It was on its way already, on a connection that was given up by plan.
    pub sent_before: bool,
}

impl Outgoing {
    /// Bytes of the PUBLISH packet on the wire (3.1.1 and 5, section 3.3), without a topic alias.
    pub fn packet_size(&self, version: MqttVersion) -> usize {
        let Publish { topic, payload, qos, properties, .. } = &self.message;
        let id = if *qos > 0 { 2 } else { 0 };
        let properties = match version {
            MqttVersion::V311 => 0,
            MqttVersion::V5 => length_size(properties.size()) + properties.size(),
        };
        let remaining = 2 + topic.len() + id + properties + payload.len();
        1 + length_size(remaining) + remaining
    }

    /// Refuses a packet over `limit` or over what MQTT can express.
    pub fn check_size(&self, version: MqttVersion, limit: u32) -> Result<()> {
        let size = self.packet_size(version);
        if size <= (limit as usize).min(LONGEST_PACKET) {
            return Ok(());
        }
        Err(Error::new(
            Code::PacketTooLarge,
            format!("The message makes a packet of {size} bytes; {limit} are allowed."),
        )
        .hint("Send a shorter payload, or raise the maximum packet size of the connection."))
    }

    fn bytes(&self) -> usize {
        self.message.topic.len() + self.message.payload.len() + self.message.properties.size()
    }
}

/// Bytes of a length (section 1.5.5 of 5, 2.2.3 of 3.1.1).
fn length_size(length: usize) -> usize {
    match length {
        0..=127 => 1,
        128..=16_383 => 2,
        16_384..=2_097_151 => 3,
        _ => 4,
    }
}

#[derive(Debug, Default)]
pub(crate) struct Outbox {
    waiting: VecDeque<Outgoing>,
    bytes: usize,
}

impl Outbox {
    pub fn push(&mut self, outgoing: Outgoing) -> Result<()> {
        let full = self.waiting.len() >= MOST || self.bytes + outgoing.bytes() > MOST_BYTES;
        if full && !self.waiting.is_empty() {
            return Err(Error::new(
                Code::OutboxFull,
                format!("{} messages already wait to be sent.", self.waiting.len()),
            )
            .hint("Wait until the connection has taken them.")
            .retryable());
        }
        self.bytes += outgoing.bytes();
        self.waiting.push_back(outgoing);
        Ok(())
    }

    /// Puts back what a broken connection had not taken yet; it keeps its place before everything newer.
    pub fn put_back(&mut self, outgoing: Outgoing) {
        self.bytes += outgoing.bytes();
        self.waiting.push_front(outgoing);
    }

    pub fn first(&self) -> Option<&Outgoing> {
        self.waiting.front()
    }

    pub fn pop(&mut self) -> Option<Outgoing> {
        let outgoing = self.waiting.pop_front()?;
        self.bytes -= outgoing.bytes();
        Some(outgoing)
    }

    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PublishProperties;
    use bytes::Bytes;

    fn outgoing(topic: usize, payload: usize, qos: u8) -> Outgoing {
        let topic = "t".repeat(topic);
        let message = Publish { topic, payload: Bytes::from(vec![0; payload]), qos, ..Publish::default() };
        Outgoing { publish: PublishId(1), message, sent_before: false }
    }

    #[test]
    fn sizes_agree_with_the_library() {
        for (topic, payload) in
            [(1, 0), (10, 113), (10, 114), (10, 115), (10, 116), (3, 16_378), (3, 16_400), (9, 2_097_200)]
        {
            for qos in [0, 1, 2] {
                let mut ours = outgoing(topic, payload, qos);
                let mut v4 = crate::v4::sending(ours.message.clone());
                v4.pkid = u16::from(qos);
                assert_eq!(ours.packet_size(MqttVersion::V311), v4.size());
                for properties in [PublishProperties::default(), some_properties()] {
                    ours.message.properties = properties;
                    let mut v5 = crate::v5::packet(ours.message.clone());
                    v5.pkid = u16::from(qos);
                    assert_eq!(ours.packet_size(MqttVersion::V5), v5.size());
                }
            }
        }
    }

    fn some_properties() -> PublishProperties {
        PublishProperties {
            payload_is_text: Some(true),
            message_expiry: Some(30),
            content_type: Some("application/json".into()),
            response_topic: Some("answer/here".into()),
            correlation_data: Some(Bytes::from_static(&[0; 100])),
            user_properties: vec![("name".into(), "value".into()), ("name".into(), String::new())],
        }
    }

    #[test]
    fn it_is_bounded_in_count_and_in_bytes_but_always_takes_one() {
        let mut outbox = Outbox::default();
        outbox.push(outgoing(1, MOST_BYTES + 1, 0)).unwrap();
        assert_eq!(outbox.push(outgoing(1, 1, 0)).unwrap_err().code, Code::OutboxFull);
        outbox.pop().unwrap();
        for _ in 0..MOST {
            outbox.push(outgoing(1, 1, 0)).unwrap();
        }
        assert_eq!(outbox.push(outgoing(1, 1, 0)).unwrap_err().code, Code::OutboxFull);
    }
}
