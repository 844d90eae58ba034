//! The vault of a workspace: one data key, and what it seals and opens.

use std::sync::Arc;

use hubscope_model::{Text, VaultLevel, text};
use parking_lot::RwLock;
use uuid::Uuid;

use crate::header::Header;
use crate::key::DataKey;
use crate::os_store;
use crate::state::State;
use crate::{Secret, VaultError};

/// Seals and opens the secrets of one workspace. Cheap to clone; its level is the same for all clones.
///
/// Changes of the level and of the key come one at a time: their caller keeps others, and everything that stores a
/// sealed secret, out until one has ended.
#[derive(Clone)]
pub struct Vault(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    /// None: the OS store is not to be asked.
    pub(crate) workspace: Option<Uuid>,
    pub(crate) state: RwLock<State>,
}

impl Vault {
    /// Opens the vault of a workspace, with the header and whether there are secrets, as they are stored. Takes at most
    /// a few seconds and never fails: [`Vault::level`] says what happened. With a header it is locked and asks nobody;
    /// else the OS store is asked for the key, and makes one.
    pub async fn open(workspace: Uuid, header: Option<&str>, has_secrets: bool) -> Self {
        let state = match header.map(Header::read) {
            Some(Ok(header)) => State::Locked { header },
            Some(Err(VaultError::NewerHeader)) => State::Newer,
            Some(Err(_)) => State::Damaged,
            None => match from_os_store(workspace).await {
                Ok(state) => state,
                Err(reason) if has_secrets => State::Unreachable { reason },
                Err(reason) => State::Memory { key: Arc::new(DataKey::generate()), reason },
            },
        };
        let vault = Self::with(Some(workspace), state);
        if !matches!(vault.level(), VaultLevel::OsStore | VaultLevel::Locked) {
            tracing::warn!(?vault, "the secret store cannot be used");
        }
        vault
    }

    /// A vault for this run only, which asks no secret store; `reason` is shown to the user.
    pub fn in_memory(reason: Text) -> Self {
        Self::with(None, State::Memory { key: Arc::new(DataKey::generate()), reason })
    }

    fn with(workspace: Option<Uuid>, state: State) -> Self {
        Self(Arc::new(Inner { workspace, state: RwLock::new(state) }))
    }

    /// Where the data key is kept, and whether it can be used now.
    pub fn level(&self) -> VaultLevel {
        self.0.state.read().level()
    }

    /// Encrypts `secret` for the place `row`; it opens there only. Sealing twice gives two different results.
    ///
    /// Errors: `Locked`, `Unreachable`, `HeaderDamaged`, `NewerHeader`.
    pub fn seal(&self, row: &str, secret: &Secret<String>) -> Result<Vec<u8>, VaultError> {
        let (key, _) = self.keys()?;
        key.seal(row, secret)
    }

    /// Opens what [`Vault::seal`] made for the same `row`.
    pub fn unseal(&self, row: &str, sealed: &[u8]) -> Result<Secret<String>, VaultError> {
        let (key, other) = self.keys()?;
        match other {
            Some(other) if other.sealed(sealed) => other.unseal(row, sealed),
            _ => key.unseal(row, sealed),
        }
    }

    fn keys(&self) -> Result<(Arc<DataKey>, Option<Arc<DataKey>>), VaultError> {
        self.0.state.read().keys()
    }

    /// Asks the OS store again, when it did not answer before.
    pub async fn retry(&self) {
        let Some(workspace) = self.0.workspace else { return };
        if !matches!(*self.0.state.read(), State::Unreachable { .. } | State::Memory { .. }) {
            return;
        }
        match from_os_store(workspace).await {
            Ok(state) => *self.0.state.write() = state,
            Err(new) => match &mut *self.0.state.write() {
                State::Unreachable { reason } | State::Memory { reason, .. } => *reason = new,
                _ => {}
            },
        }
    }

