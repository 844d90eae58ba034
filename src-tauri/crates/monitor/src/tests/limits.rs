//! Bounds, and what happens at them.

use super::*;
use hubscope_model::{EntryClass, PublishOutcome, Severity, Text, text};

#[test]
fn the_entry_bound_evicts_a_sixty_fourth_at_a_time() {
    let monitor = monitor(1 << 30, 640);
    for from in (0..2000).step_by(7) {
        numbers(&monitor, "a", from, 7);
        check_counters(&monitor, 640);
        let kept = monitor.counters().kept;
        assert!(kept == from + 7 || kept > 640 - 20, "{kept} kept after {}", from + 7);
    }
}

#[test]
fn the_byte_bound_evicts_too() {
    let monitor = monitor(1 << 20, u64::MAX);
    let payload = [b'x'; 1000];
    for _ in 0..5000 {
        monitor.append([message("a", &payload)]);
        check_counters(&monitor, u64::MAX);
    }
    let kept = monitor.counters().kept;
    assert!((980..=1020).contains(&kept), "{kept}");
}

#[test]
fn a_message_larger_than_the_log_leaves_a_gap_entry() {
    let monitor = monitor(100_000, 1000);
    monitor.open_view(VIEW, &spec("")).unwrap();
    numbers(&monitor, "a", 0, 3);
    let huge = vec![b'x'; 100_001];
    assert_eq!(monitor.append([message("big/one", &huge), message("a", b"after")]), 3..5);
    let counters = monitor.counters();
    assert_eq!((counters.received, counters.kept, counters.dropped), (5, 4, 1));
    let (_, rows) = window(&monitor, VIEW, 3, 1);
    assert_eq!((rows[0].class, rows[0].severity), (EntryClass::Gap, Some(Severity::Warning)));
    let text = monitor.entry(3).unwrap().text.unwrap();
    assert!(text.contains("100001 bytes") && text.contains("big/one"), "{text}");
    check_counters(&monitor, 1000);
}

#[test]
fn a_message_that_just_fits_evicts_everything_else() {
    let monitor = monitor(100_000, 1000);
    numbers(&monitor, "a", 0, 500);
    let large = vec![b'x'; 99_000];
    monitor.append([message("big", &large)]);
    let counters = monitor.counters();
    assert_eq!((counters.received, counters.dropped), (501, 0));
    assert_eq!(monitor.entry(500).unwrap().size, 99_000);
    check_counters(&monitor, 1000);
}

#[test]
fn a_batch_longer_than_the_log_is_counted_and_seen_whole() {
    let monitor = monitor(1 << 20, 100);
    monitor.open_view(VIEW, &spec("n")).unwrap();
    numbers(&monitor, "a", 0, 1000);
    let at = status(&monitor);
    assert_eq!(at.end, 1000);
    assert_eq!(at.matching, monitor.counters().kept);
    assert_eq!(seqs(&monitor, 995, 10), [995, 996, 997, 998, 999]);
    check_counters(&monitor, 100);
}

#[test]
fn outcomes_count_and_go_with_their_entry() {
    let monitor = monitor(0, 1000);
    numbers(&monitor, "a", 0, 10);
    let before = monitor.counters().log_bytes;
    monitor.amend(3, PublishOutcome::Pending);
    monitor.amend(3, PublishOutcome::Refused { reason: text!("not authorised") });
    assert!(monitor.counters().log_bytes > before);
    assert_eq!(monitor.entry(3).unwrap().outcome, Some(PublishOutcome::Refused { reason: text!("not authorised") }));
    for seq in 0..10 {
        monitor.amend(seq, PublishOutcome::Refused { reason: Text::verbatim("x".repeat(8000)) });
        check_counters(&monitor, 1000);
    }
    assert_eq!(monitor.counters().kept, 0, "outcomes alone are over the budget");
    monitor.amend(3, PublishOutcome::Sent);
    monitor.amend(1_000_000, PublishOutcome::Sent);
    assert_eq!(monitor.entry(3), None);
}

#[test]
fn events_are_entries_but_not_messages() {
    let monitor = monitor(0, 1000);
    numbers(&monitor, "a", 0, 2);
    let long = "é".repeat(10_000);
    let seq = monitor.append_event(7, None, EntryClass::Event, Severity::Error, Text::verbatim(long));
    assert_eq!(seq, 2);
    let counters = monitor.counters();
    assert_eq!((counters.received, counters.kept), (2, 2));
    let entry = monitor.entry(2).unwrap();
    assert_eq!((entry.time, entry.session, entry.topic, entry.size), (7, None, None, 0));
    assert_eq!(entry.text.unwrap().to_string(), format!("{} …", "é".repeat(4096)));
    assert_eq!(monitor.payload(2, 0, 10), None);
}

#[test]
fn payloads_are_read_in_ranges() {
    let monitor = monitor(1 << 26, 1000);
    let payload: Vec<u8> = (0..3_000_000u32).map(|n| n as u8).collect();
    monitor.append([message("a", &payload)]);
    assert_eq!(monitor.payload(0, 5, 3).unwrap(), [5, 6, 7]);
    assert_eq!(monitor.payload(0, 0, u32::MAX).unwrap(), payload[..1024 * 1024]);
    assert_eq!(monitor.payload(0, 2_999_999, 10).unwrap(), payload[2_999_999..]);
    assert_eq!(monitor.payload(0, 4_000_000, 10), Some(Vec::new()));
    assert_eq!(monitor.payload(1, 0, 10), None);
}
