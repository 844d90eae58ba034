//! One connection from CONNECT to its end.
//!
//! Four futures share the session's task. The first owns the event loop and awaits nothing but its `poll`; the
//! second hands it requests; the third notices when nothing moves any more; the fourth waits for a reason to leave:
//! the user closes, or the token must be renewed. They are joined in one `select!`, whose branches live as long as the connection, so the poll future
//! is dropped only when the connection is given up.

use crate::actor::Stage;
use crate::desk::Next;
use crate::failure::{self, Failure};
use crate::flight::Taken;
use crate::link::{Happening, Link, Requests};
use crate::sink::{Event, Received, Terms};
use crate::subscriptions::Resumed;
use crate::token::{FreshToken, Held, TokenSource};
use crate::{renewal, time};
use hubscope_model::{Grant, PublishOutcome, SessionState};
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, SetOnce};

/// How a connection ended.
pub(crate) enum End {
    /// The user closed the session.
    Closed,
    /// Given up by plan; the next begins with this token.
    Renewing(FreshToken),
    Broken(Failure),
}

/// What the four futures of a connection know in common.
#[derive(Default)]
pub(crate) struct Progress {
    /// Grows with every event of the library.
    events: AtomicU64,
    /// Since when it is online, and the keep-alive in force.
    since: SetOnce<(Instant, Duration)>,
    /// DISCONNECT was written.
    left: Notify,
}

impl Progress {
    pub fn was_online(&self) -> bool {
        self.since.get().is_some()
    }

    /// How long it has been online; None if it never was.
    pub fn online_for(&self) -> Option<Duration> {
        self.since.get().map(|(since, _)| since.elapsed())
    }

    fn go_online(&self, keep_alive: Duration) {
        // One CONNACK a connection: the library takes a second one for a fault.
        let _first = self.since.set((Instant::now(), keep_alive));
    }

    /// The keep-alive in force, once there is one.
    pub async fn wait_online(&self) -> Duration {
        self.since.wait().await.1
    }
}

/// Runs a connection to its end. What the library still had to say is told before this returns.
pub(crate) async fn run<L: Link, R: Requests>(
    mut link: L,
    requests: R,
    stage: &Stage,
    progress: &Progress,
    token: Option<(&dyn TokenSource, Held)>,
) -> End {
    link.repeat(stage.shared.desk.lock().repeat());
    let end = tokio::select! {
        biased;
        failure = receive(&mut link, stage, progress) => End::Broken(failure),
        never = send(&requests, stage) => match never {},
        failure = watch_progress(stage, progress) => End::Broken(failure),
        end = leave(&requests, stage, progress, token) => end,
    };
    // The library keeps events of a dead connection and would tell them on the next one.
    let mut last = Turn::new(stage, Vec::new());
    while let Some(event) = link.ready() {
        match link.read(event) {
            // Written or not, nobody knows.
            Ok(Happening::PublishTaken(0)) => last.half_sent(),
            Ok(happening) => last.take(happening),
            Err(_) => {}
        }
    }
    last.end();
    end
}

/// Polls the event loop and tells the sink, until the connection breaks. After DISCONNECT it polls no more: the
/// library would connect again.
async fn receive<L: Link>(link: &mut L, stage: &Stage, progress: &Progress) -> Failure {
    let mut batch = Vec::with_capacity(64);
    loop {
        let first = match link.poll().await {
            Ok(event) => event,
            Err(failure) => return failure,
        };
        progress.events.fetch_add(1, Ordering::Relaxed);
        let mut turn = Turn::new(stage, batch);
        let mut next = Some(first);
        while let Some(event) = next {
            let happening = match link.read(event) {
                Ok(happening) => happening,
                Err(failure) => {
                    turn.end();
                    return failure;
                }
            };
            match happening {
                Happening::Disconnected => {
                    turn.end();
                    progress.left.notify_one();
                    return std::future::pending().await;
                }
                Happening::Connected { session_present, terms } => {
                    let keep_alive = link.connected();
                    turn.connected(session_present, *terms);
                    progress.go_online(keep_alive);
                }
                happening => turn.take(happening),
            }
            next = link.ready();
        }
        batch = turn.end();
    }
}

