//! The vault's commands as a page gives them.

use super::page::{Page, engine, engine_at};
use crate::Engine;
use crate::moment::Moment;
use crate::secrets::device_row;
use hubscope_model::{Code, DeviceId, SecretField, VaultLevel, WorkspaceInfo};
use hubscope_vault::{Secret, for_connector};
use serde_json::{Value, json};
use std::time::Duration;
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
    // As it is on a machine that runs, and on one that has slept since: one of its clocks stood still.
    let now = Moment::now();
    let after = |minutes: u64| {
        let more = Duration::from_secs(60 * minutes);
        Moment { running: now.running + more, wall: now.wall + more }
    };
    let slept = |minutes: u64| Moment { running: now.running, ..after(minutes) };

    engine.lock_if_idle(after(10_000)).await.unwrap();
    assert_eq!(level(&mut page, "workspace.get", json!({})).await, VaultLevel::Passphrase, "never, unless it is set");
    page.call::<Value>("settings.set", json!({ "vault_idle_minutes": 15 })).await;
    engine.lock_if_idle(after(14)).await.unwrap();
    assert_eq!(level(&mut page, "workspace.get", json!({})).await, VaultLevel::Passphrase);
    engine.lock_if_idle(after(15)).await.unwrap();
    assert_eq!(level(&mut page, "workspace.get", json!({})).await, VaultLevel::Locked);

    level(&mut page, "vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    engine.lock_if_idle(slept(14)).await.unwrap();
    assert_eq!(level(&mut page, "workspace.get", json!({})).await, VaultLevel::Passphrase);
    engine.lock_if_idle(slept(17)).await.unwrap();
    assert_eq!(level(&mut page, "workspace.get", json!({})).await, VaultLevel::Locked, "sleep is idle time");

    // What only shows a secret's end is no use; what uses it is.
    level(&mut page, "vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    let used = engine.workspace.secrets.last_used();
    assert!(engine.workspace.stored_secret(&row, SecretField::Token).await.is_some());
    engine.workspace.look_at_secret(&row).await.unwrap();
    assert_eq!(engine.workspace.secrets.last_used(), used);
    text(&engine, &row).await.unwrap();
    assert_ne!(engine.workspace.secrets.last_used(), used);
    engine.stop().await;
}

/// The page asks for the token by itself, once a second while the card is open.
#[tokio::test]
async fn the_token_that_the_page_shows_is_no_use_of_the_vault() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    set_passphrase(&mut page, None, PASSPHRASE).await.unwrap();
    let hub = json!({ "id": null, "kind": "azure_iot_hub", "name": "hub", "host": "lab.azure-devices.net", "port": 8883,
                      "transport": "mqtts", "trust": { "change": "set", "mode": "system" } });
    let hub: Value = page.call("hub.save", hub).await;
    let key = "c2VjcmV0IGtleSBvZiBhIGRldmljZSwgMzIgYnl0ZXM=";
    let token = "SharedAccessSignature sr=lab.azure-devices.net%2Fdevices%2Fready&sig=c2VjcmV0IGtleSBvZiBhIGRldmljZSwgMzIgYnl0ZXM%3D&se=4102444800";
    let keys = json!({ "kind": "shared_access_key", "sign_with": "primary",
                       "sas": { "lifetime": 3600, "auto_renew": true } });
    for (name, credential, field, value) in
        [("keys", keys, "primary_key", key), ("ready", json!({ "kind": "sas_token" }), "token", token)]
    {
        let secret = json!([{ "field": field, "draft": { "change": "set", "value": value } }]);
        let options = json!({ "version": "3.1.1", "clean_session": true, "keep_alive": 60, "max_packet_size": 65536 });
        let device = json!({ "id": null, "hub": hub["id"], "name": name, "client_id": name, "credential": credential,
                             "secrets": secret, "certificate": { "change": "keep" }, "options": options });
        let device: Value = page.call("device.save", device).await;
        let device = json!({ "device": device["id"] });
        let used = engine.workspace.secrets.last_used();
        for command in ["sas.current", "token.status", "token.history"] {
            page.call::<Value>(command, device.clone()).await;
        }
        page.call::<Value>("token.list", json!({})).await;
        page.call::<Value>("tree.get", json!({})).await;
        assert_eq!(engine.workspace.secrets.last_used(), used, "{name}");
    }
    engine.stop().await;
}

/// What stays possible with a damaged header, and the way on that needs no copy.
#[tokio::test]
async fn a_damaged_header_is_named_and_a_new_passphrase_starts_anew() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    set_passphrase(&mut page, None, PASSPHRASE).await.unwrap();
    let lost = put(&engine, "sealed by the key that is lost").await;
    let store = engine.workspace.store().unwrap();
    let mut header = store.vault_header().await.unwrap().unwrap();
    header.truncate(header.len() - 10);
    store.set_vault_header(Some(&header)).await.unwrap();
    engine.stop().await;

    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    engine.workspace.vault().await.unwrap();
    assert_eq!(level(&mut page, "workspace.get", json!({})).await, VaultLevel::Damaged);
    assert_eq!(text(&engine, &lost).await, Err(Code::VaultDamaged));
    assert!(engine.workspace.stored_secret(&lost, SecretField::Token).await.is_some(), "it is stored all the same");
    let unlock = page.try_call::<WorkspaceInfo>("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    let error = unlock.unwrap_err();
    assert_eq!(error.code, Code::VaultDamaged, "and not the words of a wrong passphrase");
    assert!(error.hint.is_some() && !error.retryable);
    for command in ["vault.use_os_store", "vault.rotate"] {
        let error = page.try_call::<WorkspaceInfo>(command, json!({})).await.unwrap_err();
        assert_eq!(error.code, Code::VaultDamaged, "{command}");
    }
    assert_eq!(level(&mut page, "vault.retry", json!({})).await, VaultLevel::Damaged);
    let entered = put(&engine, "entered meanwhile").await;
    assert_eq!(text(&engine, &entered).await.unwrap().as_deref(), Some("entered meanwhile"));

    assert_eq!(set_passphrase(&mut page, None, "battery staple").await.unwrap(), VaultLevel::Passphrase);
    assert_eq!(text(&engine, &entered).await.unwrap().as_deref(), Some("entered meanwhile"));
    assert_eq!(text(&engine, &lost).await, Err(Code::SecretMissing));
    engine.stop().await;
    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    level(&mut page, "vault.unlock", json!({ "passphrase": "battery staple" })).await;
    assert_eq!(text(&engine, &entered).await.unwrap().as_deref(), Some("entered meanwhile"), "it was sealed");
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
