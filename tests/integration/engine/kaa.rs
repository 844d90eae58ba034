//! Kaa's endpoint token stands in every topic, and in nothing that comes out.

use crate::page::Page;
use crate::planted::{Search, log};
use serde_json::{Value, json};

const PASSPHRASE: &str = "a passphrase for the vault of this test";
const MESSAGES: u64 = 300;

/// Sends requests with ids, which the hub answers, until so many messages came.
async fn talk(page: &mut Page, boiler: &Value) {
    for request in 1..=MESSAGES {
        let publish = json!({ "device": boiler, "topic": format!("kp1/hubscope-v1/dcx/{{token}}/json/{request}"),
                              "payload": { "encoding": "text", "text": r#"{"temperature":21.5}"# },
                              "qos": 1, "retain": false });
        page.call("session.publish", publish).await;
    }
    page.until_counters(|counters| counters.received >= MESSAGES).await;
    page.until("the acknowledgements", "session.list", json!({}), |answer| answer["sessions"][0]["sent"] == MESSAGES)
        .await;
}

async fn change(page: &mut Page, boiler: &Value, to: &str) {
    let change = json!({ "device": boiler, "to": to, "typed_name": null, "reason": "a test" });
    assert_eq!(page.call("token.change", change).await["state"], to);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_token_is_in_no_row_file_answer_log_or_export() {
    let log = log();
    let exports = tempfile::tempdir().unwrap();
    let mut page = Page::open().await;
    page.call("vault.set_passphrase", json!({ "current": null, "new": PASSPHRASE })).await;
    let sandbox = page.call("sandbox.start", json!({ "personality": "kaa" })).await;
    let device = |id: &str| {
        let devices = sandbox["devices"].as_array().unwrap();
        devices.iter().find(|device| device["id"] == id).unwrap()["device"].clone()
    };
    let boiler = device("boiler-1");
    let shown = page.reveal("credential.reveal", json!({ "device": boiler, "field": "token" })).await;
    let token = shown["text"].as_str().unwrap().to_owned();
    let search = Search::of([("endpoint token", token.as_str())]);

    page.call("session.connect", json!({ "device": boiler })).await;
    page.wait_online(&boiler).await;
    talk(&mut page, &boiler).await;
    let view = page.open_view("", &boiler).await;
    let ends = format!("token •{}", &token[token.len() - 4..]);
    let window = page.rows(view).await;
    let topics = serde_json::to_string(&window).unwrap();
    assert!(topics.contains(&ends), "{topics:.300}");
    for row in window.rows.iter().take(20) {
        page.call("message.get", json!({ "seq": row.seq })).await;
    }

    // Its state is read and changed at the hub; a suspended one is refused in words.
    assert_eq!(page.call("token.read", json!({ "device": boiler })).await["state"], "active");
    change(&mut page, &boiler, "suspended").await;
    page.until("the end", "session.list", json!({}), |answer| answer["sessions"][0]["state"]["state"] != "online")
        .await;
    change(&mut page, &boiler, "active").await;
    page.until("online by itself", "session.list", json!({}), |answer| {
        answer["sessions"][0]["state"]["state"] == "online"
    })
    .await;
    // Kaa's CONNECT names no token: one that came online before the change may have had its filters refused.
    page.call("session.connect", json!({ "device": boiler })).await;
    page.wait_online(&boiler).await;
    let history = page.call("token.history", json!({ "device": boiler })).await;
    assert!(history["events"].as_array().unwrap().len() >= 3, "{history}");

    for (name, passphrase) in [("plain.json", None), ("sealed.json", Some("another passphrase"))] {
        page.will_save_to(exports.path().join(name));
        // The sandbox is not exported; the subscriptions and secrets of a hub by hand are, see `secrets`.
        page.call("workspace.export", json!({ "hubs": null, "passphrase": passphrase })).await;
    }
    for name in ["tree.get", "token.list", "session.list"] {
        page.call(name, json!({})).await;
    }
    page.call("subscription.list", json!({ "device": boiler })).await;
    let events = page.call("view.open", json!({ "query": "", "device": null, "classes": ["event"] })).await;
    page.rows(serde_json::from_value(events).unwrap()).await;
    search.finds_nothing_below(page.home.path());
    page.engine.stop().await;
    search.finds_nothing_below(page.home.path());
    search.finds_nothing_below(exports.path());
    search.finds_nothing_in("an answer", page.crossed.as_bytes());
    search.finds_nothing_in("a tick or notification", page.told().as_bytes());
    search.finds_nothing_in("the log", &log.bytes());
}
