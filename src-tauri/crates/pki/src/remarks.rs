//! What should be said about a device's certificate before it is used: it can be read, and may still be refused.

use crate::profile::{date, now};
use hubscope_model::{CertificateFacts, Text, text};

/// The first certificate of a file is the device's; nothing to say is the best there is.
pub fn remarks(device: &CertificateFacts) -> Vec<Text> {
    let mut remarks = Vec::new();
    if device.version < 3 {
        // RFC 5280, section 4.1.2.1; measured with OpenSSL 3.0: `x509 -req` without -extfile writes one.
        remarks.push(text!("It is of X.509 version 1, which many servers refuse: issue it with extensions."));
    }
    if device.summary.not_after < now() {
        remarks.push(text!("It ended on {day}.", day = date(device.summary.not_after)));
    }
    if device.summary.not_before > now() {
        remarks.push(text!("It begins on {day}.", day = date(device.summary.not_before)));
    }
    if device.is_ca {
        remarks.push(text!("It says that it is a CA: a device should not be able to sign others."));
    }
    let usages = &device.extended_key_usages;
    if !usages.is_empty() && !usages.iter().any(|usage| usage == "clientAuth" || usage == "anyExtendedKeyUsage") {
        remarks.push(text!("It is not meant for TLS clients: its extended key usage lacks clientAuth."));
    }
    if device.signature.contains("SHA1") || device.signature.starts_with("sha1") {
        remarks.push(text!("It is signed with SHA-1, which servers no longer trust."));
    }
    if device.summary.key == "Ed25519" {
        remarks.push(text!("Its key is Ed25519, which Azure IoT Hub and AWS IoT do not promise to take."));
    }
    remarks
}
