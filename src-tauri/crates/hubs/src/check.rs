//! Forms of hubs, devices and subscriptions: every problem at once, by field.

mod connection;
mod credential;
mod defaults;
mod device;
mod session;

pub use defaults::{check_folder, check_saved_message};
pub use device::check_device;

use crate::{headers, host, kaa, limits};
use hubscope_model::{
    Error, FieldProblem, HubDraft, HubKind, PresetDraft, Problem, Result, SecretDraft, SecretField, SubscriptionDraft,
    topic,
};

/// Longest name of a hub or device and longest alias, in characters: what the tree can show.
const LONGEST_NAME: usize = 200;
/// Longest UTF-8 string of MQTT, in bytes (MQTT 3.1.1 section 1.5.3).
const LONGEST_STRING: usize = 65_535;

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

/// Checks what a hub form says of the way to its server, and nothing else.
///
/// # Errors
/// `InvalidFields` with every problem.
pub fn check_address(draft: &HubDraft) -> Result<()> {
    let mut problems = Problems::default();
    connection::check_server(&mut problems, draft);
    connection::check(&mut problems, draft);
    problems.into_result()
}

/// Checks a hub form. The address of the sandbox, in whatever personality, is filled in while it runs and not checked.
///
/// # Errors
/// `InvalidFields` with every problem.
pub fn check_hub(draft: &HubDraft, sandbox: bool) -> Result<()> {
    let mut problems = Problems::default();
    problems.add("name", name_problem(&draft.name));
    if draft.kind != HubKind::Sandbox && !sandbox {
        connection::check_server(&mut problems, draft);
    }
    connection::check(&mut problems, draft);
    let details = &draft.details;
    let azure = matches!(draft.kind, HubKind::AzureIotHub | HubKind::AzureDps);
    if draft.kind == HubKind::AzureDps {
        let id_scope = details.id_scope.as_deref().unwrap_or_default();
        problems.add("details.id_scope", id_scope_problem(id_scope));
    }
    if let Some(service) = details.service_host.as_deref().filter(|host| !host.is_empty()) {
        let elsewhere = (draft.kind != HubKind::AzureDps).then_some(Problem::NotOnThisHub);
        problems.add("details.service_host", elsewhere.or_else(|| host::problem(service)));
    }
    if let Some(gateway) = details.gateway.as_deref().filter(|gateway| !gateway.is_empty()) {
        problems.add("details.gateway", (!azure).then_some(Problem::NotOnThisHub).or_else(|| host::problem(gateway)));
    }
    if let Some(policy) = &details.policy {
        problems.add("details.policy", string_problem(policy));
    }
    if let Some(rest) = &details.kaa {
        problems.0.extend(kaa::settings::check(rest));
    }
    if let Some(defaults) = &details.defaults {
        defaults::check(&mut problems, defaults, draft.kind);
    }
    for entry in &draft.secrets {
        let SecretDraft::Set { value } = &entry.draft else { continue };
        let text = value.clone().into_inner();
        problems.add(
            &format!("secrets.{}", entry.field.name()),
            match entry.field {
                SecretField::PolicyKey => credential::key_problem(&text),
                SecretField::ApiKey => string_problem(&text),
                SecretField::ProxyPassword => connection::proxy_text_problem(&text),
                SecretField::Headers => headers::read(&text).is_none().then_some(Problem::NotAHeader),
                _ => Some(Problem::NotOnThisHub),
            },
        );
    }
    problems.into_result()
}

/// Checks the form of a white-label: that of a ThingsBoard hub with a name of its own, whose host may be the customer's.
///
/// # Errors
/// `InvalidFields` with every problem.
pub fn check_preset(draft: &PresetDraft) -> Result<()> {
    let mut problems = Problems::default();
    let PresetDraft { name, hub } = draft;
    problems.add("preset_name", name_problem(name));
    problems.add("kind", (hub.kind != HubKind::ThingsBoard).then_some(Problem::NotOnThisHub));
    problems.add("host", (!hub.host.is_empty()).then(|| host::problem(&hub.host)).flatten());
    problems.add("port", (hub.port == 0).then_some(Problem::NotAPort));
    connection::check(&mut problems, hub);
    problems.into_result()
}

/// Letters and digits, such as `0ne00000A0A` (DPS, "ID scope").
fn id_scope_problem(text: &str) -> Option<Problem> {
    match text {
        "" => Some(Problem::Required),
        text if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Some(Problem::NotAnId),
        _ => None,
    }
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
    problems.add("qos", (draft.qos > limits::of(kind).qos).then_some(Problem::QosNotAllowed));
    problems.add("colour", draft.colour.is_some_and(|c| !(1..=8).contains(&c)).then_some(Problem::OutOfRange));
    session::check_subscribe_options(&mut problems, draft);
    problems.add("alias", draft.alias.as_deref().filter(|alias| !alias.is_empty()).and_then(name_problem));
    problems.into_result()
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
