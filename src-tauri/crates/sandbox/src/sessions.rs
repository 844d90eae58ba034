//! Who is connected, and which sessions wait for their client to come back.

use crate::message::Will;
use crate::outbox::Outbox;
use crate::subscriptions::Subscription;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::time::Instant;

/// One session of this run; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SessionKey(pub u64);

/// Why the hub ended a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Another connection came with the same client id.
    TakenOver,
    /// Messages of QoS 1 or 2 found no room in its outbox.
    TooSlow,
    /// Its credential is not good any more.
    Withdrawn,
}

#[derive(Debug)]
pub(crate) struct Session {
    /// Under which a newer connection takes this one over. None for the simulated devices, which nobody can push away.
    pub client_id: Option<String>,
    /// The devices that it speaks for.
    pub devices: HashSet<Arc<str>>,
    pub outbox: Outbox,
    pub filters: HashMap<String, Subscription>,
    /// QoS 2 messages that the client sent and has not released yet: they are not routed again [MQTT-4.3.3-2].
    pub received: HashSet<u16>,
    pub will: Option<Will>,
    /// Set once; the connection reads it and goes.
    pub ended: Option<Ended>,
    /// Rings when the outbox got something or the session ended.
    pub wake: Arc<Notify>,
    /// Seconds that it is kept after its connection; 0 is not at all.
    pub expiry: u32,
    /// Its client is away; then it is forgotten at this time.
    pub away_until: Option<Instant>,
    /// When the will of a client that is away is published, if it waits.
    pub will_at: Option<Instant>,
}

#[derive(Debug, Default)]
pub(crate) struct Sessions {
    next: u64,
    by_key: HashMap<SessionKey, Session>,
    by_client_id: HashMap<String, SessionKey>,
}

impl Sessions {
    /// Adds a session. A session with the same client id must have been ended before.
    pub fn add(&mut self, client_id: Option<String>, will: Option<Will>, expiry: u32) -> (SessionKey, &mut Session) {
        self.next += 1;
        let key = SessionKey(self.next);
        if let Some(id) = &client_id {
            self.by_client_id.insert(id.clone(), key);
        }
        let session = Session {
            client_id,
            devices: HashSet::new(),
            outbox: Outbox::default(),
            filters: HashMap::new(),
            received: HashSet::new(),
            will,
            ended: None,
            wake: Arc::default(),
            expiry,
            away_until: None,
            will_at: None,
        };
        (key, self.by_key.entry(key).or_insert(session))
    }

    /// The session of a client id, its client online or away.
    pub fn with_client_id(&self, client_id: &str) -> Option<SessionKey> {
        self.by_client_id.get(client_id).copied()
    }

    pub fn get_mut(&mut self, key: SessionKey) -> Option<&mut Session> {
        self.by_key.get_mut(&key)
    }

    pub fn is_away(&self, key: SessionKey) -> bool {
        self.by_key.get(&key).is_some_and(|session| session.away_until.is_some())
    }

    /// Somebody is there to take a message.
    pub fn is_online(&self, key: SessionKey) -> bool {
        self.by_key.get(&key).is_some_and(|session| session.away_until.is_none() && session.ended.is_none())
    }

    /// The sessions without a client whose will is due.
    pub fn wills_due(&self, now: Instant) -> Vec<SessionKey> {
        let due = |session: &Session| session.will_at.is_some_and(|at| at <= now);
        self.by_key.iter().filter(|(_, session)| due(session)).map(|(key, _)| *key).collect()
    }

    /// When something is to be done for a session without a client, by time alone.
    pub fn next_due(&self) -> Option<Instant> {
        self.by_key.values().filter_map(|session| session.will_at.or(session.away_until)).min()
    }

    /// The sessions that speak for a device.
    pub fn of_device(&self, device: &str) -> Vec<SessionKey> {
        self.by_key.iter().filter(|(_, session)| session.devices.contains(device)).map(|(key, _)| *key).collect()
    }

    /// The sessions without a client, the one that is forgotten soonest first.
    pub fn away(&self) -> Vec<(Instant, SessionKey)> {
        let mut away: Vec<_> =
            self.by_key.iter().filter_map(|(key, session)| Some((session.away_until?, *key))).collect();
        away.sort();
        away
    }

    /// Frees the client id of a session that has ended.
    pub fn release_client_id(&mut self, key: SessionKey) {
        let id = self.by_key.get_mut(&key).and_then(|session| session.client_id.take());
        if let Some(id) = id {
            self.by_client_id.remove(&id);
        }
    }

    pub fn remove(&mut self, key: SessionKey) {
        self.release_client_id(key);
        self.by_key.remove(&key);
    }

    /// Clients online, without the simulated devices.
    pub fn clients(&self) -> usize {
        let online = |key: &&SessionKey| !self.is_away(**key);
        self.by_client_id.values().filter(online).count()
    }
}
