//! One vocabulary for the state of every credential: each word that Hubscope can say by itself, seen through the
//! commands. `disabled` is not among them: no hub says so at CONNECT, and no registry is read yet.

use crate::page::Page;
use hubscope_tests::certificates::{Ca, Identity, Valid};
use serde_json::{Value, json};

async fn start(page: &mut Page, personality: &str) -> Value {
    page.call("sandbox.start", json!({ "personality": personality })).await
}

fn device(sandbox: &Value, id: &str) -> Value {
    let devices = sandbox["devices"].as_array().unwrap();
    json!({ "device": devices.iter().find(|device| device["id"] == id).unwrap()["device"] })
}

async fn word(page: &mut Page, device: &Value) -> Value {
    page.call("token.status", device.clone()).await["state"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_token_is_unknown_until_the_hub_says_unused_active_suspended_or_revoked() {
    let mut page = Page::open().await;
    let sandbox = start(&mut page, "kaa").await;
    for (id, said) in [
        ("boiler-new", "unused"),
        ("boiler-1", "active"),
        ("boiler-suspended", "suspended"),
        ("boiler-revoked", "revoked"),
    ] {
        let device = device(&sandbox, id);
        assert_eq!(word(&mut page, &device).await, "unknown", "{id}");
        assert_eq!(page.call("token.read", device.clone()).await["state"], said);
        assert_eq!(word(&mut page, &device).await, said);
    }
    page.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_unused_then_active_and_unknown_after_a_refusal_without_a_reason() {
    let mut page = Page::open().await;
    let sandbox = start(&mut page, "azure").await;
    let (right, disabled) = (device(&sandbox, "freezer-1"), device(&sandbox, "retired-1"));
    for device in [&right, &disabled] {
        assert_eq!(word(&mut page, device).await, "unused");
        page.call("session.connect", device.clone()).await;
    }
    for (device, said) in [(&right, "active"), (&disabled, "unknown")] {
        page.until(said, "token.status", device.clone(), |status| status["state"] == said).await;
    }
    page.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_and_a_ready_made_token_are_expiring_and_expired_by_the_clock() {
    let mut page = Page::open().await;
    let ca = Ca::new("Lab CA").unwrap();
    let hub = json!({ "id": null, "kind": "azure_iot_hub", "name": "hub", "host": "localhost", "port": 8883,
                      "transport": "mqtts", "trust": { "change": "set", "mode": "system" } });
    let hub = page.call("hub.save", hub).await["id"].clone();
    // Thirty days are when a certificate begins to count as expiring.
    for (name, valid, said) in [("soon", Valid::Now, "expiring"), ("over", Valid::Expired, "expired")] {
        let identity = ca.server(&["DNS:device"], valid).unwrap();
        let device = save(&mut page, certified(&hub, name, &identity)).await;
        assert_eq!(word(&mut page, &device).await, said, "{name}");
    }

    let token = "SharedAccessSignature sr=localhost%2Fdevices%2Fready&sig=c2VjcmV0IGtleSBvZiBhIGRldmljZSwgMzIgYnl0ZXM%3D&se=1000000000";
    let mut ready = draft(&hub, "ready", json!({ "kind": "sas_token" }));
    ready["secrets"] = json!([{ "field": "token", "draft": { "change": "set", "value": token } }]);
    let device = save(&mut page, ready).await;
    assert_eq!(word(&mut page, &device).await, "expired");
    let history = page.until("the history", "token.history", device, |history| {
        history["events"].as_array().unwrap().iter().any(|event| event["cause"] == "time")
    });
    assert!(history.await.to_string().contains("expired"));
    page.engine.stop().await;
}

fn draft(hub: &Value, name: &str, credential: Value) -> Value {
    json!({ "id": null, "hub": hub, "name": name, "client_id": name, "credential": credential, "secrets": [],
            "certificate": { "change": "keep" },
            "options": { "version": "3.1.1", "clean_session": true, "keep_alive": 60, "max_packet_size": 65536 } })
}

fn certified(hub: &Value, name: &str, identity: &Identity) -> Value {
    let text = |text: &str| json!({ "from": "text", "text": text });
    let mut draft = draft(hub, name, json!({ "kind": "x509", "trust": "itself" }));
    draft["certificate"] = json!({ "change": "set", "files": { "certificate": text(&identity.chain_pem),
                                   "key": text(&identity.key_pem), "passphrase": null } });
    draft
}

async fn save(page: &mut Page, draft: Value) -> Value {
    json!({ "device": page.call("device.save", draft).await["id"] })
}
