//! What waits for one client, bounded in bytes.

use crate::message::{Delivery, Qos};
use std::collections::VecDeque;

/// What became of a delivery.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Pushed {
    Queued,
    /// QoS 0 and no room: the client reads too slowly.
    Dropped,
    /// QoS 1 and no room: the session cannot be kept without losing a message.
    Overflow,
}

#[derive(Debug, Default)]
pub(crate) struct Outbox {
    queue: VecDeque<Delivery>,
    /// Bytes queued, and bytes sent with QoS 1 and not acknowledged.
    bytes: usize,
}

impl Outbox {
    pub fn push(&mut self, delivery: Delivery, limit: usize) -> Pushed {
        let cost = delivery.message.cost();
        if self.bytes + cost > limit {
            return match delivery.qos {
                Qos::AtMostOnce => Pushed::Dropped,
                Qos::AtLeastOnce => Pushed::Overflow,
            };
        }
        self.bytes += cost;
        self.queue.push_back(delivery);
        Pushed::Queued
    }

    /// Takes deliveries in order: at least one if there is one, then up to `bytes`, with at most `credit` of QoS 1.
    /// A QoS 1 delivery stays on the account until [`Outbox::acknowledged`].
    pub fn take(&mut self, bytes: usize, mut credit: usize) -> Vec<Delivery> {
        let mut taken = Vec::new();
        let mut sum = 0;
        while sum < bytes {
            let next = self.queue.pop_front_if(|next| next.qos == Qos::AtMostOnce || credit > 0);
            let Some(delivery) = next else { break };
            let cost = delivery.message.cost();
            match delivery.qos {
                Qos::AtMostOnce => self.bytes -= cost,
                Qos::AtLeastOnce => credit -= 1,
            }
            if delivery.message.is_expired() {
                // Counted as taken, never sent (MQTT 5 section 3.3.2.3.3).
                self.bytes -= if delivery.qos == Qos::AtLeastOnce { cost } else { 0 };
                continue;
            }
            sum += cost;
            taken.push(delivery);
        }
        taken
    }

    /// Frees what an acknowledged (or never sent) QoS 1 delivery held.
    pub fn acknowledged(&mut self, cost: usize) {
        self.bytes = self.bytes.saturating_sub(cost);
    }

    /// Nothing more will be sent.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
