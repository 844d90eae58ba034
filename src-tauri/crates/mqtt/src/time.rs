//! Clocks in the units of the model.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Unix microseconds now.
pub(crate) fn unix_micros() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// Unix seconds now.
pub(crate) fn unix_seconds() -> i64 {
    unix_micros() / 1_000_000
}

/// Waits for a moment of `clock`, in Unix microseconds. The clock of a machine that slept has jumped; it is looked at
/// every `nap`.
pub(crate) async fn reached(clock: fn() -> i64, moment: i64, nap: Duration) {
    while let Ok(left @ 1..) = u64::try_from(moment.saturating_sub(clock())) {
        tokio::time::sleep(Duration::from_micros(left).min(nap)).await;
    }
}

pub(crate) fn micros_since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX)
}
