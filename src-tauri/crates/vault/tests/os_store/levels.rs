//! Which level a session leads to, and the ways from one to another.
#![cfg(test)]

use std::process::Command;

use crate::session::{
    Outcome, PLANTED, REPLACE_UNLOCKED, ROW, UNLOCK, WORKSPACE, entries, has_secret_service, in_session, play, secret,
    store, unlocked,
};
use hubscope_model::{Text, VaultLevel};
use hubscope_vault::{Vault, VaultError, for_connector};
use keyring_core::api::CredentialStoreApi;
use uuid::Uuid;

fn reason(vault: &Vault) -> Outcome<Text> {
    match vault.level() {
        VaultLevel::Memory { reason } => Ok(reason),
        other => Err(format!("not in memory but {other:?}").into()),
    }
}

fn unreachable(vault: &Vault) -> Outcome<Text> {
    match vault.level() {
        VaultLevel::Unreachable { reason } => Ok(reason),
        other => Err(format!("not unreachable but {other:?}").into()),
    }
}

fn sealed_by_another_process() -> Vec<u8> {
    std::fs::read(std::env::var_os("HUBSCOPE_TEST_SEALED").unwrap()).unwrap()
}

fn run(command: &str) {
    assert!(Command::new("sh").args(["-c", command]).status().unwrap().success(), "{command}");
}

#[test]
fn a_secret_outlives_the_process_and_opens_for_its_workspace_only() {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    play("levels::seals", home.path(), unlocked().unwrap()).unwrap();
    play("levels::opens", home.path(), unlocked().unwrap()).unwrap();
}

#[test]
fn a_locked_store_loses_nothing() {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    play("levels::seals", home.path(), unlocked().unwrap()).unwrap();
    play("levels::finds_it_locked", home.path(), in_session("").unwrap()).unwrap();
    play("levels::opens", home.path(), unlocked().unwrap()).unwrap();
}

#[test]
fn a_store_that_is_unlocked_later_is_used_without_a_restart() {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    play("levels::seals", home.path(), unlocked().unwrap()).unwrap();
    play("levels::tries_again_after_unlocking", home.path(), in_session("").unwrap()).unwrap();
}

#[test]
fn a_store_that_comes_later_is_used_without_a_restart() {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    play("levels::seals", home.path(), unlocked().unwrap()).unwrap();
    // The address of the bus is known, and nobody listens there yet.
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", home.path().join("late-bus").display()));
    play("levels::tries_again_when_there_is_a_bus", home.path(), command).unwrap();
}

#[test]
fn a_passphrase_takes_the_key_over_and_gives_it_back() {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    play("levels::seals", home.path(), unlocked().unwrap()).unwrap();
    play("levels::goes_to_a_passphrase_and_back", home.path(), unlocked().unwrap()).unwrap();
    play("levels::opens", home.path(), unlocked().unwrap()).unwrap();
}

#[test]
fn a_key_that_the_store_keeps_is_named() {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    play("levels::seals", home.path(), unlocked().unwrap()).unwrap();
    play("levels::cannot_take_its_key_back", home.path(), unlocked().unwrap()).unwrap();
}

#[test]
fn a_store_without_a_collection_means_memory() {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    play("levels::finds_it_locked_or_empty", home.path(), in_session("").unwrap()).unwrap();
}

#[test]
fn no_session_bus_means_memory() {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", home.path().join("no-bus").display()));
    play("levels::finds_no_store", home.path(), command).unwrap();
}

#[test]
fn a_store_that_never_answers_means_memory_and_does_not_hold_the_process() {
    let home = tempfile::tempdir().unwrap();
    let bus = home.path().join("silent-bus");
    // Takes connections into its backlog and says nothing.
    let _silent = std::os::unix::net::UnixListener::bind(&bus).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", bus.display()));
    play("levels::finds_it_silent", home.path(), command).unwrap();
}

