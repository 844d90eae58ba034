//! Credentials as CONNECT carries them, and what the form shows of that.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use hubscope_hubs::azure::{self, connection_string, sas};
use hubscope_hubs::{Secrets, connect_options, expand_topic, preview, suggested_subscriptions, topic_secrets};
use hubscope_model::{
    CertificateTrust, Code, ConnectRule, Credential, Device, DeviceId, Hub, HubDetails, HubId, HubKind, KeyChoice,
    MqttVersion, SasOptions, SasSignature, SecretField, SessionOptions, ShownValue, StoredSecret, Transport,
};
use hubscope_pki::{ClientIdentity, Trust, read_identity, self_signed_device};
use hubscope_vault::{Secret, for_connector};
use std::time::Duration;
use zeroize::Zeroizing;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER: &str = "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eDf3t3c29rZ2NfW1dTT0tHQz87NzMvKycjHxsXEw8LBwA==";
const SAS: SasOptions = SasOptions { lifetime: 600, auto_renew: true };

fn hub(kind: HubKind, host: &str) -> Hub {
    Hub {
        details: HubDetails { id_scope: Some("0ne1".into()), ..HubDetails::default() },
        ..Hub::new(kind, host, 1884, Transport::Mqtt)
    }
}

fn secret(text: &str) -> Secret<String> {
    Secret::new(Zeroizing::new(text.into()))
}

fn secrets<const N: usize>(of: [(SecretField, &str); N]) -> Secrets {
    of.into_iter().map(|(field, text)| (field, secret(text))).collect()
}

fn device(credential: Credential, secrets: &Secrets) -> Device {
    Device {
        id: DeviceId::new(),
        hub: HubId::new(),
        name: "d".into(),
        client_id: "c1".into(),
        credential,
        secrets: secrets.iter().map(|(field, secret)| StoredSecret { field: *field, ends: secret.ends() }).collect(),
        certificate: None,
        credential_set: None,
        options: SessionOptions { clean_session: false, keep_alive: 30, ..SessionOptions::default() },
    }
}

/// Options of a connection, and the login that it would carry at second 1000.
fn connect(hub: &Hub, device: &Device, secrets: &Secrets) -> Result<(hubscope_mqtt::Options, String, String), Code> {
    let options = connect_options(hub, &Trust::System, device, None, secrets).map_err(|error| error.code)?;
    let (user_name, password) = options.login(1000).map_err(|error| error.code)?;
    Ok((options, for_connector(&user_name).to_owned(), for_connector(&password).to_owned()))
}

fn login(hub: &Hub, device: &Device, secrets: &Secrets) -> Result<(String, String), Code> {
    connect(hub, device, secrets).map(|(_, user_name, password)| (user_name, password))
}

#[test]
fn a_broker_without_credential() {
    let (hub, device) = (hub(HubKind::MqttBroker, "Bücher.example"), device(Credential::None, &Secrets::new()));
    let (options, user_name, password) = connect(&hub, &device, &Secrets::new()).unwrap();
    assert_eq!(
        (options.host.as_str(), options.port, options.client_id.as_str()),
        ("xn--bcher-kva.example", 1884, "c1")
    );
    assert!(options.tls.is_none() && options.token.is_none() && user_name.is_empty() && password.is_empty());
    assert_eq!((options.clean_session, options.keep_alive, options.max_packet_size), (false, 30, 16 * 1024 * 1024));
    let shown = preview(&hub, &device);
    assert_eq!((shown.user_name, shown.password, shown.topic), (ShownValue::Empty, ShownValue::Empty, None));
    assert!(shown.rules.is_empty() && shown.retain);
    assert!(suggested_subscriptions(&hub, &device).is_empty());
}

#[test]
fn basic_carries_name_and_password() {
    let (hub, with) = (hub(HubKind::MqttBroker, "b"), secrets([(SecretField::Password, "a long pass phrase")]));
    let device = device(Credential::Basic { user_name: "me".into() }, &with);
    assert_eq!(login(&hub, &device, &with), Ok(("me".into(), "a long pass phrase".into())));
    assert_eq!(login(&hub, &device, &Secrets::new()), Err(Code::SecretMissing));
    let shown = preview(&hub, &device);
    assert_eq!(shown.user_name, ShownValue::Text { text: "me".into() });
    assert_eq!(shown.password, ShownValue::Masked { word: "password".into(), ends: Some("rase".into()) });
}

