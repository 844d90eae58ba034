//! Views of clients: opening, changing, and the scan that fills them.

use crate::jobs::JobSlot;
use crate::{Engine, clients::Clients};
use hubscope_model::{
    ClientId, Code, Entry, Error, Job, JobId, JobKind, JobState, PayloadRange, Result, RowTopic, Seq, TopicText,
    ViewChange, ViewId, ViewPause, ViewSpec, ViewStatus, Window, WindowRequest,
};
use hubscope_monitor::{Monitor, ScanNeeded};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Entries scanned under one hold of the log's lock: about two milliseconds of work.
const STEP: usize = 16_384;
/// A view's revision that no tick has told.
pub(crate) const UNTOLD: u64 = u64::MAX;
/// Largest piece of a payload in one answer.
const MAX_PAYLOAD_PIECE: u32 = 1024 * 1024;

impl Engine {
    pub(crate) fn open_view(&self, client: ClientId, mut spec: ViewSpec) -> Result<ViewStatus> {
        spec.first = self.cleared.first(&spec);
        let view = self.clients.add_view(client)?;
        match self.monitor.open_view(view, &spec) {
            Ok(scan) => self.fill_view(client, view, scan).inspect_err(|_| self.monitor.close_view(view)),
            Err(error) => {
                self.clients.remove_view(client, view)?;
                Err(error)
            }
        }
    }

    pub(crate) fn change_view(&self, client: ClientId, mut change: ViewChange) -> Result<ViewStatus> {
        self.clients.own_view(client, change.view)?;
        change.spec.first = self.cleared.first(&change.spec);
        let scan = self.monitor.change_view(change.view, &change.spec)?;
        self.clients.with(client, |client| {
            client.jobs.values().filter(|slot| slot.view == Some(change.view)).for_each(|slot| slot.cancel.cancel());
        })?;
        self.fill_view(client, change.view, scan)
    }

    pub(crate) fn pause_view(&self, client: ClientId, pause: ViewPause) -> Result<ViewStatus> {
        self.clients.own_view(client, pause.view)?;
        self.monitor.pause_view(pause.view, pause.paused)?;
        self.view_status(client, pause.view)
    }

    pub(crate) fn close_view(&self, client: ClientId, view: ViewId) -> Result<()> {
        self.clients.remove_view(client, view)?;
        self.monitor.close_view(view);
        Ok(())
    }

    pub(crate) fn view_status(&self, client: ClientId, view: ViewId) -> Result<ViewStatus> {
        self.clients.own_view(client, view)?;
        let status = self.monitor.view_status(view).ok_or_else(gone)?;
        self.clients.with(client, |client| with_scan(status, client))
    }

    pub(crate) fn window(&self, client: ClientId, request: WindowRequest) -> Result<Window> {
        self.clients.own_view(client, request.view)?;
        let (status, rows) = self.monitor.window(&request)?;
        let (status, topics) = self.clients.with(client, |client| {
            let mut topics = Vec::new();
            for row in &rows {
                if let Some(RowTopic::Id(id)) = row.topic
                    && !client.topics.contains(&id)
                    && let Some(text) = self.monitor.topic_text(id)
                {
                    client.topics.insert(id);
                    topics.push(TopicText { id, text });
                }
            }
            (with_scan(status, client), topics)
        })?;
        Ok(Window { status, rows, topics })
    }

    pub(crate) fn entry(&self, seq: Seq) -> Result<Entry> {
        self.monitor.entry(seq).ok_or_else(evicted)
    }

    pub(crate) fn payload(&self, range: PayloadRange) -> Result<Vec<u8>> {
        let length = range.length.min(MAX_PAYLOAD_PIECE);
        self.monitor.payload(range.seq, range.offset, length).ok_or_else(evicted)
    }

    /// Fills a fresh filter from what the log holds, as a job when it is much.
    fn fill_view(&self, client: ClientId, view: ViewId, scan: ScanNeeded) -> Result<ViewStatus> {
        if let ScanNeeded::Yes { generation, total } = scan {
            let job = Job {
                id: self.clients.next_job(),
                kind: JobKind::FilterScan,
                state: JobState::Running,
                done: 0,
                total,
                unit: "entries".into(),
                phase: "scan".into(),
            };
            let cancel = CancellationToken::new();
            let scan = Scan {
                monitor: self.monitor.clone(),
                clients: self.clients.clone(),
                client,
                view,
                generation,
                job: job.id,
                cancel: cancel.clone(),
            };
            self.add_job(client, JobSlot { job, view: Some(view), cancel, changed: true })?;
            let changes = self.changes.clone();
            self.tasks.spawn(async move { scan.run(move || changes.ring()).await });
        }
        self.view_status(client, view)
    }
}

struct Scan {
    monitor: Monitor,
    clients: Arc<Clients>,
    client: ClientId,
    view: ViewId,
    generation: u32,
    job: JobId,
    cancel: CancellationToken,
}

impl Scan {
    async fn run(self, ring: impl Fn()) {
        loop {
            let cancelled = self.cancel.is_cancelled();
            let progress = (!cancelled).then(|| self.monitor.scan_step(self.view, self.generation, STEP)).flatten();
            let state = match progress {
                // Stopped by the user, or the view got another filter or was closed.
                None => JobState::Cancelled,
                Some(progress) if progress.finished => JobState::Done,
                Some(_) => JobState::Running,
            };
            let ended = state != JobState::Running;
            let told = self.clients.with(self.client, |client| {
                if let Some(slot) = client.jobs.get_mut(&self.job) {
                    if let Some(progress) = progress {
                        slot.job.done = progress.done;
                        slot.job.total = progress.total;
                    }
                    slot.job.state = state;
                    slot.changed = true;
                }
                // The end of a scan is part of the view's status; the log alone may have nothing new to tell.
                if let (true, Some(told)) = (ended, client.views.get_mut(&self.view)) {
                    *told = UNTOLD;
                }
            });
            ring();
            // A client that went away took its view along; there is nobody left to scan for.
            if ended || told.is_err() {
                return;
            }
            tokio::task::yield_now().await;
        }
    }
}

/// Adds the running scan of a view, which only the client's jobs know.
pub(crate) fn with_scan(mut status: ViewStatus, client: &crate::clients::Client) -> ViewStatus {
    status.scan = client
        .jobs
        .values()
        .find(|slot| {
            slot.view == Some(status.view) && slot.job.state == JobState::Running && !slot.cancel.is_cancelled()
        })
        .map(|slot| slot.job.id);
    status
}

fn gone() -> Error {
    Error::new(Code::Gone, "This view has ended.")
}

fn evicted() -> Error {
    Error::new(Code::NotFound, "The log no longer holds this entry.")
        .hint("Select entries you want to keep; selected ones stay.")
}