#[tokio::test]
#[ignore = "a role: run by other tests in an unlocked session"]
async fn seals() {
    let vault = Vault::open(WORKSPACE, None, false).await;
    assert_eq!(vault.level(), VaultLevel::OsStore);
    let sealed = vault.seal(ROW, &secret(PLANTED)).unwrap();
    std::fs::write(std::env::var_os("HUBSCOPE_TEST_SEALED").unwrap(), &sealed).unwrap();
    assert_eq!(for_connector(&Vault::open(WORKSPACE, None, false).await.unseal(ROW, &sealed).unwrap()), PLANTED);

    // One entry for the workspace, text only, and nothing left of the probes.
    let entries = entries();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].0, WORKSPACE.to_string());
    assert_eq!(entries[0].1.len(), 44);
}

#[tokio::test]
#[ignore = "a role: run by other tests in an unlocked session, after `seals`"]
async fn opens() {
    let sealed = sealed_by_another_process();
    let vault = Vault::open(WORKSPACE, None, false).await;
    assert_eq!(vault.level(), VaultLevel::OsStore);
    assert_eq!(for_connector(&vault.unseal(ROW, &sealed).unwrap()), PLANTED);
    let other = Vault::open(Uuid::from_u128(1), None, false).await;
    assert_eq!(other.level(), VaultLevel::OsStore);
    assert_eq!(other.unseal(ROW, &sealed).err(), Some(VaultError::OtherKey));

    // An entry that somebody else wrote is reported and not overwritten.
    let theirs = store().build("hubscope", &Uuid::from_u128(2).to_string(), None).unwrap();
    theirs.set_password("not a key").unwrap();
    let vault = Vault::open(Uuid::from_u128(2), None, false).await;
    assert!(reason(&vault).unwrap().contains("does not hold a key"));
    assert_eq!(theirs.get_password().unwrap(), "not a key");
}

#[tokio::test]
#[ignore = "a role: run by other tests in a session with a locked collection, after `seals`"]
async fn finds_it_locked() {
    let sealed = sealed_by_another_process();
    // Nothing is stored: this run may have secrets of its own.
    let vault = Vault::open(WORKSPACE, None, false).await;
    assert!(reason(&vault).unwrap().contains("locked"), "{vault:?}");
    assert_eq!(vault.unseal(ROW, &sealed).err(), Some(VaultError::OtherKey));
    let again = vault.seal(ROW, &secret(PLANTED)).unwrap();
    assert_eq!(for_connector(&vault.unseal(ROW, &again).unwrap()), PLANTED);

    // Something is stored: nothing may be sealed by another key than the store's.
    let vault = Vault::open(WORKSPACE, None, true).await;
    let reason = unreachable(&vault).unwrap();
    assert!(reason.contains("locked"), "{vault:?}");
    let refused = Some(VaultError::Unreachable(reason));
    assert_eq!(vault.unseal(ROW, &sealed).err(), refused);
    assert_eq!(vault.seal(ROW, &secret(PLANTED)).err(), refused);
    assert_eq!(vault.set_passphrase(None, &secret("correct horse")).await.err(), refused);
    assert_eq!(vault.begin_rotation().await.err(), refused);
}

#[tokio::test]
#[ignore = "a role: run by other tests in a session with a locked collection, after `seals`"]
async fn tries_again_after_unlocking() {
    let sealed = sealed_by_another_process();
    let vault = Vault::open(WORKSPACE, None, true).await;
    let without = Vault::open(WORKSPACE, None, false).await;
    unreachable(&vault).unwrap();
    vault.retry().await;
    unreachable(&vault).unwrap();
    run(REPLACE_UNLOCKED);
    vault.retry().await;
    assert_eq!(vault.level(), VaultLevel::OsStore);
    assert_eq!(for_connector(&vault.unseal(ROW, &sealed).unwrap()), PLANTED);
    without.clone().use_os_store().await.unwrap();
    assert_eq!(for_connector(&without.unseal(ROW, &sealed).unwrap()), PLANTED, "a clone changes with its vault");
}

