//! Shared access signatures:
//! `SharedAccessSignature sr={resource}&sig={signature}&se={expiry}[&skn={policy}]`, all values percent-encoded.

use super::key::{signing_key, text_key};
use super::names::{ENCODED, device_and_module};
use aws_lc_rs::hmac::{self, Key};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hubscope_model::{Code, Error, Result, Text, text};
use hubscope_vault::Secret;
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use zeroize::Zeroizing;

const PREFIX: &str = "SharedAccessSignature ";
/// Stands in the place of a signature.
const DOTS: &str = "•••••";

/// What a token says. Its signature is not shown.
#[derive(Clone)]
pub struct Sas {
    /// Percent-decoded: `{host}/devices/{id}` and the like.
    pub resource: String,
    /// As in the token: the signature covers exactly these characters.
    encoded: String,
    signature: Vec<u8>,
    /// Unix seconds.
    pub expiry: i64,
    pub policy: Option<String>,
}

impl std::fmt::Debug for Sas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sas({}, {}, {:?})", self.resource, self.expiry, self.policy)
    }
}

/// What a device's (or, by a client id `device/module`, a module's) token opens.
pub fn device_resource(host: &str, client_id: &str) -> String {
    match device_and_module(client_id) {
        (device, None) => format!("{host}/devices/{device}"),
        (device, Some(module)) => format!("{host}/devices/{device}/modules/{module}"),
    }
}

/// Makes a token for `resource` that ends at `expiry`, Unix seconds. `policy` names the shared access policy whose key
/// signs; a device's own key has none.
///
/// # Errors
/// `InvalidKey` when `key` is not base64 of 16 to 64 bytes.
pub fn make(resource: &str, key: &Secret<String>, expiry: i64, policy: Option<&str>) -> Result<Secret<String>> {
    Ok(signed(resource, &signing_key(key)?, expiry, policy))
}

/// Makes a token for Event Hubs, `resource` being `sb://{namespace}/{entity}`. There the text of the key signs, and
/// not the bytes that it is the base64 of (Event Hubs, "Authenticate with shared access signatures").
///
/// # Errors
/// None today; the same type as [`make`].
pub fn make_event_hubs(resource: &str, key: &Secret<String>, expiry: i64, policy: &str) -> Result<Secret<String>> {
    Ok(signed(resource, &text_key(key), expiry, Some(policy)))
}

fn signed(resource: &str, key: &Key, expiry: i64, policy: Option<&str>) -> Secret<String> {
    // Microsoft's pages show the resource in lower case; every SDK keeps it, and the hub takes what it is sent.
    let encoded = utf8_percent_encode(resource, ENCODED).to_string();
    let signature = STANDARD.encode(hmac::sign(key, to_sign(&encoded, expiry).as_bytes()));
    let signature = utf8_percent_encode(&signature, ENCODED);
    let mut token = Zeroizing::new(format!("{PREFIX}sr={encoded}&sig={signature}&se={expiry}"));
    if let Some(policy) = policy {
        token.push_str(&format!("&skn={}", utf8_percent_encode(policy, ENCODED)));
    }
    Secret::new(token)
}

fn to_sign(encoded: &str, expiry: i64) -> String {
    format!("{encoded}\n{expiry}")
}

/// Reads a token, wherever it was made: the order of its parts is free, and so is the case of the escapes.
///
/// # Errors
/// `InvalidSasToken`; `detail` says which part. The text is not repeated.
pub fn decode(text: &str) -> Result<Sas> {
    let (mut resource, mut signature, mut expiry, mut policy) = (None, None, None, None);
    for part in parts(text)? {
        let (name, value) = part.split_once('=').ok_or_else(|| invalid(text!("a part has no =")))?;
        let place = match name {
            "sr" => &mut resource,
            "sig" => &mut signature,
            "se" => &mut expiry,
            "skn" => &mut policy,
            _ => return Err(invalid(text!("a part is none of sr, sig, se, skn"))),
        };
        if place.replace(value).is_some() {
            return Err(invalid(text!("{name} is there twice", name)));
        }
    }
    let encoded =
        resource.filter(|text| !text.is_empty()).ok_or_else(|| invalid(text!("sr, the resource, is missing")))?;
    let signature = signature.ok_or_else(|| invalid(text!("sig, the signature, is missing")))?;
    let expiry = expiry.ok_or_else(|| invalid(text!("se, the expiry, is missing")))?;
    Ok(Sas {
        resource: decoded(encoded)?,
        encoded: encoded.to_owned(),
        // HMAC-SHA256 has 32 bytes (RFC 2104, section 2).
        signature: (STANDARD.decode(decoded(signature)?).ok())
            .filter(|bytes| bytes.len() == 32)
            .ok_or_else(|| invalid(text!("sig is not the base64 of 32 bytes")))?,
        expiry: (expiry.bytes().all(|byte| byte.is_ascii_digit()).then(|| expiry.parse().ok()).flatten())
            .ok_or_else(|| invalid(text!("se is not a number of seconds")))?,
        // A device's token may come with an empty policy.
        policy: policy.filter(|name| !name.is_empty()).map(decoded).transpose()?,
    })
}

/// The token with its signature replaced by dots; a text that is none becomes dots as a whole.
pub fn masked(text: &str) -> String {
    let Ok(parts) = parts(text) else { return DOTS.to_owned() };
    let shown = parts.map(|part| match part.split_once('=') {
        Some((name @ ("sr" | "se" | "skn"), value)) => format!("{name}={value}"),
        Some(("sig", _)) => format!("sig={DOTS}"),
        _ => DOTS.to_owned(),
    });
    format!("{PREFIX}{}", shown.collect::<Vec<_>>().join("&"))
}

/// Whether `key` made the token. Tokens for `sb://` are those of Event Hubs.
pub fn is_signed_by(sas: &Sas, key: &Secret<String>) -> bool {
    let key = match sas.resource.starts_with("sb://") {
        true => Ok(text_key(key)),
        false => signing_key(key),
    };
    key.is_ok_and(|key| hmac::verify(&key, to_sign(&sas.encoded, sas.expiry).as_bytes(), &sas.signature).is_ok())
}

/// Whether the token opens `resource`: its own names it or a part of the path above it. Host names have no case, ids do.
pub fn covers(sas: &Sas, resource: &str) -> bool {
    let mut wanted = resource.split('/');
    sas.resource.split('/').enumerate().all(|(at, segment)| {
        wanted.next().is_some_and(|wanted| wanted == segment || at == 0 && wanted.eq_ignore_ascii_case(segment))
    })
}

fn parts(text: &str) -> Result<std::str::Split<'_, char>> {
    let rest = text
        .trim()
        .strip_prefix(PREFIX)
        .ok_or_else(|| invalid(text!("it does not begin with SharedAccessSignature")))?;
    Ok(rest.trim_start().split('&'))
}

fn decoded(text: &str) -> Result<String> {
    // A plus is a plus: this is not the encoding of HTML forms.
    let text = percent_decode_str(text).decode_utf8().map_err(|_| invalid(text!("an escape is no text")))?;
    Ok(text.into_owned())
}

fn invalid(why: Text) -> Error {
    Error::new(Code::InvalidSasToken, "This is not a SAS token.")
        .detail(why)
        .hint("It reads: SharedAccessSignature sr=…&sig=…&se=…")
}
