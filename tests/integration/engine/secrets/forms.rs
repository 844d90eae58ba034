//! Hubs of every kind and devices with every kind of credential, entered by their forms.

use crate::page::Page;
use crate::planted::Planted;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// Brokers that let everyone in, so that what leaks is not cut short by a refusal.
pub struct Brokers {
    pub plain: Broker,
    secure: Broker,
    ca_pem: String,
}

impl Brokers {
    pub fn start() -> Self {
        let ca = Ca::new("Lab CA").unwrap();
        let identity = ca.server(&["DNS:localhost"], Valid::Now).unwrap();
        let secure = Broker::start(&Config::tls(&identity)).unwrap();
        Self { plain: Broker::start(&Config::default()).unwrap(), secure, ca_pem: ca.pem }
    }
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

pub async fn enter_hubs(page: &mut Page, brokers: &Brokers, planted: &Planted) -> Vec<Value> {
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
    let mut ca = json!({ "change": "set", "mode": "system" });
    if tls {
        let upload = json!({ "name": "ca.pem", "base64": STANDARD.encode(&brokers.ca_pem) });
        ca = json!({ "change": "set", "mode": "ca_only", "added": [{ "from": "file", "handle": page.call("file.upload", upload).await["handle"] }] });
    }
    let port = if tls { brokers.secure.port() } else { brokers.plain.port() };
    let hub = json!({ "id": null, "kind": form.kind, "name": form.kind, "host": "localhost", "port": port,
                      "transport": if tls { "mqtts" } else { "mqtt" }, "trust": ca, "details": form.details, "secrets": entries(form.secrets) });
    page.call("hub.save", hub).await["id"].clone()
}

pub fn device(hub: &Value, name: &str, credential: Value, secrets: &[(&str, &str)]) -> Value {
    json!({ "id": null, "hub": hub, "name": name, "client_id": name, "credential": credential,
            "secrets": entries(secrets), "certificate": { "change": "keep" },
            "options": { "version": "3.1.1", "clean_session": true, "keep_alive": 60, "max_packet_size": 65536 } })
}

async fn enter_device(page: &mut Page, draft: Value) -> Value {
    page.call("credential.preview", draft.clone()).await;
    page.call("device.save", draft).await["id"].clone()
}

/// A device with an encrypted key; answers the key and the device.
pub async fn enter_certificate(page: &mut Page, planted: &Planted, outside: &Path) -> (String, Value) {
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

pub fn hub_of(tree: &Value, kind: &str) -> Value {
    tree["hubs"].as_array().unwrap().iter().find(|hub| hub["kind"] == kind).unwrap()["id"].clone()
}
