//! Pasted addresses and command lines, understood before anything is saved.

use crate::{DeviceId, FileHandle, HubId, HubKind, MqttVersion, SecretText};
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
    pub tls: bool,
    pub version: MqttVersion,
    pub client_id: Option<String>,
    pub user_name: Option<String>,
    pub has_password: bool,
    /// Last four characters of a password longer than 16.
    pub password_ends: Option<String>,
    /// The CA file the command names; the page offers to choose it.
    pub ca_file: Option<String>,
    pub subscriptions: Vec<PastedSubscription>,
    pub message: Option<PastedMessage>,
    /// Options that were read and do nothing here.
    pub ignored: Vec<String>,
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
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PasteAdded {
    pub hub: HubId,
    pub device: DeviceId,
    /// Goes into the composer.
    pub message: Option<PastedMessage>,
}
