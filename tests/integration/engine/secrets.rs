//! However a secret comes in, it leaves by the exits only: random secrets of every kind are planted through the
//! commands, everything is done with them that a user can do, and every output is searched.

use crate::page::Page;
use crate::planted::{Planted, Search, log, planted};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config};
use proptest::test_runner::{Config as Cases, TestRunner};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

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

/// Brokers that let everyone in, so that what leaks is not cut short by a refusal.
struct Brokers {
    plain: Broker,
    secure: Broker,
    ca_pem: String,
}

impl Brokers {
    fn start() -> Self {
        let ca = Ca::new("Lab CA").unwrap();
        let identity = ca.server(&["DNS:localhost"], Valid::Now).unwrap();
        let secure = Broker::start(&Config::tls(&identity)).unwrap();
        Self { plain: Broker::start(&Config::default()).unwrap(), secure, ca_pem: ca.pem }
    }
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

fn entries(secrets: &[(&str, &str)]) -> Value {
    secrets
        .iter()
        .map(|(field, value)| json!({ "field": field, "draft": { "change": "set", "value": value } }))
        .collect()
}

/// Secrets by the names of their fields.
type Fields<'a> = Vec<(&'a str, &'a str)>;

/// One hub of a kind with its devices: name, credential and secrets of each.
struct HubForm<'a> {
    kind: &'a str,
    details: Value,
    secrets: &'a [(&'a str, &'a str)],
    devices: Vec<(&'a str, Value, Fields<'a>)>,
}

async fn enter_hubs(page: &mut Page, brokers: &Brokers, planted: &Planted) -> Vec<Value> {
    let sas = json!({ "lifetime": 3600, "auto_renew": true });
    let keys = json!({ "kind": "shared_access_key", "sign_with": "primary", "sas": sas });
    let endpoint = json!({ "kind": "endpoint_token", "app_version": "app-v1", "endpoint_id": "endpoint-1",
                           "user_name": "client@tenant" });
    let request = |method: &str| json!({ "method": method, "path": "/tokens/{endpoint_id}", "body": "" });
    // Nothing listens there: a failure of the REST API is an output too.
    let rest = json!({ "base_url": "http://127.0.0.1:9", "header": "x-api-key", "read": request("GET"),
                       "change": request("PATCH") });
    let sas_token = planted.sas_token();
    let forms = [
        HubForm {
            kind: "mqtt_broker",
            details: json!({}),
            secrets: &[],
            devices: vec![(
                "bench",
                json!({ "kind": "basic", "user_name": "u" }),
                vec![("password", &planted.password)],
            )],
        },
        HubForm {
            kind: "thingsboard",
            details: json!({}),
            secrets: &[],
            devices: vec![
                ("meter", json!({ "kind": "access_token" }), vec![("token", &planted.access_token)]),
                ("lamp", json!({ "kind": "basic", "user_name": "u" }), vec![("password", &planted.basic_password)]),
                (
                    "fresh",
                    json!({ "kind": "provision" }),
                    vec![("provision_key", &planted.provision_key), ("provision_secret", &planted.provision_secret)],
                ),
            ],
        },
        HubForm {
            kind: "kaa",
            details: json!({ "kaa": rest }),
            secrets: &[("api_key", &planted.api_key)],
            devices: vec![(
                "boiler",
                endpoint,
                vec![("token", &planted.endpoint_token), ("password", &planted.client_password)],
            )],
        },
        HubForm {
            kind: "azure_iot_hub",
            details: json!({ "policy": "iothubowner" }),
            secrets: &[("policy_key", &planted.policy_key)],
            devices: vec![
                ("keys", keys, vec![("primary_key", &planted.primary_key), ("secondary_key", &planted.secondary_key)]),
                ("pasted", json!({ "kind": "sas_token" }), vec![("token", &sas_token)]),
            ],
        },
        HubForm {
            kind: "azure_dps",
            details: json!({ "id_scope": "0ne00000001" }),
            secrets: &[],
            devices: vec![(
                "group",
                json!({ "kind": "group_key", "sas": sas }),
                vec![("group_key", &planted.group_key)],
            )],
        },
    ];
    let mut devices = Vec::new();
    for form in forms {
        let hub = enter_hub(page, brokers, &form).await;
        for (name, credential, secrets) in &form.devices {
            devices.push(enter_device(page, device(&hub, name, credential.clone(), secrets)).await);
        }
    }
    devices
}

async fn enter_hub(page: &mut Page, brokers: &Brokers, form: &HubForm<'_>) -> Value {
    let tls = form.kind.starts_with("azure");
    let mut ca = json!({ "change": "system_roots" });
    if tls {
        let upload = json!({ "name": "ca.pem", "base64": STANDARD.encode(&brokers.ca_pem) });
        ca = json!({ "change": "file", "handle": page.call("file.upload", upload).await["handle"] });
    }
    let port = if tls { brokers.secure.port() } else { brokers.plain.port() };
    let hub = json!({ "id": null, "kind": form.kind, "name": form.kind, "host": "localhost", "port": port, "tls": tls,
                      "ca": ca, "details": form.details, "secrets": entries(form.secrets) });
    page.call("hub.save", hub).await["id"].clone()
}

fn device(hub: &Value, name: &str, credential: Value, secrets: &[(&str, &str)]) -> Value {
    json!({ "id": null, "hub": hub, "name": name, "client_id": name, "credential": credential,
            "secrets": entries(secrets), "certificate": { "change": "keep" },
            "options": { "version": "3.1.1", "clean_session": true, "keep_alive": 60, "max_packet_size": 65536 } })
}

async fn enter_device(page: &mut Page, draft: Value) -> Value {
    page.call("credential.preview", draft.clone()).await;
    page.call("device.save", draft).await["id"].clone()
}

/// A device with an encrypted key; answers the key and the device.
async fn enter_certificate(page: &mut Page, planted: &Planted, outside: &Path) -> (String, Value) {
    let issued = hubscope_pki::self_signed_device("camera").unwrap();
    let (plain, sealed) = (outside.join("key.pem"), outside.join("sealed.pem"));
    std::fs::write(&plain, &*issued.key_pem).unwrap();
    let made = Command::new("openssl")
        .args(["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in"])
        .arg(&plain)
        .arg("-out")
        .arg(&sealed)
        .args(["-passout", &format!("pass:{}", planted.key_passphrase)])
        .status();
    assert!(made.unwrap().success());
    let key = std::fs::read_to_string(&sealed).unwrap();
    let files = |passphrase: Option<&str>| {
        json!({ "certificate": { "from": "text", "text": issued.cert_pem },
                "key": { "from": "text", "text": key }, "passphrase": passphrase })
    };
    for wrong in [None, Some("not this one")] {
        page.try_call("certificate.read", files(wrong)).await.unwrap_err();
    }
    page.call("certificate.read", files(Some(&planted.key_passphrase))).await;
    let tree = page.call("tree.get", json!({})).await;
    let mut draft =
        device(&hub_of(&tree, "azure_iot_hub"), "camera", json!({ "kind": "x509", "trust": "itself" }), &[]);
    draft["certificate"] = json!({ "change": "set", "files": files(Some(&planted.key_passphrase)) });
    (issued.key_pem.to_string(), enter_device(page, draft).await)
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

fn hub_of(tree: &Value, kind: &str) -> Value {
    tree["hubs"].as_array().unwrap().iter().find(|hub| hub["kind"] == kind).unwrap()["id"].clone()
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
