//! Export and import: what goes in comes out again, and nothing here is overwritten unasked.

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
    json!({ "version": "3.1.1", "clean_session": true, "keep_alive": 60, "max_packet_size": 65536 })
}

pub fn hub(kind: &str, name: &str, host: &str) -> Value {
    json!({ "id": null, "kind": kind, "name": name, "host": host, "port": 8883, "tls": true,
            "ca": { "change": "system_roots" } })
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
    let azure: Hub = page.call("hub.save", azure).await;
    let meter = device(&thingsboard, "meter", json!({ "kind": "access_token" }), &[("token", TOKEN)]);
    let meter: Device = page.call("device.save", meter).await;
    let sas = json!({ "kind": "shared_access_key", "sign_with": "primary",
                      "sas": { "lifetime": 3600, "auto_renew": true } });
    page.call::<Device>("device.save", device(&azure, "edge", sas, &[("primary_key", KEY), ("secondary_key", KEY)]))
        .await;
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

#[tokio::test]
async fn nothing_is_overwritten_unless_it_is_to_be_replaced() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let Filled { thingsboard, azure, meter, gateway } = fill(&mut page).await;
    let (_, sealed) = export_all(&mut page, Some(PASSPHRASE)).await;

    // What is here changes after the export: a name, a token, a certificate.
    let edit = |device: &Device, mut draft: Value| {
        draft["id"] = json!(device.id);
        draft
    };
    let changed = device(
        &thingsboard,
        "renamed",
        json!({ "kind": "access_token" }),
        &[("token", "a newer token of this device")],
    );
    let mut changed = edit(&meter, changed);
    changed["client_id"] = "meter".into();
    page.call::<Device>("device.save", changed).await;
    let changed = device(&azure, "gateway", json!({ "kind": "x509", "trust": "itself" }), &[]);
    page.call::<Device>("device.save", with_certificate(edit(&gateway, changed), "gateway")).await;
    let before: Tree = page.call("tree.get", json!({})).await;

    let seen = preview(&mut page, &sealed, Some(PASSPHRASE)).await;
    assert_eq!(seen.hubs[0].verdict, ImportVerdict::Same);
    let differs: Vec<_> = seen.hubs.iter().flat_map(|hub| &hub.devices).map(|one| one.differences.clone()).collect();
    assert_eq!(differs, [vec!["name", "secrets"], vec![], vec!["certificate", "secrets"]]);

    for (hubs, devices) in [(&["add"][..], &[][..]), (&["skip"][..], &["add"][..])] {
        let request = request(&page, &sealed, Some(PASSPHRASE), hubs, devices);
        let error = page.try_call::<Imported>("workspace.import", request).await.unwrap_err();
        assert_eq!(error.code, Code::BadRequest);
    }
    let none = import(&mut page, &sealed, Some(PASSPHRASE), &[], &[]).await;
    assert_eq!(none, Imported::default());
    assert_eq!(page.call::<Tree>("tree.get", json!({})).await, before);

    let copies = import(&mut page, &sealed, Some(PASSPHRASE), &["add_copy", "skip"], &["add", "add_copy"]).await;
    assert_eq!((copies.hubs, copies.devices, copies.secrets), (1, 2, 3));
    let tree: Tree = page.call("tree.get", json!({})).await;
    assert_eq!((tree.hubs[..2].to_vec(), tree.devices[..3].to_vec()), (before.hubs, before.devices));
    let names = |devices: &[Device]| devices.iter().map(|device| device.name.clone()).collect::<Vec<_>>();
    assert_eq!(
        (tree.hubs[2].name.as_str(), names(&tree.devices[3..])),
        ("tb (2)", vec!["meter".into(), "edge (2)".into()])
    );
    assert_eq!((tree.devices[3].hub, tree.devices[4].hub), (tree.hubs[2].id, azure.id));
    assert_eq!(stored(&engine, tree.devices[3].id, SecretField::Token).await.as_deref(), Some(TOKEN));
    assert_eq!(stored(&engine, meter.id, SecretField::Token).await.as_deref(), Some("a newer token of this device"));

    import(&mut page, &sealed, Some(PASSPHRASE), &["skip", "skip"], &["replace", "skip", "skip"]).await;
    let tree: Tree = page.call("tree.get", json!({})).await;
    assert_eq!((tree.devices[0].id, tree.devices[0].name.as_str()), (meter.id, "meter"));
    assert_eq!(stored(&engine, meter.id, SecretField::Token).await.as_deref(), Some(TOKEN));

    // Without its key in the file, a replaced certificate leaves no key of another.
    let (_, plain) = export_all(&mut page, None).await;
    let issued = hubscope_pki::self_signed_device("gateway").unwrap();
    let mut value: Value = serde_json::from_slice(&plain).unwrap();
    value["hubs"][1]["devices"][1]["certificate"] = issued.cert_pem.into();
    let another = serde_json::to_vec(&value).unwrap();
    assert!(stored(&engine, gateway.id, SecretField::PrivateKey).await.is_some());
    import(&mut page, &plain, None, &[], &["skip", "skip", "replace"]).await;
    assert!(stored(&engine, gateway.id, SecretField::PrivateKey).await.is_some(), "the same certificate keeps its key");
    import(&mut page, &another, None, &[], &["skip", "skip", "replace"]).await;
    assert_eq!(stored(&engine, gateway.id, SecretField::PrivateKey).await, None);
    engine.stop().await;
}

