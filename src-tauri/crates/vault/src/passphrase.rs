//! Keys from passphrases, and data keys wrapped by them.
//!
//! Argon2id (RFC 9106) makes a wrapping key from the passphrase; XChaCha20-Poly1305 wraps the data key with it. The
//! parameters stand beside the wrapped key, so that they can grow without leaving older vaults behind.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::key::{DataKey, KEY_BYTES};
use crate::{Secret, VaultError};

/// Memory of one derivation. RFC 9106, section 4, second recommendation: 64 MiB and three passes.
const MEMORY_KIB: u32 = 64 * 1024;
const LEAST_PASSES: u32 = 3;
const MOST_PASSES: u32 = 12;
/// What a derivation shall take on the machine that chooses the parameters.
const TARGET: Duration = Duration::from_millis(500);
/// Bounds of what is read: a header that asks for more is not ours.
const MEMORY_BOUND_KIB: u32 = 1024 * 1024;
const PASSES_BOUND: u32 = 100;
const LANES_BOUND: u32 = 16;

const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;

/// How a wrapping key is made from a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kdf {
    name: KdfName,
    /// Argon2's version, decimal: 19 is 0x13.
    version: u32,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KdfName {
    Argon2id,
}

/// A data key under a passphrase, as it is stored. Binary fields are base64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WrappedKey {
    kdf: Kdf,
    salt: String,
    nonce: String,
    /// The data key's ciphertext and tag.
    key: String,
    /// First eight bytes of SHA-256 over the rest: tells damage from a wrong passphrase.
    check: String,
}

/// The key that a passphrase makes with one salt.
#[derive(Clone)]
pub(crate) struct WrappingKey {
    bytes: Zeroizing<[u8; KEY_BYTES]>,
    kdf: Kdf,
    salt: [u8; SALT_BYTES],
}

impl WrappingKey {
    /// A key for a new header, with a new salt. Takes about a second: never on a thread that must answer.
    pub(crate) fn new(passphrase: &Secret<String>) -> Result<Self, VaultError> {
        let salt = <[u8; SALT_BYTES]>::generate();
        let start = Instant::now();
        Kdf::with_passes(1).derive(passphrase, &salt)?;
        let one = start.elapsed().max(Duration::from_millis(1));
        let passes = u32::try_from(TARGET.as_millis() / one.as_millis()).unwrap_or(MOST_PASSES);
        Self::derive(passphrase, Kdf::with_passes(passes.clamp(LEAST_PASSES, MOST_PASSES)), salt)
    }

    /// The key that the header asks for. Takes as long as its parameters want.
    pub(crate) fn of(wrapped: &WrappedKey, passphrase: &Secret<String>) -> Result<Self, VaultError> {
        Self::derive(passphrase, wrapped.kdf, decode(&wrapped.salt)?)
    }

    fn derive(passphrase: &Secret<String>, kdf: Kdf, salt: [u8; SALT_BYTES]) -> Result<Self, VaultError> {
        Ok(Self { bytes: kdf.derive(passphrase, &salt)?, kdf, salt })
    }

    /// Wraps `key` for `purpose`; it opens for the same purpose only.
    pub(crate) fn wrap(&self, purpose: &str, key: &DataKey) -> Result<WrappedKey, VaultError> {
        let nonce = XNonce::generate();
        let payload = Payload { msg: key.bytes(), aad: purpose.as_bytes() };
        let ciphertext = self.cipher().encrypt(&nonce, payload).map_err(|_| VaultError::SealFailed)?;
        let mut wrapped = WrappedKey {
            kdf: self.kdf,
            salt: STANDARD.encode(self.salt),
            nonce: STANDARD.encode(nonce),
            key: STANDARD.encode(ciphertext),
            check: String::new(),
        };
        wrapped.check = wrapped.checksum();
        Ok(wrapped)
    }

    /// Opens what [`WrappingKey::wrap`] made; a wrong passphrase made another wrapping key.
    pub(crate) fn unwrap(&self, purpose: &str, wrapped: &WrappedKey) -> Result<DataKey, VaultError> {
        let nonce: [u8; NONCE_BYTES] = decode(&wrapped.nonce)?;
        let msg = STANDARD.decode(&wrapped.key).map_err(|_| VaultError::Damaged)?;
        let payload = Payload { msg: &msg, aad: purpose.as_bytes() };
        let mut plain =
            self.cipher().decrypt(&XNonce::from(nonce), payload).map_err(|_| VaultError::WrongPassphrase)?;
        let bytes = <[u8; KEY_BYTES]>::try_from(plain.as_slice()).map(Zeroizing::new);
        plain.zeroize();
        bytes.map(DataKey::from_bytes).map_err(|_| VaultError::Damaged)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.bytes).into())
    }
}

impl WrappedKey {
    /// Whether it is whole and within bounds; says nothing about the passphrase.
    pub(crate) fn check(&self) -> Result<(), VaultError> {
        let whole = self.check == self.checksum() && self.kdf.is_sound();
        if whole { Ok(()) } else { Err(VaultError::Damaged) }
    }

