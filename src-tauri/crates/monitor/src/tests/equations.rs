//! Random histories against a model that keeps everything and filters naively.

use super::{check_counters, monitor, window};
use crate::filter::Filter;
use crate::view::View;
use crate::{Monitor, NewMessage, query};
use hubscope_model::{Direction, EntryClass, PublishOutcome, Seq, SessionId, Severity, ViewId, ViewStatus, text};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const ENTRIES: u64 = 200;

struct Known {
    session: SessionId,
    direction: Option<Direction>,
    topic: String,
    body: Vec<u8>,
}

impl Known {
    fn has(&self, text: &str) -> bool {
        let found = |bytes: &[u8]| bytes.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text.as_bytes()));
        found(&self.body) || found(self.topic.as_bytes())
    }
}

/// A filter text and what it means.
type Meaning = (&'static str, fn(&Known) -> bool);

const FILTERS: [Meaning; 9] = [
    ("", |_| true),
    ("temp", |entry| entry.has("temp")),
    ("not temp", |entry| !entry.has("temp")),
    ("21.5", |entry| entry.has("21.5")),
    ("dir:in", |entry| entry.direction == Some(Direction::In)),
    ("topic:lab/+/x", |entry| entry.topic == "lab/a/x" || entry.topic == "lab/temp/x"),
    ("not topic:lab/# E", |entry| !entry.topic.starts_with("lab") && entry.has("e")),
    ("session:Two not dir:out", |entry| entry.session.0 == 2 && entry.direction != Some(Direction::Out)),
    ("session:1 topic:+ lab", |entry| entry.session.0 == 1 && entry.topic == "lab" && entry.has("lab")),
];

#[derive(Clone, Debug)]
enum Step {
    Append(Vec<(u32, bool, usize, usize)>),
    Event(u32),
    Open(u32, usize),
    Change(u32, usize),
    Scan(u32, usize),
    Pause(u32, bool),
    Pin(u32, Vec<u64>),
    Amend(u64),
    Close(u32),
}

const TOPICS: [&str; 5] = ["lab/a/x", "lab/temp/x", "lab", "ring", "/"];
const BODIES: [&[u8]; 8] = [b"", b"TEMP", b"{\"temp\":21.5}", b"te", b"mp 21.", b"5", b"\xff\xfe21.5", &[b'e'; 700]];

fn step() -> impl Strategy<Value = Step> {
    let view = 1u32..4;
    prop_oneof![
        6 => prop::collection::vec((1u32..3, any::<bool>(), 0..TOPICS.len(), 0..BODIES.len()), 1..60).prop_map(Step::Append),
        1 => (0u32..3).prop_map(Step::Event),
        2 => (view.clone(), 0..FILTERS.len()).prop_map(|(view, filter)| Step::Open(view, filter)),
        1 => (view.clone(), 0..FILTERS.len()).prop_map(|(view, filter)| Step::Change(view, filter)),
        4 => (view.clone(), 1usize..150).prop_map(|(view, entries)| Step::Scan(view, entries)),
        2 => (view.clone(), any::<bool>()).prop_map(|(view, paused)| Step::Pause(view, paused)),
        2 => (view.clone(), prop::collection::vec(0..ENTRIES, 0..4)).prop_map(|(view, back)| Step::Pin(view, back)),
        1 => (0..ENTRIES).prop_map(Step::Amend),
        1 => view.prop_map(Step::Close),
    ]
}

/// What must stay true of one view.
struct Watched {
    filter: usize,
    generation: u32,
    ordinals: BTreeMap<u64, Seq>,
    pins: BTreeSet<Seq>,
    /// Where a paused view ended when it had seen everything.
    fixed: Option<u64>,
    revision: u64,
    status: Option<ViewStatus>,
}

#[derive(Default)]
struct Run {
    known: Vec<Known>,
    views: BTreeMap<u32, Watched>,
}

impl Run {
    fn apply(&mut self, monitor: &Monitor, step: Step) {
        match step {
            Step::Append(batch) => {
                let message = |(session, out, topic, body): &(u32, bool, usize, usize)| NewMessage {
                    session: SessionId(*session),
                    direction: if *out { Direction::Out } else { Direction::In },
                    ..super::message(TOPICS[*topic], BODIES[*body])
                };
                let messages: Vec<_> = batch.iter().map(message).collect();
                let range = monitor.append(messages.iter().copied());
                assert_eq!(range, self.known.len() as Seq..(self.known.len() + batch.len()) as Seq);
                self.known.extend(messages.iter().map(|message| Known {
                    session: message.session,
                    direction: Some(message.direction),
                    topic: message.topic.into(),
                    body: message.payload.into(),
                }));
            }
            Step::Event(session) => {
                let of = (session > 0).then_some(SessionId(session));
                monitor.append_event(0, of, EntryClass::Event, Severity::Info, text!("temp of the event"));
                let body = b"temp of the event".to_vec();
                self.known.push(Known { session: SessionId(session), direction: None, topic: String::new(), body });
            }
            Step::Open(view, filter) => self.open(monitor, view, filter),
            Step::Change(view, filter) => self.change(monitor, view, filter),
            Step::Scan(view, entries) => {
                let generation = self.views.get(&view).map_or(0, |watched| watched.generation);
                let progress = monitor.scan_step(ViewId(view), generation, entries);
                assert_eq!(progress.is_some(), self.views.contains_key(&view));
                assert_eq!(monitor.scan_step(ViewId(view), generation + 1, entries), None);
            }
            Step::Pause(view, paused) => {
                let Some(watched) = self.views.get_mut(&view) else { return };
                let status = monitor.pause_view(ViewId(view), paused).unwrap();
                watched.fixed =
                    watched.fixed.filter(|_| paused).or((paused && status.unscanned == 0).then_some(status.end));
            }
            Step::Pin(view, back) => {
                let Some(watched) = self.views.get_mut(&view) else { return };
                let end = self.known.len() as Seq;
                let seqs: Vec<Seq> = back.iter().filter_map(|back| end.checked_sub(back + 1)).collect();
                monitor.pin(ViewId(view), &seqs).unwrap();
                watched.pins = seqs.into_iter().filter(|seq| monitor.entry(*seq).is_some()).collect();
            }
            Step::Amend(back) => {
                let Some(seq) = (self.known.len() as Seq).checked_sub(back + 1) else { return };
                monitor.amend(seq, PublishOutcome::Acknowledged { after: 5 });
            }
            Step::Close(view) => {
                monitor.close_view(ViewId(view));
                self.views.remove(&view);
            }
        }
    }

    /// Opens a view without the look at the first entries, so that scans and streaming meet.
    fn open(&mut self, monitor: &Monitor, view: u32, filter: usize) {
        let made = Filter::new(&query::parse(FILTERS[filter].0).unwrap(), None, &[]);
        let mut state = monitor.0.lock();
        let at = View::new(ViewId(view), made, 0, &state.log);
        state.views.insert(ViewId(view), at);
        state.release_pins();
        let watched = Watched {
            filter,
            generation: 0,
            ordinals: BTreeMap::new(),
            pins: BTreeSet::new(),
            fixed: None,
            revision: 0,
            status: None,
        };
        self.views.insert(view, watched);
    }

    fn change(&mut self, monitor: &Monitor, view: u32, filter: usize) {
        let Some(watched) = self.views.get_mut(&view) else { return };
        let made = Filter::new(&query::parse(FILTERS[filter].0).unwrap(), None, &[]);
        let mut state = monitor.0.lock();
        let state = &mut *state;
        state.views.get_mut(&ViewId(view)).unwrap().change(made, 0, &state.log);
        watched.generation += 1;
        watched.filter = filter;
        watched.ordinals.clear();
        watched.fixed = None;
    }

    fn check(&mut self, monitor: &Monitor) {
        check_counters(monitor, ENTRIES);
        let (first, end) = {
            let state = monitor.0.lock();
            (state.log.first(), state.log.end())
        };
        let messages = |range: std::ops::Range<Seq>| {
            range.filter(|seq| self.known[*seq as usize].direction.is_some()).count() as u64
        };
        let counters = monitor.counters();
        assert_eq!((counters.kept, counters.evicted), (messages(first..end), messages(0..first)));
        for (view, watched) in &mut self.views {
            watched.check(monitor, ViewId(*view), &self.known, first);
        }
    }
}

impl Watched {
    fn check(&mut self, monitor: &Monitor, view: ViewId, known: &[Known], first: Seq) {
        let status = monitor.view_status(view).unwrap();
        let passes = |seq: &Seq| FILTERS[self.filter].1(&known[*seq as usize]);
        let scanned = known.len() as Seq - status.unscanned;
        let matching: Vec<Seq> = (first..scanned.max(first)).filter(passes).collect();
        assert_eq!(status.generation, self.generation);
        assert_eq!(status.matching, matching.len() as u64, "{status:?}");
        assert_eq!(status.matching, status.end - status.first + status.newer);

        let (_, rows) = window(monitor, view, 0, 0);
        assert!(rows.is_empty());
        let (_, rows) = window(monitor, view, status.first, 500);
        let seqs: Vec<Seq> = rows.iter().map(|row| row.seq).collect();
        assert_eq!(seqs, matching[..(status.end - status.first) as usize]);
        for row in &rows {
            assert_eq!(*self.ordinals.entry(row.ordinal).or_insert(row.seq), row.seq, "an ordinal shifted");
            assert_eq!(monitor.locate(view, row.seq).unwrap(), Some(row.ordinal));
        }
        for (ordinal, seq) in self.ordinals.iter().filter(|(_, seq)| **seq < first) {
            let (_, rows) = window(monitor, view, *ordinal, 1);
            let survives = self.pins.contains(seq) && *ordinal < status.end;
            assert!(!survives || rows.first().is_some_and(|row| row.seq == *seq), "a pinned row is gone");
        }
        for seq in &self.pins {
            let entry = monitor.entry(*seq).unwrap();
            assert_eq!(usize::try_from(entry.size).unwrap(), entry.text.map_or(known[*seq as usize].body.len(), |_| 0));
        }
        if let Some(fixed) = self.fixed {
            assert_eq!(status.end, fixed, "a paused end moved");
        }
        let revision = monitor.view_revision(view).unwrap();
        assert!(self.status == Some(status) || revision > self.revision, "a change without a revision");
        (self.revision, self.status) = (revision, Some(status));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn every_history_keeps_the_equations(steps in prop::collection::vec(step(), 1..60)) {
        let monitor = monitor(0, ENTRIES);
        for (id, name) in [(1, "one"), (2, "two")] {
            monitor.register_session(SessionId(id), None, name, Vec::new());
        }
        let mut run = Run::default();
        for step in steps {
            run.apply(&monitor, step);
            run.check(&monitor);
        }
    }
}
