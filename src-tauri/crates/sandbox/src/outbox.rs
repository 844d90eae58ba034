//! What waits for one client, and what was sent to it and not acknowledged; bounded in bytes.

use crate::message::{Delivery, Qos};
use std::collections::VecDeque;

/// What became of a delivery.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Pushed {
    Queued,
    /// No room, and losing it is allowed: QoS 0, or a client that is away.
    Dropped,
    /// QoS 1 and no room: the session cannot be kept without losing a message.
    Overflow,
}

/// A delivery that is to be sent now.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub delivery: Delivery,
    /// Of QoS 1.
    pub id: Option<u16>,
    /// It was sent before, on an earlier connection of the session [MQTT-3.3.1-1].
    pub dup: bool,
}

#[derive(Debug)]
struct Queued {
    delivery: Delivery,
    /// It was sent with this packet id and is sent again with the same [MQTT-4.4.0-1].
    sent_as: Option<u16>,
}

#[derive(Debug, Default)]
pub(crate) struct Outbox {
    queue: VecDeque<Queued>,
    /// Sent with QoS 1 and not acknowledged, oldest first.
    inflight: VecDeque<(u16, Delivery)>,
    /// Bytes of both.
    bytes: usize,
    last_id: u16,
}

impl Outbox {
    /// Queues for a client that is online.
    pub fn push(&mut self, delivery: Delivery, limit: usize) -> Pushed {
        let cost = delivery.message.cost();
        if self.bytes + cost > limit {
            return match delivery.qos {
                Qos::AtMostOnce => Pushed::Dropped,
                Qos::AtLeastOnce => Pushed::Overflow,
            };
        }
        self.bytes += cost;
        self.queue.push_back(Queued { delivery, sent_as: None });
        Pushed::Queued
    }

    /// Queues for a client that is away: QoS 1 only, up to a number of messages and bytes.
    pub fn push_away(&mut self, delivery: Delivery, messages: usize, bytes: usize) -> Pushed {
        if delivery.qos == Qos::AtMostOnce || self.queue.len() >= messages {
            return Pushed::Dropped;
        }
        match self.push(delivery, bytes) {
            Pushed::Queued => Pushed::Queued,
            Pushed::Dropped | Pushed::Overflow => Pushed::Dropped,
        }
    }

    /// Takes deliveries in order until `bytes` are reached (the last one may go beyond), with at most `window` of
    /// QoS 1 on their way. Those stay on the account until [`Outbox::acknowledged`].
    pub fn take(&mut self, bytes: usize, window: usize) -> Vec<Outgoing> {
        let mut taken = Vec::new();
        let mut sum = 0;
        while sum < bytes {
            let room = self.inflight.len() < window;
            let next = self.queue.pop_front_if(|next| next.delivery.qos == Qos::AtMostOnce || room);
            let Some(Queued { delivery, sent_as }) = next else { break };
            let cost = delivery.message.cost();
            // What was sent before is sent again whatever its age (MQTT 5 section 3.3.2.3.3: before it was started).
            if delivery.message.is_expired() && sent_as.is_none() {
                self.bytes -= cost;
                continue;
            }
            let id = match delivery.qos {
                Qos::AtMostOnce => {
                    self.bytes -= cost;
                    None
                }
                Qos::AtLeastOnce => {
                    let id = sent_as.unwrap_or_else(|| self.next_id());
                    self.inflight.push_back((id, delivery.clone()));
                    Some(id)
                }
            };
            sum += cost;
            taken.push(Outgoing { delivery, id, dup: sent_as.is_some() });
        }
        taken
    }

    /// A packet id that is not on its way. There are more of them than any window is wide.
    fn next_id(&mut self) -> u16 {
        loop {
            self.last_id = self.last_id.checked_add(1).unwrap_or(1);
            if self.inflight.iter().all(|(id, _)| *id != self.last_id) {
                return self.last_id;
            }
        }
    }

    /// Forgets what an acknowledged (or never sent) QoS 1 delivery held.
    pub fn acknowledged(&mut self, id: u16) {
        if let Some(place) = self.inflight.iter().position(|(sent, _)| *sent == id)
            && let Some((_, delivery)) = self.inflight.remove(place)
        {
            self.bytes -= delivery.message.cost();
        }
    }

