//! The log's memory as the system sees it: payload and topic bytes, and at most 48 bytes an entry.
//!
//! Alone in its binary, so that no other test's memory is counted.
#![cfg(target_os = "linux")]

use hubscope_model::{Direction, SessionId, ViewId, ViewSpec};
use hubscope_monitor::{Limits, Monitor, NewMessage};

const MESSAGES: u64 = 300_000;
const PAYLOAD: usize = 200;
/// The open segment's reserve, the filter's scratch, the spare segment.
const FIXED: u64 = 10 * 1024 * 1024;

/// Bytes of this process that are in memory.
fn resident() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = statm.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

fn fill(monitor: &Monitor, count: u64) {
    let payload = [b'x'; PAYLOAD];
    let topics: Vec<String> = (0..100).map(|number| format!("bench/device{number}/telemetry")).collect();
    for batch in 0..count / 1000 {
        monitor.append((0..1000).map(|at| NewMessage {
            time: batch as i64,
            session: SessionId(1),
            direction: Direction::In,
            topic: &topics[at % 100],
            payload: &payload,
            properties: &[],
            qos: 0,
            retain: false,
            dup: false,
        }));
    }
}

#[test]
fn an_entry_costs_its_bytes_and_at_most_48_more() {
    let before = resident().unwrap();
    let monitor = Monitor::new(Limits { bytes: 1 << 30, entries: 1_000_000 });
    // An unfiltered view costs nothing, a filtered one that matches everything a few bytes a match.
    for (id, query) in [(1, ""), (2, "dir:in")] {
        monitor.open_view(ViewId(id), &ViewSpec { query: query.into(), ..ViewSpec::default() }).unwrap();
    }
    fill(&monitor, MESSAGES);
    let used = resident().unwrap() - before;
    let allowed = MESSAGES * (PAYLOAD as u64 + 48) + FIXED;
    assert!(used <= allowed, "{used} bytes used, {allowed} allowed");

    let counters = monitor.counters();
    assert_eq!(counters.kept, MESSAGES);
    assert_eq!(counters.log_bytes, MESSAGES * (PAYLOAD as u64 + 27));

    // Evicting does not grow it: bounded to what it has, it takes ten times as much.
    let bounded = Monitor::new(Limits { bytes: 32 << 20, entries: 1_000_000 });
    let before = resident().unwrap();
    fill(&bounded, MESSAGES * 3);
    let used = resident().unwrap() - before;
    assert!(used <= (32 << 20) + FIXED, "{used} bytes used by a log of 32 MiB");
}
