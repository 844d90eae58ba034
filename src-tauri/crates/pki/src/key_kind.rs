//! Keys of each kind that is made here.

use aws_lc_rs::signature::Ed25519KeyPair;
use hubscope_model::{Code, Error, KeyKind, Result};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_RSA_SHA256, RsaKeySize};
use zeroize::Zeroizing;

/// Makes a key. An RSA key takes from a tenth of a second to some seconds.
pub(crate) fn new_key(kind: KeyKind) -> Result<KeyPair> {
    match kind {
        KeyKind::P256 => KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256),
        KeyKind::P384 => KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384),
        KeyKind::Rsa2048 => KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048),
        KeyKind::Rsa3072 => KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_3072),
        KeyKind::Rsa4096 => KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_4096),
        KeyKind::Ed25519 => ed25519(),
    }
    .map_err(|e| Error::new(Code::Internal, "A key could not be made.").detail(e.to_string()))
}

/// As PKCS#8 of version 1: OpenSSL 3.0 does not read the version 2 that the library would write.
fn ed25519() -> std::result::Result<KeyPair, rcgen::Error> {
    let failed = |_| rcgen::Error::RingUnspecified;
    let key = Ed25519KeyPair::generate().and_then(|key| key.to_pkcs8v1()).map_err(failed)?;
    KeyPair::try_from(key.as_ref())
}

/// The key as PKCS#8 PEM.
pub(crate) fn key_pem(key: &KeyPair) -> Zeroizing<String> {
    crate::pem_text::to_pem("PRIVATE KEY", key.serialized_der())
}
