//! Whom a hub is trusted by: fetched, given, taken back, and the same for MQTT and REST; and connecting once.

use crate::page::Page;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hubscope_tests::certificates::{Ca, Identity, Valid};
use hubscope_tests::mosquitto::{Broker, Config, Door};
use serde_json::{Value, json};

/// A broker whose server certificate is `identity`, as a hub of a page; answers the hub's and a device's id.
async fn bench(page: &mut Page, broker: &Broker, credential: Value) -> (Value, Value) {
    let hub = json!({ "id": null, "kind": "mqtt_broker", "name": "lab", "host": "localhost", "port": broker.port(),
                      "transport": "mqtts", "trust": { "change": "set", "mode": "system" } });
    let hub = page.call("hub.save", hub).await["id"].clone();
    let device = json!({
        "id": null, "hub": hub, "name": "bench", "client_id": "bench-1", "credential": credential, "secrets": [],
        "certificate": { "change": "keep" },
        "options": { "version": "5", "clean_session": true, "keep_alive": 30, "max_packet_size": 1_048_576 },
    });
    let device = page.call("device.save", device).await["id"].clone();
    (hub, device)
}

/// Leaf and root, as servers send them that send all.
fn server(ca: &Ca, names: &[&str]) -> Identity {
    let leaf = ca.server(names, Valid::Now).unwrap();
    Identity { chain_pem: format!("{}{}", leaf.chain_pem, ca.pem), ..leaf }
}

async fn trust_of(page: &mut Page, hub: &Value) -> Value {
    let tree = page.call("tree.get", json!({})).await;
    let hubs = tree["hubs"].as_array().unwrap();
    hubs.iter().find(|one| &one["id"] == hub).unwrap()["trust"].clone()
}