#[tokio::test]
async fn a_hub_is_known_by_its_address_and_a_device_by_its_client_id() {
    let (from, _home) = engine().await;
    let mut page = Page::open(&from).await;
    fill(&mut page).await;
    let (_, bytes) = export_all(&mut page, None).await;
    from.stop().await;

    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let here: Hub = page.call("hub.save", hub("thingsboard", "made by hand", "TB.example")).await;
    let meter = device(&here, "meter", json!({ "kind": "access_token" }), &[("token", TOKEN)]);
    let meter: Device = page.call("device.save", meter).await;
    let seen = preview(&mut page, &bytes, None).await;
    assert_eq!(
        (seen.hubs[0].verdict, &seen.hubs[0].differences[..]),
        (ImportVerdict::Differs, &["name".to_owned(), "host".into()][..])
    );
    assert_eq!(seen.hubs[0].devices[0].verdict, ImportVerdict::Same);
    assert_eq!(seen.hubs[1].verdict, ImportVerdict::New);

    import(&mut page, &bytes, None, &["replace"], &["replace"]).await;
    let tree: Tree = page.call("tree.get", json!({})).await;
    assert_eq!((tree.hubs[0].id, tree.hubs[0].name.as_str()), (here.id, "tb"));
    assert_eq!(tree.devices[0].id, meter.id);
    assert_eq!(
        stored(&engine, meter.id, SecretField::Token).await.as_deref(),
        Some(TOKEN),
        "a secret the file has not stays"
    );
    let error = refused(&mut page, &bytes, &[], &["skip", "add"]).await;
    assert!(error.message.contains("neither here nor chosen"), "{error:?}");
    assert_eq!(refused(&mut page, &bytes, &[], &["skip", "skip", "skip", "add"]).await.code, Code::BadRequest);
    engine.stop().await;
}

