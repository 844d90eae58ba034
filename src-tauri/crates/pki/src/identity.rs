//! A device's certificate with its key, as files have them.

use crate::certificate::{is_self_issued, parse, summary};
use crate::pem_text::{certificate_pem, to_pem};
use crate::pkcs12::{self, is_pkcs12};
use crate::private_key::{self, PrivateKey};
use hubscope_model::{Certificate, Code, Error, Result, Text, text};
use hubscope_vault::Secret;
use pem::Pem;
use x509_parser::prelude::X509Certificate;

/// A certificate that a device can prove itself with.
#[derive(Debug)]
pub struct Identity {
    pub summary: Certificate,
    /// Leaf first, then its issuers.
    pub chain_pem: String,
    /// PKCS#8 PEM, not encrypted.
    pub key: Secret<String>,
}

/// What a TLS client shows when the server asks for a certificate.
#[derive(Clone, Debug)]
pub struct ClientIdentity {
    /// Leaf first, then its issuers.
    pub chain_pem: String,
    /// PKCS#8 PEM, not encrypted.
    pub key: Secret<String>,
}

impl Identity {
    /// As a handshake shows it.
    pub fn to_show(&self) -> ClientIdentity {
        ClientIdentity { chain_pem: self.chain_pem.clone(), key: self.key.clone() }
    }
}

/// Reads a device's certificate (PEM with its issuers, or one DER) and its key: PKCS#8, PKCS#1 or SEC1, PEM or DER;
/// PKCS#8 also encrypted. Without `key` it is looked for in the certificate's text. Or reads both from PKCS#12.
///
/// # Errors
/// `NotACertificate`, `NotAPrivateKey`, `PassphraseNeeded`, `WrongPassphrase`, `KeyDoesNotMatch`,
/// `ChainOutOfOrder`, `CertificateIsCa`, each with the next step.
pub fn read_identity(certificate: &[u8], key: Option<&[u8]>, passphrase: Option<&Secret<String>>) -> Result<Identity> {
    let (chain, key) = read_parts(certificate, key, passphrase)?;
    let parsed = chain.iter().map(|der| parse(der)).collect::<Result<Vec<_>>>()?;
    check_order(&parsed, &key)?;
    check_leaf(&parsed[0])?;
    let count = u32::try_from(chain.len()).unwrap_or(u32::MAX);
    Ok(Identity {
        summary: summary(&parsed[0], &chain[0], count),
        chain_pem: chain.iter().map(|der| certificate_pem(der)).collect(),
        key: Secret::new(to_pem("PRIVATE KEY", &key.der)),
    })
}

/// Reads a certificate with its issuers alone: what is shown of it, and its chain as it is stored. Its key is elsewhere
/// or was left out.
///
/// # Errors
/// `NotACertificate`.
pub fn read_chain(pem: &str) -> Result<(Certificate, String)> {
    let chain = read_certificates(pem.as_bytes())?;
    let leaf = parse(&chain[0])?;
    let count = u32::try_from(chain.len()).unwrap_or(u32::MAX);
    Ok((summary(&leaf, &chain[0], count), chain.iter().map(|der| certificate_pem(der)).collect()))
}

/// The certificates of a file and the key, in PKCS#8, before anything is compared. There is at least one certificate.
pub(crate) fn read_parts(
    certificate: &[u8],
    key: Option<&[u8]>,
    passphrase: Option<&Secret<String>>,
) -> Result<(Vec<Vec<u8>>, PrivateKey)> {
    let (chain, key) = read_files(certificate, key, passphrase)?;
    Ok((chain, key.ok_or_else(key_missing)?))
}

/// The same, with or without a key.
pub(crate) fn read_files(
    certificate: &[u8],
    key: Option<&[u8]>,
    passphrase: Option<&Secret<String>>,
) -> Result<(Vec<Vec<u8>>, Option<PrivateKey>)> {
    if is_pkcs12(certificate) {
        return match key {
            None => pkcs12::read(certificate, passphrase).map(|(chain, key)| (chain, Some(key))),
            Some(_) => Err(not_a_certificate(
                "This is a PKCS#12 file (.p12, .pfx), which brings its own private key.",
                text!("Choose no key file beside it."),
            )),
        };
    }
    let sections = sections(certificate)?;
    let chain = match &sections {
        Some(sections) => certificates(sections)?,
        None => vec![der_certificate(certificate)?],
    };
    let key = match (key, &sections) {
        (Some(bytes), _) => Some(read_key(bytes, passphrase)?),
        (None, Some(sections)) => private_key::of_sections(sections, passphrase)?,
        (None, None) => None,
    };
    Ok((chain, key))
}

/// The certificates of a file, DER; at least one.
pub(crate) fn read_certificates(bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    match sections(bytes)? {
        Some(sections) => certificates(&sections),
        None => Ok(vec![der_certificate(bytes)?]),
    }
}

