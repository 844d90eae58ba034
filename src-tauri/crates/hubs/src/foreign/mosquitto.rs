//! Bridges of a `mosquitto.conf`, as mosquitto.conf(5), "Configuring Bridges", describes them: `connection` begins one,
//! the options below it are its own. A variable is separated from its value by a space; `#` begins a comment line.

use super::{Connection, Foreign, Subscribed, left_out, qos};
use hubscope_model::{ImportSource, LeftOut, LeftOutReason, MqttVersion, SessionOptions, Transport};
use zeroize::Zeroizing;

/// Without a port in `address`.
const PORT: u16 = 1883;

/// The lines of one bridge.
struct Bridge<'a> {
    name: &'a str,
    lines: Vec<(&'a str, &'a str)>,
}

/// None when the text has no bridge.
pub fn read(text: &str) -> Option<Foreign> {
    let mut bridges: Vec<Bridge<'_>> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (variable, value) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match (variable, bridges.last_mut()) {
            ("connection", _) => bridges.push(Bridge { name: value.trim(), lines: Vec::new() }),
            // A listener is no part of a bridge.
            ("listener", Some(_)) => break,
            (_, Some(bridge)) => bridge.lines.push((variable, value.trim())),
            (_, None) => {}
        }
    }
    if bridges.is_empty() {
        return None;
    }
    Some(Foreign::new(ImportSource::Mosquitto, bridges.iter().map(connection)))
}

impl<'a> Bridge<'a> {
    /// The value of the first of these variables; older names stand behind the newer ones.
    fn value(&self, names: &[&str]) -> Option<&'a str> {
        let named = |name: &&str| self.lines.iter().find(|(variable, _)| variable == name);
        names.iter().find_map(named).map(|(_, value)| *value).filter(|value| !value.is_empty())
    }

    fn has_tls(&self) -> bool {
        self.lines.iter().any(|(name, value)| {
            matches!(*name, "bridge_cafile" | "bridge_capath" | "bridge_certfile" | "bridge_tls_version")
                || (*name == "bridge_tls_use_os_certs" && *value == "true")
        })
    }
}

fn connection(bridge: &Bridge<'_>) -> Result<Connection, LeftOut> {
    let out = |reason| left_out(bridge.name, reason);
    if bridge.value(&["bridge_psk", "bridge_identity"]).is_some() {
        return Err(out(LeftOutReason::PreSharedKey));
    }
    let tls = bridge.has_tls();
    let addresses = bridge.value(&["address", "addresses"]).unwrap_or_default();
    let mut addresses = addresses.split_whitespace();
    let (host, port) = addresses.next().and_then(host_and_port).ok_or_else(|| out(LeftOutReason::Invalid))?;
    let mut missing = Vec::new();
    let mut note = |what: &str, reason| missing.push(left_out(what, reason));
    if addresses.next().is_some() {
        note("addresses", LeftOutReason::MoreAddresses);
    }
    for (names, reason) in [
        (&["bridge_cafile", "bridge_capath"][..], LeftOutReason::CaFile),
        (&["bridge_certfile", "bridge_keyfile"], LeftOutReason::CertificateFiles),
    ] {
        for name in names.iter().filter(|name| bridge.value(&[**name]).is_some()) {
            note(name, reason);
        }
    }
    if bridge.value(&["bridge_insecure"]) == Some("true") {
        note("bridge_insecure", LeftOutReason::Unchecked);
    }
    let version = match bridge.value(&["bridge_protocol_version"]) {
        Some("mqttv50") => MqttVersion::V5,
        Some("mqttv31") => {
            note("bridge_protocol_version", LeftOutReason::Version);
            MqttVersion::V311
        }
        _ => MqttVersion::V311,
    };
    let mut subscriptions = Vec::new();
    for (_, value) in bridge.lines.iter().filter(|(name, _)| *name == "topic") {
        match subscribed(value) {
            Some(subscription) => subscriptions.push(subscription),
            None => note(&format!("topic {value}"), LeftOutReason::BridgeTopics),
        }
    }
    let plain = SessionOptions::default();
    Ok(Connection {
        name: bridge.name.to_owned(),
        host,
        port,
        transport: if tls { Transport::Mqtts } else { Transport::Mqtt },
        path: String::new(),
        ca: None,
        client_id: bridge.value(&["remote_clientid", "clientid"]).unwrap_or(bridge.name).to_owned(),
        user_name: bridge.value(&["remote_username", "username"]).map(str::to_owned),
        password: bridge.value(&["remote_password", "password"]).map(|text| Zeroizing::new(text.to_owned())),
        certificate: None,
        options: SessionOptions {
            version,
            clean_session: bridge.value(&["cleansession"]) == Some("true"),
            keep_alive: bridge
                .value(&["keepalive_interval"])
                .and_then(|seconds| seconds.parse().ok())
                .unwrap_or(plain.keep_alive),
            ..plain
        },
        subscriptions,
        left_out: missing,
    })
}

/// `host`, `host:port`, or an IPv6 address in brackets.
fn host_and_port(address: &str) -> Option<(String, u16)> {
    if let Some((host, rest)) = address.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let port = rest.strip_prefix(':').map_or(Some(PORT), |port| port.parse().ok())?;
        return Some((host.to_owned(), port));
    }
    match address.split_once(':') {
        Some((host, port)) => Some((host.to_owned(), port.parse().ok()?)),
        None => Some((address.to_owned(), PORT)),
    }
    .filter(|(host, _)| !host.is_empty())
}

/// What the bridge receives: the pattern behind the remote prefix. None for what it only sends.
fn subscribed(value: &str) -> Option<Subscribed> {
    let parts: Vec<&str> = value.split_whitespace().map(|part| if part == "\"\"" { "" } else { part }).collect();
    let (pattern, direction) = (*parts.first()?, parts.get(1).copied().unwrap_or("out"));
    if !matches!(direction, "in" | "both") {
        return None;
    }
    let filter = format!("{}{pattern}", parts.get(4).copied().unwrap_or_default());
    let qos = qos(parts.get(2).and_then(|qos| qos.parse().ok()));
    Some(Subscribed { filter, qos, alias: None, enabled: true })
}
