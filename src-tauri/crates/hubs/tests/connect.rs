//! Credentials as CONNECT carries them.

use hubscope_hubs::connect_options;
use hubscope_model::{
    Code, Credential, Device, DeviceId, Hub, HubId, HubKind, MqttVersion, SecretSummary, SessionOptions,
};
use hubscope_pki::Trust;
use hubscope_vault::{Secret, for_connector};
use zeroize::Zeroizing;

fn hub(kind: HubKind) -> Hub {
    Hub { id: HubId::new(), kind, name: "h".into(), host: "Bücher.example".into(), port: 1884, tls: false, ca: None }
}

fn device(credential: Credential) -> Device {
    Device {
        id: DeviceId::new(),
        hub: HubId::new(),
        name: "d".into(),
        client_id: "c1".into(),
        credential,
        options: SessionOptions { clean_session: false, keep_alive: 30, ..SessionOptions::default() },
    }
}

fn secret(text: &str) -> Option<Secret<String>> {
    Some(Secret::new(Zeroizing::new(text.into())))
}

fn set() -> SecretSummary {
    SecretSummary { set: true, ends: None }
}

#[test]
fn a_broker_without_credential() {
    let options = connect_options(&hub(HubKind::MqttBroker), &Trust::System, &device(Credential::None), None).unwrap();
    assert_eq!(
        (options.host.as_str(), options.port, options.client_id.as_str()),
        ("xn--bcher-kva.example", 1884, "c1")
    );
    assert!(options.tls.is_none() && options.user_name.is_none() && options.password.is_none());
    assert_eq!((options.clean_session, options.keep_alive), (false, 30));
}

#[test]
fn thingsboard_takes_the_token_as_user_name_and_keeps_no_session() {
    let token = Credential::AccessToken { token: set() };
    let options = connect_options(&hub(HubKind::ThingsBoard), &Trust::System, &device(token), secret("t0ken")).unwrap();
    assert_eq!(options.user_name_secret.as_ref().map(for_connector), Some("t0ken"));
    assert!(options.user_name.is_none() && options.password.is_none() && options.clean_session);
}

#[test]
fn basic_carries_name_and_password() {
    let basic = || Credential::Basic { user_name: "me".into(), password: set() };
    let options = connect_options(&hub(HubKind::MqttBroker), &Trust::System, &device(basic()), secret("pw")).unwrap();
    assert_eq!(options.user_name.as_deref(), Some("me"));
    assert_eq!(options.password.as_ref().map(for_connector), Some("pw"));
    let missing = connect_options(&hub(HubKind::MqttBroker), &Trust::System, &device(basic()), None);
    assert_eq!(missing.unwrap_err().code, Code::SecretMissing);
}

#[test]
fn a_password_alone_is_for_mqtt_5() {
    let mut device = device(Credential::Basic { user_name: String::new(), password: set() });
    let connect = |device: &Device| connect_options(&hub(HubKind::MqttBroker), &Trust::System, device, secret("pw"));
    assert_eq!(connect(&device).unwrap_err().code, Code::BadUserNameOrPassword);
    device.options.version = MqttVersion::V5;
    assert!(connect(&device).unwrap().user_name.is_none());
}
