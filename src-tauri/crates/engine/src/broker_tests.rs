//! "What can this broker do": the test as a job of a client, and the last report of each hub.

use crate::Engine;
use crate::account::Account;
use crate::jobs::{NewJob, stopped};
use hubscope_hubs::broker_test::{self, Step};
use hubscope_model::{
    BrokerReport, BrokerTestStart, BrokerTestStarted, ClientId, Code, Error, HubId, HubKind, JobKind, JobRef,
    LastBrokerReport, Result,
};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

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
        let new =
            NewJob { kind: JobKind::BrokerTest, total: broker_test::STEPS, unit: "steps", phase: "connect".into() };
        let (hub, prefix) = (hub.id, start.prefix);
        let JobRef { job } = self.start_job(client, new, |engine, job| async move {
            let step = |step: Step| job.step(step.done, step.feature_name());
            let report = broker_test::run(options, &prefix, step, job.stop()).await;
            let cancelled = report.cancelled;
            engine.broker_tests.0.lock().insert(hub, report);
            if cancelled { Err(stopped()) } else { Ok(()) }
        })?;
        Ok(BrokerTestStarted { job })
    }
}
