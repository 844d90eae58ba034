//! A page in a browser without the browser: the web shell's socket, and every byte that crosses it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::{SinkExt, StreamExt};
use hubscope_engine::{Engine, EngineOptions, VaultChoice};
use hubscope_tests::{DEADLINE, fail, within};
use hubscope_web::WebShell;
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Call id of acknowledgements; nobody waits for their answers.
const ACK: u32 = u32::MAX;

pub struct Browser {
    pub engine: Arc<Engine>,
    pub home: TempDir,
    shell: WebShell,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Every frame of both directions but those of [`Browser::enter`].
    pub crossed: Vec<u8>,
    id: u32,
}

impl Browser {
    pub async fn open() -> Self {
        let home = tempfile::tempdir().unwrap();
        let options = EngineOptions { vault: VaultChoice::Memory, ..EngineOptions::at(home.path().to_owned()) };
        let engine = Engine::start(options).await;
        let shell = WebShell::start(engine.clone(), 0).await.unwrap();
        let mut request = format!("ws://{}/socket", shell.address()).into_client_request().unwrap();
        request.headers_mut().insert("Origin", format!("http://{}", shell.address()).parse().unwrap());
        let (mut socket, _) = within("the shell answers", connect_async(request)).await.unwrap();
        let token = shell.url().split_once('#').unwrap().1.to_owned();
        socket.send(Message::text(json!({ "token": token }).to_string())).await.unwrap();
        let mut browser = Self { engine, home, shell, socket, crossed: Vec::new(), id: 0 };
        browser.call("client.hello", json!({})).await;
        browser
    }

    pub async fn stop(mut self) -> (Vec<u8>, TempDir) {
        // The shell may be the first to close.
        let _ = self.socket.close(None).await;
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
        self.id += 1;
        let id = self.id;
        self.send(json!({ "id": id, "name": name, "request": request })).await;
        loop {
            let frame = within("a frame", self.socket.next()).await.unwrap().unwrap();
            match frame {
                Message::Text(text) => {
                    self.crossed.extend(text.as_bytes());
                    let frame: Value = serde_json::from_str(&text).unwrap();
                    if let Some(number) = frame["tick"]["number"].as_u64() {
                        let request = json!({ "number": number });
                        self.send(json!({ "id": ACK, "name": "client.ack", "request": request })).await;
                    } else if frame["id"] == id {
                        return if frame["error"].is_null() {
                            Ok(frame["ok"].clone())
                        } else {
                            Err(frame["error"].clone())
                        };
                    }
                }
                Message::Binary(bytes) => {
                    self.crossed.extend(&bytes);
                    if bytes[..4] == id.to_le_bytes() {
                        return Ok(STANDARD.encode(&bytes[4..]).into());
                    }
                }
                _ => {}
            }
        }
    }

    async fn send(&mut self, frame: Value) {
        self.socket.send(Message::text(frame.to_string())).await.unwrap();
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
