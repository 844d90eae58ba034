//! The ways by which a secret leaves the vault. Each is one function, so that all uses can be found.

use crate::Secret;

/// The connector's exit: the text for a CONNECT packet, borrowed for as long as the packet is built.
pub fn for_connector(secret: &Secret<String>) -> &str {
    secret.text()
}

/// A copy by which a redactor recognises the secret, so that it is never shown. It goes nowhere else.
pub fn for_redactor(secret: &Secret<String>) -> zeroize::Zeroizing<String> {
    zeroize::Zeroizing::new(secret.text().to_owned())
}
