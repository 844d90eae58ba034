//! What a hub's new devices, subscriptions and messages start with, and names of folders and saved messages.

use super::{Problems, device::check_options, name_problem};
use crate::limits;
use hubscope_model::{FolderDraft, HubDefaults, HubKind, Problem, Result, SavedMessageDraft, topic};

/// The defaults of a hub form, as far as they are set.
pub(super) fn check(problems: &mut Problems, defaults: &HubDefaults, kind: HubKind) {
    if let Some(session) = &defaults.session {
        check_options(problems, "details.defaults.session", session, kind);
    }
    if let Some(filter) = &defaults.filter {
        let bad = topic::validate_filter(filter).is_err().then_some(Problem::NotATopicFilter);
        problems.add("details.defaults.filter", bad);
    }
    if let Some(topic) = &defaults.topic {
        problems.add("details.defaults.topic", topic::validate_name(topic).is_err().then_some(Problem::NotATopic));
    }
    for (field, qos) in [("subscribe_qos", defaults.subscribe_qos), ("publish_qos", defaults.publish_qos)] {
        let refused = qos.is_some_and(|qos| qos > limits::of(kind).qos);
        problems.add(&format!("details.defaults.{field}"), refused.then_some(Problem::QosNotAllowed));
    }
    let payload = defaults.payload.as_ref().map_or(0, String::len);
    problems.add("details.defaults.payload", (payload > LARGEST_PAYLOAD).then_some(Problem::TooLong));
}

/// Bytes of a payload that a hub's new messages start with.
const LARGEST_PAYLOAD: usize = 64 * 1024;

/// Checks the name of a folder.
///
/// # Errors
/// `InvalidFields`.
pub fn check_folder(draft: &FolderDraft) -> Result<()> {
    named(&draft.name)
}

/// Checks the name of a saved message. Its message may still be unfinished.
///
/// # Errors
/// `InvalidFields`.
pub fn check_saved_message(draft: &SavedMessageDraft) -> Result<()> {
    named(&draft.name)
}

fn named(name: &str) -> Result<()> {
    let mut problems = Problems::default();
    problems.add("name", name_problem(name));
    problems.into_result()
}
