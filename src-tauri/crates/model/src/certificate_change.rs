//! What is asked for about certificates: making, importing, exporting, revoking.

use crate::{
    CertificateFacts, CertificateFiles, CertificateRequestId, CertificateRole, DeviceId, KeyKind, SecretText, Text,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A new CA.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct AuthorityDraft {
    /// 1 to 64 characters.
    pub common_name: String,
    /// SHA-256 of the CA that signs it; None: it signs itself.
    pub parent: Option<String>,
    pub key: KeyKind,
    /// 1 to 36,500, and not beyond the end of `parent`.
    pub days: u32,
}

/// Certificates for devices.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CertificateIssue {
    /// SHA-256 of the CA that signs.
    pub authority: String,
    /// 1 to 10,000, each common name once.
    pub devices: Vec<NewCertificate>,
    pub key: KeyKind,
    /// 1 to 36,500, and not beyond the end of the CA.
    pub days: u32,
}

/// One certificate to be issued.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NewCertificate {
    /// 1 to 64 characters: the device's id at its hub.
    pub common_name: String,
    /// Hex with or without colons, 1 to 20 octets (RFC 5280, section 4.1.2.2); None: a random one.
    #[serde(default)]
    pub serial: Option<String>,
    /// The device that gets certificate and key as its client certificate. On Azure, DPS and ThingsBoard the certificate
    /// becomes its credential; brokers and Kaa take it beside the credential.
    #[serde(default)]
    pub device: Option<DeviceId>,
}

/// Certificates in the place of old ones: same common name, same key, a new time. Those of CAs keep all that they say,
/// and come first: what is below them is signed by the new ones.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CertificateRenewal {
    /// SHA-256 of each; all must be `renewable`.
    pub certificates: Vec<String>,
    /// 1 to 36,500, and not beyond the end of each CA.
    pub days: u32,
    /// The same for CAs among them; None: `days`.
    #[serde(default)]
    pub authority_days: Option<u32>,
}

/// Where the private key of a certificate to be imported is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "key")]
pub enum ImportedKey {
    /// In the files.
    Supplied,
    /// In the vault: the certificate answers this request, which ends with the import.
    Requested { request: CertificateRequestId },
    /// In the vault: the certificate is in the list with its key.
    Stored,
    /// Nowhere: the certificate can be looked at, and no device can use it.
    Missing,
}

/// What a certificate to be imported is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CertificateCheck {
    pub role: CertificateRole,
    /// The certificate, then its issuers as far as the files have them.
    pub chain: Vec<CertificateFacts>,
    pub key: ImportedKey,
    /// What keeps it from being used, or may.
    pub remarks: Vec<Text>,
    /// It is in the list already.
    pub known: bool,
}

/// Files to be imported.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CertificateImport {
    pub files: CertificateFiles,
    /// The device that gets it as its client certificate.
    #[serde(default)]
    pub device: Option<DeviceId>,
}

/// What of a certificate is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CertificateForm {
    /// The certificate alone, PEM.
    Pem,
    /// The certificate alone, DER.
    Der,
    /// The certificate and its issuers, PEM.
    Chain,
    /// Certificate, issuers and key under a passphrase (.p12).
    Pkcs12,
    /// The key as PKCS#8 PEM, readable by everyone who has the file (desktop only).
    PrivateKey,
    /// The key as PKCS#8 PEM under a passphrase.
    EncryptedKey,
}

#[derive(Clone, Debug, Deserialize, TS)]
pub struct CertificateExport {
    pub sha256: String,
    pub form: CertificateForm,
    /// For the two forms that have one.
    #[serde(default)]
    pub passphrase: Option<SecretText>,
}

/// Why a certificate no longer counts (RFC 5280, section 5.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RevocationReason {
    /// Not said, which the list expresses by silence.
    #[default]
    Unspecified,
    KeyCompromise,
    Superseded,
    CessationOfOperation,
}

#[derive(Clone, Debug, Deserialize, TS)]
pub struct CertificateRevocation {
    /// SHA-256 of each; all issued by own CAs.
    pub certificates: Vec<String>,
    pub reason: RevocationReason,
}

/// A revocation list to be made.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RevocationListDraft {
    /// SHA-256 of the CA.
    pub authority: String,
    /// Days until the next list is due, 1 to 36,500.
    pub days: u32,
}
