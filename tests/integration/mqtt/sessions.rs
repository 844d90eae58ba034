//! The life of a session: handles, states, sessions that are kept, the ends.

use crate::{VERSIONS, once, options, publish, start};
use hubscope_model::{Code, MqttVersion, PublishId, PublishOutcome, SessionState};
use hubscope_mqtt::{Event, Options, Received, Session, Sink};
use hubscope_tests::peer::{Peer, kind};
use hubscope_tests::recorder::Told;
use hubscope_tests::{DEADLINE, within};
use std::time::Duration;

#[tokio::test]
async fn illegal_arguments_are_refused_at_once() {
    let peer = Peer::listen(false).await;
    let (session, recorder) = start(options(peer.port(), MqttVersion::V311));
    let _wire = peer.welcome(false).await;
    recorder.wait_online(1).await;
    for filter in ["", "a/#/b", "a+", "\0", "$share/x"] {
        assert_eq!(session.subscribe(filter, 0).unwrap_err().code, Code::InvalidTopicFilter, "{filter:?}");
    }
    for topic in ["", "a/#", "+", "a\0"] {
        assert_eq!(publish(&session, 1, topic, "x", 0).unwrap_err().code, Code::InvalidTopic, "{topic:?}");
    }
    assert_eq!(session.subscribe("a", 3).unwrap_err().code, Code::InvalidFields);
    assert_eq!(publish(&session, 1, "a", "x", 3).unwrap_err().code, Code::InvalidFields);
    assert!(recorder.outcomes().is_empty());
    session.close().await;
}

#[tokio::test]
async fn states_follow_each_other_and_are_seen_by_watchers() {
    for version in VERSIONS {
        let peer = Peer::listen(version == MqttVersion::V5).await;
        let (session, recorder) = start(options(peer.port(), version));
        let mut watched = session.watch();
        drop(peer.welcome(false).await);
        recorder.wait_waiting(1).await;
        let wire = peer.welcome(false).await;
        recorder.wait_online(2).await;
        within("online", watched.wait_for(|state| matches!(state, SessionState::Online { .. }))).await.unwrap();
        tokio::spawn(wire.serve());
        session.close().await;
        let names: Vec<_> = recorder
            .told()
            .into_iter()
            .filter_map(|told| match told {
                Told::Event(Event::State(state)) => Some(match state {
                    SessionState::Idle => "idle",
                    SessionState::Connecting { .. } => "connecting",
                    SessionState::Online { .. } => "online",
                    SessionState::Waiting { .. } => "waiting",
                    SessionState::Closing => "closing",
                    SessionState::Failed { .. } => "failed",
                }),
                _ => None,
            })
            .collect();
        assert_eq!(names, ["connecting", "online", "waiting", "connecting", "online", "closing", "idle"]);
    }
}

/// 4.4.0-1: with a session that the broker kept, unanswered publishes go out again first, with their ids and DUP.
#[tokio::test]
async fn a_kept_session_repeats_what_was_not_answered() {
    for version in VERSIONS {
        let peer = Peer::listen(version == MqttVersion::V5).await;
        let mut options = options(peer.port(), version);
        options.clean_session = false;
        let (session, recorder) = start(options);
        let mut wire = peer.welcome(false).await;
        session.subscribe("a", 1).unwrap();
        let request = wire.expect(kind::SUBSCRIBE).await;
        wire.suback(&request, 1).await;
        recorder.wait_subscribed("a", 1).await;
        for id in 1..=3 {
            publish(&session, id, "a", id.to_string(), 1).unwrap();
        }
        let first: Vec<_> =
            [wire.expect_publish().await, wire.expect_publish().await, wire.expect_publish().await].into();
        wire.puback(first[1].id).await;
        recorder.wait_outcomes(1).await;
        drop(wire);
        recorder.wait_waiting(1).await;
        publish(&session, 4, "a", "4", 1).unwrap();

        let mut wire = peer.welcome(true).await;
        for sent in [&first[0], &first[2]] {
            let again = wire.expect_publish().await;
            assert_eq!((again.id, &again.payload, again.dup), (sent.id, &sent.payload, true));
        }
        // Nothing new until they are answered, and no SUBSCRIBE: the broker still has it.
        wire.puback(first[2].id).await;
        wire.puback(first[0].id).await;
        let new = wire.expect_publish().await;
        assert_eq!((&new.payload[..], new.dup), (&b"4"[..], false));
        wire.puback(new.id).await;
        let outcomes = recorder.wait_outcomes(4).await;
        assert!(
            outcomes.iter().all(|(_, outcome)| matches!(outcome, PublishOutcome::Acknowledged { .. })),
            "{outcomes:?}"
        );

        // The broker lost the session after all: nobody knows what became of the fifth.
        publish(&session, 5, "a", "5", 1).unwrap();
        wire.expect_publish().await;
        drop(wire);
        let mut wire = peer.welcome(false).await;
        let outcomes = recorder.wait_outcomes(5).await;
        assert_eq!(outcomes[4], (PublishId(5), PublishOutcome::Unknown));
        let request = wire.expect(kind::SUBSCRIBE).await;
        assert_eq!(wire.filter(&request), "a");
        session.close().await;
    }
}

