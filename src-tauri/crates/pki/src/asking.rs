//! A server that asks for a client certificate, and judges it later.

use crate::trust::anchors;
use hubscope_model::{Code, Error, Result};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, SignatureScheme};
use rustls_pki_types::{CertificateDer, UnixTime};
use std::sync::Arc;

/// Takes every client certificate, or none, if the client has its key: IoT hubs look at the certificate when CONNECT
/// has named the device, and not in the handshake.
#[derive(Debug)]
pub(crate) struct TakeAny {
    provider: Arc<CryptoProvider>,
}

impl TakeAny {
    pub fn new(provider: Arc<CryptoProvider>) -> Self {
        Self { provider }
    }
}

impl ClientCertVerifier for TakeAny {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> std::result::Result<ClientCertVerified, rustls::Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// Whether a client's chain (DER, leaf first) leads to the CA `ca_pem`, is valid now and may be a client's.
///
/// # Errors
/// `TlsExpired`, `TlsNotYetValid`, or `TlsUnknownCa` for everything else.
pub fn verify_chain(chain: &[impl AsRef<[u8]>], ca_pem: &str) -> Result<()> {
    let Some((leaf, issuers)) = chain.split_first() else {
        return Err(Error::new(Code::TlsUnknownCa, "There is no client certificate."));
    };
    let verifier = WebPkiClientVerifier::builder_with_provider(
        Arc::new(anchors(ca_pem)?),
        Arc::new(aws_lc_rs::default_provider()),
    )
    .build()
    .map_err(|e| Error::new(Code::NotACertificate, "The CA cannot be used.").detail(e.to_string()))?;
    let issuers: Vec<_> = issuers.iter().map(|der| CertificateDer::from(der.as_ref())).collect();
    let verified = verifier.verify_client_cert(&CertificateDer::from(leaf.as_ref()), &issuers, UnixTime::now());
    verified.map(drop).map_err(|error| {
        use CertificateError as C;
        let (code, message) = match &error {
            rustls::Error::InvalidCertificate(C::Expired | C::ExpiredContext { .. }) => {
                (Code::TlsExpired, "The client certificate, or one of its issuers, has expired.")
            }
            rustls::Error::InvalidCertificate(C::NotValidYet | C::NotValidYetContext { .. }) => {
                (Code::TlsNotYetValid, "The client certificate, or one of its issuers, is not valid yet.")
            }
            _ => (Code::TlsUnknownCa, "The client certificate does not lead to the CA."),
        };
        Error::new(code, message).detail(error.to_string())
    })
}
