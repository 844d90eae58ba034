//! What the shell says itself, in the page's language and from its catalogue.

use hubscope_model::{SpokenLanguage, Text};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// German by the English templates; a catalogue that is no JSON fails the test below.
static GERMAN: LazyLock<HashMap<String, Cow<'static, str>>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../ui/src/i18n/de/engine.json")).unwrap_or_default());

/// A text in this language; what has no translation is English.
pub fn say(text: &Text, language: SpokenLanguage) -> String {
    match language {
        SpokenLanguage::En => text.to_string(),
        SpokenLanguage::De => text.translated(&|template| GERMAN.get(template).cloned()).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubscope_model::text;

    #[test]
    fn the_page_s_catalogue_is_spoken() {
        let text = text!("{what} shown", what = text!("Private key"));
        assert_eq!(say(&text, SpokenLanguage::De), "Privater Schlüssel angezeigt");
        assert_eq!(say(&text, SpokenLanguage::En), "Private key shown");
    }
}
