//! Secret text that cannot be printed, serialised or read by accident.

use zeroize::{Zeroize, Zeroizing};

/// Shortest secret whose last four characters may be shown: the rest still guards it.
const SHOWN_FROM: usize = 17;

/// A secret, wiped from memory when dropped.
///
/// There is no `Display`, no `Serialize` and no `Deref`: it leaves by the exits of this crate only.
#[derive(Clone)]
pub struct Secret<T: Zeroize>(Zeroizing<T>);

impl Secret<String> {
    /// Takes a secret in. The caller's copy is moved, not duplicated.
    pub fn new(text: Zeroizing<String>) -> Self {
        Self(text)
    }

    /// The last four characters, only of secrets longer than 16 characters.
    pub fn ends(&self) -> Option<String> {
        let count = self.0.chars().count();
        (count >= SHOWN_FROM).then(|| self.0.chars().skip(count - 4).collect())
    }

    /// Whether it has fewer characters than that.
    pub fn is_shorter_than(&self, characters: usize) -> bool {
        self.0.chars().count() < characters
    }

    /// Whether both are the same text.
    pub fn is_same(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }

    /// The text, inside this crate only.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl<T: Zeroize> std::fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(Zeroizing::new(text.to_owned()))
    }

    #[test]
    fn debug_never_shows_the_text() {
        assert_eq!(format!("{:?} {:#?}", secret("hunter2"), Some(secret("hunter2"))).matches("hunter2").count(), 0);
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(secret("ключ").is_shorter_than(5) && !secret("ключ").is_shorter_than(4));
    }

    #[test]
    fn the_same_text_is_the_same_secret() {
        assert!(secret("hunter2").is_same(&secret("hunter2")));
        assert!(!secret("hunter2").is_same(&secret("hunter3")));
    }

    #[test]
    fn ends_are_shown_of_long_secrets_only() {
        assert_eq!(secret("0123456789abcdef").ends(), None);
        assert_eq!(secret("0123456789abcdefg").ends().as_deref(), Some("defg"));
        assert_eq!(secret("ключ-ключ-ключ-ключ").ends().as_deref(), Some("ключ"));
        assert_eq!(secret("").ends(), None);
    }
}
