//! A certificate authority of one's own: kept by its user, for devices in the field.

use crate::authority::Issued;
use crate::certificate::{key_words, parse};
use crate::key_kind::{key_pem, new_key};
use crate::pem_text::certificate_pem;
use crate::profile::{DAY, Validity, checked_name, failed, field, params};
use crate::serial::Serial;
use crate::signature::is_signed_by;
use crate::{identity, name};
use hubscope_model::{Code, Error, KeyKind, Problem, Result, text};
use hubscope_vault::Secret;
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PublicKeyData, SerialNumber,
};
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use x509_parser::prelude::X509Certificate;

/// A root or intermediate with its key, ready to sign.
pub struct OwnCa {
    pub(crate) issuer: Issuer<'static, KeyPair>,
    /// Its own certificate, DER.
    pub(crate) der: Vec<u8>,
    /// The same as SubjectPublicKeyInfo and name, for what it signs to be compared with.
    pub(crate) public: Vec<u8>,
    pub(crate) subject: Vec<u8>,
    /// Its certificate, then its issuers.
    pub(crate) chain_pem: String,
    validity: Validity,
    /// How many CAs may stand below it; None: any number.
    path_length: Option<u32>,
}

/// A certificate for a key that stays where it is.
pub struct Signed {
    /// The certificate alone, PEM.
    pub cert_pem: String,
    /// The certificate, then its issuers.
    pub chain_pem: String,
}

/// Makes a root CA, below which one level of intermediates is possible.
///
/// # Errors
/// `InvalidFields` for a name or a number of days that no certificate can have.
pub fn new_root(common_name: &str, kind: KeyKind, days: u32) -> Result<Issued> {
    let params = ca_params(common_name, Validity::of_days(days)?, 1)?;
    let key = new_key(kind)?;
    let cert_pem = certificate_pem(params.self_signed(&key).map_err(failed)?.der());
    Ok(Issued { chain_pem: cert_pem.clone(), cert_pem, key_pem: key_pem(&key) })
}

impl OwnCa {
    /// Reads a CA's certificate, which its issuers may follow, and its key in any form that [`crate::read_identity`]
    /// takes.
    ///
    /// # Errors
    /// Those of [`crate::read_identity`], and `NotACertificate` when it may not sign others.
    pub fn read(certificate: &[u8], key: Option<&[u8]>, passphrase: Option<&Secret<String>>) -> Result<Self> {
        let (chain, key) = identity::read_parts(certificate, key, passphrase)?;
        let parsed = chain.iter().map(|der| parse(der)).collect::<Result<Vec<_>>>()?;
        identity::check_order(&parsed, &key)?;
        let own = &parsed[0];
        check_authority(own)?;
        let pair = KeyPair::try_from(&PrivatePkcs8KeyDer::from(key.der.as_slice())).map_err(|e| {
            Error::new(Code::NotAPrivateKey, "The CA's key cannot sign certificates.").detail(e.to_string())
        })?;
        let issuer = Issuer::from_ca_cert_der(&CertificateDer::from(chain[0].as_slice()), pair).map_err(|e| {
            Error::new(Code::NotACertificate, "The CA's certificate cannot be used.").detail(e.to_string())
        })?;
        let validity = own.validity();
        Ok(Self {
            issuer,
            public: own.public_key().raw.to_vec(),
            subject: own.subject().as_raw().to_vec(),
            validity: Validity {
                not_before: validity.not_before.timestamp(),
                not_after: validity.not_after.timestamp(),
            },
            path_length: own.basic_constraints().ok().flatten().and_then(|found| found.value.path_len_constraint),
            chain_pem: chain.iter().map(|der| certificate_pem(der)).collect(),
            der: chain[0].clone(),
        })
    }

    /// The CA's own certificate.
    pub fn pem(&self) -> String {
        certificate_pem(&self.der)
    }

    /// Makes a CA below this one, which may sign devices only.
    pub fn issue_intermediate(&self, common_name: &str, kind: KeyKind, days: u32) -> Result<Issued> {
        if self.path_length == Some(0) {
            return Err(Error::new(Code::BadRequest, "This CA may sign devices only, no other CA.")
                .hint("Make the new CA with the root, or with a root of its own."));
        }
        self.with_new_key(ca_params(common_name, self.validity(days)?, 0)?, kind)
    }

    /// Makes a device's certificate and key.
    pub fn issue_device(&self, common_name: &str, kind: KeyKind, days: u32) -> Result<Issued> {
        self.issue_device_numbered(common_name, None, kind, days)
    }

    /// The same with a serial that was chosen, which this CA must not have given before.
    pub(crate) fn issue_device_numbered(
        &self,
        common_name: &str,
        serial: Option<&Serial>,
        kind: KeyKind,
        days: u32,
    ) -> Result<Issued> {
        let mut params = params(checked_name(common_name)?, self.validity(days)?)?;
        if let Some(serial) = serial {
            params.serial_number = Some(SerialNumber::from_slice(serial.octets()));
        }
        device_usage(&mut params, matches!(kind, KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096));
        self.with_new_key(params, kind)
    }

    /// Issues a certificate for a device's public key (SubjectPublicKeyInfo) that came from elsewhere.
    pub(crate) fn issue_for(&self, common_name: &str, public: &[u8], days: u32) -> Result<Signed> {
        let mut params = params(checked_name(common_name)?, self.validity(days)?)?;
        device_usage(&mut params, is_rsa(public));
        let cert_pem = self.sign(params, &spki(public)?, public)?;
        Ok(Signed { chain_pem: format!("{cert_pem}{}", self.chain_pem), cert_pem })
    }

