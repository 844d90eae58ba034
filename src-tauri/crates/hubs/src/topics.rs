//! Topics that carry a secret: how it gets in, and how it is recognised.

use crate::connect::Secrets;
use crate::kaa;
use hubscope_model::{Credential, Device, SecretField};
use hubscope_vault::{for_connector, for_redactor};
use zeroize::Zeroizing;

/// A topic or filter as it is sent: on Kaa the token takes the place of `{token}`, which is what is stored and shown.
pub fn expand_topic(device: &Device, secrets: &Secrets, text: &str) -> String {
    match (&device.credential, secrets.get(&SecretField::Token)) {
        (Credential::EndpointToken { .. }, Some(token)) => text.replace(kaa::topic::TOKEN, for_connector(token)),
        _ => text.to_owned(),
    }
}

/// The other way round, for a topic or filter that was typed with the token in it.
pub fn fold_topic(device: &Device, secrets: &Secrets, text: &str) -> String {
    match (&device.credential, secrets.get(&SecretField::Token)) {
        (Credential::EndpointToken { .. }, Some(token)) => text.replace(for_connector(token), kaa::topic::TOKEN),
        _ => text.to_owned(),
    }
}

/// The secrets that may stand in a topic, or that people put there by mistake: tokens. Passwords are not among them:
/// a short one would hide ordinary words.
pub fn topic_secrets(device: &Device, secrets: &Secrets) -> Vec<Zeroizing<String>> {
    match device.credential {
        Credential::EndpointToken { .. } | Credential::AccessToken => {
            secrets.get(&SecretField::Token).map(for_redactor).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
