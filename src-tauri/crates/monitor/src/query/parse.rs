//! Reads filter text: `topic:lab/+/temp dir:in not "out of range" 21.5`.

use super::{Query, Term, Test};
use hubscope_model::{Code, Direction, Error, Result, Text, text, topic};

/// Longest filter text in characters, and most terms.
const LONGEST: usize = 4096;
const MOST_TERMS: usize = 32;

/// Reads a filter. The error's detail names the character, counted from 1; its hint says what to write.
pub(crate) fn parse(text: &str) -> Result<Query> {
    let mut reader = Reader { text, at: 0 };
    if text.chars().count() > LONGEST {
        return Err(
            reader.error("The filter is too long.", text!("Keep it under {count} characters.", count = LONGEST))
        );
    }
    let mut query = Query::default();
    while reader.skip_blanks() {
        if query.terms.len() == MOST_TERMS {
            return Err(
                reader.error("The filter has too many terms.", text!("Use at most {count}.", count = MOST_TERMS))
            );
        }
        query.terms.push(reader.term()?);
    }
    Ok(query)
}

struct Reader<'a> {
    text: &'a str,
    /// Byte place of what is read next.
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Whether anything but blanks follows; stands on it then.
    fn skip_blanks(&mut self) -> bool {
        self.at = self.text.len() - self.rest().trim_start().len();
        self.at < self.text.len()
    }

    fn error(&self, message: &str, hint: Text) -> Error {
        let place = self.text[..self.at].chars().count() + 1;
        Error::new(Code::InvalidFilter, message).detail(text!("character {place}", place)).hint(hint)
    }

    fn term(&mut self) -> Result<Term> {
        let not = self.negation()?;
        let test = if self.rest().starts_with('"') { Test::Text(self.quoted()?) } else { self.bare_term()? };
        Ok(Term { not, test })
    }

    fn negation(&mut self) -> Result<bool> {
        let start = self.at;
        let Some(rest) = self.rest().strip_prefix("not") else { return Ok(false) };
        if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
            return Ok(false);
        }
        self.at += "not".len();
        if !self.skip_blanks() {
            self.at = start;
            return Err(
                self.error("Nothing follows “not”.", text!("Write a term after it, or \"not\" to look for the word."))
            );
        }
        Ok(true)
    }

    fn bare_term(&mut self) -> Result<Test> {
        let start = self.at;
        let word = self.word();
        let key = match word.split_once(':') {
            Some((key, _)) if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphabetic()) => key,
            _ => return Ok(Test::Text(word.to_owned())),
        };
        // The value starts right after the colon and may be quoted.
        self.at = start + key.len() + 1;
        let value_at = self.at;
        let lower = key.to_ascii_lowercase();
        if !matches!(lower.as_str(), "topic" | "dir" | "session") {
            self.at = start;
            return Err(self.error(
                &format!("There is no key “{key}”."),
                text!("Keys are topic, dir and session. To look for this text, put it in quotes: \"{word}\".", word),
            ));
        }
        let value = if self.rest().starts_with('"') { self.quoted()? } else { self.word().to_owned() };
        let end = std::mem::replace(&mut self.at, value_at);
        let test = self.keyed(&lower, value)?;
        self.at = end;
        Ok(test)
    }

    /// The test of a known key; errors are placed at its value.
    fn keyed(&self, key: &str, value: String) -> Result<Test> {
        if value.is_empty() {
            let hint = match key {
                "topic" => text!("Write a topic filter after it, as in topic:lab/+/temp."),
                "dir" => text!("Write dir:in, dir:out or dir:hub."),
                _ => text!("Write a session's name or number after it."),
            };
            return Err(self.error(&format!("Nothing follows “{key}:”."), hint));
        }
        match key {
            "topic" => match topic::validate_filter(&value) {
                Ok(()) => Ok(Test::Topic(value)),
                Err(reason) => Err(self.error(
                    &format!("This is not a topic filter: {reason}."),
                    text!("Use + for one level, # as the last one."),
                )),
            },
            "dir" => {
                match value.to_ascii_lowercase().as_str() {
                    "in" => Ok(Test::Direction(Direction::In)),
                    "out" => Ok(Test::Direction(Direction::Out)),
                    "hub" => Ok(Test::Direction(Direction::Hub)),
                    _ => Err(self
                        .error(&format!("“{value}” is not a direction."), text!("Write dir:in, dir:out or dir:hub."))),
                }
            }
            _ => Ok(Test::Session(value)),
        }
    }

    /// Everything up to the next blank.
    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// A text in quotes; `\"` and `\\` stand for the characters themselves.
    fn quoted(&mut self) -> Result<String> {
        let start = self.at;
        let mut text = String::new();
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.at = start + at + 1;
                    return self.after_quote(start, text);
                }
                '\\' => match characters.next() {
                    Some((_, escaped @ ('"' | '\\'))) => text.push(escaped),
                    Some((_, other)) => text.extend(['\\', other]),
                    None => text.push('\\'),
                },
                other => text.push(other),
            }
        }
        Err(self.error("A quote is not closed.", text!("Add \" at the end, or \\\" to look for a quote itself.")))
    }

    fn after_quote(&mut self, start: usize, text: String) -> Result<String> {
        if text.is_empty() {
            self.at = start;
            return Err(
                self.error("There is nothing between the quotes.", text!("Write the text to look for between them."))
            );
        }
        if self.rest().starts_with(|next: char| !next.is_whitespace()) {
            return Err(self.error(
                "Something follows a closing quote.",
                text!("Put a space there, or \\\" for the quote itself."),
            ));
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn term(test: Test) -> Term {
        Term { not: false, test }
    }

    fn place(text: &str) -> String {
        let error = parse(text).unwrap_err();
        assert_eq!(error.code, Code::InvalidFilter);
        assert!(error.hint.is_some());
        error.detail.unwrap().to_string()
    }

    #[test]
    fn terms_of_every_kind() {
        let query = parse(r#"  topic:lab/+/temp dir:In not session:"edge gw" "out of \"range\"" not 21.5 "#).unwrap();
        assert_eq!(
            query.terms,
            [
                term(Test::Topic("lab/+/temp".into())),
                term(Test::Direction(Direction::In)),
                Term { not: true, test: Test::Session("edge gw".into()) },
                term(Test::Text("out of \"range\"".into())),
                Term { not: true, test: Test::Text("21.5".into()) },
            ]
        );
        assert_eq!(parse(" \t").unwrap(), Query::default());
    }

    #[test]
    fn words_that_only_look_like_keys_are_text() {
        for text in ["12:30", "{\"a\":1}", ":x", "nothing", "a-b:c", "notx:1"] {
            let read = parse(text);
            match text {
                "notx:1" => assert!(read.is_err()),
                _ => assert_eq!(read.unwrap().terms, [term(Test::Text(text.into()))], "{text}"),
            }
        }
    }

    #[test]
    fn errors_name_the_place() {
        assert_eq!(place("ä dir:x"), "character 7");
        assert_eq!(place("a topic:"), "character 9");
        assert_eq!(place("topic:a/#/b"), "character 7");
        assert_eq!(place("a kind:twin"), "character 3");
        assert_eq!(place("a \"b"), "character 3");
        assert_eq!(place("a \"\""), "character 3");
        assert_eq!(place("\"a\"b"), "character 4");
        assert_eq!(place("a not "), "character 3");
        assert_eq!(place(&"a ".repeat(33)), "character 65");
        assert_eq!(place(&"a".repeat(4097)), "character 1");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_with_a_place(text in "\\PC{0,40}") {
            if let Err(error) = parse(&text) {
                let place: usize = error.detail.unwrap().to_string().strip_prefix("character ").unwrap().parse().unwrap();
                prop_assert!((1..=text.chars().count() + 1).contains(&place));
            }
        }

        #[test]
        fn quoted_text_is_found_as_it_is(text in "\\PC{1,40}") {
            let quoted = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
            prop_assert_eq!(parse(&quoted).unwrap().terms, [term(Test::Text(text))]);
        }
    }
}
