//! Jobs: what a client may watch and cancel.

use crate::Engine;
use crate::changes::Changes;
use crate::clients::Clients;
use hubscope_model::{ClientId, Code, Error, Job, JobId, JobKind, JobRef, JobState, Jobs, Result, ViewId};
use std::future::Future;
use std::sync::Arc;
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

/// A job as its work sees it.
#[derive(Clone)]
pub struct Progress {
    clients: Arc<Clients>,
    changes: Arc<Changes>,
    client: ClientId,
    id: JobId,
    cancel: CancellationToken,
}

impl Progress {
    /// So much of the total is done.
    pub fn done(&self, done: u64) {
        self.tell(|job| job.done = done);
    }

    pub fn phase(&self, phase: &str) {
        self.tell(|job| job.phase = phase.to_owned());
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// # Errors
    /// `Cancelled` when the job was asked to stop.
    pub fn go_on(&self) -> Result<()> {
        if self.is_cancelled() { Err(Error::new(Code::Cancelled, "It was stopped.")) } else { Ok(()) }
    }

    fn tell(&self, change: impl FnOnce(&mut Job)) {
        tell(&self.clients, self.client, self.id, change);
        self.changes.ring();
    }
}

/// Changes a job; a client that went away has none.
pub fn tell(clients: &Clients, client: ClientId, id: JobId, change: impl FnOnce(&mut Job)) {
    let _gone = clients.with(client, |client| {
        if let Some(slot) = client.jobs.get_mut(&id) {
            change(&mut slot.job);
            slot.changed = true;
        }
    });
}

impl Engine {
    /// Starts the issue of certificates as a job of a client; it ends as `work` does.
    pub(crate) fn start_certificate_job<Work>(
        &self,
        client: ClientId,
        kind: JobKind,
        total: u64,
        work: impl FnOnce(Arc<Self>, Progress) -> Work,
    ) -> Result<JobRef>
    where
        Work: Future<Output = Result<()>> + Send + 'static,
    {
        let engine = self.me.upgrade().ok_or_else(gone)?;
        let job = Job {
            id: self.clients.next_job(),
            kind,
            state: JobState::Running,
            done: 0,
            total,
            unit: "certificates".into(),
            phase: "issue".into(),
        };
        let (id, cancel) = (job.id, CancellationToken::new());
        self.add_job(client, JobSlot { job, view: None, cancel: cancel.clone(), changed: true })?;
        let progress = Progress { clients: self.clients.clone(), changes: self.changes.clone(), client, id, cancel };
        let work = work(engine, progress.clone());
        self.tasks.spawn(async move {
            let state = match work.await {
                Ok(()) => JobState::Done,
                Err(error) if error.code == Code::Cancelled => JobState::Cancelled,
                Err(error) => JobState::Failed { error },
            };
            progress.tell(|job| job.state = state);
        });
        Ok(JobRef { job: id })
    }

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
