//! What the broker's lock guards, and how messages find their way under it. Nobody is woken here: who is to be woken is
//! handed out.

use super::{PublishProblem, Reach, RetainHandling, SubscribeProblem, Taken, Wakes};
use crate::counters::Counters;
use crate::limits::Limits;
use crate::message::{Delivery, Message};
use crate::outbox::Pushed;
use crate::retained::Retained;
use crate::sessions::{Ended, SessionKey, Sessions};
use crate::subscriptions::{Subscription, Subscriptions};
use crate::topics::{self, Filter};
use std::sync::Arc;
use tokio::time::Instant;

#[derive(Debug, Default)]
pub(super) struct State {
    pub sessions: Sessions,
    pub subscriptions: Subscriptions,
    pub retained: Retained,
    pub counters: Counters,
}

impl State {
    pub fn send(
        &mut self,
        device: &str,
        message: &Arc<Message>,
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
            let matching = session.filters.iter().filter(|(filter, _)| {
                Filter::read(filter).is_some_and(|filter| topics::matches(filter.topics, &message.topic))
            });
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
        text: &str,
        subscription: Subscription,
        retain: RetainHandling,
        limits: &Limits,
        wakes: &mut Wakes,
    ) -> Result<(), SubscribeProblem> {
        let filter = Filter::read(text).ok_or(SubscribeProblem::Filter)?;
        let Some(session) = self.sessions.get_mut(key).filter(|session| session.ended.is_none()) else {
            return Ok(());
        };
        if !session.filters.contains_key(text) && session.filters.len() >= limits.subscriptions {
            return Err(SubscribeProblem::TooMany);
        }
        session.filters.insert(text.to_owned(), subscription);
        let new = self.subscriptions.insert(filter, key, subscription);
        let wanted = retain == RetainHandling::Always || (retain == RetainHandling::IfNew && new);
        // "Retained messages are not sent to the session when it first subscribes" to a shared one (MQTT 5 section
        // 4.8.2).
        if wanted && filter.group.is_none() {
            for message in self.retained.matching(filter.topics) {
                let qos = message.qos.min(subscription.qos);
                let subscription_ids = subscription.id.into_iter().collect();
                self.queue(key, Delivery { message, qos, retain: true, subscription_ids }, limits, wakes);
            }
        }
        Ok(())
    }

    pub fn unsubscribe(&mut self, key: SessionKey, text: &str) -> bool {
        if let Some(session) = self.sessions.get_mut(key) {
            session.filters.remove(text);
        }
        Filter::read(text).is_some_and(|filter| self.subscriptions.remove(filter, key))
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
        let sessions = &self.sessions;
        let matching = self.subscriptions.matching(&message.topic, from, |key| sessions.is_online(key));
        let count = matching.len();
        for (key, found) in matching.clients.into_iter().chain(matching.shared) {
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

    pub fn route_once(
        &mut self,
        from: SessionKey,
        id: u16,
        message: Message,
        limits: &Limits,
        wakes: &mut Wakes,
    ) -> Result<usize, PublishProblem> {
        let sender = self.sessions.get_mut(from).filter(|session| session.ended.is_none());
        sender.ok_or(PublishProblem::Gone)?.received.insert(id);
        self.counters.published += 1;
        let routed = self.route(from, message, limits, wakes);
        // A refused message is not received: its id is free again (MQTT 5 section 4.3.3).
        if routed.is_err()
            && let Some(session) = self.sessions.get_mut(from)
        {
            session.received.remove(&id);
        }
        routed
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

    pub fn take(&mut self, key: SessionKey, bytes: usize, window: usize) -> Taken {
        let Some(session) = self.sessions.get_mut(key) else {
            return Taken { deliveries: Vec::new(), ended: Some(Ended::TakenOver) };
        };
        let taken = Taken { deliveries: session.outbox.take(bytes, window), ended: session.ended };
        let messages = taken.deliveries.iter().filter(|outgoing| outgoing.is_message());
        self.counters.delivered += messages.count() as u64;
        taken
    }
}
