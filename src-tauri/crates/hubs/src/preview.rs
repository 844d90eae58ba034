//! What CONNECT would carry, for the form: every value as it will be sent, secrets by their ends, and why.

use crate::azure::{self, dps};
use crate::connect::{PROVISION, azure_user_name};
use crate::limits;
use crate::{kaa, options_in_force};
use hubscope_model::{
    CertificateTrust, ConnectParameters, ConnectRule, Credential, Device, Hub, HubKind, SecretField, ShownValue,
    Transport,
};

/// The effective CONNECT of `device` on `hub`. `device.secrets` says which secrets are there, and how they end.
pub fn preview(hub: &Hub, device: &Device) -> ConnectParameters {
    let limits = limits::of(hub.kind);
    let options = options_in_force(hub.kind, &device.options);
    let (user_name, password) = login(hub, device);
    ConnectParameters {
        host: azure::tcp_host(hub).to_owned(),
        port: hub.port,
        transport: hub.transport,
        path: match hub.transport {
            Transport::Mqtt | Transport::Mqtts => None,
            Transport::Ws | Transport::Wss => Some(hub.connection.path.clone()),
            Transport::Unix => Some(hub.connection.socket.clone()),
        },
        client_certificate: hub.transport.is_tls() && device.certificate.is_some(),
        version: options.version,
        client_id: client_id(hub, device),
        user_name,
        password,
        clean_session: options.clean_session,
        will: options.will.map(|will| will.topic),
        keep_alive: options.keep_alive,
        max_packet_size: options.max_packet_size,
        max_qos: limits.qos,
        retain: limits.retain,
        topic: topic(hub, device),
        rules: rules(hub, device),
    }
}

fn client_id(hub: &Hub, device: &Device) -> ShownValue {
    let ignored = Credential::AccessToken == device.credential
        || matches!(device.credential, Credential::X509 { .. } | Credential::Provision);
    match hub.kind {
        HubKind::ThingsBoard if ignored => ShownValue::Anything,
        _ => text(&device.client_id),
    }
}

/// User name and password.
fn login(hub: &Hub, device: &Device) -> (ShownValue, ShownValue) {
    let empty = || ShownValue::Empty;
    if matches!(hub.kind, HubKind::AzureIotHub | HubKind::AzureDps) {
        let password = match &device.credential {
            Credential::SasToken => masked(device, SecretField::Token, "SAS token"),
            credential if credential.sas().is_some() => ShownValue::Masked { word: "SAS token".to_owned(), ends: None },
            _ => empty(),
        };
        return (text(&azure_user_name(hub, device)), password);
    }
    match &device.credential {
        Credential::AccessToken => (masked(device, SecretField::Token, "token"), empty()),
        Credential::Basic { user_name } => (text(user_name), masked(device, SecretField::Password, "password")),
        Credential::Provision => (text(PROVISION), empty()),
        Credential::EndpointToken { user_name, .. } => {
            (text(user_name.as_deref().unwrap_or_default()), masked(device, SecretField::Password, "password"))
        }
        _ => (empty(), empty()),
    }
}

/// Where telemetry goes.
fn topic(hub: &Hub, device: &Device) -> Option<String> {
    match (hub.kind, &device.credential) {
        (HubKind::MqttBroker | HubKind::Sandbox, _) => None,
        (HubKind::ThingsBoard, Credential::Provision) => Some("/provision/request".to_owned()),
        (HubKind::ThingsBoard, _) => Some("v1/devices/me/telemetry".to_owned()),
        (HubKind::AzureIotHub, _) => Some(azure::telemetry_topic(&device.client_id)),
        (HubKind::AzureDps, _) => Some(dps::REGISTER.to_owned()),
        (HubKind::Kaa, Credential::EndpointToken { app_version, .. }) => {
            let chip = kaa::topic::chip(ends(device, SecretField::Token).as_deref());
            Some(kaa::topic::telemetry(app_version).replace(kaa::topic::TOKEN, &chip))
        }
        (HubKind::Kaa, _) => None,
    }
}

fn rules(hub: &Hub, device: &Device) -> Vec<ConnectRule> {
    use ConnectRule as R;
    let trust = match &device.credential {
        Credential::X509 { trust } => Some(*trust),
        _ => None,
    };
    match hub.kind {
        HubKind::MqttBroker | HubKind::Sandbox => Vec::new(),
        HubKind::AzureIotHub => {
            let mut rules = vec![R::AzureTlsOnly, R::AzureClientIdIsDevice];
            rules.extend(trust.map(|trust| match trust {
                CertificateTrust::Authority => R::AzureCommonNameIsDevice,
                CertificateTrust::Itself => R::AzureThumbprintRegistered,
            }));
            rules.extend([R::AzureKeepAliveLimit, R::AzureNoQos2, R::AzureNoRetain, R::AzureFiveSubscriptions]);
            rules.extend(device.options.will.as_ref().map(|_| R::AzureWillIsTelemetry));
            rules
        }
        HubKind::AzureDps => {
            let mut rules = vec![R::AzureTlsOnly, R::DpsNoQueryMark];
            rules.extend(trust.map(|_| R::DpsCommonNameIsRegistration));
            rules.push(R::AzureNoQos2);
            rules
        }
        HubKind::ThingsBoard => thingsboard_rules(device),
        HubKind::Kaa => kaa_rules(device),
    }
}

fn thingsboard_rules(device: &Device) -> Vec<ConnectRule> {
    use ConnectRule as R;
    let own = match &device.credential {
        Credential::AccessToken => Some(R::ThingsBoardTokenIsUserName),
        Credential::X509 { .. } => Some(R::ThingsBoardCertificateId),
        Credential::Provision => Some(R::ThingsBoardProvision),
        Credential::Basic { user_name } if !user_name.is_empty() && !has(device, SecretField::Password) => {
            Some(R::ThingsBoardAnyPassword)
        }
        _ => None,
    };
    let all = [R::ThingsBoardNoSession, R::ThingsBoardNoQos2, R::ThingsBoardTopicList, R::ThingsBoardPayloadLimit];
    own.into_iter().chain(all).collect()
}

fn kaa_rules(device: &Device) -> Vec<ConnectRule> {
    let named =
        matches!(&device.credential, Credential::EndpointToken { user_name: Some(name), .. } if !name.is_empty());
    let mut rules = vec![ConnectRule::KaaTokenInTopic];
    rules.extend(named.then_some(ConnectRule::KaaClientCredentials));
    rules.extend(device.certificate.as_ref().map(|_| ConnectRule::KaaCertificateBySerial));
    rules
}

fn text(text: &str) -> ShownValue {
    match text.is_empty() {
        true => ShownValue::Empty,
        false => ShownValue::Text { text: text.to_owned() },
    }
}

/// A secret by its end, or nothing where none is there.
fn masked(device: &Device, field: SecretField, word: &str) -> ShownValue {
    match has(device, field) {
        true => ShownValue::Masked { word: word.to_owned(), ends: ends(device, field) },
        false => ShownValue::Empty,
    }
}

fn has(device: &Device, field: SecretField) -> bool {
    device.secrets.iter().any(|stored| stored.field == field)
}

fn ends(device: &Device, field: SecretField) -> Option<String> {
    device.secrets.iter().find(|stored| stored.field == field).and_then(|stored| stored.ends.clone())
}
