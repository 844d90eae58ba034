//! Choices that are remembered in the workspace.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// All settings. Unknown fields of a newer version are dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
    /// Sizes of panes and columns by name, in CSS pixels; at most 200 names are kept.
    pub panes: BTreeMap<String, u32>,
    /// Minutes without use after which a passphrase vault locks; None: never.
    pub vault_idle_minutes: Option<u32>,
}
