//! Files under a passphrase: a JSON envelope around a ciphertext. The format is in docs/EXPORT.md.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::XNonce;
use chacha20poly1305::aead::Generate;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::key::DataKey;
use crate::passphrase::{WrappedKey, WrappingKey};
use crate::{Secret, VaultError};

const FORMAT: &str = "hubscope-sealed";
const VERSION: u32 = 1;
/// What the file's key is wrapped for.
const PURPOSE: &str = "hubscope sealed file key 1";
/// Associated data of the content.
const CONTENT: &[u8] = b"hubscope sealed file content 1";

/// The first fields of every version, read before the rest.
#[derive(Serialize, Deserialize)]
struct Mark {
    format: String,
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    #[serde(flatten)]
    mark: Mark,
    key: WrappedKey,
    /// Base64, as the content: XChaCha20-Poly1305's ciphertext and tag.
    nonce: String,
    content: String,
}

/// Whether a file says that it is sealed, in whatever version.
pub fn is_sealed_file(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Mark>(bytes).is_ok_and(|mark| mark.format == FORMAT)
}

/// Seals a file's content under a passphrase. Takes about a second: never on a thread that must answer.
pub fn seal_file(plain: &[u8], passphrase: &Secret<String>) -> Result<Vec<u8>, VaultError> {
    let key = DataKey::generate();
    let nonce = XNonce::generate();
    let envelope = Envelope {
        mark: Mark { format: FORMAT.into(), version: VERSION },
        key: WrappingKey::new(passphrase)?.wrap(PURPOSE, &key)?,
        nonce: STANDARD.encode(nonce),
        content: STANDARD.encode(key.encrypt(&nonce, CONTENT, plain)?),
    };
    serde_json::to_vec_pretty(&envelope).map_err(|_| VaultError::SealFailed)
}

/// Opens what [`seal_file`] wrote. Takes as long as the file's parameters want.
///
/// Errors: `NotASealedFile` (another file, or a changed one), `NewerFile`, `WrongPassphrase`.
pub fn open_file(bytes: &[u8], passphrase: &Secret<String>) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let mark: Mark = serde_json::from_slice(bytes).map_err(|_| VaultError::NotASealedFile)?;
    if mark.format != FORMAT {
        return Err(VaultError::NotASealedFile);
    }
    if mark.version > VERSION {
        return Err(VaultError::NewerFile);
    }
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(|_| VaultError::NotASealedFile)?;
    envelope.key.check().map_err(not_sealed)?;
    let nonce: [u8; 24] =
        STANDARD.decode(&envelope.nonce).ok().and_then(|n| n.try_into().ok()).ok_or(VaultError::NotASealedFile)?;
    let content = STANDARD.decode(&envelope.content).map_err(|_| VaultError::NotASealedFile)?;
    let key = WrappingKey::of(&envelope.key, passphrase).and_then(|key| key.unwrap(PURPOSE, &envelope.key));
    key.and_then(|key| key.decrypt(&nonce.into(), CONTENT, &content)).map_err(not_sealed)
}

/// Damage inside a file is said of the file.
fn not_sealed(error: VaultError) -> VaultError {
    match error {
        VaultError::Damaged => VaultError::NotASealedFile,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const PLAIN: &[u8] = b"{\"hubs\":[\"a content that can be found\"]}";

    fn secret(text: &str) -> Secret<String> {
        Secret::new(Zeroizing::new(text.to_owned()))
    }

    fn changed(file: &[u8], change: impl FnOnce(&mut Value)) -> Vec<u8> {
        let mut value: Value = serde_json::from_slice(file).unwrap();
        change(&mut value);
        serde_json::to_vec(&value).unwrap()
    }

    #[test]
    fn a_sealed_file_opens_with_its_passphrase_only() {
        let file = seal_file(PLAIN, &secret("correct horse battery")).unwrap();
        assert!(is_sealed_file(&file));
        assert_eq!(*open_file(&file, &secret("correct horse battery")).unwrap(), PLAIN);
        for wrong in ["", "correct horse battery ", "Correct horse battery"] {
            assert_eq!(open_file(&file, &secret(wrong)).err(), Some(VaultError::WrongPassphrase), "{wrong}");
        }
        let found = |needle: &[u8]| file.windows(needle.len()).any(|window| window == needle);
        assert!(!found(b"content that") && !found(b"horse"));
        assert_ne!(seal_file(PLAIN, &secret("correct horse battery")).unwrap(), file);
    }

    #[test]
    fn other_files_changed_ones_and_newer_ones_are_told_apart() {
        let passphrase = secret("correct horse battery");
        let file = seal_file(PLAIN, &passphrase).unwrap();
        let error = |bytes: &[u8]| open_file(bytes, &passphrase).err();
        for other in [&b""[..], b"{}", b"not json", b"{\"format\":\"hubscope-export\",\"version\":1}", &file[..100]] {
            assert_eq!(error(other), Some(VaultError::NotASealedFile));
            assert!(!is_sealed_file(other));
        }
        let flip = |value: &mut Value| {
            let text = value.as_str().unwrap().to_owned();
            let first = if text.starts_with('A') { "B" } else { "A" };
            *value = format!("{first}{}", &text[1..]).into();
        };
        for field in ["content", "nonce"] {
            assert_eq!(error(&changed(&file, |v| flip(&mut v[field]))), Some(VaultError::NotASealedFile), "{field}");
        }
        for field in ["salt", "nonce", "key", "check"] {
            let changed = changed(&file, |v| flip(&mut v["key"][field]));
            assert_eq!(error(&changed), Some(VaultError::NotASealedFile), "{field}");
        }
        let newer = changed(&file, |v| (v["version"], v["key"]) = (2.into(), "unknown".into()));
        assert_eq!(error(&newer), Some(VaultError::NewerFile));
        assert!(is_sealed_file(&newer));
    }
}
