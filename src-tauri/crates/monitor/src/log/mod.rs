//! The log: segments in order, bounded in bytes and in entries.

pub(crate) mod flags;
pub(crate) mod properties;
pub(crate) mod segment;

use crate::Limits;
use hubscope_model::{PublishOutcome, Seq};
use segment::{COLUMNS, Head, Kept, MAX_ENTRIES, Segment};
use std::collections::VecDeque;

/// Smallest budget in bytes.
const LEAST_BYTES: u64 = 64 * 1024;
/// A budget is divided into this many segments, so that an eviction takes a small part of the log.
const SEGMENTS: u64 = 64;
/// Largest usual arena; a larger message gets a segment of its own size.
const ARENA: u64 = 4 * 1024 * 1024;

pub(crate) struct Log {
    limits: Limits,
    arena: usize,
    segment_entries: usize,
    segments: VecDeque<Segment>,
    /// An evicted segment whose memory serves the next one.
    spare: Option<Segment>,
    end: Seq,
    bytes: u64,
}

impl Log {
    pub(crate) fn new(limits: Limits) -> Self {
        let limits = Limits { bytes: limits.bytes.max(LEAST_BYTES), entries: limits.entries.max(1) };
        Self {
            limits,
            arena: (limits.bytes / SEGMENTS).min(ARENA) as usize,
            segment_entries: (limits.entries / SEGMENTS).clamp(1, MAX_ENTRIES as u64) as usize,
            segments: VecDeque::new(),
            spare: None,
            end: 0,
            bytes: 0,
        }
    }

    /// Other bounds; the caller evicts what is beyond them.
    pub(crate) fn set_limits(&mut self, limits: Limits) {
        let Self { limits, arena, segment_entries, .. } = Self::new(limits);
        (self.limits, self.arena, self.segment_entries) = (limits, arena, segment_entries);
        // Of another size than the next segments.
        self.spare = None;
    }

    /// Sequence of the oldest entry kept; `end` when there is none.
    pub(crate) fn first(&self) -> Seq {
        self.segments.front().map_or(self.end, Segment::first)
    }

    /// Sequence that the next entry gets.
    pub(crate) fn end(&self) -> Seq {
        self.end
    }

    /// Bytes in use.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(crate) fn budget(&self) -> u64 {
        self.limits.bytes
    }

    /// Whether an entry of so many bytes can be kept at all.
    pub(crate) fn can_hold(&self, bytes: usize) -> bool {
        let bytes = bytes as u64;
        bytes + COLUMNS <= self.limits.bytes && bytes <= u64::from(u32::MAX)
    }

    /// Whether an entry of so many bytes fits without an eviction.
    pub(crate) fn has_room(&self, bytes: usize) -> bool {
        self.bytes + bytes as u64 + COLUMNS <= self.limits.bytes && self.end - self.first() < self.limits.entries
    }

    /// Whether the log holds more than its bounds, which amendments and other bounds can bring about.
    pub(crate) fn is_over(&self) -> bool {
        self.bytes > self.limits.bytes || self.end - self.first() > self.limits.entries
    }

    /// Appends an entry; the caller has made room.
    pub(crate) fn push(&mut self, head: Head, body: &[u8], tail: &[u8]) -> Seq {
        let need = body.len() + tail.len();
        let seq = self.end;
        let segment = match self.segments.back_mut() {
            Some(last) if last.room() >= need && last.len() < self.segment_entries => last,
            _ => self.start_segment(need),
        };
        segment.push(head, body, tail);
        self.bytes += need as u64 + COLUMNS;
        self.end += 1;
        seq
    }

    #[cold]
    fn start_segment(&mut self, need: usize) -> &mut Segment {
        let entries = self.segments.back_mut().map_or(0, |last| {
            last.seal();
            last.len() + last.len() / 8
        });
        let bytes = self.arena.max(need);
        let mut segment = self.spare.take().unwrap_or_default();
        segment.restart(self.end, bytes, entries.min(self.segment_entries));
        self.segments.push_back(segment);
        let last = self.segments.len() - 1;
        &mut self.segments[last]
    }

    /// The oldest segment.
    pub(crate) fn oldest(&self) -> Option<&Segment> {
        self.segments.front()
    }

    /// Removes the oldest segment.
    pub(crate) fn evict(&mut self) {
        let Some(segment) = self.segments.pop_front() else { return };
        self.bytes -= segment.bytes();
        // A segment made for one huge message, or shrunk to a small one, is no good as a spare.
        if (self.arena..=self.arena * 2).contains(&(segment.arena().len() + segment.room())) {
            self.spare = Some(segment);
        }
    }

    /// The segment that holds `seq`.
    pub(crate) fn segment(&self, seq: Seq) -> Option<&Segment> {
        if seq >= self.end {
            return None;
        }
        let after = self.segments.partition_point(|segment| segment.first() <= seq);
        self.segments.get(after.checked_sub(1)?)
    }

    pub(crate) fn entry(&self, seq: Seq) -> Option<Kept<'_>> {
        let segment = self.segment(seq)?;
        Some(segment.entry((seq - segment.first()) as usize))
    }

    /// Sets an entry's outcome; false when it is not kept.
    pub(crate) fn amend(&mut self, seq: Seq, outcome: PublishOutcome) -> bool {
        if seq < self.first() || seq >= self.end {
            return false;
        }
        let after = self.segments.partition_point(|segment| segment.first() <= seq);
        let Some(segment) = after.checked_sub(1).and_then(|index| self.segments.get_mut(index)) else { return false };
        self.bytes = self.bytes.saturating_add_signed(segment.amend(seq, outcome));
        true
    }
}
