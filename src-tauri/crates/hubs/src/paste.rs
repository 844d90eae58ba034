//! Pasted addresses and mosquitto command lines, understood locally before anything is saved.

mod address;
mod command;
mod flags;

pub use address::{Address, parse_address};

use hubscope_model::{
    Code, Error, HubKind, MqttVersion, PasteForm, PastedMessage, PastedSubscription, Recognised, Result,
    SessionOptions, topic,
};
use hubscope_vault::Secret;
use zeroize::Zeroizing;

/// Longest text looked at, in bytes; a command line with a longer payload belongs in a file.
const LONGEST: usize = 256 * 1024;

/// What a pasted text says: the part that may be shown, and the part that goes to the vault.
#[derive(Debug)]
pub struct Pasted {
    pub recognised: Recognised,
    pub credential: PastedCredential,
    /// Version, clean session and keep-alive as the text has them, the rest at its default.
    pub options: SessionOptions,
}

/// The credential in a pasted text.
#[derive(Debug)]
pub enum PastedCredential {
    None,
    AccessToken(Secret<String>),
    Basic { user_name: String, password: Option<Secret<String>> },
}

/// Understands an `mqtt(s)://` address or a `mosquitto_pub` / `mosquitto_sub` command line.
///
/// # Errors
/// `NotRecognised` with a hint; `InvalidTopic` or `InvalidTopicFilter` when only the topic is wrong.
/// No error repeats the text: it may hold a password.
pub fn recognise(text: &str) -> Result<Pasted> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return Err(not_recognised("Paste one address or one command line, at most 256 KiB long."));
    }
    if text.contains("mosquitto_pub") || text.contains("mosquitto_sub") {
        return finish(command::parse(text)?);
    }
    let first = text.split_whitespace().next().unwrap_or_default();
    if first.len() == text.len() && first.contains("://") {
        return finish(Parts::of_address(parse_address(text)?));
    }
    Err(not_recognised("Paste an mqtt:// or mqtts:// address, or a mosquitto_pub or mosquitto_sub command line."))
}

/// What either form says, before it is judged.
struct Parts {
    form: PasteForm,
    host: String,
    port: Option<u16>,
    tls: bool,
    options: SessionOptions,
    client_id: Option<String>,
    user_name: Option<Zeroizing<String>>,
    password: Option<Zeroizing<String>>,
    ca_file: Option<String>,
    topics: Vec<String>,
    qos: u8,
    retain: bool,
    payload: Option<String>,
    ignored: Vec<String>,
}

impl Parts {
    fn new(form: PasteForm) -> Self {
        Self {
            form,
            host: "localhost".into(),
            port: None,
            tls: false,
            options: SessionOptions::default(),
            client_id: None,
            user_name: None,
            password: None,
            ca_file: None,
            topics: Vec::new(),
            qos: 0,
            retain: false,
            payload: None,
            ignored: Vec::new(),
        }
    }

    fn of_address(address: Address) -> Self {
        let mut parts = Self::new(PasteForm::Url);
        parts.take_address(address);
        parts
    }

    /// What `-L` and a bare address have in common.
    fn take_address(&mut self, address: Address) {
        self.host = address.host;
        self.port = Some(address.port);
        self.tls |= address.tls;
        self.user_name = address.user_name.or(self.user_name.take());
        self.password = address.password.or(self.password.take());
        self.topics.extend(address.topic);
        if address.has_query {
            self.ignored.push("?".into());
        }
    }

    fn ignore(&mut self, name: &str) {
        if !self.ignored.iter().any(|known| known == name) {
            self.ignored.push(name.to_owned());
        }
    }

    /// ThingsBoard by its device topics or its name; every other server is a broker.
    fn kind(&self) -> HubKind {
        let device_topic = |topic: &String| topic.starts_with("v1/devices/me/") || topic.starts_with("v1/gateway/");
        if self.topics.iter().any(device_topic) || self.host.contains("thingsboard") {
            HubKind::ThingsBoard
        } else {
            HubKind::MqttBroker
        }
    }
}

