//! Faults as text, for the command line: `lose=puback,client=c1,times=2`.

use super::{Fault, Misdeed, PacketKind};
use crate::topics::Filter;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

const KINDS: [(&str, PacketKind, u8); 10] = [
    ("connack", PacketKind::Connack, 2),
    ("publish", PacketKind::Publish, 3),
    ("puback", PacketKind::Puback, 4),
    ("pubrec", PacketKind::Pubrec, 5),
    ("pubrel", PacketKind::Pubrel, 6),
    ("pubcomp", PacketKind::Pubcomp, 7),
    ("suback", PacketKind::Suback, 9),
    ("unsuback", PacketKind::Unsuback, 11),
    ("pingresp", PacketKind::Pingresp, 13),
    ("disconnect", PacketKind::Disconnect, 14),
];

/// Largest packet that can be made: more is of no use to a test and takes memory.
const LARGEST: usize = 64 * 1024 * 1024;

impl PacketKind {
    /// From the first byte of a packet (MQTT 5 section 2.1.2).
    pub(super) fn of(first: u8) -> Option<Self> {
        KINDS.iter().find(|(_, _, number)| *number == first >> 4).map(|(_, kind, _)| *kind)
    }
}

impl fmt::Display for PacketKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = KINDS.iter().find(|(_, kind, _)| kind == self).map_or("", |(name, ..)| name);
        f.write_str(name)
    }
}

