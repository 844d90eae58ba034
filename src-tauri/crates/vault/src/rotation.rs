//! A new data key in place of the one in force.
//!
//! With the OS store three things change, one after the other, and a crash may come between any two: the new key is
//! kept beside the old one; what is stored is sealed anew, in one transaction; the new key takes the old one's place.
//! After a crash both keys are there, and what is stored says which of them counts: [`Vault::settle`].
//! Under a passphrase the header holds the new key and is stored in the same transaction.

use std::sync::Arc;

use hubscope_model::text;

use crate::header::Header;
use crate::key::DataKey;
use crate::os_store::{self, Slot};
use crate::state::State;
use crate::{Vault, VaultError};

/// A rotation that is on. The vault still seals with the old key.
pub struct Rotation {
    old: Arc<DataKey>,
    new: Arc<DataKey>,
    /// Under a passphrase: the new header and its text.
    header: Option<(Header, String)>,
}

impl std::fmt::Debug for Rotation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rotation(…)")
    }
}

impl Rotation {
    /// Seals anew what the old key sealed for `row`.
    pub fn reseal(&self, row: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.new.seal(row, &self.old.unseal(row, sealed)?)
    }

    /// The header to store together with what was sealed anew.
    pub fn header(&self) -> Option<&str> {
        self.header.as_ref().map(|(_, text)| text.as_str())
    }

    /// Whether these rows and this header, as they are stored, are the rotation's.
    pub fn is_stored(&self, rows: &[(String, Vec<u8>)], header: Option<&str>) -> bool {
        match self.header() {
            Some(new) => header == Some(new),
            None => rows.iter().any(|(_, sealed)| self.new.sealed(sealed)),
        }
    }
}

impl Vault {
    /// Makes a new data key. Then: seal everything anew, store it, [`Vault::finish_rotation`].
    ///
    /// Errors: `Locked`; `Unreachable`, also when there is nothing stored to seal anew or an earlier rotation could not
    /// be settled.
    pub async fn begin_rotation(&self) -> Result<Rotation, VaultError> {
        let new = Arc::new(DataKey::generate());
        let old = match &*self.0.state.read() {
            State::OsStore { current, next: None } => current.clone(),
            State::OsStore { next: Some(_), .. } => {
                return Err(VaultError::Unreachable(text!("an earlier change of the key has not ended")));
            }
            State::Open { key, wrapping, .. } => {
                let header = Header::new(wrapping, &new)?;
                let text = header.text()?;
                return Ok(Rotation { old: key.clone(), new, header: Some((header, text)) });
            }
            State::Memory { reason, .. } => return Err(VaultError::Unreachable(reason.clone())),
            other => return Err(other.keys().err().unwrap_or(VaultError::SealFailed)),
        };
        self.keep(&[(Slot::Current, &old), (Slot::Next, &new)]).await?;
        *self.0.state.write() = State::OsStore { current: old.clone(), next: Some(new.clone()) };
        Ok(Rotation { old, new, header: None })
    }

    /// Puts the new key in force, once everything that it sealed is stored. What the OS store does not take now, it is
    /// given at the next start.
    pub async fn finish_rotation(&self, rotation: Rotation) {
        let Rotation { new, header, .. } = rotation;
        {
            let mut state = self.0.state.write();
            match (&mut *state, header) {
                (State::Open { key, header: stored, .. }, Some((header, _))) => (*key, *stored) = (new, header),
                (State::Locked { header: stored }, Some((header, _))) => *stored = header,
                _ => {}
            }
        }
        if matches!(*self.0.state.read(), State::OsStore { .. }) {
            self.promote().await;
        }
    }

    /// Ends a rotation of which nothing was stored.
    pub async fn cancel_rotation(&self, rotation: Rotation) {
        if rotation.header.is_none() {
            self.drop_next().await;
        }
    }

    /// Ends a rotation that a crash interrupted, by what is stored. Only the process that writes the workspace does.
    pub async fn settle(&self, rows: &[(String, Vec<u8>)]) {
        let (current, next) = match &*self.0.state.read() {
            State::OsStore { current, next: Some(next) } => (current.clone(), next.clone()),
            _ => return,
        };
        if current.is(&next) {
            // Broken off when all but the last was done.
            return self.drop_next().await;
        }
        let sealed_by = |key: &DataKey| rows.iter().any(|(_, sealed)| key.sealed(sealed));
        match (sealed_by(&current), sealed_by(&next)) {
            (_, false) => self.drop_next().await,
            (false, true) => self.promote().await,
            // Not to be reached by any one crash; both are kept, and everything opens.
            (true, true) => tracing::warn!("stored secrets are sealed by two keys"),
        }
    }

    /// Puts the next key in the current one's place.
    async fn promote(&self) {
        let next = match &*self.0.state.read() {
            State::OsStore { next: Some(next), .. } => next.clone(),
            _ => return,
        };
        *self.0.state.write() = State::OsStore { current: next.clone(), next: None };
        if let Err(error) = self.keep(&[(Slot::Current, &next)]).await {
            tracing::warn!(%error, "the new key takes its place in the secret store at the next start");
            return;
        }
        self.forget_next().await;
    }

    async fn drop_next(&self) {
        let current = match &*self.0.state.read() {
            State::OsStore { current, .. } => current.clone(),
            _ => return,
        };
        *self.0.state.write() = State::OsStore { current, next: None };
        self.forget_next().await;
    }

    async fn forget_next(&self) {
        let Some(workspace) = self.0.workspace else { return };
        if let Err(error) = os_store::forget(workspace, &[Slot::Next]).await {
            tracing::warn!(%error, "a key that is no longer needed stays in the secret store");
        }
    }

    async fn keep(&self, keys: &[(Slot, &DataKey)]) -> Result<(), VaultError> {
        let Some(workspace) = self.0.workspace else {
            return Err(VaultError::Unreachable(text!("no secret store is asked in this run")));
        };
        let keys = keys.iter().map(|(slot, key)| (*slot, key.to_text())).collect();
        os_store::keep(workspace, keys).await.map_err(VaultError::Unreachable)
    }
}
