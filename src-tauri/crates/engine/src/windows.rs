//! Windows of the desktop app.

use crate::Engine;
use hubscope_model::{ClientId, Result, WindowOpen, WindowPart};

/// A window that a shell is to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWindow {
    pub title: String,
    /// What its page shows, as the query of its address; empty: the usual page.
    pub query: String,
}

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
}