/// The PEM sections of a file; None when it is DER.
fn sections(bytes: &[u8]) -> Result<Option<Vec<Pem>>> {
    // A DER certificate is one ASN.1 SEQUENCE (RFC 5280, section 4.1): tag 0x30. PEM text does not begin with a zero.
    if bytes.first() == Some(&0x30) {
        return Ok(None);
    }
    pem::parse_many(bytes).map(Some).map_err(|e| {
        not_a_certificate("The file is damaged.", text!("Copy or export it again."))
            .detail(text!("PEM cannot be read: {why}", why = e.to_string()))
    })
}

fn certificates(sections: &[Pem]) -> Result<Vec<Vec<u8>>> {
    let is_certificate = |tag: &str| matches!(tag, "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE");
    let found: Vec<_> = sections.iter().filter(|s| is_certificate(s.tag())).map(|s| s.contents().to_vec()).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    Err(match sections.first().map(Pem::tag) {
        Some(tag) if tag.ends_with("PRIVATE KEY") => not_a_certificate(
            "This is a private key, and its certificate is missing.",
            text!("Choose the device's certificate here, and the key beside it."),
        ),
        Some("CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST") => not_a_certificate(
            "This is a certificate request, not a certificate.",
            text!("Have it signed by the CA, then choose what it returns."),
        ),
        Some(other) => not_a_certificate("The file holds no certificate.", CHOOSE)
            .detail(text!("it is marked as {other}", other = other.to_string())),
        None => not_a_certificate("The file holds no certificate.", CHOOSE),
    })
}

fn der_certificate(der: &[u8]) -> Result<Vec<u8>> {
    match parse(der) {
        Ok(_) => Ok(der.to_vec()),
        Err(_) if is_pkcs12(der) => Err(not_a_certificate(
            "This is a PKCS#12 file (.p12, .pfx).",
            text!("Convert it, then choose the new file: openssl pkcs12 -in device.p12 -nodes -out device.pem"),
        )),
        Err(error) => Err(error),
    }
}

pub(crate) fn read_key(bytes: &[u8], passphrase: Option<&Secret<String>>) -> Result<PrivateKey> {
    if bytes.first() == Some(&0x30) {
        return private_key::of_der(bytes, passphrase);
    }
    let missing = || {
        Error::new(Code::NotAPrivateKey, "The file holds no private key.")
            .hint("Choose the device's private key, a .key or .pem file.")
    };
    let sections = pem::parse_many(bytes)
        .map_err(|e| missing().detail(text!("PEM cannot be read: {why}", why = e.to_string())))?;
    private_key::of_sections(&sections, passphrase)?.ok_or_else(missing)
}

/// The first certificate is the key's, and each next one issued the one before.
pub(crate) fn check_order(chain: &[X509Certificate<'_>], key: &PrivateKey) -> Result<()> {
    match chain.iter().position(|certificate| certificate.public_key().raw == key.public) {
        Some(0) => {}
        Some(at) => {
            return Err(out_of_order(format!(
                "The key belongs to certificate {} of the file, not to the first.",
                at + 1
            )));
        }
        None => {
            return Err(Error::new(Code::KeyDoesNotMatch, "The private key does not belong to the certificate.")
                .hint("Choose the key that the certificate was requested with."));
        }
    }
    check_issuers(chain)
}

pub(crate) fn check_issuers(chain: &[X509Certificate<'_>]) -> Result<()> {
    let broken = chain.windows(2).position(|pair| pair[0].issuer().as_raw() != pair[1].subject().as_raw());
    match broken {
        None => Ok(()),
        Some(at) => {
            Err(out_of_order(format!("Certificate {} of the file did not issue certificate {}.", at + 2, at + 1)))
        }
    }
}

fn out_of_order(message: String) -> Error {
    Error::new(Code::ChainOutOfOrder, message).hint("Put the device's certificate first, then each issuer.")
}

fn check_leaf(certificate: &X509Certificate<'_>) -> Result<()> {
    if is_authority(certificate) {
        return Err(Error::new(Code::CertificateIsCa, "This is the certificate of a CA, not of a device.")
            .hint("Issue a certificate for the device with it, and choose that one. Keep the CA's key elsewhere."));
    }
    Ok(())
}

/// Whether a certificate is there to sign others. One that signed itself and does not limit its key counts as a
/// device's, although it calls itself a CA: that is what `openssl req -x509` makes, and what Azure's and ThingsBoard's
/// own examples use.
pub(crate) fn is_authority(certificate: &X509Certificate<'_>) -> bool {
    let usage = certificate.key_usage().ok().flatten().map(|usage| usage.value);
    let signs_only = usage.is_some_and(|usage| usage.key_cert_sign() && !usage.digital_signature());
    certificate.is_ca() && (signs_only || !is_self_issued(certificate))
}

const CHOOSE: Text = text!("Choose the device's certificate, a .pem, .crt or .cer file.");

fn key_missing() -> Error {
    Error::new(Code::NotAPrivateKey, "The certificate comes without its private key.").hint("Choose the key file, too.")
}

fn not_a_certificate(message: &str, hint: Text) -> Error {
    Error::new(Code::NotACertificate, message).hint(hint)
}
