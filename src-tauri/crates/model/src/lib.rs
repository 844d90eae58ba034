//! Domain types, ids, the command table and error codes: the words every other floor shares.
//!
//! Everything here crosses the wire as JSON and has a generated TypeScript twin in
//! `ui/src/contract`. Sequences and microseconds are JSON numbers (they stay below 2^53).

pub mod certificate;
pub mod command;
pub mod connect;
pub mod contract;
pub mod credential;
pub mod device;
pub mod error;
pub mod hub;
pub mod ids;
pub mod job;
pub mod message;
pub mod paste;
pub mod sandbox;
pub mod session;
pub mod settings;
pub mod shell;
pub mod text;
pub mod tick;
pub mod token;
pub mod topic;
pub mod transfer;
pub mod view;
pub mod workspace;

pub use certificate::*;
pub use command::{Commands, Reply, dispatch};
pub use connect::*;
pub use credential::*;
pub use device::*;
pub use error::*;
pub use hub::*;
pub use ids::*;
pub use job::*;
pub use message::*;
pub use paste::*;
pub use sandbox::*;
pub use session::*;
pub use settings::*;
pub use shell::*;
pub use text::*;
pub use tick::*;
pub use token::*;
pub use transfer::*;
pub use view::*;
pub use workspace::*;

/// Answer of commands that have nothing to say but "done".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
pub struct Done {}
