//! What a session's sink tells the command that waits for it: always the latest, never a queue.

use crate::failure::Failure;
use hubscope_model::{Error, SessionState};
use tokio::sync::watch;

/// Why a command is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Everything asked for was done.
    Done,
    /// The session failed; `was_online` says whether it was ever up.
    Session { error: Error, was_online: bool },
    /// The server refused a subscription or a publish.
    Refused(Error),
    /// Nobody reads standard output any more.
    OutputClosed,
    /// Standard output cannot be written to.
    Output(Error),
}

impl End {
    pub fn into_result(self) -> Result<(), Failure> {
        match self {
            Self::Done | Self::OutputClosed => Ok(()),
            Self::Session { error, was_online } => Err(Failure::session(error, was_online)),
            Self::Refused(error) => Err(Failure::refused(error)),
            Self::Output(error) => Err(Failure::usage(error)),
        }
    }
}

/// The latest that is known.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    pub was_online: bool,
    /// Publishes that got their last word.
    pub answered: u64,
    /// The first reason to end; later ones do not count.
    pub end: Option<End>,
}

/// The sink's side.
pub struct Reporter(watch::Sender<Progress>);

impl Reporter {
    pub fn new() -> (Self, watch::Receiver<Progress>) {
        let (sender, receiver) = watch::channel(Progress::default());
        (Self(sender), receiver)
    }

    pub fn end(&self, end: End) {
        self.0.send_if_modified(|progress| {
            let first = progress.end.is_none();
            progress.end.get_or_insert(end);
            first
        });
    }

    pub fn ended(&self) -> bool {
        self.0.borrow().end.is_some()
    }

    pub fn answered(&self) {
        self.0.send_modify(|progress| progress.answered += 1);
    }

    pub fn state(&self, state: SessionState) {
        match state {
            SessionState::Online { .. } => self.0.send_modify(|progress| progress.was_online = true),
            SessionState::Failed { error } => {
                let was_online = self.0.borrow().was_online;
                self.end(End::Session { error, was_online });
            }
            _ => {}
        }
    }
}

/// Waits for the end of a command. Without its sink a session is over.
pub async fn ended(progress: &mut watch::Receiver<Progress>) -> End {
    match progress.wait_for(|progress| progress.end.is_some()).await {
        Ok(progress) => progress.end.clone().unwrap_or(End::Done),
        Err(_) => End::Done,
    }
}

/// Waits for Ctrl-C or, on Unix, a polite request to end.
pub async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a handler Ctrl-C ends the process by itself.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
