//! Client certificates: what is shown of them, and where they come from.

use crate::SecretText;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is shown of a client certificate; its private key is [`crate::SecretField::PrivateKey`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Certificate {
    /// RFC 4514 text.
    pub subject: String,
    pub common_name: Option<String>,
    pub issuer: String,
    /// Decimal, as Kaa registers it beside the issuer.
    pub serial: String,
    /// Unix seconds.
    pub not_before: i64,
    pub not_after: i64,
    /// "P-256", "RSA 2048" …
    pub key: String,
    /// Upper-case hex without colons: what Azure IoT Hub stores as thumbprint.
    pub sha1: String,
    pub sha256: String,
    /// Lower-case hex: the credentials id that ThingsBoard computes.
    pub thingsboard_id: String,
    /// Certificates in the chain, the leaf among them.
    pub chain: u32,
    pub self_signed: bool,
}

/// Where a certificate or key comes from. A PEM text may hold both.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "from")]
pub enum PemSource {
    File { handle: crate::FileHandle },
    Text { text: SecretText },
}

/// A certificate with its key, to be read.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CertificateFiles {
    /// Leaf first, then its issuers; PEM or one DER certificate.
    pub certificate: PemSource,
    /// None: the key is in the certificate's text.
    pub key: Option<PemSource>,
    /// Of an encrypted key.
    pub passphrase: Option<SecretText>,
}

/// What a form does with the client certificate.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum CertificateDraft {
    Keep,
    Clear,
    Set { files: CertificateFiles },
}
