//! Whether a signed structure was signed with a key: certificates, requests and revocation lists alike.

use rustls::crypto::aws_lc_rs;
use x509_parser::asn1_rs::{Any, FromDer};

/// Whether `signed` (SIGNED of X.509: what is signed, the algorithm, a bit string) was signed with the key of
/// `public` (SubjectPublicKeyInfo).
pub(crate) fn is_signed_by(signed: &[u8], public: &[u8]) -> bool {
    let (Some((message, algorithm, signature)), Some((key_algorithm, key))) = (parts(signed), key(public)) else {
        return false;
    };
    aws_lc_rs::default_provider().signature_verification_algorithms.all.iter().any(|known| {
        known.public_key_alg_id().as_ref() == key_algorithm
            && known.signature_alg_id().as_ref() == algorithm
            && known.verify_signature(key, message, signature).is_ok()
    })
}

/// What is signed with its header, the contents of the algorithm, and the signature.
fn parts(signed: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let inside = contents(signed)?;
    let (rest, _) = Any::from_der(inside).ok()?;
    let message = inside.get(..inside.len() - rest.len())?;
    let (rest, algorithm) = Any::from_der(rest).ok()?;
    Some((message, algorithm.data, bits(rest)?))
}

/// The contents of the algorithm, and the key.
fn key(public: &[u8]) -> Option<(&[u8], &[u8])> {
    let (rest, algorithm) = Any::from_der(contents(public)?).ok()?;
    Some((algorithm.data, bits(rest)?))
}

/// What the one structure in `der` holds; None when something follows it.
fn contents(der: &[u8]) -> Option<&[u8]> {
    let (rest, outer) = Any::from_der(der).ok()?;
    rest.is_empty().then_some(outer.data)
}

/// A bit string of whole octets (X.690, section 8.6.2: the first octet counts the unused bits).
fn bits(der: &[u8]) -> Option<&[u8]> {
    contents(der)?.split_first().and_then(|(unused, bits)| (*unused == 0).then_some(bits))
}
