//! Ids for topics that are kept inline, dealt when a row shows one.

use hashbrown::HashMap;
use std::collections::VecDeque;
use std::sync::Arc;

/// Ids from here on are dealt here; below are those of interned topics.
const FIRST: u32 = 1 << 31;
/// How many such topics are remembered, and how many bytes of text. One that was forgotten gets a new id.
const REMEMBERED: usize = 10_000;
const BYTES: usize = 8 * 1024 * 1024;

#[derive(Default)]
pub(crate) struct Shown {
    ids: HashMap<Arc<str>, u32>,
    /// Texts of the ids from `FIRST + forgotten` on.
    texts: VecDeque<Arc<str>>,
    forgotten: u32,
    bytes: usize,
}

impl Shown {
    pub(crate) fn id(&mut self, text: &str) -> u32 {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        self.bytes += text.len();
        while self.texts.len() == REMEMBERED || self.bytes > BYTES {
            let Some(oldest) = self.texts.pop_front() else { break };
            self.ids.remove(&oldest);
            self.bytes -= oldest.len();
            self.forgotten += 1;
        }
        let id = FIRST + self.forgotten + self.texts.len() as u32;
        let text: Arc<str> = text.into();
        self.texts.push_back(text.clone());
        self.ids.insert(text, id);
        id
    }

    pub(crate) fn text(&self, id: u32) -> Option<&str> {
        let index = id.checked_sub(FIRST)?.checked_sub(self.forgotten)?;
        self.texts.get(index as usize).map(|text| &**text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_never_dealt_twice() {
        let mut shown = Shown::default();
        let first = shown.id("a/0");
        assert_eq!(shown.id("a/0"), first);
        for n in 1..=REMEMBERED {
            shown.id(&format!("a/{n}"));
        }
        assert_eq!(shown.text(first), None);
        let again = shown.id("a/0");
        assert_ne!(again, first);
        assert_eq!(shown.text(again), Some("a/0"));
        assert_eq!(shown.ids.len(), REMEMBERED);
    }

    #[test]
    fn long_texts_are_forgotten_sooner() {
        let mut shown = Shown::default();
        let ids: Vec<u32> = (0..200).map(|n| shown.id(&format!("{n}{}", "/".repeat(65_000)))).collect();
        assert!(shown.bytes <= BYTES && shown.bytes > BYTES - 65_100);
        assert_eq!(shown.text(ids[0]), None);
        assert!(shown.text(ids[199]).is_some_and(|text| text.starts_with("199/")));
    }
}
