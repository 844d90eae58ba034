//! The embedded hub.

use crate::{DeviceId, Error, HubId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which hub the sandbox plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Personality {
    /// Routes like a small broker.
    #[default]
    Broker,
    Azure,
    #[serde(rename = "thingsboard")]
    ThingsBoard,
    Kaa,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SandboxStart {
    #[serde(default)]
    pub personality: Personality,
}

/// A simulated device of the sandbox. Its words are catalogue keys of the page: `sandbox.device.<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SandboxDevice {
    pub id: String,
    /// It misbehaves on purpose.
    pub faulty: bool,
    /// Its device in the workspace, once the sandbox has run.
    pub device: Option<DeviceId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum SandboxState {
    Stopped,
    Starting,
    /// Listening on these loopback addresses, `127.0.0.1:PORT`. Azure has no plain port.
    Running {
        mqtt: Option<String>,
        mqtts: String,
    },
    Failed {
        error: Error,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sandbox {
    pub state: SandboxState,
    /// Of the run that is on, or was last.
    pub personality: Personality,
    /// Its hub in the workspace, once it has run.
    pub hub: Option<HubId>,
    pub devices: Vec<SandboxDevice>,
}
