//! The process under test, the brokers around it, and a user who never stops.

use crate::check;
use crate::fault::Fault;
use crate::process::Process;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hubscope_model::Counters;
use hubscope_tests::cable::CableEnd;
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::fail;
use hubscope_tests::mosquitto::{Broker, Config, Door};
use hubscope_tests::program::{Program, cli};
use hubscope_tests::socket::PageSocket;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

/// How fast the user publishes with each device.
const PACE: Duration = Duration::from_millis(20);
/// After the last of several faults a session may wait a minute for its next attempt.
const RECOVERY: Duration = Duration::from_secs(150);
/// What a publish may answer while its device is not online.
const REFUSED: [&str; 2] = ["not_connected", "outbox_full"];

pub struct World {
    pub process: Process,
    pub broker: Broker,
    /// The way of the first device to its broker.
    pub cable: CableEnd,
    /// At mosquitto; what they publish comes back.
    pub devices: Vec<Value>,
    page: PageSocket,
    counters: Option<Counters>,
    faults: BTreeMap<Fault, u32>,
    said: u64,
}

impl World {
    pub async fn start() -> Self {
        let ca = Ca::new("Soak CA").unwrap();
        let identity = ca.server(&["DNS:localhost"], Valid::Now).unwrap();
        let door = Door { tls: Some(identity), ..Door::default() };
        let broker = Broker::start(&Config::default().door(door)).unwrap();
        let cable = CableEnd::to(broker.port()).await.unwrap();
        let process = Process::start().await.unwrap();
        let page = PageSocket::open(&process.url).await.unwrap();
        let (devices, counters, faults) = (Vec::new(), None, BTreeMap::new());
        let mut world = Self { process, broker, cable, devices, page, counters, faults, said: 0 };
        world.call("client.hello", json!({})).await;
        let (cable, plain, tls) = (world.cable.port, world.broker.port(), world.broker.door(0));
        let upload = json!({ "name": "ca.pem", "base64": STANDARD.encode(&ca.pem) });
        let handle = world.call("file.upload", upload).await["handle"].clone();
        let own = json!({ "change": "set", "mode": "ca_only", "added": [{ "from": "file", "handle": handle }] });
        let system = json!({ "change": "set", "mode": "system" });
        world.add("over-cable", cable, ("3.1.1", true), &system).await;
        world.add("kept", plain, ("5", false), &system).await;
        world.add("over-tls", tls, ("5", true), &own).await;
        world.start_sandbox().await;
        world
    }

    /// A hub of its own with one device, connected.
    async fn add(&mut self, name: &str, port: u16, (version, clean): (&str, bool), trust: &Value) {
        let transport = if trust["mode"] == "ca_only" { "mqtts" } else { "mqtt" };
        let hub = json!({ "id": null, "kind": "mqtt_broker", "name": name, "host": "localhost", "port": port,
                          "transport": transport, "trust": trust });
        let hub = self.call("hub.save", hub).await["id"].clone();
        let device = json!({ "id": null, "hub": hub, "name": name, "client_id": name,
                             "credential": { "kind": "none" }, "secrets": [], "certificate": { "change": "keep" },
                             "options": { "version": version, "clean_session": clean, "keep_alive": 5,
                                          "max_packet_size": 65_536 } });
        let device = self.call("device.save", device).await["id"].clone();
        let subscription = json!({ "id": null, "device": device, "filter": format!("soak/{name}/#"), "qos": 1,
                                   "colour": null, "alias": null, "enabled": true });
        self.call("subscription.save", subscription).await;
        self.call("session.connect", json!({ "device": device })).await;
        self.devices.push(device);
    }

    /// The sandbox with all of its devices connected.
    pub async fn start_sandbox(&mut self) {
        let sandbox = self.call("sandbox.start", json!({})).await;
        for one in sandbox["devices"].as_array().unwrap() {
            self.call("session.connect", json!({ "device": one["device"] })).await;
        }
    }

    pub fn note(&mut self, fault: Fault) {
        *self.faults.entry(fault).or_default() += 1;
    }

    /// What happened so far.
    pub fn told(&self) -> String {
        self.faults.iter().map(|(fault, times)| format!("{fault:?} {times}")).collect::<Vec<_>>().join(", ")
    }

    /// The counters of the last tick, in words.
    pub fn counters(&self) -> String {
        let Some(now) = &self.counters else { return "no counters yet".to_owned() };
        let Counters { received, sent, kept, evicted, dropped, .. } = now;
        format!("received {received} + sent {sent} = kept {kept} + evicted {evicted} + dropped {dropped}")
    }

    pub async fn call(&mut self, name: &str, request: Value) -> Value {
        match self.try_call(name, request).await {
            Ok(answer) => answer,
            Err(error) => fail(&format!("{name}: {error}")),
        }
    }

    pub async fn try_call(&mut self, name: &str, request: Value) -> Result<Value, Value> {
        let answer = self.page.call(name, request).await.unwrap();
        self.page.came.clear();
        if let Some(now) = self.page.counters.take() {
            check::equations(self.counters.as_ref(), &now);
            self.counters = Some(now);
        }
        answer
    }

