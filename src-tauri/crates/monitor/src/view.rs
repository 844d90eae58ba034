//! One view: which entries match, under ordinals that never shift.
//!
//! A view of everything needs no memory: an ordinal is a sequence. Any other notes each match in two bytes, in one
//! list per log segment, and drops the list when the segment goes.

use crate::filter::Filter;
use crate::log::Log;
use crate::log::segment::Segment;
use crate::sessions::Sessions;
use crate::topics::Topics;
use hubscope_model::{Seq, ViewId, ViewStatus};
use std::collections::{BTreeMap, VecDeque};

/// The matches in one segment.
struct Chunk {
    /// The segment's first sequence.
    first: Seq,
    /// Ordinal of the first match.
    base: u64,
    /// Places of the matches in the segment.
    places: Vec<u16>,
}

/// A fixed upper end.
#[derive(Clone, Copy)]
struct Pause {
    /// Entries from here on are above it.
    at: Seq,
    /// Its ordinal, once the scan has come that far.
    ordinal: Option<u64>,
}

pub(crate) struct View {
    id: ViewId,
    filter: Option<Filter>,
    generation: u32,
    revision: u64,
    chunks: VecDeque<Chunk>,
    /// Ordinal of the next match of a filtered view.
    next: u64,
    /// Entries before this were looked at.
    scanned: Seq,
    pause: Option<Pause>,
    /// Pinned sequences, in order.
    pins: Vec<Seq>,
    /// Ordinals of pinned entries that the log has evicted.
    survivors: BTreeMap<u64, Seq>,
}

impl View {
    pub(crate) fn new(id: ViewId, filter: Option<Filter>, first: Seq, log: &Log) -> Self {
        let mut view = Self {
            id,
            filter: None,
            generation: 0,
            revision: 0,
            chunks: VecDeque::new(),
            next: 0,
            scanned: 0,
            pause: None,
            pins: Vec::new(),
            survivors: BTreeMap::new(),
        };
        view.start(filter, first, log);
        view
    }

    /// Shows something else from now on. A paused view stays paused at the same entry.
    pub(crate) fn change(&mut self, filter: Option<Filter>, first: Seq, log: &Log) {
        self.generation += 1;
        self.start(filter, first, log);
    }

    fn start(&mut self, filter: Option<Filter>, first: Seq, log: &Log) {
        self.filter = filter;
        self.chunks.clear();
        self.survivors.clear();
        self.next = 0;
        // A view of everything is of no device, of which alone something is cleared.
        self.scanned = if self.filter.is_some() { log.first().max(first.min(log.end())) } else { log.end() };
        if let Some(pause) = &mut self.pause {
            pause.ordinal = None;
        }
        self.fix_end();
        self.touch();
    }

    pub(crate) fn generation(&self) -> u32 {
        self.generation
    }

    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// Notes that the view's rows or its status changed.
    pub(crate) fn touch(&mut self) {
        self.revision += 1;
    }

    /// Entries before this were looked at.
    pub(crate) fn scanned(&self) -> Seq {
        self.scanned
    }

    /// Entries that were not looked at yet.
    pub(crate) fn unscanned(&self, log: &Log) -> u64 {
        if self.filter.is_none() { 0 } else { log.end() - self.scanned.max(log.first()) }
    }

    /// Whether the view follows the log: it had seen everything when the log ended at `end`.
    pub(crate) fn is_live(&self, end: Seq) -> bool {
        self.filter.is_none() || self.scanned >= end
    }

    pub(crate) fn pause(&mut self, paused: bool, log: &Log) {
        match (paused, self.pause) {
            (true, None) => self.pause = Some(Pause { at: log.end(), ordinal: None }),
            (false, Some(_)) => self.pause = None,
            _ => return,
        }
        self.fix_end();
        self.touch();
    }

    /// Gives a pause its ordinal as soon as everything before it was looked at.
    fn fix_end(&mut self) {
        let Some(pause) = &mut self.pause else { return };
        if self.filter.is_none() {
            pause.ordinal = Some(pause.at);
        } else if self.scanned >= pause.at && pause.ordinal.is_none() {
            pause.ordinal = Some(self.next);
        }
    }

    /// Looks at entries from where it stands to before `upto`.
    pub(crate) fn scan(&mut self, upto: Seq, log: &Log, topics: &Topics, sessions: &Sessions) {
        let Some(filter) = &mut self.filter else {
            self.scanned = upto;
            return self.touch();
        };
        self.scanned = self.scanned.max(log.first());
        if self.scanned >= upto {
            return;
        }
        filter.learn(topics, sessions);
        while self.scanned < upto {
            let Some(segment) = log.segment(self.scanned) else { break };
            let mut stop = segment.end().min(upto);
            if let Some(pause) = self.pause.filter(|pause| self.scanned < pause.at) {
                stop = stop.min(pause.at);
            }
            self.look_at(segment, stop);
            self.fix_end();
        }
        self.touch();
    }

