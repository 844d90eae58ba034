//! What the services behind a hub send down by themselves, so that a device that connects receives something.

use crate::broker::{Broker, Reach};
use crate::cast::Cast;
use crate::known::{AZURE, THINGSBOARD};
use crate::message::{Message, Qos};
use crate::personality::kaa::Kaa;
use hubscope_model::Personality;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const PERIOD: Duration = Duration::from_secs(5);

/// Starts the service of a personality that has one. Only devices that are online are written to.
pub(crate) fn spawn(
    personality: Personality,
    cast: &Cast,
    broker: &Arc<Broker>,
    tasks: &TaskTracker,
    stop: &CancellationToken,
) {
    let (kaa, broker, stop) = (cast.kaa.clone(), broker.clone(), stop.clone());
    if personality == Personality::Broker {
        return;
    }
    tasks.spawn(async move {
        let mut ticks = interval(PERIOD);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for count in 1_u64.. {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            for (device, message) in messages(personality, kaa.as_deref(), count) {
                broker.send(&device, message, Reach::Online);
            }
        }
    });
}

/// The `count`-th round of messages.
fn messages(personality: Personality, kaa: Option<&Kaa>, count: u64) -> Vec<(Arc<str>, Message)> {
    // A target that moves a little: 20.0 to 22.0 degrees.
    let target = 20.0 + (count % 5) as f64 * 0.5;
    match personality {
        Personality::Broker => Vec::new(),
        Personality::Azure => AZURE.iter().map(|known| (known.id.into(), to_device(known.id, target, count))).collect(),
        Personality::ThingsBoard => {
            let shared = json!({"targetTemperature": target}).to_string();
            let message = Message::new("v1/devices/me/attributes", shared, Qos::AtLeastOnce, false);
            THINGSBOARD.iter().map(|known| (known.id.into(), message.clone())).collect()
        }
        Personality::Kaa => {
            let active = kaa.map(|kaa| kaa.tokens.active()).unwrap_or_default();
            let push = |app_version: &str, token: &str| {
                // A configuration push of 7/CMP goes to the status topic without a request id.
                let topic = format!("kp1/{app_version}/cmx/{token}/config/json/status");
                let config = json!({"configId": count.to_string(), "config": {"targetTemperature": target}});
                Message::new(&topic, config.to_string(), Qos::AtLeastOnce, false)
            };
            active.into_iter().map(|(id, app_version, token)| (id, push(&app_version, &token))).collect()
        }
    }
}

/// A cloud-to-device message with its system properties in the topic (the MQTT page of Azure IoT Hub).
fn to_device(id: &str, target: f64, count: u64) -> Message {
    let path = format!("devices/{}", id.replace('/', "/modules/"));
    let to = format!("/{path}/messages/deviceBound").replace('/', "%2F");
    let topic = format!(
        "{path}/messages/devicebound/%24.mid=sandbox-{count}&%24.to={to}&%24.ct=application%2Fjson&%24.ce=utf-8\
         &iothub-ack=none&kind=setpoint"
    );
    Message::new(&topic, json!({"targetTemperature": target}).to_string(), Qos::AtLeastOnce, false)
}
