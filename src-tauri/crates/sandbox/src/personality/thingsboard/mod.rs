//! ThingsBoard's MQTT transport.
//!
//! Sources: the pages "MQTT Device API", "Basic MQTT credentials", "X.509 certificate based authentication", "Device
//! provisioning", and the transport's source (github.com/thingsboard/thingsboard, 4.4). MQTT 3.1 is not spoken.
//! Attribute requests and RPC are taken and not answered yet, but for the limits that clients ask for first.

mod credentials;
mod payload;
mod provisioning;
mod topics;

pub(crate) use credentials::{Credential, Device};
pub(crate) use provisioning::Profile;

use super::{Admission, Grant, Hub, Member, Peer, Verdict};
use crate::broker::{PublishProblem, SubscribeProblem};
use crate::handshake::{Connect, Refusal};
use crate::message::{Message, Qos};
use credentials::Refused;
use hubscope_pki as pki;
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use topics::Topic;

/// Largest payload (`NETTY_MAX_PAYLOAD_SIZE`).
pub(crate) const LARGEST: usize = 65_536;
/// A client without keep-alive is let go after ten minutes of silence (session inactivity timeout); the connection
/// waits 1.5 times this.
const INACTIVITY: u16 = 400;

pub(crate) struct ThingsBoard {
    devices: Mutex<Vec<Device>>,
    profile: Profile,
    /// The CA (PEM) of a profile that makes devices of certificate chains ("X.509 certificate based authentication").
    chain_ca: Option<String>,
}

impl ThingsBoard {
    pub fn new(devices: Vec<Device>, profile: Profile, chain_ca: Option<String>) -> Self {
        Self { devices: Mutex::new(devices), profile, chain_ca }
    }
}

impl Hub for ThingsBoard {
    fn admit(&self, connect: &Connect, peer: &Peer) -> Result<Admission, Refusal> {
        let mut admission = Admission {
            device: None,
            session: None,
            // "No session is persisted" (the transport's source), whatever CONNACK says.
            keeps: false,
            keep_alive: if connect.keep_alive == 0 { INACTIVITY } else { connect.keep_alive },
            valid_for: None,
        };
        // "Device provisioning": the user name or client id is `provision`; nothing else is looked at.
        if connect.user_name.as_deref() == Some("provision") || connect.client_id == "provision" {
            return Ok(admission);
        }
        let found = self.find(connect, peer).map_err(|refused| match refused {
            // Codes of the transport's source, MQTT 3.1.1 and 5.
            Refused::Login => Refusal::Coded(5, 0x86),
            Refused::ClientId => Refusal::Coded(2, 0x85),
            Refused::Nothing | Refused::Certificate => Refusal::Coded(5, 0x87),
        })?;
        // One session a device, the newer one wins (the server's default).
        admission.session = Some(found.to_string());
        admission.device = Some(found);
        Ok(admission)
    }

    fn subscribe(&self, member: &Member, filter: &str) -> Grant {
        let allowed = match member.device {
            Some(_) => topics::may_subscribe(filter),
            None => filter == provisioning::RESPONSE,
        };
        if allowed { Grant::Given } else { Grant::Refused(SubscribeProblem::Filter) }
    }

    fn publish(&self, member: &Member, message: &Message) -> Verdict {
        let Some(device) = &member.device else { return self.provision(message) };
        let reply = match topics::read(&message.topic) {
            // "Unknown topics are ignored" (the transport's source).
            None => return Verdict::Refused(PublishProblem::TopicUnknown),
            Some(Topic::Telemetry) if !payload::is_telemetry(message.payload.as_slice()) => {
                return Verdict::Refused(PublishProblem::Payload);
            }
            Some(Topic::Attributes) if !payload::is_attributes(message.payload.as_slice()) => {
                return Verdict::Refused(PublishProblem::Payload);
            }
            Some(Topic::Rpc(id)) => limits(id, message.payload.as_slice()),
            Some(_) => None,
        };
        Verdict::Keep { device: device.clone(), reply }
    }

    fn claims_sessions(&self) -> bool {
        true
    }
}

impl ThingsBoard {
    fn find(&self, connect: &Connect, peer: &Peer) -> Result<Arc<str>, Refused> {
        let devices = self.devices.lock();
        credentials::find(&devices, connect, peer, now()).or_else(|refused| match refused {
            Refused::Certificate => self.of_chain(&devices, peer).ok_or(refused),
            _ => Err(refused),
        })
    }

    /// The device whose chain leads to the profile's CA, by its common name; a name that has another credential is not
    /// of that profile.
    fn of_chain(&self, devices: &[Device], peer: &Peer) -> Option<Arc<str>> {
        pki::verify_chain(&peer.certificates, self.chain_ca.as_ref()?).ok()?;
        let name = pki::common_name(peer.certificates.first()?)?;
        (!devices.iter().any(|device| *device.id == *name)).then(|| name.into())
    }

    fn provision(&self, message: &Message) -> Verdict {
        if *message.topic != *provisioning::REQUEST {
            return Verdict::Close;
        }
        let answer = self.profile.answer(message.payload.as_slice(), &mut self.devices.lock());
        let reply = Message::new(provisioning::RESPONSE, answer.to_string(), Qos::AtLeastOnce, false);
        Verdict::Keep { device: "provision".into(), reply: Some(reply) }
    }
}

/// The server itself answers the method `getSessionLimits` ("MQTT Device API", "Rate limits").
fn limits(id: &str, payload: &[u8]) -> Option<Message> {
    let request: serde_json::Value = serde_json::from_slice(payload).ok()?;
    let limits = serde_json::json!({
        "maxPayloadSize": LARGEST,
        "maxInflightMessages": 100,
        "rateLimits": {"messages": "", "telemetryMessages": "", "telemetryDataPoints": ""},
    });
    let topic = format!("v1/devices/me/rpc/response/{id}");
    (request["method"] == "getSessionLimits").then(|| Message::new(&topic, limits.to_string(), Qos::AtLeastOnce, false))
}

/// Unix seconds.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
