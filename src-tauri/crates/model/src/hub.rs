//! Hubs: the platform endpoints that devices connect to.

use crate::{FileHandle, HubId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HubKind {
    MqttBroker,
    #[serde(rename = "thingsboard")]
    ThingsBoard,
    Sandbox,
}

/// A CA file that a hub trusts instead of the system's roots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaSummary {
    /// Name of the file it came from.
    pub file_name: String,
    pub subject: String,
    /// Unix seconds.
    pub not_after: i64,
}

/// A hub as stored and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hub {
    pub id: HubId,
    pub kind: HubKind,
    pub name: String,
    /// Host name or address. The sandbox's is filled in while it runs.
    pub host: String,
    pub port: u16,
    pub tls: bool,
    /// None: the system's roots.
    pub ca: Option<CaSummary>,
}

/// What to do with the CA of a hub that is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum CaChange {
    Keep,
    SystemRoots,
    File { handle: FileHandle },
}

/// A hub form. Without `id` a new hub is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HubDraft {
    pub id: Option<HubId>,
    pub kind: HubKind,
    pub name: String,
    pub host: String,
    pub port: u16,
    pub tls: bool,
    pub ca: CaChange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HubRef {
    pub hub: HubId,
}
