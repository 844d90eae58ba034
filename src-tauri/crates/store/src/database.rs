//! The database file: made in one step, opened for one writer and some readers.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqlitePool};
use uuid::Uuid;

use crate::OpenError;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");
/// How long a statement waits for a lock that a checkpoint or another reader holds.
const BUSY: Duration = Duration::from_secs(5);
/// How long a call waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(10);
const READERS: u32 = 2;

/// The version that this program writes: the number of its last migration.
pub(crate) fn known_version() -> u32 {
    MIGRATIONS.iter().map(|migration| migration.version).max().and_then(|v| v.try_into().ok()).unwrap_or_default()
}

/// Makes a new workspace beside `path` and moves it there when it is whole. So an empty or half file
/// at `path` is never ours, and is reported as damaged instead of being filled.
pub(crate) async fn create(path: &Path) -> Result<(), OpenError> {
    if beside(path, "-wal").exists() {
        return Err(OpenError::Damaged("the database is gone, but its write-ahead log is there".into()));
    }
    let unusable = |e: std::io::Error| OpenError::Unusable(format!("{}: {e}", path.display()));
    let draft = beside(path, ".new");
    for suffix in ["", "-wal", "-shm", "-journal"] {
        remove_leftover(&beside(&draft, suffix)).map_err(unusable)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&draft).map_err(unusable)?;
    let mut connection = writing(&draft).connect().await?;
    MIGRATIONS.run(&mut connection).await.map_err(migration_failed)?;
    sqlx::query("INSERT INTO workspace (only_row, id) VALUES (1, ?)")
        .bind(Uuid::new_v4().to_string())
        .execute(&mut connection)
        .await?;
    // Moves everything from the write-ahead log into the file.
    connection.close().await?;
    std::fs::rename(&draft, path).map_err(unusable)
}

/// The only connection that writes, with the file brought up to this program's version.
pub(crate) async fn open_writer(path: &Path) -> Result<SqlitePool, OpenError> {
    let options =
        SqlitePoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE).after_release(|connection, _| {
            Box::pin(async move {
                // On a full disk SQLite ends a transaction by itself, and sqlx goes on counting it as open: later ones would be
                // savepoints inside one that nobody commits. The ping comes after the rollback that was asked for.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        });
    let pool = options.connect_with(writing(path)).await?;
    MIGRATIONS.run(&pool).await.map_err(migration_failed)?;
    Ok(pool)
}

/// Connections that only read.
pub(crate) async fn open_readers(path: &Path) -> Result<SqlitePool, OpenError> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(BUSY);
    Ok(SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(ACQUIRE).connect_with(options).await?)
}

fn writing(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        // What is deleted is overwritten: a secret that was cleared leaves no sealed copy either.
        .pragma("secure_delete", "ON")
}

fn migration_failed(error: MigrateError) -> OpenError {
    match error {
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => e.into(),
        other => OpenError::Unusable(other.to_string()),
    }
}

fn remove_leftover(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// `path` with `suffix` added to its file name.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::{create, open_readers, open_writer};

    #[tokio::test]
    async fn what_is_written_after_a_full_disk_is_there() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("workspace.sqlite");
        create(&path).await.unwrap();
        let (writer, readers) = (open_writer(&path).await.unwrap(), open_readers(&path).await.unwrap());
        for _ in 0..2 {
            // No page may be added: the same error as on a full disk (sqlite.org/pragma.html#pragma_max_page_count).
            sqlx::query("PRAGMA max_page_count = 1").execute(&writer).await.unwrap();
            let mut transaction = writer.begin().await.unwrap();
            let big = "INSERT INTO settings (only_row, json) VALUES (1, hex(zeroblob(1000000)))";
            let refused = sqlx::query(big).execute(&mut *transaction).await.unwrap_err();
            assert!(refused.to_string().contains("full"), "{refused}");
        }
        sqlx::query("INSERT INTO settings (only_row, json) VALUES (1, '{}')").execute(&writer).await.unwrap();
        let stored: String = sqlx::query_scalar("SELECT json FROM settings").fetch_one(&readers).await.unwrap();
        assert_eq!(stored, "{}");
    }
}
