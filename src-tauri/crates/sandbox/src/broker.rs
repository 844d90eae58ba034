//! Routing: every message goes through [`Broker::publish`], whoever sent it.
//!
//! One lock guards sessions, subscriptions, retained messages and outboxes, so that what a subscriber sees is in one
//! order: a retained message never arrives after a newer one. Connections are woken after the lock is gone.

mod lifetime;
mod state;
mod terms;

use crate::counters::Counters;
use crate::limits::Limits;
use crate::message::{Delivery, Message, Will};
use crate::sessions::SessionKey;
use crate::subscriptions::Subscription;
use crate::topics::{self, Filter};
use parking_lot::Mutex;
use state::State;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::time::sleep_until;

pub(crate) use terms::{Busy, Opened, Opening, PublishProblem, Reach, RetainHandling, SubscribeProblem, Taken};

#[derive(Debug)]
pub(crate) struct Broker {
    limits: Limits,
    state: Mutex<State>,
    /// Rings when a session begins to wait for its client.
    waiting: Notify,
}

type Wakes = Vec<Arc<Notify>>;

impl Broker {
    pub fn new(limits: Limits) -> Self {
        Self { limits, state: Mutex::default(), waiting: Notify::new() }
    }

    /// Does something under the lock, and wakes after it who got something from it.
    fn with<T>(&self, act: impl FnOnce(&mut State, &Limits, &mut Wakes) -> T) -> T {
        let (result, wakes) = {
            let (mut state, mut wakes) = (self.state.lock(), Wakes::new());
            (act(&mut state, &self.limits, &mut wakes), wakes)
        };
        for wake in wakes {
            wake.notify_one();
        }
        result
    }

    /// Opens the session of a client, or goes on with the one that was kept for it. A connection with the same client
    /// id ends [MQTT-3.1.4-3].
    pub fn open(&self, opening: Opening) -> Result<Opened, Busy> {
        self.with(|state, limits, wakes| state.open(opening, limits, wakes))
    }

    /// Opens a session for a simulated device: no client id, and not counted as a client.
    pub fn open_local(&self, will: Option<Message>) -> (SessionKey, Arc<Notify>) {
        let mut state = self.state.lock();
        let (key, session) = state.sessions.add(None, will.map(Will::new), 0);
        (key, session.wake.clone())
    }

    /// Ends a connection. The will is published unless the client said goodbye [MQTT-3.1.2-8, 3.14.4-3]; the session
    /// is kept if the client asked for that.
    pub fn close(&self, key: SessionKey, goodbye: bool) {
        self.with(|state, limits, wakes| state.close(key, goodbye, limits, wakes));
        self.waiting.notify_one();
    }

    /// Ends kept sessions and publishes delayed wills when their time comes. Runs until it is dropped.
    pub async fn keep_time(&self) {
        loop {
            let next = self.with(|state, limits, wakes| {
                state.pass_time(limits, wakes);
                state.sessions.next_due()
            });
            match next {
                Some(at) => tokio::select! {
                    () = sleep_until(at) => {}
                    () = self.waiting.notified() => {}
                },
                None => self.waiting.notified().await,
            }
        }
    }

    /// The client changed its mind about how long its session is kept (MQTT 5 section 3.14.2.2.2). False if it had
    /// asked for none: then it may not ask for one now.
    pub fn set_expiry(&self, key: SessionKey, seconds: u32) -> bool {
        let mut state = self.state.lock();
        let Some(session) = state.sessions.get_mut(key) else { return true };
        if session.expiry == 0 && seconds > 0 {
            return false;
        }
        session.expiry = seconds.min(self.limits.expiry);
        true
    }

    /// A session speaks for one more device.
    pub fn speaks_for(&self, key: SessionKey, device: &Arc<str>) {
        if let Some(session) = self.state.lock().sessions.get_mut(key) {
            session.devices.insert(device.clone());
        }
    }

    /// Ends every session that speaks for a device, the kept ones too.
    pub fn withdraw(&self, device: &str) {
        self.with(|state, limits, wakes| state.withdraw(device, limits, wakes));
    }

    /// Sends a message of the hub itself to who speaks for a device and subscribed to the topic; says to how many.
    pub fn send(&self, device: &str, message: Message, reach: Reach) -> usize {
        self.with(|state, limits, wakes| state.send(device, &Arc::new(message), reach, limits, wakes))
    }

    /// Sends a message to one client, subscribed or not.
    pub fn reply(&self, key: SessionKey, message: Message) {
        let qos = message.qos;
        let delivery = Delivery { message: Arc::new(message), qos, retain: false, subscription_ids: Vec::new() };
        self.with(|state, limits, wakes| state.queue(key, delivery, limits, wakes));
    }

    /// Adds or replaces a subscription and queues the retained messages it asks for.
    pub fn subscribe(
        &self,
        key: SessionKey,
        filter: &str,
        subscription: Subscription,
        retain: RetainHandling,
    ) -> Result<(), SubscribeProblem> {
        if Filter::read(filter).is_none() {
            return Err(SubscribeProblem::Filter);
        }
        self.with(|state, limits, wakes| state.subscribe(key, filter, subscription, retain, limits, wakes))
    }

    /// Takes a subscription away. False if there was none.
    pub fn unsubscribe(&self, key: SessionKey, filter: &str) -> bool {
        self.state.lock().unsubscribe(key, filter)
    }

    /// Routes a message; says how many clients it was for.
    pub fn publish(&self, from: SessionKey, message: Message) -> Result<usize, PublishProblem> {
        if !topics::is_topic_name(&message.topic) {
            return Err(PublishProblem::TopicName);
        }
        self.with(|state, limits, wakes| {
            state.counters.published += 1;
            state.route(from, message, limits, wakes)
        })
    }

    /// Routes a message of QoS 2 and remembers its packet id until [`Broker::released`], so that it is routed once
    /// [MQTT-4.3.3-2]. A session that was taken over routes nothing: its successor gets the message again.
    pub fn publish_once(&self, from: SessionKey, id: u16, message: Message) -> Result<usize, PublishProblem> {
        self.with(|state, limits, wakes| state.route_once(from, id, message, limits, wakes))
    }

    /// The client released a message of QoS 2. False if none with this id was received.
    pub fn released(&self, key: SessionKey, id: u16) -> bool {
        self.state.lock().sessions.get_mut(key).is_some_and(|session| session.received.remove(&id))
    }

    /// What to send next, as [`crate::outbox::Outbox::take`] bounds it; or that the session has ended.
    pub fn take(&self, key: SessionKey, bytes: usize, window: usize) -> Taken {
        self.state.lock().take(key, bytes, window)
    }

    /// A delivery of QoS 2 has reached the client. False if there is none with this id.
    pub fn received(&self, key: SessionKey, id: u16) -> bool {
        self.state.lock().sessions.get_mut(key).is_some_and(|session| session.outbox.received(id))
    }

    /// A delivery of QoS 1 or 2 is done.
    pub fn done(&self, key: SessionKey, id: u16) {
        if let Some(session) = self.state.lock().sessions.get_mut(key) {
            session.outbox.done(id);
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
