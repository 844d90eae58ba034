//! A Kaa session for a minute, seen by a browser and by the command line beside it: the endpoint's token stands in every
//! topic on the wire, and in nothing that is written, logged, shown or exported. The search walks every file of the
//! home, so whatever is recorded there is looked through as well.

use crate::planted::{LOGGED, Search, log};
use crate::web::Browser;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::program::{Program, cli};
use hubscope_tests::within;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::AsyncBufReadExt;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

const TOKEN: &str = "Zq7x-planted-endpoint_token-of-this-minute-9Kd2";
const PASSPHRASE: &str = "a passphrase for the vault of this minute";

/// `cargo xtask soak`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a minute"]
async fn for_a_minute_the_endpoint_token_is_nowhere() {
    live_for(Duration::from_secs(60)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn for_a_hundredth_of_a_minute_the_endpoint_token_is_nowhere() {
    live_for(Duration::from_millis(600)).await;
}

async fn live_for(time: Duration) {
    let log = log();
    let broker = Broker::start(&Config::default()).unwrap();
    let search = Search::of([("endpoint token", TOKEN)]);
    let mut browser = Browser::open().await;
    let passphrase = json!({ "current": null, "new": PASSPHRASE });
    browser.enter("vault.set_passphrase", passphrase).await.unwrap();
    let boiler = enter_boiler(&mut browser, broker.port()).await;
    let mut listeners = Vec::new();
    for format in ["--json", "-v"] {
        listeners.push(Listener::start(&broker, format).await);
    }

    browser.call("session.connect", json!({ "device": boiler })).await;
    let online = |answer: &Value| {
        let session = &answer["sessions"][0];
        let granted = |one: &Value| one["grant"]["status"] == "granted";
        session["state"]["state"] == "online" && session["subscriptions"].as_array().unwrap().iter().all(granted)
    };
    browser.until("online", "session.list", json!({}), online).await;
    let view = browser.call("view.open", json!({ "query": "", "device": boiler, "classes": [] })).await["view"].clone();
    let end = Instant::now() + time;
    let mut sent = 0;
    while sent < 100 || Instant::now() < end {
        sent += 1;
        talk(&mut browser, &boiler, sent).await;
        if sent % 20 == 0 {
            look(&mut browser, &view).await;
        }
    }
    browser.until("every echo", "session.list", json!({}), |answer| answer["sessions"][0]["received"] == sent).await;
    look(&mut browser, &view).await;
    let errors = blunder(&mut browser, &boiler).await;
    assert!(errors.len() >= 4, "{errors:?}");
    export(&mut browser).await;

    for listener in listeners {
        let (output, messages) = listener.end(sent).await;
        search.finds_nothing_in("the command line's output", &output);
        search.finds_nothing_in("the command line's messages", messages.as_bytes());
    }
    // While it runs, since the write-ahead log is folded in at the end.
    search.finds_nothing_below(browser.home.path());
    assert!(browser.home.path().join("workspace.sqlite-wal").is_file(), "a write-ahead log was searched");
    let (crossed, home) = browser.stop().await;
    search.finds_nothing_below(home.path());
    let masked = format!("token •{}", &TOKEN[TOKEN.len() - 4..]);
    assert!(String::from_utf8_lossy(&crossed).contains(&masked), "topics crossed, masked");
    search.finds_nothing_in("the frames of the web shell", &crossed);
    let log = log.bytes();
    assert!(String::from_utf8_lossy(&log).contains(LOGGED), "a log was searched");
    search.finds_nothing_in("the log", &log);
}

/// A hub and a device as the forms send them; the token goes in once and is not written down here.
async fn enter_boiler(browser: &mut Browser, port: u16) -> Value {
    let hub = json!({ "id": null, "kind": "kaa", "name": "plant", "host": "localhost", "port": port, "transport": "mqtt",
                      "trust": { "change": "set", "mode": "system" } });
    let hub = browser.call("hub.save", hub).await["id"].clone();
    let credential = json!({ "kind": "endpoint_token", "app_version": "app-v1", "endpoint_id": "endpoint-1",
                             "user_name": null });
    let device = json!({ "id": null, "hub": hub, "name": "boiler", "client_id": "boiler", "credential": credential,
                         "secrets": [{ "field": "token", "draft": { "change": "set", "value": TOKEN } }],
                         "certificate": { "change": "keep" },
                         "options": { "version": "3.1.1", "clean_session": true, "keep_alive": 60,
                                      "max_packet_size": 65536 } });
    let boiler = browser.enter("device.save", device).await.unwrap()["id"].clone();
    // Everything that it publishes comes back.
    for filter in ["kp1/app-v1/dcx/{token}/json".to_owned(), format!("kp1/app-v1/dcx/{TOKEN}/json/+")] {
        let subscription = json!({ "id": null, "device": boiler, "filter": filter, "qos": 1, "colour": null,
                                   "alias": null, "enabled": true });
        browser.enter("subscription.save", subscription).await.unwrap();
    }
    boiler
}

/// The command line beside it, at everything of the endpoint. Its output is read as it comes: a pipe that nobody reads
/// would stop it.
struct Listener {
    program: Program,
    lines: watch::Receiver<u64>,
    reading: JoinHandle<Vec<u8>>,
}

impl Listener {
    async fn start(broker: &Broker, format: &str) -> Self {
        let mut command = cli().unwrap();
        let filter = format!("kp1/app-v1/+/{TOKEN}/#");
        command.args(["sub", "-h", "127.0.0.1", "-p", &broker.port().to_string(), "-t", &filter, "-q", "1", format]);
        let mut program = Program::start(command).unwrap();
        let mut stdout = program.stdout.take().unwrap();
        let (counted, lines) = watch::channel(0);
        let reading = tokio::spawn(async move {
            let mut output = Vec::new();
            while stdout.read_until(b'\n', &mut output).await.unwrap() > 0 {
                counted.send_modify(|lines| *lines += 1);
            }
            output
        });
        program.says("subscribed").await.unwrap();
        Self { program, lines, reading }
    }

    /// Waits for every message that was sent, then interrupts it; answers what it wrote to both of its outputs.
    async fn end(mut self, sent: u64) -> (Vec<u8>, String) {
        within("every message on standard output", self.lines.wait_for(|lines| *lines >= sent)).await.unwrap();
        self.program.signal("INT").unwrap();
        let ended = self.program.end().await.unwrap();
        let output = self.reading.await.unwrap();
        assert_eq!(String::from_utf8_lossy(&output).lines().count() as u64, sent, "{}", ended.stderr);
        (output, ended.stderr)
    }
}

async fn talk(browser: &mut Browser, boiler: &Value, number: u64) {
    let (topic, typed) = match number % 3 {
        0 => ("kp1/app-v1/dcx/{token}/json".to_owned(), false),
        1 => (format!("kp1/app-v1/dcx/{{token}}/json/{number}"), false),
        _ => (format!("kp1/app-v1/dcx/{TOKEN}/json/{number}"), true),
    };
    let publish = json!({ "device": boiler, "topic": topic, "qos": 1, "retain": false,
                          "payload": { "encoding": "text", "text": r#"{"temperature":21.5}"# } });
    match typed {
        true => browser.enter("session.publish", publish).await.map(drop).unwrap(),
        false => browser.call("session.publish", publish).await.as_object().map(drop).unwrap(),
    }
}

/// All that a page asks for while messages come.
async fn look(browser: &mut Browser, view: &Value) {
    let window = json!({ "view": view, "from": 0, "count": 50, "preview": 200 });
    let window = browser.call("view.window", window).await;
    for row in window["rows"].as_array().unwrap().iter().take(3) {
        browser.call("message.get", json!({ "seq": row["seq"] })).await;
    }
    for name in ["tree.get", "session.list", "token.list", "workspace.get"] {
        browser.call(name, json!({})).await;
    }
    let tree = browser.call("tree.get", json!({})).await;
    for device in tree["devices"].as_array().unwrap() {
        for name in ["token.status", "token.history", "subscription.list"] {
            browser.call(name, json!({ "device": device["id"] })).await;
        }
    }
}

/// Wrong entries with the token in them; answers their errors, which are searched with all that crossed.
async fn blunder(browser: &mut Browser, boiler: &Value) -> Vec<Value> {
    let topic = |topic: String| {
        json!({ "device": boiler, "topic": topic, "qos": 1, "retain": false,
                "payload": { "encoding": "text", "text": "x" } })
    };
    let filter = |filter: String| {
        json!({ "id": null, "device": boiler, "filter": filter, "qos": 1, "colour": null, "alias": null,
                "enabled": true })
    };
    let mut errors = Vec::new();
    for (name, request) in [
        ("session.publish", topic(format!("kp1/app-v1/dcx/{TOKEN}/#"))),
        ("session.publish", topic(format!("kp1/app-v1/dcx/{TOKEN}/\u{0}"))),
        ("subscription.save", filter(format!("kp1/app-v1/dcx/{TOKEN}/a#"))),
        ("subscription.save", filter(format!("kp1/app-v1/dcx/{TOKEN}/json/+"))),
        ("view.open", json!({ "query": format!("topic:kp1/{TOKEN}/#/x"), "device": boiler, "classes": [] })),
    ] {
        errors.extend(browser.enter(name, request).await.err());
    }
    errors
}

/// The plain export, as a browser downloads it.
async fn export(browser: &mut Browser) {
    let exported = browser.call("workspace.export", json!({ "hubs": null, "passphrase": null })).await;
    let bytes = browser.call("file.download", json!({ "file": exported["download"] })).await;
    let text = STANDARD.decode(bytes.as_str().unwrap()).unwrap();
    assert!(String::from_utf8_lossy(&text).contains("boiler"), "the device is in it");
}
