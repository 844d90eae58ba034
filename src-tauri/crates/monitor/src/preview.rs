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
mod tests;
