//! One connection of a test, and what came over it.

use hubscope_model::{ControlPacket, Error, Grant, PublishId, PublishOutcome, SessionState, Text, text};
use hubscope_mqtt::{Event, Options, Publish, Received, Session, Sink, Subscription, Terms};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// How long an answer is waited for, unless said otherwise.
const PATIENCE: Duration = Duration::from_secs(5);
/// Events that are remembered; a check needs some dozens.
const MOST: usize = 10_000;

pub(crate) enum Told {
    Message(Received),
    Event(Event),
    /// While the options watch packets.
    Packet(ControlPacket),
}

/// Why something did not work.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// The session ended, or never was.
    Failed(Error),
    /// The server said no, in these words.
    Refused(Text),
    /// Nothing came for so long.
    NoAnswer(Duration),
    NoConnection,
    /// The connection ended before the answer.
    Unconfirmed,
}

impl From<Trouble> for Text {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Failed(error) => words(&error),
            Trouble::Refused(reason) => reason,
            Trouble::NoAnswer(waited) => text!("no answer within {seconds} s", seconds = waited.as_secs()),
            Trouble::NoConnection => text!("no connection in time"),
            Trouble::Unconfirmed => text!("the connection ended before the answer"),
        }
    }
}

/// What a session told, in order.
#[derive(Clone, Default)]
struct Ear {
    told: Arc<Mutex<Vec<Told>>>,
    news: Arc<Notify>,
}

impl Ear {
    fn hear(&self, told: impl IntoIterator<Item = Told>) {
        let mut all = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST.saturating_sub(all.len());
        all.extend(told.into_iter().take(room));
        drop(all);
        self.news.notify_waiters();
    }
}

impl Sink for Ear {
    fn messages(&mut self, _: i64, batch: &mut Vec<Received>) {
        self.hear(batch.drain(..).map(Told::Message));
    }

    fn event(&mut self, event: Event) {
        self.hear([Told::Event(event)]);
    }

    fn packet(&mut self, packet: ControlPacket) {
        self.hear([Told::Packet(packet)]);
    }
}

/// A connection that is up, or was.
pub(crate) struct Line {
    session: Session,
    patience: Duration,
    ear: Ear,
    next: AtomicU32,
}

impl Line {
    /// Connects.
    pub async fn open(options: Options) -> Result<Self, Trouble> {
        let line = Self::dial(options, PATIENCE);
        line.online(PATIENCE * 6).await?;
        Ok(line)
    }

    /// Begins to connect. `patience`: how long an answer is waited for.
    pub fn dial(options: Options, patience: Duration) -> Self {
        let ear = Ear::default();
        let session = Session::start(options, ear.clone());
        Self { session, patience, ear, next: AtomicU32::new(0) }
    }

    /// Waits for CONNACK; answers whether the server had kept the session.
    pub async fn online(&self, limit: Duration) -> Result<bool, Trouble> {
        let mut states = self.session.watch();
        let settled = |state: &SessionState| matches!(state, SessionState::Online { .. } | SessionState::Failed { .. });
        let state = match tokio::time::timeout(limit, states.wait_for(settled)).await {
            Ok(Ok(state)) => state.clone(),
            _ => return Err(Trouble::NoConnection),
        };
        match state {
            SessionState::Failed { error } => Err(Trouble::Failed(error)),
            SessionState::Online { session_present, .. } => Ok(session_present),
            _ => Err(Trouble::NoConnection),
        }
    }

