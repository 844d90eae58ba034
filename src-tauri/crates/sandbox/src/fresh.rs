//! Secrets for one run of the sandbox.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::Rng;
use rand::distr::Alphanumeric;
use zeroize::Zeroizing;

/// Characters of a token: 20 of 62 letters and digits, 119 bits.
const TOKEN_LENGTH: usize = 20;

/// Letters and digits: an access token, a password, an API key.
pub(crate) fn token() -> Zeroizing<String> {
    Zeroizing::new(rand::rng().sample_iter(Alphanumeric).take(TOKEN_LENGTH).map(char::from).collect())
}

/// 32 bytes as base64: a shared access key of the usual length (Azure IoT Hub takes 16 to 64).
pub(crate) fn key() -> Zeroizing<String> {
    let bytes = Zeroizing::new(rand::random::<[u8; 32]>());
    Zeroizing::new(STANDARD.encode(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_plain_and_different() {
        let (one, other) = (token(), token());
        assert_ne!(one, other);
        assert_eq!(one.len(), TOKEN_LENGTH);
        assert!(one.chars().all(|c| c.is_ascii_alphanumeric()));
        assert_eq!((key().len(), key().ends_with('=')), (44, true));
    }
}
