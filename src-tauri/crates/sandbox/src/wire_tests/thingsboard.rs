//! ThingsBoard's rules.

use super::*;
use crate::personality::thingsboard::{Credential, Device, Profile, ThingsBoard};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hubscope_pki::{self_signed_device, thingsboard_id};

fn device(id: &str, credential: Credential) -> Device {
    Device { id: id.into(), credential }
}

fn basic(client_id: Option<&str>, user_name: Option<&str>, password: Option<&str>) -> Credential {
    Credential::Basic {
        client_id: client_id.map(Into::into),
        user_name: user_name.map(Into::into),
        password: password.map(|password| password.to_owned().into()),
    }
}

fn hub_with(more: Vec<Device>) -> Hub {
    let mut devices = vec![
        device("by-token", Credential::Token("tok".to_owned().into())),
        device("by-id", basic(Some("c1"), None, None)),
        device("by-user", basic(None, Some("u1"), None)),
        device("by-pair", basic(None, Some("u2"), Some("p2"))),
        device("by-all", basic(Some("c3"), Some("u3"), Some("p3"))),
    ];
    devices.extend(more);
    let profile = Profile { key: "key".to_owned().into(), secret: "secret".to_owned().into() };
    let limits = Limits::default().of(hubscope_model::Personality::ThingsBoard);
    Hub::playing(limits, |_| Arc::new(ThingsBoard::new(devices, profile, None)))
}

#[tokio::test(start_paused = true)]
async fn every_legal_combination_is_let_in() {
    let mut hub = hub_with(Vec::new());
    for (client_id, user, password) in [
        ("any", Some("tok"), None),
        ("any", Some("tok"), Some("ignored")),
        ("c1", None, None),
        ("any", Some("u1"), None),
        ("any", Some("u1"), Some("anything, since none is stored")),
        ("any", Some("u2"), Some("p2")),
        ("c3", Some("u3"), Some("p3")),
        ("any", Some("provision"), None),
        ("provision", None, None),
    ] {
        let connect = connect_as(4, true, client_id, user, password);
        assert_eq!(hub.dial().ask(&connect).await.unwrap(), [0x20, 2, 0, 0], "{client_id} {user:?}");
    }
}

/// The codes of the transport's source; session present follows clean session even here.
#[tokio::test(start_paused = true)]
async fn refusals_have_the_servers_codes() {
    let mut hub = hub_with(Vec::new());
    for (client_id, user, password, three, five) in [
        ("c1x", Some("bad"), None, 5, 0x86),
        ("c1x", Some("bad"), Some(""), 5, 0x86),
        ("c1x", Some("u"), Some("p"), 5, 0x86),
        ("c3", Some("u3"), Some("wrong"), 5, 0x86),
        ("other", Some("u3"), Some("p3"), 5, 0x86),
        ("c1x", None, None, 2, 0x85),
        ("", None, None, 5, 0x87),
    ] {
        for clean in [true, false] {
            // MQTT 3.1.1 itself forbids an empty client id there.
            if clean || !client_id.is_empty() {
                let answer = hub.dial().ask(&connect_as(4, clean, client_id, user, password)).await.unwrap();
                assert_eq!(answer, [0x20, 2, u8::from(!clean), three], "{client_id} {user:?}");
            }
            let answer = hub.dial().ask(&connect_as(5, clean, client_id, user, password)).await.unwrap();
            assert_eq!(answer, [0x20, 3, u8::from(!clean), five, 0], "{client_id} {user:?}");
        }
    }
    let claimed = hub.dial().ask(&connect_as(4, false, "x", Some("tok"), None)).await.unwrap();
    assert_eq!(claimed, [0x20, 2, 1, 0], "a session that is not there");
}

