//! Secrets of devices and hubs: sealed in the database, or in memory while nothing can seal them.

use crate::moment::Moment;
use crate::workspace::Workspace;
use hubscope_model::{Code, DeviceId, Error, HubId, Result, SecretDraft, SecretField, StoredSecret, VaultLevel};
use hubscope_store::Import;
use hubscope_vault::{Secret, Vault, VaultError};
use parking_lot::Mutex;
use std::collections::HashMap;

/// Row of a device's secret: what it is sealed to and stored under.
pub fn device_row(device: DeviceId, field: SecretField) -> String {
    format!("device/{device}/{}", field.name())
}

/// Row of a hub's secret.
pub fn hub_row(hub: HubId, field: SecretField) -> String {
    format!("hub/{hub}/{}", field.name())
}

/// The secrets that are not sealed, and what is shown of all of them.
pub struct Secrets {
    /// Of a run without a secret store; and while the store cannot be reached, until it can.
    memory: Mutex<HashMap<String, Secret<String>>>,
    /// The ends of all secrets by row, None of short ones. Saves unsealing each whenever the tree is fetched. None:
    /// to be read again.
    ends: Mutex<Option<HashMap<String, Option<String>>>>,
    /// Read while a secret is stored, written while the vault's level or key changes: nothing is sealed by a key that
    /// is on its way out.
    pub turn: tokio::sync::RwLock<()>,
    /// When a secret was last used or entered.
    used: Mutex<Moment>,
}

impl Default for Secrets {
    fn default() -> Self {
        Self {
            memory: Mutex::default(),
            ends: Mutex::default(),
            turn: tokio::sync::RwLock::default(),
            used: Mutex::new(Moment::now()),
        }
    }
}

impl Secrets {
    pub fn touch(&self) {
        *self.used.lock() = Moment::now();
    }

    pub fn last_used(&self) -> Moment {
        *self.used.lock()
    }

    /// What is shown is read again: other secrets can be opened than before.
    pub fn forget_ends(&self) {
        *self.ends.lock() = None;
    }

    fn note(&self, row: &str, ends: Option<String>) {
        if let Some(known) = self.ends.lock().as_mut() {
            known.insert(row.to_owned(), ends);
        }
    }
}

/// Whether secrets stay in memory at this level.
pub fn in_memory(level: &VaultLevel) -> bool {
    use VaultLevel::{Damaged, Memory, Newer, Unreachable};
    matches!(level, Memory { .. } | Unreachable { .. } | Damaged | Newer)
}

impl Workspace {
    /// Applies a form's secret.
    pub async fn change_secret(&self, row: &str, draft: SecretDraft) -> Result<()> {
        match draft {
            SecretDraft::Keep => Ok(()),
            SecretDraft::Clear => self.remove_secret(row).await,
            SecretDraft::Set { value } if value.is_empty() => self.remove_secret(row).await,
            SecretDraft::Set { value } => self.set_secret(row, Secret::new(value.into_inner())).await,
        }
    }

    pub async fn set_secret(&self, row: &str, secret: Secret<String>) -> Result<()> {
        let vault = self.vault().await?;
        let _turn = self.secrets.turn.read().await;
        self.secrets.touch();
        let ends = secret.ends();
        if in_memory(&vault.level()) {
            self.secrets.memory.lock().insert(row.to_owned(), secret);
        } else {
            self.store()?.put_secret(row, &vault.seal(row, &secret)?).await?;
            // One from before the store could be used would hide the new one.
            self.secrets.memory.lock().remove(row);
        }
        self.secrets.note(row, ends);
        Ok(())
    }

    /// Secrets of two rows change places, both or neither.
    pub async fn swap_secrets(&self, one: &str, other: &str) -> Result<()> {
        let vault = self.vault().await?;
        let _turn = self.secrets.turn.write().await;
        let secrets = (self.secret(one).await?, self.secret(other).await?);
        let (mut kept, mut import) = (Vec::new(), Import::default());
        for (row, secret) in [(one, secrets.1), (other, secrets.0)] {
            match secret {
                None => import.unused_secrets.push(row.to_owned()),
                Some(secret) if in_memory(&vault.level()) => kept.push((row.to_owned(), secret)),
                Some(secret) => import.secrets.push((row.to_owned(), vault.seal(row, &secret)?)),
            }
        }
        self.store()?.import(&import).await?;
        self.replace_in_memory(&import.unused_secrets, kept);
        Ok(())
    }

    /// An error while no secret can be stored: whoever stores a thing with its secrets asks first.
    pub async fn takes_secrets(&self) -> Result<()> {
        match self.vault().await?.level() {
            VaultLevel::Locked => {
                Err(Error::new(Code::VaultLocked, "The vault is locked.").hint("Unlock it, then try again."))
            }
            _ => Ok(()),
        }
    }

