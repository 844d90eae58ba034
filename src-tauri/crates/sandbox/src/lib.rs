//! The sandbox hub: a hub on loopback with devices of its own, so that everything can be tried without an account and
//! tested without a network. It plays a small broker, Azure IoT Hub, ThingsBoard or Kaa, as [`Options::personality`]
//! says, with their authentication, topics and refusals.
//!
//! It speaks MQTT 3.1.1 and 5 with QoS 0 and 1, retained messages, wildcards and kept sessions, over TCP and TLS, and
//! shares no protocol code with the client side. What it does not do: QoS 2 (granted as 1; a QoS 2 publish ends the
//! connection), shared subscriptions, topic aliases, enhanced authentication, will delay.

mod arrivals;
mod broker;
mod cast;
mod connection;
mod counters;
mod devices;
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
#[cfg(test)]
mod wire_tests;

pub use arrivals::{Arrived, Watch};
pub use counters::Counters;
pub use known::{KnownDevice, known_devices};
pub use limits::Limits;
pub use login::{ClientCredentials, Login, Policy, Rest, SimulatedDevice};
pub use options::{Behaviour, Options};
pub use sandbox::Sandbox;
