//! Forms are refused with every problem at once, by field.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use hubscope_hubs::{check_device, check_hub, check_subscription};
use hubscope_model::{
    Certificate, CertificateDraft, CertificateTrust, Connection, Credential, DeviceDraft, DeviceId, Hub, HubDetails,
    HubDraft, HubId, HubKind, KeyChoice, MessageProperties, MqttVersion, PayloadDraft, Problem, Proxy, ProxyChoice,
    ProxyKind, Result, SasOptions, SecretDraft, SecretEntry, SecretField, SecretText, ServerAddress, SessionOptions,
    StoredSecret, SubscribeOptions, SubscriptionDraft, Transport, TrustDraft, Will,
};

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

#[track_caller]
fn expect(result: Result<()>, expected: &[(&str, Problem)]) {
    let found: Vec<_> =
        result.err().map(|error| error.fields.into_iter().map(|f| (f.field, f.problem)).collect()).unwrap_or_default();
    let expected: Vec<_> = expected.iter().map(|(field, problem)| ((*field).to_owned(), *problem)).collect();
    assert_eq!(found, expected);
}

fn hub_draft(name: &str, host: &str, port: u16) -> HubDraft {
    HubDraft {
        id: None,
        kind: HubKind::MqttBroker,
        name: name.into(),
        host: host.into(),
        port,
        transport: Transport::Mqtt,
        connection: Connection::default(),
        trust: TrustDraft::Keep,
        details: HubDetails::default(),
        secrets: Vec::new(),
    }
}

fn hub(kind: HubKind) -> Hub {
    Hub::new(kind, "h", 8883, Transport::Mqtts)
}

fn device(credential: Credential) -> DeviceDraft {
    DeviceDraft {
        id: None,
        hub: HubId::new(),
        name: "d".into(),
        client_id: "c".into(),
        credential,
        secrets: Vec::new(),
        certificate: CertificateDraft::Keep,
        options: SessionOptions::default(),
    }
}

fn set(field: SecretField, text: &str) -> SecretEntry {
    SecretEntry { field, draft: SecretDraft::Set { value: SecretText::new(text.into()) } }
}

fn with<const N: usize>(credential: Credential, secrets: [SecretEntry; N]) -> DeviceDraft {
    DeviceDraft { secrets: secrets.into(), ..device(credential) }
}

fn key_credential() -> Credential {
    Credential::SharedAccessKey { sign_with: KeyChoice::Primary, sas: SasOptions::default() }
}

/// Checks a form of a new device without a certificate.
fn check(draft: &DeviceDraft, kind: HubKind) -> Result<()> {
    check_device(draft, &hub(kind), &[], None)
}

fn certificate(common_name: &str) -> Certificate {
    Certificate {
        subject: format!("CN={common_name}"),
        common_name: Some(common_name.into()),
        issuer: "CN=CA".into(),
        serial: "1".into(),
        not_before: 0,
        not_after: 1,
        key: "P-256".into(),
        sha1: String::new(),
        sha256: String::new(),
        thingsboard_id: String::new(),
        chain: 1,
        self_signed: false,
    }
}

#[test]
fn a_good_hub_passes_and_a_bad_one_says_everything() {
    expect(check_hub(&hub_draft("Lab", "broker.example", 1883), false), &[]);
    expect(
        check_hub(&hub_draft(" ", "mqtt://broker", 0), false),
        &[("name", Problem::Required), ("host", Problem::HostHasExtra), ("port", Problem::NotAPort)],
    );
    expect(check_hub(&hub_draft("a\u{7}b", "x", 1), false), &[("name", Problem::ControlCharacter)]);
    expect(check_hub(&hub_draft(&"a".repeat(201), "x", 1), false), &[("name", Problem::TooLong)]);
}

#[test]
fn the_sandbox_brings_its_own_address() {
    expect(check_hub(&HubDraft { kind: HubKind::Sandbox, ..hub_draft("Sandbox", "", 0) }, false), &[]);
    let azure = HubDraft { kind: HubKind::AzureIotHub, transport: Transport::Mqtts, ..hub_draft("Sandbox", "", 0) };
    expect(check_hub(&azure, true), &[]);
    expect(check_hub(&azure, false), &[("host", Problem::Required), ("port", Problem::NotAPort)]);
}

