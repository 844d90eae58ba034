//! One live session: what the MQTT session tells goes to the log and into a state that pages fetch.

use crate::account::Account;
use crate::changes::{Area, Changes};
use crate::lanes::Lanes;
use crate::now;
use hubscope_model::{
    ControlPacket, DeviceId, Direction, EntryClass, Error, Grant, MqttVersion, PublishId, PublishOutcome, Renewal, Seq,
    SessionId, SessionState, Severity, Subscription, SubscriptionStatus, Terms, Text, text,
};
use hubscope_monitor::{Monitor, NewMessage};
use hubscope_mqtt::{Event, Received, Sink};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a session is known by, fixed when it was started.
pub struct Facts {
    pub id: SessionId,
    pub device: DeviceId,
    pub version: MqttVersion,
    pub client_id: String,
    pub endpoint: String,
    pub keep_alive: u16,
    /// Connected once without a check of the server.
    pub unverified: bool,
}

/// The part of a session that changes.
pub struct Live {
    pub facts: Facts,
    pub account: Account,
    token: Mutex<Option<LiveToken>>,
    state: Mutex<SessionState>,
    tls: Mutex<Option<String>>,
    /// None: not told.
    terms: Mutex<Option<Terms>>,
    grants: Mutex<HashMap<String, Grant>>,
    subscriptions: Mutex<Vec<Subscription>>,
    outcomes: Mutex<Outcomes>,
    /// Microseconds; zero means not known.
    round_trip: AtomicU64,
}

/// The SAS token that a session sent last.
#[derive(Clone, Debug)]
pub struct LiveToken {
    /// Unix seconds.
    pub issued: i64,
    pub expires: i64,
    /// None: it is not renewed by itself.
    pub renews: Option<i64>,
    /// How it was renewed last.
    pub renewal: Option<Renewal>,
}

/// Publishes that wait for their outcome. A fast broker may answer before the entry's sequence is known here.
#[derive(Default)]
struct Outcomes {
    waiting: HashMap<PublishId, Seq>,
    early: HashMap<PublishId, PublishOutcome>,
}

impl Live {
    pub fn new(facts: Facts, account: Account) -> Self {
        Self {
            facts,
            account,
            token: Mutex::default(),
            state: Mutex::new(SessionState::Idle),
            tls: Mutex::default(),
            terms: Mutex::default(),
            grants: Mutex::default(),
            subscriptions: Mutex::default(),
            outcomes: Mutex::default(),
            round_trip: AtomicU64::new(0),
        }
    }

    pub fn state(&self) -> SessionState {
        self.state.lock().clone()
    }

    pub fn is_online(&self) -> bool {
        matches!(*self.state.lock(), SessionState::Online { .. })
    }

    /// Puts a better explanation in the place of a refusal that is still in force.
    pub fn replace_error(&self, error: &Error) {
        match &mut *self.state.lock() {
            SessionState::Waiting { reason: stated, .. } | SessionState::Failed { error: stated } => {
                *stated = error.clone();
            }
            _ => {}
        }
    }

    pub fn token(&self) -> Option<LiveToken> {
        self.token.lock().clone()
    }

    pub fn subscriptions(&self) -> Vec<Subscription> {
        self.subscriptions.lock().clone()
    }

    pub fn set_subscriptions(&self, subscriptions: Vec<Subscription>) {
        *self.subscriptions.lock() = subscriptions;
    }

    /// Forgets what the broker said to a filter, because it is asked again or no more.
    pub fn forget_grant(&self, filter: &str) {
        self.grants.lock().remove(filter);
    }

    pub fn set_grant(&self, filter: &str, grant: Grant) {
        self.grants.lock().insert(filter.to_owned(), grant);
    }

    /// Ties a publish to its entry; answers the outcome if it came first.
    pub fn expect_outcome(&self, publish: PublishId, seq: Seq) -> Option<PublishOutcome> {
        let mut outcomes = self.outcomes.lock();
        let early = outcomes.early.remove(&publish);
        if early.is_none() {
            outcomes.waiting.insert(publish, seq);
        }
        early
    }

