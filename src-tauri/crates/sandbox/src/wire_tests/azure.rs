//! Azure IoT Hub's rules, with tokens signed here. That the vendor's own tokens are read is a test of `sas`.

use super::*;
use crate::personality::azure::{Azure, Identity, Policy, Proof};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use hubscope_pki::{Authority, self_signed_device, sha1_thumbprint, sha256_thumbprint};
use std::time::SystemTime;

const KEY_1: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const KEY_2: &str = "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eDf3t3c29rZ2NfW1dTT0tHQz87NzMvKycjHxsXEw8LBwA==";

fn bytes(key: &str) -> Vec<u8> {
    STANDARD.decode(key).unwrap()
}

fn keys() -> Proof {
    Proof::Keys([bytes(KEY_1).into(), bytes(KEY_2).into()])
}

fn identity(id: &str, enabled: bool, proof: Proof) -> Identity {
    Identity { id: id.into(), enabled, proof }
}

fn hub_with(more: Vec<Identity>) -> Hub {
    let mut identities =
        vec![identity("Dev-A_1", true, keys()), identity("Dev-A_1/mod1", true, keys()), identity("off", false, keys())];
    identities.extend(more);
    let policies = vec![Policy { name: "device", key: bytes(KEY_2).into() }];
    let limits = Limits::default().of(hubscope_model::Personality::Azure);
    Hub::playing(limits, |_| Arc::new(Azure { identities, enrolled_ca: None, policies }))
}

fn soon() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    now.as_secs() + 600
}

/// A token signed here; `resource` is already encoded.
fn sas(key: &str, resource: &str, expiry: u64, policy: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&bytes(key)).unwrap();
    mac.update(format!("{resource}\n{expiry}").as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let signature = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    format!("SharedAccessSignature sr={resource}&sig={signature}&se={expiry}{policy}")
}

fn user_name(id: &str) -> String {
    format!("localhost/{id}/?api-version=2021-04-12")
}

fn connect(id: &str, password: &str) -> Vec<u8> {
    connect_as(4, true, id, Some(&user_name(id)), Some(password))
}

const RESOURCE: &str = "localhost%2Fdevices%2FDev-A_1";

#[tokio::test]
async fn every_right_way_is_let_in() {
    let mut hub = hub_with(Vec::new());
    let good = [
        ("Dev-A_1", sas(KEY_1, RESOURCE, soon(), "")),
        ("Dev-A_1", sas(KEY_2, RESOURCE, soon(), "")),
        ("Dev-A_1", sas(KEY_1, "LOCALHOST%2fdevices%2fdev-a_1", soon(), "&skn=")),
        ("Dev-A_1", sas(KEY_1, "127.0.0.1/devices/Dev-A_1", soon(), "")),
        ("Dev-A_1/mod1", sas(KEY_1, &format!("{RESOURCE}%2Fmodules%2Fmod1"), soon(), "")),
        ("Dev-A_1", sas(KEY_2, RESOURCE, soon(), "&skn=device")),
        ("Dev-A_1", sas(KEY_2, "localhost%2Fdevices", soon(), "&skn=device")),
        ("Dev-A_1/mod1", sas(KEY_2, "localhost", soon(), "&skn=device")),
    ];
    for (id, token) in good {
        assert_eq!(hub.dial().ask(&connect(id, &token)).await.unwrap(), [0x20, 2, 0, 0], "{id} {token}");
    }
    // `sig,se,sr`, as the papers show it too.
    let token = sas(KEY_1, RESOURCE, soon(), "");
    let (resource, rest) = token.trim_start_matches("SharedAccessSignature ").split_once('&').unwrap();
    let turned = format!("SharedAccessSignature {rest}&{resource}");
    assert_eq!(hub.dial().ask(&connect("Dev-A_1", &turned)).await.unwrap(), [0x20, 2, 0, 0]);
}

