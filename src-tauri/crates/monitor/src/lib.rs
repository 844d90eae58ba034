//! The log of everything that passes, and what can be seen of it: views, the filter language, the topic tree.
//!
//! No I/O and no tasks: [`Monitor`] is memory behind one short lock. Received + sent = kept + evicted + dropped
//! holds whenever the lock is free.

mod detail;
mod filter;
mod log;
mod monitor;
mod pins;
mod preview;
mod query;
mod search;
mod sessions;
mod state;
#[cfg(test)]
mod tests;
mod topics;
mod view;
mod window;

pub use monitor::{Limits, Monitor, NewMessage, ScanNeeded, ScanProgress};
pub use sessions::SessionCounts;
pub use topics::{NodeId, TopicValue, TreeNode};