fn finish(mut parts: Parts) -> Result<Pasted> {
    if crate::host::problem(&parts.host).is_some() {
        return Err(not_recognised("The host is not a host name or address."));
    }
    if parts.port == Some(0) {
        return Err(not_recognised("A port is a number from 1 to 65535."));
    }
    let kind = parts.kind();
    let message = message(&mut parts)?;
    let subscriptions = if message.is_some() { Vec::new() } else { subscriptions(&parts)? };
    let credential = credential(kind, parts.user_name.take(), parts.password.take());
    let (user_name, secret) = match &credential {
        PastedCredential::None => (None, None),
        PastedCredential::AccessToken(token) => (None, Some(token)),
        PastedCredential::Basic { user_name, password } => (Some(user_name.clone()), password.as_ref()),
    };
    let recognised = Recognised {
        form: parts.form,
        kind,
        port: parts.port.unwrap_or(if parts.tls { 8883 } else { 1883 }),
        host: parts.host,
        tls: parts.tls,
        version: parts.options.version,
        client_id: parts.client_id.filter(|id| !id.is_empty()),
        user_name,
        has_password: secret.is_some(),
        password_ends: secret.and_then(Secret::ends),
        ca_file: parts.ca_file,
        subscriptions,
        message,
        ignored: parts.ignored,
    };
    Ok(Pasted { recognised, credential, options: parts.options })
}

/// The message of a `mosquitto_pub`; without `-m` its payload is empty.
fn message(parts: &mut Parts) -> Result<Option<PastedMessage>> {
    if parts.form != PasteForm::MosquittoPub {
        return Ok(None);
    }
    let Some(topic) = parts.topics.first().cloned() else { return Ok(None) };
    topic::validate_name(&topic).map_err(|why| {
        Error::new(Code::InvalidTopic, format!("The topic of this command cannot be published to: {why}."))
            .hint("Correct -t, then paste again.")
    })?;
    let payload = parts.payload.take().unwrap_or_default();
    Ok(Some(PastedMessage { topic, payload, qos: parts.qos, retain: parts.retain }))
}

fn subscriptions(parts: &Parts) -> Result<Vec<PastedSubscription>> {
    let mut found: Vec<PastedSubscription> = Vec::new();
    for filter in &parts.topics {
        topic::validate_filter(filter).map_err(|why| {
            Error::new(Code::InvalidTopicFilter, format!("A topic filter in this text is not legal: {why}."))
                .hint("Correct it, then paste again.")
        })?;
        if !found.iter().any(|known| known.filter == *filter) {
            found.push(PastedSubscription { filter: filter.clone(), qos: parts.qos });
        }
    }
    Ok(found)
}

/// A user name alone is ThingsBoard's access token, and a secret there; elsewhere it is a name.
fn credential(
    kind: HubKind,
    user_name: Option<Zeroizing<String>>,
    password: Option<Zeroizing<String>>,
) -> PastedCredential {
    let user_name = user_name.filter(|name| !name.is_empty());
    match (user_name, password.filter(|password| !password.is_empty())) {
        (None, None) => PastedCredential::None,
        (Some(token), None) if kind == HubKind::ThingsBoard => PastedCredential::AccessToken(Secret::new(token)),
        (user_name, password) => PastedCredential::Basic {
            user_name: user_name.map(|name| name.as_str().to_owned()).unwrap_or_default(),
            password: password.map(Secret::new),
        },
    }
}

/// Refuses a text; the hint is a constant and so repeats nothing of it.
fn not_recognised(hint: &'static str) -> Error {
    Error::new(Code::NotRecognised, "This text was not recognised.").hint(hint)
}

/// `mqttv5`, `5`, `mqttv311` … as mosquitto names them; `None` for versions that are not spoken here.
pub fn version(text: &str) -> Option<MqttVersion> {
    match text.strip_prefix("mqttv").unwrap_or(text) {
        "5" => Some(MqttVersion::V5),
        "311" | "3.1.1" => Some(MqttVersion::V311),
        _ => None,
    }
}
