//! Serial numbers that a user chose.

use crate::profile::field;
use hubscope_model::{Problem, Result, text};

/// Octets of a serial at most (RFC 5280, section 4.1.2.2).
const MOST_OCTETS: usize = 20;

/// A serial: positive, at most 20 octets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Serial(Vec<u8>);

impl Serial {
    /// Reads hex, with or without colons between the octets.
    ///
    /// # Errors
    /// `InvalidFields` for anything else, zero, and what takes more than 20 octets.
    pub fn read(text: &str) -> Result<Self> {
        let hex: Vec<u8> = text.trim().bytes().filter(|byte| *byte != b':').collect();
        let digits = hex.iter().map(|digit| char::from(*digit).to_digit(16)).collect::<Option<Vec<u32>>>();
        let digits = digits.ok_or_else(refused)?;
        let mut octets: Vec<u8> = digits.rchunks(2).rev().map(octet).collect();
        let zeros = octets.iter().take_while(|octet| **octet == 0).count();
        octets.drain(..zeros);
        // One that begins with a set bit takes an octet more, so that it stays positive (X.690, section 8.3.3).
        let encoded = octets.len() + usize::from(octets.first().is_some_and(|first| first & 0x80 != 0));
        match octets.is_empty() || encoded > MOST_OCTETS {
            true => Err(refused()),
            false => Ok(Self(octets)),
        }
    }

    /// Upper-case hex, as [`hubscope_model::CertificateFacts::serial_hex`] has it.
    pub fn hex(&self) -> String {
        // A positive number that begins with a set bit is encoded with a zero before it.
        let zero = if self.0[0] & 0x80 == 0 { "" } else { "00" };
        format!("{zero}{}", crate::certificate::hex(&self.0, true))
    }

    pub(crate) fn octets(&self) -> &[u8] {
        &self.0
    }
}

/// Two hex digits, or the first of an odd number.
fn octet(digits: &[u32]) -> u8 {
    let value = digits.iter().fold(0, |value, digit| value * 16 + digit);
    u8::try_from(value).unwrap_or(u8::MAX)
}

fn refused() -> hubscope_model::Error {
    let message = "This is no serial number that a certificate can have.".to_owned();
    field(
        "serial",
        Problem::OutOfRange,
        message,
        text!("Give 1 to 40 hex digits that are not all zero; 40 of them begin with 0 to 7."),
    )
}

#[cfg(test)]
mod tests {
    use super::Serial;

    #[test]
    fn hex_is_read_with_and_without_colons() {
        for (text, hex) in [("5A:11:0c", "5A110C"), ("1", "01"), ("0001", "01"), (" ff ", "00FF"), ("abc", "0ABC")] {
            assert_eq!(Serial::read(text).unwrap().hex(), hex, "{text}");
        }
        assert_eq!(Serial::read("5A11").unwrap(), Serial::read("5a:11").unwrap());
    }

    #[test]
    fn what_no_certificate_can_have_is_refused() {
        let long = "7f".repeat(21);
        let negative = "80".repeat(20);
        for text in ["", "0", "00:00", "-1", "xyz", "1 2", long.as_str(), negative.as_str()] {
            assert!(Serial::read(text).is_err(), "{text}");
        }
        Serial::read(&"7f".repeat(20)).unwrap();
    }
}
