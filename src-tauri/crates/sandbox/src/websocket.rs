//! MQTT over WebSocket (MQTT 5 section 6, the same rules as MQTT 3.1.1 section 6).

use crate::limits::Limits;
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt, future};
use std::io;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::accept_hdr_async_with_config;
use tokio_tungstenite::tungstenite::handshake::server::{Callback, ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::header::SEC_WEBSOCKET_PROTOCOL;
use tokio_tungstenite::tungstenite::http::{HeaderValue, StatusCode};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_util::io::{CopyToBytes, SinkWriter, StreamReader};

/// The name of the subprotocol [MQTT-6.0.0-3, 6.0.0-4].
const SUBPROTOCOL: &str = "mqtt";

/// Answers the upgrade at `path`, and gives the bytes in binary frames as a stream: packets need not begin with a frame
/// [MQTT-6.0.0-2].
///
/// Errors: another path (404), no subprotocol `mqtt` (400), or what is no upgrade.
pub(crate) async fn accept<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    path: &str,
    limits: &Limits,
) -> Result<(impl AsyncRead + Unpin + use<S>, impl AsyncWrite + Unpin + use<S>), Box<Error>> {
    let config = WebSocketConfig::default()
        .max_message_size(Some(limits.packet))
        .max_frame_size(Some(limits.packet))
        .max_write_buffer_size(2 * limits.packet + 1024 * 1024);
    let socket = accept_hdr_async_with_config(stream, Gate { path }, Some(config)).await.map_err(Box::new)?;
    let (sink, stream) = socket.split();
    let bytes = stream.filter_map(|message| {
        future::ready(match message {
            Ok(Message::Binary(bytes)) => Some(Ok(bytes)),
            // Answered by the library.
            Ok(Message::Ping(_) | Message::Pong(_)) => None,
            Ok(Message::Close(_)) => Some(Err(io::ErrorKind::ConnectionAborted.into())),
            // [MQTT-6.0.0-1]: binary frames only.
            Ok(Message::Text(_) | Message::Frame(_)) => Some(Err(io::ErrorKind::InvalidData.into())),
            Err(error) => Some(Err(io::Error::other(error))),
        })
    });
    let sink = sink.sink_map_err(io::Error::other);
    let sink = sink.with(|bytes: Bytes| future::ready(Ok::<_, io::Error>(Message::Binary(bytes))));
    Ok((StreamReader::new(bytes), SinkWriter::new(CopyToBytes::new(sink))))
}

/// Judges the upgrade's request.
struct Gate<'a> {
    path: &'a str,
}

impl Callback for Gate<'_> {
    fn on_request(self, request: &Request, mut response: Response) -> Result<Response, ErrorResponse> {
        let asked = request.headers().get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
        let mut asked = asked.flat_map(|value| value.split(','));
        let (status, why) = match (request.uri().path() == self.path, asked.any(|name| name.trim() == SUBPROTOCOL)) {
            (true, true) => {
                response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL));
                return Ok(response);
            }
            (false, _) => (StatusCode::NOT_FOUND, format!("MQTT is at {}", self.path)),
            (true, false) => (StatusCode::BAD_REQUEST, format!("ask for the subprotocol {SUBPROTOCOL}")),
        };
        let mut refusal = ErrorResponse::new(Some(why));
        *refusal.status_mut() = status;
        Err(refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// The first line of the answer to an upgrade, and the subprotocol in it.
    async fn answer(path: &str, subprotocols: &str) -> (String, bool) {
        let (mut near, far) = tokio::io::duplex(10_000);
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{subprotocols}\r\n"
        );
        near.write_all(request.as_bytes()).await.unwrap();
        drop(accept(far, "/$iothub/websocket", &Limits::default()).await);
        let mut answer = Vec::new();
        near.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer).to_lowercase();
        (answer.lines().next().unwrap().to_owned(), answer.contains("\r\nsec-websocket-protocol: mqtt\r\n"))
    }

    #[tokio::test]
    async fn path_and_subprotocol_are_judged() {
        let mqtt = "Sec-WebSocket-Protocol: mqtt\r\n";
        for (path, subprotocols, line, named) in [
            ("/$iothub/websocket", mqtt, "http/1.1 101 switching protocols", true),
            (
                "/$iothub/websocket",
                "Sec-WebSocket-Protocol: mqttv3.1, mqtt\r\n",
                "http/1.1 101 switching protocols",
                true,
            ),
            ("/$iothub/websocket", "", "http/1.1 400 bad request", false),
            ("/$iothub/websocket", "Sec-WebSocket-Protocol: xmpp\r\n", "http/1.1 400 bad request", false),
            ("/mqtt", mqtt, "http/1.1 404 not found", false),
        ] {
            assert_eq!(answer(path, subprotocols).await, (line.to_owned(), named), "{path} {subprotocols}");
        }
    }
}
