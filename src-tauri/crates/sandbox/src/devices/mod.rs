//! The simulated devices. They run inside the process and publish through the broker's normal routing.

mod door;
mod faulty;
mod local;
mod pump;
#[cfg(test)]
mod tests;
mod thermo;

use crate::broker::Broker;
use crate::known::BROKER;
use hubscope_model::Personality;
use local::Local;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Starts them all, on a broker: other hubs keep what devices send to themselves. With a seed they do the same in every
/// run.
pub(crate) fn spawn(
    personality: Personality,
    broker: &Arc<Broker>,
    seed: Option<u64>,
    tasks: &TaskTracker,
    stop: &CancellationToken,
) {
    if personality != Personality::Broker {
        return;
    }
    for (number, device) in (0..).zip(BROKER) {
        let random = match seed {
            Some(seed) => StdRng::seed_from_u64(seed.wrapping_add(number)),
            None => StdRng::from_os_rng(),
        };
        let (broker, stop) = (broker.clone(), stop.clone());
        tasks.spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                () = live(device.id, &broker, random) => {}
            }
        });
    }
}

async fn live(id: &'static str, broker: &Arc<Broker>, random: StdRng) {
    match id {
        "door-1" => door::run(Local::connect(broker, id), random).await,
        "pump-1" => pump::run(broker, id, random).await,
        "faulty-1" => faulty::run(broker, id, random).await,
        _ => thermo::run(Local::connect(broker, id), random).await,
    }
}

/// A value that drifts around a mean, as a sensor's does.
struct Drift {
    value: f64,
    mean: f64,
    step: f64,
}

impl Drift {
    fn new(mean: f64, step: f64) -> Self {
        Self { value: mean, mean, step }
    }

    /// The next reading, with `digits` decimals.
    fn next(&mut self, random: &mut impl Rng, digits: i32) -> f64 {
        self.value += (self.mean - self.value) * 0.1 + random.random_range(-self.step..=self.step);
        let scale = 10_f64.powi(digits);
        (self.value * scale).round() / scale
    }
}

/// The time that a device whose connection ended takes to come back.
async fn away(random: &mut impl Rng) {
    sleep(between(random, Duration::from_secs(5), Duration::from_secs(12))).await;
}

/// A random time between two lengths.
fn between(random: &mut impl Rng, least: Duration, most: Duration) -> Duration {
    random.random_range(least..=most)
}
