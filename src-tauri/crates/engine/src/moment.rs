//! Moments between which a machine may have slept.

use std::time::{Duration, SystemTime};
use tokio::time::Instant;

/// A moment by two clocks. One stands still while the machine sleeps (Linux, `clock_gettime(2)`: CLOCK_MONOTONIC does
/// not count suspended time), the other can be set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub running: Instant,
    pub wall: SystemTime,
}

impl Moment {
    pub fn now() -> Self {
        Self { running: Instant::now(), wall: SystemTime::now() }
    }

    /// The time since `earlier` by the clock that counts more: sleep counts, and a clock that was set back hides
    /// nothing.
    pub fn since(self, earlier: Self) -> Duration {
        let wall = self.wall.duration_since(earlier.wall).unwrap_or_default();
        self.running.saturating_duration_since(earlier.running).max(wall)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleep_counts_and_a_clock_that_was_set_back_does_not() {
        let (start, minute) = (Moment::now(), Duration::from_secs(60));
        let later = |running, wall| Moment { running: start.running + running, wall };
        assert_eq!(later(minute, start.wall + minute).since(start), minute);
        assert_eq!(later(minute, start.wall + minute * 30).since(start), minute * 30, "it slept");
        assert_eq!(later(minute, start.wall - minute * 30).since(start), minute, "the clock was set back");
    }
}
