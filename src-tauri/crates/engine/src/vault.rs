//! The vault in its user's hand: unlocked, locked, moved, its key changed.

use crate::Engine;
use crate::changes::Area;
use crate::moment::Moment;
use hubscope_model::{
    Code, Error, FieldProblem, Problem, Result, VaultLevel, VaultPassphrase, VaultUnlock, WorkspaceInfo,
};
use hubscope_store::Store;
use hubscope_vault::{Rotation, Secret, Vault, VaultError};
use std::sync::Weak;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Shortest passphrase, in characters.
const PASSPHRASE_MIN: usize = 10;
/// How often the idle lock looks.
const IDLE_STEP: Duration = Duration::from_secs(5);

impl Engine {
    pub(crate) async fn unlock_vault(&self, unlock: VaultUnlock) -> Result<WorkspaceInfo> {
        let vault = self.workspace.vault().await?;
        let _turn = self.workspace.secrets.turn.write().await;
        vault.unlock(&Secret::new(unlock.passphrase.into_inner())).await?;
        self.vault_changed(&vault).await
    }

    /// Locks a passphrase vault. Live sessions have what they need and go on.
    pub(crate) async fn lock_vault(&self) -> Result<WorkspaceInfo> {
        let vault = self.workspace.vault().await?;
        let _turn = self.workspace.secrets.turn.write().await;
        vault.lock();
        self.vault_changed(&vault).await
    }

    /// Asks the operating system's store again.
    pub(crate) async fn retry_vault(&self) -> Result<WorkspaceInfo> {
        let vault = self.workspace.vault().await?;
        let store = self.workspace.store()?;
        let _turn = self.workspace.secrets.turn.write().await;
        vault.retry().await;
        if store.holder().is_none() {
            vault.settle(&store.secret_rows().await?).await;
        }
        self.vault_changed(&vault).await
    }

    pub(crate) async fn set_vault_passphrase(&self, passphrase: VaultPassphrase) -> Result<WorkspaceInfo> {
        let new = Secret::new(passphrase.new.into_inner());
        check_passphrase(&new, "new")?;
        let current = passphrase.current.map(|text| Secret::new(text.into_inner()));
        self.workspace.writable()?;
        let store = self.workspace.store()?;
        let vault = self.workspace.vault().await?;
        let _turn = self.workspace.secrets.turn.write().await;
        // A rotation that was broken off must not leave the passphrase on the older of two keys.
        vault.settle(&store.secret_rows().await?).await;
        refuse_another_key(&vault, store).await?;
        let new = vault.set_passphrase(current.as_ref(), &new).await?;
        store.set_vault_header(Some(new.header())).await?;
        let adopted = vault.adopt(new).await;
        let info = self.vault_changed(&vault).await?;
        adopted?;
        Ok(info)
    }

    /// Moves the key from a passphrase to the operating system's store.
    pub(crate) async fn use_os_store(&self) -> Result<WorkspaceInfo> {
        self.workspace.writable()?;
        let store = self.workspace.store()?;
        let vault = self.workspace.vault().await?;
        let _turn = self.workspace.secrets.turn.write().await;
        vault.use_os_store().await?;
        store.set_vault_header(None).await?;
        self.vault_changed(&vault).await
    }

    /// Seals every secret anew under a new data key.
    pub(crate) async fn rotate_vault(&self) -> Result<WorkspaceInfo> {
        self.workspace.writable()?;
        let store = self.workspace.store()?;
        let vault = self.workspace.vault().await?;
        let _turn = self.workspace.secrets.turn.write().await;
        let rows = store.secret_rows().await?;
        vault.settle(&rows).await;
        let rotation = vault.begin_rotation().await?;
        let resealed = reseal(&rotation, rows)?;
        match store.replace_secrets(&resealed, rotation.header()).await {
            Ok(()) => vault.finish_rotation(rotation).await,
            Err(error) => {
                conclude(&vault, store, rotation).await;
                return Err(error.into());
            }
        }
        self.vault_changed(&vault).await
    }

    /// What follows every change; the caller holds the turn.
    async fn vault_changed(&self, vault: &Vault) -> Result<WorkspaceInfo> {
        self.workspace.secrets.touch();
        let sealed = self.workspace.seal_memory(vault).await;
        for area in [Area::Workspace, Area::Tree, Area::Tokens] {
            self.changes.bump(area);
        }
        sealed?;
        Ok(self.workspace.info())
    }

    /// Locks a passphrase vault when `now` is later than the settings allow without use.
    pub(crate) async fn lock_if_idle(&self, now: Moment) -> Result<()> {
        if self.workspace.vault_level() != VaultLevel::Passphrase {
            return Ok(());
        }
        let Some(minutes) = self.workspace.settings().await?.vault_idle_minutes else { return Ok(()) };
        let allowed = Duration::from_secs(u64::from(minutes) * 60);
        if now.since(self.workspace.secrets.last_used()) >= allowed {
            self.lock_vault().await?;
        }
        Ok(())
    }
}

/// Locks the vault when it was idle for as long as the settings say.
pub async fn lock_when_idle(engine: Weak<Engine>, stop: CancellationToken) {
    let mut step = tokio::time::interval(IDLE_STEP);
    while stop.run_until_cancelled(step.tick()).await.is_some() {
        let Some(engine) = engine.upgrade() else { return };
        if let Err(error) = engine.lock_if_idle(Moment::now()).await {
            tracing::warn!(%error, "the vault's idle time cannot be checked");
        }
    }
}

/// Refuses a passphrase that is too short; `field` is its name in the form.
pub fn check_passphrase(passphrase: &Secret<String>, field: &str) -> Result<()> {
    if passphrase.is_shorter_than(PASSPHRASE_MIN) {
        return Err(Error::fields(vec![FieldProblem { field: field.into(), problem: Problem::TooShort }]));
    }
    Ok(())
}

/// A run whose vault is in memory has a key of its own; under a passphrase it would lock out what another one sealed.
async fn refuse_another_key(vault: &Vault, store: &Store) -> Result<()> {
    let in_memory = matches!(vault.level(), VaultLevel::Memory { .. });
    if in_memory && (store.vault_header().await?.is_some() || !store.secret_rows().await?.is_empty()) {
        return Err(Error::new(Code::VaultUnavailable, "Stored secrets are locked by another key.")
            .hint("Start Hubscope with the system's secret store, then set the passphrase."));
    }
    Ok(())
}

/// Every row sealed anew. What no key opens stays as it is.
fn reseal(rotation: &Rotation, rows: Vec<(String, Vec<u8>)>) -> Result<Vec<(String, Vec<u8>)>> {
    let mut resealed = Vec::with_capacity(rows.len());
    for (row, sealed) in rows {
        match rotation.reseal(&row, &sealed) {
            Ok(sealed) => resealed.push((row, sealed)),
            Err(error @ (VaultError::OtherKey | VaultError::Damaged | VaultError::NewerForm)) => {
                tracing::warn!(row, %error, "a stored secret cannot be sealed anew");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(resealed)
}

/// Ends a rotation whose transaction failed by what is stored, since a failure does not say that nothing was. While
/// that cannot be read either, both keys stay.
async fn conclude(vault: &Vault, store: &Store, rotation: Rotation) {
    let (Ok(rows), Ok(header)) = (store.secret_rows().await, store.vault_header().await) else { return };
    if rotation.is_stored(&rows, header.as_deref()) {
        vault.finish_rotation(rotation).await;
    } else {
        vault.cancel_rotation(rotation).await;
    }
}
