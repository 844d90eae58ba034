//! The topics of a device ("MQTT Device API"): what may be subscribed, what a publish means.

/// The filters that are taken, word for word; every other one is refused (the transport's source).
const FILTERS: [&str; 21] = [
    "v1/devices/me/attributes",
    "v1/devices/me/attributes/response/+",
    "v1/devices/me/rpc/request/+",
    "v1/devices/me/rpc/response/+",
    "v2/a",
    "v2/a/j",
    "v2/a/p",
    "v2/a/res/+",
    "v2/a/res/j/+",
    "v2/a/res/p/+",
    "v2/r/req/+",
    "v2/r/req/j/+",
    "v2/r/req/p/+",
    "v2/r/res/+",
    "v2/r/res/j/+",
    "v2/r/res/p/+",
    "v2/fw/response/+/chunk/+",
    "v2/sw/response/+/chunk/+",
    "v2/fw/error",
    "v2/sw/error",
    "/provision/response",
];

pub(super) fn may_subscribe(filter: &str) -> bool {
    FILTERS.contains(&filter)
}

/// What a publish is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic<'a> {
    /// JSON of telemetry.
    Telemetry,
    /// JSON of attributes.
    Attributes,
    /// A request to the server, with its number.
    Rpc(&'a str),
    /// Known, and its payload is not looked at.
    Other,
}

/// None for a topic that the server does not know.
pub(super) fn read(topic: &str) -> Option<Topic<'_>> {
    match topic {
        "v1/devices/me/telemetry" | "v2/t" | "v2/t/j" => return Some(Topic::Telemetry),
        "v1/devices/me/attributes" | "v2/a" | "v2/a/j" => return Some(Topic::Attributes),
        "v2/t/p" | "v2/a/p" | "v1/devices/me/claim" => return Some(Topic::Other),
        _ => {}
    }
    if let Some(id) = topic.strip_prefix("v1/devices/me/rpc/request/") {
        return is_number(id).then_some(Topic::Rpc(id));
    }
    let (before, last) = topic.rsplit_once('/')?;
    let numbered = [
        "v1/devices/me/attributes/request",
        "v1/devices/me/rpc/response",
        "v2/a/req",
        "v2/a/req/j",
        "v2/a/req/p",
        "v2/r/req",
        "v2/r/req/j",
        "v2/r/req/p",
        "v2/r/res",
        "v2/r/res/j",
        "v2/r/res/p",
    ];
    (is_number(last) && (numbered.contains(&before) || is_chunk(before))).then_some(Topic::Other)
}

/// `v2/fw/request/{id}/chunk`, before the number of the chunk.
fn is_chunk(before: &str) -> bool {
    let parts: Vec<_> = before.split('/').collect();
    matches!(parts.as_slice(), ["v2", "fw" | "sw", "request", id, "chunk"] if is_number(id))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 19 && text.bytes().all(|byte| byte.is_ascii_digit())
}
