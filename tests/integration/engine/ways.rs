//! The ways to a hub and all that MQTT 5 says, from the form to a real mosquitto.

use crate::page::Page;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hubscope_hubs::ProxyVariables;
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config, Door};
use hubscope_tests::proxy::{Kind, Proxy};
use serde_json::{Value, json};

const PROXY_PASSWORD: &str = "planted-proxy-password-8Kd3";
const HEADER: &str = "planted-header-value-2Wm9";

async fn hub(page: &mut Page, host: &str, port: u16, part: Value) -> Value {
    let mut hub = json!({ "id": null, "kind": "mqtt_broker", "name": "lab", "host": host, "port": port,
                          "transport": "mqtt", "trust": { "change": "set", "mode": "system" } });
    hub.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
    page.call("hub.save", hub).await
}

/// A device of MQTT 5, not connected yet.
async fn device(page: &mut Page, hub: &Value, id: &str, options: Value) -> Value {
    let mut all = json!({ "version": "5", "clean_session": true, "keep_alive": 30, "max_packet_size": 1_048_576 });
    all.as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
    let device = json!({ "id": null, "hub": hub["id"], "name": id, "client_id": id, "credential": { "kind": "none" },
                         "certificate": { "change": "keep" }, "options": all });
    page.call("device.save", device).await["id"].clone()
}

async fn subscribe(page: &mut Page, device: &Value, filter: &str, qos: u8, options: Value) {
    let draft = json!({ "id": null, "device": device, "filter": filter, "qos": qos, "colour": null, "alias": null,
                        "enabled": true, "options": options });
    page.call("subscription.save", draft).await;
}

async fn connect(page: &mut Page, device: &Value) -> Value {
    page.call("session.connect", json!({ "device": device })).await;
    page.wait_online(device).await
}

