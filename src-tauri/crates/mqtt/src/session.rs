//! A live MQTT session, as its users hold it.

use crate::Options;
use crate::actor::{Actor, Shared};
use crate::desk::Desk;
use crate::outbox::Outgoing;
use crate::renewal::Wish;
use crate::sink::Sink;
use crate::subscription::check_filter;
use crate::{Publish, Subscription};
use hubscope_model::{Code, Error, PublishId, Result, SessionState};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

/// What the last words may take when the polite part of a close used up its time.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A handle of a session. Clones are handles of the same session; when the last one goes, the session closes by
/// itself, as politely as [`Session::close`].
#[derive(Clone)]
pub struct Session {
    shared: Arc<Shared>,
    owner: Arc<Owner>,
}

/// Ends the session's task with the last handle.
struct Owner {
    task: tokio::sync::Mutex<Option<JoinHandle<()>>>,
    /// How long a close waits for it.
    patience: Duration,
    _stop: DropGuard,
}

impl Session {
    /// Starts to connect at once, in a task of the current tokio runtime. It never fails: what goes wrong is
    /// told by the states.
    pub fn start(options: Options, sink: impl Sink) -> Session {
        let stop = CancellationToken::new();
        let shared = Arc::new(Shared {
            desk: Mutex::new(Desk::new(&options)),
            work: Notify::new(),
            settled: Notify::new(),
            stop: stop.clone(),
            state: watch::Sender::new(SessionState::Idle),
            wish: watch::Sender::new(Wish { auto: options.auto_renew, asked: 0 }),
            has_token: options.token.is_some(),
            watched: AtomicBool::new(options.watch_packets),
        });
        let patience = options.timing.close.saturating_add(LAST_WORDS);
        let task = tokio::spawn(Actor::new(options, Box::new(sink), shared.clone()).run());
        let owner = Owner { task: tokio::sync::Mutex::new(Some(task)), patience, _stop: stop.drop_guard() };
        Session { shared, owner: Arc::new(owner) }
    }

    /// Wants `filter`, now and after every reconnect; the broker's answer comes as `Event::Subscribed`. A filter
    /// that is already wanted is asked for again as it is wanted now.
    ///
    /// Errors: `InvalidTopicFilter`, `InvalidFields` (QoS, options), `BadRequest` (options that only MQTT 5 has),
    /// `OutboxFull`, `NotConnected` (the session has ended).
    pub fn subscribe(&self, filter: &str, subscription: impl Into<Subscription>) -> Result<()> {
        let subscription = subscription.into();
        subscription.check(filter)?;
        self.shared.desk.lock().subscribe(filter, subscription)?;
        self.shared.work.notify_one();
        Ok(())
    }

    /// No longer wants `filter`; told by `Event::Unsubscribed` once the broker knows. A filter that was never wanted
    /// here is taken away too where the session is kept, since the broker may have it from an earlier run; else
    /// nothing happens.
    ///
    /// Errors: `InvalidTopicFilter`, `OutboxFull` (too many filters), `NotConnected`.
    pub fn unsubscribe(&self, filter: &str) -> Result<()> {
        check_filter(filter)?;
        self.shared.desk.lock().unsubscribe(filter)?;
        self.shared.work.notify_one();
        Ok(())
    }

    /// Puts a message into the outbox, where it waits for the connection and for room in the window. Exactly one
    /// `Event::Published` with the same `publish` follows. `publish` must be unique within the session.
    ///
    /// Errors, and then no event follows: `InvalidTopic`, `InvalidFields` (QoS, properties), `BadRequest` (properties on
    /// MQTT 3.1.1), `PacketTooLarge`, `OutboxFull`, `NotConnected`.
    pub fn publish(&self, publish: PublishId, message: Publish) -> Result<()> {
        message.check()?;
        self.shared.desk.lock().publish(Outgoing { publish, message, sent_before: false })?;
        self.shared.work.notify_one();
        Ok(())
    }

    /// Exchanges the token of the live connection now, by a planned reconnect that costs no publish and no
    /// subscription: `Event::Renewed` or `Event::RenewalFailed` follows.
    ///
    /// Errors: `BadRequest` (the session has no token), `NotConnected` (the next CONNECT brings a fresh token anyway).
    pub fn renew(&self) -> Result<()> {
        if !self.shared.has_token {
            return Err(Error::new(Code::BadRequest, "This session's credential is no token that could be renewed."));
        }
        if !matches!(*self.shared.state.borrow(), SessionState::Online { .. }) {
            let error = Error::new(Code::NotConnected, "The session is not online.");
            return Err(error.hint("The next connection begins with a fresh token."));
        }
        self.shared.wish.send_modify(|wish| wish.asked += 1);
        Ok(())
    }

    /// Whether the token is renewed by itself from now on; told by `Event::Token`.
    pub fn set_auto_renew(&self, on: bool) {
        self.shared.wish.send_modify(|wish| wish.auto = on);
    }

    /// Whether [`Sink::packet`] is told of every control packet from now on.
    pub fn watch_packets(&self, on: bool) {
        self.shared.watched.store(on, Ordering::Relaxed);
    }

    pub fn state(&self) -> SessionState {
        self.shared.state.borrow().clone()
    }

    /// The state and its changes. Steps that follow each other quickly may be seen as one; the sink sees all.
    pub fn watch(&self) -> watch::Receiver<SessionState> {
        self.shared.state.subscribe()
    }

    /// Says DISCONNECT and ends the session, within `Timing::close`. The session's task is gone when this returns,
    /// unless the sink blocks: then this returns a second after `Timing::close`, since nobody can take a thread out
    /// of a call. The task ends by itself when the sink comes back, after the last words to it; another `close`
    /// waits for that anew. Must not be called from the sink.
    pub async fn close(&self) {
        self.shared.stop.cancel();
        let gone = async {
            let mut task = self.owner.task.lock().await;
            if let Some(running) = task.as_mut() {
                // A panic was caught inside and told as the last state.
                let _ended = running.await;
                *task = None;
            }
        };
        if tokio::time::timeout(self.owner.patience, gone).await.is_err() {
            tracing::warn!("a session did not end in time: what it tells is not taken");
        }
    }
}
