//! A certificate authority of our own, so that the sandbox can be reached by TLS and its devices have certificates.

use std::sync::Arc;

use crate::asking::TakeAny;
use crate::key_kind::{self, key_pem};
use crate::own_ca::device_usage;
use crate::profile::{self, COMMON_NAME_MAX, Validity, failed};
use hubscope_model::{KeyKind, Result};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
};
use rustls::crypto::aws_lc_rs;
use rustls::server::WantsServerCert;
use rustls::{ConfigBuilder, ServerConfig, WantsVerifier};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use zeroize::Zeroizing;

/// Longest life of a server certificate that clients take (CA/Browser Forum, 398 days) less a day.
const SERVER_DAYS: u32 = 397;
/// A year and a month, as devices in the field get them.
const DEVICE_DAYS: u32 = SERVER_DAYS;
const AUTHORITY_DAYS: u32 = 3650;

/// A root CA with a P-256 key that lives in memory only.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    /// Makes a root that may sign end entities only, valid for ten years.
    pub fn new(common_name: &str) -> Result<Self> {
        let mut params = params(common_name, AUTHORITY_DAYS)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let issuer = CertifiedIssuer::self_signed(params, new_key()?).map_err(failed)?;
        let pem = issuer.pem();
        Ok(Self { issuer, pem })
    }

    /// The root certificate, for clients to trust.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Issues a server certificate for 397 days, valid for `names` (host names or addresses) and
    /// always for `localhost` and `127.0.0.1`.
    pub fn issue_server(&self, names: &[&str]) -> Result<ServerIdentity> {
        let mut all: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        for name in ["localhost", "127.0.0.1"] {
            if !all.iter().any(|n| n == name) {
                all.push(name.to_owned());
            }
        }
        let mut params = params(&all[0], SERVER_DAYS)?;
        params.subject_alt_names = CertificateParams::new(all).map_err(failed)?.subject_alt_names;
        params.is_ca = IsCa::ExplicitNoCa;
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let key = new_key()?;
        let certificate = params.signed_by(&key, &self.issuer).map_err(failed)?;
        Ok(ServerIdentity { cert_pem: certificate.pem(), key_pem: key_pem(&key) })
    }

    /// Issues a device's certificate for 397 days. The chain ends with this root.
    pub fn issue_device(&self, common_name: &str) -> Result<Issued> {
        let mut params = device_params(common_name)?;
        params.use_authority_key_identifier_extension = true;
        let key = new_key()?;
        let cert_pem = params.signed_by(&key, &self.issuer).map_err(failed)?.pem();
        let chain_pem = format!("{cert_pem}{}", self.pem);
        Ok(Issued { cert_pem, chain_pem, key_pem: key_pem(&key) })
    }
}

/// Makes a device's certificate for 397 days that no CA vouches for.
pub fn self_signed_device(common_name: &str) -> Result<Issued> {
    let key = new_key()?;
    let cert_pem = device_params(common_name)?.self_signed(&key).map_err(failed)?.pem();
    Ok(Issued { chain_pem: cert_pem.clone(), cert_pem, key_pem: key_pem(&key) })
}

/// A device's certificate and private key.
pub struct Issued {
    /// The certificate alone, PEM.
    pub cert_pem: String,
    /// The certificate, then its issuers.
    pub chain_pem: String,
    /// The private key, PEM (PKCS#8); wiped when dropped.
    pub key_pem: Zeroizing<String>,
}

fn device_params(common_name: &str) -> Result<CertificateParams> {
    let mut params = params(common_name, DEVICE_DAYS)?;
    device_usage(&mut params, false);
    Ok(params)
}

/// A server's certificate and private key.
pub struct ServerIdentity {
    /// The certificate, PEM.
    pub cert_pem: String,
    /// The private key, PEM (PKCS#8); wiped when dropped.
    pub key_pem: Zeroizing<String>,
}

impl ServerIdentity {
    /// A TLS 1.2 and 1.3 server configuration that asks for no client certificate.
    pub fn server_config(&self) -> Result<Arc<ServerConfig>> {
        self.finish(|builder| builder.with_no_client_auth())
    }

    /// The same, but clients are asked for a certificate. Whichever they show is taken if they have its key, and none
    /// is taken, too: the caller judges what `peer_certificates` holds.
    pub fn server_config_asking_clients(&self) -> Result<Arc<ServerConfig>> {
        self.finish(|builder| {
            let provider = builder.crypto_provider().clone();
            builder.with_client_cert_verifier(Arc::new(TakeAny::new(provider)))
        })
    }

    fn finish(&self, clients: impl FnOnce(WantsClients) -> WantsCertificate) -> Result<Arc<ServerConfig>> {
        let chain = CertificateDer::pem_slice_iter(self.cert_pem.as_bytes()).collect::<std::result::Result<_, _>>();
        let key = PrivateKeyDer::from_pem_slice(self.key_pem.as_bytes()).map_err(failed)?;
        let builder = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(failed)?;
        clients(builder).with_single_cert(chain.map_err(failed)?, key).map(Arc::new).map_err(failed)
    }
}

type WantsClients = ConfigBuilder<ServerConfig, WantsVerifier>;
type WantsCertificate = ConfigBuilder<ServerConfig, WantsServerCert>;

/// Parameters for a name of any length, which is cut where a common name must end.
fn params(common_name: &str, days: u32) -> Result<CertificateParams> {
    let name: String = common_name.chars().take(COMMON_NAME_MAX).collect();
    profile::params(&name, Validity::of_days(days)?)
}

fn new_key() -> Result<KeyPair> {
    key_kind::new_key(KeyKind::P256)
}
