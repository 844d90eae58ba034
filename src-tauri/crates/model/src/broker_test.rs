//! "What can this broker do": what was asked, and what was found.

use crate::{DeviceId, HubId, JobId, MqttVersion, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is looked at. The page has a name for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BrokerFeature {
    /// The version itself.
    Connect,
    /// The highest QoS that a subscription was granted.
    GrantedQos,
    /// The highest QoS that the server takes (MQTT 5).
    MaximumQos,
    /// The server's word on the largest packet, bytes (MQTT 5).
    MaximumPacketSize,
    /// The largest payload that came back, bytes.
    LargestPayload,
    ReceiveMaximum,
    TopicAliasMaximum,
    /// Seconds that the server set in place of ours.
    ServerKeepAlive,
    /// Seconds that the server keeps a session for which an hour was asked.
    SessionExpiry,
    AssignedClientId,
    SingleLevelWildcard,
    MultiLevelWildcard,
    SharedSubscriptions,
    SubscriptionIdentifiers,
    Retained,
    /// A message named by an alias arrived with its topic.
    TopicAlias,
    RoundTripQos0,
    RoundTripQos1,
    RoundTripQos2,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum FeatureResult {
    Works,
    /// It does not work, and why.
    Fails {
        reason: Text,
    },
    /// A figure: QoS, bytes, seconds, count.
    Value {
        value: u64,
    },
    /// At least that much: more was not tried.
    AtLeast {
        value: u64,
    },
    /// The server named no limit.
    NoLimit,
    /// Microseconds of so many messages from publish to arrival.
    RoundTrip {
        min: u64,
        median: u64,
        max: u64,
        count: u32,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    pub version: MqttVersion,
    pub feature: BrokerFeature,
    pub result: FeatureResult,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BrokerReport {
    /// Unix microseconds.
    pub started: i64,
    pub ended: i64,
    pub endpoint: String,
    pub prefix: String,
    /// It was stopped before the end.
    pub cancelled: bool,
    pub findings: Vec<Finding>,
    /// Topics under which a retained message could not be removed.
    pub left_behind: Vec<String>,
}

#[derive(Clone, Debug, Deserialize, TS)]
pub struct BrokerTestStart {
    /// Whose address and credential are used.
    pub device: DeviceId,
    /// Everything is published below it.
    pub prefix: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BrokerTestStarted {
    pub job: JobId,
}

/// The last report of a hub, or None.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LastBrokerReport {
    pub hub: Option<HubId>,
    pub report: Option<BrokerReport>,
}