#[tokio::test]
async fn what_is_no_export_or_a_changed_one_is_refused_in_words() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    fill(&mut page).await;
    let (_, sealed) = export_all(&mut page, Some(PASSPHRASE)).await;
    let (_, plain) = export_all(&mut page, None).await;
    let changed = |change: fn(&mut Value)| {
        let mut value: Value = serde_json::from_slice(&plain).unwrap();
        change(&mut value);
        serde_json::to_vec(&value).unwrap()
    };
    let cases: [(Vec<u8>, Option<&str>, Code); 10] = [
        (sealed.clone(), None, Code::PassphraseNeeded),
        (sealed.clone(), Some(""), Code::PassphraseNeeded),
        (sealed.clone(), Some("correct horse batter"), Code::WrongPassphrase),
        (sealed[..sealed.len() / 2].to_vec(), Some(PASSPHRASE), Code::NotAnExport),
        (b"".to_vec(), None, Code::NotAnExport),
        (b"{\"hubs\":[]}".to_vec(), None, Code::NotAnExport),
        (plain[..plain.len() - 3].to_vec(), None, Code::NotAnExport),
        (changed(|v| v["version"] = 2.into()), None, Code::NewerExport),
        (changed(|v| v["hubs"][0]["port"] = "PLANTED-in-a-damaged-file".into()), None, Code::NotAnExport),
        (changed(|v| v["hubs"][1]["id"] = v["hubs"][0]["id"].clone()), None, Code::NotAnExport),
    ];
    for (number, (bytes, passphrase, code)) in cases.into_iter().enumerate() {
        let file = hold(&page, &bytes);
        let request = json!({ "file": file, "passphrase": passphrase });
        let error = page.try_call::<ImportPreview>("workspace.import_preview", request).await.unwrap_err();
        assert_eq!(error.code, code, "case {number}: {error:?}");
    }
    assert!(!page.crossed.contains("PLANTED"));

    // Readable, but no form would take these; the rest of the file can still be imported.
    let bad: [fn(&mut Value); 6] = [
        |v| v["hubs"][0]["host"] = "mqtts://tb.example".into(),
        |v| v["hubs"][0]["ca"] = json!({ "file_name": "ca.pem", "pem": "nothing" }),
        |v| {
            v["hubs"][0]["devices"][0]["subscriptions"] =
                json!([{ "filter": "a/#/b", "qos": 0, "colour": 1, "alias": null, "enabled": true }])
        },
        |v| {
            v["hubs"][0]["devices"][0]["subscriptions"] =
                json!([{ "filter": "a", "qos": 0, "colour": 9, "alias": null, "enabled": true }])
        },
        |v| v["hubs"][0]["devices"][0]["credential"] = json!({ "kind": "shared_access_key", "sign_with": "primary", "sas": { "lifetime": 3600, "auto_renew": true } }),
        |v| v["hubs"][0]["devices"][0]["certificate"] = "nothing".into(),
    ];
    for (number, change) in bad.into_iter().enumerate() {
        let bytes = changed(change);
        let error = refused(&mut page, &bytes, &["add_copy"], &["add_copy"]).await;
        assert_eq!(error.code, Code::NotAnExport, "case {number}: {error:?}");
        assert!(error.message.contains("tb") || error.message.contains("meter"), "{error:?}");
        import(&mut page, &bytes, None, &["skip", "add_copy"], &[]).await;
    }
    engine.stop().await;
}

#[tokio::test]
async fn a_locked_vault_takes_no_secrets_and_the_import_is_whole_or_not_there() {
    let (from, _home) = engine().await;
    let mut page = Page::open(&from).await;
    fill(&mut page).await;
    let (_, sealed) = export_all(&mut page, Some(PASSPHRASE)).await;
    from.stop().await;

    let (to, _home, mut page) = under_a_passphrase().await;
    page.call::<WorkspaceInfo>("vault.lock", json!({})).await;
    let all = request(&page, &sealed, Some(PASSPHRASE), &["add", "add"], &["add", "add", "add"]);
    let error = page.try_call::<Imported>("workspace.import", all).await.unwrap_err();
    assert_eq!(error.code, Code::VaultLocked);
    assert_eq!(page.call::<Tree>("tree.get", json!({})).await, Tree::default());
    let export = page.try_call::<Exported>("workspace.export", json!({ "hubs": null, "passphrase": PASSPHRASE })).await;
    assert_eq!(export.unwrap().secrets, 0, "an empty workspace has no secret that is locked");
    page.call::<WorkspaceInfo>("vault.unlock", json!({ "passphrase": "another passphrase" })).await;
    import(&mut page, &sealed, Some(PASSPHRASE), &["add", "add"], &["add", "add", "add"]).await;
    page.call::<WorkspaceInfo>("vault.lock", json!({})).await;
    let export = page.try_call::<Exported>("workspace.export", json!({ "hubs": null, "passphrase": PASSPHRASE })).await;
    assert_eq!(export.unwrap_err().code, Code::VaultLocked);
    to.stop().await;
}

