//! MQTT sessions: 3.1.1 and 5 behind one type, on the library `rumqttc`, which no other crate names.
//!
//! A [`Session`] connects, reconnects with back-off, keeps its subscriptions, tracks every publish to its
//! acknowledgement, and stops where trying again cannot help. What it receives and learns goes to a [`Sink`].
//! Nothing is trusted to the library across a reconnect: each attempt has an event loop of its own, and the
//! outbox and the wanted subscriptions are ours. `tests/DEFECTS.md` names, for each defect of the library that
//! this design answers, the test that shows it.

mod actor;
mod aliases;
mod back_off;
mod connection;
mod desk;
mod exactly_once;
mod failure;
mod flight;
mod key_log;
mod lane;
mod link;
mod message;
mod options;
mod outbox;
mod packet;
mod probe;
mod properties;
mod renewal;
mod route;
mod session;
mod sink;
mod subscription;
mod subscriptions;
mod time;
mod tls_version;
mod token;
mod transport;
mod tunnel;
mod turn;
mod v4;
mod v5;
mod watch;

pub use hubscope_model::{ConnectProperties, Retained, Terms};
pub use key_log::KeyLog;
pub use message::{Publish, PublishProperties, Will};
pub use options::{Options, Retry, Timing};
pub use route::{Address, Proxy, ProxyKind, open_stream};
pub use session::Session;
pub use sink::{Event, Received, Sink, Topic};
pub use subscription::Subscription;
pub use token::{FreshToken, TokenSource};
pub use transport::{Transport, WebSocket};
