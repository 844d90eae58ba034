//! Forms are refused with every problem at once, by field.

use hubscope_hubs::{check_device, check_hub, check_subscription};
use hubscope_model::{
    CaChange, CredentialDraft, DeviceDraft, DeviceId, HubDraft, HubId, HubKind, MqttVersion, Problem, Result,
    SecretDraft, SecretText, SessionOptions, SubscriptionDraft,
};

fn problems(result: Result<()>) -> Vec<(String, Problem)> {
    result.err().map(|error| error.fields.into_iter().map(|f| (f.field, f.problem)).collect()).unwrap_or_default()
}

fn expect(result: Result<()>, expected: &[(&str, Problem)]) {
    let expected: Vec<_> = expected.iter().map(|(field, problem)| ((*field).to_owned(), *problem)).collect();
    assert_eq!(problems(result), expected);
}

fn hub(name: &str, host: &str, port: u16) -> HubDraft {
    HubDraft {
        id: None,
        kind: HubKind::MqttBroker,
        name: name.into(),
        host: host.into(),
        port,
        tls: false,
        ca: CaChange::SystemRoots,
    }
}

fn device(credential: CredentialDraft) -> DeviceDraft {
    DeviceDraft {
        id: None,
        hub: HubId::new(),
        name: "d".into(),
        client_id: "c".into(),
        credential,
        options: SessionOptions::default(),
    }
}

fn set(text: &str) -> SecretDraft {
    SecretDraft::Set { value: SecretText::new(text.into()) }
}

#[test]
fn a_good_hub_passes_and_a_bad_one_says_everything() {
    expect(check_hub(&hub("Lab", "broker.example", 1883)), &[]);
    expect(
        check_hub(&hub(" ", "mqtt://broker", 0)),
        &[("name", Problem::Required), ("host", Problem::HostHasExtra), ("port", Problem::NotAPort)],
    );
    expect(check_hub(&hub("a\u{7}b", "x", 1)), &[("name", Problem::ControlCharacter)]);
    expect(check_hub(&hub(&"a".repeat(201), "x", 1)), &[("name", Problem::TooLong)]);
}

#[test]
fn the_sandbox_brings_its_own_address() {
    expect(check_hub(&HubDraft { kind: HubKind::Sandbox, ..hub("Sandbox", "", 0) }), &[]);
}

#[test]
fn a_kept_session_needs_a_client_id() {
    let mut draft = device(CredentialDraft::None);
    draft.client_id.clear();
    expect(check_device(&draft, HubKind::MqttBroker), &[]);
    draft.options.clean_session = false;
    expect(check_device(&draft, HubKind::MqttBroker), &[("client_id", Problem::ClientIdNeeded)]);
}

#[test]
fn options_have_ranges() {
    let mut draft = device(CredentialDraft::None);
    draft.options.keep_alive = 4;
    draft.options.max_packet_size = 1023;
    expect(
        check_device(&draft, HubKind::MqttBroker),
        &[("options.keep_alive", Problem::OutOfRange), ("options.max_packet_size", Problem::OutOfRange)],
    );
}

#[test]
fn tokens_belong_to_platforms_that_have_them() {
    let token = || device(CredentialDraft::AccessToken { token: set("t0ken") });
    expect(check_device(&token(), HubKind::ThingsBoard), &[]);
    expect(check_device(&token(), HubKind::Sandbox), &[]);
    expect(check_device(&token(), HubKind::MqttBroker), &[("credential.kind", Problem::OutOfRange)]);
}

#[test]
fn a_token_must_be_there() {
    for (token, problem) in [
        (SecretDraft::Keep, Problem::Required),
        (SecretDraft::Clear, Problem::Required),
        (set(""), Problem::Required),
        (set("a\nb"), Problem::ControlCharacter),
    ] {
        let draft = device(CredentialDraft::AccessToken { token });
        expect(check_device(&draft, HubKind::ThingsBoard), &[("credential.token", problem)]);
    }
    let mut kept = device(CredentialDraft::AccessToken { token: SecretDraft::Keep });
    kept.id = Some(DeviceId::new());
    expect(check_device(&kept, HubKind::ThingsBoard), &[]);
}

#[test]
fn a_password_without_a_user_name_is_for_mqtt_5_only() {
    let mut draft = device(CredentialDraft::Basic { user_name: String::new(), password: set("p") });
    expect(check_device(&draft, HubKind::MqttBroker), &[("credential.user_name", Problem::PasswordNeedsUserName)]);
    draft.options.version = MqttVersion::V5;
    expect(check_device(&draft, HubKind::MqttBroker), &[]);
    draft.credential = CredentialDraft::Basic { user_name: String::new(), password: SecretDraft::Clear };
    expect(check_device(&draft, HubKind::MqttBroker), &[("credential.user_name", Problem::Required)]);
}

#[test]
fn subscriptions_are_legal_filters_with_qos_0_or_1() {
    let draft = |filter: &str, qos, colour| SubscriptionDraft {
        id: None,
        device: DeviceId::new(),
        filter: filter.into(),
        qos,
        colour,
        alias: None,
        enabled: true,
    };
    expect(check_subscription(&draft("lab/#", 1, None), HubKind::MqttBroker), &[]);
    expect(check_subscription(&draft("", 0, None), HubKind::MqttBroker), &[("filter", Problem::Required)]);
    expect(
        check_subscription(&draft("lab/#/x", 2, Some(9)), HubKind::MqttBroker),
        &[("filter", Problem::NotATopicFilter), ("qos", Problem::QosNotAllowed), ("colour", Problem::OutOfRange)],
    );
}
