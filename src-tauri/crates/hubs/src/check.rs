//! Forms of hubs, devices and subscriptions: every problem at once, by field.

use crate::host;
use hubscope_model::{
    CredentialDraft, DeviceDraft, Error, FieldProblem, HubDraft, HubKind, MqttVersion, Problem, Result, SecretDraft,
    SubscriptionDraft, topic,
};

/// Longest name of a hub or device and longest alias, in characters: what the tree can show.
const LONGEST_NAME: usize = 200;
/// Longest UTF-8 string of MQTT, in bytes (MQTT 3.1.1 section 1.5.3).
const LONGEST_STRING: usize = 65_535;
/// Seconds. Below, PINGs drown the data; the upper end is the protocol's.
const KEEP_ALIVE: std::ops::RangeInclusive<u16> = 5..=65_535;
/// Bytes. Below a kilobyte not even a CONNECT with a token fits; the upper end is the protocol's
/// largest remaining length with its header (MQTT 3.1.1 section 2.2.3).
const PACKET_SIZE: std::ops::RangeInclusive<u32> = 1024..=268_435_460;

/// Collects what is wrong with a form.
#[derive(Default)]
struct Problems(Vec<FieldProblem>);

impl Problems {
    fn add(&mut self, field: &str, problem: impl Into<Option<Problem>>) {
        if let Some(problem) = problem.into() {
            self.0.push(FieldProblem { field: field.to_owned(), problem });
        }
    }

    fn into_result(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::fields(self.0)) }
    }
}

/// Checks a hub form. The sandbox's address is filled in while it runs and not checked here.
///
/// # Errors
/// `InvalidFields` with every problem.
pub fn check_hub(draft: &HubDraft) -> Result<()> {
    let mut problems = Problems::default();
    problems.add("name", name_problem(&draft.name));
    if draft.kind != HubKind::Sandbox {
        problems.add("host", host::problem(&draft.host));
        problems.add("port", (draft.port == 0).then_some(Problem::NotAPort));
    }
    problems.into_result()
}

/// Checks a device form for a hub of `kind`.
///
/// # Errors
/// `InvalidFields` with every problem.
pub fn check_device(draft: &DeviceDraft, kind: HubKind) -> Result<()> {
    let mut problems = Problems::default();
    let options = &draft.options;
    problems.add("name", name_problem(&draft.name));
    problems.add("client_id", string_problem(&draft.client_id));
    if draft.client_id.is_empty() && !options.clean_session {
        problems.add("client_id", Problem::ClientIdNeeded);
    }
    problems.add("options.keep_alive", (!KEEP_ALIVE.contains(&options.keep_alive)).then_some(Problem::OutOfRange));
    problems.add(
        "options.max_packet_size",
        (!PACKET_SIZE.contains(&options.max_packet_size)).then_some(Problem::OutOfRange),
    );
    match &draft.credential {
        CredentialDraft::None => {}
        // On a plain broker a token alone means nothing; it is a user name there.
        CredentialDraft::AccessToken { .. } if kind == HubKind::MqttBroker => {
            problems.add("credential.kind", Problem::OutOfRange);
        }
        CredentialDraft::AccessToken { token } => {
            problems.add("credential.token", token_problem(token, draft.id.is_some()));
        }
        CredentialDraft::Basic { user_name, password } => {
            problems.add("credential.user_name", string_problem(user_name));
            problems.add(
                "credential.user_name",
                user_name_missing(user_name, password, options.version, draft.id.is_some()),
            );
            problems.add("credential.password", password_problem(password));
        }
    }
    problems.into_result()
}

/// Checks a subscription form for a hub of `kind`.
///
/// # Errors
/// `InvalidFields` with every problem.
pub fn check_subscription(draft: &SubscriptionDraft, kind: HubKind) -> Result<()> {
    let mut problems = Problems::default();
    problems.add(
        "filter",
        match draft.filter.is_empty() {
            true => Some(Problem::Required),
            false => topic::validate_filter(&draft.filter).is_err().then_some(Problem::NotATopicFilter),
        },
    );
    problems.add("qos", (draft.qos > highest_qos(kind)).then_some(Problem::QosNotAllowed));
    problems.add("colour", draft.colour.is_some_and(|c| !(1..=8).contains(&c)).then_some(Problem::OutOfRange));
    problems.add("alias", draft.alias.as_deref().filter(|alias| !alias.is_empty()).and_then(name_problem));
    problems.into_result()
}

/// ThingsBoard grants no more than 1; on brokers QoS 2 is not spoken yet.
fn highest_qos(kind: HubKind) -> u8 {
    match kind {
        HubKind::MqttBroker | HubKind::ThingsBoard | HubKind::Sandbox => 1,
    }
}

fn name_problem(name: &str) -> Option<Problem> {
    if name.trim().is_empty() {
        Some(Problem::Required)
    } else if name.chars().count() > LONGEST_NAME {
        Some(Problem::TooLong)
    } else {
        name.contains(char::is_control).then_some(Problem::ControlCharacter)
    }
}

/// Servers may close the connection on control characters (MQTT 3.1.1 section 1.5.3).
fn string_problem(text: &str) -> Option<Problem> {
    if text.len() > LONGEST_STRING {
        return Some(Problem::TooLong);
    }
    text.contains(char::is_control).then_some(Problem::ControlCharacter)
}

fn token_problem(token: &SecretDraft, exists: bool) -> Option<Problem> {
    match token {
        SecretDraft::Keep if exists => None,
        SecretDraft::Keep | SecretDraft::Clear => Some(Problem::Required),
        SecretDraft::Set { value } if value.is_empty() => Some(Problem::Required),
        SecretDraft::Set { value } => string_problem(&value.clone().into_inner()),
    }
}

/// A password is bytes, so only its length can be wrong.
fn password_problem(password: &SecretDraft) -> Option<Problem> {
    match password {
        SecretDraft::Set { value } if value.clone().into_inner().len() > LONGEST_STRING => Some(Problem::TooLong),
        _ => None,
    }
}

/// MQTT 5 takes a password without a user name (section 3.1.2.9), 3.1.1 does not (section 3.1.2.8).
fn user_name_missing(user_name: &str, password: &SecretDraft, version: MqttVersion, exists: bool) -> Option<Problem> {
    let password_set = match password {
        SecretDraft::Set { value } => !value.is_empty(),
        SecretDraft::Keep => exists,
        SecretDraft::Clear => false,
    };
    match (user_name.is_empty(), password_set, version) {
        (false, ..) | (true, true, MqttVersion::V5) => None,
        (true, true, MqttVersion::V311) => Some(Problem::PasswordNeedsUserName),
        (true, false, _) => Some(Problem::Required),
    }
}
