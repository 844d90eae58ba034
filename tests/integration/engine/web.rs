//! The web shell's socket in this process, and every byte that crosses it.

use hubscope_engine::{Engine, EngineOptions, VaultChoice};
use hubscope_tests::socket::PageSocket;
use hubscope_tests::{DEADLINE, fail};
use hubscope_web::WebShell;
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::time::Instant;

pub struct Browser {
    pub engine: Arc<Engine>,
    pub home: TempDir,
    shell: WebShell,
    socket: PageSocket,
    /// Every frame of both directions but those of [`Browser::enter`].
    pub crossed: Vec<u8>,
}

impl Browser {
    pub async fn open() -> Self {
        let home = tempfile::tempdir().unwrap();
        let options = EngineOptions { vault: VaultChoice::Memory, ..EngineOptions::at(home.path().to_owned()) };
        let engine = Engine::start(options).await;
        let shell = WebShell::start(engine.clone(), 0).await.unwrap();
        let socket = PageSocket::open(&shell.url()).await.unwrap();
        let mut browser = Self { engine, home, shell, socket, crossed: Vec::new() };
        browser.call("client.hello", json!({})).await;
        browser
    }

    pub async fn stop(mut self) -> (Vec<u8>, TempDir) {
        self.socket.close().await;
        self.shell.stop().await;
        self.engine.stop().await;
        (self.crossed, self.home)
    }

    pub async fn call(&mut self, name: &str, request: Value) -> Value {
        match self.try_call(name, request).await {
            Ok(answer) => answer,
            Err(error) => fail(&format!("{name}: {error}")),
        }
    }

    pub async fn try_call(&mut self, name: &str, request: Value) -> Result<Value, Value> {
        self.crossed.extend(request.to_string().as_bytes());
        self.enter(name, request).await
    }

    /// A call in which the user types a secret: of it only the answer is written down.
    pub async fn enter(&mut self, name: &str, request: Value) -> Result<Value, Value> {
        let answer = self.socket.call(name, request).await.unwrap();
        self.crossed.append(&mut self.socket.came);
        answer
    }

    /// Calls `name` until `wanted` is true of the answer.
    pub async fn until(&mut self, what: &str, name: &str, request: Value, wanted: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let answer = self.call(name, request.clone()).await;
            if wanted(&answer) {
                return answer;
            }
            if Instant::now() > deadline {
                fail(&format!("{what} did not come; last seen: {answer}"));
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}
