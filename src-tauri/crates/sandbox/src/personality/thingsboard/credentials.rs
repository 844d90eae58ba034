//! Who a client is, in the order in which the server looks ("Basic MQTT credentials" and the transport's source).

use crate::handshake::Connect;
use crate::personality::Peer;
use hubscope_pki as pki;
use std::sync::Arc;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

pub(crate) struct Device {
    pub id: Arc<str>,
    pub credential: Credential,
}

pub(crate) enum Credential {
    Token(Zeroizing<String>),
    /// What is None must not be sent, but for the password, which is then not looked at.
    Basic {
        client_id: Option<String>,
        user_name: Option<String>,
        password: Option<Zeroizing<String>>,
    },
    /// The id that the server computes of the certificate: SHA3-256.
    Certificate(String),
}

/// What was looked for in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// A user name or a password.
    Login,
    ClientId,
    Nothing,
    Certificate,
}

pub(super) fn find(devices: &[Device], connect: &Connect, peer: &Peer, now: i64) -> Result<Arc<str>, Refused> {
    let found = |matches: &dyn Fn(&Credential) -> bool| {
        devices.iter().find(|device| matches(&device.credential)).map(|device| device.id.clone())
    };
    // A certificate that was shown counts alone; its dates are checked at CONNECT.
    if !peer.certificates.is_empty() {
        let ids: Vec<_> = peer.certificates.iter().map(|der| pki::thingsboard_id(der)).collect();
        let leaf = peer.certificates.first().and_then(|der| pki::describe(der).ok());
        let valid = leaf.is_some_and(|leaf| (leaf.not_before..=leaf.not_after).contains(&now));
        let known = |credential: &Credential| matches!(credential, Credential::Certificate(id) if ids.contains(id));
        return found(&known).filter(|_| valid).ok_or(Refused::Certificate);
    }
    let client_id = Some(connect.client_id.as_str()).filter(|id| !id.is_empty());
    let user = connect.user_name.as_deref().filter(|name| !name.is_empty());
    let password = connect.password.as_deref().unwrap_or_default();
    let Some(user) = user else {
        let by_client_id = |credential: &Credential| is_basic(credential, client_id, None, password);
        return match client_id {
            _ if connect.password.is_some() => Err(Refused::Login),
            Some(_) => found(&by_client_id).ok_or(Refused::ClientId),
            None => Err(Refused::Nothing),
        };
    };
    found(&|credential| client_id.is_some() && is_basic(credential, client_id, Some(user), password))
        .or_else(|| found(&|credential| is_basic(credential, None, Some(user), password)))
        .or_else(|| found(&|credential| is_token(credential, user)))
        .ok_or(Refused::Login)
}

fn is_basic(credential: &Credential, id: Option<&str>, user: Option<&str>, password: &[u8]) -> bool {
    let Credential::Basic { client_id, user_name, password: stored } = credential else { return false };
    let right = stored.as_ref().is_none_or(|stored| stored.as_bytes().ct_eq(password).into());
    client_id.as_deref() == id && user_name.as_deref() == user && right
}

/// A password beside a token is not looked at.
fn is_token(credential: &Credential, user: &str) -> bool {
    matches!(credential, Credential::Token(token) if token.as_bytes().ct_eq(user.as_bytes()).into())
}
