//! Views: what a page can rely on.

use super::*;
use crate::ScanNeeded;
use hubscope_model::{Code, DeviceId, EntryClass, Property, PublishOutcome, Severity, SubscriptionId, text};

#[test]
fn a_change_deals_ordinals_anew_and_says_so() {
    let monitor = monitor(1 << 20, 1000);
    numbers(&monitor, "a", 0, 20);
    monitor.open_view(VIEW, &spec("n1")).unwrap();
    assert_eq!(seqs(&monitor, 0, 50), [1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    let revision = monitor.view_revision(VIEW).unwrap();
    assert_eq!(monitor.change_view(VIEW, &spec("n2")), Ok(ScanNeeded::No));
    assert_eq!((status(&monitor).generation, status(&monitor).end), (1, 1));
    assert!(monitor.view_revision(VIEW).unwrap() > revision);
    let error = monitor.change_view(VIEW, &spec("dir:x")).unwrap_err();
    assert_eq!(
        (error.code, error.detail.as_deref()),
        (Code::InvalidFilter, Some(&text!("character {place}", place = 5_usize)))
    );
    assert_eq!(seqs(&monitor, 0, 50), [2], "the last valid result stays");
    assert_eq!(status(&monitor).generation, 1);
}

#[test]
fn a_large_log_is_scanned_in_steps_while_messages_stream() {
    let monitor = monitor(1 << 26, 1_000_000);
    numbers(&monitor, "a", 0, 50_000);
    let ScanNeeded::Yes { generation, total } = monitor.open_view(VIEW, &spec("n4")).unwrap() else {
        panic!("50,000 entries are too many to look at in one go");
    };
    assert_eq!(total, 50_000);
    let mut steps = 0;
    let mut from = 50_000;
    loop {
        let progress = monitor.scan_step(VIEW, generation, 10_000).unwrap();
        steps += 1;
        assert_eq!(progress.done + status(&monitor).unscanned, progress.total);
        if progress.finished {
            break;
        }
        numbers(&monitor, "a", from, 1000);
        from += 1000;
    }
    assert!(steps > 3);
    let expected = (0..from).filter(|number| number.to_string().starts_with('4')).count() as u64;
    assert_eq!(status(&monitor).matching, expected);
    numbers(&monitor, "a", 4, 1);
    assert_eq!(status(&monitor).matching, expected + 1, "it follows the log now");
    assert_eq!(monitor.scan_step(VIEW, generation + 1, 1), None);
}

#[test]
fn a_paused_end_stays_while_everything_below_it_goes() {
    for query in ["", "n"] {
        let monitor = monitor(1 << 20, 100);
        monitor.open_view(VIEW, &spec(query)).unwrap();
        numbers(&monitor, "a", 0, 50);
        monitor.pin(VIEW, &[10, 11]).unwrap();
        let paused = monitor.pause_view(VIEW, true).unwrap();
        assert_eq!((paused.end, paused.newer, paused.paused), (50, 0, true));
        numbers(&monitor, "a", 50, 30);
        assert_eq!((status(&monitor).end, status(&monitor).newer, status(&monitor).matching), (50, 30, 80));
        numbers(&monitor, "a", 80, 400);
        let at = status(&monitor);
        assert_eq!((at.first, at.end, at.newer), (50, 50, at.matching));
        assert_eq!(seqs(&monitor, 0, 100), [10, 11], "pinned rows stay on screen");
        assert_eq!(monitor.payload(10, 0, 10).unwrap(), b"n10");
        assert_eq!(monitor.locate(VIEW, 11), Ok(Some(11)));
        assert_eq!(monitor.locate(VIEW, 400), Ok(None), "above the paused end");
        monitor.pin(VIEW, &[11]).unwrap();
        assert_eq!(seqs(&monitor, 0, 100), [11]);
        assert_eq!(monitor.entry(10), None);
        let at = monitor.pause_view(VIEW, false).unwrap();
        assert_eq!((at.end, at.newer), (480, 0));
        monitor.close_view(VIEW);
        assert_eq!(monitor.entry(11), None);
        assert_eq!(monitor.pin(VIEW, &[470]).unwrap_err().code, Code::Gone);
    }
}

#[test]
fn a_selected_entry_outlives_its_filter() {
    let monitor = monitor(1 << 20, 100);
    monitor.open_view(VIEW, &spec("")).unwrap();
    numbers(&monitor, "a", 0, 10);
    monitor.pin(VIEW, &[3]).unwrap();
    monitor.amend(3, PublishOutcome::Pending);
    numbers(&monitor, "a", 10, 300);
    monitor.change_view(VIEW, &spec("nothing")).unwrap();
    assert_eq!(monitor.locate(VIEW, 3), Ok(None));
    monitor.amend(3, PublishOutcome::Acknowledged { after: 9 });
    assert_eq!(monitor.entry(3).unwrap().outcome, Some(PublishOutcome::Acknowledged { after: 9 }));
}

#[test]
fn device_and_classes_narrow_a_view() {
    let monitor = monitor(1 << 20, 1000);
    let device = DeviceId::new();
    monitor.register_session(SESSION, Some(device), "edge gw", Vec::new());
    numbers(&monitor, "a", 0, 2);
    monitor.append([NewMessage { session: SessionId(2), ..message("a", b"other") }]);
    monitor.append_event(0, Some(SESSION), EntryClass::Event, Severity::Info, text!("connected"));
    monitor.append_event(0, None, EntryClass::Event, Severity::Info, text!("elsewhere"));
    let of_device = ViewSpec { device: Some(device), ..ViewSpec::default() };
    monitor.open_view(VIEW, &of_device).unwrap();
    assert_eq!(seqs(&monitor, 0, 10), [0, 1, 3]);
    monitor.change_view(VIEW, &ViewSpec { classes: vec![EntryClass::Event], ..of_device }).unwrap();
    assert_eq!(seqs(&monitor, 0, 10), [3]);
    monitor.change_view(VIEW, &spec("not session:\"EDGE GW\"")).unwrap();
    assert_eq!(seqs(&monitor, 0, 10), [2, 4]);
    monitor.change_view(VIEW, &spec("session:late")).unwrap();
    monitor.register_session(SessionId(3), None, "late", Vec::new());
    monitor.append([NewMessage { session: SessionId(3), ..message("a", b"new") }]);
    assert_eq!(seqs(&monitor, 0, 10), [5]);
}

#[test]
fn rows_of_a_session_whose_server_was_not_checked_say_so() {
    let monitor = monitor(1 << 20, 1000);
    monitor.open_view(VIEW, &spec("")).unwrap();
    monitor.register_session(SESSION, None, "", Vec::new());
    numbers(&monitor, "a", 0, 1);
    let checked = SessionId(2);
    monitor.append([NewMessage { session: checked, ..message("a", b"checked") }]);
    monitor.append_event(0, None, EntryClass::Event, Severity::Info, text!("elsewhere"));
    monitor.mark_unverified(SESSION);
    numbers(&monitor, "a", 1, 1);
    let (_, rows) = window(&monitor, VIEW, 0, 10);
    let unverified: Vec<_> = rows.iter().map(|row| row.unverified).collect();
    assert_eq!(unverified, [true, false, false, true]);
}

#[test]
fn rows_and_details_tell_everything() {
    let monitor = monitor(1 << 20, 1000);
    monitor.open_view(VIEW, &spec("")).unwrap();
    monitor.register_session(SESSION, None, "", Vec::new());
    let (red, blue) = (SubscriptionId::new(), SubscriptionId::new());
    monitor.set_subscriptions(SESSION, vec![(red, "lab/+".into(), 3), (blue, "lab/#".into(), 5)]);
    let properties = [Property { name: "content_type".into(), value: "application/json".into() }];
    let sent = NewMessage {
        time: 1,
        session: SESSION,
        direction: Direction::In,
        topic: "lab/a",
        payload: br#"{"t":1}"#,
        properties: &properties,
        qos: 1,
        retain: true,
        dup: true,
    };
    monitor.append([
        sent,
        message("lab/a/b", b"2"),
        message("other", b"3"),
        NewMessage { direction: Direction::Out, ..message("lab/a", b"4") },
    ]);
    let (_, rows) = window(&monitor, VIEW, 0, 10);
    let colours: Vec<_> = rows.iter().map(|row| row.colour).collect();
    assert_eq!(colours, [Some(3), Some(5), None, None]);
    assert_eq!((rows[0].qos, rows[0].retain, rows[0].size), (1, true, 7));
    assert_eq!(rows[0].topic, rows[3].topic);
    assert_eq!(topic_text(&monitor, &rows[1]), "lab/a/b");
    assert_eq!(monitor.subscription_counts(SESSION), [(red, 1), (blue, 2)]);
    let counts = monitor.session_counts(SESSION);
    assert_eq!((counts.received, counts.sent), (3, 1));
    let entry = monitor.entry(0).unwrap();
    assert_eq!(entry.properties, properties);
    assert_eq!(
        (entry.topic.as_deref(), entry.dup, entry.form),
        (Some("lab/a"), true, hubscope_model::PayloadForm::Json)
    );

    // A removed subscription keeps the colour of its rows; a changed one counts anew.
    monitor.set_subscriptions(SESSION, vec![(blue, "other".into(), 6)]);
    monitor.append([message("other", b""), message("lab/a", b"")]);
    let colours: Vec<_> = window(&monitor, VIEW, 0, 10).1.iter().map(|row| row.colour).collect();
    assert_eq!(colours, [Some(3), Some(6), None, None, Some(6), None]);
    assert_eq!(monitor.subscription_counts(SESSION), [(blue, 1)]);
}

#[test]
fn text_over_the_edge_of_an_entry_is_no_match() {
    let monitor = monitor(1 << 20, 1000);
    let properties = [Property { name: "user.x".into(), value: "hidden needle".into() }];
    monitor.append([
        message("a", b"nee"),
        message("a", b"dle"),
        NewMessage { properties: &properties, ..message("a", b"") },
        message("a", b"a NEEDLE"),
        message("needle/case", b""),
    ]);
    monitor.open_view(VIEW, &spec("needle")).unwrap();
    assert_eq!(seqs(&monitor, 0, 10), [3, 4]);
}

#[test]
fn a_window_is_bounded() {
    let monitor = monitor(1 << 24, 10_000);
    monitor.open_view(VIEW, &spec("")).unwrap();
    let long = "x".repeat(5000);
    monitor.append((0..2000).map(|_| message("a", long.as_bytes())));
    let request = WindowRequest { view: VIEW, from: 0, count: u32::MAX, preview: u16::MAX };
    let (_, rows) = monitor.window(&request).unwrap();
    assert_eq!(rows.len(), 500);
    assert!(rows.iter().all(|row| row.cut && row.preview[0].text.len() == 400));
    assert!(window(&monitor, VIEW, 5000, 10).1.is_empty());
    assert_eq!(window(&monitor, VIEW, 1999, 10).1.len(), 1);
    assert_eq!(monitor.window(&WindowRequest { view: ViewId(9), ..request }).unwrap_err().code, Code::Gone);
}
