//! Export and import: what goes in comes out again, and nothing here is overwritten unasked.

mod choices;
mod history;
mod place;
mod presets;
mod refusals;
mod tree;

use super::page::{Page, engine, engine_at};
use crate::Engine;
use hubscope_model::{
    Code, Credential, Device, DeviceId, Exported, Hub, ImportPreview, ImportVerdict, Imported, SecretField, Tree,
    WorkspaceInfo,
};
use hubscope_vault::for_connector;
use serde_json::{Value, json};
use std::sync::Arc;

const TOKEN: &str = "planted-export-token-0123456789";
const KEY: &str = "c2VjcmV0IGtleSBvZiBhIGRldmljZSwgMzIgYnl0ZXM=";
const POLICY: &str = "cG9saWN5IGtleSBvZiBhIGh1YiwgMzIgYnl0ZXMgLi4=";
const PASSPHRASE: &str = "correct horse battery";

fn options() -> Value {
    json!({ "version": "3.1.1", "clean_session": true, "keep_alive": 60, "max_packet_size": 65536,
            "properties": { "receive_maximum": 3, "user_properties": [["a", "b"]] } })
}

pub fn hub(kind: &str, name: &str, host: &str) -> Value {
    json!({ "id": null, "kind": kind, "name": name, "host": host, "port": 8883, "transport": "mqtts",
            "trust": { "change": "set", "mode": "system" } })
}

fn device(hub: &Hub, name: &str, credential: Value, secrets: &[(&str, &str)]) -> Value {
    let secrets: Vec<_> = secrets
        .iter()
        .map(|(field, value)| json!({ "field": field, "draft": { "change": "set", "value": value } }))
        .collect();
    json!({ "id": null, "hub": hub.id, "name": name, "client_id": name, "credential": credential, "secrets": secrets,
            "certificate": { "change": "keep" }, "options": options() })
}

fn with_certificate(mut device: Value, common_name: &str) -> Value {
    let issued = hubscope_pki::self_signed_device(common_name).unwrap();
    let text = |text: &str| json!({ "from": "text", "text": text });
    device["certificate"] = json!({ "change": "set", "files": { "certificate": text(&issued.cert_pem),
                                    "key": text(&issued.key_pem), "passphrase": null } });
    device
}

/// Two hubs, three devices, five secrets.
struct Filled {
    thingsboard: Hub,
    azure: Hub,
    meter: Device,
    gateway: Device,
}

async fn fill(page: &mut Page) -> Filled {
    let thingsboard: Hub = page.call("hub.save", hub("thingsboard", "tb", "tb.example")).await;
    let mut azure = hub("azure_iot_hub", "azure", "lab.azure-devices.net");
    azure["details"] = json!({ "policy": "iothubowner" });
    azure["secrets"] = json!([{ "field": "policy_key", "draft": { "change": "set", "value": POLICY } }]);
    azure["transport"] = json!("wss");
    azure["connection"] = json!({ "path": "/$iothub/websocket", "alpn": ["mqtt"], "address": { "host": "::1", "port": 443 },
                                  "proxy": { "choice": "own", "proxy": { "kind": "socks5h", "host": "proxy.example",
                                                                         "port": 1080, "user_name": "me" } } });
    let azure: Hub = page.call("hub.save", azure).await;
    let meter = device(&thingsboard, "meter", json!({ "kind": "access_token" }), &[("token", TOKEN)]);
    let meter: Device = page.call("device.save", meter).await;
    let sas = json!({ "kind": "shared_access_key", "sign_with": "primary",
                      "sas": { "lifetime": 3600, "auto_renew": true } });
    let mut edge = device(&azure, "edge", sas, &[("primary_key", KEY), ("secondary_key", KEY)]);
    edge["options"]["will"] = json!({ "topic": "devices/edge/messages/events/", "payload": { "encoding": "base64", "base64": "AP8=" },
                "qos": 1, "retain": false, "delay": 5 });
    page.call::<Device>("device.save", edge).await;
    let gateway = device(&azure, "gateway", json!({ "kind": "x509", "trust": "itself" }), &[]);
    let gateway: Device = page.call("device.save", with_certificate(gateway, "gateway")).await;
    Filled { thingsboard, azure, meter, gateway }
}

