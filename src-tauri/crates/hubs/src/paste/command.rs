//! `mosquitto_pub` and `mosquitto_sub` command lines as people keep them in notes and scripts.

use super::flags::{self, Meaning};
use super::{Parts, not_recognised, parse_address, version};
use hubscope_model::{MqttVersion, PasteForm, Result};
use zeroize::Zeroizing;

/// Reads the first mosquitto command in `text`. What stands before it (a prompt, `sudo`, `docker
/// run …`, a pipe's source) and behind the next `|`, `;`, `&&` or redirection is not looked at.
pub fn parse(text: &str) -> Result<Parts> {
    let words = shlex::split(&one_line(text))
        .map(Zeroizing::new)
        .ok_or_else(|| not_recognised("A quotation mark is not closed."))?;
    let (start, form) = words
        .iter()
        .enumerate()
        .find_map(|(at, word)| Some((at, form(word)?)))
        .ok_or_else(|| not_recognised("The command must be called mosquitto_pub or mosquitto_sub."))?;
    let mut reader = Reader { parts: Parts::new(form), own_tls: false };
    let mut rest = &words[start + 1..];
    while let Some((word, behind)) = rest.split_first() {
        if ends_command(word) {
            break;
        }
        rest = reader.option(word, behind)?;
    }
    Ok(reader.finish())
}

fn form(word: &str) -> Option<PasteForm> {
    let word = word.strip_suffix(".exe").unwrap_or(word);
    if word.ends_with("mosquitto_pub") {
        Some(PasteForm::MosquittoPub)
    } else if word.ends_with("mosquitto_sub") {
        Some(PasteForm::MosquittoSub)
    } else {
        None
    }
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

struct Reader {
    parts: Parts,
    /// TLS was asked for by an option of its own, so that the port says nothing.
    own_tls: bool,
}

impl Reader {
    /// Takes one option and its values; answers what is behind them.
    fn option<'a>(&mut self, word: &str, behind: &'a [String]) -> Result<&'a [String]> {
        let Some(flag) = flags::find(word) else {
            self.parts.ignore(&public_name(word));
            return Ok(behind);
        };
        let extra = usize::from(flag.words == 3 && behind.get(1).is_some_and(|name| name == "user-property"));
        let Some((values, rest)) = behind.split_at_checked(flag.words + extra) else {
            return Err(not_recognised(
                "An option at the end of the command has no value. A # or + in a topic must stand in quotation marks.",
            ));
        };
        let value = values.first().map(String::as_str).unwrap_or_default();
        if !self.apply(flag.meaning, value)? {
            self.parts.ignore(word);
        }
        Ok(rest)
    }

    /// Whether the option had an effect.
    fn apply(&mut self, meaning: Meaning, value: &str) -> Result<bool> {
        let parts = &mut self.parts;
        match meaning {
            Meaning::Host => parts.host = value.to_owned(),
            Meaning::Port => {
                let port = value.parse().map_err(|_| not_recognised("A port is a number from 1 to 65535."))?;
                parts.port = Some(port);
            }
            Meaning::Topic => parts.topics.push(value.to_owned()),
            Meaning::Qos => return Ok(self.qos(value)),
            Meaning::UserName => parts.user_name = Some(Zeroizing::new(value.to_owned())),
            Meaning::Password => parts.password = Some(Zeroizing::new(value.to_owned())),
            Meaning::ClientId => parts.client_id = Some(value.to_owned()),
            Meaning::Version => match version(value) {
                Some(version) => parts.options.version = version,
                None => return Ok(false),
            },
            Meaning::KeepSession => parts.options.clean_session = false,
            Meaning::KeepAlive => match value.parse() {
                Ok(seconds) if seconds >= 5 => parts.options.keep_alive = seconds,
                _ => return Ok(false),
            },
            Meaning::Message => parts.payload = Some(value.to_owned()),
            Meaning::EmptyMessage => parts.payload = None,
            Meaning::Retain => parts.retain = true,
            Meaning::Url => parts.take_address(parse_address(value)?),
            Meaning::CaFile => {
                parts.ca_file = Some(value.to_owned());
                self.own_tls = true;
            }
            Meaning::SystemRoots => self.own_tls = true,
            Meaning::OtherTls => {
                self.own_tls = true;
                return Ok(false);
            }
            Meaning::Ignored => return Ok(false),
        }
        Ok(true)
    }

    /// QoS 2 is not spoken; 1 is used and the option named.
    fn qos(&mut self, value: &str) -> bool {
        match value {
            "0" => self.parts.qos = 0,
            "1" => self.parts.qos = 1,
            "2" => {
                self.parts.qos = 1;
                return false;
            }
            _ => return false,
        }
        true
    }

    /// mosquitto 2 speaks TLS to port 8883 also without a CA option.
    fn finish(mut self) -> Parts {
        self.parts.tls |= self.own_tls || self.parts.port == Some(8883);
        // MQTT 3.1.1 allows a kept session only with a client id; mosquitto refuses that command.
        if self.parts.client_id.is_none() && self.parts.options.version == MqttVersion::V311 {
            self.parts.options.clean_session = true;
        }
        self.parts
    }
}

/// What may be shown of a word that is no option of mosquitto's. It may be half of a password whose
/// quotation marks are missing, or a value glued to its option (`-Psecret`), so no more than an
/// option's letter is.
fn public_name(word: &str) -> String {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some('-'), Some(letter)) if letter.is_ascii_alphabetic() => format!("-{letter}…"),
        (Some('-'), Some('-')) => "--…".to_owned(),
        _ => "…".to_owned(),
    }
}
