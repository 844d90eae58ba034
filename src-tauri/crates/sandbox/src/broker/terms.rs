//! What is asked of the broker, and what it answers.

use crate::message::Will;
use crate::outbox::Outgoing;
use crate::sessions::{Ended, SessionKey};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::Notify;

/// As many clients as allowed are online.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Busy;

/// Why a message was not routed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PublishProblem {
    TopicName,
    /// No room for another retained message.
    RetainedFull,
    /// A topic that the hub does not know and passes over: acknowledged, with a reason in MQTT 5.
    TopicUnknown,
    /// The payload is not in the form that the topic wants.
    Payload,
    /// The client that sent it has been taken over.
    Gone,
    /// Refused on demand, with this reason of MQTT 5.
    OnDemand(u8),
}

/// Why a subscription was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SubscribeProblem {
    Filter,
    Shared,
    TooMany,
    /// A topic that is not this client's.
    NotAuthorised,
    /// Refused on demand, with this reason of MQTT 5.
    OnDemand(u8),
}

/// When a subscription gets retained messages (MQTT 5 section 3.8.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetainHandling {
    Always,
    IfNew,
    Never,
}

/// What a connection finds when it was woken.
#[derive(Debug)]
pub(crate) struct Taken {
    pub deliveries: Vec<Outgoing>,
    pub ended: Option<Ended>,
}

/// What a client that was let in wants of its session.
#[derive(Debug)]
pub(crate) struct Opening {
    /// A newer connection with the same one takes this one over.
    pub client_id: String,
    /// The device that it speaks for, where CONNECT says it.
    pub device: Option<Arc<str>>,
    pub will: Option<Will>,
    /// Nothing of an earlier session counts.
    pub clean: bool,
    /// Seconds that the session is kept after its connection; 0 is not at all.
    pub expiry: u32,
}

/// A session that was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub key: SessionKey,
    pub wake: Arc<Notify>,
    /// It is an earlier one that goes on.
    pub present: bool,
    /// Ids of QoS 2 messages that the client has not released yet.
    pub received: HashSet<u16>,
}

/// To whom a hub's own message goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reach {
    /// Who is away finds it when he comes back.
    All,
    Online,
}
