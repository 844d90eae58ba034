//! A pump with a twin-like state. It answers `devices/pump-1/commands/{name}` on `devices/pump-1/replies/{name}`.

use super::local::Local;
use super::{Drift, away};
use crate::broker::Broker;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

const PERIOD: Duration = Duration::from_secs(10);
/// Revolutions a minute that the pump can do.
const FASTEST: u64 = 3000;

pub(super) async fn run(broker: &Arc<Broker>, id: &'static str, mut random: StdRng) {
    let mut pump = Pump { desired: 1200, version: 1, noise: Drift::new(0.0, 4.0) };
    loop {
        let device = Local::connect(broker, id);
        pump.serve(&device, &mut random).await;
        drop(device);
        away(&mut random).await;
    }
}

struct Pump {
    /// Speed asked for, in revolutions a minute.
    desired: u64,
    version: u64,
    /// What the speed measured differs by.
    noise: Drift,
}

impl Pump {
    /// Measures and takes commands until the broker ends the connection.
    async fn serve(&mut self, device: &Local, random: &mut StdRng) {
        device.take_commands();
        device.state(&self.state());
        let mut ticks = interval(PERIOD);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => {
                    let wobble = if self.desired == 0 { 0.0 } else { self.noise.next(random, 0) };
                    device.telemetry(self.telemetry(wobble).to_string());
                }
                command = device.next() => {
                    let Some(command) = command else { return };
                    let name = command.message.topic.rsplit('/').next().unwrap_or_default();
                    let (reply, changed) = self.answer(name, command.message.payload.as_slice());
                    if changed {
                        device.state(&self.state());
                    }
                    device.reply(name, &reply);
                }
            }
        }
    }

    fn state(&self) -> Value {
        json!({
            "online": true,
            "desired": {"speed": self.desired},
            "reported": {"speed": self.desired, "firmware": "1.8.3"},
            "version": self.version,
        })
    }

    fn telemetry(&self, wobble: f64) -> Value {
        let speed = (self.desired as f64 + wobble).max(0.0);
        let flow = (speed * 0.0125 * 10.0).round() / 10.0;
        json!({"speed": speed as u64, "flow": flow, "running": speed > 0.0})
    }

    /// The reply to a command, and whether it changed the state. Status codes as in HTTP.
    fn answer(&mut self, name: &str, payload: &[u8]) -> (Value, bool) {
        let params = match payload {
            [] => Ok(Value::Null),
            _ => serde_json::from_slice::<Value>(payload),
        };
        let params = match params {
            Ok(params) => params,
            Err(error) => return (json!({"status": 400, "error": format!("not JSON: {error}")}), false),
        };
        match name {
            "echo" => (json!({"status": 200, "result": params}), false),
            "set_speed" => match params.get("speed").and_then(Value::as_u64).filter(|speed| *speed <= FASTEST) {
                Some(speed) => {
                    self.desired = speed;
                    self.version += 1;
                    (json!({"status": 200, "result": {"speed": speed, "version": self.version}}), true)
                }
                None => (json!({"status": 400, "error": format!("\"speed\" must be 0 to {FASTEST}")}), false),
            },
            _ => {
                let error = format!("no command \"{name}\"; there are \"echo\" and \"set_speed\"");
                (json!({"status": 404, "error": error}), false)
            }
        }
    }
}