#[test]
fn a_password_alone_is_for_mqtt_5() {
    let (hub, with) = (hub(HubKind::MqttBroker, "b"), secrets([(SecretField::Password, "pw")]));
    let mut device = device(Credential::Basic { user_name: String::new() }, &with);
    assert_eq!(login(&hub, &device, &with), Err(Code::BadUserNameOrPassword));
    device.options.version = MqttVersion::V5;
    assert_eq!(login(&hub, &device, &with), Ok((String::new(), "pw".into())));
}

#[test]
fn thingsboard_takes_the_token_as_user_name_and_keeps_no_session() {
    let (hub, with) = (hub(HubKind::ThingsBoard, "tb"), secrets([(SecretField::Token, "Jq0vT2m8XfLw4ZrC1aHd")]));
    let device = device(Credential::AccessToken, &with);
    let (options, user_name, password) = connect(&hub, &device, &with).unwrap();
    assert_eq!((user_name.as_str(), password.as_str()), ("Jq0vT2m8XfLw4ZrC1aHd", ""));
    assert!(options.user_name.is_none() && options.clean_session);
    assert_eq!(options.max_packet_size, 65_536);
    assert_eq!(login(&hub, &device, &Secrets::new()), Err(Code::SecretMissing));
    let shown = preview(&hub, &device);
    assert_eq!(shown.client_id, ShownValue::Anything);
    assert_eq!(shown.user_name, ShownValue::Masked { word: "token".into(), ends: Some("1aHd".into()) });
    assert_eq!((shown.password, shown.clean_session, shown.max_qos), (ShownValue::Empty, true, 1));
    assert_eq!(shown.topic.as_deref(), Some("v1/devices/me/telemetry"));
    assert_eq!(shown.rules.first(), Some(&ConnectRule::ThingsBoardTokenIsUserName));
    assert_eq!(*topic_secrets(&device, &with)[0], "Jq0vT2m8XfLw4ZrC1aHd");
    assert_eq!(suggested_subscriptions(&hub, &device).len(), 4);
}

#[test]
fn a_packet_size_that_the_user_chose_stays_where_the_owner_may_have_raised_it() {
    let mut device = device(Credential::AccessToken, &Secrets::new());
    device.options.max_packet_size = 1_000_000;
    assert_eq!(preview(&hub(HubKind::ThingsBoard, "tb"), &device).max_packet_size, 1_000_000);
    assert_eq!(preview(&hub(HubKind::AzureIotHub, "az"), &device).max_packet_size, 262_144);
}

#[test]
fn thingsboard_knows_basic_without_password_and_provisioning() {
    let hub = hub(HubKind::ThingsBoard, "tb");
    let named = device(Credential::Basic { user_name: "u".into() }, &Secrets::new());
    assert_eq!(login(&hub, &named, &Secrets::new()), Ok(("u".into(), String::new())));
    assert!(preview(&hub, &named).rules.contains(&ConnectRule::ThingsBoardAnyPassword));
    let by_client_id = device(Credential::Basic { user_name: String::new() }, &Secrets::new());
    assert_eq!(login(&hub, &by_client_id, &Secrets::new()), Ok((String::new(), String::new())));
    let with = secrets([(SecretField::ProvisionKey, "pk"), (SecretField::ProvisionSecret, "ps")]);
    let provision = device(Credential::Provision, &with);
    assert_eq!(login(&hub, &provision, &with), Ok(("provision".into(), String::new())));
    assert_eq!(preview(&hub, &provision).topic.as_deref(), Some("/provision/request"));
    assert_eq!(suggested_subscriptions(&hub, &provision), [("/provision/response".to_owned(), 1)]);
}

#[test]
fn azure_makes_a_token_of_the_chosen_key_for_every_connect() {
    let hub = hub(HubKind::AzureIotHub, "contoso.azure-devices.net");
    let with = secrets([(SecretField::PrimaryKey, KEY), (SecretField::SecondaryKey, OTHER)]);
    for (choice, signature) in
        [(KeyChoice::Primary, SasSignature::Primary), (KeyChoice::Secondary, SasSignature::Secondary)]
    {
        let device = device(Credential::SharedAccessKey { sign_with: choice, sas: SAS }, &with);
        let (options, user_name, password) = connect(&hub, &device, &with).unwrap();
        assert_eq!(user_name, "contoso.azure-devices.net/c1/?api-version=2021-04-12");
        let read = sas::decode(&password).unwrap();
        assert_eq!((read.resource.as_str(), read.expiry), ("contoso.azure-devices.net/devices/c1", 1600));
        assert!(read.policy.is_none() && azure::opens(&read, &hub, &device));
        assert_eq!(azure::checked_signature(&read, &device, &with), signature);
        let fresh = options.token.unwrap().fresh(2000).unwrap();
        assert_eq!((fresh.issued, fresh.expires), (2000, 2600));
        assert!(options.auto_renew && options.timing.connect >= Duration::from_secs(60));
        assert_eq!(for_connector(&azure::device_token(&hub, &device, &with, 1600).unwrap()), password);
    }
    let device = device(Credential::SharedAccessKey { sign_with: KeyChoice::Secondary, sas: SAS }, &with);
    assert_eq!(login(&hub, &device, &secrets([(SecretField::PrimaryKey, KEY)])), Err(Code::SecretMissing));
    assert_eq!(login(&hub, &device, &secrets([(SecretField::SecondaryKey, "x")])), Err(Code::InvalidKey));
}

