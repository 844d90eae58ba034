//! What becomes a [`Text`] or an argument of one by itself.

use super::{Text, TextArg};
use crate::Error;

/// The next step after an error, as `hint` takes it: a [`Text`], or a literal without places. `tests/integration/texts.rs`
/// finds both in the sources and asks for their translation.
pub struct Hint(pub(crate) Text);

impl From<Text> for Hint {
    fn from(text: Text) -> Self {
        Self(text)
    }
}

impl From<&'static str> for Hint {
    fn from(template: &'static str) -> Self {
        Self(Text::new(template))
    }
}

/// Evidence of an error, as `detail` takes it: a [`Text`], a literal, or what a system or server said, as it is.
pub struct Evidence(pub(crate) Text);

impl From<Text> for Evidence {
    fn from(text: Text) -> Self {
        Self(text)
    }
}

impl From<&'static str> for Evidence {
    fn from(template: &'static str) -> Self {
        Self(Text::new(template))
    }
}

impl From<String> for Evidence {
    fn from(words: String) -> Self {
        Self(Text::verbatim(words))
    }
}

impl From<Text> for TextArg {
    fn from(text: Text) -> Self {
        Self::Text(Box::new(text))
    }
}

impl From<&Text> for TextArg {
    fn from(text: &Text) -> Self {
        text.clone().into()
    }
}

/// As an error holds its evidence and its hint.
impl From<&Box<Text>> for TextArg {
    fn from(text: &Box<Text>) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&Error> for TextArg {
    fn from(error: &Error) -> Self {
        Self::Failure { code: error.code, english: error.message.clone() }
    }
}

impl From<String> for TextArg {
    fn from(words: String) -> Self {
        Self::Plain(words)
    }
}

impl From<&String> for TextArg {
    fn from(words: &String) -> Self {
        Self::Plain(words.clone())
    }
}

impl From<&str> for TextArg {
    fn from(words: &str) -> Self {
        Self::Plain(words.to_owned())
    }
}

/// A port or the number of a code: a name made of digits, which no language groups.
impl From<u16> for TextArg {
    fn from(name: u16) -> Self {
        Self::Plain(name.to_string())
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for TextArg {
            fn from(number: $number) -> Self {
                Self::Number(number.into())
            }
        }
    )*};
}

numbers!(u8, u32, u64, usize, i32, i64);

/// Rounded to one digit behind the point.
impl From<f64> for TextArg {
    fn from(number: f64) -> Self {
        serde_json::Number::from_f64((number * 10.0).round() / 10.0)
            .map_or_else(|| Self::Plain(number.to_string()), Self::Number)
    }
}
