//! However a secret comes in, it leaves by the exits only: random secrets of every kind are planted through the
//! commands, everything is done with them that a user can do, and every output is searched.

mod forms;

use crate::page::Page;
use crate::planted::{Planted, Search, log, planted};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use forms::{Brokers, device, enter_certificate, enter_hubs, hub_of};
use proptest::test_runner::{Config as Cases, TestRunner};
use serde_json::{Value, json};
use std::path::Path;

#[test]
fn random_secrets_of_every_kind_are_in_no_output() {
    // A case takes seconds: it starts brokers, an engine, a dozen sessions.
    let cases = Cases { cases: 2, max_shrink_iters: 0, failure_persistence: None, ..Cases::default() };
    TestRunner::new(cases)
        .run(&planted(), |planted| {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(live_with(planted));
            Ok(())
        })
        .unwrap();
}

async fn live_with(planted: Planted) {
    let log = log();
    let brokers = Brokers::start();
    let outside = tempfile::tempdir().unwrap();
    let mut page = Page::open().await;
    let passphrase = json!({ "current": null, "new": planted.vault_passphrase });
    page.call("vault.set_passphrase", passphrase).await;

    let mut devices = enter_hubs(&mut page, &brokers, &planted).await;
    let (key_pem, device) = enter_certificate(&mut page, &planted, outside.path()).await;
    devices.push(device);
    devices.extend(paste(&mut page, &brokers, &planted).await);
    let made = use_tokens(&mut page, &planted).await;
    talk(&mut page, &devices, &planted).await;
    blunder(&mut page, &planted).await;
    hand_over(&mut page, &planted, outside.path()).await;
    look_at_everything(&mut page).await;

    let key_lines = key_pem.lines().filter(|line| !line.starts_with("-----") && line.len() > 20);
    let secrets = named(&planted).into_iter().chain(key_lines.map(|line| ("private key", line)));
    let search = Search::of(secrets.chain([("signature of a made SAS token", made.as_str())]));
    // While it runs, since the write-ahead log is folded in at the end.
    search.finds_nothing_below(page.home.path());
    page.call("vault.rotate", json!({})).await;
    search.finds_nothing_below(page.home.path());
    page.engine.stop().await;
    search.finds_nothing_below(page.home.path());
    search.finds_nothing_below(&outside.path().join("exports"));
    assert!(page.crossed.contains("token •"), "topics with the endpoint token crossed, masked");
    search.finds_nothing_in("an answer", page.crossed.as_bytes());
    search.finds_nothing_in("a tick or notification", page.told().as_bytes());
    search.finds_nothing_in("the log", &log.bytes());
}

