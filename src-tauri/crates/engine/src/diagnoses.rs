//! "Diagnose" as a job: one run a device at a time, what is known of it while it runs, and the runs that are kept.

use crate::Engine;
use crate::account::Account;
use crate::changes::{Area, Changes};
use crate::jobs::{NewJob, Progress, stopped};
use hubscope_hubs::diagnose::{self, ClientCertificate, Limits, Subject};
use hubscope_model::{
    ClientId, Code, DeviceId, DiagnoseReport, DiagnoseRun, DiagnoseRunId, DiagnoseRuns, DiagnoseStarted, DiagnoseStep,
    DiagnoseSummary, DiagnoseText, JobKind, JobRef, Result, StepReport,
};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// The latest run of each device of this program's run, on its way or not.
#[derive(Clone, Default)]
pub struct Diagnoses(Arc<Mutex<HashMap<DeviceId, Latest>>>);

struct Latest {
    run: DiagnoseRun,
    cancel: CancellationToken,
}

impl Diagnoses {
    /// A run begins; the one before it is stopped.
    fn begin(&self, run: DiagnoseRun, cancel: CancellationToken) {
        if let Some(before) = self.0.lock().insert(run.device, Latest { run, cancel }) {
            before.cancel.cancel();
        }
    }

    /// Changes a run that is still the latest of its device.
    fn change(&self, device: DeviceId, id: DiagnoseRunId, change: impl FnOnce(&mut DiagnoseRun)) {
        if let Some(latest) = self.0.lock().get_mut(&device).filter(|latest| latest.run.id == id) {
            change(&mut latest.run);
        }
    }

    /// A device is deleted: its run ends, and what is kept of it is the store's.
    pub fn forget(&self, device: DeviceId) {
        if let Some(latest) = self.0.lock().remove(&device) {
            latest.cancel.cancel();
        }
    }

    fn latest(&self, device: DeviceId) -> Option<DiagnoseRun> {
        self.0.lock().get(&device).map(|latest| latest.run.clone())
    }

    fn find(&self, id: DiagnoseRunId) -> Option<DiagnoseRun> {
        self.0.lock().values().find(|latest| latest.run.id == id).map(|latest| latest.run.clone())
    }
}

/// Who hears of a run.
struct Watch {
    progress: Progress,
    changes: Arc<Changes>,
    diagnoses: Diagnoses,
    device: DeviceId,
    run: DiagnoseRunId,
}

impl Watch {
    fn step(&self, step: &StepReport) {
        self.diagnoses.change(self.device, self.run, |run| {
            run.report.ended = crate::now();
            if let Some(known) = run.report.steps.iter_mut().find(|known| known.step == step.step) {
                *known = step.clone();
            }
        });
        self.progress.step(place(step.step), diagnose::name_of(step.step).to_owned());
        self.changes.bump(Area::Diagnoses);
    }

    fn ended(&self, report: DiagnoseReport) {
        self.diagnoses.change(self.device, self.run, |run| (run.running, run.report) = (false, report));
        self.changes.bump(Area::Diagnoses);
    }
}

impl Engine {
    pub(crate) async fn start_diagnosis(&self, client: ClientId, device: DeviceId) -> Result<DiagnoseStarted> {
        let store = self.workspace.shared_store()?;
        let subject = self.subject(device).await?;
        let run =
            DiagnoseRun { id: DiagnoseRunId::new(), device, running: true, report: diagnose::begun(&subject.hub) };
        let new = NewJob {
            kind: JobKind::Diagnose,
            total: DiagnoseStep::ALL.len() as u64,
            unit: "steps",
            phase: diagnose::name_of(DiagnoseStep::ResolveName).into(),
        };
        let id = run.id;
        let JobRef { job } = self.start_job(client, new, |engine, progress| {
            engine.diagnoses.begin(run, progress.stop().clone());
            engine.changes.bump(Area::Diagnoses);
            let (changes, diagnoses) = (engine.changes.clone(), engine.diagnoses.clone());
            let watch = Watch { progress, changes, diagnoses, device, run: id };
            async move {
                let report = diagnose::run(subject, |step| watch.step(step), watch.progress.stop()).await;
                if let Err(error) = store.add_diagnosis(id, device, &report).await {
                    // It can be read until the program ends.
                    tracing::warn!(%error, "a run of diagnose was not kept");
                }
                let cancelled = report.cancelled;
                watch.ended(report);
                if cancelled { Err(stopped()) } else { Ok(()) }
            }
        })?;
        Ok(DiagnoseStarted { job, run: id })
    }

    /// What a run connects with. A session that is online keeps its connection: the run takes a client id of its own
    /// where the hub leaves it free. One that is not online is stopped, since both would throw each other out.
    async fn subject(&self, id: DeviceId) -> Result<Subject> {
        let record = self.device_record(id).await?;
        let certificate = match self.client_identity(&record).await {
            Ok(None) => ClientCertificate::None,
            Ok(Some(identity)) => ClientCertificate::Shown(identity),
            // That is a finding of its own, after what can be said of the server.
            Err(error) if error.code == Code::SecretMissing => ClientCertificate::Unusable(error),
            Err(error) => return Err(error),
        };
        let identity = match &certificate {
            ClientCertificate::Shown(identity) => Some(identity),
            ClientCertificate::None | ClientCertificate::Unusable(_) => None,
        };
        let (Account { hub, mut device, secrets }, mut options, trust) = self.connection_as(record, identity).await?;
        match self.sessions.live(id).is_some_and(|live| live.is_online()) {
            true => diagnose::beside_session(&hub, &mut device, &mut options)?,
            false => self.sessions.close(id).await,
        }
        let topics = diagnose::topics(&hub, &device, &secrets, diagnose::PREFIX);
        let limits = Limits { web_port: self.https_port, ..Limits::default() };
        Ok(Subject { hub, device, options, trust, certificate, topics, limits })
    }

    pub(crate) async fn diagnosis(&self, id: DiagnoseRunId) -> Result<DiagnoseRun> {
        if let Some(run) = self.diagnoses.find(id) {
            return Ok(run);
        }
        let (device, report) = self.workspace.store()?.diagnosis(id).await?;
        Ok(DiagnoseRun { id, device, running: false, report })
    }

    pub(crate) async fn list_diagnoses(&self, device: DeviceId) -> Result<DiagnoseRuns> {
        let kept = self.workspace.store()?.diagnoses(device).await?;
        let latest = self.diagnoses.latest(device).filter(|latest| kept.iter().all(|(id, _)| *id != latest.id));
        let latest = latest.map(|run| summary(run.id, run.running, run.report));
        let kept = kept.into_iter().map(|(id, report)| summary(id, false, report));
        Ok(DiagnoseRuns { runs: latest.into_iter().chain(kept).collect() })
    }

    pub(crate) async fn diagnosis_text(&self, id: DiagnoseRunId) -> Result<DiagnoseText> {
        Ok(DiagnoseText { text: diagnose::as_text(&self.diagnosis(id).await?.report) })
    }
}

fn summary(id: DiagnoseRunId, running: bool, report: DiagnoseReport) -> DiagnoseSummary {
    let failed = report.failure().map(|step| (step.step, step.cause));
    let DiagnoseReport { started, ended, endpoint, cancelled, .. } = report;
    DiagnoseSummary { id, running, started, ended, endpoint, cancelled, failed }
}

/// Steps up to this one.
fn place(step: DiagnoseStep) -> u64 {
    DiagnoseStep::ALL.iter().take_while(|one| **one <= step).count() as u64
}
