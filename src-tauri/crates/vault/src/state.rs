//! What a vault knows at each level.

use std::sync::Arc;

use hubscope_model::{Text, VaultLevel};

use crate::VaultError;
use crate::header::Header;
use crate::key::DataKey;
use crate::passphrase::WrappingKey;

/// A vault's level with what belongs to it.
pub(crate) enum State {
    /// The OS store keeps the key. `next` only while a rotation is on, or after one that did not end: what is stored
    /// may be sealed by either.
    OsStore {
        current: Arc<DataKey>,
        next: Option<Arc<DataKey>>,
    },
    /// A passphrase guards the key, and was entered. The wrapping key stays for a rotation of the data key.
    Open {
        key: Arc<DataKey>,
        wrapping: WrappingKey,
        header: Header,
    },
    Locked {
        header: Header,
    },
    /// The OS store keeps the key and does not answer.
    Unreachable {
        reason: Text,
    },
    /// The header is damaged: no passphrase opens what is stored, and no key of the OS store does.
    Damaged,
    /// The header is of a newer version of Hubscope.
    Newer,
    /// The key ends with this process: what it seals must not replace what is stored.
    Memory {
        key: Arc<DataKey>,
        reason: Text,
    },
}

impl State {
    pub(crate) fn level(&self) -> VaultLevel {
        match self {
            Self::OsStore { .. } => VaultLevel::OsStore,
            Self::Open { .. } => VaultLevel::Passphrase,
            Self::Locked { .. } => VaultLevel::Locked,
            Self::Unreachable { reason } => VaultLevel::Unreachable { reason: reason.clone() },
            Self::Damaged => VaultLevel::Damaged,
            Self::Newer => VaultLevel::Newer,
            Self::Memory { reason, .. } => VaultLevel::Memory { reason: reason.clone() },
        }
    }

    /// The key that seals, and another one that may have sealed what is stored.
    pub(crate) fn keys(&self) -> Result<(Arc<DataKey>, Option<Arc<DataKey>>), VaultError> {
        match self {
            Self::OsStore { current, next } => Ok((current.clone(), next.clone())),
            Self::Open { key, .. } | Self::Memory { key, .. } => Ok((key.clone(), None)),
            Self::Locked { .. } => Err(VaultError::Locked),
            Self::Unreachable { reason } => Err(VaultError::Unreachable(reason.clone())),
            Self::Damaged => Err(VaultError::HeaderDamaged),
            Self::Newer => Err(VaultError::NewerHeader),
        }
    }
}
