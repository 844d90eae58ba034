//! What changed since when: revisions by area and one wake-up for the ticker.

use hubscope_model::Revisions;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::sync::Notify;

/// A part of the state that pages fetch as one.
#[derive(Clone, Copy)]
pub enum Area {
    Tree,
    Sessions,
    Settings,
    Sandbox,
    Workspace,
    Tokens,
    Packets,
    Composing,
    Cleared,
    Diagnoses,
}

/// Revisions and the ticker's bell. Ringing costs one atomic swap while the bell is already ringing.
#[derive(Default)]
pub struct Changes {
    tree: AtomicU64,
    sessions: AtomicU64,
    settings: AtomicU64,
    sandbox: AtomicU64,
    workspace: AtomicU64,
    tokens: AtomicU64,
    packets: AtomicU64,
    composing: AtomicU64,
    cleared: AtomicU64,
    diagnoses: AtomicU64,
    ringing: AtomicBool,
    bell: Notify,
}

impl Changes {
    /// Bumps an area and wakes the ticker.
    pub fn bump(&self, area: Area) {
        let counter = match area {
            Area::Tree => &self.tree,
            Area::Sessions => &self.sessions,
            Area::Settings => &self.settings,
            Area::Sandbox => &self.sandbox,
            Area::Workspace => &self.workspace,
            Area::Tokens => &self.tokens,
            Area::Packets => &self.packets,
            Area::Composing => &self.composing,
            Area::Cleared => &self.cleared,
            Area::Diagnoses => &self.diagnoses,
        };
        counter.fetch_add(1, Ordering::Release);
        self.ring();
    }

    /// Wakes the ticker: the log or a job moved on.
    pub fn ring(&self) {
        if !self.ringing.swap(true, Ordering::AcqRel) {
            self.bell.notify_one();
        }
    }

    /// Waits for the next change.
    pub async fn changed(&self) {
        self.bell.notified().await;
        self.ringing.store(false, Ordering::Release);
    }

    pub fn revisions(&self) -> Revisions {
        let read = |counter: &AtomicU64| counter.load(Ordering::Acquire);
        Revisions {
            tree: read(&self.tree),
            sessions: read(&self.sessions),
            settings: read(&self.settings),
            sandbox: read(&self.sandbox),
            workspace: read(&self.workspace),
            tokens: read(&self.tokens),
            packets: read(&self.packets),
            composing: read(&self.composing),
            cleared: read(&self.cleared),
            diagnoses: read(&self.diagnoses),
        }
    }
}
