//! The secret that a page must show before it is served.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

/// 256 bits of a cryptographic generator that the operating system seeds, as text for an address.
pub struct Token(String);

impl Token {
    /// A token for this run.
    pub fn generate() -> Self {
        Self(BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    pub fn text(&self) -> &str {
        &self.0
    }

    /// Compares in a time that does not depend on where the texts differ.
    pub fn matches(&self, offered: &str) -> bool {
        self.0.as_bytes().ct_eq(offered.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_matches() {
        let token = Token::generate();
        assert_eq!(token.text().len(), 43, "256 bits as base64");
        assert!(token.matches(token.text()));
        assert!(!token.matches(&token.text()[..42]));
        assert!(!token.matches(""));
        assert!(!token.matches(Token::generate().text()));
    }
}
