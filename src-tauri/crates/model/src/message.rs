//! Entries of the log as the page sees them.

use crate::{DeviceId, SessionId, Text, TopicId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An entry's place in the log, counted from 0 since the engine started.
pub type Seq = u64;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Received by a session of this machine.
    In,
    /// Sent by a session of this machine.
    Out,
    /// Read from a hub's own stream.
    Hub,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EntryClass {
    Message,
    /// Connected, refused, subscribed …
    Event,
    /// Something was lost here.
    Gap,
    Mark,
}

/// How bad an event is, for its colour and icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

/// What became of a publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum PublishOutcome {
    /// Waits for the connection or for the acknowledgement.
    Pending,
    /// QoS 0: handed to the network.
    Sent,
    /// QoS 1 and 2: the broker took it, `after` microseconds later.
    Acknowledged {
        after: u64,
    },
    Refused {
        reason: Text,
    },
    /// The connection ended before the answer came.
    Unknown,
}

/// How to read one piece of a payload preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PreviewKind {
    Key,
    Text,
    Number,
    Literal,
    Plain,
    /// Not readable as text; the piece is hex.
    Binary,
}

/// One piece of a payload preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewPiece {
    pub kind: PreviewKind,
    pub text: String,
}

/// One row of a view: just what the table shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Row {
    /// Absolute place in the view.
    pub ordinal: u64,
    pub seq: Seq,
    /// Unix microseconds, arrival on this machine.
    pub time: i64,
    pub class: EntryClass,
    pub direction: Option<Direction>,
    pub session: Option<SessionId>,
    pub topic: Option<RowTopic>,
    /// Payload bytes.
    pub size: u32,
    pub qos: u8,
    pub retain: bool,
    /// Data colour 1 to 8 of the subscription that brought it.
    pub colour: Option<u8>,
    pub severity: Option<Severity>,
    pub outcome: Option<PublishOutcome>,
    /// Of a message's payload.
    pub preview: Vec<PreviewPiece>,
    /// What an event, gap or mark says.
    pub text: Option<Text>,
    /// The preview was cut.
    pub cut: bool,
    /// Of a session whose server nobody checked.
    pub unverified: bool,
}

/// A row's topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum RowTopic {
    /// Interned by the log, which does so for a bounded number; the text is sent once to a client.
    Id(TopicId),
    /// One beyond that bound: nobody remembers it, so that every row carries its text, `cut` when it is long.
    Text { text: String, cut: bool },
}

/// An interned topic's text, sent once to a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TopicText {
    pub id: TopicId,
    /// Segments equal to a secret read `token •7Qd2`.
    pub text: String,
}

/// What the payload bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PayloadForm {
    Empty,
    Json,
    Text,
    Binary,
}

/// One MQTT 5 property, in the order received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Property {
    pub name: String,
    pub value: String,
}

/// Everything about one entry but its payload bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Entry {
    pub seq: Seq,
    pub time: i64,
    pub class: EntryClass,
    pub direction: Option<Direction>,
    pub session: Option<SessionId>,
    pub device: Option<DeviceId>,
    pub topic: Option<String>,
    pub qos: u8,
    pub retain: bool,
    pub dup: bool,
    pub size: u32,
    pub form: PayloadForm,
    pub severity: Option<Severity>,
    /// What an event, gap or mark says.
    pub text: Option<Text>,
    pub outcome: Option<PublishOutcome>,
    pub properties: Vec<Property>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EntryRef {
    pub seq: Seq,
}

/// A range of a payload; at most 1 MiB is answered at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PayloadRange {
    pub seq: Seq,
    pub offset: u32,
    pub length: u32,
}
