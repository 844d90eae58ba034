//! Certificates to be kept: a CA's or a device's, mostly with a key.

use crate::certificate::parse;
use crate::identity::{check_issuers, check_order, is_authority, read_files};
use crate::inspect::facts_of;
use crate::pem_text::{certificate_pem, to_pem};
use hubscope_model::{CertificateFacts, Result};
use hubscope_vault::Secret;

/// A certificate to be kept, of a CA or a device.
#[derive(Debug)]
pub struct Imported {
    /// What the certificate says, then each of its issuers.
    pub chain: Vec<CertificateFacts>,
    /// The same as PEM.
    pub chain_pem: String,
    /// PKCS#8 PEM, not encrypted; None when the files have none.
    pub key: Option<Secret<String>>,
    /// It is there to sign others.
    pub authority: bool,
}

/// Reads a certificate as [`crate::read_identity`] does, but also a CA's, and also one without its key.
///
/// # Errors
/// Those of [`crate::read_identity`] but `CertificateIsCa`.
pub fn read_import(certificate: &[u8], key: Option<&[u8]>, passphrase: Option<&Secret<String>>) -> Result<Imported> {
    let (chain, key) = read_files(certificate, key, passphrase)?;
    let parsed = chain.iter().map(|der| parse(der)).collect::<Result<Vec<_>>>()?;
    match &key {
        Some(key) => check_order(&parsed, key)?,
        None => check_issuers(&parsed)?,
    }
    Ok(Imported {
        chain: chain.iter().map(|der| facts_of(der)).collect::<Result<_>>()?,
        chain_pem: chain.iter().map(|der| certificate_pem(der)).collect(),
        key: key.map(|key| Secret::new(to_pem("PRIVATE KEY", &key.der))),
        authority: is_authority(&parsed[0]),
    })
}
