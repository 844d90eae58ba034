//! The first run's way: start the sandbox, connect a device, watch, talk back.

use crate::page::Page;
use serde_json::{Value, json};

fn device(sandbox: &Value, id: &str) -> Value {
    let devices = sandbox["devices"].as_array().unwrap();
    devices.iter().find(|device| device["id"] == id).unwrap()["device"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_start_to_a_reply_and_back_to_stopped() {
    let mut page = Page::open().await;
    assert_eq!(page.call("sandbox.get", json!({})).await["state"]["state"], "stopped");
    let sandbox = page.call("sandbox.start", json!({})).await;
    assert_eq!(sandbox["state"]["state"], "running");

    let thermo = device(&sandbox, "thermo-a");
    page.call("session.connect", json!({ "device": thermo })).await;
    page.wait_online(&thermo).await;
    let view = page.open_view("topic:devices/thermo-a/telemetry", &thermo).await;
    page.until("telemetry", "view.get", json!({ "view": view.view }), |status| {
        status["matching"].as_u64().is_some_and(|matching| matching > 0)
    })
    .await;
    let window = page.rows(view).await;
    assert!(window.rows[0].preview.iter().any(|piece| piece.text == "temperature"), "{:?}", window.rows[0].preview);

    // pump-1 answers a command: request and reply are rows of its page.
    let pump = device(&sandbox, "pump-1");
    page.call("session.connect", json!({ "device": pump })).await;
    page.wait_online(&pump).await;
    let command = json!({ "device": pump, "topic": "devices/pump-1/commands/set_speed", "qos": 1, "retain": false,
                          "payload": { "encoding": "text", "text": r#"{"speed":40}"# } });
    page.call("session.publish", command).await;
    let replies = page.open_view("topic:devices/pump-1/replies/set_speed", &pump).await;
    page.until("the reply", "view.get", json!({ "view": replies.view }), |status| status["matching"] == 1).await;
    let reply = page.rows(replies).await.rows[0].seq;
    let reply = page.call("message.payload", json!({ "seq": reply, "offset": 0, "length": 200 })).await;
    assert!(reply.as_str().unwrap().contains(r#""status":200"#), "{reply}");

    // Stop and start again: new ports and tokens, the same devices in the tree.
    let stopped = page.call("sandbox.stop", json!({})).await;
    assert_eq!(stopped["state"]["state"], "stopped");
    let again = page.call("sandbox.start", json!({})).await;
    assert_eq!(device(&again, "thermo-a"), thermo);
    page.call("session.connect", json!({ "device": thermo })).await;
    page.wait_online(&thermo).await;
    assert_eq!(page.call("tree.get", json!({})).await["devices"].as_array().unwrap().len(), 5);
    page.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_device_stays_the_same_and_deleted_ones_come_back_with_a_start() {
    let mut page = Page::open().await;
    let sandbox = page.call("sandbox.start", json!({})).await;
    let thermo = device(&sandbox, "thermo-a");
    let tree = page.call("tree.get", json!({})).await;
    let stored = tree["devices"].as_array().unwrap().iter().find(|one| one["id"] == thermo).unwrap().clone();
    let renamed = json!({ "id": thermo, "hub": stored["hub"], "name": "kitchen", "client_id": stored["client_id"],
                          "credential": { "kind": "access_token" }, "certificate": { "change": "keep" },
                          "options": stored["options"] });
    page.call("device.save", renamed).await;
    page.call("device.delete", json!({ "device": device(&sandbox, "door-1") })).await;
    page.call("sandbox.stop", json!({})).await;
    let again = page.call("sandbox.start", json!({})).await;
    assert_eq!(device(&again, "thermo-a"), thermo);
    assert_eq!(device(&again, "door-1"), device(&sandbox, "door-1"));
    page.call("session.connect", json!({ "device": thermo })).await;
    page.wait_online(&thermo).await;

    // Its hub deleted while it runs: the next start brings it back.
    page.call("hub.delete", json!({ "hub": again["hub"] })).await;
    let back = page.call("sandbox.start", json!({})).await;
    assert_eq!((&back["hub"], device(&back, "thermo-a")), (&sandbox["hub"], thermo));
    let tree = page.call("tree.get", json!({})).await;
    assert_eq!((tree["hubs"].as_array().unwrap().len(), tree["devices"].as_array().unwrap().len()), (1, 5));
    page.engine.stop().await;
}
