//! A page in a browser without the browser: a web shell's socket, spoken as the page speaks it.

use crate::within;
use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::{SinkExt, StreamExt};
use hubscope_model::Counters;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Call id of acknowledgements; nobody waits for their answers.
const ACK: u32 = u32::MAX;

/// An open socket that has said its token. Ticks are acknowledged while it waits for an answer.
#[derive(Debug)]
pub struct PageSocket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Every frame that came.
    pub came: Vec<u8>,
    /// Of the newest tick.
    pub counters: Option<Counters>,
    id: u32,
}

impl PageSocket {
    /// `url`: what the shell prints, `http://ADDRESS/#TOKEN`.
    pub async fn open(url: &str) -> Result<Self> {
        let (address, token) = url.strip_prefix("http://").and_then(|rest| rest.split_once("/#")).context("an URL")?;
        let mut request = format!("ws://{address}/socket").into_client_request()?;
        request.headers_mut().insert("Origin", format!("http://{address}").parse()?);
        let (stream, _) = within("the shell answers", connect_async(request)).await?;
        let mut socket = Self { stream, came: Vec::new(), counters: None, id: 0 };
        socket.send(json!({ "token": token })).await?;
        Ok(socket)
    }

    /// Calls a command: its answer, bytes as base64, or its error.
    ///
    /// Errors: the socket is gone.
    pub async fn call(&mut self, name: &str, request: Value) -> Result<Result<Value, Value>> {
        self.id += 1;
        let id = self.id;
        self.send(json!({ "id": id, "name": name, "request": request })).await?;
        loop {
            match within("a frame", self.stream.next()).await.context("the socket ended")?? {
                Message::Text(text) => {
                    self.came.extend(text.as_bytes());
                    let mut frame: Value = serde_json::from_str(&text)?;
                    if let Some(number) = frame["tick"]["number"].as_u64() {
                        self.counters = serde_json::from_value(frame["tick"]["counters"].take())?;
                        let request = json!({ "number": number });
                        self.send(json!({ "id": ACK, "name": "client.ack", "request": request })).await?;
                    } else if frame["id"] == id {
                        return Ok(if frame["error"].is_null() {
                            Ok(frame["ok"].take())
                        } else {
                            Err(frame["error"].take())
                        });
                    }
                }
                Message::Binary(bytes) => {
                    self.came.extend(&bytes);
                    if bytes.get(..4).is_some_and(|start| start == id.to_le_bytes()) {
                        return Ok(Ok(STANDARD.encode(&bytes[4..]).into()));
                    }
                }
                _ => {}
            }
        }
    }

    pub async fn close(&mut self) {
        // The shell may be the first to close.
        let _closed = self.stream.close(None).await;
    }

    async fn send(&mut self, frame: Value) -> Result<()> {
        Ok(self.stream.send(Message::text(frame.to_string())).await?)
    }
}
