//! Routing: every message goes through [`Broker::publish`], whoever sent it.
//!
//! One lock guards sessions, subscriptions, retained messages and outboxes, so that what a subscriber sees is in one
//! order: a retained message never arrives after a newer one. Connections are woken after the lock is gone.

use crate::counters::Counters;
use crate::limits::Limits;
use crate::message::{Delivery, Message};
use crate::outbox::Pushed;
use crate::retained::Retained;
use crate::sessions::{Ended, SessionKey, Sessions};
use crate::subscriptions::{Subscription, Subscriptions};
use crate::topics::{self, FilterProblem};
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::sync::Notify;

/// As many clients as allowed are online.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Busy;

/// Why a message was not routed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PublishProblem {
    TopicName,
    /// No room for another retained message.
    RetainedFull,
}

/// Why a subscription was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SubscribeProblem {
    Filter,
    Shared,
    TooMany,
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
    pub deliveries: Vec<Delivery>,
    pub ended: Option<Ended>,
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

impl Broker {
    pub fn new(limits: Limits) -> Self {
        Self { limits, state: Mutex::default() }
    }

    /// Opens the session of a client. A session with the same client id ends [MQTT-3.1.4-3].
    pub fn open(&self, client_id: &str, will: Option<Message>) -> Result<(SessionKey, Arc<Notify>), Busy> {
        let (result, wakes) = {
            let (mut state, mut wakes) = (self.state.lock(), Wakes::new());
            let old = state.sessions.with_client_id(client_id);
            let result = if old.is_none() && state.sessions.clients() >= self.limits.clients {
                Err(Busy)
            } else {
                if let Some(old) = old {
                    state.end(old, Ended::TakenOver, &self.limits, &mut wakes);
                }
                state.counters.connected += 1;
                Ok(state.sessions.add(Some(client_id.to_owned()), will))
            };
            (result, wakes)
        };
        wake(wakes);
        result
    }

    /// Opens a session for a simulated device: no client id, and not counted as a client.
    pub fn open_local(&self, will: Option<Message>) -> (SessionKey, Arc<Notify>) {
        self.state.lock().sessions.add(None, will)
    }

    /// Closes a session. The will is published unless the client said goodbye [MQTT-3.1.2-8, 3.14.4-3].
    pub fn close(&self, key: SessionKey, goodbye: bool) {
        let wakes = {
            let (mut state, mut wakes) = (self.state.lock(), Wakes::new());
            if goodbye && let Some(session) = state.sessions.get_mut(key) {
                session.will = None;
            }
            state.withdraw(key, &self.limits, &mut wakes);
            state.sessions.remove(key);
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

    /// Frees the room of a QoS 1 delivery of `cost` bytes.
    pub fn acknowledged(&self, key: SessionKey, cost: usize) {
        if let Some(session) = self.state.lock().sessions.get_mut(key) {
            session.outbox.acknowledged(cost);
        }
    }

    /// Counts since the start.
    pub fn counters(&self) -> Counters {
        let state = self.state.lock();
        Counters { clients: state.sessions.clients() as u64, ..state.counters }
    }
}

impl State {
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
        if !session.filters.contains(filter) && session.filters.len() >= limits.subscriptions {
            return Err(SubscribeProblem::TooMany);
        }
        session.filters.insert(filter.to_owned());
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
        match session.outbox.push(delivery, limits.outbox) {
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
        self.withdraw(key, limits, wakes);
        self.sessions.release_client_id(key);
    }

    /// Takes a session out of the routing and publishes its will.
    fn withdraw(&mut self, key: SessionKey, limits: &Limits, wakes: &mut Wakes) {
        let Some(session) = self.sessions.get_mut(key) else { return };
        let will = session.will.take();
        for filter in std::mem::take(&mut session.filters) {
            self.subscriptions.remove(&filter, key);
        }
        if let Some(will) = will {
            self.counters.published += 1;
            if self.route(key, will, limits, wakes).is_err() {
                self.counters.dropped += 1;
            }
        }
    }
}

fn wake(wakes: Wakes) {
    for wake in wakes {
        wake.notify_one();
    }
}
