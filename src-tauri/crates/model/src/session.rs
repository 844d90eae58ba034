//! Live MQTT sessions.

use crate::{DeviceId, Error, MessageProperties, MqttVersion, PublishId, Seq, SessionId, SubscriptionId, Text};
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

/// What an MQTT 5 server can do, and what it put in the place of our wishes (CONNACK properties, section 3.2.2.3). The
/// default is that of the specification for what CONNACK leaves away: everything works. A 3.1.1 server tells nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Terms {
    pub assigned_client_id: Option<String>,
    /// Seconds.
    pub keep_alive: Option<u16>,
    /// Seconds that the server keeps the session, where it is not what was asked for.
    pub session_expiry: Option<u32>,
    /// Largest packet the server takes, in bytes.
    pub max_packet_size: Option<u32>,
    /// QoS 1 and 2 messages that it takes at once; None: 65,535.
    pub receive_maximum: Option<u16>,
    /// Topic aliases that it takes.
    pub topic_alias_maximum: u16,
    /// Largest QoS of a publish.
    pub maximum_qos: u8,
    pub retained_messages: bool,
    pub wildcard_subscriptions: bool,
    pub subscription_identifiers: bool,
    pub shared_subscriptions: bool,
    /// Base of response topics, if it was asked for.
    pub response_information: Option<String>,
    /// Another server that the client could use.
    pub server_reference: Option<String>,
    /// Reason string.
    pub reason: Option<String>,
    pub user_properties: Vec<(String, String)>,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            assigned_client_id: None,
            keep_alive: None,
            session_expiry: None,
            max_packet_size: None,
            receive_maximum: None,
            topic_alias_maximum: 0,
            maximum_qos: 2,
            retained_messages: true,
            wildcard_subscriptions: true,
            subscription_identifiers: true,
            shared_subscriptions: true,
            response_information: None,
            server_reference: None,
            reason: None,
            user_properties: Vec::new(),
        }
    }
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
    /// Connected once without a check of the server: anybody can be at the other end. It never connects again by itself.
    pub unverified: bool,
    /// Seconds, as wished for; the server's own is in `terms`.
    pub keep_alive: u16,
    /// What the server can do. None: not told, since it speaks MQTT 3.1.1 or the session is not online.
    pub terms: Option<Terms>,
    /// Time from the last PING (or publish) to its answer, microseconds.
    pub round_trip: Option<u64>,
    pub received: u64,
    pub sent: u64,
    pub subscriptions: Vec<SubscriptionStatus>,
}

/// Connects once without a check of the server's certificate. Nothing of it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConnectOnce {
    pub device: DeviceId,
    /// The user said a second time that whoever answers may have the device's credentials. Without it a device that has
    /// any is refused with `credentials_unconfirmed`, before anything is sent.
    pub send_credentials: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sessions {
    pub sessions: Vec<Session>,
    /// Devices whose TLS keys are written to a file.
    pub key_logs: Vec<KeyLog>,
}

/// TLS keys of a device's connections go to a file, so that whoever has it can read a recording of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeyLog {
    pub device: DeviceId,
    /// Without its folder.
    pub file_name: String,
    /// The file could not be written to; nothing more goes there.
    pub failed: bool,
}

/// How the page sends a payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "encoding")]
pub enum PayloadDraft {
    Text {
        text: String,
    },
    Base64 {
        base64: String,
    },
    /// A file that a dialog or an upload handed over.
    File {
        handle: crate::FileHandle,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PublishDraft {
    pub device: DeviceId,
    pub topic: String,
    pub payload: PayloadDraft,
    /// 0 to 2.
    pub qos: u8,
    pub retain: bool,
    /// MQTT 5 only.
    #[serde(default)]
    pub properties: MessageProperties,
}

/// A publish that was taken: its entry in the log and its id in the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Published {
    pub seq: Seq,
    pub publish: PublishId,
}