#[tokio::test(start_paused = true)]
async fn a_certificate_is_known_by_its_id_and_counts_alone() {
    let (known, unknown) = (self_signed_device("d").unwrap(), self_signed_device("d").unwrap());
    let der = |pem: &str| {
        let body: String = pem.lines().take_while(|line| !line.starts_with("-----END")).skip(1).collect();
        STANDARD.decode(body).unwrap()
    };
    let id = thingsboard_id(&der(&known.cert_pem));
    let mut hub = hub_with(vec![device("by-certificate", Credential::Certificate(id))]);
    let peer = |pem: &str| Peer { certificates: vec![der(pem)] };
    let good = hub.dial_as(peer(&known.cert_pem)).ask(&connect_as(4, true, "x", None, None)).await.unwrap();
    assert_eq!(good, [0x20, 2, 0, 0]);
    for (level, expected) in [(4, vec![0x20, 2, 0, 5]), (5, vec![0x20, 3, 0, 0x87, 0])] {
        let with_token = connect_as(level, true, "x", Some("tok"), None);
        assert_eq!(hub.dial_as(peer(&unknown.cert_pem)).ask(&with_token).await.unwrap(), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn filters_are_taken_word_for_word_and_unknown_topics_passed_over() {
    let mut hub = hub_with(Vec::new());
    let mut three = hub.client(connect_as(4, true, "x", Some("tok"), None)).await;
    for filter in ["v1/devices/me/attributes", "v1/devices/me/rpc/request/+", "v2/fw/response/+/chunk/+"] {
        assert_eq!(three.ask(&subscribe_3(filter, 1)).await.unwrap(), [0x90, 3, 0, 1, 1], "{filter}");
    }
    for filter in ["#", "v1/devices/me/#", "v1/devices/me/attributes/+", "v1/devices/me/telemetry"] {
        assert_eq!(three.ask(&subscribe_3(filter, 1)).await.unwrap(), [0x90, 3, 0, 1, 0x80], "{filter}");
    }
    assert_eq!(three.ask(&publish_3(2, "typo", &[0, 1], "{}")).await.unwrap(), [0x40, 2, 0, 1]);
    let mut five = hub.client(connect_as(5, true, "y", Some("u1"), None)).await;
    assert_eq!(five.ask(&subscribe_5("#", 1, &[])).await.unwrap(), [0x90, 4, 0, 1, 0, 0x8f]);
    assert_eq!(five.ask(&publish_5(2, "typo", &[0, 1], &[], "{}")).await.unwrap(), [0x40, 3, 0, 1, 0x90]);
}

#[tokio::test(start_paused = true)]
async fn telemetry_has_a_shape() {
    let mut hub = hub_with(Vec::new());
    let topic = "v1/devices/me/telemetry";
    for (payload, good) in [
        (r#"{"t":25}"#, true),
        (r#"[{"a":1},{"b":true}]"#, true),
        (r#"{"ts":5,"values":{"t":25.5}}"#, true),
        ("25", false),
        ("[1,2]", false),
        ("{", false),
    ] {
        let mut three = hub.client(connect_as(4, true, "x", Some("tok"), None)).await;
        let expected = good.then(|| vec![0x40, 2, 0, 1]);
        assert_eq!(three.ask(&publish_3(2, topic, &[0, 1], payload)).await, expected, "{payload}");
        let mut five = hub.client(connect_as(5, true, "y", Some("u1"), None)).await;
        let expected = if good { vec![0x40, 2, 0, 1] } else { vec![0x40, 3, 0, 1, 0x99] };
        assert_eq!(five.ask(&publish_5(2, topic, &[0, 1], &[], payload)).await.unwrap(), expected, "{payload}");
    }
    let mut large = hub.client(connect_as(4, true, "x", Some("tok"), None)).await;
    large.send(&publish_3(2, topic, &[0, 1], &"x".repeat(65_537))).await;
    assert_eq!(large.packet().await, None);
}

#[tokio::test(start_paused = true)]
async fn what_is_sent_to_one_device_reaches_no_other() {
    let mut hub = hub_with(Vec::new());
    let mut one = hub.client(connect_as(4, true, "x", Some("tok"), None)).await;
    let mut other = hub.client(connect_as(4, true, "y", Some("u1"), None)).await;
    for raw in [&mut one, &mut other] {
        raw.ask(&subscribe_3("v1/devices/me/attributes", 1)).await.unwrap();
    }
    // Its own attributes do not come back.
    assert_eq!(one.ask(&publish_3(2, "v1/devices/me/attributes", &[0, 1], "{}")).await.unwrap(), [0x40, 2, 0, 1]);
    let message = Message::new("v1/devices/me/attributes", "{}", Qos::AtLeastOnce, false);
    assert_eq!(hub.context.broker.send("by-token", message, crate::broker::Reach::All), 1);
    assert_eq!(one.packet().await.unwrap(), publish_3(2, "v1/devices/me/attributes", &[0, 1], "{}"));
    assert!(other.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn provisioning_makes_a_device() {
    let mut hub = hub_with(Vec::new());
    let mut raw = hub.client(connect_as(4, true, "x", Some("provision"), None)).await;
    assert_eq!(raw.ask(&subscribe_3("v1/devices/me/attributes", 1)).await.unwrap(), [0x90, 3, 0, 1, 0x80]);
    assert_eq!(raw.ask(&subscribe_3("/provision/response", 0)).await.unwrap(), [0x90, 3, 0, 1, 0]);
    let mut ask = async |payload: &str| {
        raw.send(&publish_3(0, "/provision/request", &[], payload)).await;
        let answer = raw.packet().await.unwrap();
        let start = answer.iter().position(|byte| *byte == b'{').unwrap();
        serde_json::from_slice::<serde_json::Value>(&answer[start..]).unwrap()
    };
    let wrong = ask(r#"{"provisionDeviceKey":"key","provisionDeviceSecret":"no"}"#).await;
    assert_eq!(wrong["status"], "NOT_FOUND");
    let good = ask(r#"{"deviceName":"new","provisionDeviceKey":"key","provisionDeviceSecret":"secret"}"#).await;
    assert_eq!((&good["status"], &good["credentialsType"]), (&"SUCCESS".into(), &"ACCESS_TOKEN".into()));
    let again = ask(r#"{"deviceName":"new","provisionDeviceKey":"key","provisionDeviceSecret":"secret"}"#).await;
    assert_eq!(again["status"], "FAILURE");
    // Nothing else may be published.
    assert_eq!(raw.ask(&publish_3(2, "v1/devices/me/telemetry", &[0, 1], "{}")).await, None);
    let token = good["credentialsValue"].as_str().unwrap();
    hub.client(connect_as(4, true, "x", Some(token), None)).await;
}
