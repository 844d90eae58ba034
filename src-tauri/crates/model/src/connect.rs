//! What CONNECT will carry, shown before it is sent.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One line of a CONNECT preview: the text, or a secret by its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "shown")]
pub enum ShownValue {
    /// As it will be sent.
    Text { text: String },
    /// A secret: `word` says which ("token", "password", "SAS token"), `ends` its last four characters.
    Masked { word: String, ends: Option<String> },
    /// Sent empty or not at all.
    Empty,
    /// The hub does not look at it.
    Anything,
}

/// What CONNECT carries, as it will be sent, secrets masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConnectParameters {
    pub host: String,
    pub port: u16,
    pub transport: crate::Transport,
    /// WebSocket: path of its URL; Unix socket: its file.
    pub path: Option<String>,
    /// A client certificate is presented.
    pub client_certificate: bool,
    pub version: crate::MqttVersion,
    pub client_id: ShownValue,
    pub user_name: ShownValue,
    pub password: ShownValue,
    pub clean_session: bool,
    /// Topic of the last will.
    pub will: Option<String>,
    /// Seconds.
    pub keep_alive: u16,
    /// Bytes.
    pub max_packet_size: u32,
    /// Highest QoS that the hub takes.
    pub max_qos: u8,
    /// Whether the hub keeps retained messages.
    pub retain: bool,
    /// Where telemetry is published; secrets in it are masked as `token •7Qd2`.
    pub topic: Option<String>,
    /// What the hub dictates and why, as codes of the catalogue.
    pub rules: Vec<ConnectRule>,
}

/// Why a value is as it is. The page has a sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectRule {
    AzureTlsOnly,
    AzureClientIdIsDevice,
    AzureKeepAliveLimit,
    AzureNoQos2,
    AzureNoRetain,
    AzureFiveSubscriptions,
    /// A will can only be telemetry.
    AzureWillIsTelemetry,
    AzureCommonNameIsDevice,
    AzureThumbprintRegistered,
    DpsNoQueryMark,
    DpsCommonNameIsRegistration,
    ThingsBoardTokenIsUserName,
    ThingsBoardNoSession,
    ThingsBoardNoQos2,
    ThingsBoardTopicList,
    ThingsBoardPayloadLimit,
    ThingsBoardAnyPassword,
    ThingsBoardCertificateId,
    ThingsBoardProvision,
    KaaTokenInTopic,
    KaaClientCredentials,
    KaaCertificateBySerial,
}
