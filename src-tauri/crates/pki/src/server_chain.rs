//! What a server shows in a handshake and what a hub's trust makes of it, on a connection that sends nothing else.
//!
//! The library forgets the chain of a handshake that it refuses, so a verifier of ours keeps the chain with the real
//! verifier's verdict and lets the handshake go on. Signatures of the handshake are checked as ever. No client certificate
//! is shown; whether one was asked for is kept.

use crate::certificate::{describe, parse};
use crate::name;
use crate::pem_text::certificate_pem;
use crate::trust::{Trust, server_verifier};
use hubscope_model::{ChainProblem, Code, Error, Result, ServerCertificate};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{ResolvesClientCert, verify_server_name};
use rustls::crypto::aws_lc_rs;
use rustls::server::ParsedCertificate;
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use x509_parser::prelude::{FromDer, GeneralName, X509Name};

/// Certificates of a chain that are kept.
const LONGEST_CHAIN: usize = 16;
/// Names of CAs that are kept of a request for a client certificate.
const MOST_CAS: usize = 32;

/// What a server showed.
#[derive(Clone, Debug)]
pub struct Shown {
    /// As sent, the server's own first.
    pub chain: Vec<ServerCertificate>,
    /// None: the hub trusts it.
    pub problem: Option<ChainProblem>,
    /// Judged by itself, whatever the chain is worth.
    pub name_matches: bool,
    /// The verifier's words.
    pub said: Option<String>,
}

/// Remembers one handshake.
#[derive(Debug)]
pub struct HandshakeRecord {
    verifier: Arc<dyn ServerCertVerifier>,
    shown: Mutex<Option<Shown>>,
    /// Names of the CAs that a client certificate was asked from; None: none was asked for.
    asked: Mutex<Option<Vec<String>>>,
}

/// A configuration for one handshake, and what remembers it.
///
/// # Errors
/// Those of [`crate::client_config`] for the same trust.
pub fn recorded_handshake(trust: &Trust) -> Result<(ClientConfig, Arc<HandshakeRecord>)> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = server_verifier(trust, &provider)?;
    let record = Arc::new(HandshakeRecord { verifier, shown: Mutex::default(), asked: Mutex::default() });
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| Error::new(Code::TlsFailed, "TLS could not be set up.").detail(e.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(record.clone())
        .with_client_cert_resolver(Arc::new(Ask(record.clone())));
    Ok((config, record))
}

impl HandshakeRecord {
    /// None: the handshake ended before the server's certificate.
    pub fn shown(&self) -> Option<Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The CAs that a client certificate may be from (empty: not said); None: none was asked for.
    pub fn asked(&self) -> Option<Vec<String>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ServerCertVerifier for HandshakeRecord {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        let verdict = self.verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        let name = ParsedCertificate::try_from(end_entity).and_then(|leaf| verify_server_name(&leaf, server_name));
        let sent = std::iter::once(end_entity).chain(intermediates).take(LONGEST_CHAIN);
        let chain: Vec<_> = sent.filter_map(|der| server_certificate(der).ok()).collect();
        let shown = Shown {
            problem: verdict.as_ref().err().and_then(|error| problem(error, &chain)),
            chain,
            name_matches: name.is_ok(),
            said: verdict.err().or(name.err()).map(|error| error.to_string()),
        };
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}

/// Hears that a client certificate is asked for, and shows none.
#[derive(Debug)]
struct Ask(Arc<HandshakeRecord>);

impl ResolvesClientCert for Ask {
    fn resolve(&self, cas: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        let names = cas.iter().take(MOST_CAS).filter_map(|der| X509Name::from_der(der).ok());
        let names = names.map(|(_, name)| name::rfc4514(&name)).collect();
        *self.0.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(names);
        None
    }

    fn has_certs(&self) -> bool {
        true
    }
}

fn server_certificate(der: &[u8]) -> Result<ServerCertificate> {
    let certificate = describe(der)?;
    let parsed = parse(der)?;
    let names = parsed.subject_alternative_name().ok().flatten();
    let names = names.map(|names| names.value.general_names.iter().filter_map(host).collect()).unwrap_or_default();
    Ok(ServerCertificate { certificate, names, is_ca: parsed.is_ca(), pem: certificate_pem(der) })
}

fn host(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|bytes| IpAddr::from(bytes).to_string()),
            16 => <[u8; 16]>::try_from(*bytes).ok().map(|bytes| IpAddr::from(bytes).to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// What a verdict says of the chain; None where only the name is wrong.
fn problem(error: &rustls::Error, chain: &[ServerCertificate]) -> Option<ChainProblem> {
    use CertificateError as C;
    let rustls::Error::InvalidCertificate(reason) = error else { return Some(ChainProblem::Unusable) };
    Some(match reason {
        C::NotValidForName | C::NotValidForNameContext { .. } => return None,
        C::UnknownIssuer => untrusted_end(chain),
        C::BadSignature => ChainProblem::OtherKey,
        C::ApplicationVerificationFailure => ChainProblem::NotPinned,
        C::Expired | C::ExpiredContext { .. } => ChainProblem::Expired,
        C::NotValidYet | C::NotValidYetContext { .. } => ChainProblem::NotYetValid,
        _ => ChainProblem::Unusable,
    })
}

/// Where a chain without a trusted issuer ends.
fn untrusted_end(chain: &[ServerCertificate]) -> ChainProblem {
    match (chain_end(chain), chain.first()) {
        (Some(end), Some(leaf)) if end.certificate.self_signed && end.certificate == leaf.certificate => {
            ChainProblem::SelfSigned
        }
        (Some(end), _) if end.certificate.self_signed => ChainProblem::UnknownCa,
        _ => ChainProblem::IssuerMissing,
    }
}

/// The last certificate that is reached from the server's own by the names of issuers.
pub fn chain_end(chain: &[ServerCertificate]) -> Option<&ServerCertificate> {
    let mut end = chain.first()?;
    // A chain has no longer way than it has certificates; names that go in a circle end there.
    for _ in chain {
        let issuer = &end.certificate.issuer;
        let is_issuer = |next: &&ServerCertificate| next.certificate.subject == *issuer;
        match chain.iter().find(is_issuer).filter(|_| !end.certificate.self_signed) {
            Some(next) => end = next,
            None => break,
        }
    }
    Some(end)
}
