//! Private keys under a passphrase: encrypted PKCS#8 (RFC 5958) by PBES2 (RFC 8018).

use crate::identity::read_key;
use crate::pem_text::to_pem;
use crate::profile::random;
use hubscope_model::{Code, Error, Result};
use hubscope_vault::{Secret, for_connector};
use pkcs8::PrivateKeyInfoRef;
use pkcs8::pkcs5::pbes2::Parameters;
use zeroize::Zeroizing;

/// Rounds of PBKDF2, as OWASP asks for with SHA-256.
const ROUNDS: u32 = 600_000;

/// The key, PEM or DER and not encrypted, as PEM that the passphrase opens: PBKDF2 with SHA-256, AES-256-CBC.
///
/// # Errors
/// `NotAPrivateKey`; `PassphraseNeeded` without one.
pub fn seal_key(key: &[u8], passphrase: &Secret<String>) -> Result<Zeroizing<String>> {
    if for_connector(passphrase).is_empty() {
        return Err(Error::new(Code::PassphraseNeeded, "An encrypted key needs a passphrase.").hint("Give one."));
    }
    let key = read_key(key, None)?;
    let failed = |why: String| Error::new(Code::Internal, "The key could not be encrypted.").detail(why);
    let parameters = Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, &random::<16>()?, random::<16>()?)
        .map_err(|e| failed(e.to_string()))?;
    let sealed = PrivateKeyInfoRef::try_from(key.der.as_slice())
        .and_then(|key| key.encrypt_with_params(parameters, for_connector(passphrase)))
        .map_err(|e| failed(e.to_string()))?;
    Ok(to_pem("ENCRYPTED PRIVATE KEY", sealed.as_bytes()))
}