    fn look_at(&mut self, segment: &Segment, stop: Seq) {
        let Self { filter: Some(filter), chunks, next, scanned, .. } = self else { return };
        let range = (*scanned - segment.first()) as usize..(stop - segment.first()) as usize;
        *scanned = stop;
        filter.run(segment, range, |place| {
            match chunks.back_mut() {
                Some(chunk) if chunk.first == segment.first() => chunk.places.push(place),
                _ => {
                    if let Some(full) = chunks.back_mut() {
                        full.places.shrink_to_fit();
                    }
                    chunks.push_back(Chunk { first: segment.first(), base: *next, places: vec![place] });
                }
            }
            *next += 1;
        });
    }

    /// Ordinals of what the log keeps: from `.0` to before `.1`.
    fn kept(&self, log: &Log) -> (u64, u64) {
        match self.filter {
            None => (log.first(), log.end()),
            Some(_) => (self.chunks.front().map_or(self.next, |chunk| chunk.base), self.next),
        }
    }

    pub(crate) fn status(&self, log: &Log) -> ViewStatus {
        let (first, end) = self.kept(log);
        let fixed = self.pause.and_then(|pause| pause.ordinal).unwrap_or(end);
        ViewStatus {
            view: self.id,
            generation: self.generation,
            first: first.min(fixed),
            end: fixed,
            matching: end - first,
            newer: end - fixed.max(first),
            unscanned: self.unscanned(log),
            paused: self.pause.is_some(),
            scan: None,
        }
    }

    /// The entry at an ordinal that the log keeps.
    fn seq_at(&self, ordinal: u64, log: &Log) -> Option<Seq> {
        let (first, end) = self.kept(log);
        if !(first..end).contains(&ordinal) {
            return None;
        }
        if self.filter.is_none() {
            return Some(ordinal);
        }
        let after = self.chunks.partition_point(|chunk| chunk.base <= ordinal);
        let chunk = self.chunks.get(after.checked_sub(1)?)?;
        Some(chunk.first + Seq::from(*chunk.places.get((ordinal - chunk.base) as usize)?))
    }

    /// Ordinal and sequence of the entries from `from` to before `from + count`, pinned ones that were evicted too.
    pub(crate) fn window(&self, from: u64, count: u64, log: &Log) -> Vec<(u64, Seq)> {
        let status = self.status(log);
        let end = from.saturating_add(count).min(status.end);
        let gone = self.survivors.range(from..end.min(status.first).max(from)).map(|(ordinal, seq)| (*ordinal, *seq));
        let kept = from.max(status.first)..end;
        gone.chain(kept.filter_map(|ordinal| Some((ordinal, self.seq_at(ordinal, log)?)))).collect()
    }

    /// Where an entry is, below a paused end only.
    pub(crate) fn locate(&self, seq: Seq, log: &Log) -> Option<u64> {
        let ordinal = if seq < log.first() {
            self.survivors.iter().find(|(_, survivor)| **survivor == seq).map(|(ordinal, _)| *ordinal)
        } else {
            self.ordinal_of(seq, log)
        };
        ordinal.filter(|ordinal| *ordinal < self.status(log).end)
    }

    fn ordinal_of(&self, seq: Seq, log: &Log) -> Option<u64> {
        if self.filter.is_none() {
            return (log.first()..log.end()).contains(&seq).then_some(seq);
        }
        let after = self.chunks.partition_point(|chunk| chunk.first <= seq);
        let chunk = self.chunks.get(after.checked_sub(1)?)?;
        let place = u16::try_from(seq - chunk.first).ok()?;
        chunk.places.binary_search(&place).ok().map(|index| chunk.base + index as u64)
    }

    pub(crate) fn pins(&self) -> &[Seq] {
        &self.pins
    }

    /// Replaces the pins; `seqs` is in order.
    pub(crate) fn set_pins(&mut self, seqs: Vec<Seq>) {
        self.survivors.retain(|_, seq| seqs.binary_search(seq).is_ok());
        self.pins = seqs;
    }

    /// The oldest segment is about to go; `is_held` says which pinned entries will be had elsewhere.
    pub(crate) fn evict(&mut self, segment: &Segment, log: &Log, is_held: impl Fn(Seq) -> bool) {
        let from = self.pins.partition_point(|seq| *seq < segment.first());
        let to = self.pins.partition_point(|seq| *seq < segment.end());
        for seq in &self.pins[from..to] {
            if is_held(*seq)
                && let Some(ordinal) = self.ordinal_of(*seq, log)
            {
                self.survivors.insert(ordinal, *seq);
            }
        }
        if self.chunks.front().is_some_and(|chunk| chunk.first == segment.first()) {
            self.chunks.pop_front();
        }
        self.scanned = self.scanned.max(segment.end());
        self.fix_end();
        self.touch();
    }

    /// A session's name or device changed: entries from now on are judged anew.
    pub(crate) fn forget_sessions(&mut self) {
        if let Some(filter) = &mut self.filter {
            filter.forget_sessions();
        }
    }
}
