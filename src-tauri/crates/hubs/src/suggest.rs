//! What a new device subscribes to before its user says anything.

use hubscope_model::HubKind;

/// Topic filters and QoS that show a new device of this kind what its hub sends it. A broker gets
/// none: subscribing to everything is the user's decision on a server that others use.
pub fn suggested_subscriptions(kind: HubKind) -> &'static [(&'static str, u8)] {
    match kind {
        HubKind::MqttBroker => &[],
        HubKind::Sandbox => &[("devices/#", 0)],
        // The server's device topics; it refuses every filter that is not on its list.
        HubKind::ThingsBoard => &[
            ("v1/devices/me/attributes", 1),
            ("v1/devices/me/attributes/response/+", 1),
            ("v1/devices/me/rpc/request/+", 1),
            ("v1/devices/me/rpc/response/+", 1),
        ],
    }
}
