//! What a certificate says: the facts that hubs ask for.

use crate::name;
use aws_lc_rs::digest::{self, SHA1_FOR_LEGACY_USE_ONLY, SHA3_256, SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hubscope_model::{Certificate, Code, Error, Result};
use std::fmt::Write;
use x509_parser::prelude::*;
use x509_parser::public_key::PublicKey;

/// What is shown of the DER certificate `der`, as a chain of one.
///
/// # Errors
/// `NotACertificate` when it is none, or is followed by other bytes.
pub fn describe(der: &[u8]) -> Result<Certificate> {
    parse(der).map(|certificate| summary(&certificate, der, 1))
}

/// The common name of the DER certificate's subject; None without one, or when it is no certificate.
pub fn common_name(der: &[u8]) -> Option<String> {
    parse(der).ok().and_then(|certificate| name::common_name(certificate.subject()))
}

/// ThingsBoard's credentials id of a DER certificate: SHA3-256 over the base64 of the DER, as lower-case hex. The
/// server hashes the text without its PEM marks and line ends (ThingsBoard, EncryptionUtil and SslUtil).
pub fn thingsboard_id(der: &[u8]) -> String {
    hex(digest::digest(&SHA3_256, STANDARD.encode(der).as_bytes()).as_ref(), false)
}

/// SHA-1 of a DER certificate, upper-case hex: the short thumbprint of Azure IoT Hub.
pub fn sha1_thumbprint(der: &[u8]) -> String {
    hex(digest::digest(&SHA1_FOR_LEGACY_USE_ONLY, der).as_ref(), true)
}

/// SHA-256 of a DER certificate, upper-case hex.
pub fn sha256_thumbprint(der: &[u8]) -> String {
    hex(digest::digest(&SHA256, der).as_ref(), true)
}

pub(crate) fn parse(der: &[u8]) -> Result<X509Certificate<'_>> {
    let refused = |why: String| {
        Error::new(Code::NotACertificate, "This is not a certificate.")
            .detail(why)
            .hint("Choose the certificate, a .pem, .crt or .cer file.")
    };
    let (rest, certificate) = X509Certificate::from_der(der).map_err(|e| refused(e.to_string()))?;
    match rest.len() {
        0 => Ok(certificate),
        more => Err(refused(format!("{more} bytes follow the certificate"))),
    }
}

pub(crate) fn summary(certificate: &X509Certificate<'_>, der: &[u8], chain: u32) -> Certificate {
    Certificate {
        subject: name::rfc4514(certificate.subject()),
        common_name: name::common_name(certificate.subject()),
        issuer: name::rfc4514(certificate.issuer()),
        serial: certificate.serial.to_string(),
        not_before: certificate.validity().not_before.timestamp(),
        not_after: certificate.validity().not_after.timestamp(),
        key: key_words(certificate.public_key()),
        sha1: sha1_thumbprint(der),
        sha256: sha256_thumbprint(der),
        thingsboard_id: thingsboard_id(der),
        chain,
        self_signed: is_self_issued(certificate),
    }
}

pub(crate) fn is_self_issued(certificate: &X509Certificate<'_>) -> bool {
    certificate.subject().as_raw() == certificate.issuer().as_raw()
}

/// "P-256", "RSA 2048", "Ed25519"; else the algorithm's number.
pub(crate) fn key_words(key: &SubjectPublicKeyInfo<'_>) -> String {
    let algorithm = key.algorithm.algorithm.to_id_string();
    match (algorithm.as_str(), key.parsed()) {
        (_, Ok(PublicKey::RSA(rsa))) => format!("RSA {}", rsa.key_size()),
        // RFC 5480, section 2.1.1: the curve is the algorithm's parameter.
        ("1.2.840.10045.2.1", _) => {
            let curve = key.algorithm.parameters.as_ref().and_then(|p| p.as_oid().ok()).map(|oid| oid.to_id_string());
            match curve.as_deref() {
                Some("1.2.840.10045.3.1.7") => "P-256".into(),
                Some("1.3.132.0.34") => "P-384".into(),
                Some("1.3.132.0.35") => "P-521".into(),
                other => format!("EC {}", other.unwrap_or("with a curve of its own")),
            }
        }
        ("1.3.101.112", _) => "Ed25519".into(),
        ("1.3.101.113", _) => "Ed448".into(),
        (other, _) => other.to_owned(),
    }
}

pub(crate) fn hex(bytes: &[u8], upper: bool) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = if upper { write!(text, "{byte:02X}") } else { write!(text, "{byte:02x}") };
        text
    })
}
