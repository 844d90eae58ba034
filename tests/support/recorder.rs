//! A sink that remembers what a session told, in order, and lets a test wait for it.

use crate::within;
use hubscope_model::{Code, ControlPacket, Error, PacketKind, PublishId, PublishOutcome, SessionState};
use hubscope_mqtt::{Event, Received, Sink};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// One thing that a session told.
#[derive(Clone, Debug)]
pub enum Told {
    Message(Received),
    Event(Event),
    Packet(ControlPacket),
}

/// The test's side. Give `sink()` to the session.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    told: Arc<Mutex<Vec<Told>>>,
    news: Arc<Notify>,
}

#[derive(Debug)]
pub struct RecorderSink(Recorder);

impl Recorder {
    pub fn sink(&self) -> RecorderSink {
        RecorderSink(self.clone())
    }

    pub fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn tell(&self, told: impl IntoIterator<Item = Told>) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).extend(told);
        self.news.notify_waiters();
    }

    /// Waits until `find` finds something in all that was told so far.
    pub async fn until<T>(&self, what: &str, find: impl Fn(&[Told]) -> Option<T>) -> T {
        let search = async {
            loop {
                let news = self.news.notified();
                tokio::pin!(news);
                // Enabled before the look, so that nothing told in between is missed.
                news.as_mut().enable();
                if let Some(found) = find(&self.told.lock().unwrap_or_else(PoisonError::into_inner)) {
                    return found;
                }
                news.await;
            }
        };
        within(what, search).await
    }

    pub fn messages(&self) -> Vec<Received> {
        messages(&self.told()).cloned().collect()
    }

    /// Waits for so many messages and returns all that came.
    pub async fn wait_messages(&self, count: usize) -> Vec<Received> {
        self.until(&format!("{count} messages"), |told| (messages(told).count() >= count).then_some(())).await;
        self.messages()
    }

    /// Waits until the session was online for the `times`-th time.
    pub async fn wait_online(&self, times: usize) {
        self.until(&format!("online {times} times"), |told| {
            let online = events(told).filter(|event| matches!(event, Event::State(SessionState::Online { .. })));
            (online.count() >= times).then_some(())
        })
        .await;
    }

    /// Waits for the final failure.
    pub async fn wait_failed(&self) -> Error {
        self.until("the session fails", |told| {
            events(told).find_map(|event| match event {
                Event::State(SessionState::Failed { error }) => Some(error.clone()),
                _ => None,
            })
        })
        .await
    }

    /// Waits until an attempt or a connection ended and another will follow.
    pub async fn wait_waiting(&self, times: usize) -> Error {
        self.until("the session waits to try again", |told| {
            events(told)
                .filter_map(|event| match event {
                    Event::State(SessionState::Waiting { reason, .. }) => Some(reason.clone()),
                    _ => None,
                })
                .nth(times - 1)
        })
        .await
    }

    /// Waits until the broker answered a subscription for the `times`-th time.
    pub async fn wait_subscribed(&self, filter: &str, times: usize) -> hubscope_model::Grant {
        self.until(&format!("{filter} subscribed"), |told| {
            events(told)
                .filter_map(|event| match event {
                    Event::Subscribed { filter: answered, grant } if answered == filter => Some(grant.clone()),
                    _ => None,
                })
                .nth(times - 1)
        })
        .await
    }

    /// The outcomes told so far.
    pub fn outcomes(&self) -> Vec<(PublishId, PublishOutcome)> {
        outcomes(&self.told())
    }

    /// Waits for the outcomes of so many publishes.
    pub async fn wait_outcomes(&self, count: usize) -> Vec<(PublishId, PublishOutcome)> {
        self.until(&format!("{count} outcomes"), |told| {
            let outcomes = outcomes(told);
            (outcomes.len() >= count).then_some(outcomes)
        })
        .await
    }

    /// The control packets told so far.
    pub fn packets(&self) -> Vec<ControlPacket> {
        packets(&self.told())
    }

    /// Waits until a control packet of this kind was told for the `times`-th time; returns all.
    pub async fn wait_packets(&self, kind: PacketKind, times: usize) -> Vec<ControlPacket> {
        self.until(&format!("{times} {kind:?}"), |told| {
            let packets = packets(told);
            (packets.iter().filter(|packet| packet.kind == kind).count() >= times).then_some(packets)
        })
        .await
    }

    /// Codes of every reason for which the session waited or failed, in order.
    pub fn reasons(&self) -> Vec<Code> {
        events(&self.told())
            .filter_map(|event| match event {
                Event::State(SessionState::Waiting { reason: error, .. } | SessionState::Failed { error }) => {
                    Some(error.code)
                }
                _ => None,
            })
            .collect()
    }
}

fn messages(told: &[Told]) -> impl Iterator<Item = &Received> {
    told.iter().filter_map(|told| match told {
        Told::Message(message) => Some(message),
        Told::Event(_) | Told::Packet(_) => None,
    })
}

fn events(told: &[Told]) -> impl Iterator<Item = &Event> {
    told.iter().filter_map(|told| match told {
        Told::Event(event) => Some(event),
        Told::Message(_) | Told::Packet(_) => None,
    })
}

fn packets(told: &[Told]) -> Vec<ControlPacket> {
    told.iter()
        .filter_map(|told| match told {
            Told::Packet(packet) => Some(packet.clone()),
            _ => None,
        })
        .collect()
}

fn outcomes(told: &[Told]) -> Vec<(PublishId, PublishOutcome)> {
    events(told)
        .filter_map(|event| match event {
            Event::Published { publish, outcome } => Some((*publish, outcome.clone())),
            _ => None,
        })
        .collect()
}

impl Sink for RecorderSink {
    fn messages(&mut self, _time_us: i64, batch: &mut Vec<Received>) {
        self.0.tell(batch.drain(..).map(Told::Message));
    }

    fn event(&mut self, event: Event) {
        self.0.tell([Told::Event(event)]);
    }

    fn packet(&mut self, packet: ControlPacket) {
        self.0.tell([Told::Packet(packet)]);
    }
}
