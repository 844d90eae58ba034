//! Sessions with SAS tokens at the sandbox's Azure IoT Hub, with the tokens and options that the hubs crate makes.

use crate::{options, publish, start};
use hubscope_hubs::connect_options;
use hubscope_model::{
    Code, Credential, Device, DeviceId, Hub, HubKind, KeyChoice, MqttVersion, Personality, PublishOutcome, SasOptions,
    SecretField, SessionOptions, Transport,
};
use hubscope_mqtt::{Event, Session};
use hubscope_pki::Trust;
use hubscope_sandbox::{Behaviour, Login, Sandbox};
use hubscope_tests::recorder::{Recorder, Told};
use hubscope_tests::within;
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

const DEVICE: &str = "freezer-1";
const UP: &str = "devices/freezer-1/messages/events/";
const DOWN: &str = "devices/freezer-1/messages/devicebound/";

/// The sandbox as Azure IoT Hub, without traffic of its own.
async fn sandbox() -> Sandbox {
    hubscope_pki::install_crypto_provider();
    let options = hubscope_sandbox::Options { personality: Personality::Azure, ..Default::default() };
    Sandbox::start_with(options, Behaviour { quiet: true, ..Behaviour::default() }).await.unwrap()
}

/// A session of [`DEVICE`] whose tokens live so many seconds.
fn connect(sandbox: &Sandbox, lifetime: u32, auto_renew: bool) -> (Session, Recorder) {
    let simulated = sandbox.devices().iter().find(|device| device.id == DEVICE).unwrap();
    let Login::SharedAccessKey { primary, .. } = &simulated.login else { panic!("{simulated:?}") };
    let hub = Hub::new(HubKind::AzureIotHub, "localhost", sandbox.mqtts().port(), Transport::Mqtts);
    let device = Device {
        id: DeviceId::new(),
        hub: hub.id,
        name: DEVICE.into(),
        client_id: DEVICE.into(),
        credential: Credential::SharedAccessKey {
            sign_with: KeyChoice::Primary,
            sas: SasOptions { lifetime, auto_renew },
        },
        secrets: Vec::new(),
        certificate: None,
        credential_set: None,
        options: SessionOptions { clean_session: false, ..SessionOptions::default() },
    };
    let trust = Trust::CaPem(sandbox.ca_pem().to_owned());
    let secrets = HashMap::from([(SecretField::PrimaryKey, primary.clone())]);
    let mut made = connect_options(&hub, &trust, &device, None, &secrets).unwrap();
    made.timing = options(0, MqttVersion::V311).timing;
    start(made)
}

fn gaps(recorder: &Recorder) -> Vec<u64> {
    let told = recorder.told().into_iter();
    told.filter_map(|told| match told {
        Told::Event(Event::Renewed { gap }) => Some(gap),
        _ => None,
    })
    .collect()
}

/// Sends QoS 1 messages both ways until the token was renewed so often, then looks whether every one arrived and
/// answers the gaps in microseconds. `asked`: each renewal is asked for; `pace`: between five messages each way.
async fn talk_over(renewals: usize, asked: bool, pace: Duration) -> Vec<u64> {
    let sandbox = sandbox().await;
    let (session, recorder) = connect(&sandbox, 60, true);
    session.subscribe(&format!("{DOWN}#"), 1).unwrap();
    recorder.wait_subscribed(&format!("{DOWN}#"), 1).await;
    let mut watch = sandbox.watch();
    let (mut sent, mut seen, mut asks) = (0, BTreeSet::new(), 0);
    while gaps(&recorder).len() < renewals {
        if asked && gaps(&recorder).len() == asks {
            session.renew().unwrap();
            asks += 1;
        }
        for number in sent..sent + 5 {
            publish(&session, number, UP, number.to_string(), 1).unwrap();
            assert_eq!(sandbox.send(DEVICE, DOWN, number.to_string()), 1, "also while it is away");
        }
        sent += 5;
        while seen.len() < sent as usize {
            let message = within("a message at the hub", watch.next()).await.unwrap();
            seen.insert(String::from_utf8_lossy(&message.payload).parse::<u32>().unwrap());
        }
        tokio::time::sleep(pace).await;
    }
    let outcomes = recorder.wait_outcomes(sent as usize).await;
    let acknowledged = |outcome: &PublishOutcome| matches!(outcome, PublishOutcome::Acknowledged { .. });
    assert!(outcomes.iter().all(|(_, outcome)| acknowledged(outcome)), "{outcomes:?}");
    recorder
        .until("every message to the device", |told| {
            let numbers: BTreeSet<u32> = told
                .iter()
                .filter_map(|told| match told {
                    Told::Message(message) => String::from_utf8_lossy(&message.payload).parse().ok(),
                    _ => None,
                })
                .collect();
            numbers.into_iter().eq(0..sent).then_some(())
        })
        .await;
    assert!(recorder.reasons().is_empty(), "one connection lost: {:?}", recorder.reasons());
    session.close().await;
    sandbox.stop().await;
    gaps(&recorder)
}

/// The hub checks each token, and keeps what it sends to the device while that is away.
#[tokio::test]
async fn ten_renewals_of_a_sas_token_lose_no_message() {
    assert_eq!(talk_over(10, true, Duration::ZERO).await.len(), 10);
}

/// The same at the token's own pace: 60 seconds, renewed by itself. `cargo test --test mqtt -- --ignored`
#[tokio::test]
#[ignore = "takes eight minutes"]
async fn ten_lives_of_a_60_second_sas_token_lose_no_message() {
    let gaps = talk_over(10, false, Duration::from_millis(200)).await;
    println!("gaps in microseconds: {gaps:?}");
}

/// Without renewal the hub ends the session with its token, and the next connection begins with a fresh one.
#[tokio::test]
async fn a_token_that_is_not_renewed_ends_the_connection() {
    let sandbox = sandbox().await;
    let (session, recorder) = connect(&sandbox, 2, false);
    assert_eq!(recorder.wait_waiting(1).await.code, Code::ConnectionLost);
    recorder.wait_online(2).await;
    assert!(gaps(&recorder).is_empty());
    session.close().await;
    sandbox.stop().await;
}
