//! A door contact: events when it is opened and closed, at irregular times, and its state retained.

use super::between;
use super::local::Local;
use rand::rngs::StdRng;
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep};

pub(super) async fn run(device: Local, mut random: StdRng) {
    device.state(&json!({"online": true, "open": false}));
    let mut closed_for = between(&mut random, Duration::from_millis(500), Duration::from_secs(2));
    let mut count = 0_u64;
    loop {
        sleep(closed_for).await;
        let opened = Instant::now();
        count += 1;
        device.event(&json!({"event": "opened", "count": count}));
        device.state(&json!({"online": true, "open": true}));
        sleep(between(&mut random, Duration::from_secs(1), Duration::from_secs(9))).await;
        device.event(&json!({"event": "closed", "open_ms": opened.elapsed().as_millis() as u64}));
        device.state(&json!({"online": true, "open": false}));
        closed_for = between(&mut random, Duration::from_secs(3), Duration::from_secs(25));
    }
}
