//! All live sessions, one a device.

use crate::account::Account;
use crate::changes::{Area, Changes};
use crate::lanes::Lanes;
use crate::live::{Facts, Live, LogSink};
use crate::{Engine, now};
use bytes::Bytes;
use hubscope_model::{
    ClientId, Code, DeviceId, Direction, Error, Grant, PayloadDraft, PublishDraft, PublishId, PublishOutcome,
    Published, Result, Seq, SessionId, SessionState, Subscription, text,
};
use hubscope_monitor::{Monitor, NewMessage};
use hubscope_mqtt::{Options, Publish};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A session and the handle that drives it.
#[derive(Clone)]
struct Running {
    live: Arc<Live>,
    handle: hubscope_mqtt::Session,
}

/// Sessions by device, and whether more may come.
#[derive(Default)]
struct Open {
    running: HashMap<DeviceId, Running>,
    /// The engine stops: a session that started now would be closed by nobody.
    closing: bool,
}

/// Sessions by device. A device that is connected again gets a new session; the last one stays listed.
#[derive(Clone)]
pub struct Sessions {
    monitor: Monitor,
    changes: Arc<Changes>,
    lanes: Arc<Lanes>,
    open: Arc<Mutex<Open>>,
    next_session: Arc<AtomicU32>,
    next_publish: Arc<AtomicU32>,
}

impl Sessions {
    pub fn new(monitor: Monitor, changes: Arc<Changes>, lanes: Arc<Lanes>) -> Self {
        Self {
            monitor,
            changes,
            lanes,
            open: Arc::default(),
            next_session: Arc::new(AtomicU32::new(1)),
            next_publish: Arc::new(AtomicU32::new(1)),
        }
    }

    /// Starts a session; one that still runs for the device is closed first. `unverified`: nobody checked its server.
    ///
    /// Errors: `Cancelled`, once [`Sessions::close_all`] was called.
    pub async fn start(
        &self,
        account: Account,
        options: Options,
        subscriptions: Vec<Subscription>,
        unverified: bool,
    ) -> Result<hubscope_model::Session> {
        let device = account.device.id;
        self.close(device).await;
        let facts = Facts {
            id: SessionId(self.next_session.fetch_add(1, Ordering::Relaxed)),
            device,
            version: options.version,
            client_id: options.client_id.clone(),
            endpoint: hubscope_hubs::endpoint(&account.hub),
            keep_alive: options.keep_alive,
            unverified,
        };
        let (running, raced) = {
            // Asked, started and listed under one lock: `close_all` comes before, and nothing starts, or after, and
            // closes it.
            let mut open = self.open.lock();
            if open.closing {
                return Err(Error::new(Code::Cancelled, "Hubscope is closing and connects no more."));
            }
            let topic_secrets = hubscope_hubs::topic_secrets(&account.device, &account.secrets);
            self.monitor.register_session(facts.id, Some(device), &account.device.name, topic_secrets);
            if unverified {
                self.monitor.mark_unverified(facts.id);
            }
            let live = Arc::new(Live::new(facts, account));
            let sink = LogSink {
                live: live.clone(),
                monitor: self.monitor.clone(),
                changes: self.changes.clone(),
                lanes: self.lanes.clone(),
            };
            let options = Options { watch_packets: self.lanes.is_open(device), ..options };
            let running = Running { live, handle: hubscope_mqtt::Session::start(options, sink) };
            let raced = open.running.insert(device, running.clone());
            (running, raced)
        };
        running.follow(&self.monitor, subscriptions);
        let model = running.live.model(&self.monitor);
        // Two connects at once: the later one stays.
        if let Some(raced) = raced {
            raced.handle.close().await;
        }
        self.changes.bump(Area::Sessions);
        Ok(model)
    }

    /// Lets a live session follow the device's subscriptions as they are now.
    pub fn follow(&self, device: DeviceId, subscriptions: Vec<Subscription>) {
        if let Some(running) = self.get(device) {
            running.follow(&self.monitor, subscriptions);
            self.changes.bump(Area::Sessions);
        }
    }

    pub async fn close(&self, device: DeviceId) {
        if let Some(running) = self.get(device) {
            running.handle.close().await;
            self.changes.bump(Area::Sessions);
        }
    }

    /// Closes all sessions, for good: none can be started any more.
    pub async fn close_all(&self) {
        let all: Vec<_> = {
            let mut open = self.open.lock();
            open.closing = true;
            open.running.drain().map(|(_, running)| running).collect()
        };
        close_together(all).await;
    }

    /// Closes the sessions of several devices at the same time: each may take two seconds.
    pub async fn close_many(&self, devices: impl IntoIterator<Item = DeviceId>) {
        let some: Vec<_> = devices.into_iter().filter_map(|device| self.get(device)).collect();
        close_together(some).await;
        self.changes.bump(Area::Sessions);
    }

    pub fn publish(&self, device: DeviceId, message: Publish) -> Result<Published> {
        let running = self.get(device).ok_or_else(not_connected)?;
        match running.live.state() {
            SessionState::Idle | SessionState::Closing | SessionState::Failed { .. } => return Err(not_connected()),
            SessionState::Online { .. } | SessionState::Connecting { .. } | SessionState::Waiting { .. } => {}
        }
        let message = Publish { topic: running.live.account.expand(&message.topic), ..message };
        let publish = PublishId(self.next_publish.fetch_add(1, Ordering::Relaxed));
        running.handle.publish(publish, message.clone())?;
        let seq = self.log_sent(&running.live, &message);
        // Pending first: from the next line on the broker's answer may be written by the poll task.
        self.monitor.amend(seq, PublishOutcome::Pending);
        if let Some(outcome) = running.live.expect_outcome(publish, seq) {
            self.monitor.amend(seq, outcome);
        }
        self.changes.ring();
        Ok(Published { seq, publish })
    }

