//! The window as the engine sees it: where ticks go and who opens dialogs.

use crate::clipboard::Clipboard;
use crate::{menu, windows, words};
use hubscope_engine::{Face, NewWindow};
use hubscope_model::{
    Code, Error, FilePurpose, MenuBar, Result, ShellKind, SpokenLanguage, Text, Theme, Tick, WindowLook, text,
};
use parking_lot::Mutex;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use tauri::ipc::Channel;
use tauri::{Manager, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tauri_plugin_notification::NotificationExt;
use zeroize::Zeroizing;

/// One page in one window.
pub struct WindowFace {
    window: WebviewWindow,
    ticks: Channel<Tick>,
    /// As the page said last.
    language: Mutex<SpokenLanguage>,
}

impl Face for WindowFace {
    fn kind(&self) -> ShellKind {
        ShellKind::Desktop
    }

    fn choose_file(&self, purpose: FilePurpose) -> Pin<Box<dyn Future<Output = Result<Option<PathBuf>>> + Send + '_>> {
        Box::pin(self.ask(purpose))
    }

    fn choose_place(&self, suggested: String) -> Pin<Box<dyn Future<Output = Result<Option<PathBuf>>> + Send + '_>> {
        Box::pin(self.ask_place(suggested))
    }

    fn copy(&self, secret: Zeroizing<String>) -> Result<()> {
        self.window.state::<Clipboard>().copy(secret)
    }

    fn may_reveal(&self) -> bool {
        true
    }

    fn notify(&self, title: &Text, body: &Text) {
        let (title, body) = (self.say(title), self.say(body));
        // A desktop without notifications shows the state in the window all the same.
        if let Err(error) = self.window.notification().builder().title(title).body(body).show() {
            tracing::warn!(%error, "a notification could not be shown");
        }
    }

    fn open_window(&self, window: NewWindow) -> Result<()> {
        windows::open_more(self.window.app_handle(), window)
    }

    fn show_menu(&self, bar: MenuBar) -> Result<()> {
        menu::show(&self.window, bar)
            .map_err(|error| Error::new(Code::Internal, "The menu bar could not be shown.").detail(error.to_string()))
    }

    fn look(&self, look: WindowLook) -> Result<()> {
        *self.language.lock() = look.language;
        let theme = match look.theme {
            Theme::System => None,
            Theme::Light => Some(tauri::Theme::Light),
            Theme::Dark => Some(tauri::Theme::Dark),
        };
        let set = self.window.set_zoom(f64::from(look.zoom) / 100.0).and_then(|()| self.window.set_theme(theme));
        set.map_err(|error| Error::new(Code::Internal, "The window keeps its look.").detail(error.to_string()))
    }

    fn tick(&self, tick: Tick) {
        // Fails only when the window is gone; the engine learns that from the window's own event.
        if let Err(error) = self.ticks.send(tick) {
            tracing::debug!(%error, "a tick found no page");
        }
    }
}

impl WindowFace {
    pub fn new(window: WebviewWindow, ticks: Channel<Tick>) -> Self {
        Self { window, ticks, language: Mutex::default() }
    }

    fn say(&self, text: &Text) -> String {
        words::say(text, *self.language.lock())
    }

    async fn ask(&self, purpose: FilePurpose) -> Result<Option<PathBuf>> {
        let dialog = self.window.dialog().file().set_parent(&self.window);
        let certificates: &[&str] = &["pem", "crt", "cer", "der"];
        let identities: &[&str] = &["pem", "crt", "cer", "der", "p12", "pfx"];
        let (title, name, endings): (_, _, &[&str]) = match purpose {
            FilePurpose::CaCertificate => (text!("Choose a CA certificate"), text!("Certificates"), certificates),
            FilePurpose::ClientCertificate => {
                (text!("Choose the device's certificate"), text!("Certificates"), identities)
            }
            FilePurpose::PrivateKey => {
                (text!("Choose the certificate's private key"), text!("Private keys"), &["pem", "key", "der"])
            }
            FilePurpose::CertificateRequest => {
                (text!("Choose a certificate request"), text!("Certificate requests"), &["csr", "req", "pem", "der"])
            }
            FilePurpose::Import => {
                (text!("Choose a file to import"), text!("Exports and settings"), &["json", "hubscope", "conf"])
            }
            FilePurpose::Payload => (text!("Choose a payload"), text!("Payloads"), &["*"]),
        };
        let dialog = dialog.set_title(self.say(&title)).add_filter(self.say(&name), endings);
        let dialog = dialog.add_filter(self.say(&text!("All files")), &["*"]);
        let (answer, answered) = tokio::sync::oneshot::channel();
        dialog.pick_file(move |file| {
            // Nobody listens when the page went away while the dialog was open.
            let _ = answer.send(file);
        });
        answered.await.map_or(Ok(None), on_disk)
    }

    async fn ask_place(&self, suggested: String) -> Result<Option<PathBuf>> {
        let dialog = self.window.dialog().file().set_parent(&self.window).set_file_name(suggested);
        let (answer, answered) = tokio::sync::oneshot::channel();
        dialog.save_file(move |file| {
            // As above.
            let _ = answer.send(file);
        });
        answered.await.map_or(Ok(None), on_disk)
    }
}

/// The path behind a dialog's answer.
fn on_disk(file: Option<FilePath>) -> Result<Option<PathBuf>> {
    file.map(FilePath::into_path).transpose().map_err(|error| {
        Error::new(Code::FileUnreadable, "The chosen file is not on this computer.").detail(error.to_string())
    })
}
