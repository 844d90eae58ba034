//! Windows of the desktop app, and the settings that all of them follow.

use crate::Engine;
use crate::changes::Area;
use hubscope_model::{ClientId, Result, Settings, WindowOpen, WindowPart};
use hubscope_monitor::Limits;

/// A window that a shell is to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWindow {
    pub title: String,
    /// What its page shows, as the query of its address; empty: the usual page.
    pub query: String,
}

/// Bytes of an entry of the default bounds, by which the bound in entries grows with the one in bytes.
const BYTES_AN_ENTRY: u64 = 128;
const MEBIBYTE: u64 = 1024 * 1024;

impl Engine {
    pub(crate) async fn open_window(&self, client: ClientId, request: WindowOpen) -> Result<()> {
        let face = self.clients.face(client)?;
        let window = match request.device {
            None => NewWindow { title: "Hubscope".into(), query: "window=new".into() },
            Some(device) => {
                let part = match request.part {
                    WindowPart::Device => "device",
                    WindowPart::Messages => "messages",
                };
                let name = self.device_record(device).await?.name;
                NewWindow { title: format!("{name} – Hubscope"), query: format!("window={part}&device={device}") }
            }
        };
        face.open_window(window)
    }

    pub(crate) async fn change_settings(&self, settings: Settings) -> Result<Settings> {
        let settings = self.workspace.set_settings(settings).await?;
        self.monitor.set_limits(self.limits_of(&settings));
        self.changes.bump(Area::Settings);
        Ok(settings)
    }

    /// Bounds of the log: those chosen, or those that the program was started with.
    pub(crate) fn limits_of(&self, settings: &Settings) -> Limits {
        settings.log_mebibytes.map_or(self.limits, |size| {
            let bytes = u64::from(size) * MEBIBYTE;
            Limits { bytes, entries: bytes / BYTES_AN_ENTRY }
        })
    }
}
