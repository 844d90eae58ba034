//! Kaa's rules.

use super::*;
use crate::personality::kaa::{Clients, Endpoint, Kaa, State, Tokens};
use std::time::SystemTime;

fn endpoint(id: &str, state: State) -> Endpoint {
    Endpoint {
        id: id.into(),
        endpoint_id: format!("e-{id}"),
        token_id: format!("t-{id}"),
        token: format!("token-{id}").into(),
        app_version: "demo-v1".to_owned(),
        state,
        updated: SystemTime::now(),
    }
}

fn hub_with(clients: Option<Clients>) -> (Hub, Arc<Kaa>) {
    let states = [State::Inactive, State::Active, State::Suspended, State::Revoked];
    let endpoints = ["new", "on", "held", "gone"].into_iter().zip(states).map(|(id, state)| endpoint(id, state));
    let tokens = Tokens::new(endpoints.collect());
    let mut made = None;
    let hub = Hub::playing(Limits::default(), |broker| {
        let kaa = Arc::new(Kaa { broker: broker.clone(), tokens, clients, api_key: "key".to_owned().into() });
        made = Some(kaa.clone());
        kaa
    });
    (hub, made.unwrap())
}

/// A hub that lets everybody connect.
pub(super) fn open_hub() -> Hub {
    hub_with(None).0
}

fn anybody() -> Vec<u8> {
    connect_as(4, true, "anything", None, None)
}

/// The answer on a topic, after the PUBACK.
async fn answer(raw: &mut Raw, topic: &str, payload: &str) -> (String, String) {
    assert_eq!(raw.ask(&publish_3(2, topic, &[0, 1], payload)).await.unwrap(), [0x40, 2, 0, 1], "{topic}");
    let packet = raw.packet().await.unwrap();
    let (id, body) = (packet.iter().position(|byte| *byte == b'k').unwrap(), packet.len());
    let length = usize::from(packet[id - 1]);
    let text = |part: &[u8]| String::from_utf8(part.to_vec()).unwrap();
    let acknowledged = [0x40, 2, packet[id + length], packet[id + length + 1]];
    raw.send(&acknowledged).await;
    (text(&packet[id..id + length]), text(&packet[id + length + 2..body]))
}

#[tokio::test(start_paused = true)]
async fn data_collection_answers_requests() {
    let (mut hub, kaa) = hub_with(None);
    let mut raw = hub.client(anybody()).await;
    let topic = "kp1/demo-v1/dcx/token-on/json/42";
    assert_eq!(answer(&mut raw, topic, r#"{"t":1}"#).await, (format!("{topic}/status"), String::new()));
    let bad = answer(&mut raw, topic, "{").await;
    assert_eq!(bad.0, format!("{topic}/error"));
    assert_eq!(bad.1, r#"{"statusCode":400,"reasonPhrase":"Bad Request"}"#);
    // Without a request id there is no answer.
    assert_eq!(raw.ask(&publish_3(2, "kp1/demo-v1/dcx/token-on/json", &[0, 2], "{}")).await.unwrap(), [0x40, 2, 0, 2]);
    assert!(raw.is_silent().await);
    // The first use makes a new token active.
    assert_eq!(kaa.tokens.active().len(), 1);
    answer(&mut raw, "kp1/demo-v1/dcx/token-new/plain/t/1", "1").await;
    assert_eq!(kaa.tokens.active().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn tokens_that_are_not_good_are_refused() {
    let (mut hub, _) = hub_with(None);
    for (part, words) in [
        ("demo-v1/dcx/token-held", "suspended"),
        ("demo-v1/dcx/token-gone", "revoked"),
        ("demo-v1/dcx/nobody", "not known"),
        ("other-v1/dcx/token-on", "not known"),
    ] {
        let mut raw = hub.client(anybody()).await;
        let (topic, payload) = answer(&mut raw, &format!("kp1/{part}/json/7"), "{}").await;
        assert_eq!(topic, format!("kp1/{part}/json/7/error"));
        assert!(payload.contains("403") && payload.contains(words), "{payload}");
        let filter = format!("kp1/{part}/json/+");
        assert_eq!(raw.ask(&subscribe_3(&filter, 1)).await.unwrap(), [0x90, 3, 0, 1, 0x80], "{filter}");
        assert_eq!(raw.ask(&publish_3(2, &format!("kp1/{part}/json"), &[0, 1], "{}")).await, None);
    }
    let mut raw = hub.client(anybody()).await;
    for (filter, code) in [
        ("#", 0x80),
        ("kp1/#", 0x80),
        ("kp1/+/+/+/json/+", 0x80),
        ("kp1/demo-v1/+/#", 0x80),
        ("kp1/demo-v1/+/token-on/#", 1),
        ("kp1/+/cmx/token-on/config/json/status", 1),
    ] {
        assert_eq!(raw.ask(&subscribe_3(filter, 1)).await.unwrap(), [0x90, 3, 0, 1, code], "{filter}");
    }
    assert_eq!(raw.ask(&publish_3(2, "telemetry", &[0, 1], "{}")).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_change_of_state_ends_the_sessions_of_that_token_only() {
    let (mut hub, kaa) = hub_with(None);
    let mut on = hub.client(anybody()).await;
    on.ask(&subscribe_3("kp1/demo-v1/+/token-on/#", 1)).await.unwrap();
    let mut new = hub.client(connect_as(5, true, "another", None, None)).await;
    new.ask(&subscribe_5("kp1/demo-v1/+/token-new/#", 1, &[])).await.unwrap();
    assert!(kaa.change("e-on", "t-on", State::Inactive).is_err());
    assert!(kaa.change("e-on", "t-new", State::Suspended).is_err());
    let listed = kaa.change("e-on", "t-on", State::Suspended).unwrap();
    assert_eq!((&listed["status"], &listed["applicationName"]), (&"SUSPENDED".into(), &"demo".into()));
    assert!(!listed.to_string().contains("token-on"));
    assert_eq!(on.packet().await, None);
    assert_eq!(new.ask(&[0xc0, 0]).await.unwrap(), [0xd0, 0]);
    kaa.change("e-on", "t-on", State::Active).unwrap();
    kaa.change("e-new", "t-new", State::Revoked).unwrap();
    assert_eq!(new.packet().await.unwrap(), [0xe0, 2, 0x98, 0]);
    assert!(kaa.change("e-new", "t-new", State::Active).is_err(), "revoked is final");
}

#[tokio::test(start_paused = true)]
async fn client_credentials_are_asked_for_when_the_tenant_wants_them() {
    let issued = hubscope_pki::self_signed_device("client").unwrap();
    let identity =
        hubscope_pki::read_identity(issued.chain_pem.as_bytes(), Some(issued.key_pem.as_bytes()), None).unwrap();
    let clients = Clients {
        user_name: "name@tenant".to_owned(),
        password: "password".to_owned().into(),
        certificate: (identity.summary.issuer, identity.summary.serial),
    };
    let (mut hub, _) = hub_with(Some(clients));
    for (user, password, code) in [
        (Some("name@tenant"), Some("password"), 0),
        (Some("name@tenant"), Some("wrong"), 5),
        (Some("name"), Some("password"), 5),
        (None, None, 5),
    ] {
        let answer = hub.dial().ask(&connect_as(4, true, "c", user, password)).await.unwrap();
        assert_eq!(answer, [0x20, 2, 0, code], "{user:?} {password:?}");
    }
}
