//! Secrets of devices: sealed in the database, or in memory only when there is no secret store.

use crate::workspace::Workspace;
use hubscope_model::{DeviceId, HubId, Result, SecretDraft, SecretField, StoredSecret, VaultLevel};
use hubscope_vault::Secret;
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

/// Secrets of a run without a secret store, and what is shown of all of them.
#[derive(Default)]
pub struct Secrets {
    memory: Mutex<HashMap<String, Secret<String>>>,
    /// Saves unsealing every secret each time the tree is fetched.
    summaries: Mutex<HashMap<String, Summary>>,
}

/// None: nothing is stored. The inner text is the secret's end, of long ones only.
type Summary = Option<Option<String>>;

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
        let summary = Some(secret.ends());
        if matches!(vault.level(), VaultLevel::Memory { .. }) {
            self.secrets.memory.lock().insert(row.to_owned(), secret);
        } else {
            let sealed = vault.seal(row, &secret)?;
            self.store()?.put_secret(row, &sealed).await?;
        }
        self.secrets.summaries.lock().insert(row.to_owned(), summary);
        Ok(())
    }

    pub async fn remove_secret(&self, row: &str) -> Result<()> {
        self.secrets.memory.lock().remove(row);
        self.store()?.delete_secret(row).await?;
        self.secrets.summaries.lock().remove(row);
        Ok(())
    }

    /// The secret of a row; None when none was stored. One sealed by another key is [`Code::SecretMissing`].
    pub async fn secret(&self, row: &str) -> Result<Option<Secret<String>>> {
        let vault = self.vault().await?;
        if let Some(secret) = self.secrets.memory.lock().get(row) {
            return Ok(Some(secret.clone()));
        }
        match self.store()?.secret(row).await? {
            None => Ok(None),
            Some(sealed) => Ok(Some(vault.unseal(row, &sealed)?)),
        }
    }

    /// What is shown of a secret, if one is stored. One that cannot be opened now counts as not stored.
    pub async fn stored_secret(&self, row: &str, field: SecretField) -> Option<StoredSecret> {
        self.summary(row).await.map(|ends| StoredSecret { field, ends })
    }

    async fn summary(&self, row: &str) -> Summary {
        if let Some(summary) = self.secrets.summaries.lock().get(row) {
            return summary.clone();
        }
        // Before the probe has ended nothing can be said; the tree is fetched again when it has.
        if self.info().vault == VaultLevel::Opening {
            return None;
        }
        let summary = match self.secret(row).await {
            Ok(secret) => secret.map(|secret| secret.ends()),
            Err(error) => {
                tracing::warn!(row, code = ?error.code, "a stored secret cannot be opened");
                None
            }
        };
        // A form may have stored the secret meanwhile; what it wrote is newer.
        self.secrets.summaries.lock().entry(row.to_owned()).or_insert(summary).clone()
    }
}
