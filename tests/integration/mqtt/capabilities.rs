//! "What can this broker do", against brokers of which we know it.

use crate::{VERSIONS, once, start};
use hubscope_hubs::broker_test::{self, STEPS};
use hubscope_model::{BrokerFeature as F, BrokerReport, FeatureResult as R, MqttVersion};
use hubscope_mqtt::Options;
use hubscope_sandbox::{Behaviour, Sandbox};
use hubscope_tests::mosquitto::{Broker, Config};
use std::sync::Mutex;
use tokio_util::sync::CancellationToken;

async fn test(options: Options) -> BrokerReport {
    let steps = Mutex::new(Vec::new());
    let step = |step: broker_test::Step| steps.lock().unwrap().push(step.done);
    let report = broker_test::run(options, "probe/here", step, &CancellationToken::new()).await;
    let steps = steps.into_inner().unwrap();
    assert!(steps.windows(2).all(|two| two[0] < two[1]) && steps.iter().all(|done| *done < STEPS), "{steps:?}");
    assert!(!report.cancelled && report.left_behind.is_empty(), "{report:?}");
    report
}

fn found(report: &BrokerReport, version: MqttVersion, feature: F) -> &R {
    &report.findings.iter().find(|finding| finding.version == version && finding.feature == feature).unwrap().result
}

/// Whoever asks for everything gets nothing that the test left.
async fn nothing_is_left(port: u16) {
    let (session, recorder) = start(once(port, MqttVersion::V5));
    session.subscribe("probe/#", 1).unwrap();
    recorder.wait_subscribed("probe/#", 1).await;
    // Retained messages come before what is published after the grant.
    crate::publish(&session, 1, "probe/end", "x", 1).unwrap();
    recorder.wait_messages(1).await;
    assert_eq!(recorder.messages().iter().map(|message| message.topic.to_string()).collect::<Vec<_>>(), ["probe/end"]);
    session.close().await;
}

async fn check_whole(options: Options) -> BrokerReport {
    let port = options.port;
    let report = test(options).await;
    assert_eq!(report.findings.len() as u64, STEPS, "{report:?}");
    for version in VERSIONS {
        let works = [F::Connect, F::SingleLevelWildcard, F::MultiLevelWildcard, F::SharedSubscriptions, F::Retained];
        for feature in works {
            assert_eq!(found(&report, version, feature), &R::Works, "{version:?} {feature:?}");
        }
        assert_eq!(found(&report, version, F::GrantedQos), &R::Value { value: 2 });
        for feature in [F::RoundTripQos0, F::RoundTripQos1, F::RoundTripQos2] {
            let R::RoundTrip { min, median, max, count } = found(&report, version, feature) else {
                panic!("{version:?} {feature:?}: {report:?}")
            };
            assert!(0 < *min && min <= median && median <= max && *count == 20);
        }
    }
    let five = |feature| found(&report, MqttVersion::V5, feature).clone();
    assert_eq!([five(F::SubscriptionIdentifiers), five(F::TopicAlias)], [R::Works, R::Works]);
    assert_eq!([five(F::MaximumQos), five(F::SessionExpiry)], [R::Value { value: 2 }, R::Value { value: 3600 }]);
    nothing_is_left(port).await;
    report
}

#[tokio::test(flavor = "multi_thread")]
async fn mosquitto_as_it_comes() {
    let broker = Broker::start(&Config::default()).unwrap();
    let report = check_whole(once(broker.port(), MqttVersion::V5)).await;
    let five = |feature| found(&report, MqttVersion::V5, feature).clone();
    assert_eq!([five(F::LargestPayload), five(F::MaximumPacketSize)], [R::AtLeast { value: 1 << 20 }, R::NoLimit]);
    assert_eq!(five(F::TopicAliasMaximum), R::Value { value: 10 });
    let text = broker_test::as_text(&report);
    assert!(text.contains("\nMQTT 3.1.1\n") && text.contains("wildcard #"), "{text}");
    println!("{text}");
    // Neither a session is left.
    assert!(!broker.log().contains("error"), "{}", broker.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox() {
    let behaviour = Behaviour { quiet: true, anonymous: true, ..Behaviour::default() };
    let sandbox = Sandbox::start_with(Default::default(), behaviour).await.unwrap();
    let report = check_whole(once(sandbox.mqtt().unwrap().port(), MqttVersion::V5)).await;
    let five = |feature| found(&report, MqttVersion::V5, feature).clone();
    // Its largest packet is 1 MiB, so a payload of that size does not fit.
    assert_eq!(five(F::MaximumPacketSize), R::Value { value: 1 << 20 });
    assert_eq!(five(F::LargestPayload), R::Value { value: 256 << 10 });
    sandbox.stop().await;
}

/// A broker that was configured to do less: each limit is found, and no step stops the others.
#[tokio::test(flavor = "multi_thread")]
async fn a_broker_with_limits() {
    let lines = ["max_qos 1", "retain_available false", "max_packet_size 20000", "max_keepalive 30"];
    let config = lines.iter().fold(Config::default(), |config, line| config.line(line));
    let broker = Broker::start(&config).unwrap();
    let report = test(once(broker.port(), MqttVersion::V5)).await;
    let five = |feature| found(&report, MqttVersion::V5, feature).clone();
    assert_eq!(five(F::MaximumQos), R::Value { value: 1 });
    assert_eq!(five(F::MaximumPacketSize), R::Value { value: 20_000 });
    assert_eq!(five(F::ServerKeepAlive), R::Value { value: 30 });
    assert_eq!(five(F::LargestPayload), R::Value { value: 16 << 10 });
    assert!(matches!(five(F::Retained), R::Fails { reason } if reason.contains("no retained")), "{report:?}");
    assert!(matches!(five(F::RoundTripQos2), R::Fails { .. }), "{report:?}");
    assert!(matches!(five(F::RoundTripQos1), R::RoundTrip { .. }), "{report:?}");
    assert_eq!(*found(&report, MqttVersion::V311, F::LargestPayload), R::Value { value: 16 << 10 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_takes_nobody_is_told_once_a_version() {
    let broker = Broker::start(&Config::default().login("user", "password")).unwrap();
    let report = test(once(broker.port(), MqttVersion::V311)).await;
    let features: Vec<_> = report.findings.iter().map(|finding| finding.feature).collect();
    assert_eq!(features, [F::Connect, F::Connect]);
    assert!(
        report
            .findings
            .iter()
            .all(|finding| matches!(&finding.result, R::Fails { reason } if !reason.to_string().is_empty()))
    );
}

/// Stopped at any step it leaves nothing behind.
#[tokio::test(flavor = "multi_thread")]
async fn stopped_it_cleans_up() {
    let broker = Broker::start(&Config::default()).unwrap();
    for at in [F::Retained, F::LargestPayload] {
        let stop = CancellationToken::new();
        let step = |step: broker_test::Step| {
            if step.feature == at {
                stop.cancel();
            }
        };
        let report = broker_test::run(once(broker.port(), MqttVersion::V5), "probe/here", step, &stop).await;
        assert!(report.cancelled && report.left_behind.is_empty(), "{report:?}");
        assert!(!report.findings.is_empty() && report.findings.len() < 11);
        nothing_is_left(broker.port()).await;
    }
}

#[test]
fn prefixes() {
    for bad in ["", "$SYS/x", "a/#", "a/+/b", "nul\0"] {
        assert!(broker_test::check_prefix(bad).is_err(), "{bad}");
    }
    assert!(broker_test::check_prefix("hubscope-test").is_ok());
}
