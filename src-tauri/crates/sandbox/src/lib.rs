//! The sandbox hub: a small MQTT broker on loopback with five simulated devices, so that everything can be tried
//! without an account and tested without a network.
//!
//! It speaks MQTT 3.1.1 and 5 with QoS 0 and 1, retained messages and wildcards, over TCP and TLS, and shares no
//! protocol code with the client side. What it does not do: keep a session after its connection (session present is
//! always 0), QoS 2 (granted as 1; a QoS 2 publish ends the connection), shared subscriptions, topic aliases,
//! enhanced authentication. A device with a valid credential may use any topic.

mod auth;
mod broker;
mod connection;
mod counters;
mod devices;
mod frame;
mod handshake;
mod limits;
mod listener;
mod message;
mod outbox;
mod packets;
mod protocol;
mod retained;
mod sandbox;
mod sessions;
mod subscriptions;
mod topics;
#[cfg(test)]
mod vectors;
#[cfg(test)]
mod wire_tests;

pub use counters::Counters;
pub use devices::{DEVICES, KnownDevice};
pub use limits::Limits;
pub use sandbox::{Behaviour, Options, Sandbox, SimulatedDevice};
