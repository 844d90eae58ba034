//! Secrets that appear as topic levels, and the text that stands for them.

use std::borrow::Cow;
use zeroize::Zeroizing;

/// From this many characters on, the last four of a secret are shown.
const SHOWS_END: usize = 8;
/// From this many bytes on, a secret is looked for inside other text too.
const LEAST_IN_TEXT: usize = 4;

struct Secret {
    text: Zeroizing<String>,
    /// `token •7Qd2`
    mask: String,
}

/// All secrets of all sessions; their index is their id.
#[derive(Default)]
pub(crate) struct Secrets(Vec<Secret>);

impl Secrets {
    pub(crate) fn add(&mut self, text: Zeroizing<String>) {
        if text.is_empty() || self.find(&text).is_some() {
            return;
        }
        let length = text.chars().count();
        let end: String = if length < SHOWS_END { String::new() } else { text.chars().skip(length - 4).collect() };
        self.0.push(Secret { text, mask: format!("token •{end}") });
    }

    /// The secret that a topic level is.
    pub(crate) fn find(&self, level: &str) -> Option<u32> {
        self.0.iter().position(|secret| *secret.text == level).map(|index| index as u32)
    }

    pub(crate) fn is(&self, id: u32, level: &str) -> bool {
        self.0.get(id as usize).is_some_and(|secret| *secret.text == level)
    }

    /// What is shown in place of a secret.
    pub(crate) fn mask(&self, id: u32) -> &str {
        self.0.get(id as usize).map_or("", |secret| &secret.mask)
    }

    /// Text of our own that may name topics (events, reasons, properties), without secrets.
    pub(crate) fn redact<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(text);
        for secret in self.0.iter().filter(|secret| secret.text.len() >= LEAST_IN_TEXT) {
            if text.contains(secret.text.as_str()) {
                text = Cow::Owned(text.replace(secret.text.as_str(), &secret.mask));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(texts: &[&str]) -> Secrets {
        let mut secrets = Secrets::default();
        for text in texts {
            secrets.add(Zeroizing::new((*text).to_owned()));
        }
        secrets
    }

    #[test]
    fn a_mask_shows_the_end_of_long_secrets_only() {
        let secrets = secrets(&["tQ5xK27Qd2", "short", "", "ключ-от-двери"]);
        assert_eq!(secrets.mask(0), "token •7Qd2");
        assert_eq!(secrets.mask(1), "token •");
        assert_eq!(secrets.find(""), None);
        assert_eq!(secrets.mask(2), "token •вери");
    }

    #[test]
    fn the_same_secret_keeps_its_id() {
        let mut secrets = secrets(&["first-secret", "second-secret"]);
        secrets.add(Zeroizing::new("first-secret".into()));
        assert_eq!((secrets.find("first-secret"), secrets.find("second-secret")), (Some(0), Some(1)));
        assert!(secrets.is(1, "second-secret") && !secrets.is(0, "second-secret"));
    }

    #[test]
    fn text_is_redacted_wherever_the_secret_stands() {
        let secrets = secrets(&["tQ5xK27Qd2"]);
        assert_eq!(secrets.redact("kp1/tQ5xK27Qd2/x and tQ5xK27Qd2"), "kp1/token •7Qd2/x and token •7Qd2");
        assert!(matches!(secrets.redact("nothing here"), Cow::Borrowed(_)));
    }
}
