//! `mqtt://` and `mqtts://` addresses: `mqtt(s)://[user[:password]@]host[:port][/topic]`.

use super::not_recognised;
use hubscope_model::{Error, Result, text};
use percent_encoding::percent_decode_str;
use url::Url;
use zeroize::Zeroizing;

/// A parsed address, percent-decoded.
pub struct Address {
    /// Without the brackets of an IPv6 address.
    pub host: String,
    /// 1883 or, with TLS, 8883 unless the address says otherwise.
    pub port: u16,
    pub tls: bool,
    pub user_name: Option<Zeroizing<String>>,
    pub password: Option<Zeroizing<String>>,
    /// The path without its first slash.
    pub topic: Option<String>,
    /// It has a `?…` part, which means nothing here.
    pub has_query: bool,
}

/// Reads an address. `#` and `+` in the path belong to the topic, also unencoded.
///
/// # Errors
/// `NotRecognised` with a hint that does not repeat the text.
pub fn parse_address(text: &str) -> Result<Address> {
    let (scheme, rest) = text.split_once("://").ok_or_else(no_scheme)?;
    let tls = match scheme.to_ascii_lowercase().as_str() {
        "mqtt" => false,
        "mqtts" => true,
        "ws" | "wss" => {
            return Err(not_recognised(text!("MQTT over WebSocket is not spoken yet; use mqtt:// or mqtts://.")));
        }
        _ => return Err(no_scheme()),
    };
    refuse_stray_at(rest)?;
    let url = Url::parse(text).map_err(|_| {
        not_recognised(text!(
            "Write mqtt://user:password@host:port/topic, with / : @ # in user and password as %2F %3A %40 %23."
        ))
    })?;
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() {
        return Err(not_recognised(text!("The address names no host.")));
    }
    let address = Address {
        host: percent_decode_str(host).decode_utf8().map_err(|_| not_utf8())?.into_owned(),
        port: url.port().unwrap_or(if tls { 8883 } else { 1883 }),
        tls,
        user_name: Some(decoded(url.username())?).filter(|name| !name.is_empty()),
        password: url.password().map(decoded).transpose()?,
        topic: topic(&url)?,
        has_query: url.query().is_some(),
    };
    // The parser's own copy of the password is wiped, too.
    drop(Zeroizing::new(String::from(url)));
    Ok(address)
}

/// A raw `/`, `?` or `#` in a password ends the authority too early, and the rest of the password
/// would be taken for a topic and shown. The `@` behind it gives that away.
fn refuse_stray_at(rest: &str) -> Result<()> {
    match rest.find(['/', '?', '#']) {
        Some(end) if rest[end..].contains('@') => {
            Err(not_recognised(text!("Write / ? # in user and password as %2F %3F %23, and @ in a topic as %40.")))
        }
        _ => Ok(()),
    }
}

/// URLs end the path at `#`; in a topic filter it is the last level.
fn topic(url: &Url) -> Result<Option<String>> {
    let mut topic = decoded(url.path().strip_prefix('/').unwrap_or_default())?;
    if let Some(fragment) = url.fragment() {
        topic.push('#');
        topic.push_str(&decoded(fragment)?);
    }
    Ok(Some(topic.as_str().to_owned()).filter(|topic| !topic.is_empty()))
}

fn decoded(text: &str) -> Result<Zeroizing<String>> {
    let text = percent_decode_str(text).decode_utf8().map_err(|_| not_utf8())?;
    Ok(Zeroizing::new(text.into_owned()))
}

fn no_scheme() -> Error {
    not_recognised(text!("An address begins with mqtt:// or mqtts://."))
}

fn not_utf8() -> Error {
    not_recognised(text!("A percent-encoded part of the address is not UTF-8."))
}
