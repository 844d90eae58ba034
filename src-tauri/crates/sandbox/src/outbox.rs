//! What waits for one client, and what was sent to it and not acknowledged; bounded in bytes.

use crate::message::{Delivery, Qos};
use std::collections::VecDeque;

#[cfg(test)]
mod tests;

/// What became of a delivery.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Pushed {
    Queued,
    /// No room, and losing it is allowed: QoS 0, or a client that is away.
    Dropped,
    /// QoS 1 or 2 and no room: the session cannot be kept without losing a message.
    Overflow,
}

/// What is to be sent now.
#[derive(Debug)]
pub(crate) enum Outgoing {
    Message {
        delivery: Delivery,
        /// Of QoS 1 and 2.
        id: Option<u16>,
        /// It was sent before, on an earlier connection of the session [MQTT-3.3.1-1].
        dup: bool,
    },
    /// PUBREL of a QoS 2 message that the client has received [MQTT-4.3.3-1].
    Release(u16),
}

impl Outgoing {
    pub fn is_message(&self) -> bool {
        matches!(self, Self::Message { .. })
    }
}

#[derive(Debug)]
enum Queued {
    Message {
        delivery: Delivery,
        /// It was sent with this packet id and is sent again with the same [MQTT-4.4.0-1].
        sent_as: Option<u16>,
    },
    Release(u16),
}

impl Queued {
    fn cost(&self) -> usize {
        match self {
            Self::Message { delivery, .. } => delivery.message.cost(),
            Self::Release(_) => 0,
        }
    }
}

/// How far a message of QoS 1 or 2 got.
#[derive(Debug)]
enum Stage {
    Sent(Delivery),
    /// The client has it (PUBREC): the message is discarded and its id stays in use until PUBCOMP [MQTT-4.3.3-1].
    Received,
}

#[derive(Debug, Default)]
pub(crate) struct Outbox {
    queue: VecDeque<Queued>,
    /// Sent with QoS 1 or 2 and not done with, oldest first.
    inflight: VecDeque<(u16, Stage)>,
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
                Qos::AtLeastOnce | Qos::ExactlyOnce => Pushed::Overflow,
            };
        }
        self.bytes += cost;
        self.queue.push_back(Queued::Message { delivery, sent_as: None });
        Pushed::Queued
    }

    /// Queues for a client that is away: QoS 1 and 2 only, up to a number of messages and bytes.
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
    /// QoS 1 and 2 on their way. Those stay on the account until [`Outbox::done`].
    pub fn take(&mut self, bytes: usize, window: usize) -> Vec<Outgoing> {
        let mut taken = Vec::new();
        let mut sum = 0;
        while sum < bytes {
            let room = self.inflight.len() < window;
            let may_go = |next: &mut Queued| match next {
                Queued::Message { delivery, .. } => delivery.qos == Qos::AtMostOnce || room,
                // Never held back by the window (MQTT 5 section 4.9).
                Queued::Release(_) => true,
            };
            let Some(next) = self.queue.pop_front_if(may_go) else { break };
            let cost = next.cost();
            let (delivery, sent_as) = match next {
                Queued::Message { delivery, sent_as } => (delivery, sent_as),
                Queued::Release(id) => {
                    self.inflight.push_back((id, Stage::Received));
                    taken.push(Outgoing::Release(id));
                    continue;
                }
            };
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
                Qos::AtLeastOnce | Qos::ExactlyOnce => {
                    let id = sent_as.unwrap_or_else(|| self.next_id());
                    self.inflight.push_back((id, Stage::Sent(delivery.clone())));
                    Some(id)
                }
            };
            sum += cost;
            taken.push(Outgoing::Message { delivery, id, dup: sent_as.is_some() });
        }
        taken
    }

    /// A packet id that is not in use. There are more of them than any window is wide, and what was in use on an
    /// earlier connection stands first in the queue.
    fn next_id(&mut self) -> u16 {
        loop {
            self.last_id = self.last_id.checked_add(1).unwrap_or(1);
            if self.inflight.iter().all(|(id, _)| *id != self.last_id) {
                return self.last_id;
            }
        }
    }

    /// The client has a QoS 2 message; it is not sent again. False if none was sent with this id.
    pub fn received(&mut self, id: u16) -> bool {
        let Some((_, stage)) = self.inflight.iter_mut().find(|(sent, _)| *sent == id) else { return false };
        if let Stage::Sent(delivery) = std::mem::replace(stage, Stage::Received) {
            self.bytes -= delivery.message.cost();
        }
        true
    }

    /// Forgets what an acknowledged, completed, refused or never sent delivery of QoS 1 or 2 held.
    pub fn done(&mut self, id: u16) {
        if let Some(place) = self.inflight.iter().position(|(sent, _)| *sent == id)
            && let Some((_, Stage::Sent(delivery))) = self.inflight.remove(place)
        {
            self.bytes -= delivery.message.cost();
        }
    }

    /// The connection is gone and the session stays: what was not acknowledged comes first on the next one, QoS 0 is
    /// forgotten [MQTT-3.1.2-5, 4.4.0-1].
    pub fn rewind(&mut self) {
        self.queue.retain(|queued| match queued {
            Queued::Message { delivery, .. } => delivery.qos != Qos::AtMostOnce,
            Queued::Release(_) => true,
        });
        for (id, stage) in self.inflight.drain(..).rev() {
            self.queue.push_front(match stage {
                Stage::Sent(delivery) => Queued::Message { delivery, sent_as: Some(id) },
                Stage::Received => Queued::Release(id),
            });
        }
        self.bytes = self.queue.iter().map(Queued::cost).sum();
    }

    /// Nothing more will be sent.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
