//! Views: a filter over the log with absolute ordinals.

use crate::{DeviceId, EntryClass, JobId, Row, Seq, TopicText, ViewId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a view shows. The query text is the filter language; the rest narrows before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ViewSpec {
    /// Filter text, e.g. `topic:lab/+/temp dir:in 21.5`. Empty: everything.
    pub query: String,
    /// Only entries of this device's sessions.
    pub device: Option<DeviceId>,
    /// Only these classes; empty: all.
    pub classes: Vec<EntryClass>,
    /// Only entries from here on: what was cleared before stays out. The engine's to fill in.
    #[serde(skip)]
    pub first: Seq,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ViewChange {
    pub view: ViewId,
    pub spec: ViewSpec,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ViewRef {
    pub view: ViewId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ViewPause {
    pub view: ViewId,
    pub paused: bool,
}

/// Where a view stands. Ordinals from `first` to before `end` can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ViewStatus {
    pub view: ViewId,
    /// Bumped when the filter changed and ordinals were dealt anew.
    pub generation: u32,
    pub first: u64,
    /// Upper end; fixed while paused.
    pub end: u64,
    /// Exact number of kept entries that match, paused or not.
    pub matching: u64,
    /// Matching entries above a paused end.
    pub newer: u64,
    /// Kept entries that the scan has yet to look at; `matching` is exact at 0.
    pub unscanned: u64,
    pub paused: bool,
    /// The scan that still fills this view, oldest entries first.
    pub scan: Option<JobId>,
}

/// Asks for rows `from` to before `from + count`; count is cut to 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WindowRequest {
    pub view: ViewId,
    pub from: u64,
    pub count: u32,
    /// Characters of preview the payload column shows; cut to 400.
    pub preview: u16,
}

/// Exactly the rows asked for that exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Window {
    pub status: ViewStatus,
    pub rows: Vec<Row>,
    /// Texts of interned topics this client has not been sent before.
    pub topics: Vec<TopicText>,
}

/// Asks where an entry is in a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LocateRequest {
    pub view: ViewId,
    pub seq: Seq,
}

/// Its ordinal, or None when it is not in the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Located {
    pub ordinal: Option<u64>,
}

/// Keeps entries from eviction: the selected ones and those on screen. Replaces the view's earlier pins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PinRequest {
    pub view: ViewId,
    pub seqs: Vec<Seq>,
}
