//! A device that misbehaves on purpose: broken JSON, bursts, and a credential that expires.

use super::local::Local;
use super::{Drift, away, between};
use crate::broker::Broker;
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// Messages in a burst.
const BURST: usize = 50;

pub(super) async fn run(broker: &Arc<Broker>, id: &'static str, mut random: StdRng) {
    let mut faulty = Faulty { temperature: Drift::new(35.0, 2.0), sequence: 0 };
    loop {
        let will = json!({"online": false, "reason": "credential expired"});
        let device = Local::connect_with_will(broker, id, &will);
        device.state(&json!({"online": true, "firmware": "0.9.0-beta"}));
        for _ in 0..2 {
            faulty.calm(&device, &mut random).await;
            faulty.garble(&device, &mut random);
            faulty.calm(&device, &mut random).await;
            for _ in 0..BURST {
                device.telemetry(faulty.reading(&mut random));
            }
        }
        faulty.calm(&device, &mut random).await;
        // The connection ends without a goodbye: the broker publishes the will.
        drop(device);
        away(&mut random).await;
    }
}

struct Faulty {
    temperature: Drift,
    sequence: u64,
}

impl Faulty {
    fn reading(&mut self, random: &mut StdRng) -> String {
        self.sequence += 1;
        json!({"temperature": self.temperature.next(random, 1), "sequence": self.sequence}).to_string()
    }

    /// A few good readings.
    async fn calm(&mut self, device: &Local, random: &mut StdRng) {
        for _ in 0..random.random_range(1..=3) {
            device.telemetry(self.reading(random));
            sleep(between(random, Duration::from_secs(1), Duration::from_secs(4))).await;
        }
    }

    /// One message that is not JSON: cut off, with a value that JSON does not know, or not even text.
    fn garble(&mut self, device: &Local, random: &mut StdRng) {
        let good = self.reading(random);
        match random.random_range(0..3) {
            0 => device.telemetry(&good.as_bytes()[..good.len() / 2]),
            1 => device.telemetry(format!("{{\"temperature\":NaN,\"sequence\":{}}}", self.sequence)),
            _ => device.telemetry([&[0xff, 0xfe, 0x00], good.as_bytes()].concat()),
        }
    }
}
