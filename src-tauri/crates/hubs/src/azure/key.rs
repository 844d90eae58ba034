//! Symmetric keys: base64 text that signs by HMAC-SHA256.

use aws_lc_rs::hmac::{HMAC_SHA256, Key};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hubscope_model::{Code, Error, Result};
use hubscope_vault::{Secret, for_connector};
use zeroize::Zeroizing;

/// Bytes of a key (DPS, "Symmetric key attestation": 16 to 64).
const LENGTH: std::ops::RangeInclusive<usize> = 16..=64;

/// The key behind its base64 text.
///
/// # Errors
/// `InvalidKey`.
pub fn signing_key(text: &Secret<String>) -> Result<Key> {
    bytes(for_connector(text)).map(|bytes| Key::new(HMAC_SHA256, &bytes))
}

/// The key whose bytes are the text itself.
pub fn text_key(text: &Secret<String>) -> Key {
    Key::new(HMAC_SHA256, for_connector(text).as_bytes())
}

/// Checks the text of a key.
///
/// # Errors
/// `InvalidKey`.
pub fn check(text: &str) -> Result<()> {
    bytes(text).map(drop)
}

fn bytes(text: &str) -> Result<Zeroizing<Vec<u8>>> {
    STANDARD.decode(text).ok().map(Zeroizing::new).filter(|bytes| LENGTH.contains(&bytes.len())).ok_or_else(|| {
        Error::new(Code::InvalidKey, "This is not a shared access key: base64 of 16 to 64 bytes.")
            .hint("Copy the key again, with the = at its end.")
    })
}
