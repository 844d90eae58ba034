//! Publishes that the library has: handed over, then taken, then waiting for their PUBACK (QoS 1), or for their PUBREC
//! and PUBCOMP (QoS 2).
//!
//! The library gives packet ids from a small ring and stalls when an id comes round while it is still in use
//! (a "collision"). We never hand over a request whose id could still be in use, so that
//! cannot happen: the distance from the oldest unanswered publish to the next id stays below the ring.

use crate::outbox::Outgoing;
use hubscope_model::PublishId;
use std::collections::VecDeque;
use std::time::Instant;

/// Packet ids of the library's ring, which is also its bound of unacknowledged publishes.
pub(crate) const RING: u16 = 200;
/// QoS 2 publishes under way to a 3.1.1 server, which cannot say how many it takes. mosquitto and HiveMQ end the
/// connection at one more than theirs, 20 and 10 unless configured.
pub(crate) const EXACTLY_ONCE: usize = 10;
/// Requests handed over and not taken yet; a broken connection gives them back.
pub(crate) const HANDED_OVER: usize = 64;

#[derive(Debug)]
struct Waiting {
    id: u16,
    publish: PublishId,
    qos: u8,
    /// How many ids were spent before this one.
    ordinal: u64,
    /// When it was taken first: what its answer took is counted from here.
    taken: Instant,
    /// Since when it waits on this connection.
    since: Instant,
    /// Kept only where it may be sent again: with the same id where the session survives its connection (4.4.0-1).
    again: Option<Outgoing>,
    /// QoS 2, and the broker has taken it (PUBREC): what is sent again is PUBREL.
    released: bool,
    /// Comes from an earlier connection of the same session.
    carried: bool,
}

#[derive(Debug)]
pub(crate) struct Flight {
    /// Handed over, oldest first, with the ordinal of QoS 1 publishes.
    handed: VecDeque<(Outgoing, u64)>,
    waiting: VecDeque<Waiting>,
    next_ordinal: u64,
    ring: u64,
    most_exactly_once: usize,
    repeats: bool,
}

/// What became of a publish that was taken from the queue.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// QoS 0, and nothing more will be heard of it.
    Done(PublishId),
    /// QoS 1 or 2, or a repetition.
    Waits,
}

/// What a broker that kept the session must see again (4.4.0-1).
#[derive(Debug)]
pub(crate) enum Repeat {
    Publish(u16, Outgoing),
    Release(u16),
}

impl Flight {
    /// `repeats`: what was not answered may be sent again.
    pub fn new(repeats: bool, most_exactly_once: usize) -> Self {
        Self {
            handed: VecDeque::new(),
            waiting: VecDeque::new(),
            next_ordinal: 0,
            ring: RING.into(),
            most_exactly_once,
            repeats,
        }
    }

    /// A connection is up. `receive_max` is the server's bound (5) or None.
    pub fn connected(&mut self, receive_max: Option<u16>, now: Instant) {
        self.ring = receive_max.unwrap_or(RING).clamp(1, RING).into();
        self.next_ordinal = 0;
        for waiting in &mut self.waiting {
            waiting.ordinal = 0;
            waiting.since = now;
        }
    }

    /// Whether one more publish with this QoS may be handed over. Other requests spend an id as QoS 1 does.
    pub fn has_room(&self, qos: u8) -> bool {
        // Repetitions hold ids of an earlier connection, which the new one does not know.
        if self.handed.len() >= HANDED_OVER || self.waiting.front().is_some_and(|waiting| waiting.carried) {
            return false;
        }
        if qos == 2 && self.exactly_once() >= self.most_exactly_once {
            return false;
        }
        let handed = || self.handed.iter().find(|(outgoing, _)| outgoing.message.qos > 0).map(|(_, ordinal)| *ordinal);
        match self.waiting.front().map(|waiting| waiting.ordinal).or_else(handed) {
            // One less than the ring: at the full ring the library would not read a DISCONNECT either.
            Some(oldest) if qos > 0 => self.next_ordinal - oldest < (self.ring - 1).max(1),
            _ => true,
        }
    }

    /// QoS 2 publishes that are under way.
    fn exactly_once(&self) -> usize {
        let handed = self.handed.iter().filter(|(outgoing, _)| outgoing.message.qos == 2).count();
        handed + self.waiting.iter().filter(|waiting| waiting.qos == 2).count()
    }

    pub fn hand_over(&mut self, outgoing: Outgoing) {
        let spends_id = outgoing.message.qos > 0;
        self.handed.push_back((outgoing, self.next_ordinal));
        if spends_id {
            self.spend_id();
        }
    }

    /// A SUBSCRIBE or UNSUBSCRIBE took an id of the ring.
    pub fn spend_id(&mut self) {
        self.next_ordinal += 1;
    }

    /// The library took the oldest publish handed over and gave it `id` (0 for QoS 0).
    /// None: it was a repetition.
    pub fn taken(&mut self, id: u16, now: Instant) -> Option<Taken> {
        let (outgoing, ordinal) = self.handed.pop_front()?;
        if outgoing.message.qos == 0 {
            return Some(Taken::Done(outgoing.publish));
        }
        let (publish, qos) = (outgoing.publish, outgoing.message.qos);
        let again = self.repeats.then_some(outgoing);
        let waiting =
            Waiting { id, publish, qos, ordinal, taken: now, since: now, again, released: false, carried: false };
        self.waiting.push_back(waiting);
        Some(Taken::Waits)
    }

