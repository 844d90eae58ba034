//! What a client trusts, as a rustls configuration. Handshake signatures are always checked.

use std::sync::Arc;

use hubscope_model::{Code, Error, Result};
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;

/// Whose certificates a hub's server may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// What the operating system trusts, by its own rules.
    System,
    /// Only what these PEM certificates vouch for; the system's roots do not count.
    CaPem(String),
}

/// Makes aws-lc-rs the process-wide crypto provider of rustls. Call it first in every `main`:
/// libraries that ask for "the" provider panic when several are linked and none is chosen.
/// Calling it again does nothing.
pub fn install_crypto_provider() {
    if CryptoProvider::get_default().is_none() {
        // Losing a race means that another thread has just installed one.
        let _ = aws_lc_rs::default_provider().install_default();
    }
}

/// The TLS client configuration for `trust`: TLS 1.2 and 1.3, no client certificate.
///
/// Reads the system's roots from disk for [`Trust::System`] on Linux, so new roots count without a
/// restart. Fails when there are none, or when the CA cannot serve as a trust anchor.
pub fn client_config(trust: &Trust) -> Result<Arc<ClientConfig>> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|e| Error::new(Code::TlsFailed, "TLS could not be set up.").detail(e.to_string()))?;
    let config = match trust {
        Trust::System => {
            let verifier: Arc<dyn ServerCertVerifier> = Arc::new(Verifier::new(provider).map_err(no_system_roots)?);
            // "dangerous" is rustls' word for any verifier that it did not build itself; this one is
            // the platform's and checks everything.
            builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()
        }
        Trust::CaPem(pem) => builder.with_root_certificates(anchors(pem)?).with_no_client_auth(),
    };
    Ok(Arc::new(config))
}

fn anchors(pem: &str) -> Result<RootCertStore> {
    let unusable = |detail: String| {
        Error::new(Code::NotACertificate, "The hub's CA certificate cannot be used.")
            .detail(detail)
            .hint("Choose the CA file again.")
    };
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let certificate = certificate.map_err(|e| unusable(e.to_string()))?;
        roots.add(certificate).map_err(|e| unusable(e.to_string()))?;
    }
    if roots.is_empty() {
        return Err(unusable("it holds no certificate".into()));
    }
    Ok(roots)
}

fn no_system_roots(error: rustls::Error) -> Error {
    Error::new(Code::TlsFailed, "The system's root certificates cannot be read.")
        .detail(error.to_string())
        .hint("Install the package ca-certificates, or give the hub a CA file.")
}
