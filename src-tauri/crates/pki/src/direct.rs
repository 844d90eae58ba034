//! A server that is known by its certificate, and not by who vouches for it.

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use std::sync::Arc;

/// Whose certificate is taken.
#[derive(Debug)]
pub(crate) enum Takes {
    /// A server whose own certificate is one of these.
    Leaf(Vec<CertificateDer<'static>>),
    /// A server that sends exactly these, in this order.
    Chain(Vec<CertificateDer<'static>>),
    /// Any server, for one connection that the user asked for.
    Anyone,
}

/// Compares certificates byte by byte. Name and dates do not count: a pin says "this one", and the one who pinned it has
/// compared it. The handshake still proves that the server has the certificate's key.
#[derive(Debug)]
pub(crate) struct Direct {
    takes: Takes,
    provider: Arc<CryptoProvider>,
}

impl Direct {
    pub fn new(takes: Takes, provider: Arc<CryptoProvider>) -> Self {
        Self { takes, provider }
    }
}

impl ServerCertVerifier for Direct {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let is_taken = match &self.takes {
            Takes::Leaf(pins) => pins.contains(end_entity),
            Takes::Chain(pins) => pins.iter().eq(std::iter::once(end_entity).chain(intermediates)),
            Takes::Anyone => true,
        };
        match is_taken {
            true => Ok(ServerCertVerified::assertion()),
            false => Err(CertificateError::ApplicationVerificationFailure.into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
