//! PKCS#12 (.p12, .pfx): a key and its certificates in one file under a passphrase (RFC 7292).

use crate::certificate::{common_name, parse};
use crate::identity;
use crate::private_key::{self, PrivateKey};
use hubscope_model::{Code, Error, Result};
use hubscope_vault::{Secret, for_connector};
use p12_keystore::error::Error as Pkcs12Error;
use p12_keystore::{Certificate, KeyStore, KeyStoreEntry, Pkcs12Archive, PrivateKeyChain};
use zeroize::Zeroizing;

/// Rounds of PBKDF2 in files written here; OpenSSL writes 2,048, Windows reads any number.
const ROUNDS: u32 = 100_000;
/// 1.2.840.113549.1.12.1 as DER has it: the encryption of RFC 7292, appendix C (RC2, 3DES, RC4).
const OLD_ENCRYPTION: [u8; 11] = [0x06, 0x0a, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01];

/// The key of a file and its certificates, DER: the key's own first, then each issuer as far as the file has them.
///
/// # Errors
/// `PassphraseNeeded`, `WrongPassphrase`, `NotAPrivateKey`, `KeyDoesNotMatch`; `NotACertificate` for a damaged file.
pub(crate) fn read(bytes: &[u8], passphrase: Option<&Secret<String>>) -> Result<(Vec<Vec<u8>>, PrivateKey)> {
    // The scheme's number is never encrypted itself, and it is the same one for all bags of a file that tools write.
    if bytes.windows(OLD_ENCRYPTION.len()).any(|window| window == OLD_ENCRYPTION) {
        return Err(Error::new(Code::NotAPrivateKey, "The PKCS#12 file is encrypted in an old way that is no longer safe.")
            .hint("Convert it: openssl pkcs12 -legacy -in old.p12 -nodes -out all.pem, then openssl pkcs12 -export -in all.pem -out new.p12"));
    }
    let archive = Pkcs12Archive::from_pkcs12(bytes, passphrase.map(for_connector).unwrap_or_default())
        .map_err(|error| explained(&error, passphrase.is_some()))?;
    let Some(key) = archive.keys.first() else {
        return Err(Error::new(Code::NotAPrivateKey, "The PKCS#12 file holds no private key.")
            .hint("Export it again with its private key."));
    };
    let key = private_key::of_der(key.key.as_der(), None)?;
    let certificates = archive.certs.iter().map(|bag| bag.cert.as_der().to_vec()).collect();
    Ok((in_order(certificates, &key.public)?, key))
}

fn explained(error: &Pkcs12Error, tried: bool) -> Error {
    match error {
        Pkcs12Error::MacError(_) | Pkcs12Error::Pkcs5Error(_) if tried => {
            Error::new(Code::WrongPassphrase, "The passphrase does not open the PKCS#12 file.")
        }
        Pkcs12Error::MacError(_) | Pkcs12Error::Pkcs5Error(_) => {
            Error::new(Code::PassphraseNeeded, "The PKCS#12 file is encrypted.").hint("Enter its passphrase.")
        }
        other => {
            Error::new(Code::NotACertificate, "The PKCS#12 file is damaged, or made in a way that is not known here.")
                .detail(other.to_string())
                .hint("Export it again, or convert it: openssl pkcs12 -in device.p12 -nodes -out device.pem")
        }
    }
}

/// A PKCS#12 file has its certificates in any order.
fn in_order(mut certificates: Vec<Vec<u8>>, public: &[u8]) -> Result<Vec<Vec<u8>>> {
    let parsed = certificates.iter().map(|der| parse(der)).collect::<Result<Vec<_>>>()?;
    let Some(leaf) = parsed.iter().position(|certificate| certificate.public_key().raw == public) else {
        return Err(Error::new(Code::KeyDoesNotMatch, "The PKCS#12 file holds no certificate of its private key.")
            .hint("Export it again with the certificate and its key."));
    };
    let mut order = vec![leaf];
    let mut last = leaf;
    while let Some(next) = (0..parsed.len())
        .find(|at| !order.contains(at) && parsed[*at].subject().as_raw() == parsed[last].issuer().as_raw())
    {
        order.push(next);
        last = next;
    }
    drop(parsed);
    Ok(order.into_iter().map(|at| std::mem::take(&mut certificates[at])).collect())
}

/// Writes a key (PEM in any form that is read here, not encrypted) and its certificates (PEM, leaf first) as PKCS#12:
/// AES-256 by PBKDF2 with SHA-256, and a SHA-256 MAC. Other programs show it under the common name.
///
/// # Errors
/// Those of [`crate::read_identity`], except that the certificate may be a CA's; `PassphraseNeeded` without one.
pub fn write_pkcs12(
    chain: &[u8],
    key: Option<&[u8]>,
    key_passphrase: Option<&Secret<String>>,
    passphrase: &Secret<String>,
) -> Result<Zeroizing<Vec<u8>>> {
    if for_connector(passphrase).is_empty() {
        return Err(Error::new(Code::PassphraseNeeded, "A PKCS#12 file needs a passphrase.").hint("Give one."));
    }
    let (chain, key) = identity::read_parts(chain, key, key_passphrase)?;
    let parsed = chain.iter().map(|der| parse(der)).collect::<Result<Vec<_>>>()?;
    identity::check_order(&parsed, &key)?;
    let certificates = chain.iter().map(|der| Certificate::from_der(der)).collect::<std::result::Result<Vec<_>, _>>();
    let failed = |error: Pkcs12Error| {
        Error::new(Code::Internal, "The PKCS#12 file could not be made.").detail(error.to_string())
    };
    let key = p12_keystore::PrivateKey::from_der(&key.der).map_err(failed)?;
    // The key and its certificate find each other by this number.
    let entry = PrivateKeyChain::new(vec![1u8], key, certificates.map_err(failed)?);
    let mut store = KeyStore::new();
    store.add_entry(&common_name(&chain[0]).unwrap_or_default(), KeyStoreEntry::PrivateKeyChain(entry));
    let writer = store.writer(for_connector(passphrase)).encryption_iterations(ROUNDS).mac_iterations(ROUNDS);
    writer.write().map(Zeroizing::new).map_err(failed)
}

/// Whether a file begins as PKCS#12 does: a PFX is a SEQUENCE that begins with the version 3 (RFC 7292, section 4).
pub(crate) fn is_pkcs12(bytes: &[u8]) -> bool {
    let header = match bytes.get(1) {
        Some(length @ 0x80..) => 2 + usize::from(length & 0x7f),
        _ => 2,
    };
    bytes.first() == Some(&0x30) && bytes.get(header..).is_some_and(|inside| inside.starts_with(&[0x02, 0x01, 0x03]))
}
