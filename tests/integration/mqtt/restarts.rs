//! A broker that is killed and started again and again while messages flow both ways.

use crate::{VERSIONS, options, publish, start};
use hubscope_model::PublishOutcome;
use hubscope_mqtt::Received;
use hubscope_tests::mosquitto::{Broker, Config};
use std::collections::HashSet;

const RESTARTS: usize = 20;

#[tokio::test]
async fn twenty_restarts_lose_nothing_without_saying_so() {
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    for version in VERSIONS {
        let mut broker = Broker::start(&Config::default()).unwrap();
        let (session, recorder) = start(options(broker.port(), version));
        session.subscribe("restart/#", 1).unwrap();
        session.subscribe("other/+", 0).unwrap();
        let mut id = 0;
        for round in 1..=RESTARTS {
            recorder.wait_subscribed("restart/#", round).await;
            recorder.wait_subscribed("other/+", round).await;
            assert_eq!(tasks(), 1, "one task a session, in every round");
            // One that surely comes back, so that each connection is shown to work both ways …
            let received = recorder.messages().len();
            publish(&session, id, "restart/echo", id.to_string(), 1).unwrap();
            id += 1;
            recorder.wait_messages(received + 1).await;
            // … and a crowd into which the broker dies.
            for _ in 0..300 {
                publish(&session, id, "restart/crowd", id.to_string(), (id % 2) as u8).unwrap();
                id += 1;
            }
            broker.kill().unwrap();
            // While it is away more is asked for.
            publish(&session, id, "restart/away", id.to_string(), 1).unwrap();
            id += 1;
            broker.resume().unwrap();
        }
        let outcomes = recorder.wait_outcomes(id as usize).await;
        session.close().await;
        while tasks() > 0 {
            tokio::task::yield_now().await;
        }
        let settled: HashSet<_> = outcomes.iter().map(|(publish, _)| publish.0).collect();
        assert_eq!(settled.len(), id as usize);
        assert_eq!(recorder.outcomes().len(), id as usize, "exactly one outcome each");
        let mut unique = HashSet::new();
        for qos in [0, 1] {
            // The broker lets QoS 0 overtake QoS 1; within a level the order holds (4.6.0-6).
            let received: Vec<u32> =
                recorder.messages().iter().filter(|message| message.qos == qos).map(number).collect();
            assert!(received.is_sorted(), "in order, over all connections");
            assert!(
                received.iter().all(|number| unique.insert(*number)),
                "twice: something of unknown fate was sent again"
            );
        }
        let unknown = outcomes.iter().filter(|(_, outcome)| *outcome == PublishOutcome::Unknown).count();
        assert!(unknown < id as usize / 2, "{unknown} of {id} unknown");
        for (publish, outcome) in &outcomes {
            let fine = match outcome {
                PublishOutcome::Sent => publish.0 < id,
                PublishOutcome::Acknowledged { .. } | PublishOutcome::Unknown => true,
                PublishOutcome::Pending | PublishOutcome::Refused { .. } => false,
            };
            assert!(fine, "{publish:?} {outcome:?}");
        }
    }
}

fn number(message: &Received) -> u32 {
    String::from_utf8_lossy(&message.payload).parse().unwrap()
}
