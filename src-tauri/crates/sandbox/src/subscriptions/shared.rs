//! Shared subscriptions: of the clients in a group one gets the message (MQTT 5 section 4.8.2).

use super::Subscription;
use crate::sessions::SessionKey;
use std::cell::Cell;
use std::collections::HashMap;

/// The groups that share one topic filter, by share name.
#[derive(Debug, Default)]
pub(super) struct Groups(HashMap<Box<str>, Group>);

#[derive(Debug, Default)]
struct Group {
    members: Vec<(SessionKey, Subscription)>,
    /// Place of the one who is next.
    turn: Cell<usize>,
}

impl Groups {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a client, or replaces its subscription. True if it is new.
    pub fn insert(&mut self, name: &str, client: SessionKey, subscription: Subscription) -> bool {
        let group = self.0.entry(name.into()).or_default();
        match group.members.iter_mut().find(|(member, _)| *member == client) {
            Some((_, old)) => {
                *old = subscription;
                false
            }
            None => {
                group.members.push((client, subscription));
                true
            }
        }
    }

    /// Takes a client out of a group. True if it was in it.
    pub fn remove(&mut self, name: &str, client: SessionKey) -> bool {
        let Some(group) = self.0.get_mut(name) else { return false };
        let before = group.members.len();
        group.members.retain(|(member, _)| *member != client);
        let removed = group.members.len() < before;
        if group.members.is_empty() {
            self.0.remove(name);
        }
        removed
    }

    /// One client of each group, in turn; who is not ready only if nobody is.
    pub fn choose(&self, ready: &impl Fn(SessionKey) -> bool) -> impl Iterator<Item = (SessionKey, Subscription)> {
        self.0.values().filter_map(move |group| group.choose(ready))
    }
}

impl Group {
    fn choose(&self, ready: &impl Fn(SessionKey) -> bool) -> Option<(SessionKey, Subscription)> {
        let places = || (0..self.members.len()).map(|step| (self.turn.get() + step) % self.members.len());
        let place = places().find(|place| ready(self.members[*place].0)).or_else(|| places().next())?;
        self.turn.set(place + 1);
        Some(self.members[place])
    }
}
