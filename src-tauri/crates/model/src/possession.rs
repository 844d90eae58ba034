//! Proof of possession: a hub trusts a CA when a certificate shows that its key is here (Azure IoT Hub and DPS).

use crate::HubId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a proof has come, as the user noted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PossessionState {
    /// The hub has the CA's certificate.
    Uploaded,
    /// The hub says that it is verified.
    Verified,
}

#[derive(Clone, Debug, Deserialize, TS)]
pub struct PossessionSign {
    /// SHA-256 of the CA that the hub is to trust.
    pub authority: String,
    /// The hub's verification code: it becomes the common name, 1 to 64 characters; white space around it is removed.
    pub code: String,
    /// For whom, to be noted.
    #[serde(default)]
    pub hub: Option<HubId>,
}

/// A verification certificate, verified here against the CA. Its key was thrown away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PossessionProof {
    pub pem: String,
    /// RFC 4514 text: the code, exactly.
    pub subject: String,
    /// RFC 4514 text of the CA.
    pub issuer: String,
    /// "P-256": that of the certificate.
    pub key: String,
    /// Unix seconds.
    pub not_before: i64,
    pub not_after: i64,
}

#[derive(Clone, Debug, Deserialize, TS)]
pub struct PossessionMark {
    /// SHA-256 of the CA.
    pub authority: String,
    pub hub: HubId,
    /// None: as if nothing had been done.
    pub state: Option<PossessionState>,
}
