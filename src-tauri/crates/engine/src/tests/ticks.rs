//! The webview is never a queue: what crosses to it does not depend on the message rate.

use super::page::{Page, engine, receive};
use hubscope_model::{ViewStatus, Window};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, advance};

/// What crossed in ten seconds.
#[derive(Debug, Default)]
struct Crossed {
    ticks: usize,
    largest_tick: usize,
    largest_window: usize,
    bytes: usize,
}

/// Streams for ten paused seconds while the page shows the newest 40 rows.
async fn stream(messages_per_second: usize) -> Crossed {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let view: ViewStatus = page.call("view.open", json!({ "query": "", "device": null, "classes": [] })).await;
    tokio::time::pause();
    let mut crossed = Crossed::default();
    let start = Instant::now();
    let mut sent = 0;
    while start.elapsed() < Duration::from_secs(10) {
        advance(Duration::from_millis(5)).await;
        let due = (start.elapsed().as_millis() as usize * messages_per_second) / 1000;
        if due > sent {
            receive(&engine, due - sent);
            sent = due;
        }
        // Lets the ticker run; the clock stands still meanwhile.
        tokio::task::yield_now().await;
        while let Ok(tick) = page.ticks.try_recv() {
            assert!(page.ticks.try_recv().is_err(), "a second tick before the first was acknowledged");
            let tick_bytes = serde_json::to_string(&tick).unwrap().len();
            let end = tick.views.iter().find(|status| status.view == view.view).map_or(0, |status| status.end);
            let request = json!({ "view": view.view, "from": end.saturating_sub(40), "count": 40, "preview": 120 });
            let window: Window = page.call("view.window", request).await;
            let window_bytes = serde_json::to_string(&window).unwrap().len();
            assert!(window.rows.len() <= 40);
            page.call::<Value>("client.ack", json!({ "number": tick.number })).await;
            crossed.ticks += 1;
            crossed.largest_tick = crossed.largest_tick.max(tick_bytes);
            crossed.largest_window = crossed.largest_window.max(window_bytes);
            crossed.bytes += tick_bytes + window_bytes;
        }
    }
    tokio::time::resume();
    assert_eq!(engine.monitor.counters().received as usize, sent);
    engine.stop().await;
    crossed
}

#[tokio::test]
async fn what_crosses_does_not_depend_on_the_rate() {
    let quiet = stream(1).await;
    let flood = stream(100_000).await;
    assert!(quiet.ticks >= 9, "every message of a quiet second is told: {quiet:?}");
    assert!((80..=105).contains(&flood.ticks), "ten ticks a second under load: {flood:?}");
    // The same fields with longer numbers.
    assert!(flood.largest_tick <= quiet.largest_tick + 100, "{quiet:?} {flood:?}");
    assert!(flood.largest_window <= 24 * 1024, "{flood:?}");
    assert!(flood.bytes / 10 <= 200 * 1024, "200 KiB a second is the budget: {flood:?}");
}

#[tokio::test]
async fn a_page_that_never_acknowledges_gets_one_tick() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    tokio::time::pause();
    for _ in 0..100 {
        receive(&engine, 10);
        advance(Duration::from_millis(100)).await;
        tokio::task::yield_now().await;
    }
    let first = page.ticks.try_recv().unwrap();
    assert!(page.ticks.try_recv().is_err());
    // The next one carries all that was coalesced.
    page.call::<Value>("client.ack", json!({ "number": first.number })).await;
    tokio::time::resume();
    let second = page.ticks.recv().await.unwrap();
    assert_eq!(second.counters.received, 1000);
    engine.stop().await;
}

#[tokio::test]
async fn a_hidden_page_gets_one_tick_a_second() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    page.call::<Value>("client.visibility", json!({ "visible": false })).await;
    tokio::time::pause();
    let mut ticks = 0;
    for _ in 0..1000 {
        receive(&engine, 1);
        advance(Duration::from_millis(10)).await;
        tokio::task::yield_now().await;
        while let Ok(tick) = page.ticks.try_recv() {
            ticks += 1;
            page.call::<Value>("client.ack", json!({ "number": tick.number })).await;
        }
    }
    assert!((9..=12).contains(&ticks), "{ticks} ticks in ten hidden seconds");
    tokio::time::resume();
    engine.stop().await;
}
