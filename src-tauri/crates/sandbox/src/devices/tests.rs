use super::*;
use crate::broker::RetainHandling;
use crate::limits::Limits;
use crate::message::{Message, Qos};
use crate::outbox::Outgoing;
use crate::sessions::SessionKey;
use crate::subscriptions::Subscription;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

/// A message that a watcher saw.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    at: Duration,
    topic: String,
    payload: Vec<u8>,
    retain: bool,
}

impl Seen {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.payload).unwrap()
    }
}

/// The devices on a broker, and one who sees everything.
struct Scene {
    broker: Arc<Broker>,
    watcher: SessionKey,
    wake: Arc<tokio::sync::Notify>,
    start: Instant,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Scene {
    fn new(seed: u64) -> Self {
        let broker = Arc::new(Broker::new(Limits::default()));
        let (watcher, wake) = broker.open_local(None);
        let all = Subscription { qos: Qos::AtMostOnce, no_local: false, retain_as_published: true, id: None };
        broker.subscribe(watcher, "#", all, RetainHandling::Always).unwrap();
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        spawn(Personality::Broker, &broker, Some(seed), &tasks, &stop);
        Self { broker, watcher, wake, start: Instant::now(), tasks, stop }
    }

    /// What is seen in the next seconds.
    async fn watch(&self, seconds: u64) -> Vec<Seen> {
        let end = Instant::now() + Duration::from_secs(seconds);
        let mut seen = Vec::new();
        loop {
            for outgoing in self.broker.take(self.watcher, usize::MAX, usize::MAX).deliveries {
                let Outgoing::Message { delivery, .. } = outgoing else { continue };
                seen.push(Seen {
                    at: self.start.elapsed(),
                    topic: delivery.message.topic.to_string(),
                    payload: delivery.message.payload.as_slice().to_vec(),
                    retain: delivery.retain,
                });
            }
            if timeout_at(end, self.wake.notified()).await.is_err() {
                return seen;
            }
        }
    }

    /// Sends the pump a command and waits for the reply.
    async fn command(&self, name: &str, payload: &str) -> Value {
        let command = Message::new(&format!("devices/pump-1/commands/{name}"), payload, Qos::AtLeastOnce, false);
        assert_eq!(self.broker.publish(self.watcher, command).unwrap(), 2);
        let seen = self.watch(1).await;
        let topic = format!("devices/pump-1/replies/{name}");
        seen.iter().find(|seen| seen.topic == topic).unwrap().json()
    }
}

fn from<'a>(seen: &'a [Seen], topic: &str) -> Vec<&'a Seen> {
    seen.iter().filter(|seen| seen.topic == topic).collect()
}

#[tokio::test(start_paused = true)]
async fn thermometers_are_lively_at_first_and_regular_then() {
    let seen = Scene::new(1).watch(60).await;
    for id in ["thermo-a", "thermo-b"] {
        let readings = from(&seen, &format!("devices/{id}/telemetry"));
        assert!(readings[2].at < Duration::from_secs(3), "{:?}", readings[2].at);
        for pair in readings[2..].windows(2) {
            assert_eq!((pair[1].at - pair[0].at).as_secs_f64().round(), 5.0);
        }
        for reading in readings {
            let reading = reading.json();
            let temperature = reading["temperature"].as_f64().unwrap();
            assert!((18.0..25.0).contains(&temperature), "{reading}");
            assert!(reading["humidity"].is_f64() && reading["rssi"].as_i64().unwrap() < 0, "{reading}");
        }
    }
    let (a, b) = (from(&seen, "devices/thermo-a/telemetry"), from(&seen, "devices/thermo-b/telemetry"));
    assert_ne!(a[0].payload, b[0].payload);
}

#[tokio::test(start_paused = true)]
async fn the_door_opens_and_closes_and_its_state_follows() {
    let seen = Scene::new(2).watch(300).await;
    let events = from(&seen, "devices/door-1/events");
    let states = from(&seen, "devices/door-1/state");
    assert!(events.len() > 10 && states.len() == events.len() + 1);
    for (i, (event, state)) in events.iter().zip(&states[1..]).enumerate() {
        let (word, open) = if i % 2 == 0 { ("opened", true) } else { ("closed", false) };
        assert_eq!((event.json()["event"].as_str(), state.json()["open"].as_bool()), (Some(word), Some(open)));
        assert!(state.retain && !event.retain);
    }
}

