//! Where secret text comes from: an argument, a file, the environment, or standard input.

use crate::args::SourceArgs;
use crate::connect::unreadable;
use crate::failure::Failure;
use hubscope_model::{Code, Error, text};
use std::io::{IsTerminal, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// Longest text that is read, bytes; the longest that can be pasted, too.
const LONGEST: u64 = 256 * 1024;
const CONNECTION_STRING: &str = "HUBSCOPE_CONNECTION_STRING";

/// The connection string, or the text in its place.
pub fn connection_string(args: SourceArgs) -> Result<Zeroizing<String>, Failure> {
    match connection_string_if_given(args)? {
        Some(text) => Ok(text),
        None => standard_input("--connection-string-file", CONNECTION_STRING),
    }
}

/// Without looking at standard input.
pub fn connection_string_if_given(args: SourceArgs) -> Result<Option<Zeroizing<String>>, Failure> {
    given(args.connection_string, args.connection_string_file.as_deref(), CONNECTION_STRING)
}

/// The text that flags name, if they do: neither the environment nor standard input is looked at unasked.
pub fn of_flags(argument: Option<String>, file: Option<&Path>) -> Result<Option<Zeroizing<String>>, Failure> {
    match (&argument, file) {
        (None, None) => Ok(None),
        _ => given(argument, file, CONNECTION_STRING),
    }
}

/// The SAS token.
pub fn token(argument: Option<String>, file: Option<&Path>) -> Result<Zeroizing<String>, Failure> {
    const TOKEN: &str = "HUBSCOPE_SAS_TOKEN";
    match given(argument, file, TOKEN)? {
        Some(text) => Ok(text),
        None => standard_input("--token-file", TOKEN),
    }
}

fn given(argument: Option<String>, file: Option<&Path>, variable: &str) -> Result<Option<Zeroizing<String>>, Failure> {
    if let Some(text) = argument.map(Zeroizing::new) {
        return Ok(Some(text));
    }
    if let Some(path) = file {
        if path == Path::new("-") {
            return read(std::io::stdin(), path).map(Some);
        }
        return read(std::fs::File::open(path).map_err(|error| unreadable(path, &error))?, path).map(Some);
    }
    Ok(std::env::var(variable).ok().map(Zeroizing::new).filter(|text| !text.trim().is_empty()))
}

/// Nobody is asked at a terminal: what is typed there stays on the screen.
fn standard_input(option: &str, variable: &str) -> Result<Zeroizing<String>, Failure> {
    if std::io::stdin().is_terminal() {
        return Err(Failure::usage(Error::new(Code::SecretMissing, "There is nothing to read.").hint(text!(
            "Give a file with {option}, set {variable}, or pipe the text in.",
            option,
            variable
        ))));
    }
    read(std::io::stdin(), Path::new("-"))
}

fn read(source: impl Read, path: &Path) -> Result<Zeroizing<String>, Failure> {
    let mut text = Zeroizing::new(String::new());
    source.take(LONGEST + 1).read_to_string(&mut text).map_err(|error| unreadable(path, &error))?;
    if text.len() as u64 > LONGEST {
        return Err(Failure::usage(
            Error::new(Code::FileTooLarge, "The text is longer than 256 KiB.").hint("Give one credential at a time."),
        ));
    }
    Ok(Zeroizing::new(text.trim().to_owned()))
}
