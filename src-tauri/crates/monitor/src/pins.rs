//! Entries that views hold on to after the log has evicted their segment.

use crate::log::segment::{Kept, Segment};
use hubscope_model::{PublishOutcome, Seq};
use std::collections::BTreeMap;

/// Most bytes that pinned entries may take beside the log.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Each entry is a segment of its own. One that does not fit into the bound is not held.
#[derive(Default)]
pub(crate) struct Pins {
    entries: BTreeMap<Seq, Segment>,
    bytes: u64,
}

impl Pins {
    pub(crate) fn hold(&mut self, entry: Kept<'_>) {
        let copy = Segment::of_one(entry);
        if self.bytes + copy.bytes() <= MOST_BYTES && !self.holds(entry.seq) {
            self.bytes += copy.bytes();
            self.entries.insert(entry.seq, copy);
        }
    }

    pub(crate) fn holds(&self, seq: Seq) -> bool {
        self.entries.contains_key(&seq)
    }

    /// Lets go of everything that `is_pinned` denies.
    pub(crate) fn release(&mut self, is_pinned: impl Fn(Seq) -> bool) {
        self.entries.retain(|seq, _| is_pinned(*seq));
        self.bytes = self.entries.values().map(Segment::bytes).sum();
    }

    pub(crate) fn entry(&self, seq: Seq) -> Option<Kept<'_>> {
        self.entries.get(&seq).map(|segment| segment.entry(0))
    }

    pub(crate) fn amend(&mut self, seq: Seq, outcome: PublishOutcome) {
        if let Some(segment) = self.entries.get_mut(&seq) {
            self.bytes = self.bytes.saturating_add_signed(segment.amend(seq, outcome));
        }
    }
}