async fn publish(page: &mut Page, device: &Value, topic: &str, qos: u8, properties: Value) -> Value {
    let draft = json!({ "device": device, "topic": topic, "payload": { "encoding": "text", "text": "on" }, "qos": qos,
                        "retain": false, "properties": properties });
    let seq = page.call("session.publish", draft).await["seq"].clone();
    page.until("the outcome", "message.get", json!({ "seq": seq }), |entry| entry["outcome"]["outcome"] != "pending")
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn web_sockets_with_headers_proxies_and_another_address() {
    let ca = Ca::new("Lab CA").unwrap();
    let identity = ca.server(&["DNS:hub.example"], Valid::Now).unwrap();
    let wss = Door { web_socket: true, tls: Some(identity), ..Door::default() };
    let broker = Broker::start(&Config::default().door(wss)).unwrap();
    let login = format!("me:{PROXY_PASSWORD}");
    let mut page = Page::open().await;
    let upload = json!({ "name": "ca.pem", "base64": STANDARD.encode(&ca.pem) });
    let secret = |field: &str, value: &str| json!({ "field": field, "draft": { "change": "set", "value": value } });

    for (kind, of, target) in [
        (Kind::Http, "http", format!("hub.example:{}", broker.door(0))),
        (Kind::Socks5, "socks5h", format!("hub.example:{}", broker.door(0))),
    ] {
        let proxy = Proxy::start(kind, Some(&login), broker.door(0)).await.unwrap();
        let file = page.call("file.upload", upload.clone()).await;
        let part = json!({
            "transport": "wss",
            "trust": { "change": "set", "mode": "ca_only", "added": [{ "from": "file", "handle": file["handle"] }] },
            "connection": { "path": "/mqtt", "proxy": { "choice": "own", "proxy":
                { "kind": of, "host": "127.0.0.1", "port": proxy.port, "user_name": "me" } } },
            "secrets": [secret("proxy_password", PROXY_PASSWORD), secret("headers", &format!("X-Tenant: {HEADER}"))],
        });
        let hub = hub(&mut page, "hub.example", broker.door(0), part).await;
        let stored: Vec<_> = hub["secrets"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
        assert_eq!(stored, ["proxy_password", "headers"]);
        let device = device(&mut page, &hub, of, json!({})).await;
        let session = connect(&mut page, &device).await;
        assert_eq!(session["endpoint"], format!("wss://hub.example:{}/mqtt", broker.door(0)));
        assert!(session["tls"].as_str().unwrap().starts_with("TLS 1."));
        assert_eq!(proxy.asked(), [target]);
        page.call("session.disconnect", json!({ "device": device })).await;
    }

    // Another address, without a proxy: TLS goes on checking the name.
    let file = page.call("file.upload", upload).await;
    let part = json!({
        "transport": "wss",
        "trust": { "change": "set", "mode": "ca_only", "added": [{ "from": "file", "handle": file["handle"] }] },
        "connection": { "path": "/mqtt", "address": { "host": "127.0.0.1", "port": broker.door(0) } },
    });
    let hub = hub(&mut page, "hub.example", 443, part).await;
    let device = device(&mut page, &hub, "elsewhere", json!({})).await;
    assert_eq!(connect(&mut page, &device).await["endpoint"], "wss://hub.example:443/mqtt");
    page.engine.stop().await;
    assert!(!page.crossed.contains(PROXY_PASSWORD) && !page.crossed.contains(HEADER));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_system_s_proxy_is_named_and_used() {
    let broker = Broker::start(&Config::default()).unwrap();
    let proxy = Proxy::start(Kind::Http, Some(&format!("me:{PROXY_PASSWORD}")), broker.port()).await.unwrap();
    let url = format!("http://me:{PROXY_PASSWORD}@127.0.0.1:{}", proxy.port);
    let variables = ProxyVariables::read(|name| match name {
        "ALL_PROXY" => Some(url.clone()),
        "NO_PROXY" => Some("localhost,.internal.example".to_owned()),
        _ => None,
    });
    let mut page = Page::open_with(|options| options.proxies = variables).await;
    let found = page.call("proxy.found", json!({ "host": "hub.example", "port": 1883 })).await;
    let expected = json!({ "found": "used", "variable": "ALL_PROXY", "kind": "http", "host": "127.0.0.1",
                           "port": proxy.port, "login": true });
    assert_eq!(found, expected);
    let excepted = page.call("proxy.found", json!({ "host": "a.internal.example", "port": 1883 })).await;
    assert_eq!(excepted, json!({ "found": "excepted", "variable": "ALL_PROXY" }));

    let part = json!({ "connection": { "proxy": { "choice": "system" } } });
    let through = hub(&mut page, "hub.example", 1883, part.clone()).await;
    let one = device(&mut page, &through, "one", json!({})).await;
    connect(&mut page, &one).await;
    assert_eq!(proxy.asked(), ["hub.example:1883"]);
    let straight = hub(&mut page, "localhost", broker.port(), part).await;
    let other = device(&mut page, &straight, "other", json!({})).await;
    connect(&mut page, &other).await;
    assert_eq!(proxy.asked().len(), 1, "NO_PROXY excepts localhost");
    page.engine.stop().await;
    assert!(!page.crossed.contains(PROXY_PASSWORD));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_unix_socket_needs_no_host() {
    let broker = Broker::start(&Config::default().door(Door { bind: None, ..Door::default() })).unwrap();
    let mut page = Page::open().await;
    let text = format!("mosquitto_sub --unix {} -t lab/# -q 2 -i local-1", broker.socket().display());
    let added = page.call("paste.add", json!({ "text": text, "ca": null })).await;
    let session = connect(&mut page, &added["device"]).await;
    assert_eq!(session["endpoint"], broker.socket().to_str().unwrap());
    assert_eq!(session["subscriptions"][0]["grant"]["qos"], 2);
    assert_eq!(session["terms"], Value::Null, "MQTT 3.1.1 tells nothing");
    page.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wills_properties_and_options_reach_the_broker_and_come_back() {
    let broker = Broker::start(&Config::default().line("max_qos 2").line("max_keepalive 20")).unwrap();
    let mut page = Page::open().await;
    let lab = hub(&mut page, "127.0.0.1", broker.port(), json!({})).await;
    let watcher = device(&mut page, &lab, "watcher", json!({})).await;
    subscribe(&mut page, &watcher, "status/#", 1, json!({})).await;
    subscribe(&mut page, &watcher, "$share/team/lab/#", 2, json!({ "identifier": 7 })).await;
    connect(&mut page, &watcher).await;

    let will = json!({ "topic": "status/gone", "payload": { "encoding": "text", "text": "gone" }, "qos": 1,
                       "retain": false, "properties": { "content_type": "text/plain" } });
    let properties = json!({ "session_expiry": 60, "receive_maximum": 5, "user_properties": [["site", "north"]] });
    let sender = device(&mut page, &lab, "sender", json!({ "will": will, "properties": properties })).await;
    // What it publishes itself does not come back to it.
    subscribe(&mut page, &sender, "lab/#", 2, json!({ "no_local": true })).await;
    let session = connect(&mut page, &sender).await;
    assert_eq!(session["state"]["session_present"], false);
    assert_eq!(session["terms"]["keep_alive"], 20);
    assert_eq!(session["terms"]["retained_messages"], true);

    let said = json!({
        "payload_is_text": true, "message_expiry": 60, "content_type": "application/json", "response_topic": "answer",
        "correlation_data": { "encoding": "base64", "base64": "AP8=" }, "user_properties": [["a", "1"], ["a", "2"]],
    });
    let sent = publish(&mut page, &sender, "lab/set", 2, said).await;
    assert_eq!(sent["outcome"]["outcome"], "acknowledged");
    let shown = json!([
        { "name": "payload format", "value": "1 (UTF-8 text)" }, { "name": "message expiry", "value": "60 s" },
        { "name": "content type", "value": "application/json" }, { "name": "response topic", "value": "answer" },
        { "name": "correlation data", "value": "0x00ff" }, { "name": "a", "value": "1" }, { "name": "a", "value": "2" },
    ]);
    assert_eq!(sent["properties"], shown, "what was sent is listed as what is received");
    let counters = page.until_counters(|counters| counters.received == 1).await;
    assert_eq!(counters.sent, 1);
    let view = page.open_view("dir:in", &watcher).await;
    let seq = page.rows(view).await.rows[0].seq;
    let got = page.call("message.get", json!({ "seq": seq })).await;
    assert_eq!((&got["qos"], &got["topic"]), (&json!(2), &json!("lab/set")));
    let properties = got["properties"].as_array().unwrap();
    let expected = json!({ "name": "subscription identifier", "value": "7" });
    assert!(properties.contains(&expected) && properties.len() == 8, "{got}");

    // Another client with its id throws it out, and the broker publishes the will.
    let twin = device(&mut page, &lab, "sender", json!({})).await;
    page.call("session.connect", json!({ "device": twin })).await;
    page.until_counters(|counters| counters.received >= 2).await;
    let wills = page.open_view("topic:status/gone", &watcher).await;
    let seq = page.rows(wills).await.rows[0].seq;
    let will = page.call("message.get", json!({ "seq": seq })).await;
    assert!(will["properties"].as_array().unwrap().contains(&json!({ "name": "content type", "value": "text/plain" })));
    page.engine.stop().await;
}

/// A session that the broker kept says so, and what waited comes.
#[tokio::test(flavor = "multi_thread")]
async fn a_kept_session_is_resumed() {
    let broker = Broker::start(&Config::default().line("max_queued_messages 100")).unwrap();
    let mut page = Page::open().await;
    let lab = hub(&mut page, "127.0.0.1", broker.port(), json!({})).await;
    let kept = json!({ "clean_session": false, "properties": { "session_expiry": 600 } });
    let sleeper = device(&mut page, &lab, "sleeper", kept).await;
    subscribe(&mut page, &sleeper, "lab/#", 1, json!({})).await;
    assert_eq!(connect(&mut page, &sleeper).await["state"]["session_present"], false);
    page.call("session.disconnect", json!({ "device": sleeper })).await;
    let author = device(&mut page, &lab, "author", json!({})).await;
    connect(&mut page, &author).await;
    publish(&mut page, &author, "lab/x", 1, json!({})).await;
    assert_eq!(connect(&mut page, &sleeper).await["state"]["session_present"], true);
    page.until_counters(|counters| counters.received == 1).await;
    page.engine.stop().await;
}
