//! The workspace database and the vault, as states a page can show.

use crate::{SecretText, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether the database can be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum WorkspaceState {
    Ready,
    /// Another process writes it.
    ReadOnly {
        holder: String,
    },
    /// Made by a newer version of Hubscope; nothing was changed.
    Newer {
        found: u32,
        known: u32,
    },
    /// SQLite says it is damaged; nothing was changed.
    Damaged {
        detail: String,
    },
    /// It could not be opened for another reason (rights, disk full, locked).
    Unusable {
        detail: String,
    },
}

/// Where secrets are kept in this run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "level")]
pub enum VaultLevel {
    /// Being probed; never for longer than a few seconds.
    Opening,
    /// Encrypted in the workspace, locked by the operating system's secret store.
    OsStore,
    /// Encrypted in the workspace, locked by a passphrase, and open.
    Passphrase,
    /// Locked by a passphrase that was not entered yet, or again after a while.
    Locked,
    /// Sealed by the OS store, which cannot be used now; secrets are unreadable until it can.
    Unreachable { reason: Text },
    /// The header that holds the key under the passphrase is damaged: what is sealed cannot be opened, what is entered
    /// now stays in memory, and a new passphrase starts a new vault.
    Damaged,
    /// The header is of a newer version of Hubscope.
    Newer,
    /// For this run only; `reason` says why the OS store could not be used.
    Memory { reason: Text },
}

/// Opens a passphrase vault.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct VaultUnlock {
    pub passphrase: SecretText,
}

/// Puts the vault under a passphrase, or changes it.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct VaultPassphrase {
    /// Needed when one is in force.
    pub current: Option<SecretText>,
    /// At least 10 characters.
    pub new: SecretText,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorkspaceInfo {
    pub state: WorkspaceState,
    /// Shown so that a user can find and back up the file.
    pub location: String,
    pub vault: VaultLevel,
}
