//! The handle that everyone shares.

use crate::detail::READ_WHOLE;
use crate::filter::Filter;
use crate::query;
use crate::sessions::{Session, SessionCounts};
use crate::state::State;
use crate::topics::{NodeId, TopicValue, TreeNode};
use crate::view::View;
use hubscope_model::{
    Code, Counters, DeviceId, Direction, Entry, EntryClass, Error, Property, PublishOutcome, Result, Row, Seq,
    SessionId, Severity, SubscriptionId, Text, TopicId, ViewId, ViewSpec, ViewStatus, WindowRequest,
};
use parking_lot::Mutex;
use std::ops::Range;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Most entries a view pins.
const MOST_PINS: usize = 1000;

/// Bounds of the log; whichever is reached first evicts the oldest entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Payloads, properties and columns together; at least 64 KiB.
    pub bytes: u64,
    /// Entries of all classes; at least 1.
    pub entries: u64,
}

/// A message on its way into the log. `time` is Unix microseconds, arrival on this machine.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    pub time: i64,
    pub session: SessionId,
    pub direction: Direction,
    pub topic: &'a str,
    pub payload: &'a [u8],
    pub properties: &'a [Property],
    pub qos: u8,
    pub retain: bool,
    pub dup: bool,
}

/// Whether a view that was opened or changed still has to look at kept entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanNeeded {
    /// The view is complete and follows the log.
    No,
    /// Call [`Monitor::scan_step`] with this generation until it is finished; about `total` entries are to be seen.
    Yes { generation: u32, total: u64 },
}

/// How far a scan is: `done` of `total` entries. `total` grows while messages stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScanProgress {
    pub done: u64,
    pub total: u64,
    pub finished: bool,
}

/// The log with its views. Clones share it; every call holds its lock shortly and never waits for anything else.
#[derive(Clone)]
pub struct Monitor(pub(crate) Arc<Mutex<State>>);

impl Monitor {
    /// An empty log.
    pub fn new(limits: Limits) -> Self {
        Self(Arc::new(Mutex::new(State::new(limits))))
    }

    /// Makes a session known before its first message. A topic level equal to one of `topic_secrets` is shown as
    /// `token •7Qd2` from then on and kept nowhere. Calling it again changes name and device and adds secrets.
    pub fn register_session(
        &self,
        id: SessionId,
        device: Option<DeviceId>,
        name: &str,
        topic_secrets: Vec<Zeroizing<String>>,
    ) {
        let mut state = self.0.lock();
        let State { sessions, topics, views, .. } = &mut *state;
        topic_secrets.into_iter().for_each(|secret| topics.secrets.add(secret));
        sessions.register(id, device, name, topics);
        views.values_mut().for_each(View::forget_sessions);
    }

    /// Marks all that a session brings: nobody checked its server.
    pub fn mark_unverified(&self, session: SessionId) {
        let mut state = self.0.lock();
        let State { sessions, topics, .. } = &mut *state;
        sessions.mark_unverified(session, topics);
    }

    /// Replaces the subscriptions of a session: id, topic filter, data colour 1 to 8. They colour and count
    /// messages received from now on; the first that matches gives the colour.
    pub fn set_subscriptions(&self, session: SessionId, subscriptions: Vec<(SubscriptionId, String, u8)>) {
        let mut state = self.0.lock();
        let State { sessions, topics, .. } = &mut *state;
        let index = sessions.index(session, topics);
        sessions.subscribe(index, subscriptions);
    }

    /// Messages received per subscription of the session, in the order of `set_subscriptions`.
    pub fn subscription_counts(&self, session: SessionId) -> Vec<(SubscriptionId, u64)> {
        self.0.lock().sessions.find(session).map(Session::subscription_counts).unwrap_or_default()
    }

    /// Messages received and sent by the session.
    pub fn session_counts(&self, session: SessionId) -> SessionCounts {
        self.0.lock().sessions.find(session).map(Session::counts).unwrap_or_default()
    }

