//! What a client trusts and shows, as a rustls configuration. Handshake signatures are always checked.

use std::sync::Arc;

use crate::direct::{Direct, Takes};
use crate::identity::ClientIdentity;
use hubscope_model::{Code, Error, Result, TrustMode};
use hubscope_vault::for_connector;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use rustls_platform_verifier::Verifier;

/// Whose certificates a hub's server may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// What the operating system trusts, by its own rules.
    System,
    /// Only what these PEM certificates vouch for; the system's roots do not count.
    CaPem(String),
    /// Both.
    SystemAndCaPem(String),
    /// A server that shows one of these PEM certificates, byte for byte. Neither name nor dates nor issuers count.
    PinnedLeaf(String),
    /// A server that sends exactly these PEM certificates, in this order. Neither name nor dates count.
    PinnedChain(String),
}

impl Trust {
    /// A hub's stored trust: its mode and the PEM of its certificates.
    pub fn new(mode: TrustMode, pem: impl Into<String>) -> Self {
        match mode {
            TrustMode::System => Self::System,
            TrustMode::SystemAndCa => Self::SystemAndCaPem(pem.into()),
            TrustMode::CaOnly => Self::CaPem(pem.into()),
            TrustMode::PinnedLeaf => Self::PinnedLeaf(pem.into()),
            TrustMode::PinnedChain => Self::PinnedChain(pem.into()),
        }
    }

    pub fn mode(&self) -> TrustMode {
        match self {
            Self::System => TrustMode::System,
            Self::SystemAndCaPem(_) => TrustMode::SystemAndCa,
            Self::CaPem(_) => TrustMode::CaOnly,
            Self::PinnedLeaf(_) => TrustMode::PinnedLeaf,
            Self::PinnedChain(_) => TrustMode::PinnedChain,
        }
    }

    /// Whether a server's name is compared with the host. What is pinned is that server, whatever it is called.
    pub fn checks_name(&self) -> bool {
        !matches!(self, Self::PinnedLeaf(_) | Self::PinnedChain(_))
    }
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

/// The TLS client configuration for `trust`: TLS 1.2 and 1.3. A server that asks for a certificate is shown
/// `identity`, whatever CAs it names.
///
/// Reads the system's roots from disk for [`Trust::System`] and [`Trust::SystemAndCaPem`] on Linux, so new roots count
/// without a restart. Fails when there are none, when a certificate cannot serve as what it is trusted for, or when the
/// identity cannot be read.
pub fn client_config(trust: &Trust, identity: Option<&ClientIdentity>) -> Result<Arc<ClientConfig>> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = server_verifier(trust, &provider)?;
    configuration(verifier, identity, &provider)
}

/// The configuration for one connection whose server is taken for whom it says it is: "connect once without checking".
/// No [`Trust`] is this, so nothing stored can be. That the server has the key of the certificate it shows is checked.
///
/// # Errors
/// When `identity` cannot be read.
pub fn unverified_client_config(identity: Option<&ClientIdentity>) -> Result<Arc<ClientConfig>> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    configuration(Arc::new(Direct::new(Takes::Anyone, provider.clone())), identity, &provider)
}

fn configuration(
    verifier: Arc<dyn ServerCertVerifier>,
    identity: Option<&ClientIdentity>,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<ClientConfig>> {
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|e| Error::new(Code::TlsFailed, "TLS could not be set up.").detail(e.to_string()))?;
    // "dangerous" is rustls' word for any verifier that it did not build itself.
    let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
    Ok(Arc::new(match identity {
        Some(identity) => builder.with_client_cert_resolver(Arc::new(shown(identity, provider)?)),
        None => builder.with_no_client_auth(),
    }))
}

/// Who judges a server's chain and name for `trust`.
pub(crate) fn server_verifier(trust: &Trust, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>> {
    Ok(match trust {
        Trust::System => Arc::new(Verifier::new(provider.clone()).map_err(no_system_roots)?),
        Trust::SystemAndCaPem(pem) => {
            // Asked here first, so that an unusable CA is not told as missing system roots.
            anchors(pem)?;
            Arc::new(Verifier::new_with_extra_roots(certificates(pem)?, provider.clone()).map_err(no_system_roots)?)
        }
        Trust::CaPem(pem) => {
            let roots = Arc::new(anchors(pem)?);
            let verifier = WebPkiServerVerifier::builder_with_provider(roots, provider.clone()).build();
            verifier.map_err(|e| unusable(e.to_string()))?
        }
        Trust::PinnedLeaf(pem) => Arc::new(Direct::new(Takes::Leaf(certificates(pem)?), provider.clone())),
        Trust::PinnedChain(pem) => Arc::new(Direct::new(Takes::Chain(certificates(pem)?), provider.clone())),
    })
}

/// The certificate and key that a server is shown. Whether they fit was checked when they were read; asking the
/// library again would refuse certificates of version 1, which it cannot parse and hubs may take.
fn shown(identity: &ClientIdentity, provider: &CryptoProvider) -> Result<SingleCertAndKey> {
    let chain = CertificateDer::pem_slice_iter(identity.chain_pem.as_bytes())
        .collect::<std::result::Result<Vec<_>, _>>()
        .map_err(|e| {
            Error::new(Code::NotACertificate, "The device's certificate cannot be used.").detail(e.to_string())
        })?;
    let unusable = |detail: String| {
        Error::new(Code::NotAPrivateKey, "The private key of the device's certificate cannot be used.").detail(detail)
    };
    let key =
        PrivateKeyDer::from_pem_slice(for_connector(&identity.key).as_bytes()).map_err(|e| unusable(e.to_string()))?;
    let key = provider.key_provider.load_private_key(key).map_err(|e| unusable(e.to_string()))?;
    Ok(CertifiedKey::new(chain, key).into())
}

pub(crate) fn anchors(pem: &str) -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(pem)? {
        roots.add(certificate).map_err(|e| unusable(e.to_string()))?;
    }
    Ok(roots)
}

/// The certificates that a hub's trust is stored as; at least one.
fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>> {
    let certificates = CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<std::result::Result<Vec<_>, _>>();
    let certificates = certificates.map_err(|e| unusable(e.to_string()))?;
    if certificates.is_empty() {
        return Err(unusable("it holds no certificate".into()));
    }
    Ok(certificates)
}

fn unusable(detail: String) -> Error {
    Error::new(Code::NotACertificate, "The certificate that this hub trusts cannot be used.")
        .detail(detail)
        .hint("Choose the CA file again.")
}

fn no_system_roots(error: rustls::Error) -> Error {
    Error::new(Code::TlsFailed, "The system's root certificates cannot be read.")
        .detail(error.to_string())
        .hint("Install the package ca-certificates, or give the hub a CA file.")
}
