//! A workspace made under the operating system's keyring, exported, imported on an empty home under a passphrase:
//! everything connects. With a real Secret Service, and each personality of the sandbox as the hub.
//!
//! A session with a keyring is an environment of a process, so the test starts this program again inside one.

use super::page::Page;
use crate::devices::DEVICE_SECRETS;
use crate::options::VaultChoice;
use crate::secrets::{device_row, hub_row};
use crate::tree::HUB_SECRETS;
use crate::{Engine, EngineOptions};
use hubscope_model::{DeviceId, Exported, HubId, Imported, SessionState, SubscriptionId, VaultLevel, WorkspaceInfo};
use hubscope_monitor::Limits;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

const PASSPHRASE: &str = "correct horse battery";
const UNLOCK: &str = "printf 'test\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null";

fn has_secret_service() -> bool {
    let has = |program: &str| Command::new(program).arg("--version").stdout(Stdio::null()).status().is_ok();
    let both = has("dbus-run-session") && has("gnome-keyring-daemon");
    if !both {
        eprintln!("not tested here: dbus-run-session or gnome-keyring-daemon is not installed");
    }
    both
}

fn plays_in_a_session(role: &str) {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    for folder in ["run", "home"] {
        std::fs::create_dir(home.path().join(folder)).unwrap();
        std::fs::set_permissions(home.path().join(folder), std::fs::Permissions::from_mode(0o700)).unwrap();
    }
    let output = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", &format!("{UNLOCK}\nexec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", role, "--ignored", "--nocapture"])
        .env("HOME", home.path().join("home"))
        .env("XDG_RUNTIME_DIR", home.path().join("run"))
        .env_remove("XDG_DATA_HOME")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && text.contains("1 passed"), "{role}: {}\n{text}", output.status);
}

#[test]
fn a_workspace_as_azure_moves_from_the_keyring_to_a_passphrase() {
    plays_in_a_session("tests::moving::moves_as_azure");
}

#[test]
fn a_workspace_as_thingsboard_moves_from_the_keyring_to_a_passphrase() {
    plays_in_a_session("tests::moving::moves_as_thingsboard");
}