async fn export(page: &mut Page, request: Value) -> (Exported, Vec<u8>) {
    let exported: Exported = page.call("workspace.export", request).await;
    let bytes = page.engine.download(page.client, exported.download.unwrap()).unwrap();
    (exported, bytes)
}

async fn export_all(page: &mut Page, passphrase: Option<&str>) -> (Exported, Vec<u8>) {
    export(page, json!({ "hubs": null, "passphrase": passphrase })).await
}

fn hold(page: &Page, bytes: &[u8]) -> Value {
    json!(page.engine.hold_download(page.client, "export.json".into(), bytes.to_vec()).unwrap())
}

async fn preview(page: &mut Page, bytes: &[u8], passphrase: Option<&str>) -> ImportPreview {
    let file = hold(page, bytes);
    page.call("workspace.import_preview", json!({ "file": file, "passphrase": passphrase })).await
}

fn choices(actions: &[&str]) -> Value {
    let choice = |(index, action): (usize, &&str)| json!({ "index": index, "action": action });
    actions.iter().enumerate().map(choice).collect()
}

fn request(page: &Page, bytes: &[u8], passphrase: Option<&str>, hubs: &[&str], devices: &[&str]) -> Value {
    json!({ "file": hold(page, bytes), "passphrase": passphrase, "hubs": choices(hubs), "devices": choices(devices),
            "settings": false })
}

async fn import(page: &mut Page, bytes: &[u8], passphrase: Option<&str>, hubs: &[&str], devices: &[&str]) -> Imported {
    let request = request(page, bytes, passphrase, hubs, devices);
    page.call("workspace.import", request).await
}

async fn refused(page: &mut Page, bytes: &[u8], hubs: &[&str], devices: &[&str]) -> hubscope_model::Error {
    let before: Tree = page.call("tree.get", json!({})).await;
    let request = request(page, bytes, None, hubs, devices);
    let error = page.try_call::<Imported>("workspace.import", request).await.unwrap_err();
    assert_eq!(page.call::<Tree>("tree.get", json!({})).await, before, "a refused import changes nothing");
    error
}

async fn stored(engine: &Engine, device: DeviceId, field: SecretField) -> Option<String> {
    let secret = engine.workspace.secret(&crate::secrets::device_row(device, field)).await.unwrap();
    secret.map(|secret| for_connector(&secret).to_owned())
}

