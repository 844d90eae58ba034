//! Against a real mosquitto over plain TCP.

use crate::{VERSIONS, once, options, publish, start};
use hubscope_model::{Code, MqttVersion, PublishId, PublishOutcome};
use hubscope_mqtt::{Publish, Session};
use hubscope_tests::mosquitto::{Broker, Config, tool};
use hubscope_tests::recorder::Recorder;
use hubscope_vault::Secret;
use std::io::Write;
use std::process::Stdio;

fn secret(text: &str) -> Option<Secret<String>> {
    Some(Secret::new(text.to_owned().into()))
}

async fn subscribed(port: u16, version: MqttVersion, filter: &str, qos: u8) -> (Session, Recorder) {
    let (session, recorder) = start(options(port, version));
    session.subscribe(filter, qos).unwrap();
    recorder.wait_subscribed(filter, 1).await;
    (session, recorder)
}

#[tokio::test]
async fn payloads_of_every_kind_come_back_unchanged() {
    let broker = Broker::start(&Config::default()).unwrap();
    for version in VERSIONS {
        let (session, recorder) = subscribed(broker.port(), version, "kinds/#", 1).await;
        let payloads: [Vec<u8>; 5] = [
            b"{\"text\":\"Gr\xC3\xBC\xC3\x9Fe\"}".to_vec(),
            Vec::new(),
            vec![0xFF, 0xFE, 0x00, 0x80],
            b"a\0b\x1b[2J\xE2\x80\xAE".to_vec(),
            (0..10_000_000u32).map(|place| place.to_le_bytes()[0]).collect(),
        ];
        for (id, payload) in (0..).zip(&payloads) {
            publish(&session, id, &format!("kinds/{id}"), payload.clone(), (id % 2) as u8).unwrap();
        }
        let messages = recorder.wait_messages(payloads.len()).await;
        for message in &messages {
            let id: usize = message.topic.rsplit('/').next().unwrap().parse().unwrap();
            assert!(message.payload == payloads[id], "payload {id} of {} bytes", payloads[id].len());
        }
        let outcomes = recorder.wait_outcomes(payloads.len()).await;
        for (publish, outcome) in outcomes {
            match publish.0 % 2 {
                0 => assert_eq!(outcome, PublishOutcome::Sent),
                _ => assert!(matches!(outcome, PublishOutcome::Acknowledged { .. }), "{outcome:?}"),
            }
        }
        session.close().await;
    }
}

