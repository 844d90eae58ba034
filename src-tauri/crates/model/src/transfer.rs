//! Export and import of a workspace or a part of it. The file's format is in docs/EXPORT.md.

use crate::{FileHandle, HubId, SecretText, UndoId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What goes into an export. Without a passphrase no secret does.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ExportRequest {
    /// None: all hubs but the sandbox, with their devices and subscriptions, and the settings.
    pub hubs: Option<Vec<HubId>>,
    /// Encrypts the file, and lets secrets in.
    pub passphrase: Option<SecretText>,
}

/// What was written. Desktop: to the file the user chose; browser: `download` is fetched with `file.download`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Exported {
    /// None when the user closed the dialog.
    pub file_name: Option<String>,
    pub download: Option<FileHandle>,
    pub hubs: u32,
    pub devices: u32,
    pub secrets: u32,
}

/// A file to be imported.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ImportFile {
    pub file: FileHandle,
    pub passphrase: Option<SecretText>,
}

/// How an item of the file stands to the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportVerdict {
    New,
    /// The same as what is here.
    Same,
    /// The same id or address, with differences; `differences` names the fields.
    Differs,
}

/// What to do with an item. Nothing here is overwritten unless `Replace` is chosen for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportAction {
    Skip,
    Add,
    Replace,
    /// As a new item beside the one that is here.
    AddCopy,
}

/// A hub of the file, with what it brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportHub {
    /// Place in the file; choices refer to it.
    pub index: u32,
    pub name: String,
    pub address: String,
    pub verdict: ImportVerdict,
    pub differences: Vec<String>,
    /// What of it is not taken over.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
    pub devices: Vec<ImportDevice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportDevice {
    pub index: u32,
    pub name: String,
    pub verdict: ImportVerdict,
    pub differences: Vec<String>,
    /// Secrets the file has for it.
    pub secrets: u32,
    /// What of it is not taken over.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
}

/// The program whose connections a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportSource {
    Hubscope,
    Mqttx,
    MqttExplorer,
    /// A `mosquitto.conf` with bridges.
    Mosquitto,
}

/// Why a part of a foreign connection is not taken over. The page has a sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// Certificates and keys are named as files of that computer; choose them in the form.
    CertificateFiles,
    /// CA given as a file or folder of that computer.
    CaFile,
    /// The connection does not check the server's certificate; Hubscope always does.
    Unchecked,
    /// TLS by a pre-shared key.
    PreSharedKey,
    /// Enhanced authentication of MQTT 5: the MQTT library cannot read an AUTH packet.
    Authentication,
    /// MQTT 3.1, or a version that is not known.
    Version,
    /// A bridge that only sends, or a remapped topic, is no subscription.
    BridgeTopics,
    /// Further addresses of a bridge.
    MoreAddresses,
    /// The password is encrypted or kept elsewhere.
    Password,
    /// Saved messages, scripts, graphs and the like.
    Extras,
    /// A field that no form would take: host, port, topic filter, will.
    Invalid,
}

/// A part that is not taken over, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftOut {
    /// Name of the connection or field in the file.
    pub what: String,
    pub reason: LeftOutReason,
}

/// A preset of the file. Presets are told apart by their ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportPreset {
    pub index: u32,
    pub name: String,
    pub verdict: ImportVerdict,
    pub differences: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportPreview {
    pub source: ImportSource,
    /// Unix seconds; 0 where the file does not say.
    pub written: i64,
    /// Version of the program that wrote it, if the file says.
    pub version: String,
    pub encrypted: bool,
    pub hubs: Vec<ImportHub>,
    pub presets: Vec<ImportPreset>,
    pub settings: bool,
    /// Connections that are not taken over at all.
    pub left_out: Vec<LeftOut>,
}

/// A choice for one hub, device or preset of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportChoice {
    pub index: u32,
    pub action: ImportAction,
}

/// Imports; what is not named is skipped.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ImportRequest {
    pub file: FileHandle,
    pub passphrase: Option<SecretText>,
    pub hubs: Vec<ImportChoice>,
    pub devices: Vec<ImportChoice>,
    #[serde(default)]
    pub presets: Vec<ImportChoice>,
    pub settings: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Imported {
    pub hubs: u32,
    pub devices: u32,
    pub presets: u32,
    pub secrets: u32,
    /// How the import is taken back; None where it replaced something or brought settings.
    pub undo: Option<UndoId>,
}
