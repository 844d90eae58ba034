//! Secrets on the clipboard: hidden from histories where the system can, and taken away after a minute.

mod system;

use hubscope_model::Result;
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

pub use system::System;

/// How long a secret stays.
const STAYS: Duration = Duration::from_secs(60);

/// What holds one text for all programs.
pub trait Board: Default + Send + 'static {
    /// Puts a secret there, hidden from histories where the system can.
    fn put(&mut self, secret: &str) -> Result<()>;
    /// The text that is there, whoever put it there; None when there is none.
    fn text(&mut self) -> Option<Zeroizing<String>>;
    /// Takes away what is there.
    fn clear(&mut self) -> Result<()>;
}

/// Puts secrets on a board and takes them away again.
#[derive(Default)]
pub struct Clipboard<B: Board = System>(Arc<Mutex<Held<B>>>);

#[derive(Default)]
struct Held<B> {
    board: B,
    /// What was copied last and may still be there.
    secret: Option<Zeroizing<String>>,
    timer: Option<JoinHandle<()>>,
}

impl<B: Board> Clipboard<B> {
    /// Puts `secret` on the clipboard, and clears it after [`STAYS`] if it is still there.
    ///
    /// # Errors
    /// `NotInThisShell` when there is no clipboard (a machine without a display).
    pub fn copy(&self, secret: Zeroizing<String>) -> Result<()> {
        let mut held = self.0.lock();
        held.board.put(&secret)?;
        held.secret = Some(secret);
        let clipboard = Self(self.0.clone());
        let timer = tokio::spawn(async move {
            tokio::time::sleep(STAYS).await;
            clipboard.clear();
        });
        // A later copy starts the minute anew.
        if let Some(earlier) = held.timer.replace(timer) {
            earlier.abort();
        }
        Ok(())
    }

    /// Takes a secret away that is still there; also when the program ends.
    pub fn clear(&self) {
        let mut held = self.0.lock();
        let Some(secret) = held.secret.take() else { return };
        let unchanged = held.board.text().is_some_and(|text| text == secret);
        if unchanged && let Err(error) = held.board.clear() {
            tracing::warn!(%error, "a secret stays on the clipboard");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// A board in memory, to which other programs write too.
    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Option<String>>>);

    impl Board for Shared {
        fn put(&mut self, secret: &str) -> Result<()> {
            *self.0.lock() = Some(secret.to_owned());
            Ok(())
        }

        fn text(&mut self) -> Option<Zeroizing<String>> {
            self.0.lock().clone().map(Zeroizing::new)
        }

        fn clear(&mut self) -> Result<()> {
            *self.0.lock() = None;
            Ok(())
        }
    }

    impl Shared {
        fn is(&self, text: Option<&str>) -> bool {
            self.0.lock().as_deref() == text
        }
    }

    fn clipboard() -> (Clipboard<Shared>, Shared) {
        let clipboard = Clipboard::<Shared>::default();
        let board = clipboard.0.lock().board.clone();
        (clipboard, board)
    }

    fn copy(clipboard: &Clipboard<Shared>, text: &str) {
        clipboard.copy(Zeroizing::new(text.to_owned())).unwrap();
    }

    /// The clock is paused: it only jumps when everybody waits.
    async fn pass(seconds: f64) {
        tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_secret_stays_for_a_minute() {
        let (clipboard, board) = clipboard();
        copy(&clipboard, "hunter2");
        pass(59.9).await;
        assert!(board.is(Some("hunter2")));
        pass(0.2).await;
        assert!(board.is(None));
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_copied_meanwhile_stays() {
        let (clipboard, board) = clipboard();
        copy(&clipboard, "hunter2");
        pass(30.0).await;
        *board.0.lock() = Some("a text of another program".into());
        pass(120.0).await;
        assert!(board.is(Some("a text of another program")));
        clipboard.clear();
        assert!(board.is(Some("a text of another program")), "also when the program ends");
    }

    #[tokio::test(start_paused = true)]
    async fn a_later_copy_starts_the_minute_anew() {
        let (clipboard, board) = clipboard();
        copy(&clipboard, "hunter2");
        pass(40.0).await;
        copy(&clipboard, "hunter3");
        pass(59.9).await;
        assert!(board.is(Some("hunter3")));
        pass(0.2).await;
        assert!(board.is(None));
    }

    #[tokio::test(start_paused = true)]
    async fn the_end_of_the_program_takes_it_away() {
        let (clipboard, board) = clipboard();
        copy(&clipboard, "hunter2");
        clipboard.clear();
        assert!(board.is(None));
        *board.0.lock() = Some("hunter2".into());
        pass(120.0).await;
        assert!(board.is(Some("hunter2")), "what was taken away is not looked for again");
    }
}
