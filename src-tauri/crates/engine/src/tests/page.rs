//! A page as the tests need one.

use crate::options::VaultChoice;
use crate::{Engine, EngineOptions, Face};
use hubscope_model::{ClientId, Direction, Error, Reply, SessionId, ShellKind, Tick};
use hubscope_monitor::{Limits, NewMessage};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::mpsc;

/// Hands ticks to a channel, as a window would.
struct TestFace(mpsc::UnboundedSender<Tick>);

/// The same, with a save dialog whose user always takes the name that is suggested.
struct SavingFace(TestFace, PathBuf);

impl Face for SavingFace {
    fn kind(&self) -> ShellKind {
        self.0.kind()
    }

    fn choose_place(&self, name: String) -> Pin<Box<dyn Future<Output = Result<Option<PathBuf>, Error>> + Send + '_>> {
        Box::pin(async move { Ok(Some(self.1.join(name))) })
    }

    fn may_reveal(&self) -> bool {
        true
    }

    fn tick(&self, tick: Tick) {
        self.0.tick(tick);
    }
}

impl Face for TestFace {
    fn kind(&self) -> ShellKind {
        ShellKind::Desktop
    }

    fn tick(&self, tick: Tick) {
        // A page that has gone listens no more.
        let _ = self.0.send(tick);
    }
}

pub async fn engine() -> (Arc<Engine>, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let engine = engine_at(home.path()).await;
    (engine, home)
}

pub async fn engine_at(home: &std::path::Path) -> Arc<Engine> {
    Engine::start(EngineOptions {
        vault: VaultChoice::Memory,
        limits: Limits { bytes: 128 * 1024 * 1024, entries: 1_000_000 },
        ..EngineOptions::at(home.to_owned())
    })
    .await
}

pub struct Page {
    pub engine: Arc<Engine>,
    pub client: ClientId,
    pub ticks: mpsc::UnboundedReceiver<Tick>,
    /// All JSON that crossed to this page.
    pub crossed: String,
}

impl Page {
    pub async fn open(engine: &Arc<Engine>) -> Self {
        let (sender, ticks) = mpsc::unbounded_channel();
        Self::with(engine, Arc::new(TestFace(sender)), ticks).await
    }

    /// One that saves files into a directory.
    pub async fn saving(engine: &Arc<Engine>, directory: &Path) -> Self {
        let (sender, ticks) = mpsc::unbounded_channel();
        Self::with(engine, Arc::new(SavingFace(TestFace(sender), directory.to_owned())), ticks).await
    }

    async fn with(engine: &Arc<Engine>, face: Arc<dyn Face>, ticks: mpsc::UnboundedReceiver<Tick>) -> Self {
        let client = engine.attach(face);
        let mut page = Self { engine: engine.clone(), client, ticks, crossed: String::new() };
        page.call::<Value>("client.hello", json!({})).await;
        page
    }

    pub async fn try_call<T: DeserializeOwned>(&mut self, name: &str, request: Value) -> Result<T, Error> {
        match hubscope_model::dispatch(&*self.engine, self.client, name, request).await {
            Ok(Reply::Json(text)) => {
                self.crossed += &text;
                Ok(serde_json::from_str(&text).unwrap())
            }
            Ok(Reply::Bytes(_)) => panic!("{name} answers bytes"),
            Err(error) => {
                self.crossed += &serde_json::to_string(&error).unwrap();
                Err(error)
            }
        }
    }

    pub async fn call<T: DeserializeOwned>(&mut self, name: &str, request: Value) -> T {
        match self.try_call(name, request).await {
            Ok(answer) => answer,
            Err(error) => panic!("{name}: {error:?}"),
        }
    }
}

/// Puts messages of 200 bytes into the log, as a session would.
pub fn receive(engine: &Engine, count: usize) {
    let topics = ["lab/a/temperature", "lab/b/temperature", "lab/c/humidity"];
    append(engine, (0..count).map(|index| topics[index % 3]), &[b'x'; 200]);
}

/// Puts an empty message on each topic into the log.
pub fn receive_on(engine: &Engine, topics: &[String]) {
    append(engine, topics.iter().map(String::as_str), &[]);
}

fn append<'a>(engine: &Engine, topics: impl Iterator<Item = &'a str>, payload: &[u8]) {
    engine.monitor.append(topics.enumerate().map(|(index, topic)| NewMessage {
        time: 1_700_000_000_000_000 + index as i64,
        session: SessionId(1),
        direction: Direction::In,
        topic,
        payload,
        properties: &[],
        qos: 0,
        retain: false,
        dup: false,
    }));
    engine.changes.ring();
}
