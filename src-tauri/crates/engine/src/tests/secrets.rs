//! Planted secrets: they go in, and nothing that comes out holds them.

use super::page::{Page, engine};
use hubscope_model::{Credential, Device, Hub, PasteAdded, Recognised, SecretField, StoredSecret, Tree};
use serde_json::{Value, json};

const TOKEN: &str = "planted-token-0123456789-Q8wZ";
const PASSWORD: &str = "planted-password-9876543210-r4tX";

fn files_below(directory: &std::path::Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => bytes.extend(files_below(&path)),
            false => bytes.extend(std::fs::read(path).unwrap()),
        }
    }
    bytes
}

fn holds(bytes: &[u8], secret: &str) -> bool {
    bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
}

#[tokio::test]
async fn planted_secrets_are_in_no_answer_and_in_no_file() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    let hub: Hub = page
        .call(
            "hub.save",
            json!({ "id": null, "kind": "thingsboard", "name": "tb", "host": "127.0.0.1", "port": 1, "transport": "mqtt",
                    "trust": { "change": "set", "mode": "system" } }),
        )
        .await;
    let device = json!({
        "id": null, "hub": hub.id, "name": "meter", "client_id": "meter-1",
        "credential": { "kind": "access_token" }, "certificate": { "change": "keep" },
        "secrets": [{ "field": "token", "draft": { "change": "set", "value": TOKEN } }],
        "options": { "version": "3.1.1", "clean_session": true, "keep_alive": 60, "max_packet_size": 65536 },
    });
    let device: Device = page.call("device.save", device).await;
    assert_eq!(device.credential, Credential::AccessToken);
    assert_eq!(device.secrets, [StoredSecret { field: SecretField::Token, ends: Some("Q8wZ".into()) }]);

    let pasted = format!("mosquitto_sub -h 127.0.0.1 -p 1 -u bench -P {PASSWORD} -t 'lab/{PASSWORD}/#'");
    page.call::<Recognised>("paste.recognise", json!({ "text": "mosquitto_sub -h x -u a -P ".to_owned() + PASSWORD }))
        .await;
    let added: PasteAdded =
        page.call("paste.add", json!({ "text": pasted.replace(&format!("/{PASSWORD}/"), "/x/"), "ca": null })).await;
    // Both are refused by a closed port: the errors and events are part of what comes out.
    for device in [device.id, added.device.unwrap()] {
        page.call::<Value>("session.connect", json!({ "device": device })).await;
    }
    wait_until_both_failed_once(&mut page).await;
    page.call::<Tree>("tree.get", json!({})).await;
    let view: Value = page.call("view.open", json!({ "query": "", "device": null, "classes": [] })).await;
    page.call::<Value>("view.window", json!({ "view": view["view"], "from": 0, "count": 100, "preview": 400 })).await;
    while let Ok(tick) = page.ticks.try_recv() {
        page.crossed += &serde_json::to_string(&tick).unwrap();
    }
    engine.stop().await;
    for secret in [TOKEN, PASSWORD] {
        assert!(!page.crossed.contains(secret), "{secret} crossed to the page");
        assert!(!holds(&files_below(home.path()), secret), "{secret} is in a file");
    }
}

async fn wait_until_both_failed_once(page: &mut Page) {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let sessions: Value = page.call("session.list", json!({})).await;
        let states: Vec<_> =
            sessions["sessions"].as_array().unwrap().iter().map(|session| session["state"]["state"].clone()).collect();
        if states.len() == 2 && states.iter().all(|state| state == "waiting" || state == "failed") {
            return;
        }
        assert!(tokio::time::Instant::now() < deadline, "{states:?}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
