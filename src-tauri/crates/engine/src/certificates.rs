//! Certificates: one list of own CAs, devices' certificates and what hubs trust, and all that is done with them.

mod authority;
mod change;
mod export;
mod import;
mod inspect;
mod issue;
mod known;
mod lineage;
mod possession;
mod remove;
mod renew;
mod requests;
mod revoke;

use change::Change;
use known::{Known, Listed};

use hubscope_model::{
    Certificate, CertificateEvent, CertificateFacts, CertificateHappening, CertificateRequestId, SecretField,
};

/// Row of a certificate's private key.
fn certificate_row(sha256: &str) -> String {
    format!("certificate/{sha256}/{}", SecretField::PrivateKey.name())
}

/// Row of the private key that waits for the certificate of a request.
fn request_row(request: CertificateRequestId) -> String {
    format!("request/{request}/{}", SecretField::PrivateKey.name())
}

fn seconds() -> i64 {
    crate::now() / 1_000_000
}

/// Something that was done now.
fn event(what: CertificateHappening) -> CertificateEvent {
    CertificateEvent { at: seconds(), what }
}

/// What is shown of a certificate whose chain (PEM) is this.
fn with_chain(facts: &CertificateFacts, chain_pem: &str) -> Certificate {
    let chain = u32::try_from(chain_pem.matches("-----BEGIN").count()).unwrap_or(u32::MAX);
    Certificate { chain, ..facts.summary.clone() }
}