#[test]
fn azure_hubs_speak_tls_and_provisioning_has_a_scope() {
    let mut draft = HubDraft { kind: HubKind::AzureDps, ..hub_draft("DPS", "x", 8883) };
    draft.details.gateway = Some("https://edge".into());
    draft.secrets = vec![set(SecretField::PolicyKey, "nonsense"), set(SecretField::Token, "t")];
    expect(
        check_hub(&draft, false),
        &[
            ("transport", Problem::NeedsTls),
            ("details.id_scope", Problem::Required),
            ("details.gateway", Problem::HostHasExtra),
            ("secrets.policy_key", Problem::NotAKey),
            ("secrets.token", Problem::NotOnThisHub),
        ],
    );
    draft.details = HubDetails { id_scope: Some("0ne00000A0A".into()), ..HubDetails::default() };
    draft.secrets = vec![set(SecretField::PolicyKey, KEY)];
    expect(check_hub(&HubDraft { transport: Transport::Mqtts, ..draft }, false), &[]);
}

#[test]
fn a_kept_session_needs_a_client_id() {
    let mut draft = device(Credential::None);
    draft.client_id.clear();
    expect(check(&draft, HubKind::MqttBroker), &[]);
    draft.options.clean_session = false;
    expect(check(&draft, HubKind::MqttBroker), &[("client_id", Problem::ClientIdNeeded)]);
}

#[test]
fn options_have_ranges() {
    let mut draft = device(Credential::None);
    draft.options.keep_alive = 4;
    draft.options.max_packet_size = 1023;
    let ranges = [("options.keep_alive", Problem::OutOfRange), ("options.max_packet_size", Problem::OutOfRange)];
    expect(check(&draft, HubKind::MqttBroker), &ranges);
    let mut draft = with(key_credential(), [set(SecretField::PrimaryKey, KEY)]);
    draft.options.keep_alive = 1178;
    draft.options.version = MqttVersion::V5;
    let azure = [("options.keep_alive", Problem::OutOfRange), ("options.version", Problem::NotOnThisHub)];
    expect(check(&draft, HubKind::AzureIotHub), &azure);
}

#[test]
fn each_hub_takes_its_own_credentials() {
    use HubKind as K;
    let sas = SasOptions::default();
    let endpoint =
        Credential::EndpointToken { app_version: "a-v1".into(), endpoint_id: None, user_name: Some("u".into()) };
    let x509 = Credential::X509 { trust: CertificateTrust::Itself };
    let table: [(Credential, &[K]); 9] = [
        (Credential::None, &[K::MqttBroker, K::Sandbox]),
        (Credential::AccessToken, &[K::ThingsBoard, K::Sandbox]),
        (Credential::Basic { user_name: "u".into() }, &[K::MqttBroker, K::ThingsBoard, K::Sandbox]),
        (key_credential(), &[K::AzureIotHub, K::AzureDps]),
        (Credential::SasToken, &[K::AzureIotHub, K::AzureDps]),
        (Credential::GroupKey { sas }, &[K::AzureDps]),
        (x509, &[K::MqttBroker, K::ThingsBoard, K::AzureIotHub, K::AzureDps]),
        (Credential::Provision, &[K::ThingsBoard]),
        (endpoint, &[K::Kaa]),
    ];
    for (credential, takers) in table {
        for kind in [K::MqttBroker, K::ThingsBoard, K::AzureIotHub, K::AzureDps, K::Kaa, K::Sandbox] {
            let stored: Vec<_> =
                credential.secrets().iter().map(|field| StoredSecret { field: *field, ends: None }).collect();
            let result = check_device(&device(credential.clone()), &hub(kind), &stored, Some(&certificate("c")));
            let refused = [("credential.kind", Problem::NotOnThisHub)];
            match takers.contains(&kind) {
                true => expect(result, &[]),
                false => expect(result, &refused),
            }
        }
    }
}