    fn checksum(&self) -> String {
        let Kdf { name: KdfName::Argon2id, version, memory_kib, passes, lanes } = self.kdf;
        let text =
            format!("argon2id {version} {memory_kib} {passes} {lanes} {} {} {}", self.salt, self.nonce, self.key);
        STANDARD.encode(&Sha256::digest(text)[..8])
    }
}

impl Kdf {
    fn with_passes(passes: u32) -> Self {
        Self { name: KdfName::Argon2id, version: 19, memory_kib: MEMORY_KIB, passes, lanes: 1 }
    }

    fn is_sound(self) -> bool {
        (8 * self.lanes..=MEMORY_BOUND_KIB).contains(&self.memory_kib)
            && (1..=PASSES_BOUND).contains(&self.passes)
            && (1..=LANES_BOUND).contains(&self.lanes)
    }

    fn derive(self, passphrase: &Secret<String>, salt: &[u8]) -> Result<Zeroizing<[u8; KEY_BYTES]>, VaultError> {
        let version = Version::try_from(self.version).map_err(|_| VaultError::Damaged)?;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(KEY_BYTES));
        let argon2 = Argon2::new(Algorithm::Argon2id, version, params.map_err(|_| VaultError::Damaged)?);
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        let derived = argon2.hash_password_into(passphrase.text().as_bytes(), salt, key.as_mut_slice());
        derived.map_err(|_| VaultError::SealFailed)?;
        Ok(key)
    }
}

fn decode<const N: usize>(text: &str) -> Result<[u8; N], VaultError> {
    STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(VaultError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(Zeroizing::new(text.to_owned()))
    }

    /// The published vector of the function, so that the crate under the passphrase is the one we think.
    /// Source: RFC 9106, section 5.3.
    #[test]
    fn the_function_answers_the_published_vector() {
        let params = argon2::ParamsBuilder::new()
            .m_cost(32)
            .t_cost(3)
            .p_cost(4)
            .output_len(32)
            .data(argon2::AssociatedData::new(&[4; 12]).unwrap())
            .build()
            .unwrap();
        let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
        let mut tag = [0; 32];
        argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
        assert_eq!(tag[..8], [0x0d, 0x64, 0x0d, 0xf5, 0x8d, 0x78, 0x76, 0x6c]);
        assert_eq!(tag[24..], [0xb5, 0x25, 0x20, 0xe9, 0x6b, 0x01, 0xe6, 0x59]);
    }

    #[test]
    fn what_one_passphrase_wraps_only_it_opens_and_for_its_purpose() {
        let key = DataKey::generate();
        let wrapping = WrappingKey::new(&secret("correct horse battery")).unwrap();
        let wrapped = wrapping.wrap("vault", &key).unwrap();
        wrapped.check().unwrap();
        assert!(wrapped.kdf.memory_kib >= 65_536 && wrapped.kdf.passes >= 3, "{:?}", wrapped.kdf);
        let again = WrappingKey::of(&wrapped, &secret("correct horse battery")).unwrap();
        assert_eq!(again.unwrap("vault", &wrapped).unwrap().bytes(), key.bytes());
        assert_eq!(again.unwrap("file", &wrapped).err(), Some(VaultError::WrongPassphrase));
        let other = WrappingKey::of(&wrapped, &secret("correct horse batterz")).unwrap();
        assert_eq!(other.unwrap("vault", &wrapped).err(), Some(VaultError::WrongPassphrase));
    }

    #[test]
    fn a_changed_header_is_damage_and_not_a_wrong_passphrase() {
        let wrapping = WrappingKey::new(&secret("correct horse battery")).unwrap();
        let wrapped = wrapping.wrap("vault", &DataKey::generate()).unwrap();
        let changes: [fn(&mut WrappedKey); 7] = [
            |w| w.kdf.passes += 1,
            |w| w.kdf.memory_kib *= 2,
            |w| w.kdf.lanes = 2,
            |w| w.salt.replace_range(0..1, if w.salt.starts_with('A') { "B" } else { "A" }),
            |w| w.nonce.replace_range(0..1, if w.nonce.starts_with('A') { "B" } else { "A" }),
            |w| w.key.truncate(12),
            |w| w.check.clear(),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut changed = wrapped.clone();
            change(&mut changed);
            assert_eq!(changed.check(), Err(VaultError::Damaged), "change {number}");
        }
    }

    #[test]
    fn a_header_that_asks_for_too_much_is_refused_before_anything_is_derived() {
        let wrapping = WrappingKey::new(&secret("correct horse battery")).unwrap();
        for (memory_kib, passes, lanes) in [(u32::MAX, 3, 1), (65_536, u32::MAX, 1), (65_536, 3, 4096), (0, 3, 1)] {
            let mut greedy = wrapping.wrap("vault", &DataKey::generate()).unwrap();
            greedy.kdf = Kdf { memory_kib, passes, lanes, ..greedy.kdf };
            greedy.check = greedy.checksum();
            assert_eq!(greedy.check(), Err(VaultError::Damaged), "{:?}", greedy.kdf);
        }
    }
}
