//! What a hub makes of its clients: who gets in, who may use which topic, what becomes of a message. One
//! implementation for each personality, written from the vendors' papers and not from what our own client sends.

pub(crate) mod azure;
pub(crate) mod broker;
pub(crate) mod kaa;
pub(crate) mod thingsboard;

use crate::broker::{PublishProblem, SubscribeProblem};
use crate::handshake::{Connect, Refusal};
use crate::limits::Limits;
use crate::message::{Message, Qos};
use crate::sessions::SessionKey;
use std::sync::Arc;
use std::time::Duration;

/// What the TLS handshake showed of a client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Peer {
    /// Its certificates as DER, leaf first. The handshake proved that it has the leaf's key; nothing else was judged.
    pub certificates: Vec<Vec<u8>>,
}

/// A client that is let in.
#[derive(Clone, Debug)]
pub(crate) struct Admission {
    /// The device that it speaks for, where CONNECT says it.
    pub device: Option<Arc<str>>,
    /// Under which a newer connection takes this one over; None: under its client id.
    pub session: Option<String>,
    /// The session may outlive the connection.
    pub keeps: bool,
    /// Seconds; 0 is off.
    pub keep_alive: u16,
    /// The connection is closed after this time.
    pub valid_for: Option<Duration>,
}

/// What a hub has of MQTT's options, as CONNACK tells it (MQTT 5 section 3.2.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// The highest that a client may publish with and is granted.
    pub qos: Qos,
    /// Shared subscriptions.
    pub shared: bool,
    /// Topic aliases that a client may use.
    pub topic_aliases: u16,
    /// Messages of QoS 1 and 2 that a client may have on their way.
    pub receive_maximum: u16,
}

/// What the vendors' hubs have: little.
impl Default for Offer {
    fn default() -> Self {
        Self { qos: Qos::AtLeastOnce, shared: false, topic_aliases: 0, receive_maximum: u16::MAX }
    }
}

impl Offer {
    /// Everything that MQTT has.
    fn whole(limits: &Limits) -> Self {
        let (topic_aliases, receive_maximum) = (limits.topic_aliases, limits.receive_maximum);
        Self { qos: Qos::ExactlyOnce, shared: true, topic_aliases, receive_maximum }
    }
}

/// A client as the hub's rules see it.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub key: SessionKey,
    pub device: Option<Arc<str>>,
}

/// What becomes of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grant {
    Given,
    Refused(SubscribeProblem),
    /// The connection ends.
    Close,
}

/// What becomes of a message that a client publishes.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// It goes to who subscribed to its topic.
    Route,
    /// It stays with the hub.
    Keep {
        device: Arc<str>,
        /// What the hub says to that, to the same client.
        reply: Option<Message>,
    },
    /// It is not taken, and the client is told so by a message.
    Answer(Message),
    Refused(PublishProblem),
    /// The connection ends.
    Close,
}

/// The rules of one hub.
pub(crate) trait Hub: Send + Sync {
    /// Judges a CONNECT.
    fn admit(&self, connect: &Connect, peer: &Peer) -> Result<Admission, Refusal>;

    /// Judges a filter that is valid in MQTT.
    fn subscribe(&self, member: &Member, filter: &str) -> Grant;

    /// Judges a message whose topic is valid in MQTT.
    fn publish(&self, member: &Member, message: &Message) -> Verdict;

    /// What the hub has of MQTT's options.
    fn offers(&self, _: &Limits) -> Offer {
        Offer::default()
    }

    /// Whether the hub brings messages, wills among them, from client to client.
    fn routes(&self) -> bool {
        false
    }

    /// Whether CONNACK claims a session that is not there.
    fn claims_sessions(&self) -> bool {
        false
    }
}
