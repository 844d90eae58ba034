//! Pasted texts of the platforms: connection strings, SAS tokens, az, MQTT.js, Kaa's topics, blocks and PEM.

#![cfg(test)]

use hubscope_hubs::paste::{Pasted, recognise};
use hubscope_model::{
    CertificateTrust, Code, Credential, HubKind, MqttVersion, PasteForm, PasteWarning, Recognised, SecretField,
    Transport,
};
use hubscope_pki::{Authority, self_signed_device};
use hubscope_vault::for_connector;
use proptest::prelude::*;

/// 32 bytes, base64, not of any hub.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
/// Far from its end; the signature is not looked at.
const SAS: &str = "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2Fd1&sig=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8%3D&se=4102444800";

fn read(text: &str) -> Pasted {
    recognise(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn shown(text: &str) -> Recognised {
    read(text).recognised
}

fn code(text: &str) -> Code {
    recognise(text).err().unwrap_or_else(|| panic!("{text} was recognised")).code
}

fn secret(pasted: &Pasted, field: SecretField) -> Option<&str> {
    pasted.secrets.get(&field).map(for_connector)
}

fn filters(recognised: &Recognised) -> Vec<&str> {
    recognised.subscriptions.iter().map(|one| one.filter.as_str()).collect()
}

#[test]
fn a_device_s_connection_string() {
    let pasted = read(&format!(" \"HostName=contoso.azure-devices.net;DeviceId=d1;SharedAccessKey={KEY}\" "));
    let shown = &pasted.recognised;
    assert_eq!((shown.form, shown.kind), (PasteForm::DeviceConnectionString, HubKind::AzureIotHub));
    assert_eq!(
        (shown.host.as_str(), shown.port, shown.transport),
        ("contoso.azure-devices.net", 8883, Transport::Mqtts)
    );
    assert_eq!(shown.client_id.as_deref(), Some("d1"));
    assert!(matches!(shown.credential, Credential::SharedAccessKey { .. }));
    assert_eq!(secret(&pasted, SecretField::PrimaryKey), Some(KEY));
    assert!(shown.missing.is_empty() && shown.warnings.is_empty(), "{shown:?}");
}

#[test]
fn modules_policies_gateways_and_certificates() {
    let module = shown(&format!("HostName=h.azure-devices.net;DeviceId=d;ModuleId=m;SharedAccessKey={KEY}"));
    assert_eq!((module.form, module.client_id.as_deref()), (PasteForm::ModuleConnectionString, Some("d/m")));
    let pasted = read(&format!("HostName=h.azure-devices.net;SharedAccessKeyName=service;SharedAccessKey={KEY}"));
    assert_eq!(pasted.recognised.form, PasteForm::ServiceConnectionString);
    assert_eq!(pasted.recognised.details.policy.as_deref(), Some("service"));
    assert_eq!(secret(&pasted, SecretField::PolicyKey), Some(KEY));
    assert!(pasted.recognised.missing.is_empty());
    let gateway =
        shown(&format!("HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey={KEY};GatewayHostName=edge.local;"));
    assert_eq!(
        (gateway.host.as_str(), gateway.details.gateway.as_deref()),
        ("h.azure-devices.net", Some("edge.local"))
    );
    assert_eq!(gateway.warnings, [PasteWarning::Gateway, PasteWarning::Trimmed]);
    let x509 = shown("HostName=h.azure-devices.net;DeviceId=d;x509=true");
    assert!(matches!(x509.credential, Credential::X509 { .. }));
    assert_eq!(x509.missing, ["certificate"]);
}

#[test]
fn what_is_wrong_with_a_connection_string_is_said() {
    for text in [
        format!("hostname=h.azure-devices.net;DeviceId=d;SharedAccessKey={KEY}"),
        "HostName=h.azure-devices.net;DeviceId=d".to_owned(),
        format!("HostName=h.azure-devices.net;HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey={KEY}"),
        format!("HostName=h.azure-devices.net;DeviceId=d;Foo=bar;SharedAccessKey={KEY}"),
        format!("HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey={KEY};x509=true"),
    ] {
        let error = recognise(&text).unwrap_err();
        assert_eq!(error.code, Code::InvalidConnectionString, "{text}");
        assert!(!format!("{error:?}").contains(KEY));
    }
    let events =
        format!("Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=p;SharedAccessKey={KEY};EntityPath=h");
    assert_eq!(code(&events), Code::EventHubsConnectionString);
}

#[test]
fn a_sas_token_names_its_device() {
    let pasted = read(SAS);
    assert_eq!((pasted.recognised.form, pasted.recognised.kind), (PasteForm::SasToken, HubKind::AzureIotHub));
    assert_eq!(pasted.recognised.host, "contoso.azure-devices.net");
    assert_eq!(pasted.recognised.client_id.as_deref(), Some("d1"));
    assert_eq!(secret(&pasted, SecretField::Token), Some(SAS));
    assert!(pasted.recognised.warnings.is_empty() && pasted.recognised.missing.is_empty());
    let ended = shown(&SAS.replace("4102444800", "1700000000"));
    assert_eq!(ended.warnings, [PasteWarning::SasExpired]);
    let module = shown(&SAS.replace("d1", "d1%2Fmodules%2Fm"));
    assert_eq!(module.client_id.as_deref(), Some("d1/m"));
    let dps = shown(&SAS.replace("contoso.azure-devices.net%2Fdevices%2F", "0ne000A%2Fregistrations%2F"));
    assert_eq!((dps.kind, dps.details.id_scope.as_deref()), (HubKind::AzureDps, Some("0ne000A")));
    assert_eq!(code(&SAS.replace("%2Fdevices%2Fd1", "")), Code::NotRecognised);
    assert_eq!(
        code(&SAS.replace("contoso.azure-devices.net%2Fdevices%2Fd1", "sb%3A%2F%2Fn.servicebus.windows.net%2Fh")),
        Code::EventHubsConnectionString
    );
}

#[test]
fn azure_through_other_clients() {
    let pasted = read(&format!(
        "mosquitto_sub -h contoso.azure-devices.net -p 8883 --cafile G2.pem -i d1 -u \
         'contoso.azure-devices.net/d1/?api-version=2021-04-12' -P '{SAS}' -t 'devices/d1/messages/devicebound/#' -q 1"
    ));
    let shown = &pasted.recognised;
    assert_eq!((shown.kind, shown.form), (HubKind::AzureIotHub, PasteForm::MosquittoSub));
    assert_eq!((shown.client_id.as_deref(), &shown.credential), (Some("d1"), &Credential::SasToken));
    assert_eq!(secret(&pasted, SecretField::Token), Some(SAS));
    assert_eq!(filters(shown), ["devices/d1/messages/devicebound/#"]);
    let edge = self::shown(&format!(
        "mosquitto_sub -h edge.local -p 8883 -u contoso.azure-devices.net/d1/?api-version=2021-04-12 -P '{SAS}' -t x"
    ));
    assert_eq!(
        (edge.host.as_str(), edge.details.gateway.as_deref()),
        ("contoso.azure-devices.net", Some("edge.local"))
    );
    let dps = self::shown(
        "mosquitto_pub -h global.azure-devices-provisioning.net -p 8883 -i r1 -u '0ne0/registrations/r1/api-version=2019-03-31' --cert c.pem --key k.pem -t x",
    );
    assert_eq!((dps.kind, dps.details.id_scope.as_deref()), (HubKind::AzureDps, Some("0ne0")));
    assert!(matches!(dps.credential, Credential::X509 { .. }));
}

#[test]
fn az_commands() {
    let pasted = read(&format!(
        "az iot device send-d2c-message -l 'HostName=h.azure-devices.net;SharedAccessKeyName=iothubowner;SharedAccessKey={KEY}' -d d1 --data '{{\"t\":1}}'"
    ));
    let shown = &pasted.recognised;
    assert_eq!((shown.form, shown.client_id.as_deref()), (PasteForm::AzCommand, Some("d1")));
    assert_eq!(shown.missing, ["primary_key"]);
    assert_eq!(secret(&pasted, SecretField::PolicyKey), Some(KEY));
    assert_eq!(shown.message.as_ref().map(|one| one.topic.as_str()), Some("devices/d1/messages/events/"));
    let created = read(&format!(
        "$ az iot hub device-identity create --hub-name contoso -d d1 --am shared_private_key --primary-key {KEY} --secondary-key={KEY} -o json | jq ."
    ));
    assert_eq!(created.recognised.host, "contoso.azure-devices.net");
    assert_eq!(secret(&created, SecretField::SecondaryKey), Some(KEY));
    assert_eq!(created.recognised.ignored, ["-o"]);
    assert!(created.recognised.missing.is_empty());
    let x509 = self::shown(
        "az iot hub device-identity create -n contoso -d d1 --auth-method x509_thumbprint --frobnicate hidden99",
    );
    assert_eq!(x509.credential, Credential::X509 { trust: CertificateTrust::Itself });
    assert_eq!(x509.ignored, ["--…"]);
    let dps =
        self::shown(&format!("az iot device registration create --id-scope 0ne0 --registration-id r1 --key {KEY}"));
    assert_eq!((dps.kind, dps.host.as_str()), (HubKind::AzureDps, "global.azure-devices-provisioning.net"));
    let device = self::shown(&format!(
        "az iot hub generate-sas-token --connection-string 'HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey={KEY}' --du 60"
    ));
    assert_eq!((device.form, device.client_id.as_deref()), (PasteForm::AzCommand, Some("d")));
}

#[test]
fn mqttjs_commands() {
    let pasted = read(
        "npx mqtt pub -h broker.example -C mqtts -u me --password=pw lab/set '{\"on\":true}' -r -q 1 --insecure --cert c.pem",
    );
    let shown = &pasted.recognised;
    assert_eq!((shown.form, shown.port, shown.transport), (PasteForm::MqttJs, 8883, Transport::Mqtts));
    assert_eq!(secret(&pasted, SecretField::Password), Some("pw"));
    let message = shown.message.as_ref().unwrap();
    assert_eq!((message.topic.as_str(), message.payload.as_str(), message.retain), ("lab/set", "{\"on\":true}", true));
    assert_eq!(shown.ignored, ["--insecure", "--cert"]);
    let sub = self::shown("mqtt subscribe -t 'lab/#' -h h -p 1884 --no-clean -i desk -v");
    assert_eq!((filters(&sub), sub.port, sub.client_id.as_deref()), (vec!["lab/#"], 1884, Some("desk")));
    assert_eq!(code("mqtt pub -C gopher -h h t m"), Code::NotRecognised);
    let socket = read("mqtt pub -C wss --path /ws -h h t m").recognised;
    assert_eq!((socket.transport, socket.port, socket.connection.path.as_str()), (Transport::Wss, 443, "/ws"));
}

#[test]
fn mqttjs_calls() {
    let pasted = read(
        "const mqtt = require('mqtt')\nconst client = mqtt.connect('mqtts://broker.example:8884', {\n  // who\n  clientId: \"desk\", \
         username: 'me', password: `p'w`, clean: false, keepalive: 30, protocolVersion: 5,\n  ca: fs.readFileSync('ca.pem'), \
         rejectUnauthorized: false, will: { topic: 'x', payload: 'y' }, ...more })\nclient.on('connect', () => {\n  \
         client.subscribe(['lab/#', 'b'], { qos: 1 })\n  client.publish('lab/set', '21.5', { qos: 1, retain: true })\n})",
    );
    let shown = &pasted.recognised;
    assert_eq!((shown.host.as_str(), shown.port, shown.transport), ("broker.example", 8884, Transport::Mqtts));
    assert_eq!((shown.version, shown.client_id.as_deref()), (MqttVersion::V5, Some("desk")));
    assert_eq!((pasted.options.clean_session, pasted.options.keep_alive), (false, 30));
    assert_eq!(secret(&pasted, SecretField::Password), Some("p'w"));
    assert_eq!(shown.ca_file.as_deref(), Some("ca.pem"));
    assert_eq!(filters(shown), ["lab/#", "b"]);
    assert_eq!(shown.message.as_ref().map(|one| (one.payload.as_str(), one.retain)), Some(("21.5", true)));
    assert!(shown.ignored.iter().all(|name| ["rejectUnauthorized", "will", "…"].contains(&name.as_str())), "{shown:?}");
    let options =
        self::shown("mqtt.connectAsync({ host: 'h', port: 8883, protocol: 'mqtts', password: process.env.PW })");
    assert_eq!((options.host.as_str(), options.port, options.transport), ("h", 8883, Transport::Mqtts));
    assert_eq!(options.ignored, ["password"]);
}

#[test]
fn kaa_s_topics_give_application_and_token_and_keep_the_token_out_of_sight() {
    let pasted = read(
        "mosquitto_pub -h mqtt.cloud.kaaiot.com -p 1883 -t kp1/c9k2m4d8q-v1/dcx/soil-probe-token-19/json/42 -m '{\"t\":21}'",
    );
    let shown = &pasted.recognised;
    assert_eq!(shown.kind, HubKind::Kaa);
    assert!(
        matches!(&shown.credential, Credential::EndpointToken { app_version, .. } if app_version == "c9k2m4d8q-v1")
    );
    assert_eq!(secret(&pasted, SecretField::Token), Some("soil-probe-token-19"));
    assert_eq!(shown.message.as_ref().unwrap().topic, "kp1/c9k2m4d8q-v1/dcx/{token}/json/42");
    assert!(shown.details.kaa.is_some());
    let json = serde_json::to_string(shown).unwrap();
    assert!(!json.contains("soil-probe"), "{json}");
    // The token's text may occur before it.
    let twisted = self::shown("mosquitto_sub -h kaa.example -t kp1/dcx-v1/dcx/dcx/json/status");
    assert_eq!(filters(&twisted), ["kp1/dcx-v1/dcx/{token}/json/status"]);
    let short = self::shown("mosquitto_sub -h kaa.example -t kp1/a-v1/dcx/soil-probe-token-19");
    assert_eq!(filters(&short), ["kp1/a-v1/dcx/{token}"]);
    assert_eq!(code("mosquitto_sub -h h -t kp1/a-v1/dcx/one/json -t kp1/a-v1/dcx/two/json"), Code::NotRecognised);
    let without = self::shown("mqtt://mqtt.cloud.kaaiot.com");
    assert_eq!(without.missing, ["app_version", "token"]);
}

#[test]
fn thingsboard_s_provisioning_request_keeps_its_secret() {
    let pasted = read(
        r#"mosquitto_pub -h tb.example -u provision -t /provision/request -m '{"deviceName":"d","provisionDeviceKey":"pk-Zq7x","provisionDeviceSecret":"ps-Zq7x"}'"#,
    );
    assert_eq!(pasted.recognised.credential, Credential::Provision);
    assert_eq!(secret(&pasted, SecretField::ProvisionSecret), Some("ps-Zq7x"));
    assert!(!serde_json::to_string(&pasted.recognised).unwrap().contains("Zq7x"));
    assert!(pasted.recognised.missing.is_empty() && pasted.recognised.message.is_none());
    let basic = shown("mosquitto_sub -h mqtt.thingsboard.cloud -i meter-5521 -t v1/devices/me/attributes");
    assert_eq!(basic.credential, Credential::Basic { user_name: String::new() });
}

#[test]
fn blocks_in_many_spellings() {
    let plain = read("Host: broker.example:8883\nUser name: me\nPassword: a=b: c\nClient-ID: desk\ncolour: blue");
    assert_eq!((plain.recognised.form, plain.recognised.host.as_str()), (PasteForm::Block, "broker.example"));
    assert_eq!((plain.recognised.port, plain.recognised.transport), (8883, Transport::Mqtts));
    assert_eq!(secret(&plain, SecretField::Password), Some("a=b: c"));
    assert_eq!((plain.recognised.client_id.as_deref(), plain.recognised.ignored.len()), (Some("desk"), 1));
    let env = read("export MQTT_HOST=\"broker.example\"\nMQTT_PORT=1884\nMQTT_USERNAME='me'\nMQTT_PASSWORD=pw");
    assert_eq!((env.recognised.port, secret(&env, SecretField::Password)), (1884, Some("pw")));
    let json =
        read(r#"{ "mqtt": { "server": "mqtts://broker.example", "user": "me", "password": "pw", "port": 8884 } }"#);
    assert_eq!((json.recognised.transport, json.recognised.port), (Transport::Mqtts, 8884));
    let token = read("server = tb.example\ntoken = A1_TEST_TOKEN_abcdefgh");
    assert_eq!((token.recognised.kind, &token.recognised.credential), (HubKind::ThingsBoard, &Credential::AccessToken));
    let kaa = read("host: kaa.example\napp version: demo-v1\ntoken: tok-0123456789abcdef");
    assert_eq!((kaa.recognised.kind, secret(&kaa, SecretField::Token)), (HubKind::Kaa, Some("tok-0123456789abcdef")));
    let azure = shown(&format!("hub: h.azure-devices.net\ndevice id: d\nmodule id: m\nprimary key: {KEY}"));
    assert_eq!((azure.kind, azure.client_id.as_deref()), (HubKind::AzureIotHub, Some("d/m")));
    let dps = shown(&format!("ID scope: 0ne0\nRegistration ID: r1\nGroup key: {KEY}"));
    assert!(matches!((dps.kind, &dps.credential), (HubKind::AzureDps, Credential::GroupKey { .. })));
    let az_output = shown(&format!(
        "{{\n  \"connectionString\": \"HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey={KEY}\"\n}}"
    ));
    assert_eq!(az_output.form, PasteForm::DeviceConnectionString);
    assert_eq!(code("colour: blue\nshape: round"), Code::NotRecognised);
}

#[test]
fn a_block_without_a_host_says_so() {
    assert_eq!(shown("user: me\npassword: pw").missing, ["host"]);
    assert_eq!(shown(&format!("device id: d\nkey: {KEY}")).missing, ["host"]);
}

#[test]
fn certificates() {
    let device = self_signed_device("probe-19").unwrap();
    let pasted = read(&format!("{}{}", device.cert_pem, device.key_pem.as_str()));
    let shown = &pasted.recognised;
    assert_eq!((shown.form, shown.client_id.as_deref()), (PasteForm::Pem, Some("probe-19")));
    assert_eq!(shown.credential, Credential::X509 { trust: CertificateTrust::Itself });
    assert!(pasted.identity.is_some() && shown.certificate.is_some());
    assert_eq!(shown.missing, ["host"]);
    assert!(!serde_json::to_string(shown).unwrap().contains("PRIVATE KEY"));
    let alone = self::shown(&device.cert_pem);
    assert_eq!(alone.missing, ["host", "private_key"]);
    let other = Authority::new("CA").unwrap().issue_device("other").unwrap();
    assert_eq!(code(&format!("{}{}", device.cert_pem, other.key_pem.as_str())), Code::KeyDoesNotMatch);
    assert_eq!(code("-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----"), Code::NotACertificate);
}

#[test]
fn what_it_looks_like_is_said() {
    let hint = |text: &str| recognise(text).unwrap_err().hint.unwrap();
    assert!(hint("curl -X POST https://cloud.example/x").contains("HTTP"));
    assert!(hint("A1TESTTOKENabcdefgh12").contains("single token"));
    assert!(!hint("A1TESTTOKENabcdefgh12").contains("A1TEST"));
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC{0,120}", start in 0usize..7) {
        let starts = ["HostName=", "SharedAccessSignature ", "az iot ", "mqtt sub ", "mqtt.connect(", "host: ", "-----BEGIN "];
        let _ = recognise(&format!("{}{text}", starts[start]));
        let _ = recognise(&format!("mqtt.connect('mqtt://h', {{{text}"));
        let _ = recognise(&format!("{{\"host\":\"h\",{text}"));
    }

    #[test]
    fn a_planted_secret_is_never_shown(secret in "[A-Za-z0-9]{20,40}", position in 0usize..6) {
        let secret = format!("Zq{secret}");
        let text = match position {
            0 => format!("mqtt pub -h h -u me -P {secret} -t t -m x"),
            1 => format!("mqtt.connect('mqtt://h', {{ username: 'me', password: '{secret}', other: '{secret}' }})"),
            2 => format!("host: h\nuser: me\npassword: {secret}\nunknown: {secret}"),
            3 => format!("mosquitto_sub -h h -t kp1/demo-v1/dcx/{secret}/json/+/status"),
            4 => format!("az iot hub device-identity create -n contoso -d d --pk {secret} --unknown {secret} {secret}"),
            _ => format!("{{\"host\":\"h\",\"accessToken\":\"{secret}\",\"x\":[\"{secret}\"]}}"),
        };
        let pasted = recognise(&text).unwrap();
        let json = serde_json::to_string(&pasted.recognised).unwrap();
        prop_assert!(!json.contains(&secret), "{}", json);
        let debug = format!("{pasted:?}");
        prop_assert!(!debug.contains(&secret), "{}", debug);
        prop_assert!(!pasted.recognised.secrets.is_empty());
    }
}
