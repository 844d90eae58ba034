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

/// A job as it begins.
pub struct NewJob {
    pub kind: JobKind,
    pub total: u64,
    /// What is counted.
    pub unit: &'static str,
    pub phase: String,
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

    /// So much of the total is done, and this is next.
    pub fn step(&self, done: u64, phase: String) {
        self.tell(|job| (job.done, job.phase) = (done, phase));
    }

    /// Cancelled when the job is to stop, and when the program ends.
    pub fn stop(&self) -> &CancellationToken {
        &self.cancel
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// # Errors
    /// `Cancelled` when the job was asked to stop.
    pub fn go_on(&self) -> Result<()> {
        if self.is_cancelled() { Err(stopped()) } else { Ok(()) }
    }

    /// Changes the job; a client that went away has none.
    fn tell(&self, change: impl FnOnce(&mut Job)) {
        let _gone = self.clients.with(self.client, |client| {
            if let Some(slot) = client.jobs.get_mut(&self.id) {
                change(&mut slot.job);
                slot.changed = true;
            }
        });
        self.changes.ring();
    }
}

/// How work ends that was stopped before its end.
pub fn stopped() -> Error {
    Error::new(Code::Cancelled, "It was stopped.")
}

impl Engine {
    /// Starts work as a job of a client; it ends as its work does.
    pub(crate) fn start_job<Work>(
        &self,
        client: ClientId,
        new: NewJob,
        work: impl FnOnce(Arc<Self>, Progress) -> Work,
    ) -> Result<JobRef>
    where
        Work: Future<Output = Result<()>> + Send + 'static,
    {
        let engine = self.me.upgrade().ok_or_else(gone)?;
        let NewJob { kind, total, unit, phase } = new;
        let id = self.clients.next_job();
        let job = Job { id, kind, state: JobState::Running, done: 0, total, unit: unit.into(), phase };
        let cancel = self.stop.child_token();
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
