//! Pasted addresses and mosquitto's command lines: what is understood, and that passwords stay out of what is shown.

#![cfg(test)]

use given::{basic, code, ends, filters, quoted, read, secret, shown};
use hubscope_hubs::paste::{Pasted, recognise};
use hubscope_model::{
    Code, Credential, HubKind, MqttVersion, PasteForm, PastedMessage, PastedSubscription, PayloadDraft, Proxy,
    ProxyChoice, ProxyKind, Recognised, SecretField, Transport,
};
use proptest::prelude::*;

mod given {
    use super::*;
    use hubscope_vault::for_connector;

    pub fn read(text: &str) -> Pasted {
        recognise(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    pub fn shown(text: &str) -> Recognised {
        read(text).recognised
    }

    pub fn code(text: &str) -> Code {
        recognise(text).err().unwrap_or_else(|| panic!("{text} was recognised")).code
    }

    pub fn filters(recognised: &Recognised) -> Vec<(&str, u8)> {
        recognised.subscriptions.iter().map(|PastedSubscription { filter, qos }| (filter.as_str(), *qos)).collect()
    }

    pub fn secret(pasted: &Pasted, field: SecretField) -> Option<&str> {
        pasted.secrets.get(&field).map(for_connector)
    }

    /// What may be shown of a secret's end.
    pub fn ends(recognised: &Recognised, field: SecretField) -> Option<&str> {
        recognised.secrets.iter().find(|secret| secret.field == field)?.ends.as_deref()
    }

    pub fn basic(user_name: &str) -> Credential {
        Credential::Basic { user_name: user_name.into() }
    }

    /// A password as it may stand in a command line: quoted by the same rules that read it.
    pub fn quoted(text: &str) -> String {
        shlex::try_quote(text).unwrap().into_owned()
    }
}

#[test]
fn an_address_has_defaults() {
    let plain = shown(" mqtt://broker.example \n");
    assert_eq!((plain.form, plain.kind), (PasteForm::Url, HubKind::MqttBroker));
    assert_eq!((plain.host.as_str(), plain.port, plain.transport), ("broker.example", 1883, Transport::Mqtt));
    assert!(plain.credential == Credential::None && plain.secrets.is_empty() && plain.subscriptions.is_empty());
    assert!(plain.missing.is_empty() && plain.warnings.is_empty());
    let tls = shown("mqtts://broker.example");
    assert_eq!((tls.port, tls.transport), (8883, Transport::Mqtts));
}

#[test]
fn an_address_is_percent_decoded_and_keeps_its_wildcards() {
    let pasted = read("mqtts://me%40home:p%3Aw%2F1234567890123456@[::1]:18883/lab/+/temp%20in/#");
    let shown = &pasted.recognised;
    assert_eq!((shown.host.as_str(), shown.port, shown.transport), ("::1", 18883, Transport::Mqtts));
    assert_eq!(shown.credential, basic("me@home"));
    assert_eq!(ends(shown, SecretField::Password), Some("3456"));
    assert_eq!(filters(shown), [("lab/+/temp in/#", 0)]);
    assert_eq!(secret(&pasted, SecretField::Password), Some("p:w/1234567890123456"));
}

#[test]
fn addresses_that_cannot_be_meant_are_refused_without_repeating_them() {
    for text in [
        "",
        "hello",
        "https://example.org",
        "unix://broker/mqtt",
        "mqtt://",
        "mqtt://host:0",
        "mqtt://host:70000",
        "mqtt://bro ker",
        "mqtt://u:se/cret99@host/x",
        "mqtt://u:12/secret99@host",
        "mqtt://u:sec#ret99@host",
        "mqtt://u%FF:secret99@host",
    ] {
        let error = recognise(text).err().unwrap_or_else(|| panic!("{text} was recognised"));
        assert_eq!(error.code, Code::NotRecognised, "{text}");
        assert!(error.hint.is_some());
        assert!(!format!("{error:?}").contains("ret99"), "{text}: {error:?}");
    }
    assert_eq!(code("mqtt://host/a%23b"), Code::InvalidTopicFilter);
}

#[test]
fn a_subscribe_command_is_understood_whole() {
    let pasted = read(
        "$ mosquitto_sub -h broker.example -p 8884 -u me -P 'geheim und sehr lang' --cafile ./ca.pem \\\n  \
         -i desk-1 -V mqttv5 -c -k 30 -q 1 -t 'lab/#' -t \"a b/+\" -t 'lab/#' -v -C 5 --insecure | jq .",
    );
    let shown = &pasted.recognised;
    assert_eq!(shown.form, PasteForm::MosquittoSub);
    assert_eq!((shown.host.as_str(), shown.port, shown.transport), ("broker.example", 8884, Transport::Mqtts));
    assert_eq!(shown.credential, basic("me"));
    assert_eq!(ends(shown, SecretField::Password), Some("lang"));
    assert_eq!((shown.client_id.as_deref(), shown.version), (Some("desk-1"), MqttVersion::V5));
    assert_eq!(shown.ca_file.as_deref(), Some("./ca.pem"));
    assert_eq!(filters(shown), [("lab/#", 1), ("a b/+", 1)]);
    assert_eq!(shown.ignored, ["-v", "-C", "--insecure"]);
    assert_eq!((pasted.options.clean_session, pasted.options.keep_alive), (false, 30));
}

#[test]
fn a_publish_command_carries_its_message() {
    let shown = shown(r#"mosquitto_pub -d -r -q 2 -L mqtt://u@h:1999/lab/set -m "{\"on\": true}""#);
    assert_eq!((shown.form, shown.port), (PasteForm::MosquittoPub, 1999));
    let expected = PastedMessage { topic: "lab/set".into(), payload: r#"{"on": true}"#.into(), qos: 2, retain: true };
    assert_eq!(shown.message, Some(expected));
    assert_eq!(shown.ignored, ["-d"]);
    assert!(shown.subscriptions.is_empty());
}

#[test]
fn thingsboard_s_own_example_is_a_token_not_a_name() {
    let pasted = read(
        "mosquitto_pub -d -q 1 -h demo.example -p 1883 -t v1/devices/me/telemetry -u A1_TEST_TOKEN_abcdefgh -m '{\"t\":25}'",
    );
    assert_eq!(pasted.recognised.kind, HubKind::ThingsBoard);
    assert_eq!(pasted.recognised.credential, Credential::AccessToken);
    assert_eq!(ends(&pasted.recognised, SecretField::Token), Some("efgh"));
    assert_eq!(secret(&pasted, SecretField::Token), Some("A1_TEST_TOKEN_abcdefgh"));
}

#[test]
fn commands_from_other_shells_and_scripts_are_understood() {
    for text in [
        "docker run --rm -it eclipse-mosquitto mosquitto_sub -h h -t t/1",
        "# mosquitto_sub -h h -t t/1",
        "mosquitto_sub ^\r\n -h h ^\r\n -t t/1\r\n",
        "mosquitto_sub `\n -h h ` \n -t t/1",
        "\"C:\\Program Files\\mosquitto\\mosquitto_sub.exe\" -h h -t t/1",
        "sudo /usr/bin/mosquitto_sub -D subscribe user-property a b -h h -t t/1 2>/dev/null",
    ] {
        let shown = shown(text);
        assert_eq!((shown.host.as_str(), filters(&shown)), ("h", vec![("t/1", 0)]), "{text}");
    }
}

#[test]
fn tls_follows_mosquitto_s_rules() {
    for (options, port, transport) in [
        ("", 1883, Transport::Mqtt),
        ("-p 8883", 8883, Transport::Mqtts),
        ("--cafile ca.pem", 8883, Transport::Mqtts),
        ("--tls-use-os-certs -p 1234", 1234, Transport::Mqtts),
        ("-L mqtts://h/x", 8883, Transport::Mqtts),
        ("--psk 0102 --psk-identity me", 8883, Transport::Mqtts),
    ] {
        let shown = shown(&format!("mosquitto_sub -h h -t t {options}"));
        assert_eq!((shown.port, shown.transport), (port, transport), "{options}");
    }
}

#[test]
fn what_is_wrong_with_a_command_is_said() {
    assert_eq!(code("mosquitto_sub -h h -t 'open"), Code::NotRecognised);
    assert_eq!(code("mosquitto_sub -h h -t"), Code::NotRecognised);
    assert_eq!(code("mosquitto_sub -h h -p many -t x"), Code::NotRecognised);
    assert_eq!(code("mosquitto_sub -h 'h h' -t x"), Code::NotRecognised);
    assert_eq!(code("mosquitto_sub -h h -t 'a#'"), Code::InvalidTopicFilter);
    assert_eq!(code("mosquitto_pub -h h -t 'a/+' -m x"), Code::InvalidTopic);
    assert_eq!(code("mosquitto_rr -h h -t x"), Code::NotRecognised);
}

/// MQTT 3.1.1 cannot send it (3.1.2.9); MQTT 5 can.
#[test]
fn a_password_alone_lacks_its_user_name() {
    assert_eq!(shown("mosquitto_sub -h h -P secret99 -t x").missing, ["user_name"]);
    assert!(shown("mosquitto_sub -h h -V 5 -P secret99 -t x").missing.is_empty());
}

#[test]
fn words_that_are_no_options_are_named_without_their_text() {
    let shown = shown("mosquitto_sub -h h -t t -Psecret99 --pwsecret99 secret99 -Z");
    assert_eq!(shown.ignored, ["-P…", "--…", "…", "-Z…"]);
}

proptest! {
    #[test]
    fn any_text_is_answered(text in ".{0,200}") {
        let _ = recognise(&text);
        let _ = recognise(&format!("mosquitto_sub {text}"));
        let _ = recognise(&format!("mqtt://{text}"));
    }

    #[test]
    fn option_soup_is_answered(words in proptest::collection::vec("(-[a-zA-Z]|--[a-z]{2,8}|[#+/a-z'\"]{0,6}|mqtts://u:p@h)", 0..12)) {
        let _ = recognise(&format!("mosquitto_pub {}", words.join(" ")));
    }

    #[test]
    fn a_planted_password_is_never_shown(password in "[!-~äß€]{4,40}", user in "[a-z]{1,3}", position in 0usize..5) {
        // Only a text that cannot stand there by itself proves anything.
        let password = format!("Zq{password}");
        let encoded: String = password.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let quoted = quoted(&password);
        let text = match position {
            0 => format!("mqtt://{user}:{encoded}@h/t/#"),
            1 => format!("mosquitto_sub -h h -u {user} -P {quoted} -t t"),
            2 => format!("mosquitto_pub -L mqtts://{user}:{encoded}@h/t -m x -r"),
            3 => format!("mosquitto_pub -h h -t v1/devices/me/telemetry -u {quoted} -m x"),
            _ => format!("mosquitto_sub -h h -t t --pw {quoted} --psk {quoted} -P{quoted} --pw={quoted} {quoted}"),
        };
        let pasted = recognise(&text).unwrap();
        let json = serde_json::to_string(&pasted.recognised).unwrap();
        prop_assert!(!json.contains(&password), "{json}");
        let debug = format!("{pasted:?}");
        prop_assert!(!debug.contains(&password));
        prop_assert!(!pasted.recognised.secrets.is_empty());
    }

    #[test]
    fn a_raw_password_in_an_address_is_never_shown(password in "[!-~]{4,40}") {
        let password = format!("Zq{password}Zq");
        match recognise(&format!("mqtt://user:{password}@host/topic")) {
            Ok(pasted) => prop_assert!(!serde_json::to_string(&pasted.recognised).unwrap().contains(&password)),
            Err(error) => {
                let debug = format!("{error:?}");
                prop_assert!(!debug.contains(&password));
            }
        }
    }
}

#[test]
fn a_web_socket_s_path_is_no_topic() {
    let plain = shown("ws://broker.example/mqtt?tenant=a");
    assert_eq!((plain.port, plain.transport, plain.connection.path.as_str()), (80, Transport::Ws, "/mqtt?tenant=a"));
    assert!(plain.subscriptions.is_empty() && plain.ignored.is_empty());
    let tls = shown("wss://me@broker.example:8084");
    assert_eq!((tls.port, tls.transport, tls.connection.path.as_str()), (8084, Transport::Wss, "/"));
    assert_eq!(tls.credential, basic("me"));
    let azure = shown("wss://contoso.azure-devices.net/$iothub/websocket");
    assert_eq!((azure.kind, azure.transport, azure.port), (HubKind::AzureIotHub, Transport::Wss, 443));
    assert_eq!(azure.connection.path, "/$iothub/websocket");
}

#[test]
fn a_command_says_its_way_and_its_will() {
    let pasted = read(
        "mosquitto_sub -h h -p 8883 -t t -V 5 -x 60 -q 2 --tls-alpn x-amzn-mqtt-ca \
         --proxy socks5h://me:secret%20long%20enough@proxy.example \
         --will-retain --will-topic gone --will-payload bye --will-qos 1",
    );
    let shown = &pasted.recognised;
    assert!(shown.ignored.is_empty(), "{:?}", shown.ignored);
    assert_eq!(shown.connection.alpn, ["x-amzn-mqtt-ca"]);
    let proxy =
        Proxy { kind: ProxyKind::Socks5h, host: "proxy.example".into(), port: 1080, user_name: Some("me".into()) };
    assert_eq!(shown.connection.proxy, ProxyChoice::Own { proxy });
    assert_eq!(secret(&pasted, SecretField::ProxyPassword), Some("secret long enough"));
    assert_eq!(filters(shown), [("t", 2)]);
    assert_eq!(pasted.options.properties.session_expiry, Some(60));
    let will = pasted.options.will.unwrap();
    assert_eq!((will.topic.as_str(), will.qos, will.retain), ("gone", 1, true));
    assert_eq!(will.payload, PayloadDraft::Text { text: "bye".into() });

    let local = read("mosquitto_sub --unix /run/mosquitto.sock -t t").recognised;
    assert_eq!((local.transport, local.port, local.host.as_str()), (Transport::Unix, 0, ""));
    assert_eq!(local.connection.socket, "/run/mosquitto.sock");
    assert!(local.missing.is_empty());
    // A will without a topic is none.
    assert_eq!(read("mosquitto_sub -h h -t t --will-payload x").options.will, None);
}

#[test]
fn what_a_hub_does_not_take_is_lowered_and_named() {
    let shown = shown("mosquitto_pub -h mqtt.thingsboard.cloud -t v1/devices/me/telemetry -u token -q 2 -m {}");
    assert_eq!(shown.message.unwrap().qos, 1);
    assert_eq!(shown.ignored, ["QoS 2"]);
}
