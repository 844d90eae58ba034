//! The data key and what it seals.
//!
//! A sealed secret is: version (1 byte), key id (8), nonce (24), then the XChaCha20-Poly1305
//! ciphertext with its tag (draft-irtf-cfrg-xchacha-03). Version, key id and the row's identity are
//! associated data, so a blob that is moved to another row does not open.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::{Secret, VaultError};

pub(crate) const KEY_BYTES: usize = 32;
const VERSION: u8 = 1;
const ID_BYTES: usize = 8;
const NONCE_BYTES: usize = 24;
const HEADER_BYTES: usize = 1 + ID_BYTES;

/// The 32-byte key that seals every secret of a workspace; wiped when dropped.
pub(crate) struct DataKey {
    bytes: Zeroizing<[u8; KEY_BYTES]>,
    id: [u8; ID_BYTES],
}

impl DataKey {
    /// A new random key from the operating system's generator.
    pub(crate) fn generate() -> Self {
        let mut key = Key::generate();
        let bytes = Zeroizing::new(key.into());
        key.zeroize();
        Self::from_bytes(bytes)
    }

    /// A key from elsewhere in this crate.
    pub(crate) fn from_bytes(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        let digest = Sha256::new().chain_update(b"hubscope data key id").chain_update(*bytes).finalize();
        let mut id = [0; ID_BYTES];
        id.copy_from_slice(&digest[..ID_BYTES]);
        Self { bytes, id }
    }

    /// The key itself, to be wrapped.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.as_slice()
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        self.id == other.id
    }

    /// Whether this key sealed `sealed`; reads the mark only.
    pub(crate) fn sealed(&self, sealed: &[u8]) -> bool {
        sealed.get(1..HEADER_BYTES) == Some(&self.id)
    }

    /// The key as text: some stores keep UTF-8 only.
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(STANDARD.encode(*self.bytes))
    }

    /// Reads what [`DataKey::to_text`] wrote; None for anything else.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        // The decoder writes into its buffer in steps of three bytes, so leave it room.
        let mut buffer = Zeroizing::new([0; KEY_BYTES + 1]);
        let written = STANDARD.decode_slice(text, buffer.as_mut_slice()).ok()?;
        let bytes = buffer[..written].try_into().ok()?;
        Some(Self::from_bytes(Zeroizing::new(bytes)))
    }

    /// Seals `secret` for `row`, with a new random nonce.
    pub(crate) fn seal(&self, row: &str, secret: &Secret<String>) -> Result<Vec<u8>, VaultError> {
        let nonce = XNonce::generate();
        let ciphertext = self.encrypt(&nonce, &self.associated(row), secret.text().as_bytes())?;
        Ok([&[VERSION], self.id.as_slice(), nonce.as_slice(), &ciphertext].concat())
    }

    /// Opens what [`DataKey::seal`] sealed for the same row.
    pub(crate) fn unseal(&self, row: &str, sealed: &[u8]) -> Result<Secret<String>, VaultError> {
        let (version, rest) = sealed.split_first().ok_or(VaultError::Damaged)?;
        match *version {
            VERSION => {}
            newer if newer > VERSION => return Err(VaultError::NewerForm),
            _ => return Err(VaultError::Damaged),
        }
        let (id, rest) = rest.split_first_chunk::<ID_BYTES>().ok_or(VaultError::Damaged)?;
        if *id != self.id {
            return Err(VaultError::OtherKey);
        }
        let (nonce, msg) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::Damaged)?;
        let text = self.decrypt(&XNonce::from(*nonce), &self.associated(row), msg)?;
        match std::str::from_utf8(&text) {
            Ok(text) => Ok(Secret::new(Zeroizing::new(text.to_owned()))),
            Err(_) => Err(VaultError::Damaged),
        }
    }

    /// Encrypts bytes; the answer ends with the tag. A nonce serves once.
    pub(crate) fn encrypt(&self, nonce: &XNonce, aad: &[u8], msg: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.cipher().encrypt(nonce, Payload { msg, aad }).map_err(|_| VaultError::SealFailed)
    }

    /// Opens what [`DataKey::encrypt`] made with the same nonce and associated data.
    pub(crate) fn decrypt(&self, nonce: &XNonce, aad: &[u8], msg: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        self.cipher().decrypt(nonce, Payload { msg, aad }).map(Zeroizing::new).map_err(|_| VaultError::Damaged)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.bytes).into())
    }

    fn associated(&self, row: &str) -> Vec<u8> {
        let mut data = Vec::with_capacity(HEADER_BYTES + row.len());
        data.push(VERSION);
        data.extend_from_slice(&self.id);
        data.extend_from_slice(row.as_bytes());
        data
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_round_trips_and_nothing_else_is_taken() {
        let key = DataKey::generate();
        let text = key.to_text();
        assert_eq!(*DataKey::from_text(&text).unwrap().bytes, *key.bytes);
        for wrong in ["", "AAAA", "not base64!", &text[..40], &format!("{}AAAA", *text), &"A".repeat(10_000)] {
            assert!(DataKey::from_text(wrong).is_none(), "{wrong}");
        }
    }

    /// The published vector of the cipher, so that the crate under the seal is the one we think.
    /// Source: draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    #[test]
    fn the_cipher_answers_the_published_vector() {
        let key: [u8; 32] = std::array::from_fn(|i| 0x80 + i as u8);
        let nonce: [u8; 24] = std::array::from_fn(|i| 0x40 + i as u8);
        let aad = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let msg = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let sealed = XChaCha20Poly1305::new(&key.into())
            .encrypt(&XNonce::from(nonce), Payload { msg: msg.as_slice(), aad: &aad })
            .unwrap();
        let tag = [0xc0, 0x87, 0x59, 0x24, 0xc1, 0xc7, 0x98, 0x79, 0x47, 0xde, 0xaf, 0xd8, 0x78, 0x0a, 0xcf, 0x49];
        assert_eq!(sealed[sealed.len() - 16..], tag);
        assert_eq!(sealed[..4], [0xbd, 0x6d, 0x17, 0x9d]);
    }
}