#[test]
fn azure_dictates_what_a_form_may_not_change() {
    let mut hub = hub(HubKind::AzureIotHub, "contoso.azure-devices.net");
    hub.details.gateway = Some("edge.local".into());
    let with = secrets([(SecretField::PrimaryKey, KEY)]);
    let mut device = device(Credential::SharedAccessKey { sign_with: KeyChoice::Primary, sas: SAS }, &with);
    device.client_id = "d/m".into();
    device.options = SessionOptions { version: MqttVersion::V5, keep_alive: 2000, ..device.options };
    let (options, user_name, password) = connect(&hub, &device, &with).unwrap();
    assert_eq!((options.version, options.keep_alive, options.max_packet_size), (MqttVersion::V311, 1177, 262_144));
    assert_eq!((options.host.as_str(), options.client_id.as_str()), ("edge.local", "d/m"));
    assert_eq!(user_name, "contoso.azure-devices.net/d/m/?api-version=2021-04-12");
    assert_eq!(sas::decode(&password).unwrap().resource, "contoso.azure-devices.net/devices/d/modules/m");
    let shown = preview(&hub, &device);
    assert_eq!(
        (shown.host.as_str(), shown.keep_alive, shown.version, shown.retain),
        ("edge.local", 1177, MqttVersion::V311, false)
    );
    assert_eq!(shown.user_name, ShownValue::Text { text: user_name });
    assert_eq!(shown.password, ShownValue::Masked { word: "SAS token".into(), ends: None });
    assert_eq!(shown.topic.as_deref(), Some("devices/d/modules/m/messages/events/"));
    assert_eq!(suggested_subscriptions(&hub, &device), [("devices/d/modules/m/#".to_owned(), 1)]);
    let string = connection_string::of_device(&hub, &device, &with, KeyChoice::Primary).unwrap();
    let expected = format!(
        "HostName=contoso.azure-devices.net;DeviceId=d;ModuleId=m;GatewayHostName=edge.local;SharedAccessKey={KEY}"
    );
    assert_eq!(for_connector(&string), expected);
    connection_string::parse(&expected).unwrap();
}

#[test]
fn a_pasted_token_is_sent_until_it_ends_and_never_renewed() {
    let hub = hub(HubKind::AzureIotHub, "contoso.azure-devices.net");
    let token = sas::make("contoso.azure-devices.net/devices/c1", &secret(KEY), 1200, None).unwrap();
    let with = Secrets::from([(SecretField::Token, token.clone())]);
    let device = device(Credential::SasToken, &with);
    let (options, _, password) = connect(&hub, &device, &with).unwrap();
    assert_eq!((password.as_str(), options.auto_renew), (for_connector(&token), false));
    let source = options.token.unwrap();
    assert_eq!(source.fresh(1199).unwrap().expires, 1200);
    assert_eq!(source.fresh(1200).unwrap_err().code, Code::TokenExpired);
    assert_eq!(login(&hub, &device, &secrets([(SecretField::Token, "x")])), Err(Code::InvalidSasToken));
    assert_eq!(azure::checked_signature(&sas::decode(&password).unwrap(), &device, &with), SasSignature::NotChecked);
}

#[test]
fn provisioning_signs_as_registration_with_the_own_or_the_derived_key() {
    let hub = hub(HubKind::AzureDps, "global.azure-devices-provisioning.net");
    let own = secrets([(SecretField::PrimaryKey, KEY)]);
    let single = device(Credential::SharedAccessKey { sign_with: KeyChoice::Primary, sas: SAS }, &own);
    let group = secrets([(SecretField::GroupKey, KEY)]);
    let member = device(Credential::GroupKey { sas: SAS }, &group);
    for (device, with, signature) in [(&single, &own, SasSignature::Primary), (&member, &group, SasSignature::Key)] {
        let (options, user_name, password) = connect(&hub, device, with).unwrap();
        assert_eq!(user_name, "0ne1/registrations/c1/api-version=2019-03-31");
        let read = sas::decode(&password).unwrap();
        assert_eq!((read.resource.as_str(), read.policy.as_deref()), ("0ne1/registrations/c1", Some("registration")));
        assert_eq!(azure::checked_signature(&read, device, with), signature);
        assert!(options.clean_session && azure::opens(&read, &hub, device));
    }
    assert_eq!(suggested_subscriptions(&hub, &single), [("$dps/registrations/res/#".to_owned(), 1)]);
    assert!(preview(&hub, &member).rules.contains(&ConnectRule::DpsNoQueryMark));
}

