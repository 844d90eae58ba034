//! Live MQTT sessions.

use crate::{DeviceId, Error, MqttVersion, PublishId, Seq, SessionId, SubscriptionId, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a session is on its way. Times are Unix microseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum SessionState {
    Idle,
    Connecting {
        attempt: u32,
    },
    Online {
        since: i64,
        session_present: bool,
    },
    /// Tries again at `until`; `reason` is why the last try ended.
    Waiting {
        until: i64,
        attempt: u32,
        reason: Error,
    },
    Closing,
    /// Stopped for good; only the user starts it again.
    Failed {
        error: Error,
    },
}

/// What the broker said to a subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum Grant {
    /// Not sent yet, or no answer yet.
    Pending,
    Granted {
        qos: u8,
    },
    Refused {
        reason: Text,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SubscriptionStatus {
    pub subscription: SubscriptionId,
    pub grant: Grant,
    /// Messages received that match the filter, this session.
    pub received: u64,
}

/// A session as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Session {
    pub id: SessionId,
    pub device: DeviceId,
    pub state: SessionState,
    pub version: MqttVersion,
    /// "TLS 1.3", or None on a plain connection.
    pub tls: Option<String>,
    pub client_id: String,
    pub endpoint: String,
    pub keep_alive: u16,
    /// Time from the last PING (or publish) to its answer, microseconds.
    pub round_trip: Option<u64>,
    pub received: u64,
    pub sent: u64,
    pub subscriptions: Vec<SubscriptionStatus>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sessions {
    pub sessions: Vec<Session>,
}

/// How the page sends a payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "encoding")]
pub enum PayloadDraft {
    Text { text: String },
    Base64 { base64: String },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PublishDraft {
    pub device: DeviceId,
    pub topic: String,
    pub payload: PayloadDraft,
    pub qos: u8,
    pub retain: bool,
}

/// A publish that was taken: its entry in the log and its id in the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Published {
    pub seq: Seq,
    pub publish: PublishId,
}