#[test]
fn a_secret_must_be_there_once_the_form_is_saved() {
    let token = |draft| SecretEntry { field: SecretField::Token, draft };
    let stored = [StoredSecret { field: SecretField::Token, ends: None }];
    let required = [("secrets.token", Problem::Required)];
    let hub = hub(HubKind::ThingsBoard);
    expect(check_device(&device(Credential::AccessToken), &hub, &[], None), &required);
    expect(check_device(&device(Credential::AccessToken), &hub, &stored, None), &[]);
    for draft in [SecretDraft::Clear, SecretDraft::Set { value: SecretText::new(String::new()) }] {
        expect(check_device(&with(Credential::AccessToken, [token(draft)]), &hub, &stored, None), &required);
    }
    expect(check_device(&with(Credential::AccessToken, [token(SecretDraft::Keep)]), &hub, &[], None), &required);
    let control = with(Credential::AccessToken, [set(SecretField::Token, "a\nb")]);
    expect(check_device(&control, &hub, &[], None), &[("secrets.token", Problem::ControlCharacter)]);
    let foreign = with(Credential::AccessToken, [set(SecretField::Token, "t"), set(SecretField::PrimaryKey, KEY)]);
    expect(check_device(&foreign, &hub, &[], None), &[("secrets.primary_key", Problem::NotOnThisHub)]);
}

#[test]
fn a_password_without_a_user_name_is_for_mqtt_5_only() {
    let mut draft = with(Credential::Basic { user_name: String::new() }, [set(SecretField::Password, "p")]);
    expect(check(&draft, HubKind::MqttBroker), &[("credential.user_name", Problem::PasswordNeedsUserName)]);
    draft.options.version = MqttVersion::V5;
    expect(check(&draft, HubKind::MqttBroker), &[]);
    // ThingsBoard stores no such credential, whatever the protocol allows.
    expect(check(&draft, HubKind::ThingsBoard), &[("credential.user_name", Problem::PasswordNeedsUserName)]);
    draft.secrets.clear();
    expect(check(&draft, HubKind::MqttBroker), &[("credential.user_name", Problem::Required)]);
    expect(check(&draft, HubKind::ThingsBoard), &[]);
    draft.client_id.clear();
    expect(check(&draft, HubKind::ThingsBoard), &[("credential.user_name", Problem::Required)]);
}

#[test]
fn azure_keys_and_tokens_are_recognisable() {
    expect(check(&device(key_credential()), HubKind::AzureIotHub), &[("secrets.primary_key", Problem::Required)]);
    let wrong =
        with(key_credential(), [set(SecretField::PrimaryKey, "secret"), set(SecretField::SecondaryKey, "AAAA")]);
    let keys = [("secrets.primary_key", Problem::NotAKey), ("secrets.secondary_key", Problem::NotAKey)];
    expect(check(&wrong, HubKind::AzureIotHub), &keys);
    let other = Credential::SharedAccessKey {
        sign_with: KeyChoice::Secondary,
        sas: SasOptions { lifetime: 59, auto_renew: true },
    };
    expect(
        check(&with(other, [set(SecretField::PrimaryKey, KEY)]), HubKind::AzureIotHub),
        &[("secrets.secondary_key", Problem::Required), ("credential.sas.lifetime", Problem::OutOfRange)],
    );
    let pasted = with(Credential::SasToken, [set(SecretField::Token, "SharedAccessSignature sr=a")]);
    expect(check(&pasted, HubKind::AzureIotHub), &[("secrets.token", Problem::NotASasToken)]);
}

#[test]
fn azure_ids_name_a_device_or_a_module_of_it() {
    let mut draft = with(key_credential(), [set(SecretField::PrimaryKey, KEY)]);
    for (id, problem) in [
        ("pump-1", None),
        ("pump-1/camera", None),
        ("", Some(Problem::Required)),
        ("a/b/c", Some(Problem::NotAnId)),
        ("/b", Some(Problem::NotAnId)),
        ("a/", Some(Problem::NotAnId)),
        ("a b", Some(Problem::NotAnId)),
        (&"a".repeat(129), Some(Problem::NotAnId)),
    ] {
        draft.client_id = id.into();
        let expected: Vec<_> = problem.map(|problem| ("client_id", problem)).into_iter().collect();
        expect(check(&draft, HubKind::AzureIotHub), &expected);
    }
    draft.client_id = "pump-1/camera".into();
    expect(check(&draft, HubKind::AzureDps), &[("client_id", Problem::NotAnId)]);
}

