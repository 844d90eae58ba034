//! A segment: one arena of bytes and the columns of its entries.

use super::flags::Flags;
use super::properties;
use hubscope_model::{PublishOutcome, Seq, Text};
use std::collections::BTreeMap;
use std::ops::Range;

/// Value of the session column for an entry of no session.
pub(crate) const NO_SESSION: u32 = u32::MAX;
/// Value of the topic column for what is not a message.
pub(crate) const NO_TOPIC: u32 = u32::MAX;
/// Value of the topic column when the text is in the entry's tail.
pub(crate) const INLINE_TOPIC: u32 = u32::MAX - 1;
/// Value of the slot column for a message that no subscription claims.
pub(crate) const NO_SLOT: u8 = u8::MAX;

/// Most entries a segment may hold: a view notes a match by its index in the segment, in two bytes.
pub(crate) const MAX_ENTRIES: usize = 1 << 16;

/// What the columns say of one entry besides where its bytes are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    /// Unix microseconds.
    pub(crate) time: i64,
    /// Index of the session in `Sessions`, or [`NO_SESSION`].
    pub(crate) session: u32,
    /// A topic id, [`INLINE_TOPIC`] or [`NO_TOPIC`].
    pub(crate) topic: u32,
    pub(crate) flags: Flags,
    /// The session's subscription that brought it, or [`NO_SLOT`].
    pub(crate) slot: u8,
}

/// Bytes that an entry costs besides those in the arena.
pub(crate) const COLUMNS: u64 = 8 + 4 + 4 + 4 + 4 + 2 + 1;

#[derive(Default)]
pub(crate) struct Segment {
    first: Seq,
    arena: Vec<u8>,
    time: Vec<i64>,
    session: Vec<u32>,
    topic: Vec<u32>,
    offset: Vec<u32>,
    length: Vec<u32>,
    flags: Vec<Flags>,
    slot: Vec<u8>,
    messages: u64,
    outcomes: BTreeMap<u32, PublishOutcome>,
    outcome_bytes: u64,
}

/// One entry where it lies.
#[derive(Clone, Copy)]
pub(crate) struct Kept<'a> {
    pub(crate) seq: Seq,
    pub(crate) head: Head,
    /// The payload, or the text of what is not a message.
    pub(crate) body: &'a [u8],
    pub(crate) tail: &'a [u8],
    pub(crate) outcome: Option<&'a PublishOutcome>,
}

impl<'a> Kept<'a> {
    /// The topic's text when it is kept inline.
    pub(crate) fn inline_topic(&self) -> Option<&'a str> {
        if self.head.topic != INLINE_TOPIC {
            return None;
        }
        properties::split_text(self.tail).map(|(topic, _)| topic)
    }

    /// The encoded properties of a message.
    pub(crate) fn properties(&self) -> &'a [u8] {
        match self.head.topic {
            _ if !self.head.flags.is_message() => &[],
            INLINE_TOPIC => properties::split_text(self.tail).map_or(&[], |(_, rest)| rest),
            _ => self.tail,
        }
    }

    /// What an entry that is no message says.
    pub(crate) fn text(&self) -> Option<Text> {
        if self.head.flags.is_message() {
            return None;
        }
        let english = || Text::verbatim(String::from_utf8_lossy(self.body));
        Some(serde_json::from_slice(self.tail).unwrap_or_else(|_| english()))
    }
}

impl Segment {
    /// An empty segment that starts at `first` and takes `bytes` without growing.
    pub(crate) fn new(first: Seq, bytes: usize, entries: usize) -> Self {
        let mut segment = Self::default();
        segment.restart(first, bytes, entries);
        segment
    }

    /// Empties the segment for use at another place, with its memory.
    pub(crate) fn restart(&mut self, first: Seq, bytes: usize, entries: usize) {
        self.first = first;
        self.messages = 0;
        self.outcome_bytes = 0;
        self.outcomes.clear();
        self.arena.clear();
        self.arena.reserve_exact(bytes);
        macro_rules! columns {
            ($($column:ident)+) => {$(
                self.$column.clear();
                self.$column.reserve_exact(entries);
            )+};
        }
        columns!(time session topic offset length flags slot);
    }

