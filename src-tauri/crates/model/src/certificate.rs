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

/// What a new key is. Azure IoT Hub, ThingsBoard and AWS take all but Ed25519, which no hub promises to take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    #[default]
    P256,
    P384,
    Rsa2048,
    Rsa3072,
    Rsa4096,
    Ed25519,
}

/// All that a certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateFacts {
    #[serde(flatten)]
    pub summary: Certificate,
    /// 1 or 3.
    pub version: u32,
    /// Upper-case hex, as most tools show it.
    pub serial_hex: String,
    /// "DNS:…", "IP:…", "email:…", "URI:…", "other:…".
    pub alternative_names: Vec<String>,
    pub is_ca: bool,
    /// How many CAs may stand below it; None: any number, or no CA.
    pub path_length: Option<u32>,
    /// As RFC 5280, section 4.2.1.3 spells them; empty without the extension.
    pub key_usages: Vec<String>,
    /// "serverAuth", "clientAuth" …, or the number of one without a name; empty without the extension.
    pub extended_key_usages: Vec<String>,
    /// Upper-case hex.
    pub subject_key_id: Option<String>,
    pub authority_key_id: Option<String>,
    /// The signature's algorithm: "ecdsa-with-SHA256", or its number.
    pub signature: String,
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
