//! "Diagnose": why a device does not connect, found out by connecting, step by step.
//!
//! Every step is a real one: the name is resolved, TCP is opened on the hub's route, the server's chain is fetched on a
//! connection that sends nothing, and only a server whose chain and name are trusted is told anything more. What a failure
//! leaves to be judged without the network still is. What is published is not retained and goes to topics of the run's own
//! or those where the platform expects it.

mod answers;
mod beside;
mod causes;
mod chain;
mod client_certificate;
mod connection;
mod fetch;
mod inspection;
mod mqtt;
mod network;
mod outcome;
mod report;
mod service;
mod tls;
mod topics;

pub use beside::beside_session;
pub use fetch::fetch_chain;
pub use report::{as_text, name_of};
pub use topics::{PREFIX, Publication, Topics, topics};

use hubscope_model::{Device, DiagnoseReport, DiagnoseStep, Error, Hub, HubKind, StepReport, StepState, text};
use hubscope_mqtt::{Options, Retry};
use hubscope_pki::{ClientIdentity, Trust};
use outcome::Outcome;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// What is diagnosed.
pub struct Subject {
    pub hub: Hub,
    pub device: Device,
    /// Those that its session would have; [`crate::connect_options`] and [`crate::reach`] make them.
    pub options: Options,
    /// The options' TLS was made with this.
    pub trust: Trust,
    pub certificate: ClientCertificate,
    pub topics: Topics,
    pub limits: Limits,
}

/// The client certificate that the options' TLS shows if it is asked.
pub enum ClientCertificate {
    None,
    Shown(ClientIdentity),
    /// It cannot be shown; the options' TLS has none.
    Unusable(Error),
}

/// How long each step may take, and where another way is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub resolve: Duration,
    pub open: Duration,
    pub handshake: Duration,
    /// From TCP to CONNACK; a longer time of the options counts.
    pub connect: Duration,
    /// For each of SUBACK, PUBACK and echo.
    pub answer: Duration,
    /// How long a port is listened to for the first words of its service, and a session for its loss.
    pub listen: Duration,
    /// Where WebSocket and HTTPS are expected; tried when the hub's own port is silent.
    pub web_port: u16,
}

impl Default for Limits {
    fn default() -> Self {
        let ten = Duration::from_secs(10);
        Self {
            resolve: ten,
            open: ten,
            handshake: ten,
            connect: ten,
            answer: ten,
            listen: Duration::from_secs(2),
            web_port: 443,
        }
    }
}

/// The report of a run that begins now.
pub fn begun(hub: &Hub) -> DiagnoseReport {
    let started = jiff::Timestamp::now().as_microsecond();
    let steps = DiagnoseStep::ALL.map(not_reached).to_vec();
    DiagnoseReport { started, ended: started, endpoint: crate::endpoint(hub), cancelled: false, steps }
}

/// Goes through the steps. `tell` hears of each as it is known; `stop` ends the run early, with what is known.
pub async fn run(subject: Subject, tell: impl Fn(&StepReport) + Sync, stop: &CancellationToken) -> DiagnoseReport {
    let begun = begun(&subject.hub);
    let mut steps = Steps { all: begun.steps, tell: &tell, since: Instant::now() };
    let cancelled = tokio::select! {
        biased;
        () = stop.cancelled() => true,
        () = walk(&subject, &mut steps) => false,
    };
    let ended = jiff::Timestamp::now().as_microsecond();
    DiagnoseReport { ended, cancelled, steps: steps.all, ..begun }
}

/// Until the first failure after which nothing more can be asked.
async fn walk(subject: &Subject, steps: &mut Steps<'_>) {
    if !network::walk(subject, steps).await {
        return;
    }
    match subject.options.tls {
        Some(_) => {
            if !tls::walk(subject, steps).await {
                return;
            }
        }
        None => tls_not_needed(steps),
    }
    mqtt::walk(subject, steps).await;
}

fn tls_not_needed(steps: &mut Steps<'_>) {
    use DiagnoseStep as S;
    for step in [S::TlsHandshake, S::ServerChain, S::HostName, S::ClientCertificate] {
        steps.put(step, Outcome::not_needed(text!("this connection has no TLS")));
    }
}

/// A session's options for one connection that is watched, and without the will: others would hear of a test.
fn once(subject: &Subject) -> Options {
    let mut options = Options { retry: Retry::Never, watch_packets: true, will: None, ..subject.options.clone() };
    options.timing.connect = options.timing.connect.min(subject.limits.connect.max(slowest_answer(subject)));
    options
}

/// How long this hub may take for CONNACK.
fn slowest_answer(subject: &Subject) -> Duration {
    match subject.hub.kind {
        HubKind::AzureIotHub | HubKind::AzureDps => Duration::from_secs(crate::azure::SLOWEST_ANSWER),
        _ => Duration::ZERO,
    }
}

fn not_reached(step: DiagnoseStep) -> StepReport {
    StepReport {
        step,
        state: StepState::NotReached,
        micros: None,
        summary: text!("not reached"),
        cause: None,
        explanation: None,
        fixes: Vec::new(),
        evidence: None,
        said: Vec::new(),
    }
}

/// What is known so far.
struct Steps<'a> {
    all: Vec<StepReport>,
    tell: &'a (dyn Fn(&StepReport) + Sync),
    /// When the step that runs began.
    since: Instant,
}

impl Steps<'_> {
    /// The next step begins now.
    fn begin(&mut self) {
        self.since = Instant::now();
    }

    /// Microseconds since [`Steps::begin`].
    fn micros(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// What became of a step; answers whether it may go on.
    fn put(&mut self, step: DiagnoseStep, outcome: Outcome) -> bool {
        let goes_on = outcome.state != StepState::Failed;
        let report = outcome.report(step);
        (self.tell)(&report);
        if let Some(place) = self.all.iter_mut().find(|known| known.step == step) {
            *place = report;
        }
        goes_on
    }
}
