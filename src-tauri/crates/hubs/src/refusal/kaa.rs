//! Kaa. Its papers name no CONNACK codes, and how a suspended token is refused is not in them either; that a session
//! ends when its token or its client credentials are revoked is (kaa-rfcs 16/ECAP and 22/CAP).

use super::{Reason, Words};
use hubscope_model::{Credential, Device, text};

pub(super) fn words(reason: Reason, device: &Device) -> Option<Words> {
    let named = matches!(&device.credential, Credential::EndpointToken { user_name: Some(_), .. });
    match reason {
        Reason::Credential | Reason::NoAnswer if device.certificate.is_some() => super::words(
            "Kaa does not let this client in with its certificate.",
            text!(
                "Kaa knows a certificate by issuer and serial number: compare both with the client's credentials there. A certificate made anew must be registered anew."
            ),
        ),
        Reason::Credential | Reason::NoAnswer if named => super::words(
            "Kaa does not let this client in with its client credentials.",
            text!(
                "The user name is the credential's name, @ and the tenant's id, as shown when it was made. The endpoint token may be suspended or revoked: read its state."
            ),
        ),
        Reason::Credential | Reason::NoAnswer => super::words(
            "Kaa does not let this client in.",
            text!(
                "Where the tenant asks for client credentials, every client needs a user name and password, or a certificate. The endpoint token may be suspended or revoked: read its state."
            ),
        ),
        Reason::Dropped => super::words(
            "Kaa closed the connection.",
            text!(
                "It ends the sessions of a token that was revoked, and those without client credentials once the tenant asks for them. Read the token's state."
            ),
        ),
        Reason::ClientId | Reason::Unavailable | Reason::Version => None,
    }
}
