//! Client ids for devices that bring none.

use rand::Rng;

/// RFC 4648 base32 in lower case: no two characters that are easily confused, legal on every broker.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A client id nobody else uses: `hubscope-` and 60 random bits. With 21 characters it stays under
/// the 23 that every 3.1.1 server must take (MQTT 3.1.1 section 3.1.3.1).
pub fn generate_client_id() -> String {
    let mut random = rand::rng();
    let tail = (0..12).map(|_| char::from(ALPHABET[random.random_range(0..ALPHABET.len())]));
    "hubscope-".chars().chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_legal_and_differ() {
        let id = generate_client_id();
        let tail = id.strip_prefix("hubscope-").unwrap();
        assert_eq!(tail.len(), 12);
        assert!(tail.bytes().all(|byte| ALPHABET.contains(&byte)));
        assert!(id.len() <= 23);
        assert_ne!(id, generate_client_id());
    }
}
