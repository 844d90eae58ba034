//! What a payload is, found out without reading all of a large one.

use hubscope_model::PayloadForm;
use serde::de::IgnoredAny;

/// Payloads up to this size are read whole; of larger ones the beginning and the end are.
pub(crate) const READ_WHOLE: usize = 1024 * 1024;
/// Bytes of a large payload's end that are looked at.
const END: usize = 64;

/// The part of a payload that decides its form.
pub(crate) struct Sample {
    head: Vec<u8>,
    /// The last bytes of a payload that is larger than the head.
    end: Option<Vec<u8>>,
}

impl Sample {
    pub(crate) fn of(payload: &[u8]) -> Self {
        let head = payload[..payload.len().min(READ_WHOLE)].to_vec();
        let end = (payload.len() > READ_WHOLE).then(|| payload[payload.len() - END..].to_vec());
        Self { head, end }
    }

    /// JSON means an object or a list, or any other JSON value of a payload that was read whole. A large payload
    /// is judged by its beginning and its last character.
    pub(crate) fn form(&self) -> PayloadForm {
        if self.head.is_empty() {
            return PayloadForm::Empty;
        }
        let text = match std::str::from_utf8(&self.head) {
            Ok(text) => text,
            Err(error) if self.end.is_some() && error.error_len().is_none() => "",
            Err(_) => return PayloadForm::Binary,
        };
        let is_json = match &self.end {
            None => serde_json::from_str::<IgnoredAny>(text).is_ok(),
            Some(end) => matches!(
                (self.head.trim_ascii_start().first(), end.trim_ascii_end().last()),
                (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']'))
            ),
        };
        if is_json { PayloadForm::Json } else { PayloadForm::Text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(payload: &[u8]) -> PayloadForm {
        Sample::of(payload).form()
    }

    #[test]
    fn small_payloads_are_judged_whole() {
        assert_eq!(form(b""), PayloadForm::Empty);
        assert_eq!(form(b" {\"a\": [1, 2]}\n"), PayloadForm::Json);
        assert_eq!(form(b"21.5"), PayloadForm::Json);
        assert_eq!(form(b"{\"a\": [1, 2}"), PayloadForm::Text);
        assert_eq!(form("grüße".as_bytes()), PayloadForm::Text);
        assert_eq!(form(b"\xff\x00"), PayloadForm::Binary);
    }

    #[test]
    fn large_payloads_by_their_ends() {
        let text = "é".repeat(5_000_000);
        assert_eq!(form(text.as_bytes()), PayloadForm::Text);
        // An odd byte first, so that the head ends inside a character.
        assert_eq!(form(format!("a{text}").as_bytes()), PayloadForm::Text);
        assert_eq!(form(format!("[\"{text}\"] \n").as_bytes()), PayloadForm::Json);
        assert_eq!(form(format!("[\"{text}\"").as_bytes()), PayloadForm::Text);
        let mut binary = text.into_bytes();
        binary[1000] = 0xff;
        assert_eq!(form(&binary), PayloadForm::Binary);
    }
}
