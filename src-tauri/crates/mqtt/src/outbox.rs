//! Publishes that wait for the connection or for room in the window. Bounded in count and in bytes.

use bytes::Bytes;
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
    pub topic: String,
    pub payload: Bytes,
    pub qos: u8,
    pub retain: bool,
    /// It was on its way already, on a connection that was given up by plan.
    pub sent_before: bool,
}

impl Outgoing {
    /// Bytes of the PUBLISH packet on the wire (3.1.1 and 5, section 3.3), without MQTT 5 properties.
    pub fn packet_size(&self, version: MqttVersion) -> usize {
        let id = if self.qos > 0 { 2 } else { 0 };
        let properties = if version == MqttVersion::V5 { 1 } else { 0 };
        let remaining = 2 + self.topic.len() + id + properties + self.payload.len();
        let length = match remaining {
            0..=127 => 1,
            128..=16_383 => 2,
            16_384..=2_097_151 => 3,
            _ => 4,
        };
        1 + length + remaining
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
        self.topic.len() + self.payload.len()
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

    fn outgoing(topic: usize, payload: usize, qos: u8) -> Outgoing {
        let topic = "t".repeat(topic);
        Outgoing {
            publish: PublishId(1),
            topic,
            payload: Bytes::from(vec![0; payload]),
            qos,
            retain: false,
            sent_before: false,
        }
    }

    #[test]
    fn sizes_agree_with_the_library() {
        for (topic, payload) in
            [(1, 0), (10, 113), (10, 114), (10, 115), (10, 116), (3, 16_378), (3, 16_400), (9, 2_097_200)]
        {
            for qos in [0, 1] {
                let ours = outgoing(topic, payload, qos);
                let level = if qos == 0 { rumqttc::QoS::AtMostOnce } else { rumqttc::QoS::AtLeastOnce };
                let mut v4 = rumqttc::Publish::from_bytes(ours.topic.clone(), level, ours.payload.clone());
                v4.pkid = u16::from(qos);
                assert_eq!(ours.packet_size(MqttVersion::V311), v4.size());
                let level = rumqttc::v5::mqttbytes::qos(qos).unwrap();
                let mut v5 = rumqttc::v5::mqttbytes::v5::Publish::new(&ours.topic, level, ours.payload.clone(), None);
                v5.pkid = u16::from(qos);
                assert_eq!(ours.packet_size(MqttVersion::V5), v5.size());
            }
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
