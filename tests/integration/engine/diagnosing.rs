//! "Diagnose" as the page drives it: a job, its steps while it runs, and the runs that stay with a device.

use crate::page::Page;
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::peer::Peer;
use serde_json::{Value, json};

const PASSWORD: &str = "planted-diagnose-password-8sQk";

async fn device(page: &mut Page, port: u16, transport: &str) -> Value {
    let hub = json!({ "id": null, "kind": "mqtt_broker", "name": "lab", "host": "127.0.0.1", "port": port,
                      "transport": transport, "trust": { "change": "set", "mode": "system" } });
    let hub = page.call("hub.save", hub).await["id"].clone();
    let password = json!({ "field": "password", "draft": { "change": "set", "value": PASSWORD } });
    let device = json!({
        "id": null, "hub": hub, "name": "bench", "client_id": "bench-1",
        "credential": { "kind": "basic", "user_name": "bench" }, "secrets": [password],
        "certificate": { "change": "keep" },
        "options": { "version": "5", "clean_session": true, "keep_alive": 30, "max_packet_size": 1_048_576 },
    });
    page.call("device.save", device).await["id"].clone()
}

async fn start(page: &mut Page, device: &Value) -> Value {
    page.call("diagnose.start", json!({ "device": device })).await
}

async fn ended(page: &mut Page, started: &Value) -> Value {
    let run = json!({ "run": started["run"] });
    page.until("the run ends", "diagnose.get", run, |run| run["running"] == false).await["report"].clone()
}

async fn job(page: &mut Page, started: &Value) -> Value {
    let finished = |job: &Value| job["state"]["state"] != "running";
    page.until("the job ends", "job.get", json!({ "job": started["job"] }), finished).await
}

fn states(report: &Value) -> Vec<&str> {
    report["steps"].as_array().unwrap().iter().map(|step| step["state"].as_str().unwrap()).collect()
}

async fn runs(page: &mut Page, device: &Value) -> Vec<Value> {
    page.call("diagnose.list", json!({ "device": device })).await["runs"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_kept_compared_with_the_next_run_and_copied_without_secrets() {
    let ca = Ca::new("Lab CA").unwrap();
    let identity = ca.server(&["IP:127.0.0.1"], Valid::Now).unwrap();
    let broker = Broker::start(&Config::tls(&identity).login("bench", PASSWORD)).unwrap();
    let mut page = Page::open().await;
    let device = device(&mut page, broker.port(), "mqtts").await;
    let first = start(&mut page, &device).await;
    let report = ended(&mut page, &first).await;
    let chain = &report["steps"][3];
    assert_eq!((&chain["state"], &chain["cause"]), (&"failed".into(), &"incomplete_chain".into()), "{chain:#}");
    assert_eq!(chain["evidence"]["trust"], "system");
    let done = job(&mut page, &first).await;
    assert_eq!((&done["kind"], &done["state"]["state"]), (&"diagnose".into(), &"done".into()));

    let hub = page.call("tree.get", json!({})).await["hubs"][0]["id"].clone();
    let add = json!({ "hub": hub, "how": "ca", "from": { "from": "text", "text": ca.pem } });
    page.call("trust.add", add).await;
    let second = start(&mut page, &device).await;
    let report = ended(&mut page, &second).await;
    let green = ["ok", "ok", "ok", "ok", "ok", "not_needed", "ok", "ok", "ok", "ok"];
    assert_eq!(states(&report), green, "{report:#}");
    let kept = runs(&mut page, &device).await;
    assert_eq!((kept.len(), &kept[0]["id"], &kept[1]["id"]), (2, &second["run"], &first["run"]));
    assert_eq!((&kept[0]["failed"], &kept[1]["failed"]), (&Value::Null, &json!(["server_chain", "incomplete_chain"])));
    let text = page.call("diagnose.text", json!({ "run": second["run"] })).await["text"].clone();
    assert!(text.as_str().unwrap().contains("judged by the system's roots and the hub's own CA"), "{text}");
    assert!(!page.crossed.contains(PASSWORD));

    // They are there after a restart.
    page.restart().await;
    assert_eq!(runs(&mut page, &device).await.len(), 2);
    let old = page.call("diagnose.get", json!({ "run": first["run"] })).await;
    assert_eq!((&old["running"], &old["report"]["steps"][3]["cause"]), (&false.into(), &"incomplete_chain".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_seen_step_by_step_stopped_by_its_job_and_by_the_next_one() {
    // Takes the connection, and leaves CONNECT unanswered.
    let peer = Peer::listen(true).await;
    let mut page = Page::open().await;
    let device = device(&mut page, peer.port(), "mqtt").await;
    let first = start(&mut page, &device).await;
    let known = |run: &Value| run["report"]["steps"][5]["state"] == "not_needed";
    let run = page.until("six steps", "diagnose.get", json!({ "run": first["run"] }), known).await;
    assert_eq!((&run["running"], &run["report"]["steps"][6]["state"]), (&true.into(), &"not_reached".into()));
    assert_eq!(runs(&mut page, &device).await[0]["running"], true);
    let second = start(&mut page, &device).await;
    assert_eq!(job(&mut page, &first).await["state"]["state"], "cancelled");
    page.call("job.cancel", json!({ "job": second["job"] })).await;
    assert_eq!(job(&mut page, &second).await["state"]["state"], "cancelled");
    let report = ended(&mut page, &second).await;
    assert_eq!(report["cancelled"], true);
    assert!(page.told().contains("\"diagnoses\":"), "ticks say so");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_online_stays_online_beside_a_run() {
    let broker = Broker::start(&Config::default()).unwrap();
    let mut page = Page::open().await;
    let device = device(&mut page, broker.port(), "mqtt").await;
    page.call("session.connect", json!({ "device": device })).await;
    page.wait_online(&device).await;
    let before = page.call("session.list", json!({})).await["sessions"][0]["state"].clone();
    let started = start(&mut page, &device).await;
    let report = ended(&mut page, &started).await;
    assert_eq!(states(&report)[6..], ["ok", "ok", "ok", "ok"], "{report:#}");
    assert_eq!(page.call("session.list", json!({})).await["sessions"][0]["state"], before);
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_go_with_their_device_and_come_back_by_undo() {
    let peer = Peer::listen(true).await;
    let mut page = Page::open().await;
    let device = device(&mut page, peer.port(), "mqtt").await;
    let stopped = start(&mut page, &device).await;
    page.call("job.cancel", json!({ "job": stopped["job"] })).await;
    ended(&mut page, &stopped).await;
    let running = start(&mut page, &device).await;
    let undo = page.call("device.delete", json!({ "device": device })).await["undo"].clone();
    assert_eq!(job(&mut page, &running).await["state"]["state"], "cancelled");
    page.call("undo.run", json!({ "undo": undo })).await;
    let kept = runs(&mut page, &device).await;
    assert_eq!(kept.last().map(|run| &run["id"]), Some(&stopped["run"]), "{kept:#?}");
    assert!(kept.iter().all(|run| run["running"] == false), "{kept:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_runs_are_kept() {
    let mut page = Page::open().await;
    // Nothing listens there: each run is short.
    let device = device(&mut page, hubscope_tests::mosquitto::free_port().unwrap(), "mqtt").await;
    let mut last = Value::Null;
    for _ in 0..12 {
        let started = start(&mut page, &device).await;
        ended(&mut page, &started).await;
        last = started["run"].clone();
    }
    let kept = runs(&mut page, &device).await;
    assert_eq!((kept.len(), &kept[0]["id"]), (10, &last));
}