fn named(planted: &Planted) -> [(&'static str, &str); 18] {
    [
        ("password", &planted.password),
        ("ThingsBoard password", &planted.basic_password),
        ("access token", &planted.access_token),
        ("provisioning key", &planted.provision_key),
        ("provisioning secret", &planted.provision_secret),
        ("client password", &planted.client_password),
        ("API key", &planted.api_key),
        ("vault passphrase", &planted.vault_passphrase),
        ("export passphrase", &planted.export_passphrase),
        ("endpoint token", &planted.endpoint_token),
        ("pasted password", &planted.pasted_password),
        ("key passphrase", &planted.key_passphrase),
        ("primary key", &planted.primary_key),
        ("secondary key", &planted.secondary_key),
        ("group key", &planted.group_key),
        ("policy key", &planted.policy_key),
        ("pasted key", &planted.pasted_key),
        ("pasted signature", &planted.signature),
    ]
}

/// Texts with secrets in them, recognised and added.
async fn paste(page: &mut Page, brokers: &Brokers, planted: &Planted) -> Vec<Value> {
    let port = brokers.plain.port();
    let texts = [
        format!("mosquitto_sub -h localhost -p {port} -u me -P {} -t lab/+ -i pasted-1", planted.pasted_password),
        format!("host: localhost\nport: {port}\nuser: me\npassword: {}\n", planted.pasted_password),
        format!("HostName=hub.azure-devices.net;DeviceId=d1;SharedAccessKey={}", planted.pasted_key),
        format!(
            "HostName=hub.azure-devices.net;SharedAccessKeyName=iothubowner;SharedAccessKey={}",
            planted.pasted_key
        ),
        planted.sas_token(),
        // Wrong in one place each.
        format!("HostName=hub.azure-devices.net;SharedAccessKey={};SharedAccessKey=twice", planted.pasted_key),
        format!("Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey={}", planted.pasted_key),
        format!("mosquitto_sub -h localhost -P {} --no-such-option {0}", planted.pasted_password),
        format!("mqtt://me:{}@localhost:70000/x", planted.pasted_password),
    ];
    let mut added = Vec::new();
    for text in texts {
        // What cannot be recognised is refused, and the refusal is searched like the rest.
        let _ = page.try_call("paste.recognise", json!({ "text": text })).await;
        if let Ok(answer) = page.try_call("paste.add", json!({ "text": text, "ca": null })).await {
            added.push(answer["device"].clone());
        }
    }
    assert!(added.len() >= 3, "too little of it was understood: {added:?}");
    added.truncate(1);
    added
}

async fn id_of(page: &mut Page, name: &str) -> Value {
    let tree = page.call("tree.get", json!({})).await;
    tree["devices"].as_array().unwrap().iter().find(|device| device["name"] == name).unwrap()["id"].clone()
}

/// The exits, and what is told of them; answers the signature of a token that was made.
async fn use_tokens(page: &mut Page, planted: &Planted) -> String {
    let keys = id_of(page, "keys").await;
    let shown = page.reveal("credential.reveal", json!({ "device": keys, "field": "primary_key" })).await;
    assert_eq!(shown["text"], planted.primary_key);
    for what in [json!({ "what": "secret", "field": "secondary_key" }), json!({ "what": "connection_string" })] {
        page.call("credential.copy", json!({ "device": keys, "what": what })).await;
    }
    assert!(page.clipboard().contains(&planted.primary_key), "the connection string");
    let make = |exit: &str| json!({ "scope": { "scope": "device", "device": keys }, "end": { "end": "after", "seconds": 600 }, "exit": exit });
    page.call("sas.make", make("clipboard")).await;
    let made = page.reveal("sas.make", make("reveal")).await;
    let token = made["token"]["text"].as_str().unwrap().to_owned();
    for device in [&Value::Null, &keys] {
        page.call("sas.decode", json!({ "token": token, "device": device })).await;
    }
    page.call("sas.decode", json!({ "token": planted.sas_token(), "device": null })).await;
    page.call("sas.current", json!({ "device": keys })).await;
    page.call("credential.swap", json!({ "device": keys })).await;
    token.split('&').find_map(|field| field.strip_prefix("sig=")).unwrap().to_owned()
}

/// Every device connects, subscribes and publishes; Kaa's with its token in topics, which come back.
async fn talk(page: &mut Page, devices: &[Value], planted: &Planted) {
    let boiler = id_of(page, "boiler").await;
    for filter in ["kp1/app-v1/+/{token}/#".to_owned(), format!("kp1/app-v1/dcx/{}/json", planted.endpoint_token)] {
        let subscription = json!({ "id": null, "device": boiler, "filter": filter, "qos": 1, "colour": null,
                                   "alias": null, "enabled": true });
        page.call("subscription.save", subscription).await;
    }
    for device in devices {
        page.call("session.connect", json!({ "device": device })).await;
        page.wait_online(device).await;
        page.call("token.status", json!({ "device": device })).await;
    }
    let topics =
        ["kp1/app-v1/dcx/{token}/json".to_owned(), format!("kp1/app-v1/dcx/{}/json/7", planted.endpoint_token)];
    for topic in topics {
        let publish = json!({ "device": boiler, "topic": topic, "qos": 1, "retain": false,
                              "payload": { "encoding": "text", "text": "21.5" } });
        page.call("session.publish", publish).await;
    }
    let view = page.open_view("", &boiler).await;
    page.until("the echoes", "view.get", json!({ "view": view.view }), |status| {
        status["matching"].as_u64().is_some_and(|matching| matching >= 4)
    })
    .await;
    let hidden = page.open_view(&planted.endpoint_token, &boiler).await;
    assert_eq!(hidden.matching, 0, "a filter does not tell whether it guessed the token");
    let keys = id_of(page, "keys").await;
    page.call("token.renew", json!({ "device": keys })).await;
    // Nothing answers there.
    page.try_call("token.read", json!({ "device": boiler })).await.unwrap_err();
}

/// Wrong entries, whose refusals must not repeat them.
async fn blunder(page: &mut Page, planted: &Planted) {
    let tree = page.call("tree.get", json!({})).await;
    let hub = |kind: &str| hub_of(&tree, kind);
    let keys = json!({ "kind": "shared_access_key", "sign_with": "primary",
                       "sas": { "lifetime": 3600, "auto_renew": true } });
    let not_base64 = [("primary_key", planted.password.as_str())];
    let not_a_token = [("token", planted.password.as_str())];
    let two_levels = format!("{0}/{0}", planted.endpoint_token);
    let endpoint = json!({ "kind": "endpoint_token", "app_version": "app-v1", "endpoint_id": null, "user_name": null });
    for draft in [
        device(&hub("azure_iot_hub"), "wrong", keys, &not_base64),
        device(&hub("azure_iot_hub"), "wrong", json!({ "kind": "sas_token" }), &not_a_token),
        device(&hub("kaa"), "wrong", endpoint, &[("token", two_levels.as_str())]),
        device(&hub("thingsboard"), "wrong", json!({ "kind": "group_key" }), &[("group_key", &planted.password)]),
    ] {
        page.try_call("device.save", draft.clone()).await.unwrap_err();
        let _ = page.try_call("credential.preview", draft).await;
    }
    page.try_call("sas.decode", json!({ "token": planted.password, "device": null })).await.unwrap_err();
    let text = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----", planted.primary_key);
    let garbage = json!({ "certificate": { "from": "text", "text": text }, "key": null, "passphrase": null });
    page.try_call("certificate.read", garbage).await.unwrap_err();

    page.call("vault.lock", json!({})).await;
    page.try_call("vault.unlock", json!({ "passphrase": planted.export_passphrase })).await.unwrap_err();
    let reveal = json!({ "device": id_of(page, "keys").await, "field": "primary_key" });
    page.try_call("credential.reveal", reveal).await.unwrap_err();
    page.call("vault.unlock", json!({ "passphrase": planted.vault_passphrase })).await;
}

/// Exports with and without secrets, and back in as copies.
async fn hand_over(page: &mut Page, planted: &Planted, outside: &Path) {
    let exports = outside.join("exports");
    std::fs::create_dir(&exports).unwrap();
    for (name, passphrase) in [("plain.json", None), ("sealed.json", Some(&planted.export_passphrase))] {
        page.will_save_to(exports.join(name));
        let exported = page.call("workspace.export", json!({ "hubs": null, "passphrase": passphrase })).await;
        assert_eq!(exported["secrets"].as_u64().unwrap() > 0, passphrase.is_some(), "{exported}");
    }
    let sealed = std::fs::read(exports.join("sealed.json")).unwrap();
    let upload = json!({ "name": "sealed.json", "base64": STANDARD.encode(sealed) });
    let file = page.call("file.upload", upload).await["handle"].clone();
    let open = |passphrase: &str| json!({ "file": file, "passphrase": passphrase });
    page.try_call("workspace.import_preview", open(&planted.vault_passphrase)).await.unwrap_err();
    let preview = page.call("workspace.import_preview", open(&planted.export_passphrase)).await;
    let copy = |item: &Value| json!({ "index": item["index"], "action": "add_copy" });
    let hubs = preview["hubs"].as_array().unwrap();
    let devices = hubs.iter().flat_map(|hub| hub["devices"].as_array().unwrap());
    let import = json!({ "file": file, "passphrase": planted.export_passphrase,
                         "hubs": hubs.iter().map(copy).collect::<Vec<_>>(),
                         "devices": devices.map(copy).collect::<Vec<_>>(), "settings": false });
    page.call("workspace.import", import).await;
}

/// All that a page can ask for.
async fn look_at_everything(page: &mut Page) {
    for name in ["tree.get", "session.list", "token.list", "workspace.get", "settings.get", "sandbox.get", "job.list"] {
        page.call(name, json!({})).await;
    }
    let tree = page.call("tree.get", json!({})).await;
    for device in tree["devices"].as_array().unwrap() {
        for name in ["token.status", "token.history", "subscription.list"] {
            page.call(name, json!({ "device": device["id"] })).await;
        }
    }
    let view = page.call("view.open", json!({ "query": "", "device": null, "classes": [] })).await;
    let rows = page.rows(serde_json::from_value(view).unwrap()).await.rows;
    assert!(rows.len() > 20, "sessions, messages, exits: {}", rows.len());
    for row in rows {
        page.call("message.get", json!({ "seq": row.seq })).await;
        let _ = page.try_call("message.payload", json!({ "seq": row.seq, "offset": 0, "length": 1000 })).await;
    }
}
