//! Refusals in the words of the hub that did it.

#![cfg(test)]

use hubscope_hubs::explain_refusal;
use hubscope_model::{
    CertificateTrust, Code, Credential, Device, DeviceId, Error, Hub, HubId, HubKind, SasOptions, SessionOptions,
    Transport, text,
};

fn hub(kind: HubKind) -> Hub {
    Hub::new(kind, "h.example", 8883, Transport::Mqtts)
}

fn device(credential: Credential) -> Device {
    Device {
        id: DeviceId::new(),
        hub: HubId::new(),
        name: "d".into(),
        client_id: "c1".into(),
        credential,
        secrets: Vec::new(),
        certificate: None,
        credential_set: None,
        options: SessionOptions::default(),
    }
}

fn refused(code: Code) -> Error {
    Error::new(code, "The broker's words.").detail("CONNACK return code 5").hint("A general hint.").retryable()
}

fn explained(kind: HubKind, credential: Credential, code: Code) -> Error {
    explain_refusal(&hub(kind), &device(credential), refused(code))
}

#[test]
fn code_evidence_and_weight_stay() {
    let error = explained(HubKind::ThingsBoard, Credential::AccessToken, Code::NotAuthorised);
    assert_eq!((error.code, error.detail.as_deref()), (Code::NotAuthorised, Some(&text!("CONNACK return code 5"))));
    assert!(error.retryable && error.message.contains("access token") && error.hint.is_some());
}

#[test]
fn brokers_and_what_has_nothing_to_do_with_a_hub_keep_their_words() {
    for (kind, code) in [
        (HubKind::MqttBroker, Code::NotAuthorised),
        (HubKind::Sandbox, Code::NotAuthorised),
        (HubKind::AzureIotHub, Code::HostNotFound),
        (HubKind::Kaa, Code::TlsUnknownCa),
        (HubKind::ThingsBoard, Code::KeepAliveTimeout),
    ] {
        assert_eq!(explained(kind, Credential::None, code), refused(code), "{kind:?}");
    }
}

#[test]
fn thingsboard_tells_an_unknown_credential_by_its_answer() {
    let client_id_alone = Credential::Basic { user_name: String::new() };
    let named = Credential::Basic { user_name: "u".into() };
    let words = |credential: &Credential, code| explained(HubKind::ThingsBoard, credential.clone(), code).message;
    // A client id alone is rejected as such; with a user name the same answer means something else.
    assert!(words(&client_id_alone, Code::ClientIdRefused).contains("knows no device"));
    assert_eq!(words(&named, Code::ClientIdRefused), refused(Code::ClientIdRefused).message);
    assert!(words(&named, Code::BadUserNameOrPassword).contains("knows no device"));
    assert_eq!(words(&client_id_alone, Code::NotAuthorised), refused(Code::NotAuthorised).message);
    assert!(words(&named, Code::ServerUnavailable).contains("no connection now"));
}

#[test]
fn azure_speaks_of_the_credential_that_was_used() {
    let sas = SasOptions::default();
    let words = |kind, credential, code| explained(kind, credential, code).hint.unwrap();
    let key = Credential::SharedAccessKey { sign_with: Default::default(), sas };
    assert!(words(HubKind::AzureIotHub, key.clone(), Code::NotAuthorised).contains("clock"));
    assert!(words(HubKind::AzureIotHub, Credential::SasToken, Code::NotAuthorised).contains("ended"));
    let x509 = Credential::X509 { trust: CertificateTrust::Authority };
    assert!(words(HubKind::AzureIotHub, x509.clone(), Code::NotAuthorised).contains("thumbprints"));
    assert!(words(HubKind::AzureIotHub, key, Code::ConnectionLost).contains("token ends"));
    assert!(words(HubKind::AzureDps, Credential::GroupKey { sas }, Code::NotAuthorised).contains("group"));
    assert!(words(HubKind::AzureDps, x509, Code::ClosedBeforeAnswer).contains("registration id"));
}

/// The papers do not say how a suspended token is refused, so the words must not either.
#[test]
fn kaa_s_words_assert_nothing_about_states() {
    let token = |user_name: Option<&str>| Credential::EndpointToken {
        app_version: "a-v1".into(),
        endpoint_id: None,
        user_name: user_name.map(str::to_owned),
    };
    for code in [Code::NotAuthorised, Code::BadUserNameOrPassword, Code::ClosedBeforeAnswer, Code::ConnectionLost] {
        for credential in [token(None), token(Some("n@t"))] {
            let error = explained(HubKind::Kaa, credential, code);
            assert!(!error.message.contains("suspended") && !error.message.contains("revoked"), "{error:?}");
            assert!(error.hint.unwrap().contains("state"));
        }
    }
    let named = explained(HubKind::Kaa, token(Some("n@t")), Code::BadUserNameOrPassword);
    assert!(named.message.contains("client credentials"));
}
