//! Who a device is at its hub: client id, user name, topics.

use hubscope_model::Hub;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The version of the device API that the vendor documents.
const API_VERSION: &str = "2021-04-12";
/// Longest device, module or registration id, in characters ("Understand the identity registry").
const LONGEST_ID: usize = 128;
/// What an id may hold beside letters and digits, same page and the hub's event reference.
const ID_MARKS: &str = "-.+%_#*?!(),=@$':;";

/// Everything but RFC 3986's unreserved characters.
pub(super) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Device id and module id of a client id, `device` or `device/module`.
pub fn device_and_module(client_id: &str) -> (&str, Option<&str>) {
    match client_id.split_once('/') {
        Some((device, module)) => (device, Some(module)),
        None => (client_id, None),
    }
}

/// The user name of CONNECT; host and ids are not percent-encoded. `agent` is what the hub's logs call the client.
pub fn user_name(host: &str, client_id: &str, agent: Option<&str>) -> String {
    let agent = agent.map(|agent| format!("&DeviceClientType={}", utf8_percent_encode(agent, ENCODED)));
    format!("{host}/{client_id}/?api-version={API_VERSION}{}", agent.unwrap_or_default())
}

/// Where telemetry goes; a property bag may follow the last slash.
pub fn telemetry_topic(client_id: &str) -> String {
    format!("{}/messages/events/", base(client_id))
}

/// What shows a device the messages that are sent to it, and a module its inputs.
pub(crate) fn incoming_filter(client_id: &str) -> String {
    match device_and_module(client_id).1 {
        None => format!("{}/messages/devicebound/#", base(client_id)),
        Some(_) => format!("{}/#", base(client_id)),
    }
}

fn base(client_id: &str) -> String {
    match device_and_module(client_id) {
        (device, None) => format!("devices/{device}"),
        (device, Some(module)) => format!("devices/{device}/modules/{module}"),
    }
}

/// The address that is connected to: an edge gateway's, where there is one.
pub(crate) fn tcp_host(hub: &Hub) -> &str {
    hub.details.gateway.as_deref().filter(|gateway| !gateway.is_empty()).unwrap_or(&hub.host)
}

/// Whether `id` can be the id of a device or of a module.
pub(crate) fn is_device_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || ID_MARKS.contains(c))
}
