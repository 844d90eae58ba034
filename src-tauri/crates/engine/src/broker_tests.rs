//! "What can this broker do": the test as a job of a client, and the last report of each hub.

use crate::Engine;
use crate::account::Account;
use crate::jobs::{JobSlot, tell};
use hubscope_hubs::broker_test::{self, Step};
use hubscope_model::{
    BrokerReport, BrokerTestStart, BrokerTestStarted, ClientId, Code, Error, HubId, HubKind, Job, JobKind, JobState,
    LastBrokerReport, Result,
};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// The last report of each hub of this run.
#[derive(Clone, Default)]
pub struct BrokerTests(Arc<Mutex<HashMap<HubId, BrokerReport>>>);

impl BrokerTests {
    pub fn last(&self, hub: HubId) -> LastBrokerReport {
        LastBrokerReport { hub: Some(hub), report: self.0.lock().get(&hub).cloned() }
    }
}

impl Engine {
    pub(crate) async fn start_broker_test(
        &self,
        client: ClientId,
        start: BrokerTestStart,
    ) -> Result<BrokerTestStarted> {
        broker_test::check_prefix(&start.prefix)?;
        let (Account { hub, .. }, options) = self.connection(start.device).await?;
        if !matches!(hub.kind, HubKind::MqttBroker | HubKind::Sandbox) {
            let error =
                Error::new(Code::BadRequest, "Only MQTT brokers are tested; what this hub can do is documented.");
            return Err(error.hint("Choose a device of an MQTT broker."));
        }
        let job = Job {
            id: self.clients.next_job(),
            kind: JobKind::BrokerTest,
            state: JobState::Running,
            done: 0,
            total: broker_test::STEPS,
            unit: "steps".into(),
            phase: "connect".into(),
        };
        let (id, cancel) = (job.id, CancellationToken::new());
        self.add_job(client, JobSlot { job, view: None, cancel: cancel.clone(), changed: true })?;
        let (clients, changes, reports) = (self.clients.clone(), self.changes.clone(), self.broker_tests.clone());
        let (hub, prefix) = (hub.id, start.prefix);
        self.tasks.spawn(async move {
            let step = |step: Step| {
                tell(&clients, client, id, |job| {
                    job.done = step.done;
                    job.phase = step.feature_name();
                });
                changes.ring();
            };
            let report = broker_test::run(options, &prefix, step, &cancel).await;
            let state = if report.cancelled { JobState::Cancelled } else { JobState::Done };
            reports.0.lock().insert(hub, report);
            tell(&clients, client, id, |job| job.state = state);
            changes.ring();
        });
        Ok(BrokerTestStarted { job: id })
    }
}
