//! What a client may take from the sandbox. The figures are the hub's own, not the protocol's.

use crate::personality::thingsboard;
use hubscope_model::Personality;
use std::time::Duration;

/// Bounds of a sandbox. Everything that a client can make grow is bounded by one of these.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Clients online at the same time. A further CONNECT is refused as "server busy".
    pub clients: usize,
    /// Sockets that may be open beyond `clients`, to be told that the hub is busy. A further one is closed at once.
    pub waiting: usize,
    /// Time from the TCP connection to a complete CONNECT, TLS handshake included.
    pub connect_timeout: Duration,
    /// Time that the last bytes to a client (a refusal, a DISCONNECT) may take.
    pub farewell: Duration,
    /// Largest packet read, in bytes with its header. Announced to MQTT 5 clients.
    pub packet: usize,
    /// Messages of QoS 1 and 2 on their way to a client and not done with.
    pub inflight: usize,
    /// Messages of QoS 1 and 2 that an MQTT 5 client may have on their way to the broker (receive maximum).
    pub receive_maximum: u16,
    /// Topic aliases of an MQTT 5 client of the broker, in each direction.
    pub topic_aliases: u16,
    /// Longest keep-alive, in seconds, that an MQTT 5 client of the broker may have; it is told (server keep-alive).
    /// None leaves it to the client.
    pub keep_alive: Option<u16>,
    /// Bytes queued for one client, unacknowledged ones included. Beyond it QoS 0 messages are dropped and counted;
    /// a message of QoS 1 or 2 ends the session instead, since it must not be lost silently.
    pub outbox: usize,
    /// Longest time that a session is kept for a client that is away, seconds.
    pub expiry: u32,
    /// Sessions kept at the same time; beyond it the one that ends soonest is forgotten.
    pub kept: usize,
    /// Messages of QoS 1 and 2 that wait for a client that is away; further ones are dropped and counted.
    pub away_messages: usize,
    /// Bytes of them.
    pub away_bytes: usize,
    /// Filters of one client.
    pub subscriptions: usize,
    /// Retained messages.
    pub retained: usize,
    /// Bytes of all retained messages.
    pub retained_bytes: usize,
}

impl Limits {
    /// The same, but no more than the hub that is played gives.
    pub(crate) fn of(self, personality: Personality) -> Self {
        match personality {
            Personality::Broker | Personality::Kaa => self,
            Personality::Azure => Self {
                // Five topics at a time ("Communicate with an IoT hub using the MQTT protocol"); a message of 256 KB
                // with a topic of 64 KB; 50 messages wait for a device ("Send cloud-to-device messages").
                subscriptions: self.subscriptions.min(5),
                packet: self.packet.min(320 * 1024),
                away_messages: self.away_messages.min(50),
                ..self
            },
            // The decoder's limit is on what follows the fixed header, which has up to five bytes.
            Personality::ThingsBoard => Self { packet: self.packet.min(thingsboard::LARGEST + 5), ..self },
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            clients: 256,
            waiting: 64,
            connect_timeout: Duration::from_secs(10),
            farewell: Duration::from_secs(1),
            packet: 1024 * 1024,
            inflight: 128,
            receive_maximum: 128,
            topic_aliases: 64,
            keep_alive: None,
            outbox: 8 * 1024 * 1024,
            expiry: 24 * 60 * 60,
            kept: 256,
            away_messages: 1000,
            away_bytes: 1024 * 1024,
            subscriptions: 256,
            retained: 10_000,
            retained_bytes: 32 * 1024 * 1024,
        }
    }
}
