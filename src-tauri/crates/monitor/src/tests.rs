//! Tests of the whole: what every floor above relies on.

mod equations;
mod limits;
mod secrets;
mod tree;
mod views;

use crate::{Limits, Monitor, NewMessage};
use hubscope_model::{Direction, Row, RowTopic, Seq, SessionId, ViewId, ViewSpec, ViewStatus, WindowRequest};

const SESSION: SessionId = SessionId(1);
const VIEW: ViewId = ViewId(1);

fn monitor(bytes: u64, entries: u64) -> Monitor {
    Monitor::new(Limits { bytes, entries })
}

fn message<'a>(topic: &'a str, payload: &'a [u8]) -> NewMessage<'a> {
    NewMessage {
        time: 0,
        session: SESSION,
        direction: Direction::In,
        topic,
        payload,
        properties: &[],
        qos: 0,
        retain: false,
        dup: false,
    }
}

/// Appends `count` messages on one topic; payloads are their numbers from `from` on.
fn numbers(monitor: &Monitor, topic: &str, from: u64, count: u64) {
    let payloads: Vec<String> = (from..from + count).map(|number| format!("n{number}")).collect();
    monitor.append(payloads.iter().map(|payload| message(topic, payload.as_bytes())));
}

fn spec(query: &str) -> ViewSpec {
    ViewSpec { query: query.into(), ..ViewSpec::default() }
}

fn window(monitor: &Monitor, view: ViewId, from: u64, count: u32) -> (ViewStatus, Vec<Row>) {
    monitor.window(&WindowRequest { view, from, count, preview: 100 }).unwrap()
}

/// A row's topic as a page shows it; empty when the row has none.
fn topic_text(monitor: &Monitor, row: &Row) -> String {
    match &row.topic {
        None => String::new(),
        Some(RowTopic::Id(id)) => monitor.topic_text(*id).unwrap(),
        Some(RowTopic::Text { text, .. }) => text.clone(),
    }
}

fn status(monitor: &Monitor) -> ViewStatus {
    monitor.view_status(VIEW).unwrap()
}

fn seqs(monitor: &Monitor, from: u64, count: u32) -> Vec<Seq> {
    window(monitor, VIEW, from, count).1.iter().map(|row| row.seq).collect()
}

/// received + sent = kept + evicted + dropped, and both bounds.
fn check_counters(monitor: &Monitor, entries: u64) {
    let counters = monitor.counters();
    assert_eq!(counters.received + counters.sent, counters.kept + counters.evicted + counters.dropped, "{counters:?}");
    assert!(counters.log_bytes <= counters.log_budget, "{counters:?}");
    let state = monitor.0.lock();
    assert!(state.log.end() - state.log.first() <= entries);
}
