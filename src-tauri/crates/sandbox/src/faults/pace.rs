//! When the next bytes may go out.

use std::time::Duration;
use tokio::time::Instant;

/// Shares of a second in which a throttled connection is served.
const SHARES: u32 = 10;

#[derive(Debug, Default)]
pub(crate) struct Pace {
    not_before: Option<Instant>,
}

impl Pace {
    /// Holds everything back for a while. What is held back already is not held for longer.
    pub fn hold(&mut self, time: Duration) {
        if self.gate().is_none() {
            self.not_before = Some(Instant::now() + time);
        }
    }

    /// The time before which nothing goes out, if it is to come.
    pub fn gate(&mut self) -> Option<Instant> {
        self.not_before = self.not_before.filter(|at| *at > Instant::now());
        self.not_before
    }

    /// How many bytes may go out at once at this rate.
    pub fn share(rate: u32) -> usize {
        usize::try_from(rate / SHARES).unwrap_or(usize::MAX).max(1)
    }

    /// Bytes went out at this rate.
    pub fn spent(&mut self, bytes: usize, rate: u32) {
        self.hold(Duration::from_secs_f64(bytes as f64 / f64::from(rate.max(1))));
    }
}
