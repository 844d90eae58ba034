//! Pasted addresses and command lines, understood before anything is saved.

use crate::{
    Certificate, Connection, Credential, DeviceId, FileHandle, HubDetails, HubId, HubKind, MqttVersion, SecretText,
    StoredSecret, Transport,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Pasted text; it may hold a password.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PasteText {
    pub text: SecretText,
}

/// What the text was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PasteForm {
    Url,
    MosquittoPub,
    MosquittoSub,
    /// MQTT.js: `mqtt pub`, `mqtt sub`, or a `connect(…)` call.
    MqttJs,
    /// `az iot …`.
    AzCommand,
    DeviceConnectionString,
    ModuleConnectionString,
    /// Of a shared access policy: makes a hub and no device.
    ServiceConnectionString,
    SasToken,
    /// Lines such as `host: …`, `user: …`, `password: …`.
    Block,
    /// A certificate, with or without its key; the hub is missing.
    Pem,
}

/// Something about the text that its user should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PasteWarning {
    SasExpired,
    /// Less than an hour is left.
    SasEndsSoon,
    /// Key names were trimmed or a semicolon too many was dropped.
    Trimmed,
    /// The gateway's address is used, the hub's name goes into the user name.
    Gateway,
}

/// A message that a pasted command would publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PastedMessage {
    pub topic: String,
    pub payload: String,
    pub qos: u8,
    pub retain: bool,
}

/// What was understood; secrets only by their end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Recognised {
    pub form: PasteForm,
    pub kind: HubKind,
    pub host: String,
    pub port: u16,
    pub transport: Transport,
    pub connection: Connection,
    pub version: MqttVersion,
    pub client_id: Option<String>,
    pub credential: Credential,
    /// Secrets that were found, by field.
    pub secrets: Vec<StoredSecret>,
    pub details: HubDetails,
    pub certificate: Option<Certificate>,
    /// The CA file the command names; the page offers to choose it.
    pub ca_file: Option<String>,
    pub subscriptions: Vec<PastedSubscription>,
    pub message: Option<PastedMessage>,
    /// Options that were read and do nothing here.
    pub ignored: Vec<String>,
    pub warnings: Vec<PasteWarning>,
    /// Fields without which nothing can be saved, by their name in the forms.
    pub missing: Vec<String>,
    /// The policy of a hub that is here and that saving could replace.
    pub policy_here: Option<PolicyHere>,
}

/// A hub of the workspace that has another shared access policy, or another key of it, than the pasted text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PolicyHere {
    pub hub: HubId,
    pub name: String,
    /// Name of the policy, if one is stored.
    pub policy: Option<String>,
    /// Its key, if one is stored.
    pub key: Option<StoredSecret>,
}

/// What becomes of a policy that is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PolicyChoice {
    #[default]
    Keep,
    Replace,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PastedSubscription {
    pub filter: String,
    pub qos: u8,
}

/// Saves what was understood as a hub and a device; a hub with the same address is used again.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PasteAdd {
    pub text: SecretText,
    pub ca: Option<FileHandle>,
    /// The hub here that a certificate's device is put on.
    #[serde(default)]
    pub hub: Option<HubId>,
    /// For [`Recognised::policy_here`].
    #[serde(default)]
    pub policy: PolicyChoice,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PasteAdded {
    pub hub: HubId,
    /// None: the text names no device.
    pub device: Option<DeviceId>,
    /// Goes into the composer.
    pub message: Option<PastedMessage>,
}