    /// Waits for the end of the session; None: it held for so long.
    pub async fn end(&self, limit: Duration) -> Option<Error> {
        let mut states = self.session.watch();
        let ended = states.wait_for(|state| matches!(state, SessionState::Failed { .. }));
        match tokio::time::timeout(limit, ended).await {
            Ok(Ok(state)) => match &*state {
                SessionState::Failed { error } => Some(error.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    pub fn is_up(&self) -> bool {
        matches!(self.session.state(), SessionState::Online { .. })
    }

    /// What the server can do, as CONNACK told.
    pub fn terms(&self) -> Terms {
        let terms = self.told(|told| match told {
            Told::Event(Event::Terms(terms)) => Some(terms.clone()),
            _ => None,
        });
        terms.unwrap_or_default()
    }

    /// Waits until `find` finds something in what was told so far.
    ///
    /// # Errors
    /// Why it never will.
    pub async fn until<T>(&self, find: impl Fn(&[Told]) -> Option<T>) -> Result<T, Trouble> {
        let search = async {
            loop {
                let news = self.ear.news.notified();
                tokio::pin!(news);
                // Before the look, so that nothing told in between is missed.
                news.as_mut().enable();
                {
                    let told = self.ear.told.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(found) = find(&told) {
                        return Ok(found);
                    }
                    if let Some(error) = told.iter().find_map(failure) {
                        return Err(Trouble::Failed(error.clone()));
                    }
                }
                news.await;
            }
        };
        let late = |_| Err(Trouble::NoAnswer(self.patience));
        tokio::time::timeout(self.patience, search).await.unwrap_or_else(late)
    }

    /// Subscribes; answers the QoS that was granted.
    pub async fn subscribe(&self, filter: &str, subscription: impl Into<Subscription>) -> Result<u8, Trouble> {
        self.session.subscribe(filter, subscription).map_err(Trouble::Failed)?;
        let answer = self.until(|told| {
            told.iter().rev().find_map(|told| match told {
                Told::Event(Event::Subscribed { filter: answered, grant }) if answered == filter => Some(grant.clone()),
                _ => None,
            })
        });
        match answer.await? {
            Grant::Granted { qos } => Ok(qos),
            Grant::Refused { reason } => Err(Trouble::Refused(reason)),
            Grant::Pending => Err(Trouble::NoAnswer(self.patience)),
        }
    }

    /// Takes a subscription back.
    pub async fn unsubscribe(&self, filter: &str) -> Result<(), Trouble> {
        self.session.unsubscribe(filter).map_err(Trouble::Failed)?;
        self.until(|told| {
            let gone =
                |told: &Told| matches!(told, Told::Event(Event::Unsubscribed { filter: gone }) if gone == filter);
            told.iter().any(gone).then_some(())
        })
        .await
    }

    /// Publishes and waits for the outcome.
    pub async fn publish(&self, message: Publish) -> Result<(), Trouble> {
        let publish = PublishId(self.next.fetch_add(1, Ordering::Relaxed));
        self.session.publish(publish, message).map_err(Trouble::Failed)?;
        let outcome = self.until(|told| {
            told.iter().rev().find_map(|told| match told {
                Told::Event(Event::Published { publish: answered, outcome }) if *answered == publish => {
                    Some(outcome.clone())
                }
                _ => None,
            })
        });
        match outcome.await? {
            PublishOutcome::Sent | PublishOutcome::Acknowledged { .. } | PublishOutcome::Pending => Ok(()),
            PublishOutcome::Refused { reason } => Err(Trouble::Refused(reason)),
            PublishOutcome::Unknown => Err(Trouble::Unconfirmed),
        }
    }

    /// Waits for so many messages on a topic and answers the last.
    pub async fn message(&self, topic: &str, count: usize) -> Result<Received, Trouble> {
        self.until(|told| {
            let messages = told.iter().filter_map(|told| match told {
                Told::Message(message) if message.topic.as_str() == topic => Some(message),
                _ => None,
            });
            messages.take(count).enumerate().find(|(place, _)| place + 1 == count).map(|(_, message)| message.clone())
        })
        .await
    }

    /// Waits for a message on `topic`, or on `other`.
    pub async fn either(&self, topic: &str, other: Option<&str>) -> Result<Received, Trouble> {
        self.until(|told| {
            told.iter().find_map(|told| match told {
                Told::Message(message) if message.topic.as_str() == topic || Some(message.topic.as_str()) == other => {
                    Some(message.clone())
                }
                _ => None,
            })
        })
        .await
    }

    /// The first that `find` finds in what was told so far.
    pub fn told<T>(&self, find: impl Fn(&Told) -> Option<T>) -> Option<T> {
        let told = self.ear.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.iter().find_map(find)
    }

    pub async fn close(&self) {
        self.session.close().await;
    }
}

fn failure(told: &Told) -> Option<&Error> {
    match told {
        Told::Event(Event::State(SessionState::Failed { error })) => Some(error),
        _ => None,
    }
}

fn words(error: &Error) -> Text {
    match &error.detail {
        Some(detail) => text!("{error} ({detail})", error, detail),
        None => text!("{error}", error),
    }
}
