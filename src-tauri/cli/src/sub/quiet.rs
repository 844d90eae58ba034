//! `sub --quiet`: messages go into the log, as in the app, and only its counters come out.

use super::Output;
use crate::failure::Failure;
use hubscope_engine::EngineOptions;
use hubscope_model::{Code, Direction, Error, Result, SessionId, ViewId, ViewSpec};
use hubscope_monitor::{Monitor, NewMessage};
use hubscope_mqtt::Received;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

const SESSION: SessionId = SessionId(1);
const VIEW: ViewId = ViewId(1);

/// What is printed at the end.
#[derive(Serialize)]
struct Counters {
    received: u64,
    kept: u64,
    evicted: u64,
    dropped: u64,
    /// Payload bytes received.
    bytes: u64,
    /// Since the subscription was granted.
    seconds: f64,
    /// Kept messages that `--filter` matches.
    #[serde(skip_serializing_if = "Option::is_none")]
    matching: Option<u64>,
}

/// The log, bounded as in the app, with its topic tree and at most one filtered view.
#[derive(Clone)]
pub struct Log {
    monitor: Monitor,
    filtered: bool,
    subscribed: Arc<OnceLock<Instant>>,
}

impl Log {
    /// # Errors
    /// `InvalidFilter`.
    pub fn open(filter: Option<&str>) -> Result<Self> {
        // Only the log's bounds are used: no workspace is opened.
        let monitor = Monitor::new(EngineOptions::at(PathBuf::new()).limits);
        monitor.register_session(SESSION, None, "sub", Vec::new());
        if let Some(filter) = filter {
            // The log is still empty, so there is nothing to scan.
            monitor.open_view(VIEW, &ViewSpec { query: filter.to_owned(), ..ViewSpec::default() })?;
        }
        Ok(Self { monitor, filtered: filter.is_some(), subscribed: Arc::default() })
    }

    pub fn print(&self) -> std::result::Result<(), Failure> {
        let log = self.monitor.counters();
        let counters = Counters {
            received: log.received,
            kept: log.kept,
            evicted: log.evicted,
            dropped: log.dropped,
            bytes: log.bytes,
            seconds: self.subscribed.get().map(Instant::elapsed).unwrap_or_default().as_secs_f64(),
            matching: self.filtered.then(|| self.monitor.view_status(VIEW)).flatten().map(|view| view.matching),
        };
        let printed =
            serde_json::to_string(&counters).map_err(io::Error::from).and_then(|json| writeln!(io::stdout(), "{json}"));
        printed.map_err(|error| {
            Failure::usage(
                Error::new(Code::Internal, "Standard output cannot be written to.")
                    .detail(error.to_string())
                    .hint("Check the program that reads it."),
            )
        })
    }
}

impl Output for Log {
    fn subscribed(&mut self) {
        self.subscribed.get_or_init(Instant::now);
    }

    fn write(&mut self, time: i64, messages: &[Received]) -> io::Result<()> {
        self.monitor.append(messages.iter().map(|message| NewMessage {
            time,
            session: SESSION,
            direction: Direction::In,
            topic: &message.topic,
            payload: &message.payload,
            properties: &message.properties,
            qos: message.qos,
            retain: message.retain,
            dup: message.dup,
        }));
        Ok(())
    }
}
