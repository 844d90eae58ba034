//! Opening: one writer, crashes, newer and damaged files. Whatever cannot be opened stays as it is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::{device, hub, settings, subscription};
use hubscope_model::{Code, Error};
use hubscope_store::{Deletion, OpenError, Store, StoreError};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

fn database(home: &Path) -> PathBuf {
    home.join("workspace.sqlite")
}

/// A closed workspace with a few pages in it.
async fn filled(home: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let store = Store::open(home).await?;
    let hub = hub("hub");
    store.save_hub(&hub).await?;
    for n in 0..100 {
        let device = device(hub.hub.id, &format!("device {n}"));
        store.save_device(&device).await?;
        store.save_subscription(&subscription(device.id, "a/#")).await?;
    }
    store.close().await;
    Ok(())
}

/// The bytes of every file of a home but the lock's.
fn files(home: &Path) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(home)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && name != "workspace.lock" {
            files.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(files)
}

/// Opens a damaged workspace twice and answers what it said; its database must not have changed.
async fn damage_found(home: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let before = std::fs::read(database(home)).ok();
    let first = Store::open(home).await.err();
    assert_eq!(Store::open(home).await.err(), first, "the answer does not depend on how often one asks");
    assert_eq!(std::fs::read(database(home)).ok(), before, "the damaged file was changed");
    match first {
        Some(OpenError::Damaged(detail)) => Ok(detail),
        other => Err(format!("not reported as damaged: {other:?}").into()),
    }
}

#[tokio::test]
async fn a_closed_workspace_is_one_file_for_its_owner() {
    let parent = tempfile::tempdir().unwrap();
    let home = parent.path().join("new/Wärme 100% ?#");
    filled(&home).await.unwrap();
    assert_eq!(files(&home).unwrap().into_keys().collect::<Vec<_>>(), ["workspace.sqlite"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&home), 0o700);
        assert_eq!(mode(&database(&home)), 0o600);
        assert_eq!(mode(&home.join("workspace.lock")), 0o600);
    }
}

#[tokio::test]
async fn the_second_opener_reads_and_knows_who_writes() {
    let home = tempfile::tempdir().unwrap();
    let writer = Store::open(home.path()).await.unwrap();
    let hub = hub("hub");
    writer.save_hub(&hub).await.unwrap();

    let reader = Store::open(home.path()).await.unwrap();
    let holder = reader.holder().unwrap().to_owned();
    assert!(holder.starts_with(&format!("{} ", std::process::id())), "{holder}");
    assert_eq!(reader.workspace(), writer.workspace());
    assert_eq!(reader.hubs().await.unwrap(), std::slice::from_ref(&hub));

    let error = StoreError::ReadOnly { holder };
    let refused = Err(error.clone());
    assert_eq!(reader.save_hub(&hub).await, refused);
    assert_eq!(reader.delete(&Deletion::Hub(hub.hub.id)).await, refused);
    assert_eq!(reader.set_settings(&settings()).await, refused);
    assert_eq!(reader.put_secret("device/x/token", b"").await, refused);
    assert_eq!(Error::from(error).code, Code::WorkspaceReadOnly);

    // What is written later is seen, and the place is free as soon as the writer has closed.
    writer.delete(&Deletion::Hub(hub.hub.id)).await.unwrap();
    assert_eq!(reader.hubs().await.unwrap(), []);
    writer.close().await;
    assert!(matches!(writer.hubs().await, Err(StoreError::Unavailable(_))));
    assert_eq!(Store::open(home.path()).await.unwrap().holder(), None);
}

/// The part of the two tests below that runs in a process of its own: writes, says so, and waits.
#[tokio::test]
#[ignore = "started by other tests, in a process of its own"]
async fn write_and_wait() {
    let home = std::env::var_os("HUBSCOPE_TEST_HOME").unwrap();
    let store = Store::open(Path::new(&home)).await.unwrap();
    assert_eq!(store.holder(), None);
    store.save_hub(&hub("from another process")).await.unwrap();
    std::fs::write(Path::new(&home).join("written"), "").unwrap();
    // Until the parent closes the pipe or kills this process.
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

/// Starts [`write_and_wait`] and returns when it has written.
fn another_process(home: &Path) -> Result<std::process::Child, Box<dyn std::error::Error>> {
    let mut child = std::process::Command::new(std::env::current_exe()?)
        .args(["--exact", "opening::write_and_wait", "--ignored"])
        .env("HUBSCOPE_TEST_HOME", home)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()?;
    while !home.join("written").exists() {
        if let Some(status) = child.try_wait()? {
            return Err(format!("the other process ended early: {status}").into());
        }
        std::thread::yield_now();
    }
    Ok(child)
}

#[tokio::test]
async fn another_process_is_named_and_a_killed_one_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut child = another_process(home.path()).unwrap();
    let reader = Store::open(home.path()).await.unwrap();
    assert!(reader.holder().unwrap().starts_with(&format!("{} ", child.id())));
    assert_eq!(reader.hubs().await.unwrap()[0].hub.name, "from another process");
    reader.close().await;

    // Killed, so its last write is in the write-ahead log only.
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(files(home.path()).unwrap()["workspace.sqlite-wal"].len() > 32);
    let store = Store::open(home.path()).await.unwrap();
    assert_eq!(store.holder(), None);
    assert_eq!(store.hubs().await.unwrap()[0].hub.name, "from another process");
}

