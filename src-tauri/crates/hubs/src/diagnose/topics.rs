//! Where a run subscribes and publishes, so that the hub takes it and nothing stays.

use crate::azure::{self, dps};
use crate::kaa;
use crate::{Secrets, expand_topic};
use hubscope_model::{Credential, Device, Hub, HubKind};
use rand::Rng;

/// Below it a broker's own topics lie.
pub const PREFIX: &str = "hubscope/diagnose";

/// What steps 8 to 10 do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topics {
    pub filter: String,
    /// None: nothing can be published here without a consequence.
    pub publish: Option<Publication>,
    /// The filter is the run's own and no device has it.
    pub is_own: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    pub topic: String,
    pub payload: &'static [u8],
    /// Where our message or the hub's answer comes back; None: only the acknowledgement does.
    pub echo: Option<String>,
    /// Where the hub's refusal comes.
    pub refusal: Option<String>,
}

/// Those of a device on its hub. `prefix`: below it a broker's topics lie.
pub fn topics(hub: &Hub, device: &Device, secrets: &Secrets, prefix: &str) -> Topics {
    let suggested = |filter: &str, publish| Topics { filter: filter.to_owned(), publish, is_own: false };
    match (hub.kind, &device.credential) {
        (HubKind::AzureIotHub, _) => {
            let topic = azure::telemetry_topic(&device.client_id);
            suggested(&azure::incoming_filter(&device.client_id), Some(acknowledged(topic, b"{}")))
        }
        // A registration would assign the device to a hub.
        (HubKind::AzureDps, _) => suggested(dps::ANSWERS, None),
        (HubKind::ThingsBoard, Credential::Provision) => suggested("/provision/response", None),
        // A question about an attribute that no device has: nothing is stored.
        (HubKind::ThingsBoard, _) => {
            let topic = "v1/devices/me/attributes/request/1".to_owned();
            let publication = acknowledged(topic, br#"{"clientKeys":"hubscope_diagnose"}"#);
            suggested("v1/devices/me/attributes/response/+", Some(publication))
        }
        // An empty batch of data (2/DCP): nothing is stored, and it is answered (1/KP).
        (HubKind::Kaa, Credential::EndpointToken { app_version, .. }) => {
            let id = rand::rng().random_range(1..1_000_000_u32);
            let topic =
                expand_topic(device, secrets, &format!("kp1/{app_version}/dcx/{}/json/{id}", kaa::topic::TOKEN));
            let echo = Some(format!("{topic}/status"));
            let refusal = Some(format!("{topic}/error"));
            let filter = format!("{topic}/+");
            Topics { filter, publish: Some(Publication { topic, payload: b"[]", echo, refusal }), is_own: true }
        }
        (HubKind::MqttBroker | HubKind::Sandbox | HubKind::Kaa, _) => own(prefix),
    }
}

fn acknowledged(topic: String, payload: &'static [u8]) -> Publication {
    Publication { topic, payload, echo: None, refusal: None }
}

fn own(prefix: &str) -> Topics {
    let topic = format!("{}/{}", prefix.trim_end_matches('/'), crate::generate_client_id());
    let echo = Some(topic.clone());
    let publication = Publication { topic: topic.clone(), payload: b"hubscope diagnose", echo, refusal: None };
    Topics { filter: topic, publish: Some(publication), is_own: true }
}