#[tokio::test]
async fn every_wrong_way_is_refused_alike() {
    let mut hub = hub_with(Vec::new());
    let good = sas(KEY_1, RESOURCE, soon(), "");
    let as_user = |user: &str| connect_as(4, true, "Dev-A_1", Some(user), Some(&good));
    let mut tampered = good.clone();
    tampered = tampered.replace("se=", "se=1");
    for (why, connect) in [
        ("another key", connect("Dev-A_1", &sas(&KEY_1.replace('A', "B"), RESOURCE, soon(), ""))),
        ("another device's resource", connect("Dev-A_1", &sas(KEY_1, "localhost%2Fdevices%2Fother", soon(), ""))),
        ("another hub's", connect("Dev-A_1", &sas(KEY_1, "contoso.net%2Fdevices%2FDev-A_1", soon(), ""))),
        ("a key signs its own resource only", connect("Dev-A_1", &sas(KEY_1, "localhost%2Fdevices", soon(), ""))),
        ("a module is not its device", connect("Dev-A_1/mod1", &good)),
        (
            "a device is not its module",
            connect("Dev-A_1", &sas(KEY_1, &format!("{RESOURCE}%2Fmodules%2Fmod1"), soon(), "")),
        ),
        ("expired", connect("Dev-A_1", &sas(KEY_1, RESOURCE, 1_700_000_000, ""))),
        ("its end was changed", connect("Dev-A_1", &tampered)),
        ("an unknown policy", connect("Dev-A_1", &sas(KEY_2, RESOURCE, soon(), "&skn=nobody"))),
        (
            "a policy with a part of a segment",
            connect("Dev-A_1", &sas(KEY_2, "localhost%2Fdev", soon(), "&skn=device")),
        ),
        ("the key itself", connect("Dev-A_1", KEY_1)),
        ("no password", connect_as(4, true, "Dev-A_1", Some(&user_name("Dev-A_1")), None)),
        ("a field twice", connect("Dev-A_1", &format!("{good}&se=1"))),
        ("disabled", connect("off", &sas(KEY_1, "localhost%2Fdevices%2Foff", soon(), ""))),
        ("unknown", connect("nobody", &sas(KEY_1, "localhost%2Fdevices%2Fnobody", soon(), ""))),
        ("ids are case-sensitive", connect("dev-a_1", &good)),
        ("another host in the user name", as_user("contoso.net/Dev-A_1/?api-version=2021-04-12")),
        ("another id in the user name", as_user("localhost/off/?api-version=2021-04-12")),
        ("the id as user name", as_user("Dev-A_1")),
    ] {
        let mut raw = hub.dial();
        assert_eq!(raw.ask(&connect).await.unwrap(), [0x20, 2, 0, 5], "{why}");
        assert_eq!(raw.packet().await, None);
    }
    // MQTT 5 is not spoken.
    let five = connect_as(5, true, "Dev-A_1", Some(&user_name("Dev-A_1")), Some(&good));
    assert_eq!(hub.dial().ask(&five).await.unwrap(), [0x20, 2, 0, 1]);
    assert_eq!(hub.context.broker.counters().connected, 0);
}

fn der(pem: &str) -> Vec<u8> {
    let body: String = pem.lines().take_while(|line| !line.starts_with("-----END")).skip(1).collect();
    STANDARD.decode(body).unwrap()
}

#[tokio::test]
async fn certificates_are_known_by_thumbprint_or_by_their_authority() {
    let (authority, stranger) = (Authority::new("ours").unwrap(), Authority::new("ours").unwrap());
    let (own, spare, other) =
        (self_signed_device("any").unwrap(), self_signed_device("any").unwrap(), self_signed_device("any").unwrap());
    let prints = [sha1_thumbprint(&der(&own.cert_pem)).to_lowercase(), sha256_thumbprint(&der(&spare.cert_pem))];
    let mut hub = hub_with(vec![
        identity("self", true, Proof::Thumbprints(prints)),
        identity("ca", true, Proof::Authority(authority.pem().to_owned())),
    ]);
    let (leaf, wrong_name) = (authority.issue_device("ca").unwrap(), authority.issue_device("CA").unwrap());
    let forged = stranger.issue_device("ca").unwrap();
    let root = authority.pem();
    let sas = sas(KEY_1, "localhost%2Fdevices%2Fself", soon(), "");
    for (id, certificates, password, code) in [
        ("self", vec![own.cert_pem.as_str()], None, 0),
        ("self", vec![&spare.cert_pem], None, 0),
        ("self", vec![&other.cert_pem], None, 5),
        ("self", vec![], None, 5),
        ("self", vec![], Some(sas.as_str()), 5),
        ("ca", vec![&leaf.cert_pem], None, 0),
        ("ca", vec![&leaf.cert_pem, root], None, 0),
        ("ca", vec![&wrong_name.cert_pem], None, 5),
        ("ca", vec![&forged.cert_pem, root], None, 5),
        ("Dev-A_1", vec![&own.cert_pem], None, 5),
    ] {
        let peer = Peer { certificates: certificates.into_iter().map(der).collect() };
        let connect = connect_as(4, true, id, Some(&user_name(id)), password);
        assert_eq!(hub.dial_as(peer).ask(&connect).await.unwrap(), [0x20, 2, 0, code], "{id}");
    }
}

#[tokio::test]
async fn the_connection_ends_with_its_token() {
    let mut hub = hub_with(Vec::new());
    let expiry = soon() - 600 + 2;
    let mut raw = hub.client(connect("Dev-A_1", &sas(KEY_1, RESOURCE, expiry, ""))).await;
    assert_eq!(raw.packet().await, None);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    assert!(now.as_secs() >= expiry);
}

async fn inside(hub: &mut Hub, id: &str) -> Raw {
    let resource = format!("localhost%2Fdevices%2F{}", id.replace('/', "%2Fmodules%2F"));
    hub.client(connect(id, &sas(KEY_1, &resource, soon(), ""))).await
}

