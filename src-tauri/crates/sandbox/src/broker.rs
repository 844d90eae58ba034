//! Routing: every message goes through [`Broker::publish`], whoever sent it.
//!
//! One lock guards sessions, subscriptions, retained messages and outboxes, so that what a subscriber sees is in one
//! order: a retained message never arrives after a newer one. Connections are woken after the lock is gone.

use crate::counters::Counters;
use crate::limits::Limits;
use crate::message::{Delivery, Message};
use crate::outbox::{Outbox, Outgoing, Pushed};
use crate::retained::Retained;
use crate::sessions::{Ended, SessionKey, Sessions};
use crate::subscriptions::{Subscription, Subscriptions};
use crate::topics::{self, FilterProblem};
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// As many clients as allowed are online.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Busy;

/// Why a message was not routed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PublishProblem {
    TopicName,
    /// No room for another retained message.
    RetainedFull,
    /// A topic that the hub does not know and passes over: acknowledged, with a reason in MQTT 5.
    TopicUnknown,
    /// The payload is not in the form that the topic wants.
    Payload,
}

/// Why a subscription was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SubscribeProblem {
    Filter,
    Shared,
    TooMany,
    /// A topic that is not this client's.
    NotAuthorised,
}

/// When a subscription gets retained messages (MQTT 5 section 3.8.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetainHandling {
    Always,
    IfNew,
    Never,
}

/// What a connection finds when it was woken.
#[derive(Debug)]
pub(crate) struct Taken {
    pub deliveries: Vec<Outgoing>,
    pub ended: Option<Ended>,
}

/// What a client that was let in wants of its session.
#[derive(Debug)]
pub(crate) struct Opening {
    /// A newer connection with the same one takes this one over.
    pub client_id: String,
    /// The device that it speaks for, where CONNECT says it.
    pub device: Option<Arc<str>>,
    pub will: Option<Message>,
    /// Nothing of an earlier session counts.
    pub clean: bool,
    /// Seconds that the session is kept after its connection; 0 is not at all.
    pub expiry: u32,
}

/// A session that was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub key: SessionKey,
    pub wake: Arc<Notify>,
    /// It is an earlier one that goes on.
    pub present: bool,
}

/// To whom a hub's own message goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reach {
    /// Who is away finds it when he comes back.
    All,
    Online,
}

#[derive(Debug)]
pub(crate) struct Broker {
    limits: Limits,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    sessions: Sessions,
    subscriptions: Subscriptions,
    retained: Retained,
    counters: Counters,
}

type Wakes = Vec<Arc<Notify>>;

/// What of a session outlives its connection.
#[derive(Debug)]
struct Kept {
    filters: HashMap<String, Subscription>,
    outbox: Outbox,
    devices: HashSet<Arc<str>>,
}

impl Broker {
    pub fn new(limits: Limits) -> Self {
        Self { limits, state: Mutex::default() }
    }

    /// Opens the session of a client, or goes on with the one that was kept for it. A connection with the same client
    /// id ends [MQTT-3.1.4-3].
    pub fn open(&self, opening: Opening) -> Result<Opened, Busy> {
        let (result, wakes) = {
            let (mut state, mut wakes) = (self.state.lock(), Wakes::new());
            (state.open(opening, &self.limits, &mut wakes), wakes)
        };
        wake(wakes);
        result
    }

    /// Opens a session for a simulated device: no client id, and not counted as a client.
    pub fn open_local(&self, will: Option<Message>) -> (SessionKey, Arc<Notify>) {
        let mut state = self.state.lock();
        let (key, session) = state.sessions.add(None, will, 0);
        (key, session.wake.clone())
    }

    /// Ends a connection. The will is published unless the client said goodbye [MQTT-3.1.2-8, 3.14.4-3]; the session
    /// is kept if the client asked for that.
    pub fn close(&self, key: SessionKey, goodbye: bool) {
        let wakes = {
            let (mut state, mut wakes) = (self.state.lock(), Wakes::new());
            if goodbye && let Some(session) = state.sessions.get_mut(key) {
                session.will = None;
            }
            state.publish_will(key, &self.limits, &mut wakes);
            if !state.keep(key, &self.limits) {
                state.forget(key);
            }
            wakes
        };
        wake(wakes);
    }

    /// The client changed its mind about how long its session is kept (MQTT 5 section 3.14.2.2.2).
    pub fn set_expiry(&self, key: SessionKey, seconds: u32) {
        if let Some(session) = self.state.lock().sessions.get_mut(key) {
            session.expiry = seconds.min(self.limits.expiry);
        }
    }

    /// A session speaks for one more device.
    pub fn speaks_for(&self, key: SessionKey, device: &Arc<str>) {
        if let Some(session) = self.state.lock().sessions.get_mut(key) {
            session.devices.insert(device.clone());
        }
    }

    /// Ends every session that speaks for a device, the kept ones too.
    pub fn withdraw(&self, device: &str) {
        let wakes = {
            let (mut state, mut wakes) = (self.state.lock(), Wakes::new());
            for key in state.sessions.of_device(device) {
                let away = state.sessions.is_away(key);
                state.end(key, Ended::Withdrawn, &self.limits, &mut wakes);
                if away {
                    state.sessions.remove(key);
                }
            }
            wakes
        };
        wake(wakes);
    }