#[tokio::test]
async fn a_newer_workspace_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path()).await.unwrap();
    let mut newer = SqliteConnectOptions::new().filename(database(home.path())).connect().await.unwrap();
    sqlx::query("PRAGMA user_version = 99").execute(&mut newer).await.unwrap();
    newer.close().await.unwrap();
    let before = files(home.path()).unwrap();
    assert!(matches!(Store::open(home.path()).await, Err(OpenError::Newer { found: 99, known: 7.. })));
    assert_eq!(files(home.path()).unwrap(), before);
}

#[tokio::test]
async fn a_database_of_another_program_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new().filename(database(home.path())).create_if_missing(true);
    let mut other = options.connect().await.unwrap();
    sqlx::query("CREATE TABLE theirs (id INTEGER)").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    let before = files(home.path()).unwrap();
    assert!(matches!(Store::open(home.path()).await, Err(OpenError::Unusable(_))));
    assert_eq!(files(home.path()).unwrap(), before);
}

#[tokio::test]
async fn files_that_are_no_database_are_damaged() {
    let contents: [&[u8]; 5] = [b"", b"x", &[0; 8192], &[0xa7; 8192], b"SQLite format 3\0"];
    for content in contents {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(database(home.path()), content).unwrap();
        damage_found(home.path()).await.unwrap();
    }
}

#[tokio::test]
async fn a_directory_in_its_place_is_damage() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(database(home.path())).unwrap();
    assert!(damage_found(home.path()).await.unwrap().contains("not a file"));
}

#[tokio::test]
async fn a_file_cut_anywhere_is_damaged() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path()).await.unwrap();
    let whole = std::fs::read(database(home.path())).unwrap();
    for keep in [whole.len() - 4096, whole.len() / 2, 4096, 100, 50] {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(database(home.path()), &whole[..keep]).unwrap();
        damage_found(home.path()).await.unwrap();
    }
}

#[tokio::test]
async fn overwritten_pages_are_damage() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path()).await.unwrap();
    let whole = std::fs::read(database(home.path())).unwrap();
    assert!(whole.len() > 8 * 4096);
    let mut noise = 0x9e37_79b9_u32;
    for page in 1..whole.len() / 4096 {
        let home = tempfile::tempdir().unwrap();
        let mut broken = whole.clone();
        for byte in &mut broken[page * 4096..(page + 1) * 4096] {
            noise ^= noise << 13;
            noise ^= noise >> 17;
            noise ^= noise << 5;
            *byte = noise as u8;
        }
        std::fs::write(database(home.path()), &broken).unwrap();
        damage_found(home.path()).await.unwrap_or_else(|e| panic!("page {page}: {e}"));
    }
}

#[tokio::test]
async fn a_log_without_its_database_is_damage() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("workspace.sqlite-wal"), [1; 64]).unwrap();
    damage_found(home.path()).await.unwrap();
    assert!(!database(home.path()).exists());
    assert_eq!(files(home.path()).unwrap()["workspace.sqlite-wal"], [1; 64]);
}

#[tokio::test]
async fn what_an_interrupted_creation_left_does_not_matter() {
    let home = tempfile::tempdir().unwrap();
    for name in ["workspace.sqlite.new", "workspace.sqlite.new-wal", "workspace.sqlite.new-journal"] {
        std::fs::write(home.path().join(name), [7; 5000]).unwrap();
    }
    filled(home.path()).await.unwrap();
    assert_eq!(files(home.path()).unwrap().into_keys().collect::<Vec<_>>(), ["workspace.sqlite"]);
}

#[tokio::test]
async fn a_home_that_cannot_be_made_is_unusable() {
    let parent = tempfile::tempdir().unwrap();
    std::fs::write(parent.path().join("file"), "").unwrap();
    for home in ["file", "file/home"] {
        assert!(matches!(Store::open(&parent.path().join(home)).await, Err(OpenError::Unusable(_))), "{home}");
    }
}

#[tokio::test]
async fn a_database_that_another_program_locks_is_unusable_and_unchanged() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path()).await.unwrap();
    let before = std::fs::read(database(home.path())).unwrap();
    let options = SqliteConnectOptions::new().filename(database(home.path()));
    let mut foreign = options.connect().await.unwrap();
    // Out of WAL mode, so that the lock keeps readers out too.
    sqlx::query("PRAGMA journal_mode = DELETE").execute(&mut foreign).await.unwrap();
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut foreign).await.unwrap();
    assert!(matches!(Store::open(home.path()).await, Err(OpenError::Unusable(_))));
    sqlx::query("ROLLBACK").execute(&mut foreign).await.unwrap();
    foreign.close().await.unwrap();
    let after = std::fs::read(database(home.path())).unwrap();
    // SQLite's own header counters and the journal mode aside, nothing changed.
    assert_eq!(after[100..], before[100..]);
    assert_eq!(Store::open(home.path()).await.unwrap().devices().await.unwrap().len(), 100);
}