async fn filters(engine: &Engine, device: DeviceId) -> Vec<(String, u8, u8)> {
    let all = engine.workspace.store().unwrap().subscriptions(device).await.unwrap();
    all.into_iter().map(|one| (one.filter, one.qos, one.colour)).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// An engine over an empty home whose vault is under a passphrase.
async fn under_a_passphrase() -> (Arc<Engine>, tempfile::TempDir, Page) {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    let info: WorkspaceInfo =
        page.call("vault.set_passphrase", json!({ "current": null, "new": "another passphrase" })).await;
    assert_eq!(info.vault, hubscope_model::VaultLevel::Passphrase);
    (engine, home, page)
}

#[tokio::test]
async fn a_workspace_moves_with_its_secrets_under_another_vault() {
    let (from, _home) = engine().await;
    let mut page = Page::open(&from).await;
    let Filled { meter, gateway, azure, .. } = fill(&mut page).await;
    page.call::<Value>("settings.set", json!({ "theme": "dark", "panes": { "tree": 300 } })).await;
    let before: Tree = page.call("tree.get", json!({})).await;
    let key = stored(&from, gateway.id, SecretField::PrivateKey).await.unwrap();
    let (exported, bytes) = export_all(&mut page, Some(PASSPHRASE)).await;
    assert_eq!((exported.hubs, exported.devices, exported.secrets), (2, 3, 5));
    for secret in [TOKEN, KEY, POLICY, &key[40..80], "lab.azure-devices.net", PASSPHRASE] {
        assert!(!holds(&bytes, secret), "{secret}");
    }
    assert!(!page.crossed.contains(TOKEN) && !page.crossed.contains(KEY));

    let (to, home, mut page) = under_a_passphrase().await;
    let seen = preview(&mut page, &bytes, Some(PASSPHRASE)).await;
    assert!(seen.encrypted && seen.settings);
    assert!(seen.hubs.iter().all(|hub| hub.verdict == ImportVerdict::New));
    assert_eq!(
        seen.hubs[1].devices.iter().map(|device| (device.index, device.secrets)).collect::<Vec<_>>(),
        [(1, 2), (2, 1)]
    );
    assert_eq!(page.call::<Tree>("tree.get", json!({})).await, Tree::default(), "a preview changes nothing");
    let mut all = request(&page, &bytes, Some(PASSPHRASE), &["add", "add"], &["add", "add", "add"]);
    all["settings"] = true.into();
    let imported: Imported = page.call("workspace.import", all).await;
    assert_eq!((imported.hubs, imported.devices, imported.secrets), (2, 3, 5));
    assert_eq!(page.call::<Tree>("tree.get", json!({})).await, before);
    assert_eq!(page.call::<Value>("settings.get", json!({})).await["theme"], "dark");
    for device in &before.devices {
        assert_eq!(filters(&to, device.id).await, filters(&from, device.id).await);
    }
    let same = preview(&mut page, &bytes, Some(PASSPHRASE)).await;
    assert!(same.hubs.iter().all(|hub| hub.verdict == ImportVerdict::Same && hub.differences.is_empty()), "{same:?}");
    assert!(
        same.hubs.iter().flat_map(|hub| &hub.devices).all(|device| device.verdict == ImportVerdict::Same),
        "{same:?}"
    );
    to.stop().await;
    from.stop().await;

    // After a restart the vault is locked; what is stored is known, its ends and texts are not.
    let again = engine_at(home.path()).await;
    let mut page = Page::open(&again).await;
    again.workspace.vault().await.unwrap();
    let locked: Tree = page.call("tree.get", json!({})).await;
    assert!(locked.devices.iter().all(|device| device.secrets.iter().all(|secret| secret.ends.is_none())));
    assert_eq!(locked.devices.iter().map(|device| device.secrets.len()).sum::<usize>(), 4);
    page.call::<WorkspaceInfo>("vault.unlock", json!({ "passphrase": "another passphrase" })).await;
    assert_eq!(page.call::<Tree>("tree.get", json!({})).await, before);
    assert_eq!(stored(&again, meter.id, SecretField::Token).await.as_deref(), Some(TOKEN));
    assert_eq!(stored(&again, gateway.id, SecretField::PrivateKey).await, Some(key));
    let row = crate::secrets::hub_row(azure.id, SecretField::PolicyKey);
    assert_eq!(for_connector(&again.workspace.secret(&row).await.unwrap().unwrap()), POLICY);
    again.stop().await;
}

#[tokio::test]
async fn without_a_passphrase_no_secret_is_in_the_file() {
    let (from, _home) = engine().await;
    let mut page = Page::open(&from).await;
    let Filled { thingsboard, meter, gateway, .. } = fill(&mut page).await;
    let key = stored(&from, gateway.id, SecretField::PrivateKey).await.unwrap();
    let (exported, bytes) = export_all(&mut page, None).await;
    assert_eq!((exported.hubs, exported.devices, exported.secrets), (2, 3, 0));
    assert!(holds(&bytes, "lab.azure-devices.net"));
    for secret in [TOKEN, KEY, POLICY, &key[40..80], "PRIVATE KEY"] {
        assert!(!holds(&bytes, secret), "{secret}");
    }
    let (only, part) = export(&mut page, json!({ "hubs": [thingsboard.id], "passphrase": null })).await;
    assert_eq!((only.hubs, only.devices), (1, 1));
    assert!(!holds(&part, "lab.azure-devices.net") && !holds(&part, "\"theme\""));
    for wrong in ["", "too short"] {
        let request = json!({ "hubs": null, "passphrase": wrong });
        let error = page.try_call::<Exported>("workspace.export", request).await.unwrap_err();
        assert_eq!((error.code, error.fields[0].field.as_str()), (Code::InvalidFields, "passphrase"));
    }

    let (to, _home, mut page) = under_a_passphrase().await;
    let imported = import(&mut page, &bytes, None, &["add", "add"], &["add", "add", "skip"]).await;
    assert_eq!((imported.hubs, imported.devices, imported.secrets), (2, 2, 0));
    let tree: Tree = page.call("tree.get", json!({})).await;
    assert_eq!(tree.devices[0].credential, Credential::AccessToken);
    assert!(tree.devices.iter().all(|device| device.secrets.is_empty()));
    assert_eq!(stored(&to, meter.id, SecretField::Token).await, None);
    to.stop().await;
    from.stop().await;
}
