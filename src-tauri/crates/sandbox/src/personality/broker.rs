//! The sandbox in its own personality: a small broker. Who has a device's token may use any topic, and so may who has
//! no login at all where the sandbox is open to everybody, or a certificate of the CA that it was told to trust.

use super::{Admission, Grant, Hub, Member, Offer, Peer, Verdict};
use crate::handshake::{Connect, Refusal};
use crate::limits::Limits;
use crate::message::Message;
use std::sync::Arc;
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

/// The devices that the hub knows, with their tokens.
pub(crate) struct Directory {
    devices: Vec<(Arc<str>, Zeroizing<String>)>,
    /// Who sends neither user name nor password is let in.
    open: bool,
    /// Whose certificates are a login.
    client_ca: Option<String>,
}

impl Directory {
    /// Pairs of device id and token.
    pub fn new(devices: impl IntoIterator<Item = (Arc<str>, Zeroizing<String>)>) -> Self {
        Self { devices: devices.into_iter().collect(), open: false, client_ca: None }
    }

    /// The same, for clients without a login too if `open` says so.
    pub fn open_to_everybody(self, open: bool) -> Self {
        Self { open, ..self }
    }

    /// The same, for clients with a certificate of this CA too.
    pub fn trusting(self, client_ca: Option<String>) -> Self {
        Self { client_ca, ..self }
    }

    fn trusts(&self, peer: &Peer) -> bool {
        let verified = |ca: &String| hubscope_pki::verify_chain(&peer.certificates, ca).is_ok();
        self.client_ca.as_ref().is_some_and(verified)
    }

    /// Checks a login and says whose it is: the token as user name without (or with an empty) password, or the
    /// device id as user name with the token as password. Takes the same time whatever was sent.
    fn login(&self, user_name: Option<&str>, password: Option<&[u8]>) -> Result<&Arc<str>, Refusal> {
        let user_name = user_name.unwrap_or_default().as_bytes();
        let password = password.unwrap_or_default();
        let mut found = None;
        for (id, token) in &self.devices {
            let by_token = user_name.ct_eq(token.as_bytes()) & password.ct_eq(b"");
            let by_pair: Choice = user_name.ct_eq(id.as_bytes()) & password.ct_eq(token.as_bytes());
            if (by_token | by_pair).into() {
                found = Some(id);
            }
        }
        found.ok_or(match password {
            [] => Refusal::NOT_AUTHORISED,
            _ => Refusal::BAD_USER_NAME_OR_PASSWORD,
        })
    }
}

impl Hub for Directory {
    fn admit(&self, connect: &Connect, peer: &Peer) -> Result<Admission, Refusal> {
        let has_no_login = connect.user_name.is_none() && connect.password.is_none();
        let anonymous = has_no_login && (self.open || self.trusts(peer));
        let device = match anonymous {
            true => None,
            false => Some(self.login(connect.user_name.as_deref(), connect.password.as_deref())?.clone()),
        };
        Ok(Admission { device, session: None, keeps: true, keep_alive: connect.keep_alive, valid_for: None })
    }

    fn subscribe(&self, _: &Member, _: &str) -> Grant {
        Grant::Given
    }

    fn publish(&self, _: &Member, _: &Message) -> Verdict {
        Verdict::Route
    }

    fn offers(&self, limits: &Limits) -> Offer {
        Offer::whole(limits)
    }

    fn routes(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins() {
        let pair = |id: &str, token: &str| (id.into(), token.to_owned().into());
        let directory = Directory::new([pair("d1", "token1"), pair("d2", "token2")]);
        let login =
            |user, password: Option<&str>| directory.login(user, password.map(str::as_bytes)).map(|device| &**device);
        assert_eq!(login(Some("token1"), None), Ok("d1"));
        assert_eq!(login(Some("token2"), Some("")), Ok("d2"));
        assert_eq!(login(Some("d2"), Some("token2")), Ok("d2"));
        assert_eq!(login(None, None), Err(Refusal::NOT_AUTHORISED));
        assert_eq!(login(Some(""), None), Err(Refusal::NOT_AUTHORISED));
        assert_eq!(login(Some("token"), None), Err(Refusal::NOT_AUTHORISED));
        assert_eq!(login(Some("d1"), None), Err(Refusal::NOT_AUTHORISED));
        assert_eq!(login(Some("d1"), Some("token2")), Err(Refusal::BAD_USER_NAME_OR_PASSWORD));
        assert_eq!(login(Some("token1"), Some("x")), Err(Refusal::BAD_USER_NAME_OR_PASSWORD));
        assert_eq!(login(None, Some("token1")), Err(Refusal::BAD_USER_NAME_OR_PASSWORD));
    }
}
