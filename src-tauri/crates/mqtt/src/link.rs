//! The seam between the session and the two protocol versions of the library.

use crate::desk::Desk;
use crate::failure::Failure;
use crate::flight::Repeat;
use crate::outbox::Outgoing;
use crate::sink::Received;
use crate::subscriptions::Ask;
use hubscope_model::{ControlPacket, Terms, Text};
use std::future::Future;
use std::time::Duration;

/// One connection attempt's event loop, of either version.
pub(crate) trait Link: Send {
    type Event: Send;

    /// Waits for the next event of the library. Dropping the future may lose a packet half written: only a
    /// connection that is given up may do that.
    fn poll(&mut self) -> impl Future<Output = Result<Self::Event, Failure>> + Send;

    /// An event that the library has ready, without waiting.
    fn ready(&mut self) -> Option<Self::Event>;

    /// The control packet behind an event, for the packet lane; `desk` knows what was handed over.
    fn packet(&self, event: &Self::Event, desk: &Desk) -> Option<ControlPacket>;

    /// The CONNACK that ended this attempt, if one did.
    fn refusal(&self) -> Option<ControlPacket>;

    /// What an event means. An error ends the connection.
    fn read(&mut self, event: Self::Event) -> Result<Happening, Failure>;

    /// What is open from an earlier connection, sent again if the broker kept the session. Before the first poll.
    fn repeat(&mut self, open: Vec<Repeat>);

    /// The broker said something, so it lives, whatever became of the answer to a PING.
    fn heard(&mut self);

    /// CONNACK arrived. Returns the keep-alive in force.
    fn connected(&mut self) -> Duration;
}

/// Hands requests to a link's event loop while that is being polled.
pub(crate) trait Requests: Send + Sync {
    fn ask(&self, ask: Ask) -> impl Future<Output = ()> + Send;
    fn publish(&self, outgoing: Outgoing) -> impl Future<Output = ()> + Send;
    fn disconnect(&self) -> impl Future<Output = ()> + Send;
}

/// A library event in our words.
#[derive(Debug)]
pub(crate) enum Happening {
    Message(Received),
    /// A message with QoS 2, which may have been delivered already.
    MessageOnce(u16, Received),
    /// PUBREL: no repetition of this message comes any more.
    Settled(u16),
    Connected {
        session_present: bool,
        terms: Box<Terms>,
    },
    /// A publish of ours was written, with its packet id (0 for QoS 0).
    PublishTaken(u16),
    /// PUBREC: the broker has the message (QoS 2); PUBCOMP follows.
    Released(u16),
    /// PUBACK, PUBCOMP, or a PUBREC that refuses.
    Acknowledged {
        id: u16,
        refused: Option<Text>,
    },
    /// SUBACK: the granted QoS, or why not.
    Subscribed(Result<u8, Text>),
    Unsubscribed,
    PingSent,
    Pong,
    Disconnected,
    Nothing,
}

impl Happening {
    /// Whether the broker sent it.
    pub fn is_inbound(&self) -> bool {
        !matches!(self, Self::PublishTaken(_) | Self::PingSent | Self::Disconnected | Self::Nothing)
    }
}
