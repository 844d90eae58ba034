//! The vault with a real Secret Service (gnome-keyring on a D-Bus session of its own), with none,
//! with a locked one, and with one that never answers.
//!
//! A session is an environment of a process, so each test starts this program again inside one; the
//! part that runs there is an ignored test with a role to play.
#![cfg(target_os = "linux")]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use hubscope_model::VaultLevel;
use hubscope_vault::{Secret, Vault, VaultError, for_connector};
use uuid::Uuid;
use zeroize::Zeroizing;

const WORKSPACE: Uuid = Uuid::from_u128(0x0190_4855_4253);
const ROW: &str = "device/0190/token";
const PLANTED: &str = "PLANTED-os-store-secret";

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Runs the ignored test `role` with folders of its own under `home`.
fn play(role: &str, home: &Path, mut command: Command) -> Outcome<Output> {
    for folder in ["run", "home"] {
        let folder = home.join(folder);
        std::fs::create_dir_all(&folder)?;
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;
    }
    let output = command
        .args(["--exact", role, "--ignored", "--nocapture"])
        .env("HOME", home.join("home"))
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("HUBSCOPE_TEST_SEALED", home.join("sealed"))
        .env_remove("XDG_DATA_HOME")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()?;
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() || !text.contains("1 passed") {
        return Err(format!("{role}: {}\n{text}", output.status).into());
    }
    Ok(output)
}

/// This program, with `before` run first in a D-Bus session of its own.
fn in_session(before: &str) -> Outcome<Command> {
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-c", &format!("{before}\nexec \"$0\" \"$@\"")]).arg(std::env::current_exe()?);
    Ok(command)
}

fn unlocked() -> Outcome<Command> {
    in_session("printf 'test\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null")
}

/// False, said aloud, on a machine without the programs.
fn has_secret_service() -> bool {
    let has = |program: &str| Command::new(program).arg("--version").stdout(Stdio::null()).status().is_ok();
    let both = has("dbus-run-session") && has("gnome-keyring-daemon");
    if !both {
        eprintln!("not tested here: dbus-run-session or gnome-keyring-daemon is not installed");
    }
    both
}

fn secret() -> Secret<String> {
    Secret::new(Zeroizing::new(PLANTED.to_owned()))
}

fn reason(vault: &Vault) -> Outcome<String> {
    match vault.level() {
        VaultLevel::Memory { reason } => Ok(reason),
        other => Err(format!("not in memory but {other:?}").into()),
    }
}

#[test]
fn a_secret_outlives_the_process_and_opens_for_its_workspace_only() {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    play("seals", home.path(), unlocked().unwrap()).unwrap();
    play("opens", home.path(), unlocked().unwrap()).unwrap();
}

#[test]
fn a_locked_store_means_memory_and_loses_nothing() {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    play("seals", home.path(), unlocked().unwrap()).unwrap();
    play("finds_it_locked", home.path(), in_session("").unwrap()).unwrap();
    play("opens", home.path(), unlocked().unwrap()).unwrap();
}

#[test]
fn a_store_without_a_collection_means_memory() {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    play("finds_it_locked_or_empty", home.path(), in_session("").unwrap()).unwrap();
}

#[test]
fn no_session_bus_means_memory() {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", home.path().join("no-bus").display()));
    play("finds_no_store", home.path(), command).unwrap();
}

#[test]
fn a_store_that_never_answers_means_memory_and_does_not_hold_the_process() {
    let home = tempfile::tempdir().unwrap();
    let bus = home.path().join("silent-bus");
    // Takes connections into its backlog and says nothing.
    let _silent = std::os::unix::net::UnixListener::bind(&bus).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", bus.display()));
    play("finds_it_silent", home.path(), command).unwrap();
}

#[tokio::test]
#[ignore = "a role: run by other tests in an unlocked session"]
async fn seals() {
    let vault = Vault::open(WORKSPACE).await;
    assert_eq!(vault.level(), VaultLevel::OsStore);
    let sealed = vault.seal(ROW, &secret()).unwrap();
    std::fs::write(std::env::var_os("HUBSCOPE_TEST_SEALED").unwrap(), &sealed).unwrap();
    assert_eq!(for_connector(&Vault::open(WORKSPACE).await.unseal(ROW, &sealed).unwrap()), PLANTED);

    // One entry for the workspace, text only, and nothing left of the probes.
    let store = keyring_core::get_default_store().unwrap();
    let entries = store.search(&[("service", "hubscope")].into()).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].get_attributes().unwrap()["username"], WORKSPACE.to_string());
    assert_eq!(entries[0].get_password().unwrap().len(), 44);
}

#[tokio::test]
#[ignore = "a role: run by other tests in an unlocked session, after `seals`"]
async fn opens() {
    let sealed = std::fs::read(std::env::var_os("HUBSCOPE_TEST_SEALED").unwrap()).unwrap();
    let vault = Vault::open(WORKSPACE).await;
    assert_eq!(vault.level(), VaultLevel::OsStore);
    assert_eq!(for_connector(&vault.unseal(ROW, &sealed).unwrap()), PLANTED);
    let other = Vault::open(Uuid::from_u128(1)).await;
    assert_eq!(other.level(), VaultLevel::OsStore);
    assert_eq!(other.unseal(ROW, &sealed).err(), Some(VaultError::OtherKey));

    // An entry that somebody else wrote is reported and not overwritten.
    let theirs = keyring_core::Entry::new("hubscope", &Uuid::from_u128(2).to_string()).unwrap();
    theirs.set_password("not a key").unwrap();
    let vault = Vault::open(Uuid::from_u128(2)).await;
    assert!(reason(&vault).unwrap().contains("does not hold a key"));
    assert_eq!(theirs.get_password().unwrap(), "not a key");
}

#[tokio::test]
#[ignore = "a role: run by other tests in a session with a locked collection, after `seals`"]
async fn finds_it_locked() {
    let sealed = std::fs::read(std::env::var_os("HUBSCOPE_TEST_SEALED").unwrap()).unwrap();
    let vault = Vault::open(WORKSPACE).await;
    assert!(reason(&vault).unwrap().contains("locked"), "{vault:?}");
    assert_eq!(vault.unseal(ROW, &sealed).err(), Some(VaultError::OtherKey));
    let again = vault.seal(ROW, &secret()).unwrap();
    assert_eq!(for_connector(&vault.unseal(ROW, &again).unwrap()), PLANTED);
}

#[tokio::test]
#[ignore = "a role: run by other tests in a session with no collection"]
async fn finds_it_locked_or_empty() {
    let vault = Vault::open(WORKSPACE).await;
    assert!(reason(&vault).unwrap().contains("takes no entries"), "{vault:?}");
}

#[tokio::test]
#[ignore = "a role: run by other tests without a session bus"]
async fn finds_no_store() {
    let vault = Vault::open(WORKSPACE).await;
    assert!(reason(&vault).unwrap().contains("no secret store that answers"), "{vault:?}");
}

#[tokio::test]
#[ignore = "a role: run by other tests with a bus that is silent"]
async fn finds_it_silent() {
    let vault = Vault::open(WORKSPACE).await;
    assert!(reason(&vault).unwrap().contains("did not answer within 5 seconds"), "{vault:?}");
}
