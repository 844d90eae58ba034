//! The last retained message of every topic.

use crate::limits::Limits;
use crate::message::Message;
use crate::topics;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The store is full.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

#[derive(Debug, Default)]
pub(crate) struct Retained {
    messages: BTreeMap<Arc<str>, Arc<Message>>,
    bytes: usize,
}

impl Retained {
    /// Keeps a message in place of its topic's last one; an empty payload only clears the topic
    /// [MQTT-3.3.1-6, 3.3.1-7].
    pub fn keep(&mut self, message: &Arc<Message>, limits: &Limits) -> Result<(), Full> {
        let old = self.messages.get(&message.topic).map(|old| old.cost());
        if !message.payload.is_empty() {
            let bytes = self.bytes - old.unwrap_or(0) + message.cost();
            if bytes > limits.retained_bytes || (old.is_none() && self.messages.len() >= limits.retained) {
                return Err(Full);
            }
        }
        self.forget(&message.topic);
        if !message.payload.is_empty() {
            self.bytes += message.cost();
            self.messages.insert(message.topic.clone(), message.clone());
        }
        Ok(())
    }

    /// What a new subscription to this filter gets at once. Expired messages are thrown away on the way.
    pub fn matching(&mut self, filter: &str) -> Vec<Arc<Message>> {
        let matching: Vec<_> = self.messages.values().filter(|m| topics::matches(filter, &m.topic)).cloned().collect();
        let (expired, alive): (Vec<_>, Vec<_>) = matching.into_iter().partition(|message| message.is_expired());
        for message in expired {
            self.forget(&message.topic);
        }
        alive
    }

    fn forget(&mut self, topic: &str) {
        if let Some(old) = self.messages.remove(topic) {
            self.bytes -= old.cost();
        }
    }
}
