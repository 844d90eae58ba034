//! A report as text, to be copied or printed.

use hubscope_model::{BrokerFeature as F, BrokerReport, FeatureResult, Finding, MqttVersion};
use std::fmt::Write as _;

/// One line a finding, MQTT 3.1.1 first.
pub fn as_text(report: &BrokerReport) -> String {
    let mut text = format!("Broker {}, tested below {}\n", report.endpoint, report.prefix);
    for version in [MqttVersion::V311, MqttVersion::V5] {
        let name = if version == MqttVersion::V5 { "5" } else { "3.1.1" };
        let mut findings = report.findings.iter().filter(|finding| finding.version == version).peekable();
        if findings.peek().is_some() {
            // Writing to a string cannot fail.
            let _infallible = writeln!(text, "\nMQTT {name}");
        }
        for Finding { feature, result, .. } in findings {
            let _infallible = writeln!(text, "  {:<32}{}", name_of(*feature), words(*feature, result));
        }
    }
    if report.cancelled {
        text += "\nStopped before the end.\n";
    }
    for topic in &report.left_behind {
        let _infallible = writeln!(text, "\nCould not be removed: {topic}");
    }
    text
}

fn name_of(feature: F) -> &'static str {
    match feature {
        F::Connect => "connects",
        F::GrantedQos => "largest QoS granted",
        F::MaximumQos => "largest QoS taken",
        F::MaximumPacketSize => "maximum packet size",
        F::LargestPayload => "largest payload that came back",
        F::ReceiveMaximum => "receive maximum",
        F::TopicAliasMaximum => "topic alias maximum",
        F::ServerKeepAlive => "server keep-alive",
        F::SessionExpiry => "session expiry, an hour asked",
        F::AssignedClientId => "client without an id",
        F::SingleLevelWildcard => "wildcard +",
        F::MultiLevelWildcard => "wildcard #",
        F::SharedSubscriptions => "shared subscriptions",
        F::SubscriptionIdentifiers => "subscription identifiers",
        F::Retained => "retained messages",
        F::TopicAlias => "topic alias",
        F::RoundTripQos0 => "round trip QoS 0",
        F::RoundTripQos1 => "round trip QoS 1",
        F::RoundTripQos2 => "round trip QoS 2",
    }
}

fn words(feature: F, result: &FeatureResult) -> String {
    let unit = match feature {
        F::MaximumPacketSize | F::LargestPayload => " B",
        F::ServerKeepAlive | F::SessionExpiry => " s",
        _ => "",
    };
    let ms = |micros: u64| format!("{:.2}", micros as f64 / 1000.0);
    match result {
        FeatureResult::Works => "yes".into(),
        FeatureResult::Fails { reason } => format!("no: {reason}"),
        FeatureResult::Value { value } => format!("{value}{unit}"),
        FeatureResult::AtLeast { value } => format!("at least {value}{unit}"),
        FeatureResult::NoLimit => "none set".into(),
        FeatureResult::RoundTrip { min, median, max, count } => {
            format!("min {} ms, median {} ms, max {} ms of {count}", ms(*min), ms(*median), ms(*max))
        }
    }
}