#[test]
fn a_workspace_as_kaa_moves_from_the_keyring_to_a_passphrase() {
    plays_in_a_session("tests::moving::moves_as_kaa");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a role: run by another test in an unlocked session"]
async fn moves_as_azure() {
    moves("azure", 3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a role: run by another test in an unlocked session"]
async fn moves_as_thingsboard() {
    moves("thingsboard", 3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a role: run by another test in an unlocked session"]
async fn moves_as_kaa() {
    moves("kaa", 1).await;
}

/// Moves the personality's devices; at least `expected` of them are such that the hub takes.
async fn moves(personality: &str, expected: usize) {
    let (old_home, new_home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let old = start(old_home.path()).await;
    let mut page = Page::open(&old).await;
    old.workspace.vault().await.unwrap();
    assert_eq!(page.call::<WorkspaceInfo>("workspace.get", json!({})).await.vault, VaultLevel::OsStore);
    let sandbox: Value = page.call("sandbox.start", json!({ "personality": personality })).await;
    let hub = as_a_users_own(&old, serde_json::from_value(sandbox["hub"].clone()).unwrap()).await;
    assert_eq!(page.call::<WorkspaceInfo>("vault.rotate", json!({})).await.vault, VaultLevel::OsStore);
    let before = online(&old).await;
    assert!(before.len() >= expected, "{before:?}");
    let exported: Exported = page.call("workspace.export", json!({ "hubs": [hub], "passphrase": PASSPHRASE })).await;
    let file = old.download(page.client, exported.download.unwrap()).unwrap();

    let new = start(new_home.path()).await;
    let mut page = Page::open(&new).await;
    page.call::<WorkspaceInfo>("vault.set_passphrase", json!({ "current": null, "new": PASSPHRASE })).await;
    let handle = new.hold_download(page.client, "export.json".into(), file).unwrap();
    let devices: Vec<_> = (0..exported.devices).map(|index| json!({ "index": index, "action": "add" })).collect();
    let imported: Imported = page
        .call(
            "workspace.import",
            json!({ "file": handle, "passphrase": PASSPHRASE, "hubs": [{ "index": 0, "action": "add" }],
                    "devices": devices, "settings": false }),
        )
        .await;
    assert_eq!((imported.hubs, imported.devices, imported.secrets), (1, exported.devices, exported.secrets));
    new.stop().await;

    // In a run of its own, so that nothing is left in memory; only the passphrase opens it.
    let new = start(new_home.path()).await;
    let mut page = Page::open(&new).await;
    new.workspace.vault().await.unwrap();
    assert_eq!(page.call::<WorkspaceInfo>("workspace.get", json!({})).await.vault, VaultLevel::Locked);
    page.call::<WorkspaceInfo>("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(online(&new).await, before);

    // And from the passphrase into this machine's keyring.
    assert_eq!(page.call::<WorkspaceInfo>("vault.use_os_store", json!({})).await.vault, VaultLevel::OsStore);
    new.stop().await;
    let new = start(new_home.path()).await;
    assert_eq!(new.workspace.vault().await.unwrap().level(), VaultLevel::OsStore);
    assert_eq!(online(&new).await, before);
    new.stop().await;
    old.stop().await;
}

async fn start(home: &Path) -> Arc<Engine> {
    let limits = Limits { bytes: 16 * 1024 * 1024, entries: 100_000 };
    Engine::start(EngineOptions { vault: VaultChoice::System, limits, ..EngineOptions::at(home.to_owned()) }).await
}

/// Copies the sandbox's hub and devices to a hub of the user's own, which is exported and can be connected to while
/// the sandbox runs elsewhere.
async fn as_a_users_own(engine: &Engine, sandbox: HubId) -> HubId {
    let store = engine.workspace.store().unwrap();
    let mut record = engine.hub_record(sandbox).await.unwrap();
    (record.hub.id, record.hub.sandbox) = (HubId::new(), false);
    store.save_hub(&record).await.unwrap();
    for field in HUB_SECRETS {
        if let Some(secret) = engine.workspace.secret(&hub_row(sandbox, *field)).await.unwrap() {
            engine.workspace.set_secret(&hub_row(record.hub.id, *field), secret).await.unwrap();
        }
    }
    for mut device in store.devices().await.unwrap() {
        let of_sandbox = std::mem::replace(&mut device.id, DeviceId::new());
        device.hub = record.hub.id;
        store.save_device(&device).await.unwrap();
        for mut subscription in store.subscriptions(of_sandbox).await.unwrap() {
            (subscription.id, subscription.device) = (SubscriptionId::new(), device.id);
            store.save_subscription(&subscription).await.unwrap();
        }
        for field in DEVICE_SECRETS {
            if let Some(secret) = engine.workspace.secret(&device_row(of_sandbox, *field)).await.unwrap() {
                engine.workspace.set_secret(&device_row(device.id, *field), secret).await.unwrap();
            }
        }
    }
    record.hub.id
}

/// Connects each of the user's own devices in turn; the names of those that the hub takes.
async fn online(engine: &Engine) -> Vec<String> {
    let store = engine.workspace.store().unwrap();
    let mut online = Vec::new();
    for device in store.devices().await.unwrap() {
        if engine.hub_record(device.hub).await.unwrap().hub.sandbox {
            continue;
        }
        engine.connect(device.id).await.unwrap();
        if outcome(engine, device.id).await {
            online.push(device.name);
        }
        engine.sessions.close(device.id).await;
    }
    online
}

/// Whether the hub took the device's CONNECT.
async fn outcome(engine: &Engine, device: DeviceId) -> bool {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
    loop {
        let session = engine.sessions.list().into_iter().find(|session| session.device == device).unwrap();
        match session.state {
            SessionState::Online { .. } => return true,
            SessionState::Failed { .. } | SessionState::Waiting { .. } => return false,
            state => assert!(tokio::time::Instant::now() < deadline, "{state:?}"),
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
