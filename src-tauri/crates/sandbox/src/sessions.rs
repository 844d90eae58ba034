//! Who is connected. Sessions end with their connection: nothing is kept for a client that is away.

use crate::message::Message;
use crate::outbox::Outbox;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::Notify;

/// One session of this run; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SessionKey(pub u64);

/// Why the broker ended a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Another connection came with the same client id.
    TakenOver,
    /// QoS 1 messages found no room in its outbox.
    TooSlow,
}

#[derive(Debug)]
pub(crate) struct Session {
    /// None for the simulated devices, which no client id can push away.
    pub client_id: Option<String>,
    pub outbox: Outbox,
    pub filters: HashSet<String>,
    pub will: Option<Message>,
    /// Set once; the connection reads it and goes.
    pub ended: Option<Ended>,
    /// Rings when the outbox got something or the session ended.
    pub wake: Arc<Notify>,
}

#[derive(Debug, Default)]
pub(crate) struct Sessions {
    next: u64,
    by_key: HashMap<SessionKey, Session>,
    by_client_id: HashMap<String, SessionKey>,
}

impl Sessions {
    /// Adds a session. A session with the same client id must have been ended before.
    pub fn add(&mut self, client_id: Option<String>, will: Option<Message>) -> (SessionKey, Arc<Notify>) {
        self.next += 1;
        let key = SessionKey(self.next);
        let wake = Arc::new(Notify::new());
        if let Some(id) = &client_id {
            self.by_client_id.insert(id.clone(), key);
        }
        let session = Session {
            client_id,
            outbox: Outbox::default(),
            filters: HashSet::new(),
            will,
            ended: None,
            wake: wake.clone(),
        };
        self.by_key.insert(key, session);
        (key, wake)
    }

    /// The live session of a client id.
    pub fn with_client_id(&self, client_id: &str) -> Option<SessionKey> {
        self.by_client_id.get(client_id).copied()
    }

    pub fn get_mut(&mut self, key: SessionKey) -> Option<&mut Session> {
        self.by_key.get_mut(&key)
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

    /// Clients with a client id, that is without the simulated devices.
    pub fn clients(&self) -> usize {
        self.by_client_id.len()
    }
}
