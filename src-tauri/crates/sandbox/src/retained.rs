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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Qos;
    use std::time::Duration;
    use tokio::time::Instant;

    fn message(topic: &str, payload: &str) -> Arc<Message> {
        Arc::new(Message::new(topic, payload, Qos::AtMostOnce, true))
    }

    fn payloads(retained: &mut Retained, filter: &str) -> Vec<String> {
        let text = |m: &Arc<Message>| String::from_utf8(m.payload.as_slice().to_vec()).unwrap();
        retained.matching(filter).iter().map(text).collect()
    }

    #[test]
    fn the_last_message_of_a_topic_is_kept_and_an_empty_one_clears_it() {
        let (mut retained, limits) = (Retained::default(), Limits::default());
        retained.keep(&message("a", "1"), &limits).unwrap();
        retained.keep(&message("a", "2"), &limits).unwrap();
        retained.keep(&message("a/b", "3"), &limits).unwrap();
        assert_eq!(payloads(&mut retained, "#"), ["2", "3"]);
        assert_eq!(payloads(&mut retained, "a/+"), ["3"]);
        retained.keep(&message("a", ""), &limits).unwrap();
        retained.keep(&message("a/b", ""), &limits).unwrap();
        assert_eq!((retained.messages.len(), retained.bytes), (0, 0));
    }

    #[test]
    fn a_full_store_refuses_new_topics_but_not_changes() {
        let (mut retained, limits) = (Retained::default(), Limits { retained: 1, ..Limits::default() });
        retained.keep(&message("a", "1"), &limits).unwrap();
        assert_eq!(retained.keep(&message("b", "1"), &limits), Err(Full));
        retained.keep(&message("a", "2"), &limits).unwrap();
        let limits = Limits { retained_bytes: retained.bytes, ..limits };
        assert_eq!(retained.keep(&message("a", "22"), &limits), Err(Full));
        assert_eq!(payloads(&mut retained, "a"), ["2"]);
    }

    #[tokio::test(start_paused = true)]
    async fn an_expired_message_is_forgotten() {
        let mut retained = Retained::default();
        let expires = Some(Instant::now() + Duration::from_secs(2));
        let message = Message { expires, ..Message::new("a", "1", Qos::AtMostOnce, true) };
        retained.keep(&Arc::new(message), &Limits::default()).unwrap();
        assert_eq!(retained.matching("a").len(), 1);
        tokio::time::advance(Duration::from_secs(2)).await;
        assert_eq!(retained.matching("a").len(), 0);
        assert_eq!(retained.bytes, 0);
    }
}