    pub async fn remove_secret(&self, row: &str) -> Result<()> {
        let _turn = self.secrets.turn.read().await;
        self.secrets.memory.lock().remove(row);
        self.store()?.delete_secret(row).await?;
        if let Some(known) = self.secrets.ends.lock().as_mut() {
            known.remove(row);
        }
        Ok(())
    }

    /// The secret of a row, to be used; None when none was stored. One sealed by another key is
    /// [`Code::SecretMissing`].
    pub async fn secret(&self, row: &str) -> Result<Option<Secret<String>>> {
        self.secrets.touch();
        self.look_at_secret(row).await
    }

    /// The same for what is only shown of it: does not count as use, which keeps the vault open.
    pub async fn look_at_secret(&self, row: &str) -> Result<Option<Secret<String>>> {
        let vault = self.vault().await?;
        if let Some(secret) = self.secrets.memory.lock().get(row) {
            return Ok(Some(secret.clone()));
        }
        match self.store()?.secret(row).await? {
            None => Ok(None),
            Some(sealed) => Ok(Some(vault.unseal(row, &sealed)?)),
        }
    }

    /// What is shown of a secret, if one is stored. One that no key here opens counts as not stored; while the vault
    /// is locked or unreachable it is stored, and its end is not known.
    pub async fn stored_secret(&self, row: &str, field: SecretField) -> Option<StoredSecret> {
        // Before the probe has ended nothing can be said; the tree is fetched again when it has.
        if self.vault_level() == VaultLevel::Opening {
            return None;
        }
        if self.secrets.ends.lock().is_none()
            && let Err(error) = self.read_ends().await
        {
            tracing::warn!(code = ?error.code, "the stored secrets cannot be listed");
            return None;
        }
        let known = self.secrets.ends.lock();
        let ends = known.as_ref()?.get(row)?.clone();
        Some(StoredSecret { field, ends })
    }

    async fn read_ends(&self) -> Result<()> {
        let vault = self.vault().await?;
        // Nothing is stored while this reads, so that nothing newer is overwritten.
        let _turn = self.secrets.turn.write().await;
        let mut ends = HashMap::new();
        for (row, sealed) in self.store()?.secret_rows().await? {
            match vault.unseal(&row, &sealed) {
                Ok(secret) => ends.insert(row, secret.ends()),
                Err(
                    VaultError::Locked
                    | VaultError::Unreachable(_)
                    | VaultError::HeaderDamaged
                    | VaultError::NewerHeader,
                ) => ends.insert(row, None),
                Err(error) => {
                    tracing::warn!(row, %error, "a stored secret cannot be opened");
                    None
                }
            };
        }
        for (row, secret) in self.secrets.memory.lock().iter() {
            ends.insert(row.clone(), secret.ends());
        }
        *self.secrets.ends.lock() = Some(ends);
        Ok(())
    }

    /// Seals what was kept in memory, once the vault can. The caller holds [`Secrets::turn`].
    pub async fn seal_memory(&self, vault: &Vault) -> Result<()> {
        self.secrets.forget_ends();
        let store = self.store()?;
        if store.holder().is_some() || !matches!(vault.level(), VaultLevel::OsStore | VaultLevel::Passphrase) {
            return Ok(());
        }
        let kept: Vec<_> = self.secrets.memory.lock().iter().map(|(row, one)| (row.clone(), one.clone())).collect();
        for (row, secret) in kept {
            store.put_secret(&row, &vault.seal(&row, &secret)?).await?;
            self.secrets.memory.lock().remove(&row);
        }
        Ok(())
    }

    /// What follows an import: rows that went, and secrets that nothing could seal. The caller holds the turn.
    pub fn replace_in_memory(&self, gone: &[String], kept: Vec<(String, Secret<String>)>) {
        let mut memory = self.secrets.memory.lock();
        for row in gone {
            memory.remove(row);
        }
        memory.extend(kept);
        self.secrets.forget_ends();
    }

    /// Secrets whose rows begin so went for good.
    pub fn forget_secrets_of(&self, beginnings: &[String]) {
        let gone = |row: &str| beginnings.iter().any(|beginning| row.starts_with(beginning));
        self.secrets.memory.lock().retain(|row, _| !gone(row));
        if let Some(known) = self.secrets.ends.lock().as_mut() {
            known.retain(|row, _| !gone(row));
        }
    }

    /// An error unless this process may write the workspace.
    pub fn writable(&self) -> Result<()> {
        match self.store()?.holder() {
            None => Ok(()),
            Some(_) => Err(Error::new(Code::WorkspaceReadOnly, "Another program has this workspace open.")
                .hint("Close the other program, then start this one again.")),
        }
    }
}
