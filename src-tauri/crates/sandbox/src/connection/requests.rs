//! What becomes of a client's packets.

use super::client::Client;
use super::ending::End;
use crate::broker::{PublishProblem, SubscribeProblem};
use crate::message::{Message, Qos};
use crate::packets::{Incoming, Wish};
use crate::personality::{Grant, Verdict};
use crate::topics::{self, Filter};
use mqtt_protocol_core::mqtt::result_code::DisconnectReasonCode;

impl Client<'_> {
    pub(super) fn handle(&mut self, incoming: Incoming) -> Option<End> {
        let (broker, key) = (&self.context.broker, self.session.key);
        match incoming {
            Incoming::Publish { id, message } => return self.publish(id, message),
            Incoming::Done(id) => broker.done(key, id),
            Incoming::Received(id) => {
                broker.received(key, id);
                self.protocol.release(id);
            }
            Incoming::Released(id) => {
                let known = broker.released(key, id);
                self.protocol.complete(id, known);
            }
            Incoming::Subscribe { id, wishes } => return self.subscribe(id, &wishes),
            Incoming::Unsubscribe { id, filters } => {
                let existed: Vec<_> = filters.iter().map(|filter| broker.unsubscribe(key, filter)).collect();
                self.protocol.answer_unsubscribe(id, &existed);
            }
            Incoming::Goodbye { with_will, expiry } => {
                // A session that was to end with its connection cannot be kept now (MQTT 5 section 3.14.2.2.2).
                if expiry.is_some_and(|seconds| !broker.set_expiry(key, seconds)) {
                    return Some(End::Reason(DisconnectReasonCode::ProtocolError));
                }
                return Some(End::Goodbye { with_will });
            }
            Incoming::Unacceptable(reason) => return Some(End::Reason(reason)),
        }
        None
    }

    fn publish(&mut self, id: Option<u16>, message: Message) -> Option<End> {
        let qos = message.qos;
        // MQTT 5 clients were told [MQTT-3.2.2-11]; MQTT 3.1.1 has no way to, and closing is what hubs do.
        if qos > self.offer.qos {
            return Some(End::Reason(DisconnectReasonCode::QosNotSupported));
        }
        if !topics::is_topic_name(&message.topic) {
            self.protocol.answer_publish(qos, id, Err(PublishProblem::TopicName));
            return None;
        }
        if let Some(code) = self.context.faults.refuses_publish(&self.client_id, &message.topic) {
            self.protocol.answer_publish(qos, id, Err(PublishProblem::OnDemand(code)));
            return None;
        }
        let (broker, key) = (&self.context.broker, self.session.key);
        match self.context.hub.publish(&self.member, &message) {
            Verdict::Route => {
                let device = self.member.device.as_deref().unwrap_or_default();
                self.context.arrivals.tell(device, &message);
                let outcome = match id {
                    Some(id) if qos == Qos::ExactlyOnce => broker.publish_once(key, id, message),
                    _ => broker.publish(key, message),
                };
                self.protocol.answer_publish(qos, id, outcome);
            }
            Verdict::Keep { device, reply } => {
                broker.count();
                self.context.arrivals.tell(&device, &message);
                self.protocol.answer_publish(qos, id, Ok(1));
                if let Some(reply) = reply {
                    broker.reply(key, reply);
                }
            }
            Verdict::Answer(reply) => {
                self.protocol.answer_publish(qos, id, Ok(1));
                broker.reply(key, reply);
            }
            Verdict::Refused(problem) => self.protocol.answer_publish(qos, id, Err(problem)),
            Verdict::Close => return Some(End::Reason(DisconnectReasonCode::NotAuthorized)),
        }
        None
    }

    fn subscribe(&mut self, id: u16, wishes: &[Wish]) -> Option<End> {
        let mut grants = Vec::new();
        for wish in wishes {
            match self.grant(wish) {
                Ok(grant) => grants.push(grant),
                Err(end) => return Some(end),
            }
        }
        self.protocol.answer_subscribe(id, &grants);
        None
    }

    /// What becomes of one filter; the connection's end where the hub answers with that.
    fn grant(&mut self, wish: &Wish) -> Result<Result<Qos, SubscribeProblem>, End> {
        let shared = Filter::read(&wish.filter).map(|filter| filter.group.is_some());
        match shared {
            None => return Ok(Err(SubscribeProblem::Filter)),
            Some(true) if !self.offer.shared => return Ok(Err(SubscribeProblem::Shared)),
            Some(_) => {}
        }
        if let Some(code) = self.context.faults.refuses_subscribe(&self.client_id, &wish.filter) {
            return Ok(Err(SubscribeProblem::OnDemand(code)));
        }
        match self.context.hub.subscribe(&self.member, &wish.filter) {
            Grant::Given => {}
            Grant::Refused(problem) => return Ok(Err(problem)),
            Grant::Close => return Err(End::Reason(DisconnectReasonCode::NotAuthorized)),
        }
        let mut subscription = wish.subscription;
        subscription.qos = subscription.qos.min(self.offer.qos);
        let (broker, key) = (&self.context.broker, self.session.key);
        Ok(broker.subscribe(key, &wish.filter, subscription, wish.retain).map(|()| subscription.qos))
    }
}
