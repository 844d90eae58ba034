//! Command lines of MQTT.js: `mqtt pub …`, `mqtt sub …` (also as `publish`, `subscribe`, and behind `npx`).

use super::flags::{self, Flag};
use super::not_recognised;
use super::parts::Parts;
use super::shell::{command, public_name, words};
use hubscope_model::{PasteForm, Result, text};

/// Whether the text is such a command.
pub fn is_command(text: &str) -> bool {
    words(text).is_ok_and(|words| start(&words).is_some())
}

/// The place behind the verb, and whether it publishes. The program must begin the line, but for what runs it.
fn start(words: &[String]) -> Option<(usize, bool)> {
    let at = words.iter().position(|word| word == "mqtt" || word.ends_with("/mqtt"))?;
    if words[..at].iter().any(|word| !matches!(word.as_str(), "npx" | "sudo" | "-y" | "--yes")) {
        return None;
    }
    match words.get(at + 1)?.as_str() {
        "pub" | "publish" => Some((at + 2, true)),
        "sub" | "subscribe" => Some((at + 2, false)),
        _ => None,
    }
}

/// Reads a command. Topic and message may stand without options.
pub fn parse(text: &str) -> Result<Parts> {
    let words = words(text)?;
    let (start, publishes) =
        start(&words).ok_or_else(|| not_recognised(text!("The command must be mqtt pub or mqtt sub.")))?;
    let mut parts = Parts::new(PasteForm::MqttJs);
    parts.host = "localhost".to_owned();
    parts.publishes = publishes;
    let mut free = Vec::new();
    let mut rest = command(&words[start..]);
    while let Some((word, behind)) = rest.split_first() {
        if !word.starts_with('-') {
            free.push(word.as_str());
            rest = behind;
            continue;
        }
        rest = option(&mut parts, word, behind)?;
    }
    let mut free = free.into_iter();
    if parts.topics.is_empty() {
        parts.topics.extend(free.next().map(str::to_owned));
    }
    if publishes && parts.payload.is_none() {
        parts.payload = free.next().map(str::to_owned);
    }
    // What is left may be a part of a value without its quotation marks.
    if free.next().is_some() {
        parts.ignore("…");
    }
    parts.keep_session_only_with_id();
    Ok(parts)
}

/// Takes `--name value` or `--name=value`; answers what is behind it.
fn option<'a>(parts: &mut Parts, word: &str, behind: &'a [String]) -> Result<&'a [String]> {
    if let Some((name, value)) = word.split_once('=').filter(|(name, _)| name.starts_with("--")) {
        match flags::find(flags::MQTTJS, name) {
            Some(flag) => take(parts, flag, name, value)?,
            None => parts.ignore(&public_name(word)),
        }
        return Ok(behind);
    }
    let Some(flag) = flags::find(flags::MQTTJS, word) else {
        parts.ignore(&public_name(word));
        return Ok(behind);
    };
    let (value, rest) = match flag.words {
        0 => ("", behind),
        _ => behind
            .split_first()
            .map(|(value, rest)| (value.as_str(), rest))
            .ok_or_else(|| not_recognised(text!("An option at the end of the command has no value.")))?,
    };
    take(parts, flag, word, value)?;
    Ok(rest)
}

fn take(parts: &mut Parts, flag: &Flag, name: &str, value: &str) -> Result<()> {
    if !parts.apply(flag.meaning, value)? {
        parts.ignore(name);
    }
    Ok(())
}
