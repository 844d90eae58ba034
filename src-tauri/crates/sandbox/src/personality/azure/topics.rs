//! The topics of a device, from the MQTT page. Everything else ends the connection.

use crate::message::Message;
use percent_encoding::percent_decode_str;

/// "Quotas and throttling": device-to-cloud messages of 256 KB.
const LARGEST: usize = 256 * 1024;

/// What every identity may subscribe to beside its own topics.
const SHARED: [&str; 3] = ["$iothub/twin/res/#", "$iothub/twin/PATCH/properties/desired/#", "$iothub/methods/POST/#"];
/// What every identity may publish beside its telemetry; a request id follows.
const REQUESTS: [&str; 2] = ["$iothub/twin/GET/?$rid=", "$iothub/twin/PATCH/properties/reported/?$rid="];

pub(super) fn may_subscribe(filter: &str, id: &str) -> bool {
    let base = base(id);
    let own: &[&str] = if id.contains('/') { &["#", "inputs/#"] } else { &["messages/devicebound/#"] };
    SHARED.contains(&filter) || filter.strip_prefix(&base).is_some_and(|rest| own.contains(&rest))
}

pub(super) fn may_publish(topic: &str, id: &str) -> bool {
    is_telemetry(topic, id)
        || REQUESTS.iter().any(|request| topic.starts_with(request))
        || topic.starts_with("$iothub/methods/res/")
}

/// `devices/{id}/messages/events/` and a property bag, which may be empty.
pub(super) fn is_telemetry(topic: &str, id: &str) -> bool {
    bag(topic, id).is_some()
}

/// "Messages format": the body and the values of system properties and the names and values of application
/// properties count.
pub(super) fn fits(message: &Message, id: &str) -> bool {
    let size = |text: &str| percent_decode_str(text).count();
    let properties = bag(&message.topic, id).unwrap_or_default().split('&').map(|property| {
        let (name, value) = property.split_once('=').unwrap_or((property, ""));
        let is_system = percent_decode_str(name).take(2).eq(*b"$.");
        if is_system { size(value) } else { size(name) + size(value) }
    });
    message.payload.len() + properties.sum::<usize>() <= LARGEST
}

fn bag<'a>(topic: &'a str, id: &str) -> Option<&'a str> {
    topic.strip_prefix(&base(id))?.strip_prefix("messages/events/")
}

/// `devices/{id}/` or `devices/{id}/modules/{mid}/`; the ids are not encoded.
fn base(id: &str) -> String {
    format!("devices/{}/", id.replace('/', "/modules/"))
}
