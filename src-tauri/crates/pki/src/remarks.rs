//! What should be said about a certificate before it is used: it can be read, and may still be refused.

use crate::profile::{date, now};
use hubscope_model::{CertificateFacts, Text, text};

/// About a device's certificate; nothing to say is the best there is.
pub fn remarks(device: &CertificateFacts) -> Vec<Text> {
    let mut remarks = common(device);
    if device.is_ca {
        remarks.push(text!("It says that it is a CA: a device should not be able to sign others."));
    }
    let usages = &device.extended_key_usages;
    if !usages.is_empty() && !usages.iter().any(|usage| usage == "clientAuth" || usage == "anyExtendedKeyUsage") {
        remarks.push(text!("It is not meant for TLS clients: its extended key usage lacks clientAuth."));
    }
    if device.summary.key == "Ed25519" {
        remarks.push(text!("Its key is Ed25519, which Azure IoT Hub and AWS IoT do not promise to take."));
    }
    remarks
}

/// About the certificate of a CA.
pub fn authority_remarks(authority: &CertificateFacts) -> Vec<Text> {
    let mut remarks = common(authority);
    let usages = &authority.key_usages;
    if !usages.is_empty() && !usages.iter().any(|usage| usage == "keyCertSign") {
        remarks.push(text!("It may not sign certificates: its key usage lacks keyCertSign."));
    }
    if authority.summary.key == "Ed25519" {
        remarks.push(text!("Its key is Ed25519, which Azure IoT Hub and AWS IoT do not promise to take."));
    }
    remarks
}

fn common(certificate: &CertificateFacts) -> Vec<Text> {
    let mut remarks = Vec::new();
    if certificate.version < 3 {
        // RFC 5280, section 4.1.2.1; measured with OpenSSL 3.0: `x509 -req` without -extfile writes one.
        remarks.push(text!("It is of X.509 version 1, which many servers refuse: issue it with extensions."));
    }
    if certificate.summary.not_after < now() {
        remarks.push(text!("It ended on {day}.", day = date(certificate.summary.not_after)));
    }
    if certificate.summary.not_before > now() {
        remarks.push(text!("It begins on {day}.", day = date(certificate.summary.not_before)));
    }
    if certificate.signature.contains("SHA1") || certificate.signature.starts_with("sha1") {
        remarks.push(text!("It is signed with SHA-1, which servers no longer trust."));
    }
    remarks
}
