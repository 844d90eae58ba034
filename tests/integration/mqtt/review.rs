//! What a session owes its users when something goes wrong where nobody looks: in the sink, between two
//! connections, in what the broker remembers.

use crate::{VERSIONS, options, publish, start};
use hubscope_model::{Code, MqttVersion, PublishId, PublishOutcome, SessionState};
use hubscope_mqtt::{Event, Received, Session, Sink};
use hubscope_tests::peer::Peer;
use hubscope_tests::recorder::{Recorder, RecorderSink};
use hubscope_tests::{until, within};
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