    /// Sends a message of the hub itself to who speaks for a device and subscribed to the topic; says to how many.
    pub fn send(&self, device: &str, message: Message, reach: Reach) -> usize {
        let (count, wakes) = {
            let (mut state, mut wakes) = (self.state.lock(), Wakes::new());
            (state.send(device, Arc::new(message), reach, &self.limits, &mut wakes), wakes)
        };
        wake(wakes);
        count
    }

    /// Sends a message to one client, subscribed or not.
    pub fn reply(&self, key: SessionKey, message: Message) {
        let wakes = {
            let (mut state, mut wakes) = (self.state.lock(), Wakes::new());
            let qos = message.qos;
            let delivery = Delivery { message: Arc::new(message), qos, retain: false, subscription_ids: Vec::new() };
            state.queue(key, delivery, &self.limits, &mut wakes);
            wakes
        };
        wake(wakes);
    }

    /// Adds or replaces a subscription and queues the retained messages it asks for.
    pub fn subscribe(
        &self,
        key: SessionKey,
        filter: &str,
        subscription: Subscription,
        retain: RetainHandling,
    ) -> Result<(), SubscribeProblem> {
        topics::check_filter(filter).map_err(|problem| match problem {
            FilterProblem::Invalid => SubscribeProblem::Filter,
            FilterProblem::Shared => SubscribeProblem::Shared,
        })?;
        let (result, wakes) = {
            let (mut state, mut wakes) = (self.state.lock(), Wakes::new());
            (state.subscribe(key, filter, subscription, retain, &self.limits, &mut wakes), wakes)
        };
        wake(wakes);
        result
    }

    /// Takes a subscription away. False if there was none.
    pub fn unsubscribe(&self, key: SessionKey, filter: &str) -> bool {
        let mut state = self.state.lock();
        if let Some(session) = state.sessions.get_mut(key) {
            session.filters.remove(filter);
        }
        state.subscriptions.remove(filter, key)
    }

    /// Routes a message; says how many clients it was for.
    pub fn publish(&self, from: SessionKey, message: Message) -> Result<usize, PublishProblem> {
        if !topics::is_topic_name(&message.topic) {
            return Err(PublishProblem::TopicName);
        }
        let (result, wakes) = {
            let (mut state, mut wakes) = (self.state.lock(), Wakes::new());
            state.counters.published += 1;
            (state.route(from, message, &self.limits, &mut wakes), wakes)
        };
        wake(wakes);
        result
    }

    /// What to send next, as [`crate::outbox::Outbox::take`] bounds it; or that the session has ended.
    pub fn take(&self, key: SessionKey, bytes: usize, credit: usize) -> Taken {
        let mut state = self.state.lock();
        let Some(session) = state.sessions.get_mut(key) else {
            return Taken { deliveries: Vec::new(), ended: Some(Ended::TakenOver) };
        };
        let taken = Taken { deliveries: session.outbox.take(bytes, credit), ended: session.ended };
        state.counters.delivered += taken.deliveries.len() as u64;
        taken
    }

    /// A QoS 1 delivery is done.
    pub fn acknowledged(&self, key: SessionKey, id: u16) {
        if let Some(session) = self.state.lock().sessions.get_mut(key) {
            session.outbox.acknowledged(id);
        }
    }

    /// Counts a message that stays with the hub.
    pub fn count(&self) {
        self.state.lock().counters.published += 1;
    }

    /// Counts since the start.
    pub fn counters(&self) -> Counters {
        let state = self.state.lock();
        Counters { clients: state.sessions.clients() as u64, ..state.counters }
    }
}

impl State {
    fn open(&mut self, opening: Opening, limits: &Limits, wakes: &mut Wakes) -> Result<Opened, Busy> {
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
    fn keep(&mut self, key: SessionKey, limits: &Limits) -> bool {
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

    fn forget(&mut self, key: SessionKey) {
        self.unsubscribe_all(key);
        self.sessions.remove(key);
    }

    fn forget_expired(&mut self) {
        let now = Instant::now();
        for (_, key) in self.sessions.away().into_iter().take_while(|(until, _)| *until <= now) {
            self.forget(key);
        }
    }

    fn send(&mut self, device: &str, message: Arc<Message>, reach: Reach, limits: &Limits, wakes: &mut Wakes) -> usize {
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

    fn subscribe(
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

    fn route(
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

    fn queue(&mut self, key: SessionKey, delivery: Delivery, limits: &Limits, wakes: &mut Wakes) {
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
    fn end(&mut self, key: SessionKey, why: Ended, limits: &Limits, wakes: &mut Wakes) {
        if let Some(session) = self.sessions.get_mut(key) {
            session.ended = Some(why);
            session.outbox.clear();
            wakes.push(session.wake.clone());
        }
        self.publish_will(key, limits, wakes);
        self.unsubscribe_all(key);
        self.sessions.release_client_id(key);
    }

    fn publish_will(&mut self, key: SessionKey, limits: &Limits, wakes: &mut Wakes) {
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

fn wake(wakes: Wakes) {
    for wake in wakes {
        wake.notify_one();
    }
}
