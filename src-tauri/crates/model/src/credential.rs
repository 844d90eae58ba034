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

/// Which secret of a device or hub is meant. Each is sealed in a row of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecretField {
    /// Access token, pasted SAS token or Kaa endpoint token.
    Token,
    /// Password of MQTT basic or of Kaa's client credentials.
    Password,
    /// Azure shared access keys, base64.
    PrimaryKey,
    SecondaryKey,
    /// DPS enrolment group key, base64; the device's own key is derived from it.
    GroupKey,
    /// PKCS#8 PEM of the client certificate's key.
    PrivateKey,
    /// ThingsBoard device provisioning, from the device profile.
    ProvisionKey,
    ProvisionSecret,
    /// Of a hub: the key of its shared access policy, base64.
    PolicyKey,
    /// Of a hub: the key of its REST API.
    ApiKey,
    /// Of a hub: the password of its proxy.
    ProxyPassword,
    /// Of a hub: further headers of a WebSocket's request, `Name: value`, one a line.
    Headers,
}

impl SecretField {
    /// The last part of the secret's row, and its name in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Password => "password",
            Self::PrimaryKey => "primary_key",
            Self::SecondaryKey => "secondary_key",
            Self::GroupKey => "group_key",
            Self::PrivateKey => "private_key",
            Self::ProvisionKey => "provision_key",
            Self::ProvisionSecret => "provision_secret",
            Self::PolicyKey => "policy_key",
            Self::ApiKey => "api_key",
            Self::ProxyPassword => "proxy_password",
            Self::Headers => "headers",
        }
    }
}

/// What a form does with one secret. A secret that a form does not name stays as it is.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum SecretDraft {
    Keep,
    Clear,
    Set { value: SecretText },
}

/// One secret of a form.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SecretEntry {
    pub field: SecretField,
    pub draft: SecretDraft,
}

/// A secret that is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StoredSecret {
    pub field: SecretField,
    /// The last four characters, only of secrets longer than 16.
    pub ends: Option<String>,
}

/// Which of the two keys of a shared access credential signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyChoice {
    #[default]
    Primary,
    Secondary,
}

/// How long a SAS token lives and what happens near its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SasOptions {
    /// Seconds, 60 to 31,536,000.
    pub lifetime: u32,
    /// A live session reconnects with a new token before the old one ends.
    pub auto_renew: bool,
}

impl Default for SasOptions {
    /// One hour: the lifetime that the vendor's SDKs use.
    fn default() -> Self {
        Self { lifetime: 3600, auto_renew: true }
    }
}

/// How a hub knows a client certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CertificateTrust {
    /// By its thumbprint or id, entered at the hub.
    Itself,
    /// By the CA that signed it.
    Authority,
}

/// A credential as stored, shown and drafted; its secrets travel beside it ([`SecretField`]). A client certificate is
/// a part of the device and not of this type, since brokers and Kaa take one beside the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Credential {
    None,
    /// ThingsBoard and the sandbox: the token is the MQTT user name.
    AccessToken,
    /// User name and password, each of which may be missing where the hub allows that.
    Basic {
        user_name: String,
    },
    /// Azure IoT Hub and DPS: SAS tokens are made from one of two keys.
    SharedAccessKey {
        sign_with: KeyChoice,
        sas: SasOptions,
    },
    /// A ready-made SAS token.
    SasToken,
    /// DPS: the device key is derived from the group's key and the registration id.
    GroupKey {
        sas: SasOptions,
    },
    /// The client certificate alone.
    X509 {
        trust: CertificateTrust,
    },
    /// ThingsBoard device provisioning: connects as `provision`.
    Provision,
    /// Kaa: the token stands in every topic. User name (and password) only where the tenant asks for client
    /// credentials.
    EndpointToken {
        app_version: String,
        /// The endpoint's id at the hub, for the token's state.
        endpoint_id: Option<String>,
        user_name: Option<String>,
    },
}

impl Credential {
    /// The secrets that belong to a credential of this kind; the first is the one that it cannot do without, unless
    /// [`Credential::needs_secret`] says otherwise.
    pub fn secrets(&self) -> &'static [SecretField] {
        match self {
            Self::None | Self::X509 { .. } => &[],
            Self::AccessToken | Self::SasToken => &[SecretField::Token],
            Self::Basic { .. } => &[SecretField::Password],
            Self::SharedAccessKey { .. } => &[SecretField::PrimaryKey, SecretField::SecondaryKey],
            Self::GroupKey { .. } => &[SecretField::GroupKey],
            Self::Provision => &[SecretField::ProvisionKey, SecretField::ProvisionSecret],
            Self::EndpointToken { .. } => &[SecretField::Token, SecretField::Password],
        }
    }

    /// The SAS tokens that a session makes for itself, if it does.
    pub fn sas(&self) -> Option<SasOptions> {
        match self {
            Self::SharedAccessKey { sas, .. } | Self::GroupKey { sas } => Some(*sas),
            _ => None,
        }
    }
}

/// Whose a secret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum SecretOwner {
    Device {
        device: crate::DeviceId,
    },
    /// A hub has a policy key or the key of its REST API.
    Hub {
        hub: crate::HubId,
    },
}

/// Which secret is meant, `{"device": …, "field": …}` or `{"hub": …, "field": …}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SecretRef {
    #[serde(flatten)]
    pub owner: SecretOwner,
    pub field: SecretField,
}

/// What is copied to the clipboard, by Rust. Of a hub only its secrets can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum CopyWhat {
    Secret {
        field: SecretField,
    },
    /// A fresh SAS token of the stored key.
    SasToken,
    /// Azure: device or module connection string.
    ConnectionString,
    /// DPS: the registration's own key, derived from the group's.
    DerivedKey,
    /// All that a client needs, one a line: host, client id, user name, password; with Kaa's endpoint token also app
    /// version, token and topic prefix; with a client certificate its PEM and that of its key.
    Everything,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CopyRequest {
    #[serde(flatten)]
    pub owner: SecretOwner,
    pub what: CopyWhat,
}

/// A secret that the user asked to see. The page drops it after 30 s, on blur or when hidden.
#[derive(Serialize, TS)]
pub struct Revealed {
    #[ts(type = "string")]
    pub text: Zeroizing<String>,
}

impl std::fmt::Debug for Revealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Revealed(…)")
    }
}
