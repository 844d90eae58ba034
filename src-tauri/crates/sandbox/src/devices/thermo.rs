//! A thermometer: temperature every 5 s, and a few readings at once when it starts.

use super::local::Local;
use super::{Drift, between};
use rand::rngs::StdRng;
use serde_json::json;
use std::time::Duration;
use tokio::time::sleep;

/// Between readings, once it has settled.
const PERIOD: Duration = Duration::from_secs(5);
/// The first readings follow each other quickly, so that there is something to see.
const SETTLING: [Duration; 2] = [Duration::from_secs(1); 2];

pub(super) async fn run(device: Local, mut random: StdRng) {
    device.state(&json!({"online": true, "firmware": "2.1.0", "period_s": PERIOD.as_secs()}));
    let mut temperature = Drift::new(21.5, 0.15);
    let mut humidity = Drift::new(48.0, 0.4);
    let mut rssi = Drift::new(-61.0, 1.5);
    // Two thermometers do not tick in step.
    sleep(between(&mut random, Duration::ZERO, Duration::from_millis(300))).await;
    let mut pauses = SETTLING.into_iter();
    loop {
        let reading = json!({
            "temperature": temperature.next(&mut random, 1),
            "humidity": humidity.next(&mut random, 1),
            "rssi": rssi.next(&mut random, 0) as i64,
        });
        device.telemetry(reading.to_string());
        sleep(pauses.next().unwrap_or(PERIOD)).await;
    }
}
