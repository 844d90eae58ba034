//! Topic aliases of one connection (MQTT 5 section 3.3.2.3.4).

use bytes::Bytes;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU16, Ordering};

/// Aliases that the server chose.
#[derive(Debug)]
pub(crate) struct Inbound {
    /// What the server was told that it may use.
    maximum: u16,
    known: HashMap<u16, Bytes>,
}

impl Inbound {
    pub fn new(maximum: u16) -> Self {
        Self { maximum, known: HashMap::new() }
    }

    /// The topic of a message that came with `alias`: its own, or the one that was named before. None if the server may
    /// not use the alias or never named it.
    pub fn resolve(&mut self, alias: u16, topic: Bytes) -> Option<Bytes> {
        if alias == 0 || alias > self.maximum {
            return None;
        }
        if topic.is_empty() {
            return self.known.get(&alias).cloned();
        }
        self.known.insert(alias, topic.clone());
        Some(topic)
    }
}

/// Aliases that we chose: the first topics of the connection get them, as many as the server takes.
#[derive(Debug, Default)]
pub(crate) struct Outbound {
    /// The server's bound; 0 until CONNACK.
    pub maximum: AtomicU16,
    known: parking_lot::Mutex<HashMap<String, u16>>,
}

impl Outbound {
    /// The alias of a topic, and whether the server knows it already.
    pub fn alias(&self, topic: &str) -> Option<(u16, bool)> {
        let mut known = self.known.lock();
        if let Some(alias) = known.get(topic) {
            return Some((*alias, true));
        }
        let alias = u16::try_from(known.len()).ok()?.checked_add(1)?;
        if alias > self.maximum.load(Ordering::Relaxed) {
            return None;
        }
        known.insert(topic.to_owned(), alias);
        Some((alias, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_topics_get_the_aliases_that_there_are() {
        let outbound = Outbound::default();
        assert_eq!(outbound.alias("a"), None, "before CONNACK");
        outbound.maximum.store(2, Ordering::Relaxed);
        assert_eq!(outbound.alias("a"), Some((1, false)));
        assert_eq!(outbound.alias("a"), Some((1, true)));
        assert_eq!(outbound.alias("b"), Some((2, false)));
        assert_eq!(outbound.alias("c"), None);
        assert_eq!(outbound.alias("b"), Some((2, true)));
    }

    #[test]
    fn a_server_may_name_an_alias_again_but_not_use_one_that_it_never_named() {
        let mut inbound = Inbound::new(1);
        let topic = |text: &'static str| Bytes::from_static(text.as_bytes());
        assert_eq!(inbound.resolve(1, topic("")), None);
        assert_eq!(inbound.resolve(1, topic("a")), Some(topic("a")));
        assert_eq!(inbound.resolve(1, topic("")), Some(topic("a")));
        assert_eq!(inbound.resolve(1, topic("b")), Some(topic("b")));
        assert_eq!(inbound.resolve(1, topic("")), Some(topic("b")));
        assert_eq!(inbound.resolve(2, topic("c")), None, "more than it was allowed");
    }
}