/// Connects; answers the code of the refusal, or none.
async fn connect(page: &mut Page, device: &Value) -> Option<String> {
    page.call("session.connect", json!({ "device": device })).await;
    let settled =
        |answer: &Value| matches!(answer["sessions"][0]["state"]["state"].as_str(), Some("online" | "failed"));
    let answer = page.until("a verdict", "session.list", json!({}), settled).await;
    let code = answer["sessions"][0]["state"]["error"]["code"].as_str().map(str::to_owned);
    page.call("session.disconnect", json!({ "device": device })).await;
    code
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_is_fetched_trusted_for_its_hub_and_taken_back() {
    let ca = Ca::new("Lab CA").unwrap();
    let broker = Broker::start(&Config::tls(&server(&ca, &["DNS:localhost"]))).unwrap();
    let mut page = Page::open().await;
    let (hub, device) = bench(&mut page, &broker, json!({ "kind": "none" })).await;
    assert_eq!(connect(&mut page, &device).await.as_deref(), Some("tls_unknown_ca"));

    let fetch = json!({ "of": "hub", "hub": hub });
    let fetched = page.call("trust.fetch", fetch.clone()).await;
    assert_eq!((&fetched["trusted"], &fetched["problem"]), (&false.into(), &"unknown_ca".into()), "{fetched}");
    assert_eq!((&fetched["name_matches"], &fetched["root"]), (&true.into(), &Value::Null));
    let [leaf, root] = fetched["certificates"].as_array().unwrap().as_slice() else { panic!("{fetched}") };
    assert_eq!(root["pem"], ca.pem);
    assert!(!broker.log().contains("CONNECT"), "nothing was sent");

    let from = |pem: &Value| json!({ "from": "text", "text": pem });
    let add = json!({ "hub": hub, "how": "ca", "from": from(&root["pem"]) });
    let undo = page.call("trust.add", add.clone()).await["undo"].clone();
    let trust = trust_of(&mut page, &hub).await;
    assert_eq!((&trust["mode"], &trust["certificates"][0]["common_name"]), (&"system_and_ca".into(), &"Lab CA".into()));
    assert_eq!(trust["certificates"][0]["source"], format!("localhost:{}", broker.port()));
    assert_eq!(page.call("trust.fetch", fetch.clone()).await["trusted"], true);
    assert_eq!(connect(&mut page, &device).await, None);

    assert_eq!(page.call("undo.run", json!({ "undo": undo })).await["kind"], "trust");
    assert_eq!(trust_of(&mut page, &hub).await, json!({ "mode": "system", "certificates": [] }));
    assert_eq!(connect(&mut page, &device).await.as_deref(), Some("tls_unknown_ca"));

    page.call("trust.add", add).await;
    let remove = json!({ "hub": hub, "sha256": root["certificate"]["sha256"] });
    page.call("trust.remove", remove.clone()).await;
    assert_eq!(trust_of(&mut page, &hub).await["mode"], "system");
    assert_eq!(page.try_call("trust.remove", remove).await.unwrap_err().code, hubscope_model::Code::NotFound);

    // Pinned: the leaf of this server, whatever its name, and no other.
    let add = json!({ "hub": hub, "how": "pin_leaf", "from": from(&leaf["pem"]) });
    page.call("trust.add", add).await;
    assert_eq!(trust_of(&mut page, &hub).await["mode"], "pinned_leaf");
    assert_eq!(connect(&mut page, &device).await, None);
    let chain = format!("{}{}", leaf["pem"].as_str().unwrap(), ca.pem);
    page.call("trust.add", json!({ "hub": hub, "how": "pin_chain", "from": from(&chain.into()) })).await;
    assert_eq!(trust_of(&mut page, &hub).await["certificates"].as_array().map(Vec::len), Some(2));
    assert_eq!(connect(&mut page, &device).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_not_saved_is_judged_by_its_own_trust() {
    let (ca, other) = (Ca::new("Lab CA").unwrap(), Ca::new("Other CA").unwrap());
    let broker = Broker::start(&Config::tls(&server(&ca, &["DNS:elsewhere.example"]))).unwrap();
    let mut page = Page::open().await;
    let form = |mode: &str, added: Value| {
        json!({ "of": "form", "hub": { "id": null, "kind": "mqtt_broker", "name": "", "host": "localhost",
                "port": broker.port(), "transport": "mqtts",
                "trust": { "change": "set", "mode": mode, "added": added } } })
    };
    let text = |pem: &str| json!([{ "from": "text", "text": pem }]);
    let leaf = page.call("trust.fetch", form("system", json!([]))).await["certificates"][0]["pem"].clone();
    for (mode, pem, problem, trusted) in [
        ("ca_only", ca.pem.as_str(), Value::Null, false),
        ("system_and_ca", &other.pem, "unknown_ca".into(), false),
        ("pinned_leaf", leaf.as_str().unwrap(), Value::Null, true),
        ("pinned_leaf", &other.pem, "not_pinned".into(), false),
    ] {
        let fetched = page.call("trust.fetch", form(mode, text(pem))).await;
        assert_eq!((&fetched["problem"], &fetched["trusted"]), (&problem, &trusted.into()), "{mode}: {fetched}");
        assert_eq!((fetched["explanation"].is_null(), &fetched["name_matches"]), (trusted, &false.into()), "{mode}");
    }
    let refused = page.try_call("trust.fetch", form("ca_only", json!([]))).await.unwrap_err();
    assert_eq!((refused.code, refused.fields[0].field.as_str()), (hubscope_model::Code::InvalidFields, "trust"));
}

#[tokio::test(flavor = "multi_thread")]
async fn connecting_once_asks_twice_before_credentials_go_out() {
    let ca = Ca::new("Lab CA").unwrap();
    let identity = server(&ca, &["DNS:localhost"]);
    let mut broker = Broker::start(&Config::tls(&identity)).unwrap();
    let mut page = Page::open().await;
    let (_, device) = bench(&mut page, &broker, json!({ "kind": "basic", "user_name": "bench" })).await;
    let once = |send: bool| json!({ "device": device, "send_credentials": send });
    let refused = page.try_call("session.connect_once", once(false)).await.unwrap_err();
    assert_eq!(refused.code, hubscope_model::Code::CredentialsUnconfirmed);
    assert!(broker.log().is_empty() || !broker.log().contains("bench-1"), "nothing was sent: {}", broker.log());
    assert_eq!(page.call("session.connect_once", once(true)).await["unverified"], true);
    page.wait_online(&device).await;
    let session = page.call("session.list", json!({})).await["sessions"][0].clone();
    assert_eq!((&session["unverified"], session["tls"].is_string()), (&true.into(), true), "{session}");
    let view = page.call("view.open", json!({ "query": "", "device": device, "classes": ["event"] })).await;
    let rows = page.rows(serde_json::from_value(view).unwrap()).await.rows;
    assert!(!rows.is_empty() && rows.iter().all(|row| row.unverified), "{rows:?}");

    // It never connects again by itself.
    broker.kill().unwrap();
    let ended = |answer: &Value| answer["sessions"][0]["state"]["state"] == "failed";
    page.until("the end", "session.list", json!({}), ended).await;
    broker.resume().unwrap();
    // The next connect checks as ever.
    assert_eq!(connect(&mut page, &device).await.as_deref(), Some("tls_unknown_ca"));
    assert_eq!(page.call("session.list", json!({})).await["sessions"][0]["unverified"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_without_tls_has_nothing_to_fetch_or_to_leave_unchecked() {
    let broker = Broker::start(&Config::default().door(Door::default())).unwrap();
    let mut page = Page::open().await;
    let (hub, device) = bench(&mut page, &broker, json!({ "kind": "none" })).await;
    let plain = json!({ "id": hub, "kind": "mqtt_broker", "name": "lab", "host": "localhost", "port": broker.port(),
                        "transport": "mqtt", "trust": { "change": "keep" } });
    page.call("hub.save", plain).await;
    for (call, request) in [
        ("trust.fetch", json!({ "of": "hub", "hub": hub })),
        ("session.connect_once", json!({ "device": device, "send_credentials": true })),
    ] {
        assert_eq!(page.try_call(call, request).await.unwrap_err().code, hubscope_model::Code::BadRequest, "{call}");
    }
}

/// A Kaa cluster behind a CA of its own: one trust for its REST calls, whichever way it was given.
#[tokio::test(flavor = "multi_thread")]
async fn rest_calls_of_a_hub_share_its_trust() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    hubscope_pki::install_crypto_provider();
    let authority = hubscope_pki::Authority::new("Cluster CA").unwrap();
    let issued = authority.issue_server(&[]).unwrap();
    let leaf = issued.cert_pem.clone();
    let acceptor = tokio_rustls::TlsAcceptor::from(issued.server_config().unwrap());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    let mut page = Page::open().await;
    let request = |method: &str| json!({ "method": method, "path": "/x", "body": "" });
    let rest = json!({ "base_url": format!("https://localhost:{port}"), "header": "Authorization",
                       "read": request("GET"), "change": request("PUT") });
    let hub = json!({ "id": null, "kind": "kaa", "name": "cluster", "host": "localhost", "port": 8883,
                      "transport": "mqtts", "trust": { "change": "set", "mode": "system" }, "details": { "kaa": rest },
                      "secrets": [{ "field": "api_key", "draft": { "change": "set", "value": "a-key" } }] });
    let hub = page.call("hub.save", hub).await["id"].clone();
    let credential =
        json!({ "kind": "endpoint_token", "app_version": "app-v1", "endpoint_id": "e1", "user_name": null });
    let token = json!({ "field": "token", "draft": { "change": "set", "value": "abcdefgh" } });
    let device = json!({ "id": null, "hub": hub, "name": "boiler", "client_id": "b", "credential": credential,
                         "secrets": [token], "certificate": { "change": "keep" },
                         "options": { "version": "3.1.1", "clean_session": true, "keep_alive": 60,
                                      "max_packet_size": 65536 } });
    let device = page.call("device.save", device).await["id"].clone();
    // What the cluster answers is not the point; that it is asked at all is.
    let other = hubscope_pki::Authority::new("Other CA").unwrap().pem().to_owned();
    for (mode, pem, reaches) in [
        ("system", String::new(), false),
        ("ca_only", other.clone(), false),
        ("pinned_leaf", other, false),
        ("ca_only", authority.pem().to_owned(), true),
        ("system_and_ca", authority.pem().to_owned(), true),
        ("pinned_leaf", leaf, true),
    ] {
        let added =
            if pem.is_empty() { json!([]) } else { json!([{ "from": "file", "handle": held(&mut page, &pem).await }]) };
        let hub = json!({ "id": hub, "kind": "kaa", "name": "cluster", "host": "localhost", "port": 8883,
                          "transport": "mqtts", "details": { "kaa": rest },
                          "trust": { "change": "set", "mode": mode, "added": added } });
        page.call("hub.save", hub).await;
        let error = page.try_call("token.read", json!({ "device": device })).await.unwrap_err();
        let is_tls = matches!(error.code, hubscope_model::Code::TlsUnknownCa | hubscope_model::Code::TlsNotPinned);
        assert_eq!(!is_tls, reaches, "{mode}: {error:?}");
    }
}

async fn held(page: &mut Page, pem: &str) -> Value {
    page.call("file.upload", json!({ "name": "ca.pem", "base64": STANDARD.encode(pem) })).await["handle"].clone()
}
