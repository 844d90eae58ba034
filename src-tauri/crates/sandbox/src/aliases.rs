//! Topic aliases towards one client (MQTT 5 section 3.3.2.3.4): the first topics get one and keep it, so that a
//! client that allows few has them used for what comes first.

use std::collections::HashMap;
use std::sync::Arc;

#[derive(Debug, Default)]
pub(crate) struct Aliases {
    /// How many the client takes.
    maximum: u16,
    given: HashMap<Arc<str>, u16>,
}

impl Aliases {
    pub fn new(maximum: u16) -> Self {
        Self { maximum, given: HashMap::new() }
    }

    /// The alias of a topic, and whether the client knows it already; None when there is none left.
    pub fn of(&self, topic: &str) -> Option<(u16, bool)> {
        if let Some(alias) = self.given.get(topic) {
            return Some((*alias, true));
        }
        let next = u16::try_from(self.given.len() + 1).ok()?;
        (next <= self.maximum).then_some((next, false))
    }

    /// The client was told.
    pub fn told(&mut self, topic: &Arc<str>, alias: u16) {
        self.given.insert(topic.clone(), alias);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_topics_keep_theirs() {
        let mut aliases = Aliases::new(2);
        for (topic, expected) in [("a", Some((1, false))), ("b", Some((2, false))), ("c", None), ("a", Some((1, true)))]
        {
            let alias = aliases.of(topic);
            assert_eq!(alias, expected, "{topic}");
            if let Some((alias, false)) = alias {
                aliases.told(&topic.into(), alias);
            }
        }
        assert_eq!(Aliases::new(0).of("a"), None);
    }
}
