//! Stops programs that try tokens: after a few wrong ones no socket is opened for a while.

use parking_lot::Mutex;
use std::time::Duration;
use tokio::time::Instant;

/// Wrong tokens in a row before the door closes. A page that was left open from an earlier run offers one.
const LIMIT: u32 = 10;
/// How long the door stays closed. At ten guesses a minute 2^256 tokens are safe.
const CLOSED_FOR: Duration = Duration::from_secs(60);

/// Wrong tokens since the last right one.
#[derive(Default)]
pub struct Guesses(Mutex<Count>);

#[derive(Default)]
struct Count {
    wrong: u32,
    closed_until: Option<Instant>,
}

impl Guesses {
    /// Whether a socket may be opened now.
    pub fn door_is_open(&self) -> bool {
        let mut count = self.0.lock();
        match count.closed_until {
            Some(until) if Instant::now() < until => false,
            Some(_) => {
                *count = Count::default();
                true
            }
            None => true,
        }
    }

    /// A socket offered a wrong token.
    pub fn wrong(&self) {
        let mut count = self.0.lock();
        count.wrong += 1;
        if count.wrong >= LIMIT {
            count.closed_until = Some(Instant::now() + CLOSED_FOR);
        }
    }

    /// A socket offered the right token.
    pub fn right(&self) {
        *self.0.lock() = Count::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_door_closes_after_ten_wrong_tokens_and_opens_a_minute_later() {
        let guesses = Guesses::default();
        (0..LIMIT - 1).for_each(|_| guesses.wrong());
        assert!(guesses.door_is_open());
        guesses.wrong();
        assert!(!guesses.door_is_open());
        tokio::time::advance(CLOSED_FOR - Duration::from_secs(1)).await;
        assert!(!guesses.door_is_open());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(guesses.door_is_open());
        guesses.wrong();
        assert!(guesses.door_is_open(), "the count starts over");
    }

    #[test]
    fn a_right_token_forgives() {
        let guesses = Guesses::default();
        (0..LIMIT - 1).for_each(|_| guesses.wrong());
        guesses.right();
        guesses.wrong();
        assert!(guesses.door_is_open());
    }
}
