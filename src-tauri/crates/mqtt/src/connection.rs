//! One connection from CONNECT to its end.
//!
//! Four futures share the session's task. The first owns the event loop and awaits nothing but its `poll`; the
//! second hands it requests; the third notices when nothing moves any more; the fourth waits for a reason to leave:
//! the user closes, or the token must be renewed. They are joined in one `select!`, whose branches live as long as the connection, so the poll future
//! is dropped only when the connection is given up.

use crate::actor::Stage;
use crate::desk::Next;
use crate::failure::Failure;
use crate::lane;
use crate::link::{Happening, Link, Requests};
use crate::renewal;
use crate::sink::Event;
use crate::token::{FreshToken, Held, TokenSource};
use crate::turn::Turn;
use crate::watch::watch;
use hubscope_model::{PublishOutcome, SessionState, text};
use parking_lot::Mutex;
use std::convert::Infallible;
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
    /// When the broker last said something.
    heard: Mutex<Option<Instant>>,
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

    /// When the broker last said something; never before it was online.
    pub fn heard(&self) -> Option<Instant> {
        *self.heard.lock()
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
        failure = watch(stage, progress) => End::Broken(failure),
        end = leave(&requests, stage, progress, token) => end,
    };
    // The library keeps events of a dead connection and would tell them on the next one.
    let mut last = Turn::new(stage, Vec::new());
    while let Some(event) = link.ready() {
        lane::show(&link, &event, stage);
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
            Err(failure) => {
                lane::show_refusal(link, stage);
                return failure;
            }
        };
        let mut turn = Turn::new(stage, batch);
        let mut next = Some(first);
        while let Some(event) = next {
            lane::show(link, &event, stage);
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
                    turn.heard = true;
                    progress.go_online(keep_alive);
                }
                happening => turn.take(happening),
            }
            next = link.ready();
        }
        if turn.heard {
            *progress.heard.lock() = Some(Instant::now());
            link.heard();
        }
        batch = turn.end();
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
                let reason = text!("{error}", error = &error);
                stage.event(Event::Published { publish, outcome: PublishOutcome::Refused { reason } });
            }
            None => stage.shared.work.notified().await,
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
