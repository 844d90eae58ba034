//! MQTTX's export of connections as JSON: a list of what its `ConnectionModel` describes (`src/types/global.d.ts` of
//! emqx/MQTTX; `src/components/ExportData.vue` writes it). Passwords are plain there; certificates are paths.

use super::{Connection, Foreign, Subscribed, flag, left_out, mqttx_session, port, qos, text, web_socket_path};
use hubscope_model::{ImportSource, LeftOut, LeftOutReason, MqttVersion, SessionOptions, Transport};
use serde_json::Value;
use zeroize::Zeroizing;

/// None when the JSON is none of MQTTX's: it is told by fields that every connection of it has.
pub fn read(json: &Value) -> Option<Foreign> {
    let all: Vec<&Value> = match json {
        Value::Array(all) => all.iter().collect(),
        Value::Object(_) => vec![json],
        _ => return None,
    };
    let ours = |one: &&Value| ["clientId", "mqttVersion", "host"].iter().all(|field| one.get(field).is_some());
    if all.is_empty() || !all.iter().all(ours) {
        return None;
    }
    Some(Foreign::new(ImportSource::Mqttx, all.into_iter().map(connection)))
}

fn connection(one: &Value) -> Result<Connection, LeftOut> {
    let host = text(one, "host").unwrap_or_default();
    let name = text(one, "name").unwrap_or_else(|| host.clone());
    let out = |reason| left_out(&name, reason);
    let transport = transport(one);
    let tls = transport.is_tls();
    let port = port(one).filter(|_| !host.is_empty()).ok_or_else(|| out(LeftOutReason::Invalid))?;
    let mut missing = Vec::new();
    let mut note = |what: &str, reason| missing.push(left_out(what, reason));
    let version = match text(one, "mqttVersion").as_deref() {
        Some("5.0" | "5") => MqttVersion::V5,
        Some("3.1.1") => MqttVersion::V311,
        _ => {
            note("mqttVersion", LeftOutReason::Version);
            MqttVersion::V311
        }
    };
    if tls && flag(one, "rejectUnauthorized") == Some(false) {
        note("rejectUnauthorized", LeftOutReason::Unchecked);
    }
    if tls && text(one, "ca").is_some() {
        note("ca", LeftOutReason::CaFile);
    }
    for field in ["cert", "key"] {
        if tls && text(one, field).is_some() {
            note(field, LeftOutReason::CertificateFiles);
        }
    }
    let will = mqttx_session::will(one, version).unwrap_or_else(|()| {
        note("will", LeftOutReason::Invalid);
        None
    });
    if version == MqttVersion::V5 && mqttx_session::has_authentication(one) {
        note("authenticationMethod", LeftOutReason::Authentication);
    }
    if one.get("messages").and_then(Value::as_array).is_some_and(|all| !all.is_empty()) {
        note("messages", LeftOutReason::Extras);
    }
    let plain = SessionOptions::default();
    let keep_alive = one.get("keepalive").and_then(Value::as_u64).and_then(|seconds| u16::try_from(seconds).ok());
    Ok(Connection {
        name,
        host,
        port,
        transport,
        path: web_socket_path(one, "path", transport),
        ca: None,
        client_id: text(one, "clientId").unwrap_or_default(),
        user_name: text(one, "username"),
        password: text(one, "password").map(Zeroizing::new),
        certificate: None,
        options: SessionOptions {
            version,
            clean_session: flag(one, "clean").unwrap_or(true),
            keep_alive: keep_alive.unwrap_or(plain.keep_alive),
            max_packet_size: mqttx_session::max_packet_size(one).unwrap_or(plain.max_packet_size),
            properties: if version == MqttVersion::V5 { mqttx_session::connect(one) } else { plain.properties },
            will,
        },
        subscriptions: one
            .get("subscriptions")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(subscribed)
            .collect(),
        left_out: missing,
    })
}

/// Older exports have no `protocol`; `ssl` says the same of TCP.
fn transport(one: &Value) -> Transport {
    let ssl = flag(one, "ssl").unwrap_or_default();
    match text(one, "protocol").as_deref() {
        Some("ws") if ssl => Transport::Wss,
        Some("ws") => Transport::Ws,
        Some("wss") => Transport::Wss,
        Some("mqtts") => Transport::Mqtts,
        _ if ssl => Transport::Mqtts,
        _ => Transport::Mqtt,
    }
}

fn subscribed(one: &Value) -> Option<Subscribed> {
    Some(Subscribed {
        filter: text(one, "topic")?,
        qos: qos(one.get("qos").and_then(Value::as_u64)),
        alias: text(one, "alias"),
        enabled: flag(one, "disabled") != Some(true),
    })
}
