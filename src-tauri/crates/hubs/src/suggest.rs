//! What a new device subscribes to before its user says anything.

use crate::azure::{self, dps};
use crate::kaa;
use hubscope_model::{Credential, Device, Hub, HubKind};

/// What a new device of this hub subscribes to: what the hub's defaults say, else what its platform sends.
pub fn first_subscriptions(hub: &Hub, device: &Device) -> Vec<(String, u8)> {
    let defaults = hub.details.defaults.as_ref();
    match defaults.and_then(|defaults| defaults.filter.as_ref()) {
        Some(filter) => vec![(filter.clone(), defaults.and_then(|defaults| defaults.subscribe_qos).unwrap_or(0))],
        None => suggested_subscriptions(hub, device),
    }
}

/// Topic filters and QoS that show a new device what its hub sends it. A broker gets none: subscribing to everything
/// is the user's decision on a server that others use.
pub fn suggested_subscriptions(hub: &Hub, device: &Device) -> Vec<(String, u8)> {
    let all = |filters: &[&str], qos: u8| filters.iter().map(|filter| ((*filter).to_owned(), qos)).collect();
    match (hub.kind, &device.credential) {
        (HubKind::MqttBroker, _) => Vec::new(),
        (HubKind::Sandbox, _) => all(&["devices/#"], 0),
        (HubKind::ThingsBoard, Credential::Provision) => all(&["/provision/response"], 1),
        // The server's device topics; it refuses every filter that is not on its list.
        (HubKind::ThingsBoard, _) => all(
            &[
                "v1/devices/me/attributes",
                "v1/devices/me/attributes/response/+",
                "v1/devices/me/rpc/request/+",
                "v1/devices/me/rpc/response/+",
            ],
            1,
        ),
        // Not the methods: who subscribes to those and does not answer lets their callers wait.
        (HubKind::AzureIotHub, _) => vec![(azure::incoming_filter(&device.client_id), 1)],
        (HubKind::AzureDps, _) => all(&[dps::ANSWERS], 1),
        (HubKind::Kaa, Credential::EndpointToken { app_version, .. }) => {
            kaa::topic::filters(app_version).into_iter().map(|filter| (filter, 1)).collect()
        }
        (HubKind::Kaa, _) => Vec::new(),
    }
}
