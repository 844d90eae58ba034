//! A device of a real mosquitto with TLS and a password, from the form to the counters.

use crate::page::Page;
use base64::Engine as _;
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config, tool};
use serde_json::{Value, json};

const PASSWORD: &str = "planted-mosquitto-password-r4tX";

/// Adds the hub and one device with a subscription to `lab/#`; answers the device's id.
async fn add_device(page: &mut Page, port: u16, ca_pem: &str) -> Value {
    let base64 = base64::engine::general_purpose::STANDARD.encode(ca_pem);
    let file = page.call("file.upload", json!({ "name": "lab-ca.pem", "base64": base64 })).await;
    let hub = json!({ "id": null, "kind": "mqtt_broker", "name": "lab", "host": "localhost", "port": port, "transport": "mqtts",
                      "trust": { "change": "set", "mode": "ca_only", "added": [{ "from": "file", "handle": file["handle"] }] } });
    let hub = page.call("hub.save", hub).await;
    assert_eq!(
        (&hub["trust"]["mode"], &hub["trust"]["certificates"][0]["source"]),
        (&"ca_only".into(), &"lab-ca.pem".into())
    );
    let password = json!({ "field": "password", "draft": { "change": "set", "value": PASSWORD } });
    let device = json!({
        "id": null, "hub": hub["id"], "name": "bench", "client_id": "bench-1",
        "credential": { "kind": "basic", "user_name": "bench" }, "secrets": [password],
        "certificate": { "change": "keep" },
        "options": { "version": "5", "clean_session": true, "keep_alive": 30, "max_packet_size": 1_048_576 },
    });
    let device = page.call("device.save", device).await["id"].clone();
    let subscription = json!({ "id": null, "device": device, "filter": "lab/#", "qos": 1, "colour": null,
                               "alias": null, "enabled": true });
    page.call("subscription.save", subscription).await;
    device
}

async fn mosquitto_pub(port: u16, ca: &std::path::Path, topic: &str, message: &str) {
    let mut command = tool("mosquitto_pub").unwrap();
    command.args(["-h", "localhost", "-p", &port.to_string(), "--cafile"]).arg(ca);
    command.args(["-u", "bench", "-P", PASSWORD, "-q", "1", "-t", topic, "-m", message]);
    let status = tokio::task::spawn_blocking(move || command.status()).await.unwrap().unwrap();
    assert!(status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_watches_publishes_survives_a_restart_and_leaks_nothing() {
    let ca = Ca::new("Lab CA").unwrap();
    let identity = ca.server(&["DNS:localhost"], Valid::Now).unwrap();
    let mut broker = Broker::start(&Config::tls(&identity).login("bench", PASSWORD)).unwrap();
    let mut page = Page::open().await;
    let ca_file = page.home.path().join("lab-ca.pem");
    std::fs::write(&ca_file, &ca.pem).unwrap();
    let device = add_device(&mut page, broker.port(), &ca.pem).await;

    page.call("session.connect", json!({ "device": device })).await;
    let session = page.wait_online(&device).await;
    assert_eq!(session["subscriptions"][0]["grant"]["qos"], 1);
    assert!(session["tls"].as_str().unwrap().starts_with("TLS 1."), "{session}");

    // A foreign client's message arrives as a row, whole.
    let view = page.open_view("", &device).await;
    mosquitto_pub(broker.port(), &ca_file, "lab/temp", r#"{"temperature":21.5}"#).await;
    page.until("the row", "view.get", json!({ "view": view.view }), |status| status["matching"] == 1).await;
    let window = page.rows(view).await;
    assert_eq!(window.topics[0].text, "lab/temp");
    assert_eq!(window.rows[0].colour, Some(1));
    let payload = page.call("message.payload", json!({ "seq": window.rows[0].seq, "offset": 0, "length": 100 })).await;
    assert_eq!(payload, r#"{"temperature":21.5}"#);

    // What we publish is acknowledged, and comes back by our own subscription.
    let publish = json!({ "device": device, "topic": "lab/set", "payload": { "encoding": "text", "text": "on" },
                          "qos": 1, "retain": false });
    let published = page.call("session.publish", publish).await;
    page.until("the acknowledgement", "message.get", json!({ "seq": published["seq"] }), |entry| {
        entry["outcome"]["outcome"] == "acknowledged"
    })
    .await;
    page.until_counters(|counters| counters.received == 2 && counters.sent == 1).await;

    // The broker dies and comes back: the subscription is there again.
    broker.kill().unwrap();
    page.until("waiting", "session.list", json!({}), |answer| answer["sessions"][0]["state"]["state"] == "waiting")
        .await;
    broker.resume().unwrap();
    page.wait_online(&device).await;
    mosquitto_pub(broker.port(), &ca_file, "lab/temp", "again").await;
    let counters = page.until_counters(|counters| counters.received == 3).await;
    assert_eq!(counters.received + counters.sent, counters.kept + counters.evicted + counters.dropped);

    // A filter of this view finds only what it says.
    let found = page.open_view("topic:lab/temp again", &device).await;
    assert_eq!(found.matching, 1);
    // Activity tells the story.
    let events = page.call("view.open", json!({ "query": "", "device": device, "classes": ["event"] })).await;
    assert!(events["matching"].as_u64().unwrap() >= 3, "connected, lost, connected: {events}");

    page.engine.stop().await;
    assert!(!page.crossed.contains(PASSWORD));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_command_connects_and_its_password_stays_in() {
    let broker = Broker::start(&Config::default().login("bench", PASSWORD)).unwrap();
    let mut page = Page::open().await;
    let text = format!(
        "mosquitto_sub -h 127.0.0.1 -p {} -u bench -P '{PASSWORD}' \\\n  -t 'lab/+/temp' -q 1 -i bench-7",
        broker.port()
    );
    let recognised = page.call("paste.recognise", json!({ "text": text })).await;
    assert_eq!(recognised["subscriptions"][0]["filter"], "lab/+/temp");
    assert_eq!(page.call("tree.get", json!({})).await["hubs"], json!([]), "nothing is saved before it is added");
    let added = page.call("paste.add", json!({ "text": text, "ca": null })).await;
    page.call("session.connect", json!({ "device": added["device"] })).await;
    let session = page.wait_online(&added["device"]).await;
    assert_eq!(session["client_id"], "bench-7");
    page.engine.stop().await;
    assert!(!page.crossed.contains(PASSWORD));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_stops_with_the_reason() {
    let broker = Broker::start(&Config::default().login("bench", PASSWORD)).unwrap();
    let mut page = Page::open().await;
    let text = format!("mqtt://bench:wrong@127.0.0.1:{}/lab/%23", broker.port());
    let added = page.call("paste.add", json!({ "text": text, "ca": null })).await;
    page.call("session.connect", json!({ "device": added["device"] })).await;
    let answer = page
        .until("failed", "session.list", json!({}), |answer| answer["sessions"][0]["state"]["state"] == "failed")
        .await;
    // MQTT 3.1.1 has one code for a wrong password and a missing right: 5, not authorised.
    assert_eq!(answer["sessions"][0]["state"]["error"]["code"], "not_authorised", "{answer}");
    page.engine.stop().await;
}