    /// Appends messages in order under one lock; their sequences are the returned range. A message larger than the
    /// whole log is dropped: a gap entry that says so takes its place and its sequence.
    pub fn append<'a>(&self, batch: impl IntoIterator<Item = NewMessage<'a>>) -> Range<Seq> {
        let mut state = self.0.lock();
        let start = state.log.end();
        state.append(batch);
        start..state.log.end()
    }

    /// Appends what is not a message: an event, a gap, a mark.
    pub fn append_event(
        &self,
        time: i64,
        session: Option<SessionId>,
        class: EntryClass,
        severity: Severity,
        text: Text,
    ) -> Seq {
        self.0.lock().append_event(time, session, class, severity, text)
    }

    /// `words` with marks in the place of secrets.
    pub fn redact(&self, words: &str) -> String {
        self.0.lock().redact(words)
    }

    /// A text that may name topics, with registered secrets masked.
    pub fn redact_text(&self, text: Text) -> Text {
        self.0.lock().redact_text(text)
    }

    /// The sequence that the next entry will get.
    pub fn end(&self) -> Seq {
        self.0.lock().log.end()
    }

    /// Says what became of a publish. Nothing happens when its entry is gone.
    pub fn amend(&self, seq: Seq, outcome: PublishOutcome) {
        self.0.lock().amend(seq, outcome);
    }

    /// Other bounds; what is beyond them is evicted at once.
    pub fn set_limits(&self, limits: Limits) {
        self.0.lock().set_limits(limits);
    }

    /// The counters; `stored`, `online` and `rate` are the engine's to fill in.
    pub fn counters(&self) -> Counters {
        self.0.lock().counters()
    }

    /// Opens a view. Small logs are looked through at once; else the answer asks for a scan.
    ///
    /// Errors: `InvalidFilter`, its detail naming the character place.
    pub fn open_view(&self, id: ViewId, spec: &ViewSpec) -> Result<ScanNeeded> {
        let filter = filter_of(spec)?;
        let mut state = self.0.lock();
        let view = View::new(id, filter, spec.first, &state.log);
        state.views.insert(id, view);
        Ok(state.begin(id))
    }

    /// Replaces what a view shows; its generation is bumped and ordinals are dealt anew. On an error the view stays.
    ///
    /// Errors: `InvalidFilter`, `Gone`.
    pub fn change_view(&self, id: ViewId, spec: &ViewSpec) -> Result<ScanNeeded> {
        let filter = filter_of(spec)?;
        let mut state = self.0.lock();
        let State { views, log, .. } = &mut *state;
        views.get_mut(&id).ok_or_else(gone)?.change(filter, spec.first, log);
        Ok(state.begin(id))
    }

    /// Fixes the view's upper end where the log ends now, or frees it.
    ///
    /// Errors: `Gone`.
    pub fn pause_view(&self, id: ViewId, paused: bool) -> Result<ViewStatus> {
        let mut state = self.0.lock();
        let State { views, log, .. } = &mut *state;
        let view = views.get_mut(&id).ok_or_else(gone)?;
        view.pause(paused, log);
        Ok(view.status(log))
    }

    /// Ends a view and its pins.
    pub fn close_view(&self, id: ViewId) {
        let mut state = self.0.lock();
        state.views.remove(&id);
        state.release_pins();
    }

    /// Looks at up to `entries` more entries for a view, oldest first. None: the view is gone or has another
    /// generation, the scan is pointless.
    pub fn scan_step(&self, id: ViewId, generation: u32, entries: usize) -> Option<ScanProgress> {
        self.0.lock().scan_step(id, generation, entries)
    }

    /// Where a view stands; `scan` is the engine's to fill in.
    pub fn view_status(&self, id: ViewId) -> Option<ViewStatus> {
        let state = self.0.lock();
        state.views.get(&id).map(|view| view.status(&state.log))
    }

    /// Grows whenever the view's status or a row of it changed.
    pub fn view_revision(&self, id: ViewId) -> Option<u64> {
        self.0.lock().views.get(&id).map(View::revision)
    }

    /// The rows asked for that exist, in order: kept ones, and pinned ones that the log has evicted.
    ///
    /// Errors: `Gone`.
    pub fn window(&self, request: &WindowRequest) -> Result<(ViewStatus, Vec<Row>)> {
        let raw = self.0.lock().raw_window(request.view, request.from, request.count, request.preview);
        let raw = raw.ok_or_else(gone)?;
        Ok((raw.status, raw.rows()))
    }

    /// Text of an interned topic.
    pub fn topic_text(&self, topic: TopicId) -> Option<String> {
        self.0.lock().topics.text(topic.0).map(str::to_owned)
    }

    /// The topic tree of the session's device (or of the session, if it has none): the nodes under `parent`, or the
    /// top level.
    pub fn topic_tree(&self, session: SessionId, parent: Option<NodeId>) -> Vec<TreeNode> {
        let state = self.0.lock();
        state.sessions.find(session).map_or_else(Vec::new, |session| state.topics.nodes(session.scope, parent))
    }

    /// Messages that the tree has no node for, since there were too many topics. Log and views have them all.
    pub fn beyond_tree(&self, session: SessionId) -> u64 {
        let state = self.0.lock();
        state.sessions.find(session).map_or(0, |session| state.topics.overflow(session.scope))
    }

    /// The newest values of a topic, at most six, oldest first.
    pub fn topic_values(&self, topic: TopicId) -> Vec<TopicValue> {
        let state = self.0.lock();
        state.topics.values(topic, &state.log)
    }

    /// The ordinal of an entry in a view, None when it is not in it.
    ///
    /// Errors: `Gone`.
    pub fn locate(&self, view: ViewId, seq: Seq) -> Result<Option<u64>> {
        let state = self.0.lock();
        let view = state.views.get(&view).ok_or_else(gone)?;
        Ok(view.locate(seq, &state.log))
    }

    /// Keeps these entries from eviction, in place of the view's earlier pins; at most 1,000 of them.
    ///
    /// Errors: `Gone`.
    pub fn pin(&self, view: ViewId, seqs: &[Seq]) -> Result<()> {
        let mut pins = seqs[..seqs.len().min(MOST_PINS)].to_vec();
        pins.sort_unstable();
        pins.dedup();
        let mut state = self.0.lock();
        state.views.get_mut(&view).ok_or_else(gone)?.set_pins(pins);
        state.release_pins();
        Ok(())
    }

    /// Everything about one entry but its bytes.
    pub fn entry(&self, seq: Seq) -> Option<Entry> {
        let raw = self.0.lock().raw_entry(seq);
        raw.map(|(entry, sample)| Entry { form: sample.form(), ..entry })
    }

    /// Bytes of a payload from `offset`, at most 1 MiB.
    pub fn payload(&self, seq: Seq, offset: u32, length: u32) -> Option<Vec<u8>> {
        let state = self.0.lock();
        let entry = state.entry(seq).filter(|entry| entry.head.flags.is_message())?;
        let start = entry.body.len().min(offset as usize);
        let end = entry.body.len().min(start + (length as usize).min(READ_WHOLE));
        Some(entry.body[start..end].to_vec())
    }
}

fn gone() -> Error {
    Error::new(Code::Gone, "The view has ended.")
}

fn filter_of(spec: &ViewSpec) -> Result<Option<Filter>> {
    Ok(Filter::new(&query::parse(&spec.query)?, spec.device, &spec.classes))
}