    /// Moves the key from a passphrase to the OS store; the stored header is to be removed then.
    ///
    /// Errors: `Locked`, `Unreachable`, `HeaderDamaged`, `NewerHeader`; the passphrase stays in force.
    pub async fn use_os_store(&self) -> Result<(), VaultError> {
        let Some(workspace) = self.0.workspace else { return self.unreachable() };
        let key = match &*self.0.state.read() {
            State::Open { key, .. } => Some(key.clone()),
            State::Locked { .. } => return Err(VaultError::Locked),
            State::Damaged => return Err(VaultError::HeaderDamaged),
            State::Newer => return Err(VaultError::NewerHeader),
            _ => None,
        };
        let Some(key) = key else {
            self.retry().await;
            return self.unreachable();
        };
        let kept = os_store::keep(workspace, vec![(os_store::Slot::Current, key.to_text())]).await;
        kept.map_err(VaultError::Unreachable)?;
        *self.0.state.write() = State::OsStore { current: key, next: None };
        Ok(())
    }

    /// An error unless the OS store keeps the key.
    fn unreachable(&self) -> Result<(), VaultError> {
        match self.level() {
            VaultLevel::OsStore => Ok(()),
            VaultLevel::Unreachable { reason } | VaultLevel::Memory { reason } => Err(VaultError::Unreachable(reason)),
            _ => Err(VaultError::Unreachable(text!("no secret store is asked in this run"))),
        }
    }
}

async fn from_os_store(workspace: Uuid) -> Result<State, Text> {
    let found = os_store::load_or_make(workspace).await?;
    Ok(State::OsStore { current: Arc::new(found.current), next: found.next.map(Arc::new) })
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("level", &self.level()).finish_non_exhaustive()
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
        let vault = Vault::in_memory(text!("test"));
        for text in ["", "t", "hunter2", "пароль\0\u{202e}🔑", &"x".repeat(1 << 20)] {
            let sealed = vault.seal(ROW, &secret(text)).unwrap();
            assert_eq!(for_connector(&vault.unseal(ROW, &sealed).unwrap()), text);
            assert_eq!(sealed.len(), 1 + 8 + 24 + text.len() + 16);
        }
    }

    #[test]
    fn the_sealed_form_hides_the_text_and_never_repeats() {
        let vault = Vault::in_memory(text!("test"));
        let text = "a secret that is long enough to be found";
        let one = vault.seal(ROW, &secret(text)).unwrap();
        let two = vault.seal(ROW, &secret(text)).unwrap();
        assert_ne!(one[9..], two[9..]);
        assert!(!one.windows(6).any(|w| text.as_bytes().windows(6).any(|t| t == w)));
    }

    #[test]
    fn another_row_does_not_open() {
        let vault = Vault::in_memory(text!("test"));
        let sealed = vault.seal(ROW, &secret("hunter2")).unwrap();
        for row in ["", "device/0190/toke", "device/0190/token2", "device/0191/token"] {
            assert_eq!(vault.unseal(row, &sealed).err(), Some(VaultError::Damaged), "{row}");
        }
    }

    #[test]
    fn another_key_is_told_apart_from_damage() {
        let sealed = Vault::in_memory(text!("one")).seal(ROW, &secret("hunter2")).unwrap();
        assert_eq!(Vault::in_memory(text!("two")).unseal(ROW, &sealed).err(), Some(VaultError::OtherKey));
    }

    #[test]
    fn every_cut_is_refused() {
        let vault = Vault::in_memory(text!("test"));
        let sealed = vault.seal(ROW, &secret("hunter2")).unwrap();
        for length in 0..sealed.len() {
            assert_eq!(vault.unseal(ROW, &sealed[..length]).err(), Some(VaultError::Damaged), "{length}");
        }
        assert_eq!(vault.unseal(ROW, &[sealed.as_slice(), &[0]].concat()).err(), Some(VaultError::Damaged));
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let vault = Vault::in_memory(text!("test"));
        let sealed = vault.seal(ROW, &secret("hunter2")).unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(vault.unseal(ROW, &flipped).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn a_newer_form_is_named() {
        let vault = Vault::in_memory(text!("test"));
        let mut sealed = vault.seal(ROW, &secret("hunter2")).unwrap();
        sealed[0] = 2;
        assert_eq!(vault.unseal(ROW, &sealed).err(), Some(VaultError::NewerForm));
        sealed[0] = 0;
        assert_eq!(vault.unseal(ROW, &sealed).err(), Some(VaultError::Damaged));
    }

    #[test]
    fn debug_shows_the_level_only() {
        let vault = Vault::in_memory(text!("no bus"));
        assert_eq!(format!("{vault:?}"), r#"Vault { level: Memory { reason: "no bus" }, .. }"#);
    }
}