    pub fn model(&self, monitor: &Monitor) -> hubscope_model::Session {
        let counts: HashMap<_, _> = monitor.subscription_counts(self.facts.id).into_iter().collect();
        let messages = monitor.session_counts(self.facts.id);
        let grants = self.grants.lock();
        let subscriptions = self.subscriptions.lock();
        let statuses =
            subscriptions.iter().filter(|subscription| subscription.enabled).map(|subscription| SubscriptionStatus {
                subscription: subscription.id,
                grant: grants.get(&subscription.filter).cloned().unwrap_or(Grant::Pending),
                received: counts.get(&subscription.id).copied().unwrap_or(0),
            });
        let round_trip = self.round_trip.load(Ordering::Relaxed);
        hubscope_model::Session {
            id: self.facts.id,
            device: self.facts.device,
            state: self.state(),
            version: self.facts.version,
            tls: self.tls.lock().clone(),
            client_id: self.facts.client_id.clone(),
            endpoint: self.facts.endpoint.clone(),
            unverified: self.facts.unverified,
            keep_alive: self.facts.keep_alive,
            terms: self.terms.lock().clone(),
            round_trip: (round_trip > 0).then_some(round_trip),
            received: messages.received,
            sent: messages.sent,
            subscriptions: statuses.collect(),
        }
    }
}

/// Carries what an MQTT session tells into the log. Called from the session's poll task.
pub struct LogSink {
    pub live: Arc<Live>,
    pub monitor: Monitor,
    pub changes: Arc<Changes>,
    pub lanes: Arc<Lanes>,
}

impl Sink for LogSink {
    fn messages(&mut self, time: i64, batch: &mut Vec<Received>) {
        let session = self.live.facts.id;
        self.monitor.append(batch.iter().map(|received| NewMessage {
            time,
            session,
            direction: Direction::In,
            topic: received.topic.as_str(),
            payload: &received.payload,
            properties: &received.properties,
            qos: received.qos,
            retain: received.retain,
            dup: received.dup,
        }));
        batch.clear();
        self.changes.ring();
    }

    fn packet(&mut self, packet: ControlPacket) {
        self.lanes.push(self.live.facts.device, self.masked(packet), &self.changes);
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::State(state) => self.enter(state),
            Event::Subscribed { filter, grant } => self.subscribed(filter, grant),
            Event::Unsubscribed { filter } => {
                self.live.forget_grant(&filter);
                self.changes.bump(Area::Sessions);
            }
            Event::Published { publish, outcome } => self.published(publish, outcome),
            // Shown with the next change of the session; a round trip alone is no reason to fetch.
            Event::RoundTrip { micros } => self.live.round_trip.store(micros, Ordering::Relaxed),
            Event::Tls(version) => *self.live.tls.lock() = Some(version),
            Event::Terms(terms) => self.terms(terms),
            Event::Token { issued, expires, renews } => self.token_sent(issued, expires, renews),
            Event::Renewed { gap } => self.renewed(Renewal { at: now(), gap: Some(gap), error: None }),
            Event::RenewalFailed { error } => {
                let error = self.live.account.explain(error);
                self.renewed(Renewal { at: now(), gap: None, error: Some(error) });
            }
        }
    }
}

impl LogSink {
    /// Puts marks in the place of secrets.
    fn masked(&self, mut packet: ControlPacket) -> ControlPacket {
        let mask = |text: &mut String| *text = self.monitor.redact(text);
        packet.topic.iter_mut().for_each(mask);
        packet.details.iter_mut().for_each(|detail| {
            mask(&mut detail.name);
            mask(&mut detail.value);
        });
        packet
    }

    fn note(&self, severity: Severity, text: Text) {
        self.monitor.append_event(now(), Some(self.live.facts.id), EntryClass::Event, severity, text);
        self.changes.ring();
    }

    fn token_sent(&self, issued: i64, expires: i64, renews: Option<i64>) {
        let mut token = self.live.token.lock();
        let renewal = token.take().and_then(|old| old.renewal);
        *token = Some(LiveToken { issued, expires, renews, renewal });
        drop(token);
        self.changes.bump(Area::Tokens);
    }

    fn renewed(&self, renewal: Renewal) {
        match (&renewal.error, renewal.gap) {
            (Some(error), _) => {
                self.note(Severity::Warning, text!("SAS token not renewed: {error}", error = sentence(error)))
            }
            (None, gap) => {
                let gap = gap.unwrap_or_default() as f64 / 1e6;
                self.note(Severity::Info, text!("SAS token renewed, {gap} s gap", gap));
            }
        }
        if let Some(token) = self.live.token.lock().as_mut() {
            token.renewal = Some(renewal);
        }
        self.changes.bump(Area::Tokens);
    }

