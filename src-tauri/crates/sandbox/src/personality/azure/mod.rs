//! Azure IoT Hub at a device's end.
//!
//! Sources: Azure IoT Hub, "Communicate with an IoT hub using the MQTT protocol" (the MQTT page), "Control access with
//! shared access signatures" (the SAS page), "Authenticate identities with X.509 certificates" (the X.509 page).
//! MQTT 3.1.1 cannot say why: whatever is wrong with a credential is CONNACK 5, as clients of the real hub report.
//! Twins and direct methods can be subscribed and are not answered yet.

mod sas;
mod topics;

use super::{Admission, Grant, Hub, Member, Peer, Verdict};
use crate::handshake::{Connect, Refusal};
use crate::message::Message;
use hubscope_pki as pki;
use mqtt_protocol_core::mqtt::Version;
use sas::Sas;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use zeroize::Zeroizing;

/// Names under which the hub is reached. The first is in connection strings.
pub(crate) const HOSTS: [&str; 2] = ["localhost", "127.0.0.1"];
/// The MQTT page, "Keep-alive": the hub waits 1767 s at most, 1.5 times 1178 s; a client that switches it off too.
const KEEP_ALIVE_MAX: u16 = 1178;

/// An identity of the registry: a device or a module.
pub(crate) struct Identity {
    /// `device` or `device/module`; case-sensitive.
    pub id: Arc<str>,
    pub enabled: bool,
    pub proof: Proof,
}

/// What proves an identity.
pub(crate) enum Proof {
    /// Two keys, decoded from base64.
    Keys([Zeroizing<Vec<u8>>; 2]),
    /// Primary and secondary thumbprint, SHA-1 or SHA-256 in hex.
    Thumbprints([String; 2]),
    /// A chain to the registered CA, PEM.
    Authority(String),
}

/// A shared access policy with the permission DeviceConnect.
pub(crate) struct Policy {
    pub name: &'static str,
    /// Decoded from base64.
    pub key: Zeroizing<Vec<u8>>,
}

pub(crate) struct Azure {
    pub identities: Vec<Identity>,
    /// Every device with a certificate of this CA, PEM, is as good as registered by it.
    pub enrolled_ca: Option<String>,
    pub policies: Vec<Policy>,
}

impl Hub for Azure {
    fn admit(&self, connect: &Connect, peer: &Peer) -> Result<Admission, Refusal> {
        // The MQTT page: MQTT 3.1.1 only.
        if connect.version != Version::V3_1_1 {
            return Err(Refusal::UnknownVersion);
        }
        let known = self.identities.iter().find(|identity| *identity.id == *connect.client_id);
        let by_ca = self.enrolled(&connect.client_id);
        let identity = known.or(by_ca.as_ref());
        // A disabled device is refused like an unknown one (reports of clients: CONNACK 5).
        let identity = identity.filter(|identity| identity.enabled).ok_or(Refusal::NOT_AUTHORISED)?;
        if !is_user_name(connect.user_name.as_deref().unwrap_or_default(), &identity.id) {
            return Err(Refusal::NOT_AUTHORISED);
        }
        let password = connect.password.as_deref().unwrap_or_default();
        let valid_for = self.judge(identity, password, peer, now()).ok_or(Refusal::NOT_AUTHORISED)?;
        // The MQTT page, "Last will"; what another topic leads to is not documented.
        if connect.will.as_ref().is_some_and(|will| !topics::is_telemetry(&will.message.topic, &identity.id)) {
            return Err(Refusal::WillTopic);
        }
        Ok(Admission {
            device: Some(identity.id.clone()),
            // One connection an identity: the newer one wins.
            session: Some(identity.id.to_string()),
            keeps: true,
            keep_alive: match connect.keep_alive {
                0 => KEEP_ALIVE_MAX,
                seconds => seconds.min(KEEP_ALIVE_MAX),
            },
            valid_for,
        })
    }

    fn subscribe(&self, member: &Member, filter: &str) -> Grant {
        match &member.device {
            Some(id) if topics::may_subscribe(filter, id) => Grant::Given,
            // The MQTT page: "IoT Hub terminates the connection" for what it does not support.
            _ => Grant::Close,
        }
    }

    fn publish(&self, member: &Member, message: &Message) -> Verdict {
        match &member.device {
            // The retain flag becomes an application property and nothing is kept (the MQTT page).
            Some(id) if topics::may_publish(&message.topic, id) && topics::fits(message, id) => {
                Verdict::Keep { device: id.clone(), reply: None }
            }
            _ => Verdict::Close,
        }
    }
}

impl Azure {
    /// The identity that a device of the enrolled CA has, its certificate not yet looked at.
    fn enrolled(&self, id: &str) -> Option<Identity> {
        let proof = Proof::Authority(self.enrolled_ca.clone()?);
        Some(Identity { id: id.into(), enabled: true, proof })
    }

    /// How long the identity may stay; `Some(None)` is without end, None is not at all.
    fn judge(&self, identity: &Identity, password: &[u8], peer: &Peer, now: i64) -> Option<Option<Duration>> {
        match &identity.proof {
            Proof::Keys(keys) => {
                let sas = Sas::read(std::str::from_utf8(password).ok()?)?;
                let signed = match sas.policy.as_deref() {
                    None => sas.opens(&identity.id) && keys.iter().any(|key| sas.is_signed_with(key)),
                    Some(name) => {
                        let policy = self.policies.iter().find(|policy| policy.name == name)?;
                        sas.covers(&identity.id) && sas.is_signed_with(&policy.key)
                    }
                };
                let left = u64::try_from(sas.expiry - now).ok().filter(|left| *left > 0)?;
                // The connection is closed when its token expires (the MQTT page).
                signed.then_some(Some(Duration::from_secs(left)))
            }
            Proof::Thumbprints(registered) => {
                let leaf = peer.certificates.first()?;
                let (sha1, sha256) = (pki::sha1_thumbprint(leaf), pki::sha256_thumbprint(leaf));
                let shown = |hex: &String| hex.eq_ignore_ascii_case(&sha1) || hex.eq_ignore_ascii_case(&sha256);
                (password.is_empty() && registered.iter().any(shown)).then_some(None)
            }
            Proof::Authority(ca_pem) => {
                // The X.509 page: the subject's common name is the device id, `device/module` for a module.
                let named = pki::common_name(peer.certificates.first()?).as_deref() == Some(&*identity.id);
                let vouched = pki::verify_chain(&peer.certificates, ca_pem).is_ok();
                (password.is_empty() && named && vouched).then_some(None)
            }
        }
    }
}

/// `{host}/{client id}/?api-version=…`; the query is not looked at (the MQTT page asks for an api-version and only
/// warns of leaving it out).
fn is_user_name(user_name: &str, id: &str) -> bool {
    let Some((host, rest)) = user_name.split_once('/') else { return false };
    let path = rest.split_once("/?").map_or(rest, |(path, _)| path);
    is_our_host(host) && path.strip_suffix('/').unwrap_or(path) == id
}

fn is_our_host(host: &str) -> bool {
    HOSTS.iter().any(|ours| ours.eq_ignore_ascii_case(host))
}

/// Unix seconds.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
