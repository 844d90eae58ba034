//! An open workspace.

use std::fs::{DirBuilder, File};
use std::path::Path;

use sqlx::SqlitePool;
use uuid::Uuid;

use crate::lock::Lock;
use crate::{OpenError, StoreError, database, inspect, lock, purge};

/// The workspace of one home directory. Calls may run side by side; writes queue for one connection.
#[derive(Debug)]
pub struct Store {
    readers: SqlitePool,
    access: Access,
    workspace: Uuid,
}

#[derive(Debug)]
enum Access {
    Write { writer: SqlitePool, lock: File },
    Read { holder: String },
}

impl Store {
    /// Opens `workspace.sqlite` in `home`, or makes both (`home` for its owner only). What was
    /// deleted before is removed for good now.
    ///
    /// When another process has the workspace, this one reads: see [`Store::holder`].
    pub async fn open(home: &Path) -> Result<Self, OpenError> {
        make_home(home).map_err(|e| OpenError::Unusable(format!("{}: {e}", home.display())))?;
        let path = home.join("workspace.sqlite");
        let access = match lock::take(&home.join("workspace.lock"))? {
            Lock::Held(lock) => Access::Write { writer: open_for_writing(&path).await?, lock },
            Lock::Elsewhere(holder) => {
                check_for_reading(&path).await?;
                Access::Read { holder }
            }
        };
        let readers = database::open_readers(&path).await?;
        let id: String = sqlx::query_scalar("SELECT id FROM workspace").fetch_one(&readers).await?;
        let workspace = id.parse().map_err(|_| OpenError::Damaged("the workspace has no id".into()))?;
        Ok(Self { readers, access, workspace })
    }

    /// The workspace's own id: made once, kept with the file.
    pub fn workspace(&self) -> Uuid {
        self.workspace
    }

    /// Who writes this workspace, as "pid program", when this process only reads it.
    pub fn holder(&self) -> Option<&str> {
        match &self.access {
            Access::Write { .. } => None,
            Access::Read { holder } => Some(holder),
        }
    }

    /// Ends all connections, leaves one whole file, and lets another process write. Later calls fail.
    pub async fn close(&self) {
        self.readers.close().await;
        if let Access::Write { writer, lock } = &self.access {
            // Last, because the last connection moves the write-ahead log into the file.
            writer.close().await;
            if let Err(e) = lock.unlock() {
                tracing::warn!(%e, "the workspace lock stays until this process ends");
            }
        }
    }

    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// The connection for writing, unless another process has the workspace.
    pub(crate) fn writer(&self) -> Result<&SqlitePool, StoreError> {
        match &self.access {
            Access::Write { writer, .. } => Ok(writer),
            Access::Read { holder } => Err(StoreError::ReadOnly { holder: holder.clone() }),
        }
    }
}

async fn open_for_writing(path: &Path) -> Result<SqlitePool, OpenError> {
    match path.symlink_metadata() {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => database::create(path).await?,
        // Anything else that stands there is looked at, and never replaced.
        _ => {
            inspect::inspect(path, database::known_version()).await?;
        }
    }
    let writer = database::open_writer(path).await?;
    purge::deleted(&writer).await?;
    Ok(writer)
}

async fn check_for_reading(path: &Path) -> Result<(), OpenError> {
    let known = database::known_version();
    match inspect::inspect(path, known).await? {
        version if version == known => Ok(()),
        version => Err(OpenError::Unusable(format!(
            "an older version of Hubscope has the workspace open (version {version}); close it first"
        ))),
    }
}

/// Makes the directory and those above it; new ones are for their owner only.
fn make_home(home: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(home)
}
