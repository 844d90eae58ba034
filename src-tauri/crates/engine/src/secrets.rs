//! Secrets of devices: sealed in the database, or in memory only when there is no secret store.

use crate::workspace::Workspace;
use hubscope_model::{DeviceId, Result, SecretDraft, SecretSummary, VaultLevel};
use hubscope_vault::Secret;
use parking_lot::Mutex;
use std::collections::HashMap;

/// What of a device a secret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecretKind {
    Token,
    Password,
}

/// A secret's row: what it is sealed to and stored under.
pub fn row(device: DeviceId, kind: SecretKind) -> String {
    match kind {
        SecretKind::Token => format!("device/{device}/token"),
        SecretKind::Password => format!("device/{device}/password"),
    }
}

/// Secrets of a run without a secret store, and what is shown of all of them.
#[derive(Default)]
pub struct Secrets {
    memory: Mutex<HashMap<String, Secret<String>>>,
    /// Saves unsealing every secret each time the tree is fetched.
    summaries: Mutex<HashMap<String, SecretSummary>>,
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
        let summary = SecretSummary { set: true, ends: secret.ends() };
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

    /// What is shown of a secret. One that cannot be opened now counts as not set.
    pub async fn secret_summary(&self, row: &str) -> SecretSummary {
        if let Some(summary) = self.secrets.summaries.lock().get(row) {
            return summary.clone();
        }
        let unset = SecretSummary { set: false, ends: None };
        // Before the probe has ended nothing can be said; the tree is fetched again when it has.
        if self.info().vault == VaultLevel::Opening {
            return unset;
        }
        let summary = match self.secret(row).await {
            Ok(Some(secret)) => SecretSummary { set: true, ends: secret.ends() },
            Ok(None) => unset,
            Err(error) => {
                tracing::warn!(row, code = ?error.code, "a stored secret cannot be opened");
                unset
            }
        };
        // A form may have stored the secret meanwhile; what it wrote is newer.
        self.secrets.summaries.lock().entry(row.to_owned()).or_insert(summary).clone()
    }
}
