//! The two commands of the app: `ticks` makes a page a client of the engine, `rpc` carries every call.

use crate::face::WindowFace;
use hubscope_engine::Engine;
use hubscope_model::{ClientId, Code, Error, Reply, Result, Tick};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::ipc::{Channel, Response};
use tauri::{State, WebviewWindow};

/// The engine, and which window is which client of it.
pub struct Shell {
    pub engine: Arc<Engine>,
    clients: Mutex<HashMap<String, Page>>,
}

/// The page of a window.
struct Page {
    client: ClientId,
    /// Where it hears which entry of the menu bar was chosen.
    chosen: Channel<String>,
}

impl Shell {
    pub fn new(engine: Arc<Engine>) -> Self {
        Self { engine, clients: Mutex::default() }
    }

    /// Remembers the page of the window `label`, and ends the one it had before.
    fn attach(&self, label: String, page: Page) {
        let earlier = self.clients().insert(label, page);
        self.end(earlier);
    }

    /// Tells the page of the window `label` which entry of its menu bar was chosen.
    pub fn choose(&self, label: &str, action: &str) {
        let chosen = self.clients().get(label).map(|page| page.chosen.clone());
        if let Some(Err(error)) = chosen.map(|chosen| chosen.send(action.to_owned())) {
            tracing::debug!(%error, "a menu found no page");
        }
    }

    /// Ends the client of a window that was closed.
    pub fn detach(&self, label: &str) {
        let earlier = self.clients().remove(label);
        self.end(earlier);
    }

    fn client(&self, label: &str) -> Option<ClientId> {
        self.clients().get(label).map(|page| page.client)
    }

    fn end(&self, page: Option<Page>) {
        if let Some(page) = page {
            self.engine.detach(page.client);
        }
    }

    /// The map is whole even when a panic happened beside it: it is only ever inserted into and removed from.
    fn clients(&self) -> std::sync::MutexGuard<'_, HashMap<String, Page>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// First call of a page, also after a reload: what an earlier page of this window owned ends here. `chosen` hears the
/// entries of the menu bar.
#[tauri::command]
pub async fn ticks(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    channel: Channel<Tick>,
    chosen: Channel<String>,
) -> Result<()> {
    let label = window.label().to_owned();
    let client = shell.engine.attach(Arc::new(WindowFace::new(window, channel)));
    shell.attach(label, Page { client, chosen });
    Ok(())
}

/// Passes a call of the command table to the engine. JSON goes back unparsed, payloads go back as bytes.
#[tauri::command]
pub async fn rpc(window: WebviewWindow, shell: State<'_, Shell>, name: String, request: Value) -> Result<Response> {
    let client =
        shell.client(window.label()).ok_or_else(|| Error::new(Code::Gone, "This page has not asked for ticks yet."))?;
    match hubscope_model::dispatch(&*shell.engine, client, &name, request).await? {
        Reply::Json(text) => Ok(Response::new(text)),
        Reply::Bytes(bytes) => Ok(Response::new(bytes)),
    }
}