    /// Publishes with every device at a steady pace, whether it is online or not.
    pub async fn talk(&mut self, time: Duration) {
        let end = Instant::now() + time;
        let mut pace = tokio::time::interval(PACE);
        while Instant::now() < end {
            for place in 0..self.devices.len() {
                self.said += 1;
                let text = format!("message {}", self.said);
                if let Err(error) = self.publish(place, &text).await {
                    assert!(REFUSED.contains(&error["code"].as_str().unwrap()), "{error}");
                }
            }
            pace.tick().await;
        }
    }

    async fn publish(&mut self, place: usize, text: &str) -> Result<Value, Value> {
        let name = ["over-cable", "kept", "over-tls"][place];
        let publish = json!({ "device": self.devices[place], "topic": format!("soak/{name}/{}", self.said % 50),
                              "qos": 1, "retain": false, "payload": { "encoding": "text", "text": text } });
        self.try_call("session.publish", publish).await
    }

    /// Calls `name` until `wanted` is true of the answer; never true of a session that gave up.
    async fn until(&mut self, what: &str, name: &str, request: &Value, wanted: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + RECOVERY;
        loop {
            let answer = self.call(name, request.clone()).await;
            if wanted(&answer) {
                return answer;
            }
            if Instant::now() > deadline {
                fail(&format!("{what} did not come; last seen: {answer}"));
            }
            tokio::time::sleep(PACE).await;
        }
    }

    /// Everything is mended: each device comes back by itself, hears itself, and the log knows all that is kept.
    pub async fn settle(&mut self) {
        self.until("every session online", "session.list", &json!({}), |answer| {
            answer["sessions"].as_array().unwrap().iter().all(|session| {
                assert_ne!(session["state"]["state"], "failed", "a fault of the network is no reason to give up");
                let granted = |one: &Value| one["grant"]["status"] == "granted";
                session["state"]["state"] == "online"
                    && session["subscriptions"].as_array().unwrap().iter().all(granted)
            })
        })
        .await;
        for place in 0..self.devices.len() {
            self.said += 1;
            let text = format!("echo {}.", self.said);
            let spec = json!({ "query": format!("\"{text}\""), "device": self.devices[place], "classes": ["message"] });
            let view = self.call("view.open", spec).await["view"].clone();
            self.publish(place, &text).await.unwrap();
            let view = json!({ "view": view });
            self.until("the echo", "view.get", &view, |view| view["matching"] == 2).await;
            self.call("view.close", view).await;
        }
        self.view_knows_what_is_kept().await;
    }

    /// A view of everything has as many entries as the counters keep; both move on, so it is asked until they meet.
    async fn view_knows_what_is_kept(&mut self) {
        let spec = json!({ "query": "", "device": null, "classes": ["message"] });
        let view = json!({ "view": self.call("view.open", spec).await["view"] });
        let deadline = Instant::now() + RECOVERY;
        loop {
            let status = self.call("view.get", view.clone()).await;
            let kept = self.counters.as_ref().map(|counters| counters.kept);
            if status["unscanned"] == 0 && status["matching"].as_u64() == kept {
                break;
            }
            assert!(Instant::now() < deadline, "{status} beside {}", self.counters());
            tokio::time::sleep(PACE).await;
        }
        self.call("view.close", view).await;
    }

    /// A page that is loaded anew.
    pub async fn reload(&mut self) {
        self.page.close().await;
        self.page = PageSocket::open(&self.process.url).await.unwrap();
        self.call("client.hello", json!({})).await;
    }

    /// A copy of the files, as a crash would leave them, opens and holds the same hubs and devices.
    pub async fn keeps_its_workspace(&mut self) {
        let copy = tempfile::tempdir().unwrap();
        self.process.copy_workspace(copy.path()).unwrap();
        let mut command = cli().unwrap();
        command.arg("serve").env("HUBSCOPE_HOME", copy.path()).env("HUBSCOPE_VAULT", "memory");
        let mut second = Program::start(command).unwrap();
        let mut page = PageSocket::open(&second.line().await.unwrap()).await.unwrap();
        page.call("client.hello", json!({})).await.unwrap().unwrap();
        let copied = page.call("tree.get", json!({})).await.unwrap().unwrap();
        assert_eq!(names(&copied), names(&self.call("tree.get", json!({})).await));
        page.close().await;
        second.signal("INT").unwrap();
        second.end().await.unwrap();
    }

    pub async fn end(mut self) {
        self.page.close().await;
        self.process.end().await.unwrap();
    }
}

/// Hubs and devices of a tree. Secrets were in memory, so what is said of them differs in another process.
fn names(tree: &Value) -> Vec<(&Value, &Value)> {
    let all = ["hubs", "devices"].map(|kind| tree[kind].as_array().unwrap());
    all.into_iter().flatten().map(|one| (&one["id"], &one["name"])).collect()
}
