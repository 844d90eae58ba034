//! One connection of the test, and what came over it.

use hubscope_model::{Error, Grant, PublishId, PublishOutcome, SessionState, Text, text};
use hubscope_mqtt::{Event, Options, Publish, Received, Session, Sink, Subscription, Terms};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// Events that are remembered; a check needs some dozens.
const MOST: usize = 10_000;

pub(super) enum Told {
    Message(Received),
    Event(Event),
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
}

/// A connection that is up, or was.
pub(super) struct Line {
    session: Session,
    ear: Ear,
    next: AtomicU32,
}

impl Line {
    /// Connects.
    ///
    /// # Errors
    /// Why it could not, in words.
    pub async fn open(options: Options) -> Result<Self, Text> {
        let ear = Ear::default();
        let session = Session::start(options, ear.clone());
        let line = Self { session, ear, next: AtomicU32::new(0) };
        let mut states = line.session.watch();
        let settled = |state: &SessionState| matches!(state, SessionState::Online { .. } | SessionState::Failed { .. });
        let limit = PATIENCE * 6;
        let state = match tokio::time::timeout(limit, states.wait_for(settled)).await {
            Ok(Ok(state)) => state.clone(),
            _ => return Err(text!("no connection in time")),
        };
        match state {
            SessionState::Failed { error } => Err(words(&error)),
            _ => Ok(line),
        }
    }

    pub fn is_up(&self) -> bool {
        matches!(self.session.state(), SessionState::Online { .. })
    }

    /// What the server can do, as CONNACK told.
    pub fn terms(&self) -> Terms {
        let told = self.ear.told.lock().unwrap_or_else(PoisonError::into_inner);
        let terms = told.iter().find_map(|told| match told {
            Told::Event(Event::Terms(terms)) => Some(terms.clone()),
            _ => None,
        });
        terms.unwrap_or_default()
    }

    /// Waits until `find` finds something in what was told so far.
    ///
    /// # Errors
    /// Why it never will, in words.
    pub async fn until<T>(&self, find: impl Fn(&[Told]) -> Option<T>) -> Result<T, Text> {
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
                        return Err(words(error));
                    }
                }
                news.await;
            }
        };
        let late = |_| Err(text!("no answer within {seconds} s", seconds = PATIENCE.as_secs()));
        tokio::time::timeout(PATIENCE, search).await.unwrap_or_else(late)
    }

    /// Subscribes; answers the QoS that was granted.
    pub async fn subscribe(&self, filter: &str, subscription: impl Into<Subscription>) -> Result<u8, Text> {
        self.session.subscribe(filter, subscription).map_err(|error| words(&error))?;
        let answer = self.until(|told| {
            told.iter().rev().find_map(|told| match told {
                Told::Event(Event::Subscribed { filter: answered, grant }) if answered == filter => Some(grant.clone()),
                _ => None,
            })
        });
        match answer.await? {
            Grant::Granted { qos } => Ok(qos),
            Grant::Refused { reason } => Err(reason),
            Grant::Pending => Err(text!("no answer")),
        }
    }

    /// Publishes and waits for the outcome.
    pub async fn publish(&self, message: Publish) -> Result<(), Text> {
        let publish = PublishId(self.next.fetch_add(1, Ordering::Relaxed));
        self.session.publish(publish, message).map_err(|error| words(&error))?;
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
            PublishOutcome::Refused { reason } => Err(reason),
            PublishOutcome::Unknown => Err(text!("the connection ended before the answer")),
        }
    }

    /// Waits for so many messages on a topic and answers the last.
    pub async fn message(&self, topic: &str, count: usize) -> Result<Received, Text> {
        self.until(|told| {
            let messages = told.iter().filter_map(|told| match told {
                Told::Message(message) if message.topic.as_str() == topic => Some(message),
                _ => None,
            });
            messages.take(count).enumerate().find(|(place, _)| place + 1 == count).map(|(_, message)| message.clone())
        })
        .await
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
