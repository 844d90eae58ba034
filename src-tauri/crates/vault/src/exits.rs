//! The ways by which a secret leaves the vault. Each is one function, so that all uses can be found.
//!
//! Five of them lead out: to the hub, to the screen, to the clipboard, into a file, to a terminal. What they answer is
//! wiped when it is dropped.

use zeroize::Zeroizing;

use crate::Secret;

/// The connector's exit: the text for a CONNECT packet, borrowed for as long as the packet is built.
pub fn for_connector(secret: &Secret<String>) -> &str {
    secret.text()
}

/// To a signature or a seal that is made here: a CA's key, or a key that a passphrase is to guard. Borrowed meanwhile.
pub fn for_signing(secret: &Secret<String>) -> &str {
    secret.text()
}

/// To the screen: one field that the user asked to see. The page drops it after 30 seconds, on blur and when hidden.
pub fn reveal(secret: &Secret<String>) -> Zeroizing<String> {
    copy(secret)
}

/// To the clipboard, which the shell writes and clears again.
pub fn to_clipboard(secret: &Secret<String>) -> Zeroizing<String> {
    copy(secret)
}

/// Into a file that the user exports: sealed by a passphrase, or a private key that was asked for in the open.
pub fn to_export(secret: &Secret<String>) -> Zeroizing<String> {
    copy(secret)
}

/// To the standard output of the command line.
pub fn to_terminal(secret: &Secret<String>) -> Zeroizing<String> {
    copy(secret)
}

/// A copy by which a redactor recognises the secret, so that it is never shown. It goes nowhere else.
pub fn for_redactor(secret: &Secret<String>) -> Zeroizing<String> {
    copy(secret)
}

fn copy(secret: &Secret<String>) -> Zeroizing<String> {
    Zeroizing::new(secret.text().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exit_gives_the_text_and_leaves_the_secret() {
        let secret = Secret::new(Zeroizing::new("hünter2".to_owned()));
        assert_eq!((for_connector(&secret), for_signing(&secret)), ("hünter2", "hünter2"));
        for exit in [reveal, to_clipboard, to_export, to_terminal, for_redactor] {
            assert_eq!(*exit(&secret), "hünter2");
        }
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
