//! Connections of other programs' files: MQTTX, MQTT Explorer and mosquitto's bridges.
//!
//! Each format becomes the same [`Connection`]s; what has no place here is named with its reason, never dropped silently.

mod explorer;
mod mosquitto;
mod mqttx;
mod mqttx_session;

use hubscope_model::{ImportSource, LeftOut, LeftOutReason, SessionOptions, Transport};
use zeroize::Zeroizing;

/// What a file holds. Its secrets are not for print, so there is no Debug.
pub struct Foreign {
    pub source: ImportSource,
    pub connections: Vec<Connection>,
    /// Connections that cannot be taken over at all.
    pub left_out: Vec<LeftOut>,
}

impl Foreign {
    /// Sorts what can be taken over from what cannot.
    fn new(source: ImportSource, found: impl Iterator<Item = Result<Connection, LeftOut>>) -> Self {
        let mut foreign = Self { source, connections: Vec::new(), left_out: Vec::new() };
        for one in found {
            match one {
                Ok(connection) => foreign.connections.push(connection),
                Err(out) => foreign.left_out.push(out),
            }
        }
        foreign
    }
}

/// A connection in our terms: an address, and the client that connects to it.
pub struct Connection {
    pub name: String,
    pub host: String,
    pub port: u16,
    pub transport: Transport,
    /// Path of a WebSocket's URL; empty elsewhere.
    pub path: String,
    /// File name and PEM of the only CA that is trusted.
    pub ca: Option<(String, String)>,
    pub client_id: String,
    pub user_name: Option<String>,
    pub password: Option<Zeroizing<String>>,
    /// PEM of the client certificate, leaf first, and of its key.
    pub certificate: Option<(String, Zeroizing<String>)>,
    pub options: SessionOptions,
    pub subscriptions: Vec<Subscribed>,
    pub left_out: Vec<LeftOut>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Subscribed {
    pub filter: String,
    pub qos: u8,
    pub alias: Option<String>,
    pub enabled: bool,
}

/// Reads a file of another program; None when it is of none that is known.
pub fn read(bytes: &[u8]) -> Option<Foreign> {
    let text = std::str::from_utf8(bytes).ok()?;
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(json) => mqttx::read(&json).or_else(|| explorer::read(&json)),
        Err(_) => mosquitto::read(text),
    }
}

fn left_out(what: impl Into<String>, reason: LeftOutReason) -> LeftOut {
    LeftOut { what: what.into(), reason }
}

/// A text that is there and not empty.
fn text(value: &serde_json::Value, field: &str) -> Option<String> {
    value.get(field)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn port(value: &serde_json::Value) -> Option<u16> {
    value.get("port")?.as_u64().and_then(|port| u16::try_from(port).ok()).filter(|port| *port > 0)
}

/// The path of a WebSocket's URL, which other programs write with or without its first slash.
fn web_socket_path(value: &serde_json::Value, field: &str, transport: Transport) -> String {
    match text(value, field) {
        Some(path) if transport.is_web_socket() => format!("/{}", path.trim_start_matches('/')),
        _ => String::new(),
    }
}

fn flag(value: &serde_json::Value, field: &str) -> Option<bool> {
    value.get(field)?.as_bool()
}

/// QoS of a subscription, as far as it can be asked for here.
fn qos(value: Option<u64>) -> u8 {
    u8::try_from(value.unwrap_or_default())
        .unwrap_or_default()
        .min(crate::limits::of(hubscope_model::HubKind::MqttBroker).qos)
}
