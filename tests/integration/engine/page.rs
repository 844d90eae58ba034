//! A page without a window: calls by name, waits for what it wants to see.

use hubscope_engine::{Engine, EngineOptions, Face};
use hubscope_model::{ClientId, Counters, Reply, Result, ShellKind, Text, Tick, ViewStatus, Window};
use hubscope_tests::fail;
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use tempfile::TempDir;
use zeroize::Zeroizing;

#[derive(Default)]
struct Screen {
    last: Mutex<Option<Tick>>,
    /// Ticks and notifications, as text.
    told: Mutex<String>,
    clipboard: Mutex<Option<Zeroizing<String>>>,
    /// Where the next save dialog says to write.
    place: Mutex<Option<PathBuf>>,
}

impl Face for Screen {
    fn kind(&self) -> ShellKind {
        ShellKind::Desktop
    }

    fn may_reveal(&self) -> bool {
        true
    }

    fn copy(&self, secret: Zeroizing<String>) -> Result<()> {
        *self.clipboard.lock() = Some(secret);
        Ok(())
    }

    fn notify(&self, title: &Text, body: &Text) {
        *self.told.lock() += &format!("{title}\n{body}\n");
    }

    fn choose_place(&self, _: String) -> Pin<Box<dyn Future<Output = Result<Option<PathBuf>>> + Send + '_>> {
        Box::pin(async { Ok(self.place.lock().take()) })
    }

    fn tick(&self, tick: Tick) {
        *self.told.lock() += &serde_json::to_string(&tick).unwrap();
        *self.last.lock() = Some(tick);
    }
}

pub struct Page {
    pub engine: Arc<Engine>,
    pub home: TempDir,
    client: ClientId,
    screen: Arc<Screen>,
    /// Every answer and error that crossed to the page; see also [`Page::told`].
    pub crossed: String,
}

/// A sentence of an answer, in English.
pub fn said(text: &Value) -> String {
    serde_json::from_value::<Text>(text.clone())
        .map_or_else(|error| fail(&format!("{text}: {error}")), |text| text.to_string())
}

impl Page {
    pub async fn open() -> Self {
        Self::open_asking(443).await
    }

    /// Hubs are asked for their time at this port.
    pub async fn open_asking(https_port: u16) -> Self {
        Self::open_with(|options| options.https_port = https_port).await
    }

    /// Started with options of its own.
    pub async fn open_with(change: impl FnOnce(&mut EngineOptions)) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut options = EngineOptions::at(home.path().to_owned());
        options.vault = hubscope_engine::VaultChoice::Memory;
        change(&mut options);
        let engine = Engine::start(options).await;
        let screen = Arc::new(Screen::default());
        let client = engine.attach(screen.clone());
        let mut page = Self { engine, home, client, screen, crossed: String::new() };
        page.call("client.hello", json!({})).await;
        page
    }

    /// Ends the engine, and opens the same workspace with another.
    pub async fn restart(&mut self) {
        self.engine.stop().await;
        let mut options = EngineOptions::at(self.home.path().to_owned());
        options.vault = hubscope_engine::VaultChoice::Memory;
        self.engine = Engine::start(options).await;
        self.client = self.engine.attach(self.screen.clone());
        self.call("client.hello", json!({})).await;
    }

    pub async fn call(&mut self, name: &str, request: Value) -> Value {
        match self.try_call(name, request).await {
            Ok(answer) => answer,
            Err(error) => fail(&format!("{name}: {error:?}")),
        }
    }

    pub async fn try_call(&mut self, name: &str, request: Value) -> Result<Value> {
        let answer = hubscope_model::dispatch(&*self.engine, self.client, name, request).await;
        let text = match &answer {
            Ok(Reply::Json(text)) => text.clone(),
            Ok(Reply::Bytes(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
            Err(error) => serde_json::to_string(error).unwrap(),
        };
        self.crossed += &text;
        Ok(match answer? {
            Reply::Json(text) => serde_json::from_str(&text).unwrap(),
            Reply::Bytes(_) => Value::String(text),
        })
    }

    /// A call whose answer is a secret by its nature: it is not written down.
    pub async fn reveal(&mut self, name: &str, request: Value) -> Value {
        match hubscope_model::dispatch(&*self.engine, self.client, name, request).await {
            Ok(Reply::Json(text)) => serde_json::from_str(&text).unwrap(),
            other => fail(&format!("{name}: {other:?}")),
        }
    }

    /// What was copied last.
    pub fn clipboard(&self) -> String {
        self.screen.clipboard.lock().as_ref().map(|text| text.to_string()).unwrap_or_default()
    }

    /// The next save dialog is answered with this file.
    pub fn will_save_to(&self, place: PathBuf) {
        *self.screen.place.lock() = Some(place);
    }

    /// Ticks and notifications so far.
    pub fn told(&self) -> String {
        self.screen.told.lock().clone()
    }

    /// Calls `name` until `wanted` is true of the answer.
    pub async fn until(&mut self, what: &str, name: &str, request: Value, wanted: impl Fn(&Value) -> bool) -> Value {
        let deadline = tokio::time::Instant::now() + hubscope_tests::DEADLINE;
        loop {
            let answer = self.call(name, request.clone()).await;
            if wanted(&answer) {
                return answer;
            }
            if tokio::time::Instant::now() > deadline {
                fail(&format!("{what} did not come; last seen: {answer}"));
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Acknowledges ticks until one has counters that are `wanted`.
    pub async fn until_counters(&mut self, wanted: impl Fn(&Counters) -> bool) -> Counters {
        let deadline = tokio::time::Instant::now() + hubscope_tests::DEADLINE;
        let mut seen = None;
        loop {
            let tick = self.screen.last.lock().take();
            if let Some(tick) = tick {
                self.call("client.ack", json!({ "number": tick.number })).await;
                if wanted(&tick.counters) {
                    return tick.counters;
                }
                seen = Some(tick.counters);
            }
            if tokio::time::Instant::now() > deadline {
                fail(&format!("the counters did not come; last seen: {seen:?}"));
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    pub async fn open_view(&mut self, query: &str, device: &Value) -> ViewStatus {
        let status = self.call("view.open", json!({ "query": query, "device": device, "classes": ["message"] })).await;
        serde_json::from_value(status).unwrap()
    }

    pub async fn rows(&mut self, view: ViewStatus) -> Window {
        let request = json!({ "view": view.view, "from": 0, "count": 500, "preview": 200 });
        serde_json::from_value(self.call("view.window", request).await).unwrap()
    }

    pub async fn wait_online(&mut self, device: &Value) -> Value {
        let state = |answer: &Value| {
            let sessions = answer["sessions"].as_array().cloned().unwrap_or_default();
            sessions.into_iter().find(|session| &session["device"] == device)
        };
        let answer = self
            .until("online", "session.list", json!({}), |answer| {
                state(answer).is_some_and(|session| {
                    let granted = session["subscriptions"].as_array().is_some_and(|subscriptions| {
                        subscriptions.iter().all(|one| one["grant"]["status"] == "granted")
                    });
                    session["state"]["state"] == "online" && granted
                })
            })
            .await;
        state(&answer).unwrap()
    }
}