#[tokio::test]
#[ignore = "a role: run by other tests without a session bus, after `seals`"]
async fn tries_again_when_there_is_a_bus() {
    let sealed = sealed_by_another_process();
    let vault = Vault::open(WORKSPACE, None, true).await;
    assert!(unreachable(&vault).unwrap().contains("no secret store that answers"));
    let address = std::env::var("DBUS_SESSION_BUS_ADDRESS").unwrap();
    // Prints its address when it listens, and goes on in the background.
    let started = Command::new("dbus-daemon")
        .args(["--session", "--fork", "--nopidfile", "--print-pid", "--address", &address])
        .output()
        .unwrap();
    let bus: i32 = String::from_utf8(started.stdout).unwrap().trim().parse().unwrap();
    run(UNLOCK);
    vault.retry().await;
    let opened = vault.unseal(ROW, &sealed).map(|secret| for_connector(&secret).to_owned());
    // The keyring ends with its bus.
    run(&format!("kill {bus}"));
    assert_eq!(opened.as_deref(), Ok(PLANTED));
}

#[tokio::test]
#[ignore = "a role: run by other tests in an unlocked session, after `seals`"]
async fn goes_to_a_passphrase_and_back() {
    let sealed = sealed_by_another_process();
    let vault = Vault::open(WORKSPACE, None, true).await;
    let new = vault.set_passphrase(None, &secret("correct horse")).await.unwrap();
    assert_eq!(vault.level(), VaultLevel::OsStore, "not before its header is stored");
    let header = new.header().to_owned();
    vault.adopt(new).await.unwrap();
    assert_eq!(vault.level(), VaultLevel::Passphrase);
    assert_eq!(entries(), []);
    assert_eq!(for_connector(&vault.unseal(ROW, &sealed).unwrap()), PLANTED, "what was sealed stays as it is");

    let vault = Vault::open(WORKSPACE, Some(&header), true).await;
    assert_eq!(vault.level(), VaultLevel::Locked);
    assert_eq!(vault.use_os_store().await, Err(VaultError::Locked));
    vault.retry().await;
    assert_eq!((vault.level(), entries().len()), (VaultLevel::Locked, 0), "the OS store is not asked");
    vault.unlock(&secret("correct horse")).await.unwrap();
    vault.use_os_store().await.unwrap();
    assert_eq!(vault.level(), VaultLevel::OsStore);
    let vault = Vault::open(WORKSPACE, None, true).await;
    assert_eq!(for_connector(&vault.unseal(ROW, &sealed).unwrap()), PLANTED);
}

#[tokio::test]
#[ignore = "a role: run by other tests in an unlocked session, after `seals`"]
async fn cannot_take_its_key_back() {
    let sealed = sealed_by_another_process();
    let vault = Vault::open(WORKSPACE, None, true).await;
    let new = vault.set_passphrase(None, &secret("correct horse")).await.unwrap();
    run("gnome-keyring-daemon --replace --daemonize --components=secrets >/dev/null");
    assert!(matches!(vault.adopt(new).await, Err(VaultError::KeyLeftBehind(_))));
    assert_eq!(vault.level(), VaultLevel::Passphrase);
    assert_eq!(for_connector(&vault.unseal(ROW, &sealed).unwrap()), PLANTED);
    // Then the store cannot take the key either, and the passphrase stays in force.
    assert!(matches!(vault.use_os_store().await, Err(VaultError::Unreachable(_))));
    assert_eq!(vault.level(), VaultLevel::Passphrase);
}

#[tokio::test]
#[ignore = "a role: run by other tests in a session with no collection"]
async fn finds_it_locked_or_empty() {
    let vault = Vault::open(WORKSPACE, None, false).await;
    assert!(reason(&vault).unwrap().contains("takes no entries"), "{vault:?}");
}

#[tokio::test]
#[ignore = "a role: run by other tests without a session bus"]
async fn finds_no_store() {
    let vault = Vault::open(WORKSPACE, None, false).await;
    assert!(reason(&vault).unwrap().contains("no secret store that answers"), "{vault:?}");
}

#[tokio::test]
#[ignore = "a role: run by other tests with a bus that is silent"]
async fn finds_it_silent() {
    let vault = Vault::open(WORKSPACE, None, false).await;
    assert!(reason(&vault).unwrap().contains("did not answer within 5 seconds"), "{vault:?}");
}
