//! The window as the engine sees it: where ticks go and who opens dialogs.

use hubscope_engine::Face;
use hubscope_model::{Code, Error, FilePurpose, Result, ShellKind, Tick};
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use tauri::WebviewWindow;
use tauri::ipc::Channel;
use tauri_plugin_dialog::DialogExt;

/// One page in one window.
pub struct WindowFace {
    pub window: WebviewWindow,
    pub ticks: Channel<Tick>,
}

impl Face for WindowFace {
    fn kind(&self) -> ShellKind {
        ShellKind::Desktop
    }

    fn choose_file(&self, purpose: FilePurpose) -> Pin<Box<dyn Future<Output = Result<Option<PathBuf>>> + Send + '_>> {
        Box::pin(self.ask(purpose))
    }

    fn tick(&self, tick: Tick) {
        // Fails only when the window is gone; the engine learns that from the window's own event.
        if let Err(error) = self.ticks.send(tick) {
            tracing::debug!(%error, "a tick found no page");
        }
    }
}

impl WindowFace {
    async fn ask(&self, purpose: FilePurpose) -> Result<Option<PathBuf>> {
        let dialog = self.window.dialog().file().set_parent(&self.window);
        let dialog = match purpose {
            FilePurpose::CaCertificate => dialog
                .set_title("Choose a CA certificate")
                .add_filter("Certificates", &["pem", "crt", "cer", "der"])
                .add_filter("All files", &["*"]),
            FilePurpose::Payload => dialog.set_title("Choose a payload"),
        };
        let (answer, answered) = tokio::sync::oneshot::channel();
        dialog.pick_file(move |file| {
            // Nobody listens when the page went away while the dialog was open.
            let _ = answer.send(file);
        });
        let Ok(Some(file)) = answered.await else { return Ok(None) };
        let path = file.into_path().map_err(|error| {
            Error::new(Code::FileUnreadable, "The chosen file is not on this computer.").detail(error.to_string())
        })?;
        Ok(Some(path))
    }
}
