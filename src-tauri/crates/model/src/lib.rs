//! Domain types, ids, the command table and error codes: the words every other floor shares.
//!
//! Everything here crosses the wire as JSON and has a generated TypeScript twin in
//! `ui/src/contract`. Sequences and microseconds are JSON numbers (they stay below 2^53).

pub mod broker_test;
pub mod certificate;
pub mod certificate_change;
pub mod certificate_list;
pub mod certificate_request;
pub mod command;
pub mod composing;
pub mod connect;
pub mod connection;
pub mod contract;
pub mod credential;
pub mod desk;
pub mod device;
pub mod diagnose;
pub mod error;
pub mod hub;
pub mod ids;
pub mod job;
pub mod message;
pub mod packet;
pub mod paste;
pub mod possession;
pub mod properties;
pub mod sandbox;
pub mod session;
pub mod settings;
pub mod shell;
pub mod text;
pub mod tick;
pub mod token;
pub mod topic;
pub mod transfer;
pub mod tree;
pub mod undo;
pub mod view;
pub mod window;
pub mod workspace;

pub use broker_test::*;
pub use certificate::*;
pub use certificate_change::*;
pub use certificate_list::*;
pub use certificate_request::*;
pub use command::{Commands, Reply, dispatch};
pub use composing::*;
pub use connect::*;
pub use connection::*;
pub use credential::*;
pub use desk::*;
pub use device::*;
pub use diagnose::*;
pub use error::*;
pub use hub::*;
pub use ids::*;
pub use job::*;
pub use message::*;
pub use packet::*;
pub use paste::*;
pub use possession::*;
pub use properties::*;
pub use sandbox::*;
pub use session::*;
pub use settings::*;
pub use shell::*;
pub use text::*;
pub use tick::*;
pub use token::*;
pub use transfer::*;
pub use tree::*;
pub use undo::*;
pub use view::*;
pub use window::*;
pub use workspace::*;

/// Answer of commands that have nothing to say but "done".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
pub struct Done {}