    fn enter(&mut self, state: SessionState) {
        let state = self.in_words(state);
        let endpoint = &self.live.facts.endpoint;
        match &state {
            SessionState::Online { session_present, .. } => {
                self.note(
                    Severity::Info,
                    match session_present {
                        true => text!("Connected to {endpoint}, the broker kept the session", endpoint),
                        false => text!("Connected to {endpoint}", endpoint),
                    },
                );
            }
            SessionState::Waiting { reason, attempt, .. } => {
                let error = sentence(reason);
                self.note(
                    Severity::Warning,
                    text!("{error} Trying again (attempt {attempt}).", error, attempt = *attempt),
                );
            }
            SessionState::Failed { error } => self.note(Severity::Error, sentence(error)),
            SessionState::Idle => self.note(Severity::Info, text!("Disconnected from {endpoint}", endpoint)),
            SessionState::Connecting { .. } | SessionState::Closing => {}
        }
        // A session that the broker kept keeps its grants; the others are asked for again.
        let over = matches!(state, SessionState::Idle | SessionState::Failed { .. });
        if over || matches!(state, SessionState::Online { session_present: false, .. }) {
            self.live.grants.lock().clear();
        }
        // What CONNACK leaves away is as the specification has it; terms that differ follow.
        let told = matches!(state, SessionState::Online { .. }) && self.live.facts.version == MqttVersion::V5;
        *self.live.terms.lock() = told.then(Terms::default);
        *self.live.state.lock() = state;
        self.changes.bump(Area::Sessions);
    }

    /// A failure in the words of the hub, without secrets.
    fn in_words(&self, state: SessionState) -> SessionState {
        let explain = |error: Error| {
            let mut error = self.live.account.explain(error);
            error.detail = error.detail.map(|detail| Box::new(self.monitor.redact_text(*detail)));
            error
        };
        match state {
            SessionState::Waiting { until, attempt, reason } => {
                SessionState::Waiting { until, attempt, reason: explain(reason) }
            }
            SessionState::Failed { error } => SessionState::Failed { error: explain(error) },
            state => state,
        }
    }

    /// What an MQTT 5 server changed of our wishes is worth a line in the activity.
    fn terms(&self, terms: Terms) {
        let changes = [
            terms.assigned_client_id.as_ref().map(|id| text!("client id {id}", id)),
            terms.keep_alive.map(|seconds| text!("keep-alive {seconds} s", seconds)),
            terms.session_expiry.map(|seconds| text!("session expiry {seconds} s", seconds)),
            terms.max_packet_size.map(|bytes| text!("largest packet {bytes} B", bytes)),
            (terms.maximum_qos < 2).then(|| text!("largest QoS {qos}", qos = terms.maximum_qos)),
            (!terms.retained_messages).then(|| text!("no retained messages")),
            (!terms.wildcard_subscriptions).then(|| text!("no wildcards")),
            (!terms.shared_subscriptions).then(|| text!("no shared subscriptions")),
            terms.server_reference.as_ref().map(|server| text!("another server {server}", server)),
            terms.reason.as_ref().map(|reason| text!("reason {reason}", reason)),
        ];
        let changes: Vec<_> = changes.into_iter().flatten().collect();
        if !changes.is_empty() {
            self.note(Severity::Info, text!("The server set: {changes}", changes = Text::list(changes)));
        }
        *self.live.terms.lock() = Some(terms);
        self.changes.bump(Area::Sessions);
    }

    fn subscribed(&mut self, filter: String, grant: Grant) {
        if let Grant::Refused { reason } = &grant {
            self.note(Severity::Warning, text!("Subscription {filter} refused: {reason}", filter = &filter, reason));
        }
        self.live.grants.lock().insert(filter, grant);
        self.changes.bump(Area::Sessions);
    }

    fn published(&mut self, publish: PublishId, outcome: PublishOutcome) {
        let seq = {
            let mut outcomes = self.live.outcomes.lock();
            let seq = outcomes.waiting.remove(&publish);
            if seq.is_none() {
                outcomes.early.insert(publish, outcome.clone());
            }
            seq
        };
        if let Some(seq) = seq {
            self.monitor.amend(seq, outcome);
            self.changes.ring();
        }
    }
}

fn sentence(error: &Error) -> Text {
    match &error.detail {
        Some(detail) => text!("{error} ({detail})", error, detail),
        None => text!("{error}", error),
    }
}
