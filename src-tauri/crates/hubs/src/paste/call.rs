//! A `connect(…)` call of MQTT.js, with the `subscribe(…)` and `publish(…)` calls behind it. Only literals are read;
//! nothing is run.

mod literal;

use super::flags::Meaning;
use super::parts::Parts;
use super::{not_recognised, parse_address};
use hubscope_model::{PasteForm, PastedMessage, Result, text};
use literal::{Reader, Value};
use zeroize::Zeroizing;

/// Options of MQTT.js that are read and do nothing here; names beyond these are not shown.
const IGNORED: &[&str] = &[
    "rejectUnauthorized",
    "reconnectPeriod",
    "connectTimeout",
    "resubscribe",
    "will",
    "properties",
    "wsOptions",
    "servers",
    "queueQoSZero",
    "reschedulePings",
    "transformWsUrl",
    "manualConnect",
    "clean",
];

/// Whether the text holds such a call.
pub fn is_call(text: &str) -> bool {
    text.contains("mqtt") && arguments(text, "connect").is_some()
}

/// The text behind `name(` or `nameAsync(`, where a word begins with it.
fn arguments<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.match_indices(name).find_map(|(at, _)| {
        let whole = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        let behind = &text[at + name.len()..];
        let behind = behind.strip_prefix("Async").unwrap_or(behind).trim_start();
        behind.strip_prefix('(').filter(|_| whole)
    })
}

pub fn parse(text: &str) -> Result<Parts> {
    let behind = arguments(text, "connect").ok_or_else(|| not_recognised(text!("The call must be connect(…).")))?;
    let mut parts = Parts::new(PasteForm::MqttJs);
    for argument in Reader::new(behind).arguments() {
        match argument {
            Value::Text(address) => parts.take_address(parse_address(&address)?),
            Value::Object(entries) => {
                for (key, value) in entries {
                    option(&mut parts, &key, &value)?;
                }
            }
            _ => parts.ignore("…"),
        }
    }
    if parts.host.is_empty() {
        // The library's own default.
        parts.host = "localhost".to_owned();
    }
    subscribed(&mut parts, behind);
    published(&mut parts, behind);
    parts.keep_session_only_with_id();
    Ok(parts)
}

fn option(parts: &mut Parts, key: &str, value: &Value) -> Result<()> {
    let meaning = match key {
        "host" | "hostname" => Meaning::Host,
        "port" => Meaning::Port,
        "protocol" => Meaning::Protocol,
        "username" => Meaning::UserName,
        "password" => Meaning::Password,
        "path" => Meaning::Path,
        "clientId" => Meaning::ClientId,
        "protocolVersion" => Meaning::Version,
        "keepalive" => Meaning::KeepAlive,
        "ca" => Meaning::CaFile,
        "cert" | "key" => Meaning::OtherTls,
        "clean" if matches!(value, Value::Word("false")) => Meaning::KeepSession,
        known if IGNORED.contains(&known) => Meaning::Ignored,
        _ => {
            parts.ignore("…");
            return Ok(());
        }
    };
    let text = match (meaning, value) {
        (Meaning::OtherTls | Meaning::Ignored | Meaning::KeepSession, _) => Zeroizing::default(),
        (Meaning::CaFile, Value::File(path)) => path.clone(),
        (Meaning::CaFile, _) => {
            parts.tls = true;
            parts.ignore(key);
            return Ok(());
        }
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Word(word)) if *word != "undefined" && *word != "null" => Zeroizing::new((*word).to_owned()),
        // A variable or an expression: only its user knows what it holds.
        _ => {
            parts.ignore(key);
            return Ok(());
        }
    };
    if !parts.apply(meaning, &text)? {
        parts.ignore(key);
    }
    Ok(())
}

fn subscribed(parts: &mut Parts, behind: &str) {
    let Some(arguments) = arguments(behind, "subscribe") else { return };
    let mut arguments = Reader::new(arguments).arguments().into_iter();
    match arguments.next() {
        Some(Value::Text(topic)) => parts.topics.push(topic.to_string()),
        Some(Value::List(topics)) => parts.topics.extend(topics.iter().map(|topic| topic.to_string())),
        _ => {}
    }
    if let Some(qos) = arguments.next().as_ref().and_then(|options| options.entry("qos")) {
        parts.qos = level(qos);
    }
}

fn published(parts: &mut Parts, behind: &str) {
    let Some(arguments) = arguments(behind, "publish") else { return };
    let mut arguments = Reader::new(arguments).arguments().into_iter();
    let (Some(Value::Text(topic)), Some(Value::Text(payload))) = (arguments.next(), arguments.next()) else { return };
    let options = arguments.next();
    let entry = |key| options.as_ref().and_then(|options| options.entry(key));
    let qos = entry("qos").map_or(0, level);
    let retain = entry("retain") == Some("true");
    parts.message = Some(PastedMessage { topic: topic.to_string(), payload: payload.to_string(), qos, retain });
}

/// What is no level is taken for the first that is acknowledged.
fn level(qos: &str) -> u8 {
    match qos {
        "0" => 0,
        "2" => 2,
        _ => 1,
    }
}
