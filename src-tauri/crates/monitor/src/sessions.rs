//! Sessions as the log knows them: their device and name, what they subscribed to, and what they counted.

use crate::log::segment::NO_SLOT;
use crate::topics::Topics;
use hashbrown::HashMap;
use hubscope_model::{DeviceId, Direction, SessionId, SubscriptionId, topic};

/// Messages of one session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionCounts {
    pub received: u64,
    pub sent: u64,
}

/// A subscription of a session. It keeps its place after it is gone, for the colour of older rows.
struct Slot {
    id: SubscriptionId,
    filter: String,
    colour: u8,
    received: u64,
}

/// Which subscriptions claim a topic, and how many messages came this way.
struct Route {
    slots: Vec<usize>,
    received: u64,
}

pub(crate) struct Session {
    pub(crate) id: SessionId,
    pub(crate) device: Option<DeviceId>,
    pub(crate) name: String,
    /// Nobody checked its server.
    pub(crate) unverified: bool,
    /// Topics of one scope are one tree: those of a device, else of the session.
    pub(crate) scope: u32,
    counts: SessionCounts,
    slots: Vec<Slot>,
    /// Slots that are subscribed now, in the order given.
    active: Vec<usize>,
    routes: Vec<Route>,
    /// Unique to this session and these subscriptions; tells whether a topic's route is still good.
    epoch: u32,
}

#[derive(Default)]
pub(crate) struct Sessions {
    all: Vec<Session>,
    indices: HashMap<SessionId, u32>,
    scopes: HashMap<DeviceId, u32>,
    latest: u32,
    epoch: u32,
}

impl Sessions {
    pub(crate) fn get(&self, index: u32) -> Option<&Session> {
        self.all.get(index as usize)
    }

    pub(crate) fn all(&self) -> &[Session] {
        &self.all
    }

    pub(crate) fn find(&self, id: SessionId) -> Option<&Session> {
        self.indices.get(&id).and_then(|index| self.get(*index))
    }

    /// The session's index; one that was never registered has no device and no name.
    pub(crate) fn index(&mut self, id: SessionId, topics: &mut Topics) -> u32 {
        if self.get(self.latest).is_some_and(|session| session.id == id) {
            return self.latest;
        }
        self.latest = match self.indices.get(&id) {
            Some(index) => *index,
            None => self.register(id, None, "", topics),
        };
        self.latest
    }

    /// Nobody checked the server of this session.
    pub(crate) fn mark_unverified(&mut self, id: SessionId, topics: &mut Topics) {
        let index = self.index(id, topics);
        self.all[index as usize].unverified = true;
    }

    /// The scope of the session at `index`, which [`Sessions::index`] answered.
    pub(crate) fn scope(&self, index: u32) -> u32 {
        self.all[index as usize].scope
    }

    pub(crate) fn register(&mut self, id: SessionId, device: Option<DeviceId>, name: &str, topics: &mut Topics) -> u32 {
        let scope = match device {
            Some(device) => *self.scopes.entry(device).or_insert_with(|| topics.add_scope()),
            None => self.find(id).map_or_else(|| topics.add_scope(), |session| session.scope),
        };
        if let Some(index) = self.indices.get(&id).copied() {
            let session = &mut self.all[index as usize];
            (session.device, session.scope) = (device, scope);
            name.clone_into(&mut session.name);
            return index;
        }
        let index = self.all.len() as u32;
        self.epoch += 1;
        self.all.push(Session {
            id,
            device,
            name: name.to_owned(),
            unverified: false,
            scope,
            counts: SessionCounts::default(),
            slots: Vec::new(),
            active: Vec::new(),
            routes: Vec::new(),
            epoch: self.epoch,
        });
        self.indices.insert(id, index);
        index
    }

    pub(crate) fn subscribe(&mut self, index: u32, subscriptions: Vec<(SubscriptionId, String, u8)>) {
        self.epoch += 1;
        let session = &mut self.all[index as usize];
        session.epoch = self.epoch;
        session.settle();
        session.active.clear();
        for (id, filter, colour) in subscriptions {
            let slot = match session.slots.iter().position(|slot| slot.id == id) {
                Some(known) => known,
                None => {
                    session.slots.push(Slot { id, filter: filter.clone(), colour, received: 0 });
                    session.slots.len() - 1
                }
            };
            let at = &mut session.slots[slot];
            if at.filter != filter {
                (at.filter, at.received) = (filter, 0);
            }
            at.colour = colour;
            session.active.push(slot);
        }
    }

    /// Counts a message of this session; answers the slot of the subscription that brought it.
    pub(crate) fn count(&mut self, index: u32, direction: Direction, topic: u32, raw: &str, topics: &mut Topics) -> u8 {
        let session = &mut self.all[index as usize];
        if direction == Direction::Out {
            session.counts.sent += 1;
            return NO_SLOT;
        }
        session.counts.received += 1;
        if session.active.is_empty() || direction == Direction::Hub {
            return NO_SLOT;
        }
        let route = match topics.passing(topic) {
            Some(passing) if passing.epoch == session.epoch => passing.route as usize,
            Some(passing) => {
                let route = session.route(raw);
                (passing.epoch, passing.route) = (session.epoch, route as u32);
                route
            }
            None => session.route(raw),
        };
        let route = &mut session.routes[route];
        route.received += 1;
        route.slots.first().and_then(|slot| u8::try_from(*slot).ok()).unwrap_or(NO_SLOT)
    }
}

impl Session {
    pub(crate) fn counts(&self) -> SessionCounts {
        self.counts
    }

    /// Data colour of a slot.
    pub(crate) fn colour(&self, slot: u8) -> Option<u8> {
        if slot == NO_SLOT { None } else { self.slots.get(usize::from(slot)).map(|slot| slot.colour) }
    }

    /// Messages received per active subscription, in the order given.
    pub(crate) fn subscription_counts(&self) -> Vec<(SubscriptionId, u64)> {
        let through = |slot: &usize| -> u64 {
            self.routes.iter().filter(|route| route.slots.contains(slot)).map(|route| route.received).sum()
        };
        self.active.iter().map(|slot| (self.slots[*slot].id, self.slots[*slot].received + through(slot))).collect()
    }

    /// The route of a topic; there are as many as there are different sets of subscriptions that overlap.
    fn route(&mut self, raw: &str) -> usize {
        let slots: Vec<usize> =
            self.active.iter().copied().filter(|slot| topic::matches(&self.slots[*slot].filter, raw)).collect();
        match self.routes.iter().position(|route| route.slots == slots) {
            Some(route) => route,
            None => {
                self.routes.push(Route { slots, received: 0 });
                self.routes.len() - 1
            }
        }
    }

    /// Moves the counts of the routes to their subscriptions.
    fn settle(&mut self) {
        for route in self.routes.drain(..) {
            for slot in route.slots {
                self.slots[slot].received += route.received;
            }
        }
    }
}
