//! The planned reconnect: a fresh token first, then a connection with nothing left open, then the next.

use crate::actor::Stage;
use crate::back_off::BackOff;
use crate::connection::Progress;
use crate::sink::Event;
use crate::time;
use crate::token::{FreshToken, Held, TokenSource};
use hubscope_model::{Code, Error};
use std::time::Duration;

/// The clock of a machine that slept has jumped; it is looked at least so often.
const LONGEST_NAP: Duration = Duration::from_secs(30);

/// What callers want of the renewal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    pub auto: bool,
    /// Grows with every renewal that is asked for.
    pub asked: u64,
}

/// Waits until the token is to be renewed, by its time or because somebody asks, and makes the next one. The
/// connection lives on meanwhile, also while no token can be made.
pub(crate) async fn next_token(
    stage: &Stage,
    progress: &Progress,
    source: &dyn TokenSource,
    mut held: Held,
) -> FreshToken {
    let mut wishes = stage.shared.wish.subscribe();
    let mut wish = *wishes.borrow_and_update();
    progress.wait_online().await;
    let mut back_off = BackOff::new(&stage.timing);
    loop {
        let asked = tokio::select! {
            () = time::reached(stage.timing.clock, held.due, LONGEST_NAP), if wish.auto => false,
            // The sender lives as long as the stage.
            _ = wishes.changed() => {
                let before = std::mem::replace(&mut wish, *wishes.borrow_and_update());
                if wish.auto != before.auto {
                    stage.event(held.event(wish.auto));
                }
                if wish.asked == before.asked {
                    continue;
                }
                true
            }
        };
        match source.fresh(time::unix_seconds()) {
            // Only a token that ends later is a reason to reconnect; who asks twice in a second gets what he asks for.
            Ok(token) if token.expires > held.expires || (asked && token.expires == held.expires) => return token,
            Ok(_) => stage.event(Event::RenewalFailed { error: no_newer() }),
            Err(error) => stage.event(Event::RenewalFailed { error }),
        }
        let wait = i64::try_from(back_off.next().as_micros()).unwrap_or(i64::MAX);
        held.due = held.due.max(time::unix_micros().saturating_add(wait));
    }
}

fn no_newer() -> Error {
    Error::new(Code::SecretMissing, "There is no token that ends later than the one in use.")
        .hint("Store the key, so that new tokens can be made, or paste a newer token.")
}

/// Hands out nothing new and waits for what is open, as long as `Timing::settle` allows.
pub(crate) async fn settle(stage: &Stage) {
    stage.shared.desk.lock().pause();
    let settled = async {
        while !stage.shared.desk.lock().is_settled() {
            stage.shared.settled.notified().await;
        }
    };
    // What is open after that is sent again on the next connection.
    let _late = tokio::time::timeout(stage.timing.settle, settled).await;
}
