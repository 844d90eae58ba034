//! Every device of every personality of the sandbox, connected as the workspace has it: those that are right get in
//! by each kind of credential, and those that are not are told why.

use crate::page::{Page, said};
use serde_json::{Value, json};

/// Connects all devices of a personality; answers each with its session once that is online and answered, or over.
async fn connect_all(page: &mut Page, personality: &str) -> Vec<(Value, Value)> {
    let sandbox = page.call("sandbox.start", json!({ "personality": personality })).await;
    let devices = sandbox["devices"].as_array().unwrap().clone();
    for device in &devices {
        page.call("session.connect", json!({ "device": device["device"] })).await;
    }
    let mut sessions = Vec::new();
    for device in devices {
        let of = |answer: &Value| {
            let sessions = answer["sessions"].as_array().unwrap();
            sessions.iter().find(|session| session["device"] == device["device"]).cloned().unwrap_or_default()
        };
        let settled = |answer: &Value| {
            let session = of(answer);
            let answered = |one: &Value| one["grant"]["status"] != "pending";
            let all = session["subscriptions"].as_array().is_some_and(|all| all.iter().all(answered));
            session["state"]["state"] == "failed" || (session["state"]["state"] == "online" && all)
        };
        let answer = page.until(&format!("{} settled", device["id"]), "session.list", json!({}), settled).await;
        sessions.push((device.clone(), of(&answer)));
    }
    sessions
}

fn is_online(session: &Value) -> bool {
    let granted = |one: &Value| one["grant"]["status"] == "granted";
    session["state"]["state"] == "online" && session["subscriptions"].as_array().unwrap().iter().all(granted)
}

#[tokio::test(flavor = "multi_thread")]
async fn azure_by_keys_module_thumbprint_and_ca_and_a_disabled_device() {
    let mut page = Page::open().await;
    for (device, session) in connect_all(&mut page, "azure").await {
        if device["faulty"] == false {
            assert!(is_online(&session), "{device}: {session}");
            continue;
        }
        let error = &session["state"]["error"];
        assert_eq!(error["code"], "not_authorised", "{session}");
        assert!(said(&error["hint"]).contains("enabled"), "{error}");
    }
    page.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn thingsboard_by_token_basic_certificate_and_provisioning() {
    let mut page = Page::open().await;
    for (device, session) in connect_all(&mut page, "thingsboard").await {
        assert!(is_online(&session), "{device}: {session}");
    }
    page.engine.stop().await;
}

/// CONNECT names no endpoint: a token that is not usable shows at the subscriptions.
#[tokio::test(flavor = "multi_thread")]
async fn kaa_by_endpoint_token_in_each_state() {
    let mut page = Page::open().await;
    for (device, session) in connect_all(&mut page, "kaa").await {
        assert_eq!(is_online(&session), device["faulty"] == false, "{device}: {session}");
        if device["faulty"] == true {
            assert_eq!(session["state"]["state"], "online", "{session}");
            let refused = |one: &Value| one["grant"]["status"] == "refused";
            assert!(session["subscriptions"].as_array().unwrap().iter().all(refused), "{session}");
        }
    }
    page.engine.stop().await;
}

/// One wrong secret each: refused for good, in this hub's words and with a next step.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_refused_in_the_hub_s_words() {
    let key = "dGhpcyBpcyBub3QgdGhlIGtleSBvZiB0aGUgZGV2aWNl";
    let mut page = Page::open().await;
    for (personality, name, field, value, word) in [
        ("azure", "freezer-1", "primary_key", key, "key"),
        ("azure", "gateway-1/meter", "primary_key", key, "key"),
        ("thingsboard", "valve-1", "token", "no-such-token-here", "token"),
        ("thingsboard", "lamp-2", "password", "not-the-password", "password"),
    ] {
        page.call("sandbox.start", json!({ "personality": personality })).await;
        let tree = page.call("tree.get", json!({})).await;
        let stored = tree["devices"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
        let draft = json!({ "id": stored["id"], "hub": stored["hub"], "name": name, "client_id": stored["client_id"],
                            "credential": stored["credential"], "options": stored["options"],
                            "secrets": [{ "field": field, "draft": { "change": "set", "value": value } }],
                            "certificate": { "change": "keep" } });
        page.call("device.save", draft).await;
        page.call("session.connect", json!({ "device": stored["id"] })).await;
        let of = |answer: &Value| {
            let sessions = answer["sessions"].as_array().unwrap();
            sessions.iter().find(|session| session["device"] == stored["id"]).cloned().unwrap_or_default()
        };
        let answer = page
            .until(&format!("{name} refused"), "session.list", json!({}), |answer| {
                of(answer)["state"]["state"] == "failed"
            })
            .await;
        let error = of(&answer)["state"]["error"].clone();
        assert!(error["message"].as_str().unwrap().contains(word), "{name}: {error}");
        assert!(error["hint"].is_object() && error["retryable"] == false, "{name}: {error}");
        assert!(!error.to_string().contains(value), "{error}");
    }
    page.engine.stop().await;
}
