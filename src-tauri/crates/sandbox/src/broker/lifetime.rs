//! How sessions begin, wait, go on and end, and when their wills are published.

use super::state::State;
use super::{Busy, Opened, Opening, Wakes};
use crate::limits::Limits;
use crate::outbox::Outbox;
use crate::sessions::{Ended, SessionKey};
use crate::subscriptions::Subscription;
use crate::topics::Filter;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// What of a session outlives its connection (MQTT 5 section 4.1).
#[derive(Debug)]
struct Kept {
    filters: HashMap<String, Subscription>,
    outbox: Outbox,
    devices: HashSet<Arc<str>>,
    received: HashSet<u16>,
}

impl State {
    pub fn open(&mut self, opening: Opening, limits: &Limits, wakes: &mut Wakes) -> Result<Opened, Busy> {
        self.pass_time(limits, wakes);
        let old = self.sessions.with_client_id(&opening.client_id);
        let takes_a_place = old.is_none_or(|old| self.sessions.is_away(old));
        if takes_a_place && self.sessions.clients() >= limits.clients {
            return Err(Busy);
        }
        let kept = old.and_then(|old| self.take_over(old, opening.clean, limits, wakes));
        self.counters.connected += 1;
        let (key, session) = self.sessions.add(Some(opening.client_id), opening.will, opening.expiry);
        session.devices.extend(opening.device);
        let wake = session.wake.clone();
        let present = kept.is_some();
        let mut received = HashSet::new();
        if let Some(kept) = kept {
            session.outbox = kept.outbox;
            session.devices.extend(kept.devices);
            received.clone_from(&kept.received);
            session.received = kept.received;
            for (filter, subscription) in &kept.filters {
                if let Some(filter) = Filter::read(filter) {
                    self.subscriptions.insert(filter, key, *subscription);
                }
            }
            session.filters = kept.filters;
        }
        Ok(Opened { key, wake, present, received })
    }

    /// Ends the session that a client had; hands out what goes on in the new one.
    fn take_over(&mut self, old: SessionKey, clean: bool, limits: &Limits, wakes: &mut Wakes) -> Option<Kept> {
        let away = self.sessions.is_away(old);
        let filters = self.unsubscribe_all(old);
        let kept = self.sessions.get_mut(old).filter(|old| !clean && old.expiry > 0).map(|old| {
            let mut outbox = std::mem::take(&mut old.outbox);
            outbox.rewind();
            // A will that waits is not sent when its session goes on in time [MQTT-3.1.3-9].
            old.will = old.will.take().filter(|will| will.delay == 0);
            let (devices, received) = (std::mem::take(&mut old.devices), std::mem::take(&mut old.received));
            Kept { filters, outbox, devices, received }
        });
        self.end(old, Ended::TakenOver, limits, wakes);
        if away {
            self.sessions.remove(old);
        }
        kept
    }

    pub fn close(&mut self, key: SessionKey, goodbye: bool, limits: &Limits, wakes: &mut Wakes) {
        let Some(session) = self.sessions.get_mut(key) else { return };
        if goodbye {
            session.will = None;
        }
        let kept = session.expiry > 0 && session.ended.is_none();
        let now = Instant::now();
        if kept {
            session.outbox.rewind();
            let until = now + Duration::from_secs(session.expiry.into());
            session.away_until = Some(until);
            // After its delay, or when the session ends if that is earlier [MQTT-3.1.2-8].
            let delay = session.will.as_ref().map(|will| will.delay).filter(|delay| *delay > 0);
            session.will_at = delay.map(|seconds| until.min(now + Duration::from_secs(seconds.into())));
        }
        if session.will_at.is_none() {
            self.publish_will(key, limits, wakes);
        }
        if !kept {
            self.forget(key, limits, wakes);
            return;
        }
        let away = self.sessions.away();
        for (_, oldest) in away.iter().take(away.len().saturating_sub(limits.kept)) {
            self.forget(*oldest, limits, wakes);
        }
    }

    /// Publishes the wills and ends the sessions whose time has come.
    pub fn pass_time(&mut self, limits: &Limits, wakes: &mut Wakes) {
        let now = Instant::now();
        for key in self.sessions.wills_due(now) {
            self.publish_will(key, limits, wakes);
        }
        for (_, key) in self.sessions.away().into_iter().take_while(|(until, _)| *until <= now) {
            self.forget(key, limits, wakes);
        }
    }

    pub fn withdraw(&mut self, device: &str, limits: &Limits, wakes: &mut Wakes) {
        for key in self.sessions.of_device(device) {
            let away = self.sessions.is_away(key);
            self.end(key, Ended::Withdrawn, limits, wakes);
            if away {
                self.sessions.remove(key);
            }
        }
    }

    /// Ends a session from this side. Its connection finds out by [`super::Broker::take`].
    pub fn end(&mut self, key: SessionKey, why: Ended, limits: &Limits, wakes: &mut Wakes) {
        if let Some(session) = self.sessions.get_mut(key) {
            session.ended = Some(why);
            session.outbox.clear();
            wakes.push(session.wake.clone());
        }
        self.publish_will(key, limits, wakes);
        self.unsubscribe_all(key);
        self.sessions.release_client_id(key);
    }

    /// Ends a session that nobody is connected to; a will that waited is published with its end [MQTT-3.1.2-8].
    fn forget(&mut self, key: SessionKey, limits: &Limits, wakes: &mut Wakes) {
        self.publish_will(key, limits, wakes);
        self.unsubscribe_all(key);
        self.sessions.remove(key);
    }

    fn publish_will(&mut self, key: SessionKey, limits: &Limits, wakes: &mut Wakes) {
        let Some(session) = self.sessions.get_mut(key) else { return };
        session.will_at = None;
        if let Some(will) = session.will.take() {
            self.counters.published += 1;
            if self.route(key, will.into_message(), limits, wakes).is_err() {
                self.counters.dropped += 1;
            }
        }
    }

    /// Takes a session out of the routing; says what it was subscribed to.
    fn unsubscribe_all(&mut self, key: SessionKey) -> HashMap<String, Subscription> {
        let filters = self.sessions.get_mut(key).map(|session| std::mem::take(&mut session.filters));
        let filters = filters.unwrap_or_default();
        for filter in filters.keys().filter_map(|filter| Filter::read(filter)) {
            self.subscriptions.remove(filter, key);
        }
        filters
    }
}
