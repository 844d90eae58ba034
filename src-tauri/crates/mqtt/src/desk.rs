//! What callers and the session's task share: the outbox, the wanted subscriptions, what is in flight.
//! One short lock, never held across an await and never while the sink is called.

use crate::Options;
use crate::flight::{Flight, Taken};
use crate::outbox::{Outbox, Outgoing};
use crate::subscriptions::{Ask, Resumed, Subscriptions};
use hubscope_model::{Code, Error, MqttVersion, PublishId, Result};
use std::time::Instant;

pub(crate) struct Desk {
    version: MqttVersion,
    own_limit: u32,
    server_limit: Option<u32>,
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
        Self {
            version: options.version,
            own_limit: options.max_packet_size,
            server_limit: None,
            outbox: Outbox::default(),
            subscriptions: Subscriptions::new(keep),
            flight: Flight::new(keep || options.token.is_some()),
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

    pub fn subscribe(&mut self, filter: &str, qos: u8) -> Result<()> {
        self.check_alive()?;
        self.subscriptions.want(filter, qos)
    }

    pub fn unsubscribe(&mut self, filter: &str) -> Result<()> {
        self.check_alive()?;
        self.subscriptions.drop(filter)
    }

    pub fn publish(&mut self, outgoing: Outgoing) -> Result<()> {
        self.check_alive()?;
        outgoing.check_size(self.version, self.limit())?;
        self.outbox.push(outgoing)
    }

    fn limit(&self) -> u32 {
        self.server_limit.map_or(self.own_limit, |server| server.min(self.own_limit))
    }

    /// The next request for the library, if there is one and room for it.
    pub fn next(&mut self, now: Instant) -> Option<Next> {
        if !self.online || self.paused {
            return None;
        }
        if self.subscriptions.has_work() && self.flight.has_room(true) {
            self.flight.spend_id();
            return self.subscriptions.next(now).map(Next::Ask);
        }
        let first = self.outbox.first()?;
        if let Err(error) = first.check_size(self.version, self.limit()) {
            return self.outbox.pop().map(|refused| Next::Refuse(refused.publish, error));
        }
        if !self.flight.has_room(first.qos > 0) {
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

    /// A connection is up: what became of the filters, and the publishes whose fate stays unknown.
    pub fn connected(
        &mut self,
        session_present: bool,
        receive_max: Option<u16>,
        server_limit: Option<u32>,
        now: Instant,
    ) -> (Resumed, Vec<PublishId>) {
        self.online = true;
        self.server_limit = server_limit;
        let resend = std::mem::take(&mut self.resend);
        let unknown = match session_present {
            true => Vec::new(),
            false if resend => {
                self.send_again();
                Vec::new()
            }
            false => self.flight.forget().collect(),
        };
        self.flight.connected(receive_max, now);
        (self.subscriptions.connected(session_present), unknown)
    }

    /// Puts what waited for an answer back before everything else.
    fn send_again(&mut self) {
        let Self { flight, outbox, .. } = self;
        flight.take_back().for_each(|outgoing| outbox.put_back(outgoing));
    }

    pub fn taken(&mut self, id: u16, now: Instant) -> Option<Taken> {
        self.flight.taken(id, now)
    }

    pub fn acknowledged(&mut self, id: u16, now: Instant) -> Option<(PublishId, u64)> {
        self.flight.answered(id, now)
    }

    pub fn subscription_answered(
        &mut self,
        suback: Option<&std::result::Result<u8, String>>,
        now: Instant,
    ) -> Option<(String, u64)> {
        self.subscriptions.answered(suback, now)
    }

    /// What the library must repeat first on the next connection of a session that is kept.
    pub fn repeat(&self) -> Vec<(u16, Outgoing)> {
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
        let publish = if self.flight.has_room(true) { None } else { self.flight.oldest_since() };
        [publish, self.subscriptions.open_since()].into_iter().flatten().min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use std::time::Duration;

    fn desk(clean_session: bool) -> Desk {
        Desk::new(&Options { clean_session, max_packet_size: 1000, ..Options::new("h", 1, "c") })
    }

    fn next_publish(desk: &mut Desk) -> Option<u32> {
        match desk.next(Instant::now()) {
            Some(Next::Publish(outgoing)) => Some(outgoing.publish.0),
            _ => None,
        }
    }

    /// What the library had queued and not read is lost with its event loop; ours is not.
    #[test]
    fn what_was_handed_over_and_not_taken_keeps_its_place() {
        let mut desk = desk(true);
        for id in 0..100 {
            let (topic, payload) = ("t".to_owned(), Bytes::new());
            desk.publish(Outgoing {
                publish: PublishId(id),
                topic,
                payload,
                qos: 1,
                retain: false,
                sent_before: false,
            })
            .unwrap();
        }
        assert_eq!(next_publish(&mut desk), None, "not online");
        desk.connected(false, None, None, Instant::now());
        let handed: Vec<_> = std::iter::from_fn(|| next_publish(&mut desk)).collect();
        assert!(handed.len() > 10 && handed.len() < 100, "bounded: {}", handed.len());
        desk.taken(1, Instant::now());
        desk.taken(2, Instant::now());
        assert_eq!(desk.disconnected(false), [PublishId(0), PublishId(1)]);

        desk.connected(false, None, None, Instant::now());
        let again: Vec<_> = std::iter::from_fn(|| next_publish(&mut desk)).take(20).collect();
        assert!(again.into_iter().eq(2..22));
        let (unknown, unsent) = desk.close();
        assert_eq!((unknown, unsent.last()), (Vec::new(), Some(&PublishId(99))));
    }

    /// Hours without a connection are not the fault of the one that comes then.
    #[test]
    fn a_publish_of_an_earlier_connection_waits_anew_on_the_next() {
        let mut desk = desk(false);
        let first = Instant::now();
        desk.connected(false, None, None, first);
        let (topic, payload) = ("t".to_owned(), Bytes::new());
        desk.publish(Outgoing { publish: PublishId(1), topic, payload, qos: 1, retain: false, sent_before: false })
            .unwrap();
        assert_eq!(next_publish(&mut desk), Some(1));
        desk.taken(7, first);
        assert_eq!(desk.disconnected(false), []);

        let second = first + Duration::from_secs(3600);
        desk.connected(true, None, None, second);
        assert_eq!(desk.blocked_since(), Some(second));
        let answered = desk.acknowledged(7, second + Duration::from_secs(1));
        assert_eq!(answered, Some((PublishId(1), 3_601_000_000)), "counted from when it was sent first");
        assert_eq!(desk.blocked_since(), None);
    }
}