#[test]
fn a_certificate_is_shown_beside_or_in_place_of_the_rest() {
    let issued = self_signed_device("c1").unwrap();
    let identity = ClientIdentity { chain_pem: issued.chain_pem.clone(), key: Secret::new(issued.key_pem.clone()) };
    let read = read_identity(issued.chain_pem.as_bytes(), Some(issued.key_pem.as_bytes()), None).unwrap();
    let mut hub = Hub { transport: Transport::Mqtts, ..hub(HubKind::AzureIotHub, "contoso.azure-devices.net") };
    let mut device = device(Credential::X509 { trust: CertificateTrust::Itself }, &Secrets::new());
    let trust = Trust::CaPem(issued.cert_pem.clone());
    let missing = connect_options(&hub, &trust, &device, None, &Secrets::new()).unwrap_err();
    assert_eq!(missing.code, Code::SecretMissing);
    device.certificate = Some(read.summary);
    let options = connect_options(&hub, &trust, &device, Some(&identity), &Secrets::new()).unwrap();
    assert!(options.tls.unwrap().client_auth_cert_resolver.has_certs());
    assert_eq!(options.user_name.as_deref(), Some("contoso.azure-devices.net/c1/?api-version=2021-04-12"));
    assert!(options.password.is_none() && options.token.is_none());
    let shown = preview(&hub, &device);
    assert!(shown.client_certificate && shown.rules.contains(&ConnectRule::AzureThumbprintRegistered));
    assert_eq!(shown.password, ShownValue::Empty);
    let string = connection_string::of_device(&hub, &device, &Secrets::new(), KeyChoice::Primary).unwrap();
    assert_eq!(for_connector(&string), "HostName=contoso.azure-devices.net;DeviceId=c1;x509=true");

    hub.kind = HubKind::ThingsBoard;
    let options = connect_options(&hub, &trust, &device, Some(&identity), &Secrets::new()).unwrap();
    assert!(options.user_name.is_none() && options.tls.is_some());
    assert!(preview(&hub, &device).rules.contains(&ConnectRule::ThingsBoardCertificateId));

    hub.kind = HubKind::MqttBroker;
    device.credential = Credential::Basic { user_name: "me".into() };
    let options = connect_options(&hub, &trust, &device, Some(&identity), &Secrets::new()).unwrap();
    assert_eq!(options.user_name.as_deref(), Some("me"));
    assert!(options.tls.unwrap().client_auth_cert_resolver.has_certs());
}

#[test]
fn kaa_carries_its_token_in_topics_only() {
    let hub = hub(HubKind::Kaa, "mqtt.cloud.kaaiot.com");
    let with = secrets([(SecretField::Token, "endpoint-token-7Qd2"), (SecretField::Password, "pw")]);
    let credential = Credential::EndpointToken {
        app_version: "c9k2-v1".into(),
        endpoint_id: None,
        user_name: Some("client@tenant".into()),
    };
    let device = device(credential, &with);
    assert_eq!(login(&hub, &device, &with), Ok(("client@tenant".into(), "pw".into())));
    assert_eq!(login(&hub, &device, &secrets([(SecretField::Password, "pw")])), Err(Code::SecretMissing));
    let shown = preview(&hub, &device);
    assert_eq!(shown.topic.as_deref(), Some("kp1/c9k2-v1/dcx/token •7Qd2/json"));
    assert_eq!(shown.rules, [ConnectRule::KaaTokenInTopic, ConnectRule::KaaClientCredentials]);
    for (filter, _) in suggested_subscriptions(&hub, &device) {
        assert!(filter.contains("/{token}/"), "{filter}");
        let sent = expand_topic(&device, &with, &filter);
        assert!(sent.contains("/endpoint-token-7Qd2/") && !sent.contains('{'), "{sent}");
    }
    assert_eq!(
        topic_secrets(&device, &with).iter().map(|text| text.as_str()).collect::<Vec<_>>(),
        ["endpoint-token-7Qd2"]
    );
    // Elsewhere it is an ordinary text.
    let broker = Device { credential: Credential::None, ..device };
    assert_eq!(expand_topic(&broker, &with, "a/{token}"), "a/{token}");
}
