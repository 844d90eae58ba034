//! `mosquitto_pub` and `mosquitto_sub` command lines as people keep them in notes and scripts.

use super::flags;
use super::not_recognised;
use super::parts::Parts;
use super::shell::{command, public_name, words};
use hubscope_model::{PasteForm, Result, text};

/// Which of the two a text names, if any.
pub fn form_of(text: &str) -> Option<PasteForm> {
    if text.contains("mosquitto_pub") {
        Some(PasteForm::MosquittoPub)
    } else if text.contains("mosquitto_sub") {
        Some(PasteForm::MosquittoSub)
    } else {
        None
    }
}

/// Reads the first mosquitto command in `text`. What stands before it (a prompt, `sudo`, `docker
/// run …`, a pipe's source) and behind the next `|`, `;`, `&&` or redirection is not looked at.
pub fn parse(text: &str, form: PasteForm) -> Result<Parts> {
    let words = words(text)?;
    let start = words
        .iter()
        .position(|word| program(word) == Some(form))
        .ok_or_else(|| not_recognised(text!("The command must be called mosquitto_pub or mosquitto_sub.")))?;
    let mut parts = Parts::new(form);
    parts.host = "localhost".to_owned();
    parts.publishes = form == PasteForm::MosquittoPub;
    let mut rest = command(&words[start + 1..]);
    while let Some((word, behind)) = rest.split_first() {
        rest = option(&mut parts, word, behind)?;
    }
    // mosquitto 2 speaks TLS to port 8883 also without a CA option.
    parts.tls |= parts.port == Some(8883);
    parts.keep_session_only_with_id();
    Ok(parts)
}

fn program(word: &str) -> Option<PasteForm> {
    let word = word.strip_suffix(".exe").unwrap_or(word);
    if word.ends_with("mosquitto_pub") {
        Some(PasteForm::MosquittoPub)
    } else if word.ends_with("mosquitto_sub") {
        Some(PasteForm::MosquittoSub)
    } else {
        None
    }
}

/// Takes one option and its values; answers what is behind them.
fn option<'a>(parts: &mut Parts, word: &str, behind: &'a [String]) -> Result<&'a [String]> {
    let Some(flag) = flags::find(flags::MOSQUITTO, word) else {
        parts.ignore(&public_name(word));
        return Ok(behind);
    };
    let extra = usize::from(flag.words == 3 && behind.get(1).is_some_and(|name| name == "user-property"));
    let Some((values, rest)) = behind.split_at_checked(flag.words + extra) else {
        return Err(not_recognised(text!(
            "An option at the end of the command has no value. A # or + in a topic must stand in quotation marks."
        )));
    };
    let value = values.first().map(String::as_str).unwrap_or_default();
    if !parts.apply(flag.meaning, value)? {
        parts.ignore(word);
    }
    Ok(rest)
}
