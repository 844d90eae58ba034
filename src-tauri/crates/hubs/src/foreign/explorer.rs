//! MQTT Explorer's `settings.json`: connections by id under `ConnectionManager_connections`, each what its
//! `ConnectionOptions` describes (`app/src/model/ConnectionOptions.ts` of thomasnordquist/MQTT-Explorer). Passwords are
//! plain there; certificates are the files' bytes in base64.

use super::{Connection, Foreign, Subscribed, flag, left_out, port, qos, text, web_socket_path};
use base64::Engine as _;
use hubscope_model::{ImportSource, LeftOut, LeftOutReason, SessionOptions, Transport};
use serde_json::Value;
use zeroize::Zeroizing;

/// None when the JSON has no connections of MQTT Explorer.
pub fn read(json: &Value) -> Option<Foreign> {
    let all = json.get("ConnectionManager_connections")?.as_object()?;
    Some(Foreign::new(ImportSource::MqttExplorer, all.values().map(connection)))
}

fn connection(one: &Value) -> Result<Connection, LeftOut> {
    let host = text(one, "host").unwrap_or_default();
    let name = text(one, "name").unwrap_or_else(|| host.clone());
    let out = |reason| left_out(&name, reason);
    let transport = transport(one);
    let tls = transport.is_tls();
    let port = port(one).filter(|_| !host.is_empty()).ok_or_else(|| out(LeftOutReason::Invalid))?;
    let mut missing = Vec::new();
    if tls && flag(one, "certValidation") == Some(false) {
        missing.push(left_out("certValidation", LeftOutReason::Unchecked));
    }
    let mut file = |field: &str| {
        let given = one.get(field).filter(|given| tls && given.is_object())?;
        let pem = text(given, "data").and_then(|data| pem_of(&data));
        if pem.is_none() {
            missing.push(left_out(field, LeftOutReason::CertificateFiles));
        }
        Some((text(given, "name").unwrap_or_else(|| field.to_owned()), pem?))
    };
    let ca = file("selfSignedCertificate");
    let certificate = match (file("clientCertificate"), file("clientKey")) {
        (Some((_, chain)), Some((_, key))) => Some((chain, Zeroizing::new(key))),
        (None, None) => None,
        // One without the other proves nothing.
        _ => {
            missing.push(left_out("clientCertificate", LeftOutReason::CertificateFiles));
            None
        }
    };
    Ok(Connection {
        name,
        host,
        port,
        transport,
        path: web_socket_path(one, "basePath", transport),
        ca,
        client_id: text(one, "clientId").unwrap_or_default(),
        user_name: text(one, "username"),
        password: text(one, "password").map(Zeroizing::new),
        certificate,
        options: SessionOptions::default(),
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

fn transport(one: &Value) -> Transport {
    let encryption = flag(one, "encryption").unwrap_or_default();
    match (text(one, "protocol").as_deref(), encryption) {
        (Some("ws"), true) => Transport::Wss,
        (Some("ws"), false) => Transport::Ws,
        (_, true) => Transport::Mqtts,
        (_, false) => Transport::Mqtt,
    }
}

/// Early versions stored topics alone.
fn subscribed(one: &Value) -> Option<Subscribed> {
    let filter = one.as_str().map(str::to_owned).or_else(|| text(one, "topic"))?;
    Some(Subscribed { filter, qos: qos(one.get("qos").and_then(Value::as_u64)), alias: None, enabled: true })
}

/// The PEM text in base64; None for DER, which is rare and has to be chosen in the form.
fn pem_of(data: &str) -> Option<String> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(data).ok()?;
    String::from_utf8(bytes).ok().filter(|text| text.contains("-----BEGIN"))
}