#[test]
fn certificates_need_tls_and_where_a_ca_counts_the_right_name() {
    let x509 = |trust| device(Credential::X509 { trust });
    let (azure, dps) = (hub(HubKind::AzureIotHub), hub(HubKind::AzureDps));
    let (own, by_ca) = (x509(CertificateTrust::Itself), x509(CertificateTrust::Authority));
    expect(check_device(&own, &azure, &[], None), &[("certificate", Problem::CertificateNeeded)]);
    expect(check_device(&own, &azure, &[], Some(&certificate("other"))), &[]);
    expect(check_device(&by_ca, &azure, &[], Some(&certificate("c"))), &[]);
    let differs = [("certificate", Problem::CommonNameDiffers)];
    expect(check_device(&by_ca, &azure, &[], Some(&certificate("C"))), &differs);
    expect(check_device(&own, &dps, &[], Some(&certificate("other"))), &differs);
    let plain = Hub { transport: Transport::Mqtt, ..hub(HubKind::MqttBroker) };
    let beside = device(Credential::Basic { user_name: "u".into() });
    expect(check_device(&beside, &plain, &[], Some(&certificate("x"))), &[("certificate", Problem::NeedsTls)]);
}

#[test]
fn kaa_needs_a_token_that_fits_into_a_topic() {
    let endpoint = |app_version: &str, user_name: Option<&str>| Credential::EndpointToken {
        app_version: app_version.into(),
        endpoint_id: None,
        user_name: user_name.map(str::to_owned),
    };
    expect(check(&with(endpoint("a-v1", None), [set(SecretField::Token, "t")]), HubKind::Kaa), &[]);
    expect(
        check(
            &with(endpoint("", None), [set(SecretField::Token, "a/b"), set(SecretField::Password, "p")]),
            HubKind::Kaa,
        ),
        &[
            ("credential.app_version", Problem::Required),
            ("credential.user_name", Problem::PasswordNeedsUserName),
            ("secrets.token", Problem::NotATopic),
        ],
    );
}

#[test]
fn subscriptions_are_legal_filters_with_a_qos_that_the_hub_takes() {
    let draft = |filter: &str, qos, colour| SubscriptionDraft {
        id: None,
        device: DeviceId::new(),
        filter: filter.into(),
        qos,
        colour,
        alias: None,
        enabled: true,
        options: SubscribeOptions::default(),
    };
    expect(check_subscription(&draft("lab/#", 1, None), HubKind::MqttBroker), &[]);
    expect(check_subscription(&draft("$share/team/lab/#", 2, None), HubKind::MqttBroker), &[]);
    expect(check_subscription(&draft("kp1/a-v1/dcx/{token}/json/+/+", 1, None), HubKind::Kaa), &[]);
    expect(check_subscription(&draft("", 0, None), HubKind::MqttBroker), &[("filter", Problem::Required)]);
    expect(
        check_subscription(&draft("lab/#/x", 2, Some(9)), HubKind::AzureIotHub),
        &[("filter", Problem::NotATopicFilter), ("qos", Problem::QosNotAllowed), ("colour", Problem::OutOfRange)],
    );
    let mut shared = draft("$share/team/lab/#", 1, None);
    shared.options = SubscribeOptions { no_local: true, identifier: Some(0), ..SubscribeOptions::default() };
    expect(
        check_subscription(&shared, HubKind::MqttBroker),
        &[("options.no_local", Problem::NotWhenShared), ("options.identifier", Problem::OutOfRange)],
    );
}