    /// The same common name and key for a new time, with a serial of its own. `certificate` is PEM or DER; issuers that
    /// follow are ignored. That of a CA, also of this one when it is a root, says all that it said before.
    ///
    /// # Errors
    /// `TlsUnknownCa` when this CA did not issue it; `BadRequest` for a CA whose name or extensions cannot be copied.
    pub fn renew(&self, certificate: &[u8], days: u32) -> Result<Signed> {
        let old = identity::read_certificates(certificate)?.swap_remove(0);
        let parsed = parse(&old)?;
        if !self.issued(&parsed, &old) {
            return Err(Error::new(Code::TlsUnknownCa, "This CA did not issue the certificate.")
                .hint("Renew it with the CA that issued it, or issue a new one."));
        }
        if parsed.is_ca() {
            return self.renew_authority(&parsed, days);
        }
        let common_name = name::common_name(parsed.subject()).unwrap_or_default();
        self.issue_for(&common_name, parsed.public_key().raw, days)
    }

    /// Whether this CA's key signed the certificate, and the certificate says so.
    pub(crate) fn issued(&self, certificate: &X509Certificate<'_>, der: &[u8]) -> bool {
        certificate.issuer().as_raw() == self.subject && is_signed_by(der, &self.public)
    }

    fn with_new_key(&self, params: CertificateParams, kind: KeyKind) -> Result<Issued> {
        let key = new_key(kind)?;
        let cert_pem = self.sign(params, &key, &key.subject_public_key_info())?;
        Ok(Issued { chain_pem: format!("{cert_pem}{}", self.chain_pem), cert_pem, key_pem: key_pem(&key) })
    }

    /// Signs, and looks at the result: the library can write another key or name than it was given (rcgen 0.14.10,
    /// issue 448; names in old encodings).
    pub(crate) fn sign(
        &self,
        mut params: CertificateParams,
        key: &impl PublicKeyData,
        public: &[u8],
    ) -> Result<String> {
        params.use_authority_key_identifier_extension = true;
        self.sign_as_is(&params, key, public).map(|der| certificate_pem(&der))
    }

    /// The same with no extension added; answers DER.
    pub(crate) fn sign_as_is(
        &self,
        params: &CertificateParams,
        key: &impl PublicKeyData,
        public: &[u8],
    ) -> Result<Vec<u8>> {
        let made = params.signed_by(key, &self.issuer).map_err(failed)?;
        let parsed = parse(made.der())?;
        if parsed.public_key().raw != public || !self.issued(&parsed, made.der()) {
            return Err(failed(format!(
                "the certificate for {} is another than was asked for",
                key_words(parsed.public_key())
            )));
        }
        Ok(made.der().to_vec())
    }

    /// From five minutes ago, or from the CA's beginning, for `days` days, which must end before the CA does. What would
    /// outlive the CA by less than a day ends with it: both were made for as many days, one a moment later.
    pub(crate) fn validity(&self, days: u32) -> Result<Validity> {
        let wanted = Validity::of_days(days)?;
        if wanted.not_after >= self.validity.not_after + DAY {
            let end = crate::profile::date(self.validity.not_after);
            return Err(field(
                "days",
                Problem::OutOfRange,
                format!("The CA ends on {end}, before a certificate of {days} days would."),
                text!("Give fewer days, or make a new CA."),
            ));
        }
        Ok(Validity {
            not_before: wanted.not_before.max(self.validity.not_before),
            not_after: wanted.not_after.min(self.validity.not_after),
        })
    }
}

/// RFC 5280, sections 4.2.1.3 and 4.2.1.9: a CA says that it is one, and that its key may sign certificates.
fn check_authority(certificate: &X509Certificate<'_>) -> Result<()> {
    let usage = certificate.key_usage().ok().flatten().map(|usage| usage.value);
    if certificate.is_ca() && usage.is_none_or(|usage| usage.key_cert_sign()) {
        return Ok(());
    }
    Err(Error::new(Code::NotACertificate, "This certificate is not of a CA: it may not sign others.")
        .detail(name::rfc4514(certificate.subject()))
        .hint("Choose a CA's certificate and key, or make a CA."))
}

fn ca_params(common_name: &str, validity: Validity, below: u8) -> Result<CertificateParams> {
    let mut params = params(checked_name(common_name)?, validity)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(below));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

/// A TLS client and nothing else. With an RSA key also for the key exchanges of TLS 1.2 that encrypt.
pub(crate) fn device_usage(params: &mut CertificateParams, rsa: bool) {
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    if rsa {
        params.key_usages.push(KeyUsagePurpose::KeyEncipherment);
    }
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
}

/// A key that came from elsewhere, as SubjectPublicKeyInfo.
pub(crate) fn spki(public: &[u8]) -> Result<rcgen::SubjectPublicKeyInfo> {
    rcgen::SubjectPublicKeyInfo::from_der(public).map_err(|e| {
        Error::new(Code::BadRequest, "No certificate can be made for a key of this kind.")
            .detail(e.to_string())
            .hint("Use an RSA, P-256, P-384 or Ed25519 key.")
    })
}

fn is_rsa(public: &[u8]) -> bool {
    use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo};
    SubjectPublicKeyInfo::from_der(public).is_ok_and(|(_, key)| key_words(&key).starts_with("RSA"))
}
