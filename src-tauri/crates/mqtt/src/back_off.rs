//! Full-jitter back-off: a wait drawn evenly from nothing to a bound that doubles.

use crate::Timing;
use rand::Rng;
use std::time::Duration;

#[derive(Debug)]
pub(crate) struct BackOff {
    first: Duration,
    longest: Duration,
    failures: u32,
}

impl BackOff {
    pub fn new(timing: &Timing) -> Self {
        Self { first: timing.first_wait, longest: timing.longest_wait, failures: 0 }
    }

    /// The number of the attempt that comes next, from 1.
    pub fn attempt(&self) -> u32 {
        self.failures + 1
    }

    /// A connection ended after it had been online for so long; says whether it held. One that did starts the
    /// count again; one that broke at once does not, or a broker that drops us right after CONNACK would be
    /// hammered.
    pub fn was_online(&mut self, online: Duration) -> bool {
        let held = online >= self.first * 5;
        if held {
            self.failures = 0;
        }
        held
    }

    /// The wait before the next attempt.
    pub fn next(&mut self) -> Duration {
        let bound = self.first.saturating_mul(2u32.saturating_pow(self.failures)).min(self.longest);
        self.failures = self.failures.saturating_add(1);
        rand::rng().random_range(Duration::ZERO..=bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_stay_under_a_bound_that_doubles_to_the_longest() {
        let timing =
            Timing { first_wait: Duration::from_secs(1), longest_wait: Duration::from_secs(60), ..Timing::default() };
        for _ in 0..200 {
            let mut back_off = BackOff::new(&timing);
            for bound in [1, 2, 4, 8, 16, 32, 60, 60, 60] {
                assert!(back_off.next() <= Duration::from_secs(bound));
            }
        }
    }

    #[test]
    fn only_a_connection_that_held_starts_the_count_again() {
        let mut back_off = BackOff::new(&Timing::default());
        back_off.next();
        back_off.next();
        assert!(!back_off.was_online(Duration::from_millis(10)));
        assert_eq!(back_off.attempt(), 3);
        assert!(back_off.was_online(Duration::from_secs(30)));
        assert_eq!(back_off.attempt(), 1);
    }
}