    fn log_sent(&self, live: &Live, sent: &Publish) -> Seq {
        let session = live.facts.id;
        let message = NewMessage {
            time: now(),
            session,
            direction: Direction::Out,
            topic: &sent.topic,
            payload: &sent.payload,
            properties: &sent.properties.listed(),
            qos: sent.qos,
            retain: sent.retain,
            dup: false,
        };
        self.monitor.append([message]).start
    }

    pub fn list(&self) -> Vec<hubscope_model::Session> {
        let mut sessions: Vec<_> = self.lives().iter().map(|live| live.model(&self.monitor)).collect();
        sessions.sort_by_key(|session| session.id);
        sessions
    }

    pub fn online(&self) -> u32 {
        let open = self.open.lock();
        let online =
            open.running.values().filter(|running| matches!(running.live.state(), SessionState::Online { .. }));
        u32::try_from(online.count()).unwrap_or(u32::MAX)
    }

    /// The live part of each session, for who follows them all.
    pub fn lives(&self) -> Vec<Arc<Live>> {
        self.open.lock().running.values().map(|running| running.live.clone()).collect()
    }

    /// The live part of a device's session.
    pub fn live(&self, device: DeviceId) -> Option<Arc<Live>> {
        self.get(device).map(|running| running.live)
    }

    /// Reconnects a device's session with a fresh token.
    pub fn renew(&self, device: DeviceId) -> Result<()> {
        let running = self.get(device).ok_or_else(not_connected)?;
        if running.live.facts.unverified {
            return Err(Error::new(Code::BadRequest, "A connection that was made without a check is not renewed.")
                .hint("Connect again when the server is trusted."));
        }
        running.handle.renew()
    }

    /// Whether a device's live session tells of its control packets.
    pub fn watch_packets(&self, device: DeviceId, on: bool) {
        if let Some(running) = self.get(device) {
            running.handle.watch_packets(on);
        }
    }

    /// Whether a device's live session exchanges its token by itself.
    pub fn set_auto_renew(&self, device: DeviceId, on: bool) {
        if let Some(running) = self.get(device).filter(|running| !running.live.facts.unverified) {
            running.handle.set_auto_renew(on);
        }
    }

    fn get(&self, device: DeviceId) -> Option<Running> {
        self.open.lock().running.get(&device).cloned()
    }
}

fn not_connected() -> Error {
    Error::new(Code::NotConnected, "The device is not connected.").hint("Connect it, then try again.")
}

async fn close_together(sessions: Vec<Running>) {
    let mut closing: tokio::task::JoinSet<()> =
        sessions.into_iter().map(|running| async move { running.handle.close().await }).collect();
    while closing.join_next().await.is_some() {}
}

impl Running {
    /// Subscribes to what is new, unsubscribes from what is gone or switched off.
    fn follow(&self, monitor: &Monitor, mut subscriptions: Vec<Subscription>) {
        subscriptions.iter_mut().for_each(|one| one.filter = self.live.account.expand(&one.filter));
        let version = self.live.facts.version;
        let asked =
            |one: &Subscription| (one.filter.clone(), hubscope_hubs::subscription(one.qos, &one.options, version));
        let wanted =
            |all: &[Subscription]| -> HashMap<_, _> { all.iter().filter(|one| one.enabled).map(asked).collect() };
        let before = self.live.subscriptions();
        let (mut old, new) = (wanted(&before), wanted(&subscriptions));
        if before.is_empty() {
            // A session that the broker kept may still have what was switched off since.
            old.extend(subscriptions.iter().filter(|one| !one.enabled).map(asked));
        }
        let colours = subscriptions.iter().filter(|one| one.enabled);
        monitor.set_subscriptions(
            self.live.facts.id,
            colours.map(|one| (one.id, one.filter.clone(), one.colour)).collect(),
        );
        self.live.set_subscriptions(subscriptions);
        for filter in old.keys().filter(|filter| !new.contains_key(*filter)) {
            self.live.forget_grant(filter);
            self.tell(filter, self.handle.unsubscribe(filter));
        }
        for (filter, how) in new.iter().filter(|(filter, how)| old.get(*filter) != Some(how)) {
            self.live.forget_grant(filter);
            self.tell(filter, self.handle.subscribe(filter, how.clone()));
        }
    }

    /// A filter that the session did not take is shown at its subscription.
    fn tell(&self, filter: &str, result: Result<()>) {
        if let Err(error) = result {
            self.live.set_grant(filter, Grant::Refused { reason: text!("{error}", error = &error) });
        }
    }
}

impl Engine {
    /// Hands a message to the device's session, and remembers it for the composer.
    pub(crate) async fn publish(&self, client: ClientId, draft: PublishDraft) -> Result<Published> {
        let payload = Bytes::from(match &draft.payload {
            PayloadDraft::File { handle } => self.read_file(client, *handle).await?.1,
            given => hubscope_hubs::payload(given)?,
        });
        let message = Publish {
            topic: draft.topic.clone(),
            payload: payload.clone(),
            qos: draft.qos,
            retain: draft.retain,
            properties: hubscope_hubs::publish_properties(&draft.properties)?,
        };
        let published = self.sessions.publish(draft.device, message)?;
        self.remember_publish(draft, &payload).await;
        Ok(published)
    }
}
