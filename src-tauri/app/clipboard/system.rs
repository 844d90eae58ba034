//! The system's clipboard.

use super::Board;
use hubscope_model::{Code, Error, Result};
use zeroize::Zeroizing;

/// Opened at the first use. On Linux its content lives as long as the program that put it there, so it is kept open.
#[derive(Default)]
pub struct System(Option<arboard::Clipboard>);

impl System {
    fn open(&mut self) -> Result<&mut arboard::Clipboard> {
        if self.0.is_none() {
            self.0 = Some(arboard::Clipboard::new().map_err(refused)?);
        }
        self.0.as_mut().ok_or_else(|| refused(arboard::Error::ClipboardNotSupported))
    }
}

impl Board for System {
    fn put(&mut self, secret: &str) -> Result<()> {
        set(self.open()?, secret).map_err(refused)
    }

    fn text(&mut self) -> Option<Zeroizing<String>> {
        self.open().ok()?.get_text().ok().map(Zeroizing::new)
    }

    fn clear(&mut self) -> Result<()> {
        self.open()?.clear().map_err(refused)
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
