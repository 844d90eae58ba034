//! "What can this broker do": asks a broker by doing it, with both versions of MQTT, below a topic of its own.
//!
//! What a server says of itself is from the properties of CONNACK (MQTT 5 section 3.2.2.3); everything else is tried, with
//! messages of our own. Retained messages and kept sessions that the test makes are taken away at its end, also when it
//! is stopped.

mod checks;
mod text;

pub use text::as_text;

use checks::Checks;
use hubscope_model::{
    BrokerFeature, BrokerReport, Error, FeatureResult, FieldProblem, Finding, MqttVersion, Problem, Result, topic,
};
use hubscope_mqtt::{ConnectProperties, Options, Retry};
use tokio_util::sync::CancellationToken;

/// Characters of a prefix.
const LONGEST_PREFIX: usize = 200;

use BrokerFeature as F;

/// What is asked of both versions, in this order.
const BOTH: [BrokerFeature; 11] = [
    F::Connect,
    F::GrantedQos,
    F::AssignedClientId,
    F::SingleLevelWildcard,
    F::MultiLevelWildcard,
    F::SharedSubscriptions,
    F::Retained,
    F::LargestPayload,
    F::RoundTripQos0,
    F::RoundTripQos1,
    F::RoundTripQos2,
];
/// What only MQTT 5 has.
const FIVE: [BrokerFeature; 8] = [
    F::MaximumQos,
    F::MaximumPacketSize,
    F::ReceiveMaximum,
    F::TopicAliasMaximum,
    F::ServerKeepAlive,
    F::SessionExpiry,
    F::SubscriptionIdentifiers,
    F::TopicAlias,
];

/// Steps of a whole test.
pub const STEPS: u64 = (2 * BOTH.len() + FIVE.len()) as u64;

/// Where a test is.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub done: u64,
    pub version: MqttVersion,
    pub feature: BrokerFeature,
}

impl Step {
    /// As the model writes it.
    pub fn feature_name(self) -> String {
        let value = serde_json::to_value(self.feature).unwrap_or_default();
        value.as_str().unwrap_or_default().to_owned()
    }
}

/// Whether messages may be published below `prefix`.
///
/// # Errors
/// `InvalidFields` (prefix).
pub fn check_prefix(prefix: &str) -> Result<()> {
    let problem = match prefix {
        "" => Some(Problem::Required),
        _ if prefix.chars().count() > LONGEST_PREFIX => Some(Problem::TooLong),
        _ if prefix.starts_with('$') || topic::validate_name(prefix).is_err() => Some(Problem::NotATopic),
        _ => None,
    };
    problem.map_or(Ok(()), |problem| Err(Error::fields(vec![FieldProblem { field: "prefix".into(), problem }])))
}

/// Runs the test with the address and the credential of `options`. Takes from some seconds to a minute where nothing is
/// answered; `step` is told of each step before it, and `stop` ends it early, after it has cleaned up.
pub async fn run(options: Options, prefix: &str, step: impl Fn(Step), stop: &CancellationToken) -> BrokerReport {
    let started = now();
    let mut report = BrokerReport {
        started,
        ended: started,
        endpoint: format!("{}:{}", options.host, options.port),
        prefix: prefix.to_owned(),
        cancelled: false,
        findings: Vec::new(),
        left_behind: Vec::new(),
    };
    let mut done = 0;
    for version in [MqttVersion::V311, MqttVersion::V5] {
        let features = features(version);
        let first = done;
        let mut checks = Checks::new(plain(&options, version), prefix);
        for feature in features {
            step(Step { done, version, feature });
            let result = tokio::select! {
                () = stop.cancelled() => {
                    report.cancelled = true;
                    break;
                }
                result = checks.look(feature) => result,
            };
            done += 1;
            let is_over = feature == F::Connect && matches!(result, FeatureResult::Fails { .. });
            report.findings.push(Finding { version, feature, result });
            if is_over {
                break;
            }
        }
        report.left_behind.extend(checks.clean_up().await);
        if report.cancelled {
            break;
        }
        done = first + self::features(version).count() as u64;
    }
    report.ended = now();
    report
}

fn features(version: MqttVersion) -> impl Iterator<Item = BrokerFeature> {
    let five = if version == MqttVersion::V5 { &FIVE[..] } else { &[] };
    BOTH.iter().chain(five).copied()
}

/// The same address and credential, and nothing that stays.
fn plain(options: &Options, version: MqttVersion) -> Options {
    Options {
        version,
        client_id: crate::generate_client_id(),
        clean_session: true,
        will: None,
        properties: ConnectProperties::default(),
        max_packet_size: checks::LARGEST_PACKET,
        retry: Retry::Never,
        watch_packets: false,
        ..options.clone()
    }
}

/// Unix microseconds.
fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}
