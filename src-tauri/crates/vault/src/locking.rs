//! Passphrases: setting one, locking, unlocking.

use std::sync::Arc;

use crate::header::Header;
use crate::key::DataKey;
use crate::os_store::{self, Slot};
use crate::passphrase::WrappingKey;
use crate::state::State;
use crate::{Secret, Vault, VaultError};

/// The vault's key under a new passphrase, not in force yet: store [`NewPassphrase::header`], then
/// [`Vault::adopt`] it.
pub struct NewPassphrase {
    key: Arc<DataKey>,
    wrapping: WrappingKey,
    header: Header,
    text: String,
}

impl NewPassphrase {
    /// The text to store in place of the header in force.
    pub fn header(&self) -> &str {
        &self.text
    }
}

impl std::fmt::Debug for NewPassphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassphrase(…)")
    }
}

impl Vault {
    /// Opens a locked vault; one that is not locked stays as it is. Takes about a second.
    ///
    /// Errors: `WrongPassphrase`, `HeaderDamaged`, `NewerHeader`; the vault stays as it is.
    pub async fn unlock(&self, passphrase: &Secret<String>) -> Result<(), VaultError> {
        let header = match &*self.0.state.read() {
            State::Locked { header } => header.clone(),
            State::Damaged => return Err(VaultError::HeaderDamaged),
            State::Newer => return Err(VaultError::NewerHeader),
            _ => return Ok(()),
        };
        let (key, wrapping) = opened(&header, passphrase).await?;
        *self.0.state.write() = State::Open { key: Arc::new(key), wrapping, header };
        Ok(())
    }

    /// Forgets the key of a passphrase vault. At other levels nothing happens.
    pub fn lock(&self) {
        let mut state = self.0.state.write();
        if let State::Open { header, .. } = &*state {
            *state = State::Locked { header: header.clone() };
        }
    }

    /// Puts the key under a passphrase, from whatever keeps it now. What is sealed stays sealed by the same key. Only in
    /// the place of a damaged header comes a new key: the old one is lost, and what it sealed with it.
    ///
    /// Errors: `PassphraseNeeded` and `WrongPassphrase` while another is in force; `Locked`, `Unreachable`,
    /// `NewerHeader`.
    pub async fn set_passphrase(
        &self,
        current: Option<&Secret<String>>,
        new: &Secret<String>,
    ) -> Result<NewPassphrase, VaultError> {
        let in_force = match &*self.0.state.read() {
            State::Open { header, .. } => Some(header.clone()),
            _ => None,
        };
        if let Some(header) = in_force {
            opened(&header, current.ok_or(VaultError::PassphraseNeeded)?).await?;
        }
        let key = match &*self.0.state.read() {
            State::Damaged => Arc::new(DataKey::generate()),
            other => other.keys()?.0,
        };
        let new = new.clone();
        blocking(move || {
            let wrapping = WrappingKey::new(&new)?;
            let header = Header::new(&wrapping, &key)?;
            let text = header.text()?;
            Ok(NewPassphrase { key, wrapping, header, text })
        })
        .await
    }

    /// Puts a new passphrase in force, once its header is stored, and takes the key out of the OS store.
    ///
    /// Errors: `KeyLeftBehind`; the passphrase is in force all the same.
    pub async fn adopt(&self, new: NewPassphrase) -> Result<(), VaultError> {
        let NewPassphrase { key, wrapping, header, .. } = new;
        let old = std::mem::replace(&mut *self.0.state.write(), State::Open { key, wrapping, header });
        match (self.0.workspace, old) {
            (Some(workspace), State::OsStore { .. }) => {
                os_store::forget(workspace, &[Slot::Next, Slot::Current]).await.map_err(VaultError::KeyLeftBehind)
            }
            _ => Ok(()),
        }
    }
}

/// Opens a header, away from the threads that must answer.
async fn opened(header: &Header, passphrase: &Secret<String>) -> Result<(DataKey, WrappingKey), VaultError> {
    let (header, passphrase) = (header.clone(), passphrase.clone());
    blocking(move || header.open(&passphrase)).await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    // The only other outcome is a panic in the cipher's crates.
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(VaultError::SealFailed))
}