#[test]
fn the_way_to_a_hub_is_checked_whole() {
    let mut draft = HubDraft { transport: Transport::Wss, ..hub_draft("lab", "lab.example", 443) };
    expect(check_hub(&draft, false), &[]);
    draft.connection = Connection {
        path: "mqtt".into(),
        alpn: vec![String::new()],
        address: Some(ServerAddress { host: "http://x".into(), port: 0 }),
        proxy: ProxyChoice::Own {
            proxy: Proxy { kind: ProxyKind::Http, host: String::new(), port: 0, user_name: Some("a:b".into()) },
        },
        ..Connection::default()
    };
    expect(
        check_hub(&draft, false),
        &[
            ("connection.path", Problem::NotAPath),
            ("connection.alpn", Problem::OutOfRange),
            ("connection.address.host", Problem::HostHasExtra),
            ("connection.address.port", Problem::NotAPort),
            ("connection.proxy.host", Problem::Required),
            ("connection.proxy.port", Problem::NotAPort),
            ("connection.proxy.user_name", Problem::ControlCharacter),
        ],
    );
    let headers = SecretText::new("Sec-WebSocket-Key: x".into());
    let entry = SecretEntry { field: SecretField::Headers, draft: SecretDraft::Set { value: headers } };
    let headers = HubDraft { secrets: vec![entry], ..hub_draft("lab", "lab.example", 80) };
    expect(check_hub(&headers, false), &[("secrets.headers", Problem::NotAHeader)]);
}

#[test]
fn each_kind_of_hub_has_its_transports() {
    let with = |kind, transport| HubDraft { kind, transport, ..hub_draft("hub", "hub.example", 443) };
    expect(check_hub(&with(HubKind::AzureIotHub, Transport::Wss), false), &[]);
    expect(check_hub(&with(HubKind::AzureIotHub, Transport::Ws), false), &[("transport", Problem::NeedsTls)]);
    expect(check_hub(&with(HubKind::ThingsBoard, Transport::Wss), false), &[("transport", Problem::NotOnThisHub)]);
    expect(check_hub(&with(HubKind::Kaa, Transport::Ws), false), &[("transport", Problem::NotOnThisHub)]);
    let socket = |path: &str| {
        let mut draft = HubDraft { transport: Transport::Unix, ..hub_draft("local", "", 0) };
        path.clone_into(&mut draft.connection.socket);
        draft
    };
    #[cfg(unix)]
    expect(check_hub(&socket("/run/mosquitto.sock"), false), &[]);
    #[cfg(not(unix))]
    expect(check_hub(&socket("C:\\socket"), false), &[("transport", Problem::NotOnThisSystem)]);
    #[cfg(unix)]
    expect(check_hub(&socket("relative"), false), &[("connection.socket", Problem::NotAPath)]);
}

#[test]
fn a_will_is_a_message_that_the_hub_takes() {
    let will = |topic: &str, qos| Will {
        topic: topic.into(),
        payload: PayloadDraft::Text { text: "gone".into() },
        qos,
        retain: false,
        delay: None,
        properties: MessageProperties::default(),
    };
    let with = |will| {
        let mut draft = device(Credential::None);
        draft.options.will = Some(will);
        draft
    };
    let problems = |draft: &DeviceDraft, kind| {
        let error = check_device(draft, &hub(kind), &[], None);
        let fields = error.err().map(|error| error.fields).unwrap_or_default();
        let wills = fields.into_iter().filter(|problem| problem.field.starts_with("options."));
        wills.map(|problem| (problem.field, problem.problem)).collect::<Vec<_>>()
    };
    assert_eq!(problems(&with(will("status/gone", 2)), HubKind::MqttBroker), []);
    let wildcard = problems(&with(will("a/#", 1)), HubKind::MqttBroker);
    assert_eq!(wildcard, [("options.will.topic".to_owned(), Problem::NotATopic)]);
    let elsewhere = [
        ("options.will.topic".to_owned(), Problem::NotATelemetryTopic),
        ("options.will.qos".to_owned(), Problem::QosNotAllowed),
    ];
    assert_eq!(problems(&with(will("status/gone", 2)), HubKind::AzureIotHub), elsewhere);
    let mut azure = with(will("", 1));
    let telemetry = format!("devices/{}/messages/events/$.ct=text", azure.client_id);
    azure.options.will.as_mut().unwrap().topic = telemetry;
    assert_eq!(problems(&azure, HubKind::AzureIotHub), []);
    let mut wrong = with(will("a", 0));
    wrong.options.will.as_mut().unwrap().properties.response_topic = Some("a/+".into());
    wrong.options.properties.receive_maximum = Some(0);
    let expected = [
        ("options.properties.receive_maximum".to_owned(), Problem::OutOfRange),
        ("options.will.properties.response_topic".to_owned(), Problem::NotATopic),
    ];
    assert_eq!(problems(&wrong, HubKind::MqttBroker), expected);
}
