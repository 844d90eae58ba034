//! Command lines as people keep them in notes and scripts, taken apart into words.

use super::not_recognised;
use hubscope_model::{Result, text};
use zeroize::Zeroizing;

/// The words of a command line, by the rules of a POSIX shell. They are wiped when dropped.
pub fn words(text: &str) -> Result<Zeroizing<Vec<String>>> {
    shlex::split(&one_line(text))
        .map(Zeroizing::new)
        .ok_or_else(|| not_recognised(text!("A quotation mark is not closed.")))
}

/// The words of one command: up to the next `|`, `;`, `&&` or redirection.
pub fn command(words: &[String]) -> &[String] {
    let end = words.iter().position(|word| ends_command(word)).unwrap_or(words.len());
    &words[..end]
}

/// Joins continued lines (`\`, PowerShell's backtick, cmd's `^`, with or without blanks behind) and
/// drops a prompt: a root prompt would read as a comment.
fn one_line(text: &str) -> Zeroizing<String> {
    let text = text.trim_start().trim_start_matches(['$', '#', '%', '>']);
    let mut joined = Zeroizing::new(String::with_capacity(text.len()));
    for line in text.lines() {
        match line.trim_end().strip_suffix(['\\', '`', '^']) {
            Some(continued) => {
                joined.push_str(continued);
                joined.push(' ');
            }
            None => {
                joined.push_str(line);
                joined.push('\n');
            }
        }
    }
    joined
}

fn ends_command(word: &str) -> bool {
    matches!(word, "|" | "||" | "&" | "&&" | ";") || word.starts_with(['>', '<']) || word.starts_with("2>")
}

/// What may be shown of a word that is no option that we know. It may be half of a password whose
/// quotation marks are missing, or a value glued to its option (`-Psecret`), so no more than an
/// option's letter is.
pub fn public_name(word: &str) -> String {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some('-'), Some(letter)) if letter.is_ascii_alphabetic() => format!("-{letter}…"),
        (Some('-'), Some('-')) => "--…".to_owned(),
        _ => "…".to_owned(),
    }
}
