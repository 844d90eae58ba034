//! A client of the broker inside the process.

use crate::broker::{Broker, RetainHandling};
use crate::message::{Delivery, Message, Qos};
use crate::outbox::Outgoing;
use crate::sessions::SessionKey;
use crate::subscriptions::Subscription;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::Notify;

/// A device's connection. It announces itself by its retained state, and its will takes that back.
pub(super) struct Local {
    broker: Arc<Broker>,
    key: SessionKey,
    wake: Arc<Notify>,
    id: &'static str,
}

impl Local {
    /// Connects the device `id`. Its will says why it is away, should the connection just end.
    pub fn connect(broker: &Arc<Broker>, id: &'static str) -> Self {
        Self::connect_with_will(broker, id, &json!({"online": false}))
    }

    /// [`Local::connect`] with a will of its own.
    pub fn connect_with_will(broker: &Arc<Broker>, id: &'static str, will: &Value) -> Self {
        let will = Message::new(&format!("devices/{id}/state"), will.to_string(), Qos::AtLeastOnce, true);
        let (key, wake) = broker.open_local(Some(will));
        Self { broker: broker.clone(), key, wake, id }
    }

    /// Publishes telemetry, QoS 0.
    pub fn telemetry(&self, payload: impl Into<Vec<u8>>) {
        self.publish("telemetry", payload, Qos::AtMostOnce, false);
    }

    /// Publishes an event, QoS 1.
    pub fn event(&self, event: &Value) {
        self.publish("events", event.to_string(), Qos::AtLeastOnce, false);
    }

    /// Publishes the retained state, QoS 1.
    pub fn state(&self, state: &Value) {
        self.publish("state", state.to_string(), Qos::AtLeastOnce, true);
    }

    /// Answers the command `name`, QoS 1.
    pub fn reply(&self, name: &str, reply: &Value) {
        self.publish(&format!("replies/{name}"), reply.to_string(), Qos::AtLeastOnce, false);
    }

    /// Subscribes to the device's commands.
    pub fn take_commands(&self) {
        let filter = format!("devices/{}/commands/+", self.id);
        let wish = Subscription { qos: Qos::AtLeastOnce, no_local: false, retain_as_published: false, id: None };
        if let Err(problem) = self.broker.subscribe(self.key, &filter, wish, RetainHandling::Never) {
            tracing::error!(?problem, filter, "a simulated device cannot subscribe");
        }
    }

    /// The next message for this device; None when the broker has ended the connection, and then nothing comes
    /// any more. Safe to drop at any time.
    pub async fn next(&self) -> Option<Delivery> {
        loop {
            let mut taken = self.broker.take(self.key, 1, usize::MAX);
            if let Some(Outgoing::Message { delivery, id, .. }) = taken.deliveries.pop() {
                if let Some(id) = id {
                    self.broker.done(self.key, id);
                }
                return Some(delivery);
            }
            if let Some(why) = taken.ended {
                tracing::warn!(?why, device = self.id, "a simulated device's connection was ended");
                return None;
            }
            self.wake.notified().await;
        }
    }

    fn publish(&self, what: &str, payload: impl Into<Vec<u8>>, qos: Qos, retain: bool) {
        let message = Message::new(&format!("devices/{}/{what}", self.id), payload, qos, retain);
        if let Err(problem) = self.broker.publish(self.key, message) {
            tracing::warn!(?problem, device = self.id, "a simulated device's message was refused");
        }
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        self.broker.close(self.key, false);
    }
}
