//! The vault's header: the data key under a passphrase, stored beside what it seals.

use serde::{Deserialize, Serialize};

use crate::Secret;
use crate::VaultError;
use crate::key::DataKey;
use crate::passphrase::{WrappedKey, WrappingKey};

const FORMAT: &str = "hubscope-vault";
const VERSION: u32 = 1;
/// What the data key is wrapped for.
const PURPOSE: &str = "hubscope vault key 1";

/// The first fields of every version, read before the rest.
#[derive(Clone, Serialize, Deserialize)]
struct Mark {
    format: String,
    version: u32,
}

/// A header of this version.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Header {
    #[serde(flatten)]
    mark: Mark,
    key: WrappedKey,
}

impl Header {
    pub(crate) fn new(wrapping: &WrappingKey, key: &DataKey) -> Result<Self, VaultError> {
        let mark = Mark { format: FORMAT.into(), version: VERSION };
        Ok(Self { mark, key: wrapping.wrap(PURPOSE, key)? })
    }

    /// Reads a stored header; `NewerHeader` or `HeaderDamaged` when it is not one of this version.
    pub(crate) fn read(text: &str) -> Result<Self, VaultError> {
        let mark: Mark = serde_json::from_str(text).map_err(|_| VaultError::HeaderDamaged)?;
        if mark.format == FORMAT && mark.version > VERSION {
            return Err(VaultError::NewerHeader);
        }
        let header: Self = serde_json::from_str(text).map_err(|_| VaultError::HeaderDamaged)?;
        let ours = header.mark.format == FORMAT && header.mark.version == VERSION;
        let whole = ours && header.key.check().is_ok();
        if whole { Ok(header) } else { Err(VaultError::HeaderDamaged) }
    }

    /// The text to store.
    pub(crate) fn text(&self) -> Result<String, VaultError> {
        serde_json::to_string(self).map_err(|_| VaultError::SealFailed)
    }

    /// The data key and what wraps it. Takes as long as the header's parameters want.
    pub(crate) fn open(&self, passphrase: &Secret<String>) -> Result<(DataKey, WrappingKey), VaultError> {
        let wrapping = WrappingKey::of(&self.key, passphrase)?;
        Ok((wrapping.unwrap(PURPOSE, &self.key)?, wrapping))
    }
}
