//! What lies between TCP and MQTT: WebSocket and the tunnel.

use super::{Failure, Scene, closed, rustls_error, untrusted};
use async_tungstenite::tungstenite::Error as SocketError;
use async_tungstenite::tungstenite::http::StatusCode;
use hubscope_model::{Code, Error, Text};
use std::fmt::Display;

/// The opening of a WebSocket failed.
pub(super) fn web_socket(error: &SocketError, scene: &Scene) -> Failure {
    match error {
        SocketError::Http(response) => status(response.status(), scene),
        SocketError::Io(error) => match rustls_error(error) {
            Some(tls) => untrusted(tls),
            None => closed(scene, Some(Text::verbatim(error.to_string()))),
        },
        SocketError::Tls(error) => untrusted_text(error, scene),
        SocketError::ConnectionClosed | SocketError::AlreadyClosed => closed(scene, None),
        error => no_web_socket(scene, error),
    }
}

/// The library's TLS error for a WebSocket is another type than rustls' own.
fn untrusted_text(error: &dyn std::error::Error, scene: &Scene) -> Failure {
    match error.source().and_then(|source| source.downcast_ref()) {
        Some(tls) => untrusted(tls),
        None => no_web_socket(scene, error),
    }
}

/// The server answered the opening request with another status than 101 (RFC 6455 section 4.1).
fn status(status: StatusCode, scene: &Scene) -> Failure {
    let endpoint = &scene.endpoint;
    let error = Error::new(
        Code::WebSocketRefused,
        format!("{endpoint} answered the WebSocket request with status {}.", status.as_u16()),
    )
    .detail(status.to_string());
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            Failure::fatal(error.hint("Check the headers of the WebSocket request; the server wants a login there."))
        }
        StatusCode::NOT_FOUND => Failure::fatal(error.hint("Check the path; \"/mqtt\" is the usual one.")),
        status if status.is_server_error() => Failure::passing(error.hint("Try again later.")),
        _ => Failure::counted(error.hint("Check port and path, and that the server speaks MQTT over WebSocket.")),
    }
}

/// What came back is no WebSocket, or none for MQTT.
pub(super) fn no_web_socket(scene: &Scene, detail: impl Display) -> Failure {
    let endpoint = &scene.endpoint;
    let error = Error::new(Code::WebSocketRefused, format!("{endpoint} does not speak MQTT over WebSocket."));
    Failure::counted(error.detail(detail.to_string()).hint("Check port and path; or use plain MQTT."))
}
