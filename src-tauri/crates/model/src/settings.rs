//! Choices that are remembered in the workspace.

use crate::{Error, FieldProblem, Problem, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use ts_rs::TS;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// Height of a row: 24 or 28 CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    #[default]
    Compact,
    Comfortable,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    System,
    En,
    De,
}

/// Whose clock times are shown by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TimeZone {
    #[default]
    Local,
    Utc,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HourCycle {
    #[default]
    H24,
    H12,
}

/// What is told on the desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Notifications {
    /// Off: nothing at all.
    pub native: bool,
    /// A credential in use ends soon, has ended, or was not renewed.
    pub credential_ends: bool,
    /// A session failed and does not try again.
    pub session_failed: bool,
}

impl Default for Notifications {
    fn default() -> Self {
        Self { native: true, credential_ends: true, session_failed: true }
    }
}

/// Font scales that a page draws well, in percent.
const FONT_SCALE: RangeInclusive<u32> = 90..=130;
/// Budgets of the log that are of use, in MiB.
const LOG_MEBIBYTES: RangeInclusive<u32> = 16..=16_384;
/// Names kept in [`Settings::panes`].
const MAX_PANES: usize = 200;

/// All settings. Unknown fields of a newer version are dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
    pub density: Density,
    /// Percent, 90 to 130.
    pub font_scale: u32,
    pub language: Language,
    pub time_zone: TimeZone,
    pub hour_cycle: HourCycle,
    /// Budget of the log in MiB, 16 to 16,384; None: as the program was started, 256 by itself.
    pub log_mebibytes: Option<u32>,
    /// Keys without Ctrl or Alt work in lists and tables.
    pub single_keys: bool,
    pub notifications: Notifications,
    /// Sizes of panes and columns by name, in CSS pixels; at most 200 names are kept.
    pub panes: BTreeMap<String, u32>,
    /// Minutes without use after which a passphrase vault locks; None: never.
    pub vault_idle_minutes: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            density: Density::default(),
            font_scale: 100,
            language: Language::default(),
            time_zone: TimeZone::default(),
            hour_cycle: HourCycle::default(),
            log_mebibytes: None,
            single_keys: true,
            notifications: Notifications::default(),
            panes: BTreeMap::new(),
            vault_idle_minutes: None,
        }
    }
}

impl Settings {
    /// # Errors
    /// `InvalidFields` naming each value that is out of its range.
    pub fn check(&self) -> Result<()> {
        let within = [
            ("font_scale", FONT_SCALE.contains(&self.font_scale)),
            ("log_mebibytes", self.log_mebibytes.is_none_or(|size| LOG_MEBIBYTES.contains(&size))),
            ("vault_idle_minutes", self.vault_idle_minutes != Some(0)),
            ("panes", self.panes.len() <= MAX_PANES),
        ];
        let out: Vec<_> = within
            .into_iter()
            .filter(|(_, good)| !good)
            .map(|(field, _)| FieldProblem { field: field.into(), problem: Problem::OutOfRange })
            .collect();
        if out.is_empty() { Ok(()) } else { Err(Error::fields(out)) }
    }
}
