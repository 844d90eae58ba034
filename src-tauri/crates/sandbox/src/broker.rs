//! Routing: every message goes through [`Broker::publish`], whoever sent it.
//!
//! One lock guards sessions, subscriptions, retained messages and outboxes, so that what a subscriber sees is in one
//! order: a retained message never arrives after a newer one. Connections are woken after the lock is gone.

mod state;

use crate::counters::Counters;
use crate::limits::Limits;
use crate::message::{Delivery, Message};
use crate::outbox::Outgoing;
use crate::sessions::{Ended, SessionKey};
use crate::subscriptions::Subscription;
use crate::topics::{self, FilterProblem};
use parking_lot::Mutex;
use state::State;
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

type Wakes = Vec<Arc<Notify>>;

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

fn wake(wakes: Wakes) {
    for wake in wakes {
        wake.notify_one();
    }
}
