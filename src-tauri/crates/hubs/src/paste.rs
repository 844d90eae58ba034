//! Pasted text of every kind, understood locally before anything is saved: addresses, command lines, connection
//! strings, tokens, certificates, and lines such as `host: …`.

mod address;
mod az;
mod azure;
mod block;
mod call;
mod command;
mod flags;
mod found;
mod mqttjs;
mod parts;
mod pem;
mod platform;
mod proxy;
mod shell;

pub use address::{Address, parse_address};
pub use proxy::read as parse_proxy;

use crate::Secrets;
use hubscope_model::{Code, Error, MqttVersion, PasteForm, Recognised, Result, SessionOptions, Text, text};
use hubscope_pki::Identity;
use parts::Parts;

/// Longest text looked at, in bytes; a command line with a longer payload belongs in a file.
const LONGEST: usize = 256 * 1024;

/// What a pasted text says: the part that may be shown, and the parts that go to the vault.
#[derive(Debug)]
pub struct Pasted {
    pub recognised: Recognised,
    pub secrets: Secrets,
    /// A client certificate with its key.
    pub identity: Option<Identity>,
    /// Version, clean session, keep-alive and will as the text has them, the rest at its default.
    pub options: SessionOptions,
}

/// Understands a text. Whether a token in it has ended is judged by this machine's clock.
///
/// # Errors
/// `NotRecognised` with a hint that says what it looks like; `InvalidTopic` or `InvalidTopicFilter` when only the
/// topic is wrong; for connection strings, tokens and certificates the errors of those. No error repeats the text: it
/// may hold a password.
pub fn recognise(text: &str) -> Result<Pasted> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return Err(not_recognised(text!("Paste one address, command line or credential, at most 256 KiB long.")));
    }
    match form(text) {
        Some(form @ (PasteForm::MosquittoPub | PasteForm::MosquittoSub)) => command::parse(text, form)?.finish(),
        Some(PasteForm::MqttJs) if call::is_call(text) => call::parse(text)?.finish(),
        Some(PasteForm::MqttJs) => mqttjs::parse(text)?.finish(),
        Some(PasteForm::AzCommand) => az::parse(text),
        Some(PasteForm::Pem) => pem::parse(text),
        Some(PasteForm::SasToken) => azure::sas_token(unquoted(text)),
        Some(PasteForm::Url) => Parts::of_address(parse_address(unquoted(text))?).finish(),
        Some(PasteForm::Block) => block::parse(text),
        Some(_) => azure::connection_string(unquoted(text)),
        None => Err(not_recognised(guess(text))),
    }
}

/// What the text is taken for. Connection strings of all kinds answer as the device's.
fn form(text: &str) -> Option<PasteForm> {
    let one_line = !text.contains(['\n', '\r']);
    let word = unquoted(text);
    if text.contains("-----BEGIN ") && !call::is_call(text) {
        Some(PasteForm::Pem)
    } else if let Some(form) = command::form_of(text) {
        Some(form)
    } else if az::is_command(text) {
        Some(PasteForm::AzCommand)
    } else if call::is_call(text) || mqttjs::is_command(text) {
        Some(PasteForm::MqttJs)
    } else if word.starts_with("SharedAccessSignature ") {
        Some(PasteForm::SasToken)
    } else if one_line && azure::looks_like_connection_string(word) {
        Some(PasteForm::DeviceConnectionString)
    } else if one_line && word.contains("://") && !word.contains(char::is_whitespace) && !word.starts_with('{') {
        Some(PasteForm::Url)
    } else {
        block::is_block(text).then_some(PasteForm::Block)
    }
}

/// A text without the quotation marks around it.
fn unquoted(text: &str) -> &str {
    let strip = |quote: char| text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    strip('"').or_else(|| strip('\'')).or_else(|| strip('`')).unwrap_or(text).trim()
}

/// A hint for a text that is nothing of this; a constant, so that it repeats nothing.
fn guess(text: &str) -> Text {
    if text.contains("curl ") || text.starts_with("http") {
        text!(
            "It looks like an HTTP request. Paste an mqtt://, mqtts://, ws:// or wss:// address, a command line of mosquitto, MQTT.js or az, a connection string or a certificate."
        )
    } else if text.len() >= 16 && !text.contains(char::is_whitespace) && text.is_ascii() {
        text!(
            "It looks like a single token or key. Paste it into the form of a device, or together with its host: one per line, host: … and token: …."
        )
    } else {
        text!(
            "Paste an mqtt://, mqtts://, ws:// or wss:// address, a command line of mosquitto, MQTT.js or az, a connection string, a SAS token, a certificate, or lines such as host: … and user: …."
        )
    }
}

/// Refuses a text; the hint is a constant and so repeats nothing of it.
fn not_recognised(hint: Text) -> Error {
    Error::new(Code::NotRecognised, "This text was not recognised.").hint(hint)
}

/// `mqttv5`, `5`, `mqttv311`, MQTT.js' `4` … ; `None` for versions that are not spoken here.
pub fn version(text: &str) -> Option<MqttVersion> {
    match text.strip_prefix("mqttv").unwrap_or(text) {
        "5" | "5.0" => Some(MqttVersion::V5),
        "311" | "3.1.1" | "4" => Some(MqttVersion::V311),
        _ => None,
    }
}
