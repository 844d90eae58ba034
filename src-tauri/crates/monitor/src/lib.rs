//! The log of everything that passes, and what can be seen of it: views, the filter language, the topic tree.
//!
//! No I/O and no tasks: [`Monitor`] is memory behind one short lock. Received + sent = kept + evicted + dropped
//! holds whenever the lock is free.

mod monitor;

pub use monitor::{Limits, Monitor, NewMessage, ScanNeeded, ScanProgress, SessionCounts};
