//! Tokens, connection strings and names of Azure against what Microsoft's own SDKs make of them.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use hubscope_hubs::azure::connection_string::{self, ConnectionString, Proof, Subject, parse};
use hubscope_hubs::azure::{dps, policy_token, sas, telemetry_topic, user_name};
use hubscope_model::{Code, Hub, HubDetails, HubKind, SasScope, Transport};
use hubscope_vault::{Secret, for_connector};
use proptest::prelude::*;
use serde_json::Value;
use zeroize::Zeroizing;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const HOST: &str = "HostName=contoso.azure-devices.net";

fn vectors(name: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("fixtures/azure.json")).unwrap();
    all[name].clone()
}

fn list(value: &Value) -> &[Value] {
    let list = value.as_array().unwrap();
    assert!(!list.is_empty());
    list
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn secret(text: &str) -> Secret<String> {
    Secret::new(Zeroizing::new(text.to_owned()))
}

#[test]
fn tokens_are_those_of_the_sdks_byte_for_byte() {
    for vector in list(&vectors("sas")) {
        let (input, expected) = (&vector["input"], &vector["expected"]);
        let (resource, expiry) = (text(&input["resource_uri"]), input["expiry"].as_i64().unwrap());
        let key = secret(text(&input["key_base64"]));
        let made = sas::make(resource, &key, expiry, input["policy"].as_str()).unwrap();
        assert_eq!(for_connector(&made), text(&expected["token"]), "{}", vector["name"]);
        // The service SDK leaves the slash of the signature as it is: read the same.
        for token in [&expected["token"], &expected["token_azure_iot_hub_python_sdk"]] {
            let read = sas::decode(text(token)).unwrap();
            assert_eq!((read.resource.as_str(), read.expiry), (resource, expiry));
            assert_eq!(read.policy.as_deref(), input["policy"].as_str());
            assert!(sas::is_signed_by(&read, &key));
            assert!(!sas::is_signed_by(&read, &secret("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")));
        }
    }
}

#[test]
fn event_hubs_signs_with_the_text_of_the_key() {
    let vector = vectors("event_hubs_sas");
    let (input, expected) = (&vector["input"], &vector["expected"]);
    let (resource, expiry) = (text(&input["audience"]), input["expiry"].as_i64().unwrap());
    let (key, policy) = (secret(text(&input["key_text"])), text(&input["policy"]));
    let made = sas::make_event_hubs(resource, &key, expiry, policy).unwrap();
    assert_eq!(for_connector(&made), text(&expected["token"]));
    assert!(sas::is_signed_by(&sas::decode(for_connector(&made)).unwrap(), &key));
    let wrong = sas::make(resource, &key, expiry, Some(policy)).unwrap();
    assert_ne!(for_connector(&wrong), for_connector(&made));
    assert!(!sas::is_signed_by(&sas::decode(for_connector(&wrong)).unwrap(), &key));
}

#[test]
fn tokens_that_are_none_say_what_is_missing() {
    let good = "sr=a%2Fdevices%2Fb&sig=%2F8FluI0vPTWy62CPERK%2F4zi7ST0eWEY13u6QnngfSho%3D&se=1800000000";
    let order = good.split('&').rev().collect::<Vec<_>>().join("&");
    for fine in [format!("SharedAccessSignature {good}"), format!(" SharedAccessSignature  {order}&skn=\n")] {
        let read = sas::decode(&fine).unwrap();
        assert_eq!((read.resource.as_str(), read.expiry, read.policy), ("a/devices/b", 1_800_000_000, None));
    }
    for (token, words) in [
        (String::new(), "begin"),
        (good.to_owned(), "begin"),
        ("SharedAccessSignature".to_owned(), "begin"),
        ("SharedAccessSignature sig=x&se=1".to_owned(), "sr, the resource"),
        ("SharedAccessSignature sr=a&se=1".to_owned(), "sig, the signature"),
        (format!("SharedAccessSignature {}", good.replace("&se=1800000000", "")), "se, the expiry"),
        (format!("SharedAccessSignature {}", good.replace("1800000000", "soon")), "number of seconds"),
        (format!("SharedAccessSignature {}", good.replace("1800000000", "99999999999999999999")), "number of seconds"),
        (format!("SharedAccessSignature {}", good.replace("%3D", "")), "32 bytes"),
        (format!("SharedAccessSignature {}", good.replace("a%2F", "%FF%2F")), "escape"),
        (format!("SharedAccessSignature {good}&se=1"), "twice"),
        (format!("SharedAccessSignature {good}&x=hunter2"), "none of"),
        (format!("SharedAccessSignature {good}&hunter2"), "no ="),
    ] {
        let error = sas::decode(&token).unwrap_err();
        assert_eq!(error.code, Code::InvalidSasToken, "{token}");
        assert!(error.detail.as_ref().unwrap().contains(words), "{token}: {error:?}");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}

#[test]
fn a_masked_token_keeps_all_but_the_signature() {
    let token = "SharedAccessSignature sr=a%2Fdevices%2Fb&sig=%2F8FluI0vPTWy62CPERK%2F4zi7ST0eWEY13u6QnngfSho%3D&se=18";
    assert_eq!(sas::masked(token), "SharedAccessSignature sr=a%2Fdevices%2Fb&sig=•••••&se=18");
    assert_eq!(
        sas::masked("SharedAccessSignature sr=a&secret&sig=b&se=1"),
        "SharedAccessSignature sr=a&•••••&sig=•••••&se=1"
    );
    assert_eq!(sas::masked("my secret"), "•••••");
    assert!(!format!("{:?}", sas::decode(token).unwrap()).contains("FluI0"));
}

#[test]
fn a_token_covers_what_lies_below_its_resource() {
    let covers = |resource: &str, wanted: &str| {
        let token = sas::make(resource, &secret(KEY), 1_800_000_000, None).unwrap();
        sas::covers(&sas::decode(for_connector(&token)).unwrap(), wanted)
    };
    let wanted = "contoso.azure-devices.net/devices/Pump";
    for resource in ["contoso.azure-devices.net", "Contoso.Azure-Devices.net/devices", wanted] {
        assert!(covers(resource, wanted), "{resource}");
    }
    for resource in
        ["other.azure-devices.net", "contoso.azure-devices.net/devices/pump", "contoso.azure-devices.net/devices/Pu"]
    {
        assert!(!covers(resource, wanted), "{resource}");
    }
    assert!(covers(wanted, &format!("{wanted}/modules/m")) && !covers(&format!("{wanted}/modules/m"), wanted));
}

#[test]
fn keys_are_base64_of_16_to_64_bytes() {
    for key in ["", "AAAA", "not base64!", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", &"AAAA".repeat(22)] {
        assert_eq!(sas::make("r", &secret(key), 1, None).unwrap_err().code, Code::InvalidKey, "{key}");
    }
    sas::make("r", &secret("AAECAwQFBgcICQoLDA0ODw=="), 1, None).unwrap();
}

fn fields(string: &ConnectionString) -> Vec<(&'static str, String)> {
    let mut fields = vec![("HostName", string.host.clone())];
    match &string.subject {
        Subject::Device(device) => fields.push(("DeviceId", device.clone())),
        Subject::Module(device, module) => fields.extend([("DeviceId", device.clone()), ("ModuleId", module.clone())]),
        Subject::Policy(policy) => fields.push(("SharedAccessKeyName", policy.clone())),
    }
    match &string.proof {
        Proof::Key(key) => fields.push(("SharedAccessKey", for_connector(key).to_owned())),
        Proof::Token(token) => fields.push(("SharedAccessSignature", for_connector(token).to_owned())),
        Proof::X509 => fields.push(("x509", "true".to_owned())),
    }
    fields.extend(string.gateway.clone().map(|gateway| ("GatewayHostName", gateway)));
    fields
}

/// Two texts that the SDK refuses are read here, and said to be trimmed: a semicolon too many, and a space.
#[test]
fn connection_strings_are_read_and_refused_as_by_the_sdk() {
    let mut forgiven = 0;
    for vector in list(&vectors("connection_strings")) {
        let (input, expected) = (text(&vector["input"]), &vector["expected"]);
        match (parse(input), expected["kind"].as_str()) {
            (Ok(string), Some(kind)) => {
                let found = match string.subject {
                    Subject::Device(_) => "device",
                    Subject::Module(..) => "module",
                    Subject::Policy(_) => "service",
                };
                assert_eq!((found, string.trimmed), (kind, false), "{input}");
                let fields: serde_json::Map<_, _> =
                    fields(&string).into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
                assert_eq!(Value::from(fields), expected["fields"], "{input}");
            }
            (Ok(string), None) => {
                assert!(string.trimmed && (input.ends_with(';') || input.contains("; ")), "{input}");
                forgiven += 1;
            }
            (Err(error), None) => {
                let words = match text(&expected["error"]) {
                    "mixed_auth" => "contradict each other",
                    "invalid_key" if input.starts_with("hostname") => "must be written HostName",
                    "invalid_key" => "a name that is not known",
                    "duplicate" => "is there twice",
                    "incomplete" => "SharedAccessKey is missing",
                    "unparsable" => "There is no text",
                    other => panic!("{other}"),
                };
                assert_eq!(error.code, Code::InvalidConnectionString, "{input}");
                assert!(error.message.contains(words), "{input}: {error:?}");
            }
            (Err(error), Some(_)) => panic!("{input}: {error:?}"),
        }
    }
    assert_eq!(forgiven, 2);
}

#[test]
fn each_way_of_being_wrong_has_its_own_sentence() {
    let token = "SharedAccessSignature sr=a&sig=%2F8FluI0vPTWy62CPERK%2F4zi7ST0eWEY13u6QnngfSho%3D&se=1";
    let device = format!("{HOST};DeviceId=d");
    let cases = [
        (format!("{device};SharedAccessKey"), Code::InvalidConnectionString, "no equals sign"),
        (format!("{device};;SharedAccessKey={KEY}"), Code::InvalidConnectionString, "no equals sign"),
        (format!("{device};SharedAccessKey="), Code::InvalidConnectionString, "SharedAccessKey is empty"),
        (format!("DeviceId=d;SharedAccessKey={KEY}"), Code::InvalidConnectionString, "HostName is missing"),
        (format!("{HOST};SharedAccessKey={KEY}"), Code::InvalidConnectionString, "Neither DeviceId nor"),
        (format!("{HOST};ModuleId=m;SharedAccessKey={KEY}"), Code::InvalidConnectionString, "DeviceId is missing"),
        (format!("{device};SharedAccessKeyName=device;SharedAccessKey={KEY}"), Code::InvalidConnectionString, "both"),
        (format!("{HOST};SharedAccessKeyName=service"), Code::InvalidConnectionString, "SharedAccessKey is missing"),
        (format!("{HOST};SharedAccessKeyName=service;x509=true"), Code::InvalidConnectionString, "no certificate"),
        (format!("{device};x509=false"), Code::InvalidConnectionString, "can only be true"),
        (
            format!("{device};SharedAccessKey={KEY};SharedAccessSignature={token}"),
            Code::InvalidConnectionString,
            "contradict",
        ),
        (format!("{device};SharedAccessKey=hunter2"), Code::InvalidKey, "not a shared access key"),
        (format!("{device};SharedAccessSignature=hunter2"), Code::InvalidSasToken, "not a SAS token"),
        (format!("HostName=https://x;DeviceId=d;SharedAccessKey={KEY}"), Code::InvalidConnectionString, "host name"),
        (format!("{HOST};DeviceId=a/b;SharedAccessKey={KEY}"), Code::InvalidConnectionString, "a character that no id"),
        (
            "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=hunter2;EntityPath=e"
                .to_owned(),
            Code::EventHubsConnectionString,
            "Event Hubs",
        ),
    ];
    for (input, code, words) in cases {
        let error = parse(&input).unwrap_err();
        assert_eq!(error.code, code, "{input}: {error:?}");
        assert!(error.message.contains(words), "{input}: {error:?}");
        assert!(!format!("{error:?}").contains("hunter2") && !format!("{error:?}").contains(KEY), "{error:?}");
    }
}

#[test]
fn what_tools_print_is_read() {
    let token = "SharedAccessSignature sr=a&sig=%2F8FluI0vPTWy62CPERK%2F4zi7ST0eWEY13u6QnngfSho%3D&se=1";
    let string = parse(&format!("\n {HOST} ; DeviceId = d ;SharedAccessSignature={token};\n")).unwrap();
    assert!(string.trimmed && matches!(&string.proof, Proof::Token(read) if for_connector(read) == token));
    assert_eq!(string.subject, Subject::Device("d".into()));
    let id = "a-b.c+d%e_f#g*h?i!j(k)l,m:n@o$p'q";
    let string = parse(&format!("{HOST};DeviceId={id};x509=True")).unwrap();
    assert_eq!((string.subject, string.trimmed), (Subject::Device(id.into()), false));
}

#[test]
fn names_at_connect() {
    for vector in list(&vectors("mqtt_connect")) {
        let input: Vec<_> = list(&vector["input"]).iter().map(Value::as_str).collect();
        let module = input.get(2).copied().flatten();
        let client_id = [Some(input[1].unwrap()), module].into_iter().flatten().collect::<Vec<_>>().join("/");
        assert_eq!(client_id, text(&vector["expected"]["client_id"]));
        let name = user_name(input[0].unwrap(), &client_id, input.get(4).copied().flatten());
        assert_eq!(name, text(&vector["expected"]["username"]));
    }
    assert_eq!(telemetry_topic("d"), "devices/d/messages/events/");
    assert_eq!(telemetry_topic("d/m"), "devices/d/modules/m/messages/events/");
    assert_eq!(sas::device_resource("h", "d/m"), "h/devices/d/modules/m");
}

#[test]
fn provisioning_derives_keys_and_names() {
    let vectors = vectors("dps");
    for vector in list(&vectors["group_key_derivation"]) {
        let input = &vector["input"];
        let derived =
            dps::derive_device_key(&secret(text(&input["group_key_base64"])), text(&input["registration_id"]));
        assert_eq!(for_connector(&derived.unwrap()), text(&vector["expected"]));
    }
    assert_eq!(dps::derive_device_key(&secret("short"), "r").unwrap_err().code, Code::InvalidKey);
    let (input, expected) = (&vectors["connect"]["input"], &vectors["connect"]["expected"]);
    let (scope, id) = (text(&input["id_scope"]), text(&input["registration_id"]));
    assert_eq!(dps::user_name(scope, id), text(&expected["username"]));
    // The vector's token is signed with the key that belongs to registration `dev-1` of the group.
    let key = text(&vectors["group_key_derivation"][1]["expected"]);
    let group = text(&vectors["group_key_derivation"][1]["input"]["group_key_base64"]);
    let token = text(&expected["password"]);
    let read = sas::decode(token).unwrap();
    let signer = [key, group].into_iter().find(|key| sas::is_signed_by(&read, &secret(key))).unwrap();
    let made = sas::make(&dps::resource(scope, id), &secret(signer), read.expiry, Some(dps::POLICY)).unwrap();
    assert_eq!(for_connector(&made), token);
}

proptest! {
    /// Whatever is signed is read back, checks out, and shows its signature nowhere.
    #[test]
    fn tokens_survive_reading(resource in "[a-z.]{1,20}(/[^/\u{0}]{1,20}){0,3}", policy in proptest::option::of(".{1,20}"), expiry in 0..i64::MAX) {
        let token = sas::make(&resource, &secret(KEY), expiry, policy.as_deref()).unwrap();
        let read = sas::decode(for_connector(&token)).unwrap();
        prop_assert!(sas::is_signed_by(&read, &secret(KEY)));
        prop_assert_eq!((&read.resource, read.expiry, &read.policy), (&resource, expiry, &policy));
        let signature = for_connector(&token).split('&').find_map(|part| part.strip_prefix("sig=")).unwrap();
        prop_assert!(!sas::masked(for_connector(&token)).contains(signature));
    }

    /// No text is a panic, and no error repeats a value.
    #[test]
    fn any_text_is_read_or_refused(noise in "(HostName|DeviceId|x509|;|=|SharedAccessKey| |hunter2|[a-z]){0,12}") {
        if let Err(error) = connection_string::parse(&noise) {
            let said = format!("{error:?}");
            prop_assert!(!said.contains("hunter2"), "{}", said);
        }
        prop_assert!(sas::decode(&noise).is_err());
    }
}

#[test]
fn a_policy_signs_what_the_vectors_say_and_nothing_of_another_service() {
    let hub = |kind, host: &str, policy: Option<&str>| Hub {
        details: HubDetails { policy: policy.map(Into::into), ..HubDetails::default() },
        ..Hub::new(kind, host, 8883, Transport::Mqtts)
    };
    let mut tried = 0;
    for vector in list(&vectors("sas")) {
        let (input, expected) = (&vector["input"], &vector["expected"]);
        let (Some(policy), resource) = (input["policy"].as_str(), text(&input["resource_uri"])) else { continue };
        let (host, device) = match resource.split_once('/') {
            None => (resource, None),
            Some((host, rest)) => match rest.strip_prefix("devices/") {
                Some(device) => (host, Some(Some(device.to_owned()))),
                None if rest == "devices" => (host, Some(None)),
                None => continue,
            },
        };
        let hub = hub(HubKind::AzureIotHub, host, Some(policy));
        let scope = match device {
            None => SasScope::Service { hub: hub.id },
            Some(device_id) => SasScope::PolicyDevice { hub: hub.id, device_id },
        };
        let key = secret(text(&input["key_base64"]));
        let made = policy_token(&hub, &scope, &key, input["expiry"].as_i64().unwrap()).unwrap();
        assert_eq!(for_connector(&made), text(&expected["token"]), "{}", vector["name"]);
        tried += 1;
    }
    assert!(tried > 0, "no vector has a policy");

    let vector = vectors("event_hubs_sas");
    let input = &vector["input"];
    let azure = hub(HubKind::AzureIotHub, "contoso.azure-devices.net", Some(text(&input["policy"])));
    let (namespace_host, entity) = text(&input["audience"]).trim_start_matches("sb://").split_once('/').unwrap();
    let scope = SasScope::EventHubs { hub: azure.id, namespace_host: namespace_host.into(), entity: entity.into() };
    let key = secret(text(&input["key_text"]));
    let made = policy_token(&azure, &scope, &key, input["expiry"].as_i64().unwrap()).unwrap();
    assert_eq!(for_connector(&made), text(&vector["expected"]["token"]));

    let dps = hub(HubKind::AzureDps, "lab.azure-devices-provisioning.net", Some("provisioningserviceowner"));
    assert_eq!(policy_token(&dps, &scope, &key, 1).unwrap_err().code, Code::BadRequest);
    let service = SasScope::Service { hub: dps.id };
    let made = policy_token(&dps, &service, &key, 1_800_000_000).unwrap();
    assert_eq!(sas::decode(for_connector(&made)).unwrap().resource, dps.host);
    let nameless = hub(HubKind::AzureIotHub, "contoso.azure-devices.net", None);
    assert_eq!(policy_token(&nameless, &service, &key, 1).unwrap_err().code, Code::SecretMissing);
}
