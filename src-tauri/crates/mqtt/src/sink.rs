//! Where a session puts what it receives and learns.

use bytes::Bytes;
use hubscope_model::{ControlPacket, Error, Grant, Property, PublishId, PublishOutcome, SessionState, Terms};
use std::ops::Deref;

/// The receiving end of a session. It is called synchronously from the session's own task: what it takes long
/// over, the broker waits for (TCP back-pressure). It must not close its own session, and should not block: the
/// session cannot end meanwhile, and `Session::close` returns without its end.
pub trait Sink: Send + 'static {
    /// Messages in the order of arrival. `time_us` is Unix microseconds, one for the batch; what the sink leaves
    /// in `batch` is dropped.
    fn messages(&mut self, time_us: i64, batch: &mut Vec<Received>);

    /// Everything that is not a message, in order with the messages.
    fn event(&mut self, event: Event);

    /// A control packet, while [`crate::Session::watch_packets`] is on; in order with the other packets.
    fn packet(&mut self, _packet: ControlPacket) {}
}

/// What a session tells besides messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    State(SessionState),
    /// The protocol of a TLS connection, "TLS 1.3"; follows `Online`.
    Tls(String),
    /// What an MQTT 5 server allows and set; follows `Online`, only if it differs from [`Terms::default`].
    Terms(Terms),
    /// The broker's answer to a subscription; again after every reconnect. Where the broker kept the session it
    /// is not asked again, and this repeats what it granted.
    Subscribed {
        filter: String,
        grant: Grant,
    },
    Unsubscribed {
        filter: String,
    },
    /// The last word on a publish; each gets exactly one.
    Published {
        publish: PublishId,
        outcome: PublishOutcome,
    },
    /// From a PING, SUBSCRIBE or UNSUBSCRIBE to its answer. Publishes carry their own time.
    RoundTrip {
        micros: u64,
    },
    /// The token that the next CONNECT carries, or a change of its renewal. Times are Unix seconds; `renews` is None
    /// while it is not renewed by itself.
    Token {
        issued: i64,
        expires: i64,
        renews: Option<i64>,
    },
    /// A planned reconnect brought a fresh token; follows `Online`. `gap`: microseconds without a connection.
    Renewed {
        gap: u64,
    },
    /// No fresh token could be made, and the connection stays as it is; or the reconnect with it failed. It is tried
    /// again, unless the state says that the session ended.
    RenewalFailed {
        error: Error,
    },
}

/// A message as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    pub topic: Topic,
    pub payload: Bytes,
    pub qos: u8,
    pub retain: bool,
    /// The broker says that it may have sent this before.
    pub dup: bool,
    /// MQTT 5 only.
    pub properties: Vec<Property>,
}

/// A topic name, in the memory the library gave us: no copy is made of it.
#[derive(Clone)]
pub struct Topic(Text);

#[derive(Clone)]
enum Text {
    Owned(String),
    /// Checked to be UTF-8 when made.
    Shared(Bytes),
}

impl Topic {
    /// None if the bytes are not UTF-8.
    pub(crate) fn shared(bytes: Bytes) -> Option<Self> {
        std::str::from_utf8(&bytes).is_ok().then_some(Self(Text::Shared(bytes)))
    }

    pub fn as_str(&self) -> &str {
        match &self.0 {
            Text::Owned(text) => text,
            Text::Shared(bytes) => std::str::from_utf8(bytes).unwrap_or_default(),
        }
    }
}

impl From<String> for Topic {
    fn from(text: String) -> Self {
        Self(Text::Owned(text))
    }
}

impl Deref for Topic {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl std::fmt::Debug for Topic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_str().fmt(f)
    }
}
