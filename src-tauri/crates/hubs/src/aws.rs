//! Credentials of AWS IoT Core that are made on this machine: presigned WebSocket addresses (Signature Version 4) and
//! user names of custom authorizers. Sources: AWS IoT Core developer guide, "Device communication protocols" and
//! "Connecting to AWS IoT Core by using custom authentication"; AWS General Reference, "Signature Version 4".

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use hubscope_model::{Code, Error, Result};
use hubscope_vault::{Secret, for_connector};
use jiff::Timestamp;
use jiff::tz::Offset;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write;
use zeroize::Zeroizing;

const SERVICE: &str = "iotdevicegateway";
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// Everything but RFC 3986's unreserved characters.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Seconds; a signed address lives no longer than a day.
const LONGEST: u32 = 86_400;

/// An access key of an account or of a role.
#[derive(Clone, Copy, Debug)]
pub struct AccessKey<'a> {
    pub id: &'a str,
    pub secret: &'a Secret<String>,
    /// Of temporary credentials.
    pub session_token: Option<&'a Secret<String>>,
}

/// The address of MQTT over WebSocket at `host`, signed at `at` (Unix seconds) and good for `life` seconds. Who has it
/// can connect, so it is a secret as a whole.
///
/// # Errors
/// `BadRequest` for a time that no calendar has, or a life of zero or more than a day.
pub fn websocket_url(host: &str, region: &str, key: AccessKey<'_>, at: i64, life: u32) -> Result<Secret<String>> {
    let wrong = || Error::new(Code::BadRequest, "A signed address lives from one second to one day.");
    let time = Timestamp::from_second(at).map_err(|_| wrong())?;
    if !(1..=LONGEST).contains(&life) {
        return Err(wrong());
    }
    let stamp = Offset::UTC.to_datetime(time).strftime("%Y%m%dT%H%M%SZ").to_string();
    let scope = format!("{}/{region}/{SERVICE}/aws4_request", &stamp[..8]);
    let credential = encoded(&format!("{}/{scope}", key.id));
    // In the order of their names, which is a part of what is signed.
    let query = format!(
        "X-Amz-Algorithm={ALGORITHM}&X-Amz-Credential={credential}&X-Amz-Date={stamp}&X-Amz-Expires={life}\
         &X-Amz-SignedHeaders=host"
    );
    let request = format!("GET\n/mqtt\n{query}\nhost:{host}\n\nhost\n{}", hash(""));
    let to_sign = format!("{ALGORITHM}\n{stamp}\n{scope}\n{}", hash(&request));
    let signature = hex(sign(key.secret, &stamp[..8], region, &to_sign).as_ref());
    let mut url = Zeroizing::new(format!("wss://{host}/mqtt?{query}&X-Amz-Signature={signature}"));
    // The service wants the session token outside of the signature.
    if let Some(token) = key.session_token {
        url.push_str("&X-Amz-Security-Token=");
        url.extend(utf8_percent_encode(for_connector(token), ENCODED));
    }
    Ok(Secret::new(url))
}

/// The user name by which a custom authorizer is asked: its name, the token under the name that it expects, and the
/// token's signature (base64) where signing is on.
pub fn custom_authorizer_user_name(
    user_name: &str,
    authorizer: &str,
    token_name: &str,
    token: &Secret<String>,
    signature: Option<&str>,
) -> Secret<String> {
    let mut text = Zeroizing::new(format!("{user_name}?x-amz-customauthorizer-name={authorizer}"));
    if let Some(signature) = signature {
        text.push_str("&x-amz-customauthorizer-signature=");
        text.extend(utf8_percent_encode(signature, ENCODED));
    }
    for part in ["&", token_name, "=", for_connector(token)] {
        text.push_str(part);
    }
    Secret::new(text)
}

/// The signature, by a key that is derived step by step from the secret.
fn sign(secret: &Secret<String>, date: &str, region: &str, to_sign: &str) -> hmac::Tag {
    let first = Zeroizing::new(format!("AWS4{}", for_connector(secret)));
    let step = |key: &[u8], text: &str| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes());
    [region, SERVICE, "aws4_request", to_sign]
        .iter()
        .fold(step(first.as_bytes(), date), |key, text| step(key.as_ref(), text))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

fn hash(text: &str) -> String {
    hex(digest(&SHA256, text.as_bytes()).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
