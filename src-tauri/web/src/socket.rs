//! One socket: the token first, then calls and ticks until either side leaves.

use crate::Shell;
use crate::frames::{self, Call, Greeting};
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{FuturesUnordered, StreamExt};
use hubscope_engine::{Engine, Face};
use hubscope_model::{ClientId, Code, Error, Reply, Result, ShellKind, Tick};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// How long a fresh socket may take to show its token.
const GREETING_LIMIT: Duration = Duration::from_secs(2);
/// How long the page may take to read a frame before the socket counts as dead.
const SEND_LIMIT: Duration = Duration::from_secs(20);
/// Largest message from a page: an upload of 1 MiB as base64, and room.
const MAX_FRAME: usize = 2 * 1024 * 1024;
/// Calls of one page under way; further frames stay in the socket until one is answered.
const MAX_CALLS: usize = 64;

/// Answers the upgrade request of a page.
pub async fn upgrade(State(shell): State<Arc<Shell>>, headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    if !shell.origin.origin_is_own(&headers) {
        return (StatusCode::FORBIDDEN, "Only Hubscope's own page may open a socket.\n").into_response();
    }
    if !shell.guesses.door_is_open() {
        return (StatusCode::TOO_MANY_REQUESTS, "Too many wrong tokens. Try again in a minute.\n").into_response();
    }
    let Ok(place) = shell.sockets.clone().try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open.\n").into_response();
    };
    upgrade.max_message_size(MAX_FRAME).max_frame_size(MAX_FRAME).on_upgrade(move |mut socket| async move {
        match greet(&mut socket, &shell).await {
            Greeted::Right => {
                let page = Page::attach(shell.engine.clone());
                let reason = page.serve(&mut socket, &shell).await;
                drop(page);
                let code = if shell.stop.is_cancelled() { close_code::AWAY } else { close_code::POLICY };
                close(&mut socket, code, reason).await;
            }
            Greeted::Wrong => close(&mut socket, close_code::POLICY, Some("the token is wrong")).await,
            // Not a refusal: a page on a machine that slept may try again.
            Greeted::Late => close(&mut socket, close_code::AGAIN, Some("no token came in time")).await,
        }
        drop(place);
    })
}

/// What the first frame was.
enum Greeted {
    Right,
    Wrong,
    Late,
}

/// Waits for the first frame, which must hold the token.
async fn greet(socket: &mut WebSocket, shell: &Shell) -> Greeted {
    let first = tokio::select! {
        () = shell.stop.cancelled() => return Greeted::Late,
        first = timeout(GREETING_LIMIT, socket.recv()) => first,
    };
    // Silence is no guess: it costs the caller a socket for two seconds and tells nothing.
    let Ok(Some(Ok(first))) = first else { return Greeted::Late };
    let right = match &first {
        Message::Text(text) => serde_json::from_str(text).is_ok_and(|Greeting { token }| shell.token.matches(&token)),
        _ => false,
    };
    if right {
        shell.guesses.right();
        Greeted::Right
    } else {
        shell.guesses.wrong();
        Greeted::Wrong
    }
}

/// Says why we leave, unless the page left first.
async fn close(socket: &mut WebSocket, code: u16, reason: Option<&'static str>) {
    if let Some(reason) = reason {
        let frame = CloseFrame { code, reason: reason.into() };
        // A page that is gone already needs no goodbye.
        let _ = timeout(SEND_LIMIT, socket.send(Message::Close(Some(frame)))).await;
    }
}

/// Holds the latest tick until the socket can take it. The engine sends one at a time, so one place is enough.
struct SocketFace(watch::Sender<Option<Tick>>);

impl Face for SocketFace {
    fn kind(&self) -> ShellKind {
        ShellKind::Web
    }

    fn tick(&self, tick: Tick) {
        self.0.send_replace(Some(tick));
    }
}

/// A page as a client of the engine; its views and jobs end when it is dropped.
struct Page {
    engine: Arc<Engine>,
    client: ClientId,
    ticks: watch::Receiver<Option<Tick>>,
}

impl Page {
    fn attach(engine: Arc<Engine>) -> Self {
        let (sender, ticks) = watch::channel(None);
        let client = engine.attach(Arc::new(SocketFace(sender)));
        Self { engine, client, ticks }
    }

    /// Serves calls until the socket ends; answers why, when it was us.
    async fn serve(&self, socket: &mut WebSocket, shell: &Shell) -> Option<&'static str> {
        let mut ticks = self.ticks.clone();
        let mut calls = FuturesUnordered::new();
        loop {
            let frame = tokio::select! {
                () = shell.stop.cancelled() => return Some("Hubscope ends"),
                received = socket.recv(), if calls.len() < MAX_CALLS => match received {
                    Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                        Ok(call) => {
                            calls.push(self.run(call));
                            continue;
                        }
                        Err(_) => return Some("this frame is no call"),
                    },
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    Some(Ok(Message::Binary(_))) => return Some("this frame is no call"),
                    Some(Err(_)) => return Some("this frame cannot be read"),
                    Some(Ok(Message::Close(_))) | None => return None,
                },
                Some((id, reply)) = calls.next() => frames::answer(id, reply),
                Ok(()) = ticks.changed() => match ticks.borrow_and_update().as_ref() {
                    Some(tick) => frames::tick(tick),
                    None => continue,
                },
            };
            if !matches!(timeout(SEND_LIMIT, socket.send(frame)).await, Ok(Ok(()))) {
                return None;
            }
        }
    }

    /// A command runs to its end also when the page goes meanwhile, as in the desktop app: half a change to the
    /// workspace or the sandbox would be nobody's.
    async fn run(&self, call: Call) -> (u32, Result<Reply>) {
        let (engine, client) = (self.engine.clone(), self.client);
        let command = async move { hubscope_model::dispatch(&*engine, client, &call.name, call.request).await };
        let reply = match tokio::spawn(command).await {
            Ok(reply) => reply,
            Err(error) => Err(Error::new(Code::Internal, "A command failed.").detail(error.to_string())),
        };
        (call.id, reply)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.engine.detach(self.client);
    }
}
