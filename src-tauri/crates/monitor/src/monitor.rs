//! The handle that everyone shares.

use hubscope_model::{
    Counters, DeviceId, Direction, Entry, EntryClass, Property, PublishOutcome, Result, Row, Seq, SessionId, Severity,
    SubscriptionId, TopicId, ViewId, ViewSpec, ViewStatus, WindowRequest,
};
use std::ops::Range;
use zeroize::Zeroizing;

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

/// Messages of one session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionCounts {
    pub received: u64,
    pub sent: u64,
}

/// The log with its views. Clones share it; every call holds its lock shortly and never waits for anything else.
#[derive(Clone)]
pub struct Monitor;

#[allow(unused_variables)]
impl Monitor {
    /// An empty log.
    pub fn new(limits: Limits) -> Self {
        todo!()
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
        todo!()
    }

    /// Replaces the subscriptions of a session: id, topic filter, data colour 1 to 8. They colour and count
    /// messages received from now on; the first that matches gives the colour.
    pub fn set_subscriptions(&self, session: SessionId, subscriptions: Vec<(SubscriptionId, String, u8)>) {
        todo!()
    }

    /// Messages received per subscription of the session, in the order of `set_subscriptions`.
    pub fn subscription_counts(&self, session: SessionId) -> Vec<(SubscriptionId, u64)> {
        todo!()
    }

    /// Messages received and sent by the session.
    pub fn session_counts(&self, session: SessionId) -> SessionCounts {
        todo!()
    }

    /// Appends messages in order under one lock; their sequences are the returned range. A message larger than the
    /// whole log is dropped: a gap entry that says so takes its place and its sequence.
    pub fn append<'a>(&self, batch: impl IntoIterator<Item = NewMessage<'a>>) -> Range<Seq> {
        todo!()
    }

    /// Appends what is not a message: an event, a gap, a mark.
    pub fn append_event(
        &self,
        time: i64,
        session: Option<SessionId>,
        class: EntryClass,
        severity: Severity,
        text: &str,
    ) -> Seq {
        todo!()
    }

    /// Says what became of a publish. Nothing happens when its entry is gone.
    pub fn amend(&self, seq: Seq, outcome: PublishOutcome) {
        todo!()
    }

    /// The counters; `stored`, `online` and `rate` are the engine's to fill in.
    pub fn counters(&self) -> Counters {
        todo!()
    }

    /// Opens a view. Small logs are looked through at once; else the answer asks for a scan.
    ///
    /// Errors: `InvalidFilter`, its detail naming the character place.
    pub fn open_view(&self, id: ViewId, spec: &ViewSpec) -> Result<ScanNeeded> {
        todo!()
    }

    /// Replaces what a view shows; its generation is bumped and ordinals are dealt anew. On an error the view stays.
    ///
    /// Errors: `InvalidFilter`, `Gone`.
    pub fn change_view(&self, id: ViewId, spec: &ViewSpec) -> Result<ScanNeeded> {
        todo!()
    }

    /// Fixes the view's upper end where the log ends now, or frees it.
    ///
    /// Errors: `Gone`.
    pub fn pause_view(&self, id: ViewId, paused: bool) -> Result<ViewStatus> {
        todo!()
    }

    /// Ends a view and its pins.
    pub fn close_view(&self, id: ViewId) {
        todo!()
    }

    /// Looks at up to `entries` more entries for a view, oldest first. None: the view is gone or has another
    /// generation, the scan is pointless.
    pub fn scan_step(&self, id: ViewId, generation: u32, entries: usize) -> Option<ScanProgress> {
        todo!()
    }

    /// Where a view stands; `scan` is the engine's to fill in.
    pub fn view_status(&self, id: ViewId) -> Option<ViewStatus> {
        todo!()
    }

    /// Grows whenever the view's status or a row of it changed.
    pub fn view_revision(&self, id: ViewId) -> Option<u64> {
        todo!()
    }

    /// The rows asked for that exist, in order: kept ones, and pinned ones that the log has evicted.
    ///
    /// Errors: `Gone`.
    pub fn window(&self, request: &WindowRequest) -> Result<(ViewStatus, Vec<Row>)> {
        todo!()
    }

    /// Text of a topic that a row named.
    pub fn topic_text(&self, topic: TopicId) -> Option<String> {
        todo!()
    }

    /// The ordinal of an entry in a view, None when it is not in it.
    ///
    /// Errors: `Gone`.
    pub fn locate(&self, view: ViewId, seq: Seq) -> Result<Option<u64>> {
        todo!()
    }

    /// Keeps these entries from eviction, in place of the view's earlier pins; at most 1,000 of them.
    ///
    /// Errors: `Gone`.
    pub fn pin(&self, view: ViewId, seqs: &[Seq]) -> Result<()> {
        todo!()
    }

    /// Everything about one entry but its bytes.
    pub fn entry(&self, seq: Seq) -> Option<Entry> {
        todo!()
    }

    /// Bytes of a payload from `offset`, at most 1 MiB.
    pub fn payload(&self, seq: Seq, offset: u32, length: u32) -> Option<Vec<u8>> {
        todo!()
    }
}