    /// What [`Flight::taken`] with this `id` is about, and whether it was sent before.
    pub fn next_taken(&self, id: u16) -> Option<(&Outgoing, bool)> {
        if let Some((outgoing, _)) = self.handed.front() {
            return Some((outgoing, false));
        }
        let repeated = self.waiting.iter().find(|waiting| waiting.id == id)?;
        repeated.again.as_ref().map(|outgoing| (outgoing, true))
    }

    /// PUBREC `id`: the broker has the message; its PUBCOMP is still to come.
    pub fn released(&mut self, id: u16, now: Instant) {
        if let Some(waiting) = self.waiting.iter_mut().find(|waiting| waiting.id == id) {
            waiting.released = true;
            waiting.again = None;
            waiting.since = now;
        }
    }

    /// The publish that PUBACK, PUBCOMP or a refusing PUBREC `id` answers, and the microseconds it took, over all
    /// connections.
    pub fn answered(&mut self, id: u16, now: Instant) -> Option<(PublishId, u64)> {
        let place = self.waiting.iter().position(|waiting| waiting.id == id)?;
        let waiting = self.waiting.remove(place)?;
        let micros = now.saturating_duration_since(waiting.taken).as_micros();
        Some((waiting.publish, u64::try_from(micros).unwrap_or(u64::MAX)))
    }

    /// The connection is gone: what had been handed over and not taken, newest first.
    pub fn give_back(&mut self) -> impl Iterator<Item = Outgoing> + '_ {
        self.handed.drain(..).rev().map(|(outgoing, _)| outgoing)
    }

    /// The connection is gone, the session may not be: everything unanswered waits for it.
    pub fn carry(&mut self) {
        self.waiting.iter_mut().for_each(|waiting| waiting.carried = true);
    }

    /// Everything unanswered, for a session that knows nothing of it: what may be sent again, newest first, and what
    /// may not, since its receiver could get it twice (QoS 2).
    pub fn take_back(&mut self) -> (Vec<Outgoing>, Vec<PublishId>) {
        let (mut again, mut lost) = (Vec::new(), Vec::new());
        for Waiting { publish, again: outgoing, .. } in self.waiting.drain(..).rev() {
            match outgoing {
                Some(outgoing) if outgoing.message.qos < 2 => again.push(Outgoing { sent_before: true, ..outgoing }),
                _ => lost.push(publish),
            }
        }
        (again, lost)
    }

    /// The session is gone: everything that will never be answered.
    pub fn forget(&mut self) -> impl Iterator<Item = PublishId> + '_ {
        self.waiting.drain(..).map(|waiting| waiting.publish)
    }

    pub fn is_empty(&self) -> bool {
        self.handed.is_empty() && self.waiting.is_empty()
    }

    /// What a surviving session must see again, oldest first.
    pub fn repeat(&self) -> Vec<Repeat> {
        let repeat = |waiting: &Waiting| match &waiting.again {
            _ if waiting.released => Some(Repeat::Release(waiting.id)),
            again => again.clone().map(|outgoing| Repeat::Publish(waiting.id, outgoing)),
        };
        self.waiting.iter().filter_map(repeat).collect()
    }

    /// Since when the oldest waits on this connection.
    pub fn oldest_since(&self) -> Option<Instant> {
        self.waiting.iter().map(|waiting| waiting.since).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Publish;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Gives packet ids as the library does.
    struct Library {
        ring: u16,
        last_id: u16,
        queue: VecDeque<u8>,
        in_use: BTreeSet<u16>,
    }

    impl Library {
        fn next_id(&mut self) -> u16 {
            let id = self.last_id + 1;
            self.last_id = if id == self.ring { 0 } else { id };
            id
        }
    }

    const SUBSCRIBE: u8 = 9;

    proptest! {
        /// Whatever is sent and in whatever order it is answered, no id is given twice, and there is always a
        /// place left for DISCONNECT.
        #[test]
        fn an_id_in_use_is_never_given_again(
            receive_max in prop_oneof![Just(None), (1..300u16).prop_map(Some)],
            steps in prop::collection::vec((0..5u8, any::<prop::sample::Index>()), 0..3000),
        ) {
            let mut flight = Flight::new(false, usize::MAX);
            flight.connected(receive_max, Instant::now());
            let ring = receive_max.unwrap_or(RING).min(RING);
            let mut library = Library { ring, last_id: 0, queue: VecDeque::new(), in_use: BTreeSet::new() };
            let now = Instant::now();
            for (step, choice) in steps {
                match step {
                    qos @ (0 | 1) if flight.has_room(qos) => {
                        let message = Publish { qos, ..Publish::default() };
                        flight.hand_over(Outgoing { publish: PublishId(0), message, sent_before: false });
                        library.queue.push_back(qos);
                    }
                    2 if flight.has_room(1) => {
                        flight.spend_id();
                        library.queue.push_back(SUBSCRIBE);
                    }
                    3 => {
                        let id = match library.queue.pop_front() {
                            Some(0) => Some(0),
                            Some(1) => Some(library.next_id()),
                            Some(_) => { library.next_id(); None }
                            None => None,
                        };
                        if let Some(id) = id {
                            prop_assert!(flight.taken(id, now).is_some());
                            prop_assert!(id == 0 || library.in_use.insert(id), "{id} is in use");
                        }
                        prop_assert!(ring == 1 || library.in_use.len() < usize::from(ring));
                    }
                    4 if !library.in_use.is_empty() => {
                        let id = *choice.get(&library.in_use.iter().collect::<Vec<_>>());
                        let id = *id;
                        library.in_use.remove(&id);
                        prop_assert!(flight.answered(id, now).is_some());
                    }
                    _ => {}
                }
            }
        }
    }
}
