//! What a form proves a device with.

use super::{LONGEST_STRING, Problems, string_problem};
use crate::azure::{self, sas};
use crate::thingsboard;
use hubscope_model::{
    Credential, DeviceDraft, HubKind, KeyChoice, MqttVersion, Problem, SasOptions, SecretDraft, SecretField,
    StoredSecret,
};

/// Seconds of life of a SAS token that is made here.
const LIFETIME: std::ops::RangeInclusive<u32> = 60..=31_536_000;

/// Adds what is wrong with the credential and the secrets of `draft`.
pub(super) fn check(problems: &mut Problems, draft: &DeviceDraft, kind: HubKind, stored: &[StoredSecret]) {
    if !takes(kind, &draft.credential) {
        problems.add("credential.kind", Problem::NotOnThisHub);
        return;
    }
    let form = Form { draft, stored };
    let password = form.will_have(SecretField::Password);
    match &draft.credential {
        Credential::None | Credential::X509 { .. } => {}
        Credential::AccessToken | Credential::SasToken => form.need(problems, SecretField::Token),
        Credential::Basic { user_name } => {
            problems.add("credential.user_name", string_problem(user_name));
            match kind {
                HubKind::ThingsBoard => {
                    problems.0.extend(thingsboard::check_basic(&draft.client_id, user_name, password))
                }
                _ => {
                    problems.add("credential.user_name", user_name_missing(user_name, password, draft.options.version))
                }
            }
        }
        Credential::SharedAccessKey { sign_with, sas } => {
            form.need(
                problems,
                match sign_with {
                    KeyChoice::Primary => SecretField::PrimaryKey,
                    KeyChoice::Secondary => SecretField::SecondaryKey,
                },
            );
            problems.add("credential.sas.lifetime", lifetime_problem(sas));
        }
        Credential::GroupKey { sas } => {
            form.need(problems, SecretField::GroupKey);
            problems.add("credential.sas.lifetime", lifetime_problem(sas));
        }
        Credential::Provision => {
            form.need(problems, SecretField::ProvisionKey);
            form.need(problems, SecretField::ProvisionSecret);
        }
        Credential::EndpointToken { app_version, endpoint_id, user_name } => {
            problems.add("credential.app_version", level_problem(app_version));
            problems.add("credential.endpoint_id", endpoint_id.as_deref().and_then(string_problem));
            let name = user_name.as_deref().unwrap_or_default();
            problems.add("credential.user_name", string_problem(name));
            let alone = name.is_empty() && password && draft.options.version == MqttVersion::V311;
            problems.add("credential.user_name", alone.then_some(Problem::PasswordNeedsUserName));
            form.need(problems, SecretField::Token);
        }
    }
    form.check_texts(problems);
}

/// Whether hubs of `kind` know credentials of this kind.
fn takes(kind: HubKind, credential: &Credential) -> bool {
    use Credential as C;
    match kind {
        HubKind::MqttBroker => matches!(credential, C::None | C::Basic { .. } | C::X509 { .. }),
        HubKind::Sandbox => matches!(credential, C::None | C::AccessToken | C::Basic { .. }),
        HubKind::ThingsBoard => matches!(credential, C::AccessToken | C::Basic { .. } | C::X509 { .. } | C::Provision),
        HubKind::AzureIotHub => matches!(credential, C::SharedAccessKey { .. } | C::SasToken | C::X509 { .. }),
        HubKind::AzureDps => {
            matches!(credential, C::SharedAccessKey { .. } | C::GroupKey { .. } | C::SasToken | C::X509 { .. })
        }
        HubKind::Kaa => matches!(credential, C::EndpointToken { .. }),
    }
}

/// A form with what is stored.
struct Form<'a> {
    draft: &'a DeviceDraft,
    stored: &'a [StoredSecret],
}

impl Form<'_> {
    /// Whether the secret is there once the form is saved.
    fn will_have(&self, field: SecretField) -> bool {
        let drafted = self.draft.secrets.iter().rev().find(|entry| entry.field == field).map(|entry| &entry.draft);
        match drafted {
            Some(SecretDraft::Set { value }) => !value.is_empty(),
            Some(SecretDraft::Clear) => false,
            Some(SecretDraft::Keep) | None => self.stored.iter().any(|secret| secret.field == field),
        }
    }

    fn need(&self, problems: &mut Problems, field: SecretField) {
        problems.add(&path(field), (!self.will_have(field)).then_some(Problem::Required));
    }

    /// The texts of new secrets, by what they must be.
    fn check_texts(&self, problems: &mut Problems) {
        for entry in &self.draft.secrets {
            let SecretDraft::Set { value } = &entry.draft else { continue };
            if value.is_empty() {
                continue;
            }
            let text = value.clone().into_inner();
            let problem = match (entry.field, &self.draft.credential) {
                (field, credential) if !credential.secrets().contains(&field) => Some(Problem::NotOnThisHub),
                (SecretField::PrimaryKey | SecretField::SecondaryKey | SecretField::GroupKey, _) => key_problem(&text),
                (SecretField::Token, Credential::SasToken) => {
                    sas::decode(&text).is_err().then_some(Problem::NotASasToken)
                }
                (SecretField::Token, Credential::EndpointToken { .. }) => level_problem(&text),
                // A password is bytes, so only its length can be wrong.
                (SecretField::Password, _) => (text.len() > LONGEST_STRING).then_some(Problem::TooLong),
                _ => string_problem(&text),
            };
            problems.add(&path(entry.field), problem);
        }
    }
}

fn path(field: SecretField) -> String {
    format!("secrets.{}", field.name())
}

/// Whether `text` is a key of Azure.
pub(super) fn key_problem(text: &str) -> Option<Problem> {
    azure::check_key(text).is_err().then_some(Problem::NotAKey)
}

fn lifetime_problem(sas: &SasOptions) -> Option<Problem> {
    (!LIFETIME.contains(&sas.lifetime)).then_some(Problem::OutOfRange)
}

/// One level of a topic.
fn level_problem(text: &str) -> Option<Problem> {
    match text {
        "" => Some(Problem::Required),
        text if text.contains(['/', '+', '#']) => Some(Problem::NotATopic),
        text => string_problem(text),
    }
}

/// MQTT 5 takes a password without a user name (section 3.1.2.9), 3.1.1 does not (section 3.1.2.8).
fn user_name_missing(user_name: &str, password: bool, version: MqttVersion) -> Option<Problem> {
    match (user_name.is_empty(), password, version) {
        (false, ..) | (true, true, MqttVersion::V5) => None,
        (true, true, MqttVersion::V311) => Some(Problem::PasswordNeedsUserName),
        (true, false, _) => Some(Problem::Required),
    }
}
