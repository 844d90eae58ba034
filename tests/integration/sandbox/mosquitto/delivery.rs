//! QoS 2, wills and shared subscriptions.

use super::{Subscriber, every_way};
use anyhow::Result;

#[tokio::test]
async fn qos_2_and_a_will_of_qos_2() -> Result<()> {
    every_way(async |way| {
        let mut subscriber = Subscriber::start(&way, "%q %p", &["-q", "2", "-t", "twice/+"]).await?;
        assert_eq!(subscriber.granted, "Subscribed (mid: 1): 2, 2");
        for payload in ["one", "two"] {
            way.publish(&["-q", "2", "-t", "twice/a", "-m", payload]).await?;
            assert_eq!(subscriber.next().await?, format!("2 {payload}"));
        }
        let will = ["--will-topic", "twice/will", "--will-payload", "gone", "--will-qos", "2", "-t", "x"];
        let vanishing = Subscriber::start(&way, "%p", &will).await?;
        // Killed: no goodbye.
        vanishing.end().await?;
        assert_eq!(subscriber.next().await?, "2 gone");
        subscriber.end().await
    })
    .await
}

#[tokio::test]
async fn subscribers_of_a_group_take_turns() -> Result<()> {
    every_way(async |way| {
        let shared = ["-q", "1", "-t", "$share/workers/jobs"];
        let mut one = Subscriber::start(&way, "%p", &shared).await?;
        let mut other = Subscriber::start(&way, "%p", &shared).await?;
        for payload in ["1", "2", "3", "4"] {
            way.publish(&["-q", "1", "-t", "jobs", "-m", payload]).await?;
        }
        let mut taken = Vec::new();
        for _ in 0..2 {
            taken.extend([one.next().await?, other.next().await?]);
        }
        taken.sort();
        assert_eq!(taken, ["1", "2", "3", "4"]);
        one.end().await?;
        other.end().await
    })
    .await
}
