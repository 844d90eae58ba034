//! A message on its way through the broker.

use mqtt_protocol_core::mqtt::ArcPayload;
use mqtt_protocol_core::mqtt::packet::{MessageExpiryInterval, PropertiesSize, Property};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Quality of service. The broker offers all three, the other hubs 0 and 1.
pub(crate) use mqtt_protocol_core::mqtt::packet::Qos;

/// What a publisher sent.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub topic: Arc<str>,
    pub payload: ArcPayload,
    pub qos: Qos,
    /// The publisher asked to keep it.
    pub retain: bool,
    /// Properties that are handed to subscribers unaltered and in order [MQTT-3.3.2-15 to -20]; without the expiry.
    pub properties: Vec<Property>,
    /// When it stops being worth delivering (MQTT 5 section 3.3.2.3.3).
    pub expires: Option<Instant>,
}

impl Message {
    /// A message without properties.
    pub fn new(topic: &str, payload: impl Into<Vec<u8>>, qos: Qos, retain: bool) -> Self {
        use mqtt_protocol_core::mqtt::IntoPayload;
        let payload = payload.into().into_payload();
        Self { topic: topic.into(), payload, qos, retain, properties: Vec::new(), expires: None }
    }

    /// Adds the properties of a PUBLISH or of a will. What concerns only one hop is left out.
    pub fn with_properties(mut self, properties: &[Property]) -> Self {
        for property in properties {
            match property {
                Property::MessageExpiryInterval(seconds) => {
                    self.expires = Some(Instant::now() + Duration::from_secs(seconds.val().into()));
                }
                Property::PayloadFormatIndicator(_)
                | Property::ContentType(_)
                | Property::ResponseTopic(_)
                | Property::CorrelationData(_)
                | Property::UserProperty(_) => self.properties.push(property.clone()),
                _ => {}
            }
        }
        self
    }

    pub fn is_expired(&self) -> bool {
        self.expires.is_some_and(|at| at <= Instant::now())
    }

    /// Bytes that a queue is charged for it, with an allowance for its bookkeeping.
    pub fn cost(&self) -> usize {
        128 + self.topic.len() + self.payload.len() + self.properties.size()
    }
}

/// What is published for a client that is gone without a goodbye.
#[derive(Clone, Debug)]
pub(crate) struct Will {
    pub message: Message,
    /// Seconds after the end of the connection (MQTT 5 section 3.1.3.2.2); the end of the session comes first.
    pub delay: u32,
    /// Seconds that the message lives, from its publication on (MQTT 5 section 3.1.3.2.4).
    pub lifetime: Option<u32>,
}

impl Will {
    /// A will of MQTT 3.1.1: published at once, and living for ever.
    pub fn new(message: Message) -> Self {
        Self { message, delay: 0, lifetime: None }
    }

    /// Adds the will properties of CONNECT (MQTT 5 section 3.1.3.2).
    pub fn with_properties(self, properties: &[Property]) -> Self {
        let mut will = Self { message: self.message.with_properties(properties), ..self };
        will.message.expires = None;
        for property in properties {
            match property {
                Property::WillDelayInterval(seconds) => will.delay = seconds.val(),
                Property::MessageExpiryInterval(seconds) => will.lifetime = Some(seconds.val()),
                _ => {}
            }
        }
        will
    }

    /// The message, as published now.
    pub fn into_message(self) -> Message {
        let expires = self.lifetime.map(|seconds| Instant::now() + Duration::from_secs(seconds.into()));
        Message { expires, ..self.message }
    }
}

/// A message for one subscriber.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub message: Arc<Message>,
    /// The lower one of the publisher's and the subscription's.
    pub qos: Qos,
    /// The flag as the subscriber sees it.
    pub retain: bool,
    /// Identifiers of all subscriptions that matched (MQTT 5 section 3.8.2.1.2).
    pub subscription_ids: Vec<u32>,
}

impl Delivery {
    /// The properties to send: the publisher's, what is left of the expiry, the subscription identifiers.
    pub fn properties(&self) -> Vec<Property> {
        use mqtt_protocol_core::mqtt::packet::SubscriptionIdentifier;
        let left = self.message.expires.map(|at| at.saturating_duration_since(Instant::now()).as_secs());
        let left = left.and_then(|s| MessageExpiryInterval::new(u32::try_from(s).unwrap_or(u32::MAX)).ok());
        let ids = self.subscription_ids.iter().filter_map(|id| SubscriptionIdentifier::new(*id).ok());
        let own = self.message.properties.iter().cloned();
        own.chain(left.map(Into::into)).chain(ids.map(Into::into)).collect()
    }
}
