//! Whether a connection still lives, by our own clocks.

use crate::actor::Stage;
use crate::connection::Progress;
use crate::failure::{self, Failure};
use std::time::{Duration, Instant};

/// The watch looks at least so often.
const LONGEST_NAP: Duration = Duration::from_secs(5);

/// Returns when the connection must be given up: the broker says nothing, not even to a PING, or leaves something
/// unanswered that others wait behind, or the machine slept for so long that a broker cannot have waited. Until CONNACK the
/// library's own time limit holds. The library alone looks every keep-alive only and takes twice that, and its MQTT 5 side
/// can hang in a write for ever.
pub(crate) async fn watch(stage: &Stage, progress: &Progress) -> Failure {
    let keep_alive = progress.wait_online().await;
    let silence = stage.timing.silence.unwrap_or(keep_alive * 3 / 2);
    let patience = stage.timing.silence.unwrap_or(keep_alive * 2);
    let mut sleep = Sleep::new((stage.timing.clock)());
    loop {
        let now = Instant::now();
        let left = progress.heard().map_or(silence, |heard| silence.saturating_sub(now.duration_since(heard)));
        if left.is_zero() {
            return failure::silent(&stage.endpoint, silence.as_secs());
        }
        let blocked = stage.shared.desk.lock().blocked_since();
        if blocked.is_some_and(|since| since.elapsed() > patience) {
            return failure::stuck(&stage.endpoint, patience.as_secs());
        }
        tokio::time::sleep(left.min(patience / 8).min(LONGEST_NAP)).await;
        let slept = sleep.since_last(now.elapsed(), (stage.timing.clock)());
        if slept > silence {
            return failure::slept(slept.as_secs());
        }
    }
}

/// How far the clock of the day runs away from the one that stops while the machine sleeps.
struct Sleep {
    /// Unix microseconds.
    last: i64,
}

impl Sleep {
    fn new(now: i64) -> Self {
        Self { last: now }
    }

    /// `awake`: by the other clock, since the last look.
    fn since_last(&mut self, awake: Duration, now: i64) -> Duration {
        let passed = now.saturating_sub(std::mem::replace(&mut self.last, now));
        // A clock that was set back is no sleep.
        Duration::from_micros(u64::try_from(passed).unwrap_or_default()).saturating_sub(awake)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleep_is_what_one_clock_knows_and_the_other_does_not() {
        let mut sleep = Sleep::new(1_000_000);
        assert_eq!(sleep.since_last(Duration::from_secs(5), 6_000_000), Duration::ZERO);
        assert_eq!(sleep.since_last(Duration::from_secs(5), 71_000_000), Duration::from_secs(60));
        assert_eq!(sleep.since_last(Duration::from_secs(5), 76_000_000), Duration::ZERO, "told once");
        assert_eq!(sleep.since_last(Duration::from_secs(5), 0), Duration::ZERO, "set back");
        assert_eq!(sleep.since_last(Duration::ZERO, i64::MAX), Duration::from_micros(i64::MAX as u64));
    }
}
