//! Addresses: `mqtt(s)://[user[:password]@]host[:port][/topic]` and `ws(s)://[user[:password]@]host[:port][/path]`.

use super::not_recognised;
use hubscope_model::{Error, Result, Transport, text};
use percent_encoding::percent_decode_str;
use url::Url;
use zeroize::Zeroizing;

/// A parsed address, percent-decoded.
pub struct Address {
    /// Without the brackets of an IPv6 address.
    pub host: String,
    /// The transport's usual one unless the address says otherwise.
    pub port: u16,
    pub transport: Transport,
    /// WebSocket: path and query, as they are sent.
    pub path: Option<String>,
    pub user_name: Option<Zeroizing<String>>,
    pub password: Option<Zeroizing<String>>,
    /// Of `mqtt` and `mqtts`: the path without its first slash.
    pub topic: Option<String>,
    /// It has a `?…` part, which means nothing there.
    pub has_query: bool,
}

/// Reads an address. `#` and `+` in the path belong to the topic, also unencoded.
///
/// # Errors
/// `NotRecognised` with a hint that does not repeat the text.
pub fn parse_address(text: &str) -> Result<Address> {
    let (scheme, rest) = text.split_once("://").ok_or_else(no_scheme)?;
    let transport: Transport = scheme.to_ascii_lowercase().parse().map_err(|()| no_scheme())?;
    if transport == Transport::Unix {
        return Err(no_scheme());
    }
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
        port: url.port().unwrap_or_else(|| transport.usual_port()),
        transport,
        path: transport.is_web_socket().then(|| path(&url)),
        user_name: Some(decoded(url.username())?).filter(|name| !name.is_empty()),
        password: url.password().map(decoded).transpose()?,
        topic: if transport.is_web_socket() { None } else { topic(&url)? },
        has_query: url.query().is_some() && !transport.is_web_socket(),
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

/// Path and query; a fragment is never sent.
fn path(url: &Url) -> String {
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}{query}", url.path())
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
    not_recognised(text!("An address begins with mqtt://, mqtts://, ws:// or wss://."))
}

fn not_utf8() -> Error {
    not_recognised(text!("A percent-encoded part of the address is not UTF-8."))
}
