//! The workspace database and the vault of this run, with the states that pages show.

use crate::changes::{Area, Changes};
use crate::options::VaultChoice;
use crate::secrets::Secrets;
use hubscope_model::{Code, Desk, Error, Result, Settings, Text, VaultLevel, WorkspaceInfo, WorkspaceState, text};
use hubscope_store::{OpenError, Store};
use hubscope_vault::Vault;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::watch;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

pub struct Workspace {
    location: PathBuf,
    state: WorkspaceState,
    store: Option<Arc<Store>>,
    /// None while the vault is being probed.
    vault: watch::Receiver<Option<Vault>>,
    pub secrets: Secrets,
}

/// What the database says of the vault.
struct Sealed {
    workspace: Uuid,
    header: Option<String>,
    rows: Vec<(String, Vec<u8>)>,
    /// This process writes, so it ends what a crash has interrupted.
    writes: bool,
}

impl Sealed {
    /// The error says in words why nothing can be sealed.
    async fn read(store: &Store) -> std::result::Result<Self, Text> {
        let header = store.vault_header().await.map_err(|error| Text::verbatim(error.to_string()))?;
        let rows = store.secret_rows().await.map_err(|error| Text::verbatim(error.to_string()))?;
        Ok(Self { workspace: store.workspace(), header, rows, writes: store.holder().is_none() })
    }

    async fn open(self, choice: VaultChoice) -> Vault {
        // A passphrase in force asks no secret store, so it holds for either choice.
        if choice == VaultChoice::Memory && self.header.is_none() {
            return Vault::in_memory(text!("HUBSCOPE_VAULT=memory asks for it"));
        }
        let vault = Vault::open(self.workspace, self.header.as_deref(), !self.rows.is_empty()).await;
        if self.writes {
            vault.settle(&self.rows).await;
        }
        vault
    }
}

impl Workspace {
    /// Opens the database; the vault is probed in the background, so that a slow secret store never delays a window.
    pub async fn open(home: PathBuf, vault: VaultChoice, changes: Arc<Changes>, tasks: &TaskTracker) -> Self {
        let (store, state) = match Store::open(&home).await {
            Ok(store) => {
                let state = match store.holder() {
                    None => WorkspaceState::Ready,
                    Some(holder) => WorkspaceState::ReadOnly { holder: holder.to_owned() },
                };
                (Some(Arc::new(store)), state)
            }
            Err(OpenError::Newer { found, known }) => (None, WorkspaceState::Newer { found, known }),
            Err(OpenError::Damaged(detail)) => (None, WorkspaceState::Damaged { detail }),
            Err(OpenError::Unusable(detail)) => (None, WorkspaceState::Unusable { detail }),
        };
        let sealed = match &store {
            Some(store) => Sealed::read(store).await,
            None => Err(text!("the workspace cannot be used")),
        };
        let (opened, receiver) = watch::channel(None);
        tasks.spawn(async move {
            let vault = match sealed {
                Ok(sealed) => sealed.open(vault).await,
                Err(reason) => Vault::in_memory(reason),
            };
            opened.send_replace(Some(vault));
            changes.bump(Area::Workspace);
        });
        Self { location: home, state, store, vault: receiver, secrets: Secrets::default() }
    }

    pub fn info(&self) -> WorkspaceInfo {
        WorkspaceInfo {
            state: self.state.clone(),
            location: self.location.display().to_string(),
            vault: self.vault_level(),
        }
    }

    pub fn vault_level(&self) -> VaultLevel {
        self.vault.borrow().as_ref().map_or(VaultLevel::Opening, Vault::level)
    }

    /// The database, or the error that says to look at `workspace.get`.
    pub fn store(&self) -> Result<&Store> {
        self.store.as_deref().ok_or_else(|| {
            Error::new(Code::WorkspaceUnavailable, "The workspace database cannot be used.")
                .detail(format!("{:?}", self.state))
                .hint("See what the start page says about it.")
        })
    }

    /// The database for a task that goes on by itself; its calls fail once the workspace is closed.
    pub fn shared_store(&self) -> Result<Arc<Store>> {
        self.store()?;
        self.store.clone().ok_or_else(unavailable)
    }

    /// The vault, once its probe has ended.
    pub async fn vault(&self) -> Result<Vault> {
        let mut receiver = self.vault.clone();
        let vault = receiver.wait_for(Option::is_some).await.map_err(|_| unavailable())?;
        vault.clone().ok_or_else(unavailable)
    }

    pub async fn settings(&self) -> Result<Settings> {
        match &self.store {
            Some(store) => Ok(store.settings().await?),
            // The page must be able to draw itself to say what is wrong.
            None => Ok(Settings::default()),
        }
    }

    pub async fn set_settings(&self, settings: Settings) -> Result<Settings> {
        settings.check()?;
        self.store()?.set_settings(&settings).await?;
        Ok(settings)
    }

    pub async fn desk(&self) -> Result<Desk> {
        match &self.store {
            Some(store) => Ok(store.desk().await?),
            None => Ok(Desk::default()),
        }
    }

    pub async fn set_desk(&self, desk: Desk) -> Result<()> {
        desk.check()?;
        Ok(self.store()?.set_desk(&desk).await?)
    }

    pub async fn close(&self) {
        if let Some(store) = &self.store {
            store.close().await;
        }
    }
}

fn unavailable() -> Error {
    Error::new(Code::VaultUnavailable, "The vault could not be opened.")
}