#[tokio::test]
async fn a_kept_session_without_a_client_id_is_refused_in_words() {
    for version in VERSIONS {
        let mut options = options(1, version);
        options.clean_session = false;
        options.client_id.clear();
        let (session, recorder) = start(options);
        assert_eq!(recorder.wait_failed().await.code, Code::ClientIdRefused);
        session.close().await;
    }
}

#[tokio::test]
async fn unsubscribing_is_answered_and_final() {
    for version in VERSIONS {
        let peer = Peer::listen(version == MqttVersion::V5).await;
        let (session, recorder) = start(options(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        session.subscribe("a/b", 1).unwrap();
        let request = wire.expect(kind::SUBSCRIBE).await;
        wire.suback(&request, 1).await;
        recorder.wait_subscribed("a/b", 1).await;
        session.unsubscribe("a/b").unwrap();
        let request = wire.expect(kind::UNSUBSCRIBE).await;
        assert_eq!(wire.filter(&request), "a/b");
        wire.unsuback(&request).await;
        recorder
            .until("unsubscribed", |told| {
                told.iter()
                    .any(|told| matches!(told, Told::Event(Event::Unsubscribed { filter }) if filter == "a/b"))
                    .then_some(())
            })
            .await;
        drop(wire);
        let mut wire = peer.welcome(false).await;
        session.subscribe("c", 0).unwrap();
        let request = wire.expect(kind::SUBSCRIBE).await;
        assert_eq!(wire.filter(&request), "c", "a/b did not come back");
        session.close().await;
    }
}

#[tokio::test]
async fn without_retry_a_lost_connection_is_final() {
    for version in VERSIONS {
        let peer = Peer::listen(version == MqttVersion::V5).await;
        let (session, recorder) = start(once(peer.port(), version));
        let wire = peer.welcome(false).await;
        recorder.wait_online(1).await;
        publish(&session, 1, "a", "x", 1).unwrap();
        drop(wire);
        assert_eq!(recorder.wait_failed().await.code, Code::ConnectionLost);
        assert_eq!(recorder.outcomes().len(), 1);
        session.close().await;
        assert!(matches!(session.state(), SessionState::Failed { .. }), "closing does not hide the reason");
    }
}

/// The answers of one session do not touch another.
#[tokio::test]
async fn several_sessions_live_side_by_side() {
    let peer = Peer::listen(false).await;
    let mut sessions = Vec::new();
    for id in 0..8 {
        let (session, recorder) = start(options(peer.port(), MqttVersion::V311));
        let wire = peer.welcome(false).await;
        let bytes = wire.publish("t", id.to_string().as_bytes(), 0, 0);
        sessions.push((session, recorder, wire, bytes));
    }
    for (_, _, wire, bytes) in &mut sessions {
        wire.write(bytes).await;
    }
    for (id, (session, recorder, _, _)) in sessions.iter().enumerate() {
        assert_eq!(recorder.wait_messages(1).await[0].payload, id.to_string());
        session.close().await;
        assert_eq!(recorder.messages().len(), 1);
    }
}

/// Every way out leaves no task behind.
#[tokio::test]
async fn no_task_outlives_its_session() {
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let none_left = async || {
        let deadline = tokio::time::Instant::now() + DEADLINE;
        // The count falls just after the task has said its last word.
        while tasks() > 0 {
            assert!(tokio::time::Instant::now() < deadline, "{} tasks are left", tasks());
            tokio::task::yield_now().await;
        }
    };
    for version in VERSIONS {
        let peer = Peer::listen(version == MqttVersion::V5).await;
        // Closed while it connects.
        let (session, _) = start(options(peer.port(), version));
        let silent = peer.accept().await;
        assert_eq!(tasks(), 1, "one task a session");
        session.close().await;
        none_left().await;
        drop(silent);
        // Closed while it waits.
        let mut patient = options(peer.port(), version);
        patient.timing.first_wait = std::time::Duration::from_secs(3600);
        patient.timing.longest_wait = patient.timing.first_wait;
        let (session, recorder) = start(patient);
        drop(peer.accept().await);
        // It asks whether the port wants TLS.
        drop(peer.accept().await);
        recorder.wait_waiting(1).await;
        session.close().await;
        none_left().await;
        // Let go of while it is online: as polite as a close.
        let (session, recorder) = start(options(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        recorder.wait_online(1).await;
        drop(session);
        wire.expect(kind::DISCONNECT).await;
        none_left().await;
        // A peer that does not even read DISCONNECT.
        let mut hasty = options(peer.port(), version);
        hasty.max_packet_size = 200_000_000;
        hasty.timing.close = std::time::Duration::from_millis(200);
        let (session, recorder) = start(hasty);
        let deaf = peer.welcome(false).await;
        recorder.wait_online(1).await;
        publish(&session, 1, "a", vec![0; 60_000_000], 1).unwrap();
        within("close", session.close()).await;
        none_left().await;
        assert_eq!(recorder.outcomes().len(), 1);
        drop(deaf);
        // Closing again, and a clone, change nothing.
        session.clone().close().await;
    }
}

struct Faulty;

impl Sink for Faulty {
    fn messages(&mut self, _: i64, _: &mut Vec<Received>) {
        panic!("a fault in the sink");
    }
    fn event(&mut self, _: Event) {}
}

/// A panic while a message is taken in fails that session, visibly, and nothing else.
#[tokio::test]
async fn a_fault_in_the_sink_fails_its_session_only() {
    let peer = Peer::listen(false).await;
    let session = Session::start(options(peer.port(), MqttVersion::V311), Faulty);
    let mut wire = peer.welcome(false).await;
    wire.write(&wire.publish("t", b"x", 0, 0)).await;
    let mut watched = session.watch();
    let failed =
        within("failed", watched.wait_for(|state| matches!(state, SessionState::Failed { .. }))).await.unwrap().clone();
    assert!(matches!(failed, SessionState::Failed { error } if error.code == Code::Internal));
    within("close", session.close()).await;
}

/// Row r: the library's setters panic on values out of range.
#[tokio::test]
async fn extreme_options_do_not_panic() {
    let extremes: [fn(&mut Options); 5] = [
        |options: &mut Options| options.keep_alive = 0,
        |options: &mut Options| (options.keep_alive, options.max_packet_size) = (u16::MAX, u32::MAX),
        |options: &mut Options| options.timing.connect = Duration::ZERO,
        |options: &mut Options| options.properties.receive_maximum = Some(0),
        |options: &mut Options| options.client_id = String::new(),
    ];
    for version in VERSIONS {
        for extreme in extremes {
            let peer = Peer::listen(version == MqttVersion::V5).await;
            let mut options = options(peer.port(), version);
            extreme(&mut options);
            let (session, recorder) = start(options);
            let wire = peer.welcome(false).await;
            recorder.wait_online(1).await;
            tokio::spawn(wire.serve());
            session.close().await;
        }
    }
}