    /// A segment of just this entry, for keeping it longer than its own.
    pub(crate) fn of_one(entry: Kept<'_>) -> Self {
        let mut segment = Self::new(entry.seq, entry.body.len() + entry.tail.len(), 1);
        segment.push(entry.head, entry.body, entry.tail);
        if let Some(outcome) = entry.outcome {
            segment.amend(entry.seq, outcome.clone());
        }
        segment
    }

    pub(crate) fn first(&self) -> Seq {
        self.first
    }

    /// One past the last sequence.
    pub(crate) fn end(&self) -> Seq {
        self.first + self.len() as Seq
    }

    pub(crate) fn len(&self) -> usize {
        self.time.len()
    }

    /// Messages among the entries.
    pub(crate) fn messages(&self) -> u64 {
        self.messages
    }

    /// Bytes in use: arena, columns and outcomes.
    pub(crate) fn bytes(&self) -> u64 {
        self.arena.len() as u64 + self.len() as u64 * COLUMNS + self.outcome_bytes
    }

    /// Bytes the arena can still take without growing.
    pub(crate) fn room(&self) -> usize {
        self.arena.capacity() - self.arena.len()
    }

    pub(crate) fn push(&mut self, head: Head, body: &[u8], tail: &[u8]) {
        self.offset.push(self.arena.len() as u32);
        self.length.push(body.len() as u32);
        self.arena.extend_from_slice(body);
        self.arena.extend_from_slice(tail);
        self.time.push(head.time);
        self.session.push(head.session);
        self.topic.push(head.topic);
        self.flags.push(head.flags);
        self.slot.push(head.slot);
        self.messages += u64::from(head.flags.is_message());
    }

    /// Sets an entry's outcome; answers by how many bytes the segment grew.
    pub(crate) fn amend(&mut self, seq: Seq, outcome: PublishOutcome) -> i64 {
        let cost = |outcome: &PublishOutcome| {
            let text = if let PublishOutcome::Refused { reason } = outcome { reason.to_string().len() } else { 0 };
            (size_of::<(u32, PublishOutcome)>() + text) as i64
        };
        let added = cost(&outcome);
        let removed = self.outcomes.insert((seq - self.first) as u32, outcome).as_ref().map_or(0, cost);
        self.outcome_bytes = self.outcome_bytes.saturating_add_signed(added - removed);
        added - removed
    }

    /// Gives back what was reserved and not needed, when it is worth it.
    pub(crate) fn seal(&mut self) {
        if self.room() > self.arena.capacity() / 8 {
            self.arena.shrink_to_fit();
        }
        if self.time.capacity() - self.time.len() <= self.time.len() / 8 {
            return;
        }
        macro_rules! columns {
            ($($column:ident)+) => { $(self.$column.shrink_to_fit();)+ };
        }
        columns!(time session topic offset length flags slot);
    }

    /// The entry `index` places from the segment's start; it must be there.
    pub(crate) fn entry(&self, index: usize) -> Kept<'_> {
        let span = self.span(index);
        let body = self.offset[index] as usize + self.length[index] as usize;
        Kept {
            seq: self.first + index as Seq,
            head: Head {
                time: self.time[index],
                session: self.session[index],
                topic: self.topic[index],
                flags: self.flags[index],
                slot: self.slot[index],
            },
            body: &self.arena[span.start..body],
            tail: &self.arena[body..span.end],
            outcome: self.outcomes.get(&(index as u32)),
        }
    }

    /// Where an entry's bytes are in the arena.
    pub(crate) fn span(&self, index: usize) -> Range<usize> {
        let end = self.offset.get(index + 1).map_or(self.arena.len(), |next| *next as usize);
        self.offset[index] as usize..end
    }

    /// Where a payload is in the arena.
    pub(crate) fn body(&self, index: usize) -> Range<usize> {
        let start = self.offset[index] as usize;
        start..start + self.length[index] as usize
    }

    pub(crate) fn arena(&self) -> &[u8] {
        &self.arena
    }

    pub(crate) fn sessions(&self) -> &[u32] {
        &self.session
    }

    pub(crate) fn topics(&self) -> &[u32] {
        &self.topic
    }

    pub(crate) fn flags(&self) -> &[Flags] {
        &self.flags
    }
}
