//! The hub's side of messages: what its own services would see.

use crate::message::Message;
use std::sync::Arc;
use tokio::sync::broadcast;

/// Messages that a watcher may be behind.
const BACKLOG: usize = 4096;

/// A message that reached the hub from a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// The device that it came from.
    pub device: String,
    pub topic: String,
    pub payload: Vec<u8>,
    pub qos: u8,
}

/// Watches what reaches the hub, from the time it was made.
#[derive(Debug)]
pub struct Watch(broadcast::Receiver<Arc<Arrived>>);

impl Watch {
    /// The next message; None when the sandbox is gone, or when messages were missed because too many came.
    pub async fn next(&mut self) -> Option<Arc<Arrived>> {
        self.0.recv().await.ok()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Arrivals(broadcast::Sender<Arc<Arrived>>);

impl Default for Arrivals {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }
}

impl Arrivals {
    pub fn watch(&self) -> Watch {
        Watch(self.0.subscribe())
    }

    /// Tells the watchers, if there are any.
    pub fn tell(&self, device: &str, message: &Message) {
        if self.0.receiver_count() == 0 {
            return;
        }
        let arrived = Arrived {
            device: device.to_owned(),
            topic: message.topic.to_string(),
            payload: message.payload.as_slice().to_vec(),
            qos: message.qos as u8,
        };
        // It fails when the last watcher has just gone.
        let _ = self.0.send(Arc::new(arrived));
    }
}
