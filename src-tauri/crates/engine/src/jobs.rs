//! Jobs: what a client may watch and cancel.

use crate::Engine;
use crate::clients::Clients;
use hubscope_model::{ClientId, Code, Error, Job, JobId, Jobs, Result, ViewId};
use tokio_util::sync::CancellationToken;

/// Finished jobs a client keeps, so that a page that fetches late still learns how they ended.
const KEPT_FINISHED: usize = 16;

/// A job with its stop button.
pub struct JobSlot {
    pub job: Job,
    /// The view that it fills, if it fills one.
    pub view: Option<ViewId>,
    pub cancel: CancellationToken,
    /// Changed since the last tick.
    pub changed: bool,
}

impl Engine {
    pub(crate) fn jobs(&self, client: ClientId) -> Result<Jobs> {
        let mut jobs: Vec<Job> =
            self.clients.with(client, |client| client.jobs.values().map(|slot| slot.job.clone()).collect())?;
        jobs.sort_by_key(|job| job.id);
        Ok(Jobs { jobs })
    }

    pub(crate) fn job(&self, client: ClientId, id: JobId) -> Result<Job> {
        self.clients.with(client, |client| client.jobs.get(&id).map(|slot| slot.job.clone()))?.ok_or_else(gone)
    }

    pub(crate) fn cancel_job(&self, client: ClientId, id: JobId) -> Result<()> {
        self.clients.with(client, |client| client.jobs.get(&id).map(|slot| slot.cancel.cancel()))?.ok_or_else(gone)
    }

    /// Adds a job and forgets the oldest finished ones.
    pub(crate) fn add_job(&self, client: ClientId, slot: JobSlot) -> Result<()> {
        self.clients.with(client, |client| {
            client.jobs.insert(slot.job.id, slot);
            let mut finished: Vec<JobId> = client
                .jobs
                .values()
                .filter(|slot| slot.job.state != hubscope_model::JobState::Running)
                .map(|slot| slot.job.id)
                .collect();
            finished.sort();
            let surplus = finished.len().saturating_sub(KEPT_FINISHED);
            finished.iter().take(surplus).for_each(|id| {
                client.jobs.remove(id);
            });
        })
    }
}

fn gone() -> Error {
    Error::new(Code::Gone, "This job has ended.")
}

/// Changes a job; a client that went away has none.
pub(crate) fn tell(clients: &Clients, client: ClientId, id: JobId, change: impl FnOnce(&mut Job)) {
    let _gone = clients.with(client, |client| {
        if let Some(slot) = client.jobs.get_mut(&id) {
            change(&mut slot.job);
            slot.changed = true;
        }
    });
}
