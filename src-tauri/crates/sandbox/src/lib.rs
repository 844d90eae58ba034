//! The sandbox hub: a hub on loopback with devices of its own, so that everything can be tried without an account and
//! tested without a network. It plays a small broker, Azure IoT Hub, ThingsBoard or Kaa, as [`Options::personality`]
//! says, with their authentication, topics and refusals.
//!
//! As a broker it speaks all of MQTT 3.1.1 and 5 but enhanced authentication: QoS 2, wills and their delay, kept
//! sessions, retained messages, shared subscriptions, topic aliases and the other properties, over TCP, TLS and
//! WebSocket. The vendors' hubs offer less, and so do their personalities. It shares no protocol code with the client
//! side. [`Faults`] make it do wrong on purpose.

mod aliases;
mod arrivals;
mod broker;
mod cast;
mod connection;
mod counters;
mod devices;
mod doors;
mod faults;
mod frame;
mod fresh;
mod handshake;
mod known;
mod limits;
mod listener;
mod login;
mod message;
mod options;
mod outbox;
mod packets;
mod personality;
mod protocol;
mod retained;
mod sandbox;
mod services;
mod sessions;
mod subscriptions;
mod topics;
#[cfg(test)]
mod vectors;
mod websocket;
#[cfg(test)]
mod wire_tests;

pub use arrivals::{Arrived, Watch};
pub use counters::Counters;
pub use faults::{Fault, FaultId, Faults, Misdeed, PacketKind};
pub use known::{KnownDevice, known_devices};
pub use limits::Limits;
pub use login::{ClientCredentials, Login, Policy, Rest, SimulatedDevice};
pub use options::{Behaviour, Options};
pub use sandbox::Sandbox;
