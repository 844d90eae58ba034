//! All that a certificate says, for whoever looks at it.

use crate::certificate::{parse, summary};
use crate::identity::read_certificates;
use crate::name;
use crate::pem_text::certificate_pem;
use crate::pkcs12::{self, is_pkcs12};
use hubscope_model::{CertificateFacts, Result};
use hubscope_vault::Secret;
use std::net::{Ipv4Addr, Ipv6Addr};
use x509_parser::prelude::*;

/// Reads all certificates of a file: PEM, one DER, or PKCS#12 with its passphrase. Each counts for itself: `chain` is 1.
///
/// # Errors
/// `NotACertificate`, and what keeps a PKCS#12 file closed.
pub fn inspect(bytes: &[u8], passphrase: Option<&Secret<String>>) -> Result<Vec<CertificateFacts>> {
    let certificates = if is_pkcs12(bytes) { pkcs12::read(bytes, passphrase)?.0 } else { read_certificates(bytes)? };
    certificates.iter().map(|der| facts_of(der)).collect()
}

/// The certificates of a PEM text one by one: what each says, and its own PEM.
///
/// # Errors
/// `NotACertificate`.
pub fn inspect_chain(pem: &str) -> Result<Vec<(CertificateFacts, String)>> {
    let certificates = read_certificates(pem.as_bytes())?;
    certificates.iter().map(|der| Ok((facts_of(der)?, certificate_pem(der)))).collect()
}

/// All that a certificate, DER, says.
pub(crate) fn facts_of(der: &[u8]) -> Result<CertificateFacts> {
    parse(der).map(|certificate| facts(&certificate, der))
}

fn facts(certificate: &X509Certificate<'_>, der: &[u8]) -> CertificateFacts {
    let constraints = certificate.basic_constraints().ok().flatten().map(|found| found.value);
    let usage = certificate.key_usage().ok().flatten().map(|found| found.value);
    let extended = certificate.extended_key_usage().ok().flatten().map(|found| found.value);
    let names = certificate.subject_alternative_name().ok().flatten().map(|found| found.value);
    CertificateFacts {
        summary: summary(certificate, der, 1),
        version: certificate.version().0 + 1,
        serial_hex: hex(certificate.raw_serial()),
        alternative_names: names
            .map(|names| names.general_names.iter().map(general_name).collect())
            .unwrap_or_default(),
        is_ca: certificate.is_ca(),
        path_length: constraints.and_then(|constraints| constraints.path_len_constraint),
        key_usages: usage.map(key_usages).unwrap_or_default(),
        extended_key_usages: extended.map(extended_key_usages).unwrap_or_default(),
        subject_key_id: key_id(certificate, |extension| match extension {
            ParsedExtension::SubjectKeyIdentifier(id) => Some(hex(id.0)),
            _ => None,
        }),
        authority_key_id: key_id(certificate, |extension| match extension {
            ParsedExtension::AuthorityKeyIdentifier(id) => id.key_identifier.as_ref().map(|id| hex(id.0)),
            _ => None,
        }),
        signature: signature_words(&certificate.signature_algorithm.algorithm.to_id_string()),
    }
}

fn key_id(certificate: &X509Certificate<'_>, read: impl Fn(&ParsedExtension<'_>) -> Option<String>) -> Option<String> {
    certificate.extensions().iter().find_map(|extension| read(extension.parsed_extension()))
}

fn general_name(name: &GeneralName<'_>) -> String {
    match name {
        GeneralName::DNSName(host) => format!("DNS:{host}"),
        GeneralName::RFC822Name(mail) => format!("email:{mail}"),
        GeneralName::URI(uri) => format!("URI:{uri}"),
        GeneralName::DirectoryName(name) => format!("name:{}", name::rfc4514(name)),
        GeneralName::IPAddress(bytes) => match (<[u8; 4]>::try_from(*bytes), <[u8; 16]>::try_from(*bytes)) {
            (Ok(v4), _) => format!("IP:{}", Ipv4Addr::from(v4)),
            (_, Ok(v6)) => format!("IP:{}", Ipv6Addr::from(v6)),
            _ => format!("IP:#{}", hex(bytes)),
        },
        other => format!("other:{other}"),
    }
}

fn key_usages(usage: &KeyUsage) -> Vec<String> {
    [
        (usage.digital_signature(), "digitalSignature"),
        (usage.non_repudiation(), "nonRepudiation"),
        (usage.key_encipherment(), "keyEncipherment"),
        (usage.data_encipherment(), "dataEncipherment"),
        (usage.key_agreement(), "keyAgreement"),
        (usage.key_cert_sign(), "keyCertSign"),
        (usage.crl_sign(), "cRLSign"),
        (usage.encipher_only(), "encipherOnly"),
        (usage.decipher_only(), "decipherOnly"),
    ]
    .into_iter()
    .filter(|(is_set, _)| *is_set)
    .map(|(_, name)| name.to_owned())
    .collect()
}

fn extended_key_usages(usage: &ExtendedKeyUsage<'_>) -> Vec<String> {
    let named = [
        (usage.any, "anyExtendedKeyUsage"),
        (usage.server_auth, "serverAuth"),
        (usage.client_auth, "clientAuth"),
        (usage.code_signing, "codeSigning"),
        (usage.email_protection, "emailProtection"),
        (usage.time_stamping, "timeStamping"),
        (usage.ocsp_signing, "OCSPSigning"),
    ];
    let named = named.into_iter().filter(|(is_set, _)| *is_set).map(|(_, name)| name.to_owned());
    named.chain(usage.other.iter().map(|oid| oid.to_id_string())).collect()
}

/// Names of RFC 8017, RFC 5758 and RFC 8410, as openssl spells them.
fn signature_words(oid: &str) -> String {
    match oid {
        "1.2.840.113549.1.1.5" => "sha1WithRSAEncryption",
        "1.2.840.113549.1.1.10" => "rsassaPss",
        "1.2.840.113549.1.1.11" => "sha256WithRSAEncryption",
        "1.2.840.113549.1.1.12" => "sha384WithRSAEncryption",
        "1.2.840.113549.1.1.13" => "sha512WithRSAEncryption",
        "1.2.840.10045.4.1" => "ecdsa-with-SHA1",
        "1.2.840.10045.4.3.2" => "ecdsa-with-SHA256",
        "1.2.840.10045.4.3.3" => "ecdsa-with-SHA384",
        "1.2.840.10045.4.3.4" => "ecdsa-with-SHA512",
        "1.3.101.112" => "ED25519",
        other => other,
    }
    .to_owned()
}

fn hex(bytes: &[u8]) -> String {
    crate::certificate::hex(bytes, true)
}
