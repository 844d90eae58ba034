//! Hubs: the platform endpoints that devices connect to.

use crate::{Connection, HubId, HubTrust, SecretEntry, SessionOptions, StoredSecret, Transport, TrustDraft};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HubKind {
    MqttBroker,
    #[serde(rename = "thingsboard")]
    ThingsBoard,
    AzureIotHub,
    /// Azure's device provisioning service; its devices are registrations.
    AzureDps,
    Kaa,
    /// The sandbox in its own personality; the others take the kind that they play.
    Sandbox,
}

/// An HTTP request with places to fill: `{endpoint_id}`, `{application}` (the part of the app version before its
/// last dash), `{token_id}` (the hub's id of the token, as read before), `{state}` (the vendor's word in upper case)
/// and `{reason}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RequestTemplate {
    pub method: String,
    /// Appended to the base URL.
    pub path: String,
    /// JSON text; empty for none.
    pub body: String,
}

/// A Kaa cluster's REST API, by which an endpoint token's state is read and changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KaaRest {
    pub base_url: String,
    /// The header that carries the API key.
    pub header: String,
    pub read: RequestTemplate,
    /// The vendor does not publish this call; it can be edited.
    pub change: RequestTemplate,
}

/// What only some kinds of hub have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct HubDetails {
    /// White-label preset that the hub was made from.
    pub preset: Option<String>,
    /// DPS.
    pub id_scope: Option<String>,
    /// DPS: where its service API answers (`serviceOperationsHostName` of the vendor's REST reference). Devices of every
    /// service may use one global host, so this is not the hub's own.
    pub service_host: Option<String>,
    /// Azure: name of the shared access policy whose key is [`crate::SecretField::PolicyKey`].
    pub policy: Option<String>,
    /// Azure IoT Edge: the host that devices connect to in the hub's place. User names and tokens keep the hub's own.
    pub gateway: Option<String>,
    pub kaa: Option<KaaRest>,
    /// None: those of the platform.
    pub defaults: Option<HubDefaults>,
}

/// What new devices, subscriptions and messages of a hub start with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct HubDefaults {
    /// Session options of a new device.
    pub session: Option<SessionOptions>,
    /// What a new device subscribes to; None: what its platform sends it.
    pub filter: Option<String>,
    /// QoS of a new subscription.
    pub subscribe_qos: Option<u8>,
    /// Topic of a new message.
    pub topic: Option<String>,
    pub payload: Option<String>,
    pub publish_qos: Option<u8>,
    pub retain: bool,
}

/// A hub as stored and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hub {
    pub id: HubId,
    pub kind: HubKind,
    pub name: String,
    /// Host name or address; empty for a Unix socket. The sandbox's is filled in while it runs.
    pub host: String,
    pub port: u16,
    pub transport: Transport,
    #[serde(default)]
    pub connection: Connection,
    pub trust: HubTrust,
    pub details: HubDetails,
    /// The embedded hub, in whatever personality.
    pub sandbox: bool,
    pub secrets: Vec<StoredSecret>,
}

impl Hub {
    /// A new hub of the user's, called like its host, that the system's roots vouch for.
    pub fn new(kind: HubKind, host: impl Into<String>, port: u16, transport: Transport) -> Self {
        let host = host.into();
        Self {
            id: HubId::new(),
            kind,
            name: host.clone(),
            host,
            port,
            transport,
            connection: Connection::default(),
            trust: HubTrust::default(),
            details: HubDetails::default(),
            sandbox: false,
            secrets: Vec::new(),
        }
    }
}

/// A hub form. Without `id` a new hub is made.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct HubDraft {
    pub id: Option<HubId>,
    pub kind: HubKind,
    pub name: String,
    pub host: String,
    pub port: u16,
    pub transport: Transport,
    #[serde(default)]
    pub connection: Connection,
    pub trust: TrustDraft,
    #[serde(default)]
    pub details: HubDetails,
    #[serde(default)]
    pub secrets: Vec<SecretEntry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HubRef {
    pub hub: HubId,
}

/// A known endpoint, to start a hub form from: built in, or saved by the user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HubPreset {
    /// Stable; goes into [`HubDetails::preset`]. A word, or the UUID of the user's own.
    pub id: String,
    pub name: String,
    pub kind: HubKind,
    /// Empty where it is the customer's own.
    pub host: String,
    pub port: u16,
    pub transport: Transport,
    #[serde(default)]
    pub connection: Connection,
    #[serde(default)]
    pub trust: HubTrust,
    pub details: HubDetails,
    /// Saved by the user, and so removable.
    pub own: bool,
}

/// Saves a ThingsBoard hub form as a white-label: its address, connection and trust, and nothing secret.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PresetDraft {
    pub name: String,
    /// The form as it stands; its host may be empty.
    pub hub: HubDraft,
}

/// A preset that the user saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PresetRef {
    pub preset: String,
}

/// The built-in ones first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HubPresets {
    pub presets: Vec<HubPreset>,
}
