//! What must hold whatever happens: the equations of the counters, and a process that does not grow.

use crate::process::Process;
use hubscope_model::Counters;
use std::fmt;

/// Memory that may come on top of what stood at the beginning, KiB: buffers of the allocator, statements that SQLite
/// keeps. A leak of one message of ten would pass it within minutes.
const GROWTH: u64 = 48 * 1024;
/// Threads of tokio's pool for blocking work come and go (ten seconds of idling end one).
const MORE_THREADS: u64 = 8;

/// received + sent = kept + evicted + dropped, and neither of both ever falls.
pub fn equations(before: Option<&Counters>, now: &Counters) {
    assert_eq!(now.received + now.sent, now.kept + now.evicted + now.dropped, "{now:?}");
    assert_eq!(now.stored, None, "nothing records: {now:?}");
    assert!(now.log_bytes <= now.log_budget, "{now:?}");
    if let Some(before) = before {
        assert!(before.received <= now.received && before.sent <= now.sent, "{before:?}, then {now:?}");
        assert!(before.evicted <= now.evicted && before.dropped <= now.dropped, "{before:?}, then {now:?}");
    }
}

/// What a process holds.
#[derive(Clone, Copy, Debug)]
pub struct Footprint {
    /// Resident memory, KiB.
    memory: u64,
    files: u64,
    threads: u64,
}

impl Footprint {
    pub fn of(process: &Process) -> Self {
        Self { memory: process.status("VmRSS:"), files: process.files(), threads: process.status("Threads:") }
    }

    /// The footprint now, once what a fault left open is closed.
    pub async fn back_to(begin: Self, process: &Process) -> Self {
        hubscope_tests::until("files and threads are what they were", || {
            let now = Self::of(process);
            now.files <= begin.files && now.threads <= begin.threads + MORE_THREADS
        })
        .await;
        let now = Self::of(process);
        assert!(now.memory <= begin.memory + GROWTH, "from {begin} to {now}");
        now
    }

    pub fn max(self, other: Self) -> Self {
        Self {
            memory: self.memory.max(other.memory),
            files: self.files.max(other.files),
            threads: self.threads.max(other.threads),
        }
    }
}

impl fmt::Display for Footprint {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:.1} MiB, {} files, {} threads", self.memory as f64 / 1024.0, self.files, self.threads)
    }
}
