//! Tells each client that something changed: at once after quiet, ten times a second under load, once a second to a
//! hidden page, and never again before the last tick was acknowledged.

use crate::changes::{Area, Changes};
use crate::clients::{Client, Clients};
use crate::sessions::Sessions;
use crate::views::with_scan;
use hubscope_model::{Counters, Revisions, Tick, ViewStatus};
use hubscope_monitor::Monitor;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

const QUIET: Duration = Duration::from_millis(50);
const BUSY: Duration = Duration::from_millis(100);
const HIDDEN: Duration = Duration::from_secs(1);
const SAMPLE: Duration = Duration::from_secs(1);

/// Runs until `stop`.
pub async fn run(
    monitor: Monitor,
    clients: Arc<Clients>,
    sessions: Sessions,
    changes: Arc<Changes>,
    stop: CancellationToken,
) {
    let mut ticker = Ticker { monitor, clients, sessions, changes, rate: 0, sampled: 0, counted: 0 };
    let mut last_change = Instant::now();
    let mut next_sample = Instant::now() + SAMPLE;
    let mut due: Option<Instant> = None;
    loop {
        let wake = due.map_or(next_sample, |due| due.min(next_sample));
        tokio::select! {
            () = stop.cancelled() => return,
            () = ticker.changes.changed() => {
                let now = Instant::now();
                let quiet = now.duration_since(last_change) >= QUIET;
                last_change = now;
                due = ticker.send(now, quiet);
            }
            () = sleep_until(wake) => {
                let now = Instant::now();
                if now >= next_sample {
                    next_sample = now + SAMPLE;
                    ticker.sample();
                }
                due = ticker.send(now, false);
            }
        }
    }
}

struct Ticker {
    monitor: Monitor,
    clients: Arc<Clients>,
    sessions: Sessions,
    changes: Arc<Changes>,
    rate: u32,
    /// Messages at the last sample, and at the last bump of the sessions' counts.
    sampled: u64,
    counted: u64,
}

impl Ticker {
    /// Once a second: the rate, and the sessions' own counts.
    fn sample(&mut self) {
        let counters = self.monitor.counters();
        let messages = counters.received + counters.sent;
        let rate = u32::try_from(messages - self.sampled).unwrap_or(u32::MAX);
        self.sampled = messages;
        if rate != self.rate {
            self.rate = rate;
            self.changes.ring();
        }
        if messages != self.counted {
            self.counted = messages;
            self.changes.bump(Area::Sessions);
        }
    }

    fn counters(&self) -> Counters {
        Counters { rate: self.rate, online: self.sessions.online(), ..self.monitor.counters() }
    }

    /// Ticks every client whose time has come; answers when the next one's will.
    fn send(&self, now: Instant, quiet: bool) -> Option<Instant> {
        let revisions = self.changes.revisions();
        let counters = self.counters();
        let mut ready = Vec::new();
        let mut next: Option<Instant> = None;
        self.clients.each(|_, client| {
            if !client.acknowledged {
                return;
            }
            let at = due(client, now, quiet);
            if at > now {
                next = Some(next.map_or(at, |next| next.min(at)));
            } else if let Some(tick) = self.tick(client, revisions, counters) {
                client.ticked_at = Some(now);
                ready.push((client.face.clone(), tick));
            }
        });
        // Outside the clients' lock: a face may take its time to encode.
        ready.into_iter().for_each(|(face, tick)| face.tick(tick));
        next
    }

    /// The tick a client is owed, or None when nothing it cares for changed.
    fn tick(&self, client: &mut Client, revisions: Revisions, counters: Counters) -> Option<Tick> {
        let views = self.changed_views(client);
        let jobs: Vec<_> = client
            .jobs
            .values_mut()
            .filter_map(|slot| std::mem::take(&mut slot.changed).then(|| slot.job.clone()))
            .collect();
        let nothing = views.is_empty() && jobs.is_empty() && client.told == (revisions, counters);
        if nothing {
            return None;
        }
        client.told = (revisions, counters);
        client.tick += 1;
        client.acknowledged = false;
        Some(Tick { number: client.tick, revisions, counters, views, jobs })
    }

    fn changed_views(&self, client: &mut Client) -> Vec<ViewStatus> {
        let mut changed = Vec::new();
        for (view, told) in &mut client.views {
            if let Some(revision) = self.monitor.view_revision(*view)
                && revision != *told
            {
                *told = revision;
                changed.extend(self.monitor.view_status(*view));
            }
        }
        changed.into_iter().map(|status| with_scan(status, client)).collect()
    }
}

/// When a client may get its next tick.
fn due(client: &Client, now: Instant, quiet: bool) -> Instant {
    match client.ticked_at {
        None => now,
        Some(at) if !client.visible => at + HIDDEN,
        Some(_) if quiet => now,
        Some(at) => at + BUSY,
    }
}
