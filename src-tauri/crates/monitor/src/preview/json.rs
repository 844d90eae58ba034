//! Takes JSON apart for a preview, also when only its beginning is there.

use super::Pieces;
use hubscope_model::PreviewKind;
use std::borrow::Cow;

/// Writes the keys and values of a JSON text as pieces. False when the text is not JSON (as far as it was read):
/// the pieces are then of no use. Reading ends when the pieces are full.
pub(super) fn write(text: &str, whole: bool, pieces: &mut Pieces) -> bool {
    let mut reader = Reader { rest: text.as_bytes(), text, open: Vec::new() };
    match reader.read(pieces) {
        Ok(()) | Err(Stop::Full) => true,
        // The end of a head is not the end of the payload.
        Err(Stop::End) => !whole,
        Err(Stop::Wrong) => false,
    }
}

enum Stop {
    /// The preview takes no more.
    Full,
    /// The text ended inside the JSON.
    End,
    Wrong,
}

struct Reader<'a> {
    text: &'a str,
    rest: &'a [u8],
    /// Closing brackets that are due.
    open: Vec<u8>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, pieces: &mut Pieces) -> Result<(), Stop> {
        loop {
            let opened = self.value(pieces)?;
            // After an opening bracket the closing one may follow at once; after a value it may close many.
            let mut after_value = !opened || self.take_if(self.open.last().copied());
            if opened && after_value {
                self.open.pop();
            }
            while after_value {
                let Some(closing) = self.open.last().copied() else { return self.end() };
                match self.take()? {
                    b',' => after_value = false,
                    byte if byte == closing => {
                        self.open.pop();
                    }
                    _ => return Err(Stop::Wrong),
                }
            }
            if self.open.last() == Some(&b'}') {
                self.key(pieces)?;
            }
        }
    }

    /// A scalar, or an opening bracket: true for the latter.
    fn value(&mut self, pieces: &mut Pieces) -> Result<bool, Stop> {
        match self.peek()? {
            b'{' => self.open.push(b'}'),
            b'[' => self.open.push(b']'),
            b'"' => {
                let text = self.string();
                return self.piece(pieces, PreviewKind::Text, text).map(|()| false);
            }
            _ => return self.word(pieces).map(|()| false),
        }
        self.rest = &self.rest[1..];
        Ok(true)
    }

    fn key(&mut self, pieces: &mut Pieces) -> Result<(), Stop> {
        if self.peek()? != b'"' {
            return Err(Stop::Wrong);
        }
        let key = self.string();
        self.piece(pieces, PreviewKind::Key, key)?;
        if self.take()? == b':' { Ok(()) } else { Err(Stop::Wrong) }
    }

    fn piece(
        &mut self,
        pieces: &mut Pieces,
        kind: PreviewKind,
        (text, end): (Cow<'a, str>, Option<Stop>),
    ) -> Result<(), Stop> {
        match end {
            Some(Stop::Wrong) => return Err(Stop::Wrong),
            _ if !pieces.add(kind, &text) => return Err(Stop::Full),
            _ => {}
        }
        end.map_or(Ok(()), Err)
    }

    /// A string's text without its quotes; and why it ended when not by a quote.
    fn string(&mut self) -> (Cow<'a, str>, Option<Stop>) {
        let start = self.text.len() - self.rest.len();
        let mut escaped = false;
        let mut at = 1;
        loop {
            match self.rest.get(at) {
                None => {
                    // A cut string: what is before an escape can be shown.
                    let shown = &self.text[start + 1..];
                    let shown = if escaped { shown.split('\\').next().unwrap_or("") } else { shown };
                    self.rest = &[];
                    return (Cow::Borrowed(shown), Some(Stop::End));
                }
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    at += 2;
                }
                Some(..0x20) => return (Cow::Borrowed(""), Some(Stop::Wrong)),
                Some(_) => at += 1,
            }
        }
        self.rest = &self.rest[at + 1..];
        if !escaped {
            return (Cow::Borrowed(&self.text[start + 1..start + at]), None);
        }
        match serde_json::from_str::<String>(&self.text[start..=start + at]) {
            Ok(text) => (Cow::Owned(text), None),
            Err(_) => (Cow::Borrowed(""), Some(Stop::Wrong)),
        }
    }

    /// A number, true, false or null.
    fn word(&mut self, pieces: &mut Pieces) -> Result<(), Stop> {
        let start = self.text.len() - self.rest.len();
        let length =
            self.rest.iter().take_while(|byte| !matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t'));
        let length = length.count();
        let word = &self.text[start..start + length];
        self.rest = &self.rest[length..];
        let at_end = self.rest.is_empty();
        let kind = match word {
            "true" | "false" | "null" => PreviewKind::Literal,
            _ if is_number(word) => PreviewKind::Number,
            _ if at_end && !self.open.is_empty() => return Err(Stop::End),
            _ => return Err(Stop::Wrong),
        };
        self.piece(pieces, kind, (Cow::Borrowed(word), None))
    }

    /// Nothing but blanks may follow.
    fn end(&mut self) -> Result<(), Stop> {
        match self.peek() {
            Err(Stop::End) => Ok(()),
            _ => Err(Stop::Wrong),
        }
    }

    /// The next byte that is not a blank.
    fn peek(&mut self) -> Result<u8, Stop> {
        let blanks = self.rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
        self.rest = &self.rest[blanks..];
        self.rest.first().copied().ok_or(Stop::End)
    }

    fn take(&mut self) -> Result<u8, Stop> {
        let byte = self.peek()?;
        self.rest = &self.rest[1..];
        Ok(byte)
    }

    fn take_if(&mut self, wanted: Option<u8>) -> bool {
        let is_next = self.peek().ok() == wanted;
        if is_next {
            self.rest = &self.rest[1..];
        }
        is_next
    }
}

/// Whether a word is a number by JSON's rules.
fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && serde_json::from_str::<&serde_json::value::RawValue>(word).is_ok()
}
