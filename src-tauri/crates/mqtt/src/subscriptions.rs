//! What the session wants to be subscribed to, and how far the broker knows it.
//!
//! One SUBSCRIBE or UNSUBSCRIBE is outstanding at a time: the library takes their packet ids from the same
//! small ring as those of publishes, so an id alone would not tell whose answer it is.

use crate::subscription::Subscription;
use hubscope_model::{Code, Error, Result, Text};
use std::time::Instant;

/// Filters that a session may want at once.
const MOST: usize = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Ask,
    Asked,
    /// With this QoS. A broker that keeps the session keeps it.
    Granted(u8),
    Refused,
    Drop,
    Dropping,
}

#[derive(Debug)]
struct Wanted {
    filter: String,
    subscription: Subscription,
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
    Subscribe { filter: String, subscription: Subscription },
    Unsubscribe { filter: String },
}

/// What a new connection changes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Resumed {
    /// Granted on an earlier connection, with this QoS, and kept by the broker.
    pub kept: Vec<(String, u8)>,
    /// No longer wanted, and gone with the broker's session.
    pub gone: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Subscriptions {
    wanted: Vec<Wanted>,
    open: Option<Open>,
    /// The broker may keep the session, and with it filters that we never heard of.
    keep: bool,
}

impl Subscriptions {
    pub fn new(keep: bool) -> Self {
        Self { wanted: Vec::new(), open: None, keep }
    }

    pub fn want(&mut self, filter: &str, subscription: Subscription) -> Result<()> {
        if let Some(wanted) = self.wanted.iter_mut().find(|wanted| wanted.filter == filter) {
            wanted.subscription = subscription;
            wanted.status = Status::Ask;
            return Ok(());
        }
        self.add(Wanted { filter: filter.to_owned(), subscription, status: Status::Ask })
    }

    /// Takes a filter away. One that was never wanted here may come from an earlier run with the same client id,
    /// where the broker keeps the session.
    pub fn drop(&mut self, filter: &str) -> Result<()> {
        if let Some(wanted) = self.wanted.iter_mut().find(|wanted| wanted.filter == filter) {
            wanted.status = Status::Drop;
            return Ok(());
        }
        if !self.keep {
            return Ok(());
        }
        self.add(Wanted { filter: filter.to_owned(), subscription: Subscription::default(), status: Status::Drop })
    }

    fn add(&mut self, wanted: Wanted) -> Result<()> {
        if self.wanted.len() >= MOST {
            return Err(Error::new(Code::OutboxFull, format!("A session holds at most {MOST} subscriptions.")));
        }
        self.wanted.push(wanted);
        Ok(())
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
        Some(match subscribe {
            true => Ask::Subscribe { filter, subscription: wanted.subscription.clone() },
            false => Ask::Unsubscribe { filter },
        })
    }

    pub fn has_work(&self) -> bool {
        self.open.is_none() && self.wanted.iter().any(|wanted| matches!(wanted.status, Status::Ask | Status::Drop))
    }

    /// An answer arrived: the filter it is for and the microseconds it took. `suback` is the granted QoS or the
    /// refusal, None for an UNSUBACK; an answer that nobody asked for is None.
    pub fn answered(&mut self, suback: Option<&std::result::Result<u8, Text>>, now: Instant) -> Option<(String, u64)> {
        let open = self.open.take_if(|open| open.subscribe == suback.is_some())?;
        let place = self.wanted.iter().position(|wanted| wanted.filter == open.filter);
        if let Some(place) = place {
            let status = &mut self.wanted[place].status;
            match (*status, suback) {
                (Status::Asked, Some(Ok(qos))) => *status = Status::Granted(*qos),
                (Status::Asked, Some(Err(_))) => *status = Status::Refused,
                (Status::Dropping, None) => drop(self.wanted.remove(place)),
                // Something else was asked for meanwhile.
                _ => {}
            }
        }
        let micros = now.saturating_duration_since(open.since).as_micros();
        Some((open.filter, u64::try_from(micros).unwrap_or(u64::MAX)))
    }

    /// A connection is up. Without a session the broker knows nothing: everything is asked again, and what was
    /// to be dropped is gone. With one it knows what it granted, and what was dropped meanwhile is still to be told.
    pub fn connected(&mut self, session_present: bool) -> Resumed {
        self.open = None;
        let mut resumed = Resumed::default();
        self.wanted.retain_mut(|wanted| {
            wanted.status = match wanted.status {
                Status::Drop | Status::Dropping if !session_present => {
                    resumed.gone.push(std::mem::take(&mut wanted.filter));
                    return false;
                }
                Status::Drop | Status::Dropping => Status::Drop,
                Status::Granted(qos) if session_present => {
                    resumed.kept.push((wanted.filter.clone(), qos));
                    Status::Granted(qos)
                }
                Status::Ask | Status::Asked | Status::Granted(_) | Status::Refused => Status::Ask,
            };
            true
        });
        resumed
    }

    /// The open request, again.
    pub fn asked(&self) -> Option<Ask> {
        let open = self.open.as_ref()?;
        let filter = open.filter.clone();
        if !open.subscribe {
            return Some(Ask::Unsubscribe { filter });
        }
        let wanted = self.wanted.iter().find(|wanted| wanted.filter == filter)?;
        Some(Ask::Subscribe { filter, subscription: wanted.subscription.clone() })
    }

    /// Since when the open request waits.
    pub fn open_since(&self) -> Option<Instant> {
        self.open.as_ref().map(|open| open.since)
    }
}
