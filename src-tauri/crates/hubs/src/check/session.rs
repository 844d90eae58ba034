//! The last will, and what MQTT 5 lets sessions and subscriptions say.

use super::{LONGEST_STRING, Problems, string_problem};
use crate::{azure, limits, message};
use hubscope_model::{DeviceDraft, HubKind, MessageProperties, Problem, SubscriptionDraft, Will, topic};

/// The largest subscription identifier: a variable byte integer of four bytes (MQTT 5 section 1.5.5).
const LARGEST_IDENTIFIER: u32 = 268_435_455;

/// What a form says of CONNECT's properties and of the will.
pub(super) fn check(problems: &mut Problems, draft: &DeviceDraft, kind: HubKind) {
    let properties = &draft.options.properties;
    // Zero is a protocol error (MQTT 5 section 3.1.2.11.3).
    let none = properties.receive_maximum == Some(0);
    problems.add("options.properties.receive_maximum", none.then_some(Problem::OutOfRange));
    problems.add("options.properties.user_properties", pairs_problem(&properties.user_properties));
    if let Some(will) = &draft.options.will {
        check_will(problems, will, draft, kind);
    }
}

fn check_will(problems: &mut Problems, will: &Will, draft: &DeviceDraft, kind: HubKind) {
    problems.add("options.will.topic", will_topic_problem(will, draft, kind));
    problems.add("options.will.qos", (will.qos > limits::of(kind).qos).then_some(Problem::QosNotAllowed));
    // The payload of a will has two bytes for its length (MQTT 3.1.1 section 3.1.3.3).
    let payload = message::payload(&will.payload).map(|bytes| bytes.len() > LONGEST_STRING);
    problems.add("options.will.payload", payload.unwrap_or(true).then_some(Problem::TooLong));
    check_properties(problems, "options.will.properties", &will.properties);
}

fn will_topic_problem(will: &Will, draft: &DeviceDraft, kind: HubKind) -> Option<Problem> {
    if will.topic.is_empty() {
        return Some(Problem::Required);
    }
    if topic::validate_name(&will.topic).is_err() {
        return Some(Problem::NotATopic);
    }
    let telemetry = azure::telemetry_topic(&draft.client_id);
    let elsewhere = kind == HubKind::AzureIotHub && !will.topic.starts_with(&telemetry);
    elsewhere.then_some(Problem::NotATelemetryTopic)
}

fn check_properties(problems: &mut Problems, path: &str, properties: &MessageProperties) {
    let field = |name: &str| format!("{path}.{name}");
    problems.add(&field("content_type"), properties.content_type.as_deref().and_then(string_problem));
    let response = properties.response_topic.as_deref();
    let response = response.filter(|topic| topic::validate_name(topic).is_err());
    problems.add(&field("response_topic"), response.map(|_| Problem::NotATopic));
    let data = properties.correlation_data.as_ref().map(message::payload);
    let too_long = data.is_some_and(|data| data.is_ok_and(|data| data.len() > LONGEST_STRING));
    problems.add(&field("correlation_data"), too_long.then_some(Problem::TooLong));
    problems.add(&field("user_properties"), pairs_problem(&properties.user_properties));
}

/// What a form says of SUBSCRIBE's options and properties.
pub(super) fn check_subscribe_options(problems: &mut Problems, draft: &SubscriptionDraft) {
    let options = &draft.options;
    let shared = draft.filter.starts_with("$share/");
    // MQTT 5, 3.8.3-4.
    problems.add("options.no_local", (options.no_local && shared).then_some(Problem::NotWhenShared));
    let out = options.identifier.is_some_and(|identifier| !(1..=LARGEST_IDENTIFIER).contains(&identifier));
    problems.add("options.identifier", out.then_some(Problem::OutOfRange));
    problems.add("options.user_properties", pairs_problem(&options.user_properties));
}

fn pairs_problem(pairs: &[(String, String)]) -> Option<Problem> {
    pairs.iter().flat_map(|(name, value)| [name, value]).find_map(|text| string_problem(text))
}
