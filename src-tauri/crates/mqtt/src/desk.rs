//! What callers and the session's task share: the outbox, the wanted subscriptions, what is in flight.
//! One short lock, never held across an await and never while the sink is called.

use crate::Options;
use crate::flight::{EXACTLY_ONCE, Flight, Repeat, Taken};
use crate::outbox::{Outbox, Outgoing};

use crate::subscription::Subscription;
use crate::subscriptions::{Ask, Resumed, Subscriptions};
use crate::{PublishProperties, packet};
use hubscope_model::{Code, ControlPacket, Direction, Error, MqttVersion, PublishId, Result, Terms, Text};
use std::time::Instant;

pub(crate) struct Desk {
    version: MqttVersion,
    own_limit: u32,
    /// Bytes that a topic alias may add to a packet.
    alias_size: u32,
    terms: Terms,
    outbox: Outbox,
    subscriptions: Subscriptions,
    flight: Flight,
    /// The broker keeps the session.
    keep: bool,
    online: bool,
    /// Nothing is handed out: the connection is about to be given up for a fresh token.
    paused: bool,
    /// The last connection was given up by plan: what was not answered on it is sent again on the next, whatever
    /// the broker remembers.
    resend: bool,
    /// The session ended; nothing is taken any more.
    over: bool,
}

/// What goes to the library next.
#[derive(Debug)]
pub(crate) enum Next {
    Ask(Ask),
    Publish(Outgoing),
    /// Not sent: the server takes no packet of this size.
    Refuse(PublishId, Error),
}

impl Desk {
    pub fn new(options: &Options) -> Self {
        let keep = !options.clean_session;
        let most_exactly_once = match options.version {
            MqttVersion::V311 => EXACTLY_ONCE,
            // The server says it, and the ring goes by that.
            MqttVersion::V5 => usize::MAX,
        };
        Self {
            version: options.version,
            own_limit: options.max_packet_size,
            alias_size: if options.properties.use_topic_aliases { 3 } else { 0 },
            terms: Terms::default(),
            outbox: Outbox::default(),
            subscriptions: Subscriptions::new(keep),
            flight: Flight::new(keep || options.token.is_some(), most_exactly_once),
            keep,
            online: false,
            paused: false,
            resend: false,
            over: false,
        }
    }

    fn check_alive(&self) -> Result<()> {
        if self.over {
            return Err(Error::new(Code::NotConnected, "The session has ended.").hint("Connect again."));
        }
        Ok(())
    }

    pub fn subscribe(&mut self, filter: &str, subscription: Subscription) -> Result<()> {
        self.check_alive()?;
        if self.version == MqttVersion::V311 && subscription != Subscription::from(subscription.qos) {
            return Err(only_five("Options of a subscription"));
        }
        self.subscriptions.want(filter, subscription)
    }

    pub fn unsubscribe(&mut self, filter: &str) -> Result<()> {
        self.check_alive()?;
        self.subscriptions.drop(filter)
    }

    pub fn publish(&mut self, outgoing: Outgoing) -> Result<()> {
        self.check_alive()?;
        if self.version == MqttVersion::V311 && !outgoing.message.properties.is_empty() {
            return Err(only_five("Properties of a message"));
        }
        outgoing.check_size(self.version, self.limit())?;
        self.outbox.push(outgoing)
    }

    fn limit(&self) -> u32 {
        let limit = self.terms.max_packet_size.map_or(self.own_limit, |server| server.min(self.own_limit));
        limit.saturating_sub(self.alias_size)
    }

    /// A publish that the server would answer by ending the connection (MQTT 5 sections 3.2.2.3.4 and 3.2.2.3.5).
    fn check_terms(&self, outgoing: &Outgoing) -> Result<()> {
        outgoing.check_size(self.version, self.limit())?;
        if outgoing.message.qos > self.terms.maximum_qos {
            let words = format!("the server takes QoS {} at most", self.terms.maximum_qos);
            return Err(Error::new(Code::PublishRefused, words));
        }
        if outgoing.message.retain && !self.terms.retained_messages {
            return Err(Error::new(Code::PublishRefused, "the server stores no retained messages"));
        }
        Ok(())
    }

    /// The next request for the library, if there is one and room for it.
    pub fn next(&mut self, now: Instant) -> Option<Next> {
        if !self.online || self.paused {
            return None;
        }
        if self.subscriptions.has_work() && self.flight.has_room(1) {
            self.flight.spend_id();
            return self.subscriptions.next(now).map(Next::Ask);
        }
        let first = self.outbox.first()?;
        if let Err(error) = self.check_terms(first) {
            return self.outbox.pop().map(|refused| Next::Refuse(refused.publish, error));
        }
        if !self.flight.has_room(first.message.qos) {
            return None;
        }
        let outgoing = self.outbox.pop()?;
        self.flight.hand_over(outgoing.clone());
        Some(Next::Publish(outgoing))
    }