/// Everything that a client we did not write sends arrives, once and in order.
#[tokio::test]
async fn twenty_thousand_messages_in_order_exactly_once() {
    let broker = Broker::start(&Config::default()).unwrap();
    for version in VERSIONS {
        let (session, recorder) = subscribed(broker.port(), version, "bench/#", 1).await;
        let mut program = tool("mosquitto_pub")
            .unwrap()
            .args(["-h", "127.0.0.1", "-p", &broker.port().to_string(), "-t", "bench/x", "-q", "1", "-l"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = program.stdin.take().unwrap();
        let lines = std::thread::spawn(move || {
            for line in 0..20_000 {
                writeln!(input, "message {line}").unwrap();
            }
        });
        let messages = recorder.wait_messages(20_000).await;
        lines.join().unwrap();
        assert!(program.wait().unwrap().success());
        session.close().await;
        assert_eq!(recorder.messages().len(), 20_000, "none twice");
        for (line, message) in messages.iter().enumerate() {
            assert_eq!(message.payload, format!("message {line}"));
            assert_eq!((message.qos, message.dup), (1, false));
        }
    }
}

/// The other direction: what we send arrives at ourselves, and every publish is acknowledged.
#[tokio::test]
async fn thousands_of_publishes_are_acknowledged() {
    let broker = Broker::start(&Config::default()).unwrap();
    for version in VERSIONS {
        let (session, recorder) = subscribed(broker.port(), version, "up/#", 0).await;
        for id in 0..5_000 {
            publish(&session, id, "up/x", id.to_string(), 1).unwrap();
        }
        let outcomes = recorder.wait_outcomes(5_000).await;
        assert!(outcomes.iter().all(|(_, outcome)| matches!(outcome, PublishOutcome::Acknowledged { .. })));
        let messages = recorder.wait_messages(5_000).await;
        assert!(messages.iter().enumerate().all(|(id, message)| message.payload == id.to_string()));
        session.close().await;
    }
}

#[tokio::test]
async fn retained_messages_and_wildcards() {
    let broker = Broker::start(&Config::default()).unwrap();
    for version in VERSIONS {
        let (session, recorder) = start(options(broker.port(), version));
        let message =
            Publish { topic: "state/a".into(), payload: "kept".into(), qos: 1, retain: true, ..Publish::default() };
        session.publish(PublishId(1), message).unwrap();
        recorder.wait_outcomes(1).await;
        session.subscribe("state/+", 1).unwrap();
        let messages = recorder.wait_messages(1).await;
        assert!(messages[0].retain && messages[0].payload == "kept" && &*messages[0].topic == "state/a");
        session.close().await;
    }
}

#[tokio::test]
async fn credentials_let_in_or_end_the_session() {
    let broker = Broker::start(&Config::default().login("device", "s3cret, with ümlaut")).unwrap();
    for version in VERSIONS {
        let mut right = once(broker.port(), version);
        right.user_name = Some("device".into());
        right.password = secret("s3cret, with ümlaut");
        let (session, recorder) = start(right.clone());
        recorder.wait_online(1).await;
        session.close().await;

        // As a token in the place of the user name: the secret wins over the name in the clear.
        let mut token = right.clone();
        token.user_name = Some("somebody".into());
        token.user_name_secret = secret("device");
        let (session, recorder) = start(token);
        recorder.wait_online(1).await;
        session.close().await;

        for (user, password) in [(Some("device"), secret("wrong")), (Some("nobody"), secret("x")), (None, None)] {
            let mut wrong = options(broker.port(), version);
            wrong.user_name = user.map(str::to_owned);
            wrong.password = password;
            let (session, recorder) = start(wrong);
            let error = recorder.wait_failed().await;
            assert_eq!(error.code, Code::NotAuthorised, "{error:?}");
            assert_eq!(recorder.reasons().len(), 1, "not tried again");
            session.close().await;
        }
        assert!(!format!("{right:?}").contains("s3cret"));
    }
}

#[tokio::test]
async fn the_broker_refuses_what_its_rules_forbid() {
    let rules = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(rules.path(), "topic readwrite allowed/#\n").unwrap();
    let broker = Broker::start(&Config::default().line(&format!("acl_file {}", rules.path().display()))).unwrap();
    let (session, recorder) = start(options(broker.port(), MqttVersion::V5));
    publish(&session, 1, "allowed/x", "x", 1).unwrap();
    publish(&session, 2, "forbidden/x", "x", 1).unwrap();
    let outcomes = recorder.wait_outcomes(2).await;
    assert!(matches!(outcomes[0].1, PublishOutcome::Acknowledged { .. }), "{outcomes:?}");
    assert!(
        matches!(&outcomes[1].1, PublishOutcome::Refused { reason } if reason.contains("not allowed")),
        "{outcomes:?}"
    );
    session.close().await;
}

/// mosquitto 2.0 throws the first client out without a word (others send DISCONNECT 0x8E, see `answers`): the
/// hint must say what may have happened.
#[tokio::test]
async fn a_second_client_with_the_same_id_throws_out_the_first() {
    let broker = Broker::start(&Config::default()).unwrap();
    for version in VERSIONS {
        let (first, recorder) = start(once(broker.port(), version));
        recorder.wait_online(1).await;
        let (second, other) = start(options(broker.port(), version));
        other.wait_online(1).await;
        let error = recorder.wait_failed().await;
        assert_eq!(error.code, Code::ConnectionLost);
        assert!(error.hint.as_ref().is_some_and(|hint| hint.contains("same client id")), "{error:?}");
        first.close().await;
        second.close().await;
    }
}

#[tokio::test]
async fn closing_is_polite_in_the_eyes_of_the_broker() {
    let broker = Broker::start(&Config::default().line("log_type all")).unwrap();
    for version in VERSIONS {
        let mut options = options(broker.port(), version);
        options.client_id = format!("polite-{version:?}");
        let (session, recorder) = start(options);
        recorder.wait_online(1).await;
        session.close().await;
        let said = format!("Received DISCONNECT from polite-{version:?}");
        let deadline = std::time::Instant::now() + hubscope_tests::DEADLINE;
        while !broker.log().contains(&said) {
            assert!(std::time::Instant::now() < deadline, "{}", broker.log());
            tokio::task::yield_now().await;
        }
    }
}
