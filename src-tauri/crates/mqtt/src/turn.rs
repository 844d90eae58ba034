//! What one turn of the event loop brought, told to the sink.

use crate::actor::Stage;
use crate::flight::Taken;
use crate::link::Happening;
use crate::sink::{Event, Received};
use crate::subscriptions::Resumed;
use crate::time;
use hubscope_model::{Grant, PublishOutcome, SessionState, Terms, Text};
use std::time::Instant;

/// Everything that one poll brought, told to the sink in order.
pub(crate) struct Turn<'a> {
    stage: &'a Stage,
    batch: Vec<Received>,
    /// Something may have made room for requests that wait.
    freed: bool,
    /// The broker said something.
    pub heard: bool,
}

impl<'a> Turn<'a> {
    pub fn new(stage: &'a Stage, batch: Vec<Received>) -> Self {
        Self { stage, batch, freed: false, heard: false }
    }

    fn flush(&mut self) {
        if !self.batch.is_empty() {
            self.stage.messages(&mut self.batch);
        }
    }

    fn tell(&mut self, event: Event) {
        self.flush();
        self.stage.event(event);
    }

    pub fn end(mut self) -> Vec<Received> {
        self.flush();
        if self.freed {
            let shared = &self.stage.shared;
            let (has_work, is_settled) = {
                let desk = shared.desk.lock();
                (desk.has_work(), desk.is_settled())
            };
            if has_work {
                shared.work.notify_one();
            }
            if is_settled {
                shared.settled.notify_one();
            }
        }
        self.batch
    }

    pub fn take(&mut self, happening: Happening) {
        self.heard |= happening.is_inbound();
        match happening {
            Happening::Message(message) => self.batch.push(message),
            Happening::MessageOnce(id, message) => {
                if self.stage.delivered.lock().is_first(id) {
                    self.batch.push(message);
                }
            }
            Happening::Settled(id) => self.stage.delivered.lock().release(id),
            Happening::Released(id) => self.stage.shared.desk.lock().released(id, Instant::now()),
            Happening::PublishTaken(id) => self.publish_taken(id),
            Happening::Acknowledged { id, refused } => self.acknowledged(id, refused),
            Happening::Subscribed(answer) => self.subscription_answered(Some(answer)),
            Happening::Unsubscribed => self.subscription_answered(None),
            Happening::PingSent => *self.stage.ping_sent.lock() = Some(Instant::now()),
            Happening::Pong => {
                let sent = self.stage.ping_sent.lock().take();
                if let Some(sent) = sent {
                    self.tell(Event::RoundTrip { micros: time::micros_since(sent) });
                }
            }
            Happening::Connected { .. } | Happening::Disconnected | Happening::Nothing => {}
        }
    }

    fn publish_taken(&mut self, id: u16) {
        self.freed = true;
        // Before the desk forgets it: a sink that fails at the messages must not cost the publish its outcome.
        self.flush();
        let taken = self.stage.shared.desk.lock().taken(id, Instant::now());
        if let Some(Taken::Done(publish)) = taken {
            self.tell(Event::Published { publish, outcome: PublishOutcome::Sent });
        }
    }

    /// A QoS 0 publish was taken, and the connection broke before it was certainly written.
    pub fn half_sent(&mut self) {
        self.flush();
        let taken = self.stage.shared.desk.lock().taken(0, Instant::now());
        if let Some(Taken::Done(publish)) = taken {
            self.tell(Event::Published { publish, outcome: PublishOutcome::Unknown });
        }
    }

    fn acknowledged(&mut self, id: u16, refused: Option<Text>) {
        self.freed = true;
        self.flush();
        let answered = self.stage.shared.desk.lock().acknowledged(id, Instant::now());
        if let Some((publish, after)) = answered {
            let outcome = match refused {
                None => PublishOutcome::Acknowledged { after },
                Some(reason) => PublishOutcome::Refused { reason },
            };
            self.tell(Event::Published { publish, outcome });
        }
    }

    fn subscription_answered(&mut self, answer: Option<Result<u8, Text>>) {
        self.freed = true;
        let answered = self.stage.shared.desk.lock().subscription_answered(answer.as_ref(), Instant::now());
        let Some((filter, micros)) = answered else { return };
        self.tell(match answer {
            Some(Ok(qos)) => Event::Subscribed { filter, grant: Grant::Granted { qos } },
            Some(Err(reason)) => Event::Subscribed { filter, grant: Grant::Refused { reason } },
            None => Event::Unsubscribed { filter },
        });
        self.tell(Event::RoundTrip { micros });
    }

    pub fn connected(&mut self, session_present: bool, terms: Terms) {
        let mut desk = self.stage.shared.desk.lock();
        // A broker that keeps what it was told to forget is not believed: nothing would be subscribed again.
        let is_kept = session_present && desk.keeps_session();
        let (Resumed { kept, gone }, unknown) = desk.connected(is_kept, &terms, Instant::now());
        drop(desk);
        if !is_kept {
            self.stage.delivered.lock().forget();
        }
        let online = SessionState::Online { since: time::unix_micros(), session_present };
        self.tell(Event::State(online.clone()));
        let away_since = self.stage.away_since.lock().take();
        if let Some(since) = away_since {
            self.tell(Event::Renewed { gap: time::micros_since(since) });
        }
        if let Some(version) = self.stage.tls_version() {
            self.tell(Event::Tls(version.to_owned()));
        }
        if terms != Terms::default() {
            self.tell(Event::Terms(terms));
        }
        for publish in unknown {
            self.tell(Event::Published { publish, outcome: PublishOutcome::Unknown });
        }
        for (filter, qos) in kept {
            self.tell(Event::Subscribed { filter, grant: Grant::Granted { qos } });
        }
        for filter in gone {
            self.tell(Event::Unsubscribed { filter });
        }
        // Last: who sees the session online may rely on all that CONNACK brought.
        self.stage.shared.state.send_replace(online);
        self.freed = true;
    }
}