    /// Whether freed room could let something through.
    pub fn has_work(&self) -> bool {
        self.online && !self.paused && (!self.outbox.is_empty() || self.subscriptions.has_work())
    }

    /// Hands out nothing more on this connection.
    pub fn pause(&mut self) {
        self.paused = true;
    }

    /// Whether everything that was handed out was answered.
    pub fn is_settled(&self) -> bool {
        self.flight.is_empty() && self.subscriptions.open_since().is_none()
    }

    /// Whether the broker was asked to keep the session.
    pub fn keeps_session(&self) -> bool {
        self.keep
    }

    /// A connection is up: what became of the filters, and the publishes whose fate stays unknown.
    pub fn connected(&mut self, session_present: bool, terms: &Terms, now: Instant) -> (Resumed, Vec<PublishId>) {
        self.online = true;
        self.terms = terms.clone();
        let resend = std::mem::take(&mut self.resend);
        let unknown = match session_present {
            true => Vec::new(),
            false if resend => self.send_again(),
            false => self.flight.forget().collect(),
        };
        self.flight.connected(terms.receive_maximum, now);
        (self.subscriptions.connected(session_present), unknown)
    }

    /// Puts what waited for an answer back before everything else. Returns what must not be sent twice.
    fn send_again(&mut self) -> Vec<PublishId> {
        let (again, lost) = self.flight.take_back();
        again.into_iter().for_each(|outgoing| self.outbox.put_back(outgoing));
        lost
    }

    /// The PUBLISH that the library just took with this id, as a packet lane shows it.
    pub fn publish_packet(&self, id: u16) -> Option<ControlPacket> {
        let (outgoing, dup) = self.flight.next_taken(id)?;
        let size = outgoing.packet_size(self.version);
        Some(ControlPacket {
            id: (id > 0).then_some(id),
            dup,
            ..packet::publish(Direction::Out, &outgoing.message, size)
        })
    }

    /// The MQTT 5 properties of that PUBLISH.
    pub fn publish_properties(&self, id: u16) -> Option<PublishProperties> {
        self.flight.next_taken(id).map(|(outgoing, _)| outgoing.message.properties.clone())
    }

    /// The request that waits for its SUBACK or UNSUBACK.
    pub fn asked(&self) -> Option<Ask> {
        self.subscriptions.asked()
    }

    pub fn taken(&mut self, id: u16, now: Instant) -> Option<Taken> {
        self.flight.taken(id, now)
    }

    pub fn released(&mut self, id: u16, now: Instant) {
        self.flight.released(id, now);
    }

    pub fn acknowledged(&mut self, id: u16, now: Instant) -> Option<(PublishId, u64)> {
        self.flight.answered(id, now)
    }

    pub fn subscription_answered(
        &mut self,
        suback: Option<&std::result::Result<u8, Text>>,
        now: Instant,
    ) -> Option<(String, u64)> {
        self.subscriptions.answered(suback, now)
    }

    /// What the library must repeat first on the next connection of a session that is kept.
    pub fn repeat(&self) -> Vec<Repeat> {
        self.flight.repeat()
    }

    /// The connection is gone, `planned` or not. What was not taken waits again; what was not answered too, where
    /// the broker keeps the session or the end was planned, else it is returned.
    pub fn disconnected(&mut self, planned: bool) -> Vec<PublishId> {
        self.online = false;
        self.paused = false;
        self.resend |= planned;
        let Self { flight, outbox, .. } = self;
        flight.give_back().for_each(|outgoing| outbox.put_back(outgoing));
        if self.keep || self.resend {
            flight.carry();
            return Vec::new();
        }
        flight.forget().collect()
    }

    /// The session is over: publishes of unknown fate, and those that were never sent.
    pub fn close(&mut self) -> (Vec<PublishId>, Vec<PublishId>) {
        self.online = false;
        self.over = true;
        let Self { flight, outbox, .. } = self;
        flight.give_back().for_each(|outgoing| outbox.put_back(outgoing));
        let mut unknown: Vec<_> = flight.forget().collect();
        let mut unsent = Vec::new();
        while let Some(Outgoing { publish, sent_before, .. }) = outbox.pop() {
            if sent_before { unknown.push(publish) } else { unsent.push(publish) }
        }
        (unknown, unsent)
    }

    /// Since when something that blocks others waits for the broker's answer.
    pub fn blocked_since(&self) -> Option<Instant> {
        let next = self.outbox.first().map_or(1, |first| first.message.qos.max(1));
        let publish = if self.flight.has_room(next) { None } else { self.flight.oldest_since() };
        [publish, self.subscriptions.open_since()].into_iter().flatten().min()
    }
}

fn only_five(what: &str) -> Error {
    Error::new(Code::BadRequest, format!("{what} need MQTT 5; this session speaks 3.1.1."))
        .hint("Connect with MQTT 5, or leave them away.")
}

#[cfg(test)]
mod tests;
