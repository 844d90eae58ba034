//! What the broker's lock guards, and what is done under it. Nobody is woken here: who is to be woken is handed out.

use super::{Busy, Opened, Opening, PublishProblem, Reach, RetainHandling, SubscribeProblem, Wakes};
use crate::counters::Counters;
use crate::limits::Limits;
use crate::message::{Delivery, Message};
use crate::outbox::{Outbox, Pushed};
use crate::retained::Retained;
use crate::sessions::{Ended, SessionKey, Sessions};
use crate::subscriptions::{Subscription, Subscriptions};
use crate::topics;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

#[derive(Debug, Default)]
pub(super) struct State {
    pub sessions: Sessions,
    pub subscriptions: Subscriptions,
    pub retained: Retained,
    pub counters: Counters,
}

/// What of a session outlives its connection.
#[derive(Debug)]
struct Kept {
    filters: HashMap<String, Subscription>,
    outbox: Outbox,
    devices: HashSet<Arc<str>>,
}

impl State {
    pub fn open(&mut self, opening: Opening, limits: &Limits, wakes: &mut Wakes) -> Result<Opened, Busy> {
        self.forget_expired();
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
        if let Some(kept) = kept {
            session.outbox = kept.outbox;
            session.devices.extend(kept.devices);
            for (filter, subscription) in &kept.filters {
                self.subscriptions.insert(filter, key, *subscription);
            }
            session.filters = kept.filters;
        }
        Ok(Opened { key, wake, present })
    }

    /// Ends the session that a client had; hands out what goes on in the new one.
    fn take_over(&mut self, old: SessionKey, clean: bool, limits: &Limits, wakes: &mut Wakes) -> Option<Kept> {
        let away = self.sessions.is_away(old);
        let filters = self.unsubscribe_all(old);
        let kept = self.sessions.get_mut(old).filter(|old| !clean && old.expiry > 0).map(|old| {
            let mut outbox = std::mem::take(&mut old.outbox);
            outbox.rewind();
            Kept { filters, outbox, devices: std::mem::take(&mut old.devices) }
        });
        self.end(old, Ended::TakenOver, limits, wakes);
        if away {
            self.sessions.remove(old);
        }
        kept
    }

    /// Keeps a session whose connection is gone. False if it is not to be kept.
    pub fn keep(&mut self, key: SessionKey, limits: &Limits) -> bool {
        let Some(session) = self.sessions.get_mut(key) else { return false };
        if session.expiry == 0 || session.ended.is_some() {
            return false;
        }
        session.outbox.rewind();
        session.away_until = Some(Instant::now() + Duration::from_secs(session.expiry.into()));
        let away = self.sessions.away();
        for (_, oldest) in away.iter().take(away.len().saturating_sub(limits.kept)) {
            self.forget(*oldest);
        }
        true
    }

    pub fn forget(&mut self, key: SessionKey) {
        self.unsubscribe_all(key);
        self.sessions.remove(key);
    }

    fn forget_expired(&mut self) {
        let now = Instant::now();
        for (_, key) in self.sessions.away().into_iter().take_while(|(until, _)| *until <= now) {
            self.forget(key);
        }
    }

    pub fn send(
        &mut self,
        device: &str,
        message: Arc<Message>,
        reach: Reach,
        limits: &Limits,
        wakes: &mut Wakes,
    ) -> usize {
        let mut count = 0;
        for key in self.sessions.of_device(device) {
            let Some(session) = self.sessions.get_mut(key) else { continue };
            if matches!(reach, Reach::Online) && session.away_until.is_some() {
                continue;
            }
            let matching = session.filters.iter().filter(|(filter, _)| topics::matches(filter, &message.topic));
            let (qos, subscription_ids) = matching.fold((None, Vec::new()), |(qos, mut ids), (_, subscription)| {
                ids.extend(subscription.id);
                (qos.max(Some(subscription.qos)), ids)
            });
            let Some(qos) = qos else { continue };
            let qos = message.qos.min(qos);
            let delivery = Delivery { message: message.clone(), qos, retain: false, subscription_ids };
            self.queue(key, delivery, limits, wakes);
            count += 1;
        }
        count
    }

    pub fn subscribe(
        &mut self,
        key: SessionKey,
        filter: &str,
        subscription: Subscription,
        retain: RetainHandling,
        limits: &Limits,
        wakes: &mut Wakes,
    ) -> Result<(), SubscribeProblem> {
        let Some(session) = self.sessions.get_mut(key).filter(|session| session.ended.is_none()) else {
            return Ok(());
        };
        if !session.filters.contains_key(filter) && session.filters.len() >= limits.subscriptions {
            return Err(SubscribeProblem::TooMany);
        }
        session.filters.insert(filter.to_owned(), subscription);
        let new = self.subscriptions.insert(filter, key, subscription);
        if retain == RetainHandling::Always || (retain == RetainHandling::IfNew && new) {
            for message in self.retained.matching(filter) {
                let qos = message.qos.min(subscription.qos);
                let subscription_ids = subscription.id.into_iter().collect();
                self.queue(key, Delivery { message, qos, retain: true, subscription_ids }, limits, wakes);
            }
        }
        Ok(())
    }

    pub fn route(
        &mut self,
        from: SessionKey,
        message: Message,
        limits: &Limits,
        wakes: &mut Wakes,
    ) -> Result<usize, PublishProblem> {
        let message = Arc::new(message);
        if message.retain && self.retained.keep(&message, limits).is_err() {
            return Err(PublishProblem::RetainedFull);
        }
        let matching = self.subscriptions.matching(&message.topic, from);
        let count = matching.len();
        for (key, found) in matching {
            let delivery = Delivery {
                message: message.clone(),
                qos: message.qos.min(found.qos),
                retain: message.retain && found.retain_as_published,
                subscription_ids: found.ids,
            };
            self.queue(key, delivery, limits, wakes);
        }
        Ok(count)
    }

    pub fn queue(&mut self, key: SessionKey, delivery: Delivery, limits: &Limits, wakes: &mut Wakes) {
        let Some(session) = self.sessions.get_mut(key).filter(|session| session.ended.is_none()) else {
            return;
        };
        let pushed = match session.away_until {
            Some(until) if until <= Instant::now() => return,
            Some(_) => session.outbox.push_away(delivery, limits.away_messages, limits.away_bytes),
            None => session.outbox.push(delivery, limits.outbox),
        };
        match pushed {
            Pushed::Queued => wakes.push(session.wake.clone()),
            Pushed::Dropped => self.counters.dropped += 1,
            Pushed::Overflow => {
                self.counters.dropped += 1;
                self.end(key, Ended::TooSlow, limits, wakes);
            }
        }
    }

    /// Ends a session from this side. Its connection finds out by [`Broker::take`].
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

    pub fn publish_will(&mut self, key: SessionKey, limits: &Limits, wakes: &mut Wakes) {
        if let Some(will) = self.sessions.get_mut(key).and_then(|session| session.will.take()) {
            self.counters.published += 1;
            if self.route(key, will, limits, wakes).is_err() {
                self.counters.dropped += 1;
            }
        }
    }

    /// Takes a session out of the routing; says what it was subscribed to.
    fn unsubscribe_all(&mut self, key: SessionKey) -> HashMap<String, Subscription> {
        let filters = self.sessions.get_mut(key).map(|session| std::mem::take(&mut session.filters));
        let filters = filters.unwrap_or_default();
        for filter in filters.keys() {
            self.subscriptions.remove(filter, key);
        }
        filters
    }
}
