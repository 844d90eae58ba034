//! Files of other programs, by the fields that their projects document.

#![cfg(test)]

use hubscope_hubs::foreign::{Connection, Foreign, Subscribed, read};
use hubscope_model::{
    ConnectProperties, ImportSource, LeftOut, LeftOutReason, MessageProperties, MqttVersion, PayloadDraft,
    SessionOptions, Transport, Will,
};

fn fixture(name: &str) -> Foreign {
    let path = format!("{}/tests/fixtures/foreign/{name}", env!("CARGO_MANIFEST_DIR"));
    read(&std::fs::read(path).unwrap()).unwrap()
}

fn said(left_out: &[LeftOut]) -> Vec<(&str, LeftOutReason)> {
    left_out.iter().map(|one| (one.what.as_str(), one.reason)).collect()
}

fn address(connection: &Connection) -> (&str, u16, Transport) {
    (&connection.host, connection.port, connection.transport)
}

fn subscribed(filter: &str, qos: u8, alias: Option<&str>, enabled: bool) -> Subscribed {
    Subscribed { filter: filter.into(), qos, alias: alias.map(Into::into), enabled }
}

#[test]
fn mqttx_gives_its_connections_and_says_what_it_has_more() {
    let file = fixture("mqttx.json");
    assert_eq!(file.source, ImportSource::Mqttx);
    let [line, old, dashboard] = &file.connections[..] else { panic!("three connections are taken over") };
    assert_eq!((address(dashboard), dashboard.path.as_str()), (("broker.example", 8083, Transport::Ws), "/mqtt"));
    assert_eq!(address(line), ("broker.example", 8883, Transport::Mqtts));
    assert_eq!((line.name.as_str(), line.client_id.as_str()), ("Line 4", "mqttx_0a1b2c3d"));
    assert_eq!(line.user_name.as_deref(), Some("line4"));
    assert_eq!(line.password.as_ref().map(|text| text.as_str()), Some("planted-mqttx"));
    assert_eq!(
        (line.options.version, line.options.clean_session, line.options.keep_alive),
        (MqttVersion::V5, false, 30)
    );
    assert_eq!(line.subscriptions[0], subscribed("line4/#", 1, Some("all"), true));
    assert_eq!((line.subscriptions[1].filter.as_str(), line.subscriptions[1].enabled), ("quiet/+", false));
    assert_eq!(
        said(&line.left_out),
        [
            ("rejectUnauthorized", LeftOutReason::Unchecked),
            ("ca", LeftOutReason::CaFile),
            ("cert", LeftOutReason::CertificateFiles),
            ("key", LeftOutReason::CertificateFiles),
            ("authenticationMethod", LeftOutReason::Authentication),
            ("messages", LeftOutReason::Extras),
        ]
    );
    assert_eq!(
        (address(old), old.user_name.is_none(), old.password.is_none()),
        (("10.0.0.7", 1883, Transport::Mqtt), true, true)
    );
    assert_eq!(said(&old.left_out), [("mqttVersion", LeftOutReason::Version), ("will", LeftOutReason::Invalid)]);
    assert_eq!(old.options, SessionOptions::default(), "MQTT 3.1.1 has no properties");
    assert_eq!(said(&file.left_out), [("Without a host", LeftOutReason::Invalid)]);
}

#[test]
fn wills_and_properties_of_mqttx_are_taken_over() {
    let file = fixture("mqttx.json");
    let options = &file.connections[0].options;
    let will = Will {
        topic: "line4/state".into(),
        payload: PayloadDraft::Text { text: "gone".into() },
        qos: 1,
        retain: true,
        delay: Some(5),
        properties: MessageProperties { content_type: Some("text/plain".into()), ..MessageProperties::default() },
    };
    assert_eq!(options.will.as_ref(), Some(&will));
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let properties = ConnectProperties {
        session_expiry: Some(3600),
        receive_maximum: Some(20),
        user_properties: vec![pair("site", "north"), pair("tag", "a"), pair("tag", "b")],
        ..ConnectProperties::default()
    };
    assert_eq!((&options.properties, options.max_packet_size), (&properties, 65_536));
}

#[test]
fn mqtt_explorer_brings_its_ca_along_and_half_a_certificate_is_none() {
    let file = fixture("explorer.json");
    assert_eq!(file.source, ImportSource::MqttExplorer);
    let [plant, socket, early] = &file.connections[..] else { panic!("three connections are taken over") };
    assert_eq!(address(plant), ("plant.example", 8883, Transport::Mqtts));
    assert_eq!(plant.ca.as_ref().map(|(name, _)| name.as_str()), Some("ca.pem"));
    assert!(plant.certificate.is_none());
    assert_eq!(said(&plant.left_out), [("clientCertificate", LeftOutReason::CertificateFiles)]);
    assert_eq!(plant.subscriptions[1], subscribed("$SYS/#", 0, None, true));
    assert_eq!(said(&early.left_out), [("certValidation", LeftOutReason::Unchecked)]);
    assert_eq!(early.subscriptions, [subscribed("early/+", 0, None, true)]);
    assert!(file.left_out.is_empty());
    assert_eq!((address(socket), socket.path.as_str()), (("ws.example", 443, Transport::Wss), "/mqtt"));
}

#[test]
fn bridges_of_mosquitto_become_what_they_receive() {
    let file = fixture("mosquitto.conf");
    assert_eq!(file.source, ImportSource::Mosquitto);
    let [cloud, near] = &file.connections[..] else { panic!("two bridges are taken over") };
    assert_eq!(address(cloud), ("cloud.example", 8883, Transport::Mqtts));
    assert_eq!((cloud.name.as_str(), cloud.client_id.as_str()), ("cloud", "edge-1"));
    assert_eq!(cloud.password.as_ref().map(|text| text.as_str()), Some("planted mosquitto"));
    assert_eq!(
        (cloud.options.version, cloud.options.clean_session, cloud.options.keep_alive),
        (MqttVersion::V5, true, 30)
    );
    let filters: Vec<_> = cloud.subscriptions.iter().map(|one| one.filter.as_str()).collect();
    assert_eq!(filters, ["site7/commands/#", "remote/#"]);
    assert_eq!(
        said(&cloud.left_out),
        [
            ("addresses", LeftOutReason::MoreAddresses),
            ("bridge_cafile", LeftOutReason::CaFile),
            ("bridge_insecure", LeftOutReason::Unchecked),
            ("topic sensors/# out 1", LeftOutReason::BridgeTopics),
        ]
    );
    assert_eq!((address(near), near.client_id.as_str()), (("fd00::7", 1884, Transport::Mqtt), "near"));
    assert!(!near.options.clean_session, "the default of cleansession is false");
    assert_eq!(said(&file.left_out), [("secret", LeftOutReason::PreSharedKey)]);
}

#[test]
fn other_files_are_of_none_of_them() {
    for text in ["", "{}", "[]", "[1]", "listener 1883\nallow_anonymous true", "{\"format\":\"hubscope-export\"}"] {
        assert!(read(text.as_bytes()).is_none(), "{text}");
    }
    assert!(read(&[0xff, 0xfe]).is_none());
}
