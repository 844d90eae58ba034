//! Certificate requests (PKCS#10): those made here for another CA, and those that come to an own CA.

use crate::{CertificateRequestId, KeyKind, PemSource};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request to be made.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CertificateRequestDraft {
    /// 1 to 64 characters.
    pub common_name: String,
    pub key: KeyKind,
}

/// A request made here, whose certificate is still to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateRequest {
    pub id: CertificateRequestId,
    pub common_name: String,
    /// "P-256", "RSA 2048" …
    pub key: String,
    pub pem: String,
    /// Unix seconds.
    pub created: i64,
    /// Its private key is stored.
    pub has_key: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateRequestRef {
    pub request: CertificateRequestId,
}

/// Somebody else's request, PEM or DER.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CertificateRequestSource {
    pub source: PemSource,
}

/// What a request asks for and is heard in: its name and key. Extensions that it asks for are not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateRequestFacts {
    /// RFC 4514 text.
    pub subject: String,
    pub common_name: Option<String>,
    /// "P-256", "RSA 2048" …
    pub key: String,
}

/// A request to be signed as a device's certificate.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CertificateRequestSign {
    /// SHA-256 of the CA that signs.
    pub authority: String,
    pub source: PemSource,
    /// In the place of the request's.
    #[serde(default)]
    pub common_name: Option<String>,
    /// 1 to 36,500, and not beyond the end of the CA.
    pub days: u32,
}
