//! The vault of a workspace: one data key, and what it seals and opens.

use std::sync::Arc;

use hubscope_model::VaultLevel;
use uuid::Uuid;

use crate::key::DataKey;
use crate::{Secret, VaultError, os_store};

/// Seals and opens the secrets of one workspace. Cheap to clone.
///
/// At [`VaultLevel::Memory`] the key ends with the process: what it seals must not replace what is
/// stored, because that may open again when the OS store is back.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    key: DataKey,
    level: VaultLevel,
}

impl Vault {
    /// Probes the OS store and takes the workspace's data key from it, or makes one there. Takes at
    /// most a few seconds and never fails: [`Vault::level`] says what happened.
    pub async fn open(workspace: Uuid) -> Self {
        match os_store::data_key(workspace).await {
            Ok(key) => Self(Arc::new(Inner { key, level: VaultLevel::OsStore })),
            Err(reason) => {
                tracing::warn!(reason, "secrets are kept in memory only");
                Self::in_memory(&reason)
            }
        }
    }

    /// A vault for this run only; `reason` is shown to the user.
    pub fn in_memory(reason: &str) -> Self {
        let level = VaultLevel::Memory { reason: reason.to_owned() };
        Self(Arc::new(Inner { key: DataKey::generate(), level }))
    }

    /// Where the data key is kept.
    pub fn level(&self) -> VaultLevel {
        self.0.level.clone()
    }

    /// Encrypts `secret` for the place `row`; it opens there only. Sealing twice gives two different
    /// results.
    pub fn seal(&self, row: &str, secret: &Secret<String>) -> Result<Vec<u8>, VaultError> {
        self.0.key.seal(row, secret)
    }

    /// Opens what [`Vault::seal`] made for the same `row`.
    pub fn unseal(&self, row: &str, sealed: &[u8]) -> Result<Secret<String>, VaultError> {
        self.0.key.unseal(row, sealed)
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("level", &self.0.level).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::for_connector;
    use zeroize::Zeroizing;

    const ROW: &str = "device/0190/token";

    fn secret(text: &str) -> Secret<String> {
        Secret::new(Zeroizing::new(text.to_owned()))
    }

    #[test]
    fn a_sealed_secret_opens_in_its_row() {
        let vault = Vault::in_memory("test");
        for text in ["", "t", "hunter2", "пароль\0\u{202e}🔑", &"x".repeat(1 << 20)] {
            let sealed = vault.seal(ROW, &secret(text)).unwrap();
            assert_eq!(for_connector(&vault.unseal(ROW, &sealed).unwrap()), text);
            assert_eq!(sealed.len(), 1 + 8 + 24 + text.len() + 16);
        }
    }

    #[test]
    fn the_sealed_form_hides_the_text_and_never_repeats() {
        let vault = Vault::in_memory("test");
        let text = "a secret that is long enough to be found";
        let one = vault.seal(ROW, &secret(text)).unwrap();
        let two = vault.seal(ROW, &secret(text)).unwrap();
        assert_ne!(one[9..], two[9..]);
        assert!(!one.windows(6).any(|w| text.as_bytes().windows(6).any(|t| t == w)));
    }

    #[test]
    fn another_row_does_not_open() {
        let vault = Vault::in_memory("test");
        let sealed = vault.seal(ROW, &secret("hunter2")).unwrap();
        for row in ["", "device/0190/toke", "device/0190/token2", "device/0191/token"] {
            assert_eq!(vault.unseal(row, &sealed).err(), Some(VaultError::Damaged), "{row}");
        }
    }

    #[test]
    fn another_key_is_told_apart_from_damage() {
        let sealed = Vault::in_memory("one").seal(ROW, &secret("hunter2")).unwrap();
        assert_eq!(Vault::in_memory("two").unseal(ROW, &sealed).err(), Some(VaultError::OtherKey));
    }

    #[test]
    fn every_cut_is_refused() {
        let vault = Vault::in_memory("test");
        let sealed = vault.seal(ROW, &secret("hunter2")).unwrap();
        for length in 0..sealed.len() {
            assert_eq!(vault.unseal(ROW, &sealed[..length]).err(), Some(VaultError::Damaged), "{length}");
        }
        assert_eq!(vault.unseal(ROW, &[sealed.as_slice(), &[0]].concat()).err(), Some(VaultError::Damaged));
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let vault = Vault::in_memory("test");
        let sealed = vault.seal(ROW, &secret("hunter2")).unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(vault.unseal(ROW, &flipped).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn a_newer_form_is_named() {
        let vault = Vault::in_memory("test");
        let mut sealed = vault.seal(ROW, &secret("hunter2")).unwrap();
        sealed[0] = 2;
        assert_eq!(vault.unseal(ROW, &sealed).err(), Some(VaultError::NewerForm));
        sealed[0] = 0;
        assert_eq!(vault.unseal(ROW, &sealed).err(), Some(VaultError::Damaged));
    }

    #[test]
    fn debug_shows_the_level_only() {
        let vault = Vault::in_memory("no bus");
        assert_eq!(format!("{vault:?}"), r#"Vault { level: Memory { reason: "no bus" }, .. }"#);
    }
}
