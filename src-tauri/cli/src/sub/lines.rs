//! Messages as lines of text or JSON on standard output.

use super::Output;
use crate::escape::{escape, escape_bytes, escape_json};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hubscope_hubs::kaa::topic::masked;
use hubscope_mqtt::Received;
use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use serde::Serialize;
use std::io::{self, BufWriter, Stdout, Write};

/// RFC 3339 in UTC with microseconds, always six digits.
const TIME: DateTimePrinter = DateTimePrinter::new().precision(Some(6));

/// How a message becomes a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Payload,
    TopicAndPayload,
    Json,
}

/// One message as `--json` prints it.
#[derive(Serialize)]
struct Line<'a> {
    time: &'a str,
    topic: &'a str,
    qos: u8,
    retain: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload_base64: Option<String>,
}

/// Standard output, flushed after each batch: the session hands over a batch when nothing more is
/// waiting, so a quiet line is printed at once and a flood in large pieces.
pub struct Lines {
    format: Format,
    /// Standard output is a terminal; it gets no control characters of strangers.
    terminal: bool,
    out: BufWriter<Stdout>,
}

impl Lines {
    pub fn new(format: Format, terminal: bool) -> Self {
        Self { format, terminal, out: BufWriter::with_capacity(256 * 1024, io::stdout()) }
    }

    fn json(&mut self, time: &str, message: &Received) -> io::Result<()> {
        let text = std::str::from_utf8(&message.payload).ok();
        let topic = masked(&message.topic);
        let line = Line {
            time,
            topic: &topic,
            qos: message.qos,
            retain: message.retain,
            payload: text,
            payload_base64: text.is_none().then(|| STANDARD.encode(&message.payload)),
        };
        if self.terminal {
            let json = serde_json::to_string(&line)?;
            return self.out.write_all(escape_json(&json).as_bytes());
        }
        Ok(serde_json::to_writer(&mut self.out, &line)?)
    }

    fn text(&mut self, message: &Received) -> io::Result<()> {
        if self.format == Format::TopicAndPayload {
            let topic = masked(&message.topic);
            self.out.write_all(if self.terminal { escape(&topic) } else { topic }.as_bytes())?;
            self.out.write_all(b" ")?;
        }
        if self.terminal {
            return self.out.write_all(escape_bytes(&message.payload).as_bytes());
        }
        self.out.write_all(&message.payload)
    }
}

impl Output for Lines {
    /// May wait for who reads standard output: the session's task then hands its thread's other work
    /// on, so that Ctrl-C is still heard.
    fn write(&mut self, time_us: i64, messages: &[Received]) -> io::Result<()> {
        tokio::task::block_in_place(|| self.print(time_us, messages))
    }
}

impl Lines {
    fn print(&mut self, time_us: i64, messages: &[Received]) -> io::Result<()> {
        let mut time = String::new();
        if self.format == Format::Json {
            let timestamp = Timestamp::from_microsecond(time_us).map_err(io::Error::other)?;
            TIME.print_timestamp(&timestamp, &mut time).map_err(io::Error::other)?;
        }
        for message in messages {
            match self.format {
                Format::Json => self.json(&time, message)?,
                Format::Payload | Format::TopicAndPayload => self.text(message)?,
            }
            self.out.write_all(b"\n")?;
        }
        self.out.flush()
    }
}
