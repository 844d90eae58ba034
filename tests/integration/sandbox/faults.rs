//! Faults as MQTT.js feels them (tests/e2e/sandbox/steps.mjs).

use crate::{mqttjs, plain, quiet, token};
use anyhow::{Context, Result};
use hubscope_sandbox::{Fault, Misdeed, PacketKind, Sandbox};
use serde_json::{Value, json};
use std::time::Duration;

const VERSIONS: [u8; 2] = [4, 5];

/// The fault against the client of [`walk`].
fn against(misdeed: Misdeed, times: Option<u32>) -> Fault {
    Fault { misdeed, client: Some("victim".to_owned()), times }
}

/// What the client saw of the hub with this fault.
async fn walk(sandbox: &Sandbox, fault: Fault, version: u8, steps: &Value) -> Result<Vec<Value>> {
    sandbox.faults().inject(fault).context("there is room")?;
    let argument = json!({
        "url": format!("mqtt://{}", plain(sandbox)),
        "version": version,
        "user_name": token(sandbox, "thermo-a"),
        "client_id": "victim",
        // Reached only where an answer is held back.
        "connect_timeout": 2000,
        "steps": steps,
    });
    let said = mqttjs::script("steps", &argument).await;
    sandbox.faults().clear();
    said
}

fn whats(said: &[Value]) -> Vec<&str> {
    said.iter().filter_map(|line| line["what"].as_str()).collect()
}

#[tokio::test]
async fn connect_is_refused_with_a_code() -> Result<()> {
    let sandbox = quiet().await?;
    for (version, code) in [(4, 5), (5, 0x8a)] {
        let fault = against(Misdeed::RefuseConnect { code: 0x8a }, Some(1));
        let said = walk(&sandbox, fault, version, &json!([])).await?;
        assert_eq!((&said[0]["what"], &said[0]["code"]), (&json!("error"), &json!(code)), "{said:?}");
    }
    Ok(())
}

#[tokio::test]
async fn subscribe_and_publish_are_refused_with_a_code() -> Result<()> {
    let sandbox = quiet().await?;
    let steps = json!([{"subscribe": "no"}, {"publish": "never/a", "qos": 2}, {"publish": "ever", "qos": 1}]);
    let no = against(Misdeed::RefuseSubscribe { code: 0x97, filter: Some("no".to_owned()) }, None);
    for version in VERSIONS {
        let never = Misdeed::RefusePublish { code: 0x99, filter: Some("never/#".to_owned()) };
        sandbox.faults().inject(against(never, None)).context("there is room")?;
        let said = walk(&sandbox, no.clone(), version, &steps).await?;
        match version {
            5 => {
                // MQTT.js has the words for the code.
                assert_eq!(said[1]["message"], "Subscribe error: Quota exceeded", "{said:?}");
                assert_eq!((&said[2]["what"], &said[2]["code"]), (&json!("refused"), &json!(0x99)), "{said:?}");
                assert_eq!(said[3]["topic"], "ever", "{said:?}");
            }
            // MQTT 3.1.1 has 0x80 for SUBACK, and for PUBLISH only the end of the connection.
            _ => {
                assert_eq!(said[1]["what"], "refused", "{said:?}");
                assert!(!said.iter().any(|line| line["what"] == "acknowledged"), "{said:?}");
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_session_is_said_to_be_there_that_is_not() -> Result<()> {
    let sandbox = quiet().await?;
    for version in VERSIONS {
        let said = walk(&sandbox, against(Misdeed::WrongSessionPresent, Some(1)), version, &json!([])).await?;
        assert_eq!(said[0], json!({"what": "connected", "present": true}));
    }
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_held_back_or_trickles_is_not_waited_for() -> Result<()> {
    let sandbox = quiet().await?;
    let hour = Duration::from_secs(3600);
    for version in VERSIONS {
        for misdeed in [
            Misdeed::Delay { time: hour, packet: Some(PacketKind::Connack) },
            // MQTT 3.1.1's CONNACK has four bytes: the fourth comes when the client's two seconds are over.
            Misdeed::Throttle { bytes_per_second: 1 },
            Misdeed::Lose { packet: PacketKind::Connack },
        ] {
            let fault = against(misdeed, None);
            let said = walk(&sandbox, fault, version, &json!([])).await?;
            assert!(!whats(&said).contains(&"connected"), "{said:?}");
            assert!(whats(&said).contains(&"close"), "{said:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_connection_ends_in_the_middle_of_a_packet() -> Result<()> {
    let sandbox = quiet().await?;
    for version in VERSIONS {
        let fault = against(Misdeed::Cut { packet: PacketKind::Suback }, Some(1));
        let said = walk(&sandbox, fault, version, &json!([{"subscribe": "t"}])).await?;
        let whats = whats(&said);
        assert!(whats[0] == "connected" && whats.contains(&"close") && !whats.contains(&"granted"), "{said:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_acknowledgement_is_lost_and_the_next_is_not() -> Result<()> {
    let sandbox = quiet().await?;
    for (version, qos, packet) in [
        (4, 1, PacketKind::Puback),
        (5, 1, PacketKind::Puback),
        (4, 2, PacketKind::Pubrec),
        (5, 2, PacketKind::Pubcomp),
    ] {
        let fault = against(Misdeed::Lose { packet }, Some(1));
        let steps = json!([{"publish": "lost", "qos": qos, "wait": false}, {"publish": "kept", "qos": qos}]);
        let said = walk(&sandbox, fault, version, &steps).await?;
        assert_eq!((&said[1]["what"], &said[1]["topic"]), (&json!("acknowledged"), &json!("kept")), "{said:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_message_is_larger_than_it_was() -> Result<()> {
    let sandbox = quiet().await?;
    for version in VERSIONS {
        let fault = against(Misdeed::Oversized { bytes: 300_000 }, Some(1));
        let steps = json!([{"subscribe": "t"}, {"publish": "t", "qos": 0}, {"receive": true}]);
        let said = walk(&sandbox, fault, version, &steps).await?;
        let message = said.iter().find(|line| line["what"] == "message").context("a message")?;
        assert!(message["length"].as_u64().is_some_and(|length| length > 299_000), "{said:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_packet_is_malformed() -> Result<()> {
    let sandbox = quiet().await?;
    for version in VERSIONS {
        let fault = against(Misdeed::Malformed { packet: PacketKind::Suback }, Some(1));
        let said = walk(&sandbox, fault, version, &json!([{"subscribe": "t"}])).await?;
        let error = said.iter().find(|line| line["what"] == "error").context("an error")?;
        assert!(error["message"].as_str().is_some_and(|text| text.contains("Invalid header flag bits")), "{said:?}");
    }
    Ok(())
}
