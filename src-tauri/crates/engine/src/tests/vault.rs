//! The vault's commands as a page gives them.

use super::page::{Page, engine, engine_at};
use crate::Engine;
use crate::secrets::device_row;
use hubscope_model::{Code, DeviceId, SecretField, VaultLevel, WorkspaceInfo};
use hubscope_vault::{Secret, for_connector};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;
use zeroize::Zeroizing;

const PASSPHRASE: &str = "correct horse battery";

fn secret(text: &str) -> Secret<String> {
    Secret::new(Zeroizing::new(text.to_owned()))
}

async fn put(engine: &Engine, text: &str) -> String {
    let row = device_row(DeviceId::new(), SecretField::Token);
    engine.workspace.set_secret(&row, secret(text)).await.unwrap();
    row
}

async fn text(engine: &Engine, row: &str) -> Result<Option<String>, Code> {
    match engine.workspace.secret(row).await {
        Ok(secret) => Ok(secret.map(|secret| for_connector(&secret).to_owned())),
        Err(error) => Err(error.code),
    }
}

async fn level(page: &mut Page, command: &str, request: Value) -> VaultLevel {
    page.call::<WorkspaceInfo>(command, request).await.vault
}

async fn set_passphrase(
    page: &mut Page,
    current: Option<&str>,
    new: &str,
) -> Result<VaultLevel, hubscope_model::Error> {
    let request = json!({ "current": current, "new": new });
    Ok(page.try_call::<WorkspaceInfo>("vault.set_passphrase", request).await?.vault)
}

#[tokio::test]
async fn secrets_in_memory_are_sealed_when_a_passphrase_comes_and_outlive_the_run() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    let early = put(&engine, "entered before there was a vault").await;
    assert!(engine.workspace.store().unwrap().secret_rows().await.unwrap().is_empty());

    let short = set_passphrase(&mut page, None, "too short").await.unwrap_err();
    assert_eq!((short.code, short.fields[0].field.as_str()), (Code::InvalidFields, "new"));
    assert_eq!(set_passphrase(&mut page, None, PASSPHRASE).await.unwrap(), VaultLevel::Passphrase);
    let late = put(&engine, "entered afterwards").await;
    assert_eq!(engine.workspace.store().unwrap().secret_rows().await.unwrap().len(), 2);
    engine.stop().await;

    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    engine.workspace.vault().await.unwrap();
    assert_eq!(level(&mut page, "workspace.get", json!({})).await, VaultLevel::Locked);
    assert_eq!(text(&engine, &early).await, Err(Code::VaultLocked));
    let refused = engine.workspace.set_secret(&early, secret("another")).await.unwrap_err();
    assert_eq!(refused.code, Code::VaultLocked);
    let wrong = page.try_call::<WorkspaceInfo>("vault.unlock", json!({ "passphrase": "wrong passphrase" })).await;
    assert_eq!(wrong.unwrap_err().code, Code::WrongPassphrase);
    assert_eq!(level(&mut page, "vault.unlock", json!({ "passphrase": PASSPHRASE })).await, VaultLevel::Passphrase);
    assert_eq!(text(&engine, &early).await.unwrap().as_deref(), Some("entered before there was a vault"));
    assert_eq!(text(&engine, &late).await.unwrap().as_deref(), Some("entered afterwards"));

    assert_eq!(level(&mut page, "vault.lock", json!({})).await, VaultLevel::Locked);
    assert_eq!(text(&engine, &late).await, Err(Code::VaultLocked));
    engine.stop().await;
}

#[tokio::test]
async fn a_passphrase_is_changed_by_who_knows_it() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    set_passphrase(&mut page, None, PASSPHRASE).await.unwrap();
    let row = put(&engine, "kept").await;
    let none = set_passphrase(&mut page, None, "battery staple").await.unwrap_err();
    assert_eq!(none.code, Code::PassphraseNeeded);
    let wrong = set_passphrase(&mut page, Some("not the passphrase"), "battery staple").await.unwrap_err();
    assert_eq!(wrong.code, Code::WrongPassphrase);
    set_passphrase(&mut page, Some(PASSPHRASE), "battery staple").await.unwrap();
    engine.stop().await;

    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    let old = page.try_call::<WorkspaceInfo>("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(old.unwrap_err().code, Code::WrongPassphrase);
    level(&mut page, "vault.unlock", json!({ "passphrase": "battery staple" })).await;
    assert_eq!(text(&engine, &row).await.unwrap().as_deref(), Some("kept"));
    engine.stop().await;
}

