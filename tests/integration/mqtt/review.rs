//! What a session owes its users when something goes wrong where nobody looks: in the sink, between two
//! connections, in what the broker remembers.

use crate::{VERSIONS, options, publish, start};
use hubscope_model::{Code, Grant, MqttVersion, PublishId, PublishOutcome, SessionState};
use hubscope_mqtt::{Event, Options, Received, Retry, Session, Sink};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::peer::{Peer, kind};
use hubscope_tests::recorder::{Recorder, RecorderSink, Told};
use hubscope_tests::{until, within};
use std::sync::mpsc;
use std::time::Duration;

fn five(version: MqttVersion) -> bool {
    version == MqttVersion::V5
}

/// Panics at messages, and at outcomes too if told so; remembers the rest.
struct Faulty {
    recorder: RecorderSink,
    at_outcomes: bool,
}

impl Sink for Faulty {
    fn messages(&mut self, _: i64, _: &mut Vec<Received>) {
        panic!("a fault in the sink");
    }

    fn event(&mut self, event: Event) {
        assert!(!(self.at_outcomes && matches!(event, Event::Published { .. })), "another fault in the sink");
        self.recorder.event(event);
    }
}

/// A fault in the task ends its session for all who have to do with it: the sink, the watchers, those who publish.
#[tokio::test]
async fn a_fault_is_told_to_the_sink_and_closes_the_desk() {
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    for version in VERSIONS {
        for at_outcomes in [false, true] {
            let peer = Peer::listen(five(version)).await;
            let recorder = Recorder::default();
            let sink = Faulty { recorder: recorder.sink(), at_outcomes };
            let session = Session::start(options(peer.port(), version), sink);
            let mut wire = peer.welcome(false).await;
            // More than the window takes: some are on their way, some wait.
            for id in 0..300 {
                publish(&session, id, "t", "x", 1).unwrap();
            }
            let first = wire.expect_publish().await;
            // In one segment: what the sink fails at, then an acknowledgement.
            let mut bytes = wire.publish("t", b"x", 0, 0);
            bytes.extend([0x40, 2]);
            bytes.extend(first.id.to_be_bytes());
            wire.write(&bytes).await;

            let error = recorder.wait_failed().await;
            assert_eq!(error.code, Code::Internal);
            assert!(error.hint.is_some(), "{error:?}");
            within("close", session.close()).await;
            until("no task is left", || tasks() == 0).await;
            assert_eq!(session.state(), SessionState::Failed { error });
            assert_eq!(publish(&session, 300, "t", "x", 1).unwrap_err().code, Code::NotConnected);
            assert_eq!(session.subscribe("t", 0).unwrap_err().code, Code::NotConnected);
            if !at_outcomes {
                let mut outcomes = recorder.outcomes();
                outcomes.sort_by_key(|(publish, _)| publish.0);
                let unknown = (0..300).map(|id| (PublishId(id), PublishOutcome::Unknown));
                assert!(outcomes.into_iter().eq(unknown), "one outcome each");
            }
        }
    }
}

/// Stays at every message until the test lets go of the other end.
struct Blocking {
    recorder: RecorderSink,
    held: mpsc::Receiver<()>,
}

impl Sink for Blocking {
    fn messages(&mut self, time: i64, batch: &mut Vec<Received>) {
        self.recorder.messages(time, batch);
        let _released = tokio::task::block_in_place(|| self.held.recv());
    }

    fn event(&mut self, event: Event) {
        self.recorder.event(event);
    }
}

/// Who closes is not held up by a sink that blocks; what the session owes is told when the sink comes back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sink_that_blocks_does_not_hold_up_a_close() {
    let peer = Peer::listen(false).await;
    let recorder = Recorder::default();
    let (hold, held) = mpsc::channel();
    let mut options = options(peer.port(), MqttVersion::V311);
    options.timing.close = Duration::ZERO;
    let session = Session::start(options, Blocking { recorder: recorder.sink(), held });
    let mut wire = peer.welcome(false).await;
    publish(&session, 1, "t", "x", 1).unwrap();
    wire.expect_publish().await;
    let message = wire.publish("t", b"x", 0, 0);
    wire.write(&message).await;
    recorder.wait_messages(1).await;

    within("close", session.close()).await;
    assert!(matches!(session.state(), SessionState::Online { .. }), "the sink still has the thread");
    assert!(recorder.outcomes().is_empty());

    let mut watched = session.watch();
    drop(hold);
    within("the end", watched.wait_for(|state| *state == SessionState::Idle)).await.unwrap();
    assert_eq!(recorder.outcomes(), [(PublishId(1), PublishOutcome::Unknown)]);
    within("another close", session.close()).await;
}