impl FromStr for PacketKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = KINDS.iter().find(|(name, ..)| *name == text).map(|(_, kind, _)| *kind);
        found.ok_or_else(|| {
            let names: Vec<_> = KINDS.iter().map(|(name, ..)| *name).collect();
            format!("{text:?} is no packet that the hub sends; choose one of {}", names.join(", "))
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let topic =
            |filter: &Option<String>| filter.as_ref().map_or(String::new(), |filter| format!(",topic={filter}"));
        match &self.misdeed {
            Misdeed::RefuseConnect { code } => write!(f, "refuse-connect={code:#04x}")?,
            Misdeed::RefuseSubscribe { code, filter } => write!(f, "refuse-subscribe={code:#04x}{}", topic(filter))?,
            Misdeed::RefusePublish { code, filter } => write!(f, "refuse-publish={code:#04x}{}", topic(filter))?,
            Misdeed::WrongSessionPresent => f.write_str("wrong-session-present")?,
            Misdeed::Delay { time, packet: None } => write!(f, "delay={}ms", time.as_millis())?,
            Misdeed::Delay { time, packet: Some(packet) } => {
                write!(f, "delay={}ms,packet={packet}", time.as_millis())?;
            }
            Misdeed::Throttle { bytes_per_second } => write!(f, "throttle={bytes_per_second}")?,
            Misdeed::Cut { packet } => write!(f, "cut={packet}")?,
            Misdeed::Lose { packet } => write!(f, "lose={packet}")?,
            Misdeed::Oversized { bytes } => write!(f, "oversized={bytes}")?,
            Misdeed::Malformed { packet } => write!(f, "malformed={packet}")?,
        }
        if let Some(client) = &self.client {
            write!(f, ",client={client}")?;
        }
        match self.times {
            Some(times) => write!(f, ",times={times}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Fault {
    /// What is wrong, in words.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split(',');
        let (name, value) = pair(parts.next().unwrap_or_default());
        let mut settings = Settings::read(parts)?;
        let misdeed = match name {
            "refuse-connect" => Misdeed::RefuseConnect { code: connect_code(value)? },
            "refuse-subscribe" => {
                Misdeed::RefuseSubscribe { code: reason(value)?, filter: settings.take("topic", filter)? }
            }
            "refuse-publish" => {
                Misdeed::RefusePublish { code: reason(value)?, filter: settings.take("topic", filter)? }
            }
            "wrong-session-present" if value.is_empty() => Misdeed::WrongSessionPresent,
            "wrong-session-present" => return Err("wrong-session-present takes no value".to_owned()),
            "delay" => Misdeed::Delay { time: time(value)?, packet: settings.take("packet", str::parse)? },
            "throttle" => Misdeed::Throttle { bytes_per_second: number(value, 1, u32::MAX)? },
            "cut" => Misdeed::Cut { packet: value.parse()? },
            "lose" => Misdeed::Lose { packet: value.parse()? },
            "oversized" => Misdeed::Oversized { bytes: number(value, 1, LARGEST)? },
            "malformed" => Misdeed::Malformed { packet: value.parse()? },
            _ => {
                return Err(format!(
                    "{name:?} is no fault; choose refuse-connect, refuse-subscribe, refuse-publish, \
                     wrong-session-present, delay, throttle, cut, lose, oversized or malformed"
                ));
            }
        };
        let client = settings.take("client", |id| Ok(id.to_owned()))?;
        let times = match misdeed {
            Misdeed::Throttle { .. } => None,
            _ => settings.take("times", |times| number(times, 1, u32::MAX))?,
        };
        settings.end(name)?;
        Ok(Self { misdeed, client, times })
    }
}

/// What follows the name, each once.
struct Settings<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Settings<'a> {
    fn read(parts: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut settings = BTreeMap::new();
        for (name, value) in parts.map(pair) {
            if value.is_empty() || settings.insert(name, value).is_some() {
                return Err(format!("{name:?} must be given once and with a value, as in {name}=…"));
            }
        }
        Ok(Self(settings))
    }

    fn take<T>(&mut self, name: &str, read: impl FnOnce(&'a str) -> Result<T, String>) -> Result<Option<T>, String> {
        self.0.remove(name).map(read).transpose()
    }

    fn end(self, fault: &str) -> Result<(), String> {
        match self.0.keys().next() {
            Some(name) => Err(format!("{fault} takes no {name:?}")),
            None => Ok(()),
        }
    }
}

fn pair(text: &str) -> (&str, &str) {
    text.split_once('=').unwrap_or((text, ""))
}

fn number<T: FromStr + PartialOrd + fmt::Display>(text: &str, least: T, most: T) -> Result<T, String> {
    let number = text.parse().ok().filter(|number| (&least..=&most).contains(&number));
    number.ok_or_else(|| format!("{text:?} is no number from {least} to {most}"))
}

/// Decimal, or hexadecimal with 0x.
fn byte(text: &str) -> Option<u8> {
    match text.strip_prefix("0x") {
        Some(hex) => u8::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

fn connect_code(text: &str) -> Result<u8, String> {
    let code = byte(text).filter(|code| (1..=5).contains(code) || *code >= 0x80);
    code.ok_or_else(|| format!("{text:?} refuses no CONNECT; give 1 to 5 (MQTT 3.1.1) or 0x80 to 0xff (MQTT 5)"))
}

fn reason(text: &str) -> Result<u8, String> {
    let code = byte(text).filter(|code| *code >= 0x80);
    code.ok_or_else(|| format!("{text:?} is no reason of a refusal; give 0x80 to 0xff"))
}

fn filter(text: &str) -> Result<String, String> {
    match Filter::read(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err(format!("{text:?} is no topic filter")),
    }
}

fn time(text: &str) -> Result<Duration, String> {
    let milliseconds = match text.strip_suffix("ms") {
        Some(number) => number.parse().ok(),
        None => text.strip_suffix('s').and_then(|number| number.parse::<u64>().ok()).and_then(|s| s.checked_mul(1000)),
    };
    let day = 24 * 60 * 60 * 1000;
    let milliseconds = milliseconds.filter(|milliseconds: &u64| (1..=day).contains(milliseconds));
    milliseconds.map(Duration::from_millis).ok_or_else(|| format!("{text:?} is no time up to a day; give 500ms or 2s"))
}