#[tokio::test]
async fn a_rotation_seals_every_row_anew_and_all_open() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    let refused = page.try_call::<WorkspaceInfo>("vault.rotate", json!({})).await.unwrap_err();
    assert_eq!(refused.code, Code::VaultUnavailable, "there is nothing to rotate in memory");
    set_passphrase(&mut page, None, PASSPHRASE).await.unwrap();
    let mut rows = Vec::new();
    for number in 0..50 {
        rows.push(put(&engine, &format!("secret {number}")).await);
    }
    let store = engine.workspace.store().unwrap();
    // Sealed by a key that nobody has: stays as it is and stops nothing.
    store.put_secret("device/lost/token", &[1; 60]).await.unwrap();
    let before = store.secret_rows().await.unwrap();
    let header = store.vault_header().await.unwrap();
    assert_eq!(level(&mut page, "vault.rotate", json!({})).await, VaultLevel::Passphrase);
    let after = store.secret_rows().await.unwrap();
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(old.0, new.0);
        assert_eq!(old.1[1..9] == new.1[1..9], old.0 == "device/lost/token", "the mark of the key");
    }
    assert_ne!(store.vault_header().await.unwrap(), header);
    engine.stop().await;

    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    level(&mut page, "vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    for (number, row) in rows.iter().enumerate() {
        assert_eq!(text(&engine, row).await.unwrap(), Some(format!("secret {number}")));
    }
    engine.stop().await;
}

/// A rotation and forms that store secrets at the same time: none is sealed by the key that goes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_that_are_stored_while_the_key_changes_are_not_lost() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    set_passphrase(&mut page, None, PASSPHRASE).await.unwrap();
    let writer = {
        let engine = engine.clone();
        tokio::spawn(async move {
            let mut rows = Vec::new();
            for number in 0..200 {
                rows.push(put(&engine, &number.to_string()).await);
            }
            rows
        })
    };
    while !writer.is_finished() {
        level(&mut page, "vault.rotate", json!({})).await;
    }
    for (number, row) in writer.await.unwrap().iter().enumerate() {
        assert_eq!(text(&engine, row).await.unwrap(), Some(number.to_string()));
    }
    engine.stop().await;
}

#[tokio::test]
async fn the_vault_locks_after_the_time_without_use_that_the_settings_allow() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    set_passphrase(&mut page, None, PASSPHRASE).await.unwrap();
    let row = put(&engine, "used").await;
    let after = |minutes: u64| Instant::now() + Duration::from_secs(60 * minutes);

    engine.lock_if_idle(after(10_000)).await.unwrap();
    assert_eq!(level(&mut page, "workspace.get", json!({})).await, VaultLevel::Passphrase, "never, unless it is set");
    page.call::<Value>("settings.set", json!({ "vault_idle_minutes": 15 })).await;
    engine.lock_if_idle(after(14)).await.unwrap();
    assert_eq!(level(&mut page, "workspace.get", json!({})).await, VaultLevel::Passphrase);
    engine.lock_if_idle(after(15)).await.unwrap();
    assert_eq!(level(&mut page, "workspace.get", json!({})).await, VaultLevel::Locked);

    // What only shows a secret's end is no use; what uses it is.
    level(&mut page, "vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    let used = engine.workspace.secrets.last_used();
    assert!(engine.workspace.stored_secret(&row, SecretField::Token).await.is_some());
    engine.workspace.look_at_secret(&row).await.unwrap();
    assert_eq!(engine.workspace.secrets.last_used(), used);
    text(&engine, &row).await.unwrap();
    assert!(engine.workspace.secrets.last_used() > used);
    engine.stop().await;
}

#[tokio::test]
async fn a_run_in_memory_does_not_lock_out_what_another_key_sealed() {
    let (engine, home) = engine().await;
    engine.workspace.store().unwrap().put_secret("device/x/token", &[1; 60]).await.unwrap();
    let mut page = Page::open(&engine).await;
    let refused = set_passphrase(&mut page, None, PASSPHRASE).await.unwrap_err();
    assert_eq!(refused.code, Code::VaultUnavailable);
    assert_eq!(engine.workspace.store().unwrap().vault_header().await.unwrap(), None);
    let store = page.try_call::<WorkspaceInfo>("vault.use_os_store", json!({})).await.unwrap_err();
    assert_eq!(store.code, Code::VaultUnavailable);
    assert!(matches!(level(&mut page, "vault.retry", json!({})).await, VaultLevel::Memory { .. }));

    let reader = engine_at(home.path()).await;
    let mut reading = Page::open(&reader).await;
    for (command, request) in [
        ("vault.set_passphrase", json!({ "current": null, "new": PASSPHRASE })),
        ("vault.rotate", json!({})),
        ("vault.use_os_store", json!({})),
    ] {
        let refused = reading.try_call::<WorkspaceInfo>(command, request).await.unwrap_err();
        assert_eq!(refused.code, Code::WorkspaceReadOnly, "{command}");
    }
    reader.stop().await;
    engine.stop().await;
}
