//! Reading certificates that a hub shall trust: PEM or DER, one certificate or several.

use crate::trusted::Trusted;
use hubscope_model::{Code, Error, Result, Text, text};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::{PemObject, SectionKind};
use x509_parser::prelude::{FromDer, X509Certificate};

/// Certificates of one file: more than any system's own store has.
const MOST: usize = 512;

/// What one certificate of the file says about itself.
struct Candidate {
    der: Vec<u8>,
    subject: String,
    issuer: String,
    signs_others: bool,
}

/// Reads `bytes` as PEM or DER and keeps the certificates that can be trust anchors: CAs, and
/// certificates that signed themselves (trusting such a one trusts exactly that server). `source` says where they come
/// from.
///
/// Every refusal is `NotACertificate` with what the file holds instead.
pub fn read_ca(bytes: &[u8], source: &str) -> Result<Trusted> {
    let (anchors, leaves): (Vec<_>, Vec<_>) =
        candidates(bytes)?.into_iter().partition(|c| c.signs_others || c.subject == c.issuer);
    if anchors.is_empty() {
        return Err(only_leaves(&leaves));
    }
    Trusted::of_ders(anchors.iter().map(|c| c.der.as_slice()), source)
}

/// The same for certificates that are pinned: each counts as it is.
pub fn read_pins(bytes: &[u8], source: &str) -> Result<Trusted> {
    Trusted::of_ders(candidates(bytes)?.iter().map(|c| c.der.as_slice()), source)
}

fn candidates(bytes: &[u8]) -> Result<Vec<Candidate>> {
    let ders = certificates(bytes)?;
    if ders.len() > MOST {
        return Err(refused("The file holds too many certificates.", text!("Choose a file with the CAs of this hub.")));
    }
    ders.into_iter().map(candidate).collect()
}

/// The DER certificates of a file.
fn certificates(bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refused("The file is empty.", text!("Choose the CA certificate, a .pem, .crt or .cer file.")));
    }
    // A DER certificate is one ASN.1 SEQUENCE (RFC 5280, section 4.1): tag 0x30.
    if bytes[0] == 0x30 {
        return Ok(vec![bytes.to_vec()]);
    }
    let mut found = Vec::new();
    let mut other = None;
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(bytes) {
        match section {
            Ok((SectionKind::Certificate, der)) => found.push(der),
            Ok((kind, _)) => other = Some(kind),
            Err(e) => {
                return Err(refused("The file is damaged.", text!("Copy or export the certificate again."))
                    .detail(text!("PEM cannot be read: {why}", why = format!("{e:?}"))));
            }
        }
    }
    if found.is_empty() { Err(not_a_certificate(bytes, other)) } else { Ok(found) }
}

fn candidate(der: Vec<u8>) -> Result<Candidate> {
    let (rest, certificate) = X509Certificate::from_der(&der).map_err(|e| not_x509(&der, &e.to_string()))?;
    if !rest.is_empty() {
        return Err(refused("The certificate is damaged.", text!("Copy or export the certificate again."))
            .detail(text!("{count} bytes follow the certificate", count = rest.len())));
    }
    let subject = certificate.subject().to_string();
    let issuer = certificate.issuer().to_string();
    let signs_others = certificate.is_ca();
    Ok(Candidate { subject, issuer, signs_others, der })
}

/// Names what a PEM file without a certificate holds.
fn not_a_certificate(bytes: &[u8], other: Option<SectionKind>) -> Error {
    let ca = text!("Choose the CA certificate, a .pem, .crt or .cer file.");
    match other {
        Some(SectionKind::PrivateKey | SectionKind::RsaPrivateKey | SectionKind::EcPrivateKey) => private_key(),
        Some(SectionKind::Csr) => refused(
            "This is a certificate request, not a certificate.",
            text!("Have it signed, then choose the CA's file."),
        ),
        Some(SectionKind::Crl) => refused("This is a revocation list, not a certificate.", ca),
        Some(SectionKind::PublicKey) => refused("This is a public key, not a certificate.", ca),
        _ if contains(bytes, b"PRIVATE KEY-----") => private_key(),
        _ => refused("The file holds no certificate.", ca),
    }
}

/// Names what a DER file that is no certificate holds, where that can be told.
fn not_x509(der: &[u8], why: &str) -> Error {
    if PrivateKeyDer::try_from(der).is_ok() {
        return private_key();
    }
    refused("The file holds no certificate.", text!("Choose the CA certificate, a .pem, .crt or .cer file."))
        .detail(text!("X.509 cannot be read: {why}", why = why.to_string()))
}

fn private_key() -> Error {
    refused(
        "This is a private key, not a certificate.",
        text!("Choose the CA certificate. Keep the private key where it is; nothing of it was stored."),
    )
}

fn only_leaves(leaves: &[Candidate]) -> Error {
    let names = leaves.iter().map(|c| c.subject.as_str()).collect::<Vec<_>>().join("; ");
    let issuer = leaves.last().map(|c| c.issuer.as_str()).unwrap_or_default();
    refused(
        "This is the certificate of a server or device, not of a CA.",
        text!("Choose the certificate of the CA that issued it: {issuer}.", issuer),
    )
    .detail(names)
}

fn refused(message: &str, hint: Text) -> Error {
    Error::new(Code::NotACertificate, message).hint(hint)
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
