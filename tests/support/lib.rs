//! What the tests of several crates need: real brokers, certificates that we did not make, peers that follow
//! a script or break the rules, and a sink that remembers.

pub mod cable;
pub mod certificates;
pub mod mosquitto;
pub mod peer;
pub mod program;
pub mod proxy;
pub mod python;
pub mod recorder;
pub mod s_server;
pub mod socket;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a test waits for something that must happen. Far more than it takes: it only bounds a failure.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// Waits for `future` up to [`DEADLINE`]; `what` is the complaint when it does not come.
///
/// # Panics
/// At the deadline.
#[track_caller]
pub fn within<F: Future>(what: &str, future: F) -> impl Future<Output = F::Output> {
    let place = std::panic::Location::caller();
    let complaint = format!("{place}: not within {DEADLINE:?}: {what}");
    async move {
        match tokio::time::timeout(DEADLINE, future).await {
            Ok(output) => output,
            Err(_) => fail(&complaint),
        }
    }
}

/// Looks again and again until `condition` holds, up to [`DEADLINE`]: for what cannot be waited on.
///
/// # Panics
/// At the deadline.
#[track_caller]
pub fn until(what: &str, condition: impl Fn() -> bool) -> impl Future<Output = ()> {
    within(what, async move {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
}

/// Ends a test with a reason.
///
/// # Panics
/// Always.
#[track_caller]
pub fn fail(reason: &str) -> ! {
    // The lint against panics is for the product; here it is the point.
    eprintln!("{reason}");
    std::panic::resume_unwind(Box::new(reason.to_owned()))
}

/// The workspace's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
