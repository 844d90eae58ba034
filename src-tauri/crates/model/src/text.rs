//! Sentences for people, in a shape that can be translated: an English template, which is the key of the page's
//! catalogues, and its arguments by name. Rust itself only speaks English (command line, logs).

mod convert;

use crate::Code;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use ts_rs::TS;

pub use convert::{Evidence, Hint};

/// An English sentence with its arguments apart. Made by [`text!`](crate::text).
///
/// There is no conversion from a `String`: a sentence that was put together before could not be translated. What is
/// no sentence of ours (words of a server, a name) is an argument, or [`Text::verbatim`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Text {
    /// With `{name}` in each argument's place; `{{` and `}}` stand for the braces themselves.
    template: Cow<'static, str>,
    args: BTreeMap<Cow<'static, str>, TextArg>,
}

/// What stands in a place of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum TextArg {
    /// A count or measure, which the page writes as its language does.
    Number(#[ts(type = "number")] serde_json::Number),
    /// Not translated: names, addresses, words of a server.
    Plain(String),
    /// A sentence or part of one.
    Text(Box<Text>),
    /// An error: the page has a sentence for its code, `english` is ours.
    Failure { code: Code, english: String },
}

/// Makes a [`Text`] from a template and its arguments: `text!("The port {port} is in use.", port)`, or
/// `text!("{count} hubs", count = hubs.len())`. Template and arguments are compared when it is compiled.
#[macro_export]
macro_rules! text {
    ($template:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        // Never run; the compiler finds a name too many or too few.
        let _ = || ::std::format!($template $(, $name = ::std::stringify!($name))*);
        $crate::Text::new($template)$(.with(::std::stringify!($name), $crate::text!(@value $name $($value)?)))*
    }};
    (@value $name:ident) => { $name };
    (@value $name:ident $value:expr) => { $value };
}

impl Text {
    /// A template whose arguments follow by [`Text::with`]; the macro [`text!`](crate::text) does both.
    pub const fn new(template: &'static str) -> Self {
        Self { template: Cow::Borrowed(template), args: BTreeMap::new() }
    }

    /// What is shown in every language as it is: the words of a system, a server or a user.
    pub fn verbatim(words: impl Into<String>) -> Self {
        Self::new("{words}").with("words", words.into())
    }

    /// Puts `value` into the place `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<TextArg>) -> Self {
        self.args.insert(Cow::Borrowed(name), value.into());
        self
    }

    /// Several texts in a row, with `", "` between them.
    pub fn list(texts: impl IntoIterator<Item = Self>) -> Self {
        let mut texts = texts.into_iter();
        let first = texts.next().unwrap_or_else(|| Self::verbatim(""));
        texts.fold(first, |list, next| Self::new("{list}, {next}").with("list", list).with("next", next))
    }

    /// Changes everything that is not a sentence of ours: to hide secrets, or to cut.
    #[must_use]
    pub fn map_plain(mut self, change: &mut dyn FnMut(String) -> String) -> Self {
        for value in self.args.values_mut() {
            match value {
                TextArg::Plain(words) | TextArg::Failure { english: words, .. } => {
                    *words = change(std::mem::take(words));
                }
                TextArg::Text(inner) => {
                    let text = std::mem::replace(&mut **inner, Self::new(""));
                    **inner = text.map_plain(change);
                }
                TextArg::Number(_) => {}
            }
        }
        self
    }

    /// The text in another language: `translate` has a template for each English one that it knows.
    pub fn translated(&self, translate: &dyn Fn(&str) -> Option<Cow<'static, str>>) -> Self {
        let mut other = self.clone();
        if let Some(template) = translate(&self.template) {
            other.template = template;
        }
        for value in other.args.values_mut() {
            if let TextArg::Text(inner) = value {
                **inner = inner.translated(translate);
            }
        }
        other
    }

    /// Whether the English text holds `part`.
    pub fn contains(&self, part: &str) -> bool {
        self.to_string().contains(part)
    }

    fn write_place(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.args.get(name) {
            Some(value) => write!(f, "{value}"),
            // A template without arguments may name a place of something else, as `{token}` of a topic.
            None => write!(f, "{{{name}}}"),
        }
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string(), f)
    }
}

/// The English text.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest: &str = &self.template;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, found) = rest.split_at(at);
            f.write_str(before)?;
            let doubled = found.starts_with("{{") || found.starts_with("}}");
            let end = if doubled { None } else { found.find('}').filter(|_| found.starts_with('{')) };
            match end {
                Some(end) => {
                    self.write_place(&found[1..end], f)?;
                    rest = &found[end + 1..];
                }
                None => {
                    f.write_str(&found[..1])?;
                    rest = &found[if doubled { 2 } else { 1 }..];
                }
            }
        }
        f.write_str(rest)
    }
}

impl fmt::Display for TextArg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Plain(words) | Self::Failure { english: words, .. } => f.write_str(words),
            Self::Text(text) => text.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn the_english_text_has_its_arguments_in_place() {
        let port = 8883_u16;
        let text = text!("The port {port} is in use by {who}.", port, who = text!("{count} programs", count = 2_u64));
        assert_eq!(text.to_string(), "The port 8883 is in use by 2 programs.");
        assert_eq!(text!("{gap} s gap", gap = 0.4321).to_string(), "0.4 s gap");
        assert_eq!(text!("Take {{token_id}} out.").to_string(), "Take {token_id} out.");
        assert_eq!(Text::new("Take {token_id} out, } too.").to_string(), "Take {token_id} out, } too.");
        assert_eq!(Text::list([text!("a"), text!("b"), text!("c")]).to_string(), "a, b, c");
    }

    #[test]
    fn an_argument_is_never_read_as_a_template() {
        let text = Text::verbatim("{words} {{");
        assert_eq!(text.to_string(), "{words} {{");
    }

    #[test]
    fn it_crosses_the_wire_and_comes_back() {
        let error = Error::new(Code::HostNotFound, "No address is known.");
        let text = text!("{error} Trying again (attempt {attempt}).", error = &error, attempt = 3_u32);
        let json = serde_json::to_value(&text).unwrap();
        assert_eq!(json["args"]["error"]["code"], "host_not_found");
        assert_eq!(json["args"]["attempt"], 3);
        assert_eq!(serde_json::from_value::<Text>(json).unwrap(), text);
    }

    #[test]
    fn it_is_said_in_another_language_with_its_arguments_in_place() {
        let german = |template: &str| match template {
            "{count} of {what}" => Some(Cow::Borrowed("{what}: {count}")),
            "hubs" => Some(Cow::Borrowed("Hubs")),
            _ => None,
        };
        let text = text!("{count} of {what}", count = 2_u32, what = text!("hubs"));
        assert_eq!(text.translated(&german).to_string(), "Hubs: 2");
        assert_eq!(Text::verbatim("hubs").translated(&german).to_string(), "hubs");
    }

    #[test]
    fn what_is_not_ours_can_be_hidden_at_every_depth() {
        let inner = text!("no {topic}", topic = "kp1/secret");
        let text = text!("Refused: {inner} {said}", inner, said = "secret");
        let hidden = text.map_plain(&mut |words| words.replace("secret", "•"));
        assert_eq!(hidden.to_string(), "Refused: no kp1/• •");
    }
}
