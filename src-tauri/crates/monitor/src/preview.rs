//! What a row shows of a payload: JSON without its punctuation, text as it is, other bytes as hex.

mod json;

use hubscope_model::{PreviewKind, PreviewPiece};

/// Bytes of a payload that a preview of so many characters may need.
pub(crate) fn head_bytes(characters: usize) -> usize {
    // Four bytes a character, and JSON's punctuation and blanks several times over.
    characters * 8 + 64
}

/// Pieces that fit into a number of characters, the blanks between them counted: one after a key, two after a value.
pub(crate) struct Pieces {
    pieces: Vec<PreviewPiece>,
    left: usize,
    cut: bool,
}

impl Pieces {
    fn new(characters: usize) -> Self {
        Self { pieces: Vec::new(), left: characters, cut: false }
    }

    /// Adds what fits of a piece; false when nothing more does.
    fn add(&mut self, kind: PreviewKind, text: &str) -> bool {
        let gap = match self.pieces.last().map(|piece| piece.kind) {
            None => 0,
            Some(PreviewKind::Key) => 1,
            Some(_) => 2,
        };
        if self.left <= gap {
            self.cut = true;
            return false;
        }
        self.left -= gap;
        let end = text.char_indices().nth(self.left).map_or(text.len(), |(end, _)| end);
        self.cut = end < text.len();
        self.left -= text[..end].chars().count();
        self.pieces.push(PreviewPiece { kind, text: text[..end].to_owned() });
        !self.cut
    }
}

/// The preview of a payload of which `head` is the beginning, or all when `whole`; and whether it is cut.
pub(crate) fn preview(head: &[u8], whole: bool, characters: usize) -> (Vec<PreviewPiece>, bool) {
    let mut pieces = Pieces::new(characters);
    match text_of(head, whole) {
        Some("") => {}
        // JSON without a key or a value, such as {}, is shown as it is.
        Some(text) if json::write(text, whole, &mut pieces) && !pieces.pieces.is_empty() => {}
        Some(text) => {
            pieces = Pieces::new(characters);
            pieces.add(PreviewKind::Plain, text);
        }
        None => {
            pieces.add(PreviewKind::Binary, &hex(head, characters));
        }
    }
    let cut = pieces.cut || !whole;
    (pieces.pieces, cut)
}

/// The bytes as text, less a character that the end of the head cuts through.
fn text_of(head: &[u8], whole: bool) -> Option<&str> {
    match std::str::from_utf8(head) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() && !whole => std::str::from_utf8(&head[..error.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

/// Hex with a blank between bytes, one byte more than `characters` can show.
fn hex(bytes: &[u8], characters: usize) -> String {
    let bytes = &bytes[..bytes.len().min(characters / 3 + 2)];
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use PreviewKind::{Binary, Key, Literal, Number, Plain, Text};

    fn shown(payload: &[u8], characters: usize) -> (Vec<(PreviewKind, String)>, bool) {
        let head = &payload[..payload.len().min(head_bytes(characters))];
        let (pieces, cut) = preview(head, head.len() == payload.len(), characters);
        (pieces.into_iter().map(|piece| (piece.kind, piece.text)).collect(), cut)
    }

    fn piece(kind: PreviewKind, text: &str) -> (PreviewKind, String) {
        (kind, text.to_owned())
    }

    #[test]
    fn json_loses_its_punctuation() {
        assert_eq!(
            shown(br#"{"temperature": 25.9, "humidity":52.1}"#, 100),
            (
                vec![piece(Key, "temperature"), piece(Number, "25.9"), piece(Key, "humidity"), piece(Number, "52.1")],
                false
            )
        );
        let nested = shown(br#"{"a":{"b":[1,-2e3,null]},"s":"x\"\u00e9\ud83d\ude00","e":{},"t":true}"#, 100).0;
        let kinds = [Key, Key, Number, Number, Literal, Key, Text, Key, Key, Literal];
        let texts = ["a", "b", "1", "-2e3", "null", "s", "x\"é😀", "e", "t", "true"];
        assert_eq!(nested, kinds.into_iter().zip(texts).map(|(kind, text)| piece(kind, text)).collect::<Vec<_>>());
        assert_eq!(shown(b" 21.5\n", 10), (vec![piece(Number, "21.5")], false));
        assert_eq!(shown(b"\"on\"", 10), (vec![piece(Text, "on")], false));
    }

    #[test]
    fn what_is_not_quite_json_is_text() {
        for text in
            ["{a:1}", "{\"a\":1", "[1,]", "{\"a\" 1}", "01", "1 2", "truex", "\"a", "{\"a\":\"\\x\"}", "-", "[1}"]
        {
            assert_eq!(shown(text.as_bytes(), 100), (vec![piece(Plain, text)], false), "{text}");
        }
        assert_eq!(shown(b"", 100), (vec![], false));
        assert_eq!(shown(b"{}", 100), (vec![piece(Plain, "{}")], false));
        assert_eq!(shown("grüße\u{202e}\u{7}".as_bytes(), 100), (vec![piece(Plain, "grüße\u{202e}\u{7}")], false));
    }

    #[test]
    fn bytes_are_hex() {
        assert_eq!(shown(&[0, 255, 0x1b], 100), (vec![piece(Binary, "00 ff 1b")], false));
        assert_eq!(shown(&[0xff; 1000], 8), (vec![piece(Binary, "ff ff ff")], true));
    }

    #[test]
    fn the_cut_is_exact_and_said() {
        assert_eq!(shown("äöü".as_bytes(), 3), (vec![piece(Plain, "äöü")], false));
        assert_eq!(shown("äöü".as_bytes(), 2), (vec![piece(Plain, "äö")], true));
        let json = br#"{"key":"value","more":1}"#;
        assert_eq!(shown(json, 9), (vec![piece(Key, "key"), piece(Text, "value")], true));
        assert_eq!(shown(json, 6), (vec![piece(Key, "key"), piece(Text, "va")], true));
        assert_eq!(shown(json, 4), (vec![piece(Key, "key")], true));
        let long = format!("{{\"text\":\"{}\"}}", "é".repeat(100_000));
        assert_eq!(shown(long.as_bytes(), 8), (vec![piece(Key, "text"), piece(Text, "ééé")], true));
        let list = format!("[{}1]", "1,".repeat(100_000));
        let (pieces, cut) = shown(list.as_bytes(), 400);
        assert!(cut && pieces.len() == 134 && pieces.iter().all(|piece| piece.0 == Number));
    }
}
