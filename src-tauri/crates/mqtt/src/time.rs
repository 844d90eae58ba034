//! Clocks in the units of the model.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Unix microseconds now.
pub(crate) fn unix_micros() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// Unix seconds now.
pub(crate) fn unix_seconds() -> i64 {
    unix_micros() / 1_000_000
}

pub(crate) fn micros_since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX)
}
