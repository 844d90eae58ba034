//! QoS 2 towards us (sections 4.3.3 of 3.1.1 and 5): which messages were delivered already.
//!
//! The library answers PUBLISH with PUBREC and PUBREL with PUBCOMP by itself, delivers a repeated PUBLISH again, and
//! takes the PUBREL of an id that it does not know for a fault of the broker, which after every reconnect is ours.
//! Here the ids are remembered for as long as the broker's session lives, and the library is made to know them all.

use std::collections::HashSet;

/// Ids of messages that were delivered and not released yet. An id is two bytes, so this is bounded.
#[derive(Debug, Default)]
pub(crate) struct Delivered(HashSet<u16>);

impl Delivered {
    /// Whether the message with this id is to be delivered: it was not yet.
    pub fn is_first(&mut self, id: u16) -> bool {
        self.0.insert(id)
    }

    /// PUBREL: the next message with this id is another one.
    pub fn release(&mut self, id: u16) {
        self.0.remove(&id);
    }

    /// The broker has forgotten the session.
    pub fn forget(&mut self) {
        self.0.clear();
    }
}