#[tokio::test]
async fn the_sandbox_stays_where_it_is() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let sandbox: Value = page.call("sandbox.start", json!({ "personality": "broker" })).await;
    let (exported, bytes) = export_all(&mut page, None).await;
    assert_eq!((exported.hubs, exported.devices), (0, 0));
    assert!(preview(&mut page, &bytes, None).await.hubs.is_empty());
    let asked = json!({ "hubs": [sandbox["hub"]], "passphrase": null });
    assert_eq!(page.try_call::<Exported>("workspace.export", asked).await.unwrap_err().code, Code::BadRequest);

    // A file that was made to look like the sandbox's hub.
    let mut value: Value = serde_json::from_slice(&bytes).unwrap();
    value["hubs"] = json!([{ "id": sandbox["hub"], "kind": "mqtt_broker", "name": "not the sandbox", "host": "h", "port": 1,
                             "tls": false, "ca": null, "details": {}, "devices": [] }]);
    let forged = serde_json::to_vec(&value).unwrap();
    for action in ["add", "replace"] {
        assert_eq!(refused(&mut page, &forged, &[action], &[]).await.code, Code::BadRequest, "{action}");
    }
    import(&mut page, &forged, None, &["add_copy"], &[]).await;
    engine.stop().await;
}

/// A desktop whose user chooses this place, or closes the dialog.
struct Desktop(Option<std::path::PathBuf>);

impl crate::Face for Desktop {
    fn kind(&self) -> hubscope_model::ShellKind {
        hubscope_model::ShellKind::Desktop
    }

    fn choose_place(
        &self,
        suggested: String,
    ) -> std::pin::Pin<Box<dyn Future<Output = hubscope_model::Result<Option<std::path::PathBuf>>> + Send + '_>> {
        Box::pin(async move { Ok(self.0.as_ref().map(|folder| folder.join(suggested))) })
    }

    fn tick(&self, _: hubscope_model::Tick) {}
}

#[tokio::test]
async fn a_desktop_writes_where_its_user_says_and_nowhere_else() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    fill(&mut page).await;
    let folder = tempfile::tempdir().unwrap();
    let request = |passphrase: Option<&str>| json!({ "hubs": null, "passphrase": passphrase });
    let files = || std::fs::read_dir(folder.path()).unwrap().count();

    page.client = engine.attach(Arc::new(Desktop(None)));
    let closed: Exported = page.call("workspace.export", request(None)).await;
    assert_eq!((closed.file_name, closed.download, files()), (None, None, 0));

    page.client = engine.attach(Arc::new(Desktop(Some(folder.path().to_owned()))));
    let path = folder.path().join("hubscope-export-sealed.json");
    std::fs::write(&path, "an older export").unwrap();
    let written: Exported = page.call("workspace.export", request(Some(PASSPHRASE))).await;
    assert_eq!((written.file_name.as_deref(), written.download), (Some("hubscope-export-sealed.json"), None));
    assert_eq!(files(), 1, "nothing is left beside it");
    assert!(preview(&mut page, &std::fs::read(&path).unwrap(), Some(PASSPHRASE)).await.encrypted);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    page.client = engine.attach(Arc::new(Desktop(Some(folder.path().join("there is no such folder")))));
    let error = page.try_call::<Exported>("workspace.export", request(None)).await.unwrap_err();
    assert_eq!(error.code, Code::FileUnwritable);
    assert!(!page.crossed.contains(folder.path().to_str().unwrap()), "the page never learns a path");
    engine.stop().await;
}