#[tokio::test(start_paused = true)]
async fn the_pump_answers_commands() {
    let scene = Scene::new(3);
    scene.watch(1).await;
    let params = json!({"a": [1, null], "text": "ü"});
    assert_eq!(scene.command("echo", &params.to_string()).await, json!({"status": 200, "result": params}));
    assert_eq!(scene.command("echo", "").await, json!({"status": 200, "result": null}));
    let reply = scene.command("set_speed", r#"{"speed": 900}"#).await;
    assert_eq!(reply, json!({"status": 200, "result": {"speed": 900, "version": 2}}));
    for wrong in [r#"{"speed": -1}"#, r#"{"speed": 3001}"#, r#"{"speed": "fast"}"#, "{}", "{", "[]"] {
        assert_eq!(scene.command("set_speed", wrong).await["status"], 400, "{wrong}");
    }
    assert_eq!(scene.command("explode", "{}").await["status"], 404);
    // The state is retained and followed the one good command.
    let (late, _) = scene.broker.open_local(None);
    let all = Subscription { qos: Qos::AtMostOnce, no_local: false, retain_as_published: false, id: None };
    scene.broker.subscribe(late, "devices/pump-1/state", all, RetainHandling::Always).unwrap();
    let state = scene.broker.take(late, usize::MAX, usize::MAX).deliveries.pop();
    let Some(Outgoing::Message { delivery: state, .. }) = state else { panic!("no state") };
    let state: Value = serde_json::from_slice(state.message.payload.as_slice()).unwrap();
    assert_eq!((&state["desired"]["speed"], &state["version"]), (&json!(900), &json!(2)));
    assert_eq!(from(&scene.watch(30).await, "devices/pump-1/telemetry").len(), 3);
}

/// A QoS 1 message that finds no room ends a session; a device is no exception, and comes back.
#[tokio::test(start_paused = true)]
async fn a_pump_that_is_flooded_with_commands_comes_back() {
    let scene = Scene::new(8);
    scene.watch(1).await;
    scene.command("set_speed", r#"{"speed": 900}"#).await;
    // None of them lets the pump run.
    let room = Limits::default().outbox;
    let payload = vec![b' '; 1024 * 1024];
    for _ in 0..=room / payload.len() {
        let command = Message::new("devices/pump-1/commands/echo", payload.clone(), Qos::AtLeastOnce, false);
        scene.broker.publish(scene.watcher, command).unwrap();
    }
    let states: Vec<_> =
        from(&scene.watch(15).await, "devices/pump-1/state").iter().map(|state| state.json()).collect();
    assert_eq!(states.len(), 2, "{states:?}");
    assert_eq!((&states[0]["online"], &states[1]["online"]), (&json!(false), &json!(true)));
    assert_eq!(states[1]["desired"]["speed"], 900, "it kept its state");
    assert_eq!(scene.command("echo", "1").await, json!({"status": 200, "result": 1}));
}

#[tokio::test(start_paused = true)]
async fn the_faulty_device_does_everything_wrong() {
    let seen = Scene::new(4).watch(300).await;
    let telemetry = from(&seen, "devices/faulty-1/telemetry");
    let broken = telemetry.iter().filter(|seen| serde_json::from_slice::<Value>(&seen.payload).is_err()).count();
    assert!(broken >= 3, "{broken}");
    let burst = telemetry.windows(50).any(|window| window[0].at == window[49].at);
    assert!(burst);
    let states: Vec<_> = from(&seen, "devices/faulty-1/state").iter().map(|state| state.json()).collect();
    assert!(states.len() >= 4);
    for (i, state) in states.iter().enumerate() {
        assert_eq!(state["online"], i % 2 == 0, "{states:?}");
    }
    assert_eq!(states[1]["reason"], "credential expired");
}

#[tokio::test(start_paused = true)]
async fn a_seed_repeats_a_run_and_only_one_device_is_faulty() {
    let run = async |seed| {
        let mut seen = Scene::new(seed).watch(100).await;
        seen.sort_by(|a, b| a.topic.cmp(&b.topic));
        seen
    };
    let first = run(5).await;
    assert_eq!(first, run(5).await);
    assert_ne!(first, run(6).await);
    for seen in first.iter().filter(|seen| !seen.topic.starts_with("devices/faulty-1/")) {
        assert!(seen.json().is_object());
    }
    for device in BROKER {
        let prefix = format!("devices/{}/", device.id);
        assert!(first.iter().any(|seen| seen.topic.starts_with(&prefix) && seen.at < Duration::from_secs(3)));
    }
}

#[tokio::test(start_paused = true)]
async fn stopping_ends_the_devices() {
    let scene = Scene::new(7);
    scene.watch(10).await;
    scene.stop.cancel();
    scene.tasks.close();
    scene.tasks.wait().await;
    scene.watch(0).await;
    assert_eq!(scene.watch(100).await, []);
}
