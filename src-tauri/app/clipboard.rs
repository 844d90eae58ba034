//! Secrets on the clipboard: hidden from histories where the system can, and taken away after a minute.

use hubscope_model::{Code, Error, Result};
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;
use tauri::async_runtime::JoinHandle;
use zeroize::Zeroizing;

/// How long a secret stays.
const STAYS: Duration = Duration::from_secs(60);

/// The system's clipboard. On Linux its content lives as long as the program that put it there, so it is kept open.
#[derive(Clone, Default)]
pub struct Clipboard(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    clipboard: Option<arboard::Clipboard>,
    /// What was copied last and may still be there.
    secret: Option<Zeroizing<String>>,
    timer: Option<JoinHandle<()>>,
}

impl Clipboard {
    /// Puts `secret` on the clipboard, and clears it after [`STAYS`] if it is still there.
    ///
    /// # Errors
    /// `NotInThisShell` when there is no clipboard (a machine without a display).
    pub fn copy(&self, secret: Zeroizing<String>) -> Result<()> {
        let mut held = self.0.lock();
        set(held.open()?, &secret).map_err(refused)?;
        held.secret = Some(secret);
        let clipboard = self.clone();
        let timer = tauri::async_runtime::spawn(async move {
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
        let Ok(clipboard) = held.open() else { return };
        let unchanged = clipboard.get_text().map(Zeroizing::new).is_ok_and(|text| text == secret);
        if unchanged && let Err(error) = clipboard.clear() {
            tracing::warn!(%error, "a secret stays on the clipboard");
        }
    }
}

impl Held {
    fn open(&mut self) -> Result<&mut arboard::Clipboard> {
        if self.clipboard.is_none() {
            self.clipboard = Some(arboard::Clipboard::new().map_err(refused)?);
        }
        self.clipboard.as_mut().ok_or_else(|| refused(arboard::Error::ClipboardNotSupported))
    }
}

#[cfg(target_os = "linux")]
fn set(clipboard: &mut arboard::Clipboard, secret: &str) -> std::result::Result<(), arboard::Error> {
    use arboard::SetExtLinux;
    clipboard.set().exclude_from_history().text(secret)
}

#[cfg(target_os = "windows")]
fn set(clipboard: &mut arboard::Clipboard, secret: &str) -> std::result::Result<(), arboard::Error> {
    use arboard::SetExtWindows;
    clipboard.set().exclude_from_history().exclude_from_cloud().text(secret)
}

#[cfg(target_os = "macos")]
fn set(clipboard: &mut arboard::Clipboard, secret: &str) -> std::result::Result<(), arboard::Error> {
    use arboard::SetExtApple;
    clipboard.set().exclude_from_history().text(secret)
}

fn refused(error: arboard::Error) -> Error {
    Error::new(Code::NotInThisShell, "The clipboard cannot be used.")
        .detail(error.to_string())
        .hint("Show the secret instead, and copy it by hand.")
}