    /// The connection is gone and the session stays: what was not acknowledged comes first on the next one, QoS 0 is
    /// forgotten [MQTT-3.1.2-5].
    pub fn rewind(&mut self) {
        self.queue.retain(|queued| queued.delivery.qos == Qos::AtLeastOnce);
        for (id, delivery) in self.inflight.drain(..).rev() {
            self.queue.push_front(Queued { delivery, sent_as: Some(id) });
        }
        self.bytes = self.queue.iter().map(|queued| queued.delivery.message.cost()).sum();
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

    fn payloads(taken: &[Outgoing]) -> Vec<&[u8]> {
        taken.iter().map(|outgoing| outgoing.delivery.message.payload.as_slice()).collect()
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
    fn order_is_kept_when_the_window_is_full() {
        let mut outbox = Outbox::default();
        for (payload, qos) in [("1", Qos::AtLeastOnce), ("2", Qos::AtLeastOnce), ("3", Qos::AtMostOnce)] {
            outbox.push(delivery(payload, qos), usize::MAX);
        }
        assert_eq!(payloads(&outbox.take(usize::MAX, 1)), [b"1"]);
        assert_eq!(payloads(&outbox.take(usize::MAX, 1)), [b""; 0]);
        outbox.acknowledged(1);
        assert_eq!(payloads(&outbox.take(usize::MAX, 1)), [b"2", b"3"]);
    }

    #[test]
    fn an_unacknowledged_message_holds_its_room() {
        let mut outbox = Outbox::default();
        let cost = delivery("1", Qos::AtLeastOnce).message.cost();
        outbox.push(delivery("1", Qos::AtLeastOnce), cost);
        assert_eq!(outbox.take(usize::MAX, 1).len(), 1);
        assert_eq!(outbox.push(delivery("2", Qos::AtLeastOnce), cost), Pushed::Overflow);
        outbox.acknowledged(7);
        assert_eq!(outbox.push(delivery("2", Qos::AtLeastOnce), cost), Pushed::Overflow);
        outbox.acknowledged(1);
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

    #[test]
    fn what_was_not_acknowledged_is_sent_again_first_and_with_its_id() {
        let mut outbox = Outbox::default();
        for (payload, qos) in [("1", Qos::AtLeastOnce), ("2", Qos::AtLeastOnce), ("3", Qos::AtLeastOnce)] {
            outbox.push(delivery(payload, qos), usize::MAX);
        }
        outbox.take(usize::MAX, 2);
        outbox.acknowledged(1);
        outbox.push(delivery("0", Qos::AtMostOnce), usize::MAX);
        outbox.rewind();
        assert_eq!(outbox.push_away(delivery("0", Qos::AtMostOnce), 9, usize::MAX), Pushed::Dropped);
        assert_eq!(outbox.push_away(delivery("4", Qos::AtLeastOnce), 3, usize::MAX), Pushed::Queued);
        assert_eq!(outbox.push_away(delivery("5", Qos::AtLeastOnce), 3, usize::MAX), Pushed::Dropped);
        let taken = outbox.take(usize::MAX, 9);
        assert_eq!(payloads(&taken), [b"2", b"3", b"4"]);
        let headers: Vec<_> = taken.iter().map(|outgoing| (outgoing.id, outgoing.dup)).collect();
        assert_eq!(headers, [(Some(2), true), (Some(3), false), (Some(4), false)]);
        for id in 2..=4 {
            outbox.acknowledged(id);
        }
        assert_eq!(outbox.bytes, 0);
    }

    #[test]
    fn ids_on_their_way_are_skipped() {
        let mut outbox = Outbox::default();
        outbox.push(delivery("1", Qos::AtLeastOnce), usize::MAX);
        outbox.take(usize::MAX, 9);
        outbox.last_id = u16::MAX;
        outbox.push(delivery("2", Qos::AtLeastOnce), usize::MAX);
        assert_eq!(outbox.take(usize::MAX, 9)[0].id, Some(2));
    }
}