#[tokio::test(start_paused = true)]
async fn only_documented_topics_are_taken_and_others_end_the_connection() {
    let mut hub = hub_with(Vec::new());
    for filter in
        ["#", "devices/#", "devices/other/messages/devicebound/#", "$iothub/#", "devices/Dev-A_1/messages/events/"]
    {
        let mut raw = inside(&mut hub, "Dev-A_1").await;
        assert_eq!(raw.ask(&subscribe_3(filter, 1)).await, None, "{filter}");
    }
    for topic in ["devices/other/messages/events/", "devices/Dev-A_1/messages/events", "telemetry", "$iothub/x"] {
        let mut raw = inside(&mut hub, "Dev-A_1").await;
        assert_eq!(raw.ask(&publish_3(2, topic, &[0, 1], "{}")).await, None, "{topic}");
    }
    let mut raw = inside(&mut hub, "Dev-A_1").await;
    for (id, topic) in (1..).zip([
        "devices/Dev-A_1/messages/events/",
        "devices/Dev-A_1/messages/events/%24.ct=application%2Fjson&a=b",
        "$iothub/twin/GET/?$rid=1",
        "$iothub/twin/PATCH/properties/reported/?$rid=2",
        "$iothub/methods/res/200/?$rid=3",
    ]) {
        // The retain flag is taken, and nothing is retained.
        assert_eq!(raw.ask(&publish_3(3, topic, &[0, id], "{}")).await.unwrap(), [0x40, 2, 0, id], "{topic}");
    }
    for filter in ["devices/Dev-A_1/messages/devicebound/#", "$iothub/twin/res/#", "$iothub/methods/POST/#"] {
        assert_eq!(raw.ask(&subscribe_3(filter, 2)).await.unwrap(), [0x90, 3, 0, 1, 1], "{filter}");
    }
    let mut module = inside(&mut hub, "Dev-A_1/mod1").await;
    assert_eq!(module.ask(&subscribe_3("devices/Dev-A_1/modules/mod1/#", 1)).await.unwrap(), [0x90, 3, 0, 1, 1]);
    let topic = "devices/Dev-A_1/modules/mod1/messages/events/";
    assert_eq!(module.ask(&publish_3(2, topic, &[0, 9], "")).await.unwrap(), [0x40, 2, 0, 9]);
    assert_eq!(module.ask(&publish_3(4, topic, &[0, 9], "")).await, None, "QoS 2");
}

#[tokio::test(start_paused = true)]
async fn sizes_and_keep_alive_are_the_hubs() {
    let mut hub = hub_with(Vec::new());
    let topic = "devices/Dev-A_1/messages/events/abc=de";
    let mut raw = inside(&mut hub, "Dev-A_1").await;
    let fits = "x".repeat(256 * 1024 - 5);
    assert_eq!(raw.ask(&publish_3(2, topic, &[0, 1], &fits)).await.unwrap(), [0x40, 2, 0, 1]);
    raw.send(&publish_3(2, topic, &[0, 1], &format!("{fits}x"))).await;
    assert_eq!(raw.packet().await, None);
    // Off, and longer than 1178 s, is 1767 s of silence.
    let token = sas(KEY_1, RESOURCE, soon() + 100_000, "");
    for keep_alive in [0_u16, 3000] {
        let mut connect = connect("Dev-A_1", &token);
        let place = connect.windows(5).position(|window| window == b"MQTT\x04").unwrap() + 6;
        connect[place..place + 2].copy_from_slice(&keep_alive.to_be_bytes());
        let start = Instant::now();
        let mut raw = hub.client(connect).await;
        assert_eq!(timeout(Duration::from_secs(5000), raw.read()).await.unwrap(), None);
        assert_eq!(start.elapsed().as_secs(), 1767);
    }
}

#[tokio::test(start_paused = true)]
async fn messages_to_a_device_wait_for_it() {
    let mut hub = hub_with(Vec::new());
    let connect =
        |clean| connect_as(4, clean, "Dev-A_1", Some(&user_name("Dev-A_1")), Some(&sas(KEY_1, RESOURCE, soon(), "")));
    let mut raw = hub.client(connect(false)).await;
    raw.ask(&subscribe_3("devices/Dev-A_1/messages/devicebound/#", 1)).await.unwrap();
    raw.send(&[0xe0, 0]).await;
    assert_eq!(raw.packet().await, None);
    let topic = "devices/Dev-A_1/messages/devicebound/%24.mid=1";
    let send = |payload: &str| {
        let message = Message::new(topic, payload, Qos::AtLeastOnce, false);
        hub.context.broker.send("Dev-A_1", message, crate::broker::Reach::All)
    };
    for number in 0..60 {
        assert_eq!(send(&number.to_string()), 1);
    }
    assert_eq!(hub.context.broker.counters().dropped, 10, "50 wait at most");
    let mut back = hub.dial();
    assert_eq!(back.ask(&connect(false)).await.unwrap(), [0x20, 2, 1, 0]);
    for number in 0..50_u8 {
        let expected = publish_3(2, topic, &[0, number + 1], &number.to_string());
        assert_eq!(back.packet().await.unwrap(), expected);
    }
}
