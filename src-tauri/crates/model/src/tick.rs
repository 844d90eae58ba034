//! What the engine tells a page, unasked: that something changed, never the thing itself.

use crate::{Job, ViewStatus};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Bumped whenever an area changed; the page fetches again what it shows of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Revisions {
    /// Hubs, devices, subscriptions.
    pub tree: u64,
    pub sessions: u64,
    pub settings: u64,
    pub sandbox: u64,
    /// Vault and workspace state.
    pub workspace: u64,
    /// State of credentials.
    pub tokens: u64,
    /// Packet lanes.
    pub packets: u64,
    /// Publish history and saved messages.
    pub composing: u64,
    /// Messages or activity were cleared, or came back: open views show something else.
    pub cleared: u64,
    /// The list of certificates, and what is told of each. Devices and hubs that change are told by `tree`.
    pub certificates: u64,
}

/// The same words everywhere: received + sent = kept + evicted + dropped (messages).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Counters {
    pub received: u64,
    pub sent: u64,
    pub kept: u64,
    pub evicted: u64,
    pub dropped: u64,
    /// Messages recorded on disk; None while nothing records.
    pub stored: Option<u64>,
    /// Payload bytes received and sent.
    pub bytes: u64,
    /// Bytes the log holds now, and its budget.
    pub log_bytes: u64,
    pub log_budget: u64,
    /// Sessions online.
    pub online: u32,
    /// Messages in and out during the last second.
    pub rate: u32,
}

/// One tick. The next one is sent only after this one was acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tick {
    pub number: u64,
    pub revisions: Revisions,
    pub counters: Counters,
    /// Views of this client that changed.
    pub views: Vec<ViewStatus>,
    /// Jobs of this client that changed.
    pub jobs: Vec<Job>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TickAck {
    pub number: u64,
}

/// A hidden page gets one tick a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Visibility {
    pub visible: bool,
}
