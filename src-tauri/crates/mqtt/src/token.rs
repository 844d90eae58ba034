//! Passwords that end: tokens with a life of their own, and when a session exchanges them.

use crate::{Event, time};
use hubscope_model::Result;
use hubscope_vault::Secret;
use rand::Rng;
use std::fmt;
use std::ops::RangeInclusive;

/// After how many thousandths of its life a token is renewed. At the latest at 80 %: that leaves two minutes of a
/// token of ten minutes or more. The place within is drawn, so that sessions that began together part.
const RENEWED_AT: RangeInclusive<i64> = 750..=800;
const MICROS: i64 = 1_000_000;
/// No renewal within the first second of a connection, or a token that is born old would keep it reconnecting.
const SHORTEST_STAY: i64 = MICROS;

/// Makes tokens for a session's CONNECT packets.
pub trait TokenSource: Send + Sync {
    /// A token made at `now`, Unix seconds. Called before every CONNECT, and for a renewal before the old
    /// connection is given up; from the session's own task, so it must not block.
    ///
    /// Errors: any; one that is `retryable` is tried again with back-off, another ends a session that is not online.
    fn fresh(&self, now: i64) -> Result<FreshToken>;
}

impl fmt::Debug for dyn TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSource")
    }
}

/// A token for one CONNECT. Times are Unix seconds.
#[derive(Clone, Debug)]
pub struct FreshToken {
    /// Goes where the password of MQTT goes.
    pub password: Secret<String>,
    pub issued: i64,
    pub expires: i64,
}

/// The token of a connection, without its secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    issued: i64,
    pub expires: i64,
    /// When it is to be renewed, Unix microseconds.
    pub due: i64,
}

impl Held {
    pub fn new(token: &FreshToken) -> Self {
        let FreshToken { issued, expires, .. } = *token;
        let life = expires.saturating_sub(issued).max(0).saturating_mul(MICROS);
        let at = life / 1000 * rand::rng().random_range(RENEWED_AT);
        let earliest = time::unix_micros().saturating_add(SHORTEST_STAY);
        Self { issued, expires, due: issued.saturating_mul(MICROS).saturating_add(at).max(earliest) }
    }

    /// What the sink is told of it; `auto`: it will be renewed by itself.
    pub fn event(&self, auto: bool) -> Event {
        Event::Token { issued: self.issued, expires: self.expires, renews: auto.then_some(self.due / MICROS) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever a source says, a renewal is planned; for a token made now it leaves a fifth of its life, and two
        /// minutes where it lives ten.
        #[test]
        fn a_renewal_comes_before_the_end_and_not_long_before(life in 2..10_000_000i64, issued: i64, expires: i64) {
            let password = Secret::new(String::new().into());
            let now = time::unix_seconds();
            let token = FreshToken { password, issued: now, expires: now + life };
            let held = Held::new(&token);
            let share = (held.due - now * MICROS) as f64 / (life * MICROS) as f64;
            prop_assert!(share >= 0.749 && (share <= 0.801 || life <= 3), "{share}");
            prop_assert!(life < 600 || token.expires * MICROS - held.due >= 120 * MICROS);
            // Not even nonsense overflows.
            Held::new(&FreshToken { issued, expires, ..token });
        }
    }
}
