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

    /// Takes deliveries in order until `bytes` are reached (the last one may go beyond), at most `credit` of QoS 1.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;
    use std::sync::Arc;

    fn delivery(payload: &str, qos: Qos) -> Delivery {
        let message = Arc::new(Message::new("t", payload, qos, false));
        Delivery { message, qos, retain: false, subscription_ids: Vec::new() }
    }

    fn payloads(taken: &[Delivery]) -> Vec<&[u8]> {
        taken.iter().map(|delivery| delivery.message.payload.as_slice()).collect()
    }

    #[test]
    fn the_bound_drops_qos_0_and_refuses_qos_1() {
        let mut outbox = Outbox::default();
        let limit = 2 * delivery("1", Qos::AtMostOnce).message.cost();
        assert_eq!(outbox.push(delivery("1", Qos::AtMostOnce), limit), Pushed::Queued);
        assert_eq!(outbox.push(delivery("2", Qos::AtLeastOnce), limit), Pushed::Queued);
        assert_eq!(outbox.push(delivery("3", Qos::AtMostOnce), limit), Pushed::Dropped);
        assert_eq!(outbox.push(delivery("4", Qos::AtLeastOnce), limit), Pushed::Overflow);
        assert_eq!(payloads(&outbox.take(usize::MAX, 1)), [b"1", b"2"]);
    }

    #[test]
    fn order_is_kept_when_credit_is_used_up() {
        let mut outbox = Outbox::default();
        for (payload, qos) in [("1", Qos::AtLeastOnce), ("2", Qos::AtLeastOnce), ("3", Qos::AtMostOnce)] {
            outbox.push(delivery(payload, qos), usize::MAX);
        }
        assert_eq!(payloads(&outbox.take(usize::MAX, 1)), [b"1"]);
        assert_eq!(payloads(&outbox.take(usize::MAX, 0)), [b""; 0]);
        assert_eq!(payloads(&outbox.take(usize::MAX, 1)), [b"2", b"3"]);
    }

    #[test]
    fn an_unacknowledged_message_holds_its_room() {
        let mut outbox = Outbox::default();
        let cost = delivery("1", Qos::AtLeastOnce).message.cost();
        outbox.push(delivery("1", Qos::AtLeastOnce), cost);
        assert_eq!(outbox.take(usize::MAX, 1).len(), 1);
        assert_eq!(outbox.push(delivery("2", Qos::AtLeastOnce), cost), Pushed::Overflow);
        outbox.acknowledged(cost);
        assert_eq!(outbox.push(delivery("2", Qos::AtLeastOnce), cost), Pushed::Queued);
    }

    #[test]
    fn a_small_budget_takes_one_at_a_time() {
        let mut outbox = Outbox::default();
        outbox.push(delivery("1", Qos::AtMostOnce), usize::MAX);
        outbox.push(delivery("2", Qos::AtMostOnce), usize::MAX);
        assert_eq!(outbox.take(0, 1).len(), 0);
        assert_eq!(outbox.take(1, 1).len(), 1);
        assert_eq!(outbox.take(1, 1).len(), 1);
        assert_eq!(outbox.bytes, 0);
    }
}