/// Everything that one poll brought, told to the sink in order.
struct Turn<'a> {
    stage: &'a Stage,
    batch: Vec<Received>,
    /// Something may have made room for requests that wait.
    freed: bool,
}

impl<'a> Turn<'a> {
    fn new(stage: &'a Stage, batch: Vec<Received>) -> Self {
        Self { stage, batch, freed: false }
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

    fn end(mut self) -> Vec<Received> {
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

    fn take(&mut self, happening: Happening) {
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
    fn half_sent(&mut self) {
        self.flush();
        let taken = self.stage.shared.desk.lock().taken(0, Instant::now());
        if let Some(Taken::Done(publish)) = taken {
            self.tell(Event::Published { publish, outcome: PublishOutcome::Unknown });
        }
    }

    fn acknowledged(&mut self, id: u16, refused: Option<String>) {
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

    fn subscription_answered(&mut self, answer: Option<Result<u8, String>>) {
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

    fn connected(&mut self, session_present: bool, terms: Terms) {
        let mut desk = self.stage.shared.desk.lock();
        // A broker that keeps what it was told to forget is not believed: nothing would be subscribed again.
        let is_kept = session_present && desk.keeps_session();
        let (Resumed { kept, gone }, unknown) = desk.connected(is_kept, &terms, Instant::now());
        drop(desk);
        if !is_kept {
            self.stage.delivered.lock().forget();
        }
        self.stage.state(SessionState::Online { since: time::unix_micros(), session_present });
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
        self.freed = true;
    }
}

/// Hands the library what waits, as far as its window allows.
async fn send<R: Requests>(requests: &R, stage: &Stage) -> Infallible {
    loop {
        let next = stage.shared.desk.lock().next(Instant::now());
        match next {
            Some(Next::Ask(ask)) => requests.ask(ask).await,
            Some(Next::Publish(outgoing)) => requests.publish(outgoing).await,
            Some(Next::Refuse(publish, error)) => {
                stage.event(Event::Published { publish, outcome: PublishOutcome::Refused { reason: error.message } });
            }
            None => stage.shared.work.notified().await,
        }
    }
}

/// Returns when the connection must be given up: the library says nothing, not even that it sent a PING (its
/// MQTT 5 side can hang in a write for ever), or the broker leaves something unanswered that
/// others wait behind. Until CONNACK the library's own time limit holds.
async fn watch_progress(stage: &Stage, progress: &Progress) -> Failure {
    /// Looks within the time limit; the more, the nearer to the limit it ends.
    const LOOKS: u32 = 8;
    let keep_alive = progress.wait_online().await;
    let limit = stage.timing.stuck.unwrap_or(keep_alive * 2);
    let (mut seen, mut still) = (0, 0);
    loop {
        tokio::time::sleep(limit / LOOKS).await;
        let events = progress.events.load(Ordering::Relaxed);
        still = if events == seen { still + 1 } else { 0 };
        seen = events;
        let blocked = stage.shared.desk.lock().blocked_since().is_some_and(|since| since.elapsed() > limit);
        if still >= LOOKS || blocked {
            return failure::stuck(&stage.endpoint, limit.as_secs());
        }
    }
}

/// Waits for a reason to leave and says DISCONNECT, which may take as long as `Timing::close`.
async fn leave<R: Requests>(
    requests: &R,
    stage: &Stage,
    progress: &Progress,
    token: Option<(&dyn TokenSource, Held)>,
) -> End {
    let end = tokio::select! {
        biased;
        () = stage.shared.stop.cancelled() => End::Closed,
        token = renew(stage, progress, token) => End::Renewing(token),
    };
    if !progress.was_online() {
        return end;
    }
    if matches!(end, End::Closed) {
        stage.state(SessionState::Closing);
    }
    let polite = async {
        requests.disconnect().await;
        progress.left.notified().await;
    };
    let _late = tokio::time::timeout(stage.timing.close, polite).await;
    end
}

/// The next connection's token, once it is time for it and this connection has nothing open.
async fn renew(stage: &Stage, progress: &Progress, token: Option<(&dyn TokenSource, Held)>) -> FreshToken {
    let Some((source, held)) = token else { return std::future::pending().await };
    let token = renewal::next_token(stage, progress, source, held).await;
    renewal::settle(stage).await;
    token
}
