//! Credentials: what proves a device's identity. Secrets enter write-only and are shown by their end.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

/// Secret text on its way in. It can be read from a request and never written to one.
#[derive(Clone, Deserialize, TS)]
#[serde(transparent)]
pub struct SecretText(#[ts(type = "string")] Zeroizing<String>);

impl SecretText {
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for the vault only.
    pub fn into_inner(self) -> Zeroizing<String> {
        self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for SecretText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretText(…)")
    }
}

/// What a form does with a secret.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum SecretDraft {
    Keep,
    Clear,
    Set { value: SecretText },
}

/// What is shown of a stored secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SecretSummary {
    pub set: bool,
    /// The last four characters, only of secrets longer than 16.
    pub ends: Option<String>,
}

/// A credential as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Credential {
    None,
    /// ThingsBoard: the token is the MQTT user name.
    AccessToken {
        token: SecretSummary,
    },
    Basic {
        user_name: String,
        password: SecretSummary,
    },
}

/// A credential form.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum CredentialDraft {
    None,
    AccessToken { token: SecretDraft },
    Basic { user_name: String, password: SecretDraft },
}
