//! Private keys in every form that people have them in, as PKCS#8.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING, EcdsaKeyPair,
    Ed25519KeyPair,
};
use hubscope_model::{Code, Error, Result, Text, text};
use hubscope_vault::{Secret, for_connector};
use pem::Pem;
use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::EncryptionScheme;
use pkcs8::pkcs5::pbes2::Kdf;
use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls_pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use zeroize::Zeroizing;

/// Most rounds of PBKDF2 that a key file may ask for; OpenSSL writes 2,048, careful tools up to a million. More would
/// only be there to keep this machine busy.
const MOST_ROUNDS: u32 = 10_000_000;
/// Most memory that scrypt may ask for, bytes (128 · N · r, RFC 7914, section 2). OpenSSL writes keys that
/// take 16 MiB and reads none over 32 MiB.
const MOST_MEMORY: u64 = 64 * 1024 * 1024;

/// A key that a TLS client can sign with.
pub(crate) struct PrivateKey {
    /// PKCS#8; wiped when dropped.
    pub der: Zeroizing<Vec<u8>>,
    /// The public half as a certificate carries it (SubjectPublicKeyInfo).
    pub public: Vec<u8>,
}

/// The first private key among PEM sections, if there is one.
pub(crate) fn of_sections(sections: &[Pem], passphrase: Option<&Secret<String>>) -> Result<Option<PrivateKey>> {
    let Some(section) = sections.iter().find(|section| section.tag().ends_with("PRIVATE KEY")) else {
        return Ok(None);
    };
    // RFC 1421, section 4.6.1.1: the encryption that OpenSSL used before PKCS#8.
    if section.headers().get("Proc-Type").is_some_and(|kind| kind.contains("ENCRYPTED")) {
        return Err(refused("The private key is encrypted in an old way that is no longer safe.").hint(CONVERT));
    }
    match section.tag() {
        "ENCRYPTED PRIVATE KEY" => of_encrypted(section.contents(), passphrase),
        "PRIVATE KEY" => of_pkcs8(Zeroizing::new(section.contents().to_vec())),
        "RSA PRIVATE KEY" | "EC PRIVATE KEY" => of_der(section.contents(), passphrase),
        other => Err(refused("This kind of private key cannot be used for TLS.")
            .detail(text!("it is marked as {other}", other = other.to_string()))
            .hint("Use an RSA, P-256, P-384, P-521 or Ed25519 key.")),
    }
    .map(Some)
}

/// A key in DER: PKCS#8 (plain or encrypted), PKCS#1 or SEC1.
pub(crate) fn of_der(der: &[u8], passphrase: Option<&Secret<String>>) -> Result<PrivateKey> {
    if EncryptedPrivateKeyInfoRef::try_from(der).is_ok() {
        return of_encrypted(der, passphrase);
    }
    match PrivateKeyDer::try_from(der) {
        Ok(PrivateKeyDer::Pkcs8(_)) => of_pkcs8(Zeroizing::new(der.to_vec())),
        Ok(PrivateKeyDer::Pkcs1(_)) => rsa::KeyPair::from_der(der)
            .ok()
            .and_then(|key| AsDer::as_der(&key).ok())
            .map_or_else(|| Err(unusable()), |der| of_pkcs8(Zeroizing::new(der.as_ref().to_vec()))),
        Ok(PrivateKeyDer::Sec1(_)) => of_sec1(der),
        _ => {
            Err(refused("The file holds no private key.").hint("Choose the device's private key, a .key or .pem file."))
        }
    }
}

/// SEC1 names its curve inside (RFC 5915, section 3); the library wants to be told.
fn of_sec1(der: &[u8]) -> Result<PrivateKey> {
    [&ECDSA_P256_SHA256_ASN1_SIGNING, &ECDSA_P384_SHA384_ASN1_SIGNING, &ECDSA_P521_SHA512_ASN1_SIGNING]
        .into_iter()
        .find_map(|curve| EcdsaKeyPair::from_private_key_der(curve, der).ok())
        .and_then(|key| key.to_pkcs8v1().ok())
        .map_or_else(|| Err(unusable()), |der| of_pkcs8(Zeroizing::new(der.as_ref().to_vec())))
}

fn of_pkcs8(der: Zeroizing<Vec<u8>>) -> Result<PrivateKey> {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(der.as_slice()));
    let signer = any_supported_type(&key).map_err(|e| unusable().detail(e.to_string()))?;
    let public = signer.public_key().ok_or_else(unusable)?.as_ref().to_vec();
    Ok(PrivateKey { der: first_version(der), public })
}

/// OpenSSL 3.0 reads Ed25519 keys in PKCS#8 of version 1 only (RFC 5958 calls version 2 the form with a public key).
fn first_version(der: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    match Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der).and_then(|key| Ok(key.to_pkcs8v1()?)) {
        Ok(first) => Zeroizing::new(first.as_ref().to_vec()),
        Err(_) => der,
    }
}

fn of_encrypted(der: &[u8], passphrase: Option<&Secret<String>>) -> Result<PrivateKey> {
    let unknown = |why: String| {
        refused("The private key is damaged, or encrypted in a way that is not known here.").detail(why).hint(CONVERT)
    };
    let info = EncryptedPrivateKeyInfoRef::try_from(der).map_err(|e| unknown(e.to_string()))?;
    let EncryptionScheme::Pbes2(parameters) = &info.encryption_algorithm else {
        return Err(refused("The private key is encrypted in an old way that is no longer safe.").hint(CONVERT));
    };
    if !is_affordable(&parameters.kdf) {
        return Err(refused("The private key asks for more work than any honest key.").hint(CONVERT));
    }
    let passphrase = passphrase.map(for_connector).unwrap_or_default();
    if passphrase.is_empty() {
        return Err(Error::new(Code::PassphraseNeeded, "The private key is encrypted.").hint("Enter its passphrase."));
    }
    let wrong = || Error::new(Code::WrongPassphrase, "The passphrase does not open the private key.");
    match info.decrypt(passphrase) {
        Ok(plain) => of_pkcs8(Zeroizing::new(plain.as_bytes().to_vec())),
        // A wrong passphrase mostly spoils the padding; now and then only what is inside it.
        Err(pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::DecryptFailed) | pkcs8::Error::Asn1(_)) => {
            Err(wrong())
        }
        Err(other) => Err(unknown(other.to_string())),
    }
}

fn is_affordable(kdf: &Kdf) -> bool {
    match kdf {
        Kdf::Pbkdf2(work) => work.iteration_count <= MOST_ROUNDS,
        Kdf::Scrypt(work) => {
            let memory = 128 * u64::from(work.block_size);
            memory.saturating_mul(work.cost_parameter) <= MOST_MEMORY && work.parallelization <= 16
        }
        _ => false,
    }
}

const CONVERT: Text =
    text!("Convert it, then choose the new file: openssl pkcs8 -topk8 -in device.key -out device-new.key");

fn refused(message: &str) -> Error {
    Error::new(Code::NotAPrivateKey, message)
}

fn unusable() -> Error {
    refused("The private key is damaged, or of a kind that cannot be used for TLS.")
        .hint("Use an RSA key of at least 2048 bits, or a P-256, P-384, P-521 or Ed25519 key.")
}
