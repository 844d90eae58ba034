//! A hub refuses a SAS token: whether this machine's clock is the reason is read from the hub's HTTPS side.

use crate::page::{Page, said};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hubscope_model::{Personality, Text};
use hubscope_pki::Authority;
use hubscope_sandbox::{Behaviour, Options, Sandbox};
use hubscope_tests::{until, within};
use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// The hub's HTTPS side, whose clock is ahead of ours.
struct Clock {
    port: u16,
    ca: String,
    asked: Arc<AtomicUsize>,
}

impl Clock {
    async fn ahead(seconds: i64) -> Self {
        hubscope_pki::install_crypto_provider();
        let authority = Authority::new("Clock of a hub").unwrap();
        let acceptor = TlsAcceptor::from(authority.issue_server(&[]).unwrap().server_config().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, asked) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
        let count = asked.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let mut request = [0; 4096];
                if stream.read(&mut request).await.unwrap_or_default() == 0 {
                    continue;
                }
                count.fetch_add(1, Ordering::SeqCst);
                let time = Timestamp::now() + SignedDuration::from_secs(seconds);
                let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&time).unwrap();
                let answer = format!("HTTP/1.1 404 Not Found\r\nDate: {date}\r\nContent-Length: 0\r\n\r\n");
                // Whoever has read enough may be gone.
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        });
        Self { port, ca: authority.pem().to_owned(), asked }
    }
}

/// A page with a hub at the sandbox's door and this HTTPS side, which trusts both; answers the hub.
async fn hub(sandbox: &Sandbox, clock: &Clock) -> (Page, Value) {
    let mut page = Page::open_asking(clock.port).await;
    let pem = format!("{}{}", sandbox.ca_pem(), clock.ca);
    let upload = json!({ "name": "ca.pem", "base64": STANDARD.encode(pem) });
    let ca = json!({ "change": "set", "mode": "ca_only", "added": [{ "from": "file", "handle": page.call("file.upload", upload).await["handle"] }] });
    let hub = json!({ "id": null, "kind": "azure_iot_hub", "name": "hub", "host": "localhost",
                      "port": sandbox.mqtts().port(), "transport": "mqtts", "trust": ca });
    let hub = page.call("hub.save", hub).await["id"].clone();
    (page, hub)
}

/// Connects as a device with a key that is not its key; answers the device once it was refused.
async fn refused(page: &mut Page, hub: &Value, id: &str) -> Value {
    let keys = json!({ "kind": "shared_access_key", "sign_with": "primary",
                       "sas": { "lifetime": 3600, "auto_renew": true } });
    let key = STANDARD.encode("not the key of this device at all");
    let draft = json!({ "id": null, "hub": hub, "name": id, "client_id": id, "credential": keys,
                        "secrets": [{ "field": "primary_key", "draft": { "change": "set", "value": key } }],
                        "certificate": { "change": "keep" },
                        "options": { "version": "3.1.1", "clean_session": true, "keep_alive": 60,
                                     "max_packet_size": 65536 } });
    let device = page.call("device.save", draft).await["id"].clone();
    page.call("session.connect", json!({ "device": device })).await;
    until_error(page, &device, |_| true).await;
    device
}

async fn until_error(page: &mut Page, device: &Value, wanted: impl Fn(&Value) -> bool) -> Value {
    let of = |answer: &Value| {
        let sessions = answer["sessions"].as_array().unwrap();
        let session = sessions.iter().find(|session| &session["device"] == device);
        session.map(|session| session["state"]["error"].clone()).unwrap_or_default()
    };
    let answer = page
        .until("the refusal", "session.list", json!({}), |answer| of(answer).is_object() && wanted(&of(answer)))
        .await;
    of(&answer)
}

async fn sandbox() -> Sandbox {
    let options = Options { personality: Personality::Azure, ..Options::default() };
    Sandbox::start_with(options, Behaviour { quiet: true, ..Behaviour::default() }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_minutes_off_is_the_reason_that_the_user_reads() {
    let sandbox = sandbox().await;
    for (ahead, words) in [(420, "7 min behind"), (-1260, "21 min ahead of")] {
        let clock = Clock::ahead(ahead).await;
        let (mut page, hub) = hub(&sandbox, &clock).await;
        let device = refused(&mut page, &hub, "freezer-1").await;
        let error = until_error(&mut page, &device, |error| error["code"] == "clock_skew").await;
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
        assert!(said(&error["hint"]).contains("clock"), "what to do: {error}");
        let activity = json!({ "query": "", "device": device, "classes": ["event"] });
        let view = page.call("view.open", activity).await;
        let rows = page.rows(serde_json::from_value(view).unwrap()).await;
        let told: Vec<_> = rows.rows.iter().filter_map(|row| row.text.as_ref()).map(Text::to_string).collect();
        let lines = told.iter().filter(|line| line.contains(words)).count();
        assert_eq!(lines, 1, "a line of the activity, once: {told:?}");
        page.engine.stop().await;
    }
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_hub_forgives_is_no_reason() {
    let sandbox = sandbox().await;
    let clock = Clock::ahead(120).await;
    let (mut page, hub) = hub(&sandbox, &clock).await;
    let first = refused(&mut page, &hub, "freezer-1").await;
    let asked = |times| {
        let asked = clock.asked.clone();
        until("the hub is asked for its time", move || asked.load(Ordering::SeqCst) >= times)
    };
    asked(1).await;
    // Credentials are looked at one after the other: when the next one is, the first one's reason stands.
    refused(&mut page, &hub, "gateway-1").await;
    asked(2).await;
    let error = until_error(&mut page, &first, |_| true).await;
    assert_eq!(error["code"], "not_authorised", "{error}");
    assert!(error["message"].as_str().unwrap().contains("key"), "the hub's own words: {error}");
    within("the engine ends", page.engine.stop()).await;
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn diagnose_names_the_clock_where_a_token_only_seems_wrong() {
    let sandbox = sandbox().await;
    for (ahead, cause, fix) in [(420, "clock_skew", "set_clock"), (120, "not_authorised", "edit_credential")] {
        let clock = Clock::ahead(ahead).await;
        let (mut page, hub) = hub(&sandbox, &clock).await;
        let device = refused(&mut page, &hub, "freezer-1").await;
        let run = page.call("diagnose.start", json!({ "device": device })).await["run"].clone();
        let ended = |run: &Value| run["running"] == false;
        let run = page.until("the run ends", "diagnose.get", json!({ "run": run }), ended).await;
        let step = &run["report"]["steps"][6];
        assert_eq!((&step["cause"], &step["fixes"][0]["fix"]), (&cause.into(), &fix.into()), "{step:#}");
        page.engine.stop().await;
    }
    sandbox.stop().await;
}
