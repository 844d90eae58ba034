//! ThingsBoard, by the server's own code (`MqttTransportHandler`).

use super::{Reason, Words};
use crate::thingsboard::{Presented, answer_to_unknown};
use hubscope_model::{Credential, Device, MqttVersion, text};

pub(super) fn words(reason: Reason, device: &Device) -> Option<Words> {
    match reason {
        Reason::Credential | Reason::ClientId if means_unknown(reason, device) => unknown(device),
        Reason::Unavailable => super::words(
            "ThingsBoard takes no connection now.",
            text!(
                "It answers so when a rate limit is reached, and when something failed on the server. Try again later."
            ),
        ),
        Reason::NoAnswer if device.certificate.is_some() => super::words(
            "ThingsBoard closed the connection without an answer.",
            text!(
                "It ends the handshake when the certificates sent do not sign each other: check the order of the chain."
            ),
        ),
        Reason::Dropped => super::words(
            "ThingsBoard closed the connection.",
            text!("With MQTT 3.1.1 it does so on JSON that it cannot read, and when a rate limit is reached."),
        ),
        _ => None,
    }
}

fn unknown(device: &Device) -> Option<Words> {
    match &device.credential {
        Credential::X509 { .. } => super::words(
            "ThingsBoard knows no device with this certificate, or its dates do not include now.",
            text!(
                "Compare the credentials id shown here with the device's: the certificate must be entered there as it is sent."
            ),
        ),
        Credential::AccessToken => super::words(
            "ThingsBoard knows no device with this access token.",
            text!("Copy the token again from the device's page; another tenant or server has other tokens."),
        ),
        Credential::Basic { .. } => super::words(
            "ThingsBoard knows no device with this client id, user name and password.",
            text!(
                "All three must be as they are stored there: a client id or user name too many is as wrong as one too few."
            ),
        ),
        _ => None,
    }
}

/// Whether the answer is the one that unknown credentials of this kind get; other causes have other answers.
fn means_unknown(reason: Reason, device: &Device) -> bool {
    let (user_name, password) = match &device.credential {
        Credential::AccessToken => (Some("token"), false),
        Credential::Basic { user_name } => (Some(user_name.as_str()).filter(|name| !name.is_empty()), false),
        _ => (None, false),
    };
    let presented =
        Presented { user_name, password, client_id: &device.client_id, certificate: device.certificate.is_some() };
    let rejected_id = answer_to_unknown(presented, MqttVersion::V311) == 2;
    (reason == Reason::ClientId) == rejected_id
}