/// A row of equal failures is over when a connection held: an unlucky message every few hours is no reason to
/// give up.
#[tokio::test]
async fn a_connection_that_held_ends_the_row_of_equal_failures() {
    for version in VERSIONS {
        let peer = Peer::listen(five(version)).await;
        let mut options = options(peer.port(), version);
        // Every connection that was online at all has held.
        options.timing.first_wait = Duration::ZERO;
        let (session, recorder) = start(options);
        for connection in 1..=5 {
            let mut wire = peer.welcome(false).await;
            recorder.wait_online(connection).await;
            // A packet type that does not exist.
            wire.write(&[0x00, 0x00]).await;
            let reason = recorder.wait_waiting(connection).await;
            assert_eq!(reason.code, Code::ProtocolError);
        }
        session.close().await;
    }
}

/// Options for a session that the broker keeps.
fn kept(port: u16, version: MqttVersion) -> Options {
    Options { clean_session: false, ..options(port, version) }
}

async fn wait_unsubscribed(recorder: &Recorder, wanted: &str) {
    recorder
        .until(&format!("{wanted} unsubscribed"), |told| {
            told.iter()
                .any(|told| matches!(told, Told::Event(Event::Unsubscribed { filter }) if filter == wanted))
                .then_some(())
        })
        .await;
}

/// What the broker of a kept session still has is told as granted; what was dropped while the session was away,
/// known here or not, is unsubscribed; what it never granted is asked for again.
#[tokio::test]
async fn a_kept_session_comes_back_as_its_user_left_it() {
    for version in VERSIONS {
        let peer = Peer::listen(five(version)).await;
        let (session, recorder) = start(kept(peer.port(), version));
        let mut wire = peer.welcome(false).await;
        for (filter, code) in [("stays", 1), ("lower", 0), ("dropped", 1), ("refused", 0x80)] {
            session.subscribe(filter, 1).unwrap();
            let request = wire.expect(kind::SUBSCRIBE).await;
            wire.suback(&request, code).await;
            recorder.wait_subscribed(filter, 1).await;
        }
        drop(wire);
        recorder.wait_waiting(1).await;
        session.unsubscribe("dropped").unwrap();
        session.unsubscribe("of an earlier run").unwrap();

        let mut wire = peer.welcome(true).await;
        assert_eq!(recorder.wait_subscribed("stays", 2).await, Grant::Granted { qos: 1 });
        assert_eq!(recorder.wait_subscribed("lower", 2).await, Grant::Granted { qos: 0 });
        let request = wire.expect(kind::UNSUBSCRIBE).await;
        assert_eq!(wire.filter(&request), "dropped");
        wire.unsuback(&request).await;
        let request = wire.expect(kind::SUBSCRIBE).await;
        assert_eq!(wire.filter(&request), "refused");
        wire.suback(&request, 1).await;
        assert_eq!(recorder.wait_subscribed("refused", 2).await, Grant::Granted { qos: 1 });
        let request = wire.expect(kind::UNSUBSCRIBE).await;
        assert_eq!(wire.filter(&request), "of an earlier run");
        wire.unsuback(&request).await;
        wait_unsubscribed(&recorder, "dropped").await;
        wait_unsubscribed(&recorder, "of an earlier run").await;
        session.close().await;
    }
}

/// The same with a real broker, over a restart of the program (a session with the same client id) and over a
/// connection that broke (another client took the id).
#[tokio::test]
async fn mosquitto_keeps_what_is_wanted_and_forgets_what_is_not() {
    let broker = Broker::start(&Config::default()).unwrap();
    for version in VERSIONS {
        let mut options = kept(broker.port(), version);
        options.client_id = format!("kept-{version:?}");
        let (earlier, recorder) = start(options.clone());
        for filter in ["kept/wanted", "kept/unwanted"] {
            earlier.subscribe(filter, 1).unwrap();
            recorder.wait_subscribed(filter, 1).await;
        }
        earlier.close().await;

        let (session, recorder) = start(options.clone());
        session.subscribe("kept/wanted", 1).unwrap();
        session.unsubscribe("kept/unwanted").unwrap();
        recorder.wait_subscribed("kept/wanted", 1).await;
        wait_unsubscribed(&recorder, "kept/unwanted").await;

        let (thief, other) = start(Options { retry: Retry::Never, ..options });
        other.wait_online(1).await;
        assert_eq!(recorder.wait_subscribed("kept/wanted", 2).await, Grant::Granted { qos: 1 });
        for (id, topic) in (1..).zip(["kept/unwanted", "kept/wanted"]) {
            publish(&session, id, topic, topic, 1).unwrap();
        }
        let messages = recorder.wait_messages(1).await;
        assert_eq!(messages[0].payload, "kept/wanted", "the other one came first and was not delivered");
        session.close().await;
        thief.close().await;
    }
}
