//! Answers on standard output: one line of JSON, or names and values for a reader.

use crate::escape::{escape, escape_json};
use crate::failure::Failure;
use hubscope_model::{Code, Error};
use serde::Serialize;
use std::io::{self, IsTerminal, Write};

/// Prints one line.
pub fn line(text: &str) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}").map_err(|error| failed(&error))
}

/// Prints `value` as one JSON object, or `facts` as lines.
pub fn answer(json: bool, value: &impl Serialize, facts: &[(&str, String)]) -> Result<(), Failure> {
    if !json {
        return facts.iter().try_for_each(|(name, fact)| line(&format!("{name}: {}", escape(fact))));
    }
    let text = serde_json::to_string(value).map_err(|error| failed(&error.into()))?;
    // A terminal gets no control characters of strangers.
    line(&if io::stdout().is_terminal() { escape_json(&text) } else { text.as_str().into() })
}

fn failed(error: &io::Error) -> Failure {
    Failure::usage(
        Error::new(Code::Internal, "Standard output cannot be written to.")
            .detail(error.to_string())
            .hint("Check the program that reads it."),
    )
}
