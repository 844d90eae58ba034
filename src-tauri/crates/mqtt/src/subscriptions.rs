//! What the session wants to be subscribed to, and how far the broker knows it.
//!
//! One SUBSCRIBE or UNSUBSCRIBE is outstanding at a time: the library takes their packet ids from the same
//! small ring as those of publishes, so an id alone would not tell whose answer it is.

use hubscope_model::{Code, Error, Result};
use std::time::Instant;

/// Filters that a session may want at once.
const MOST: usize = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Ask,
    Asked,
    Answered,
    Drop,
    Dropping,
}

#[derive(Debug)]
struct Wanted {
    filter: String,
    qos: u8,
    status: Status,
}

/// The request that waits for its SUBACK or UNSUBACK.
#[derive(Debug)]
struct Open {
    filter: String,
    subscribe: bool,
    since: Instant,
}

/// What to send next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    Subscribe { filter: String, qos: u8 },
    Unsubscribe { filter: String },
}

#[derive(Debug, Default)]
pub(crate) struct Subscriptions {
    wanted: Vec<Wanted>,
    open: Option<Open>,
}

impl Subscriptions {
    pub fn want(&mut self, filter: &str, qos: u8) -> Result<()> {
        if let Some(wanted) = self.wanted.iter_mut().find(|wanted| wanted.filter == filter) {
            wanted.qos = qos;
            wanted.status = Status::Ask;
            return Ok(());
        }
        if self.wanted.len() >= MOST {
            return Err(Error::new(Code::OutboxFull, format!("A session holds at most {MOST} subscriptions.")));
        }
        self.wanted.push(Wanted { filter: filter.to_owned(), qos, status: Status::Ask });
        Ok(())
    }

    pub fn drop(&mut self, filter: &str) {
        if let Some(wanted) = self.wanted.iter_mut().find(|wanted| wanted.filter == filter) {
            wanted.status = Status::Drop;
        }
    }

    /// The next request, marked as sent. None while one is open or nothing is left to do.
    pub fn next(&mut self, now: Instant) -> Option<Ask> {
        if self.open.is_some() {
            return None;
        }
        let wanted = self.wanted.iter_mut().find(|wanted| matches!(wanted.status, Status::Ask | Status::Drop))?;
        let filter = wanted.filter.clone();
        let subscribe = wanted.status == Status::Ask;
        wanted.status = if subscribe { Status::Asked } else { Status::Dropping };
        self.open = Some(Open { filter: filter.clone(), subscribe, since: now });
        Some(if subscribe { Ask::Subscribe { filter, qos: wanted.qos } } else { Ask::Unsubscribe { filter } })
    }

    pub fn has_work(&self) -> bool {
        self.open.is_none() && self.wanted.iter().any(|wanted| matches!(wanted.status, Status::Ask | Status::Drop))
    }

    /// An answer arrived: the filter it is for and the microseconds it took. `subscribe` tells SUBACK from
    /// UNSUBACK; an answer that nobody asked for is None.
    pub fn answered(&mut self, subscribe: bool, now: Instant) -> Option<(String, u64)> {
        let open = self.open.take_if(|open| open.subscribe == subscribe)?;
        if let Some(wanted) = self.wanted.iter_mut().find(|wanted| wanted.filter == open.filter)
            && wanted.status == Status::Asked
        {
            wanted.status = Status::Answered;
        }
        self.wanted.retain(|wanted| wanted.filter != open.filter || wanted.status != Status::Dropping);
        let micros = now.saturating_duration_since(open.since).as_micros();
        Some((open.filter, u64::try_from(micros).unwrap_or(u64::MAX)))
    }

    /// A connection is up. Without a session the broker knows nothing: everything is asked again, and what was
    /// to be dropped is gone (returned).
    pub fn connected(&mut self, session_present: bool) -> Vec<String> {
        self.open = None;
        let mut gone = Vec::new();
        self.wanted.retain_mut(|wanted| {
            wanted.status = match wanted.status {
                Status::Drop | Status::Dropping if !session_present => {
                    gone.push(std::mem::take(&mut wanted.filter));
                    return false;
                }
                Status::Drop | Status::Dropping => Status::Drop,
                Status::Answered if session_present => Status::Answered,
                Status::Ask | Status::Asked | Status::Answered => Status::Ask,
            };
            true
        });
        gone
    }

    /// Since when the open request waits.
    pub fn open_since(&self) -> Option<Instant> {
        self.open.as_ref().map(|open| open.since)
    }
}
