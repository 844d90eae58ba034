//! Text of strangers on a terminal: nothing in it may move the cursor, recolour or reorder.

use std::borrow::Cow;
use std::fmt::Write;

/// Control characters (line ends included: a payload must not look like two messages) and the
/// characters that change the direction of text (Unicode Bidi_Control).
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` with unsafe characters as `\n`, `\t`, `\u{1b}` …
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_unsafe(character) {
            safe.extend(character.escape_default());
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}

/// Like [`escape`]; bytes that are not UTF-8 become `\xff`.
pub fn escape_bytes(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return escape(text);
    }
    let mut safe = String::with_capacity(bytes.len() * 2);
    for chunk in bytes.utf8_chunks() {
        safe.push_str(&escape(chunk.valid()));
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            let _ = write!(safe, "\\x{byte:02x}");
        }
    }
    Cow::Owned(safe)
}

/// JSON text with the unsafe characters that JSON allows in strings as `\uXXXX`: the same JSON.
pub fn escape_json(json: &str) -> Cow<'_, str> {
    if !json.contains(is_unsafe) {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if is_unsafe(character) {
            // All of them are in the basic plane.
            let _ = write!(safe, "\\u{:04x}", u32::from(character));
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_text_stays() {
        assert!(matches!(escape("Grüße 21.5 °C \\n 漢字"), Cow::Borrowed(_)));
    }

    #[test]
    fn controls_and_directions_become_visible() {
        assert_eq!(escape("a\u{1b}[31m\r\n\tb\u{202e}\u{9b}"), r"a\u{1b}[31m\r\n\tb\u{202e}\u{9b}");
        assert_eq!(escape_bytes(b"\xffa\x07\xc3"), r"\xffa\u{7}\xc3");
    }

    #[test]
    fn json_stays_the_same_json() {
        let json = "{\"a\":\"\u{202e}\u{85}ü\"}";
        let safe = escape_json(json);
        assert_eq!(safe, "{\"a\":\"\\u202e\\u0085ü\"}");
        let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(parse(json), parse(&safe));
    }
}
