//! Literals of JavaScript, as far as they occur in the arguments of a call. Expressions are skipped.

use zeroize::Zeroizing;

/// Most values read of one list of arguments, object or array; a call by hand has fewer.
const MOST: usize = 64;

/// How deep an argument is read: an object of texts, or of lists of texts.
const ARGUMENT: u8 = 2;

/// An argument, or a value of an object.
#[derive(Debug)]
pub enum Value<'a> {
    Text(Zeroizing<String>),
    /// A number, `true`, `false`, `null` …
    Word(&'a str),
    /// Texts of an array; other elements are left out.
    List(Vec<Zeroizing<String>>),
    Object(Vec<(String, Value<'a>)>),
    /// `readFileSync('…')`: the file's name.
    File(Zeroizing<String>),
    /// An expression, or something deeper than is read.
    Other,
}

impl<'a> Value<'a> {
    /// A plain word of an object.
    pub fn entry(&self, key: &str) -> Option<&'a str> {
        let Self::Object(entries) = self else { return None };
        entries.iter().find_map(|(name, value)| match value {
            Value::Word(word) if name == key => Some(*word),
            _ => None,
        })
    }
}

/// Reads forward and never fails: what it does not understand is [`Value::Other`].
pub struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    pub fn new(rest: &'a str) -> Self {
        Self { rest }
    }

    /// The arguments up to the closing bracket.
    pub fn arguments(&mut self) -> Vec<Value<'a>> {
        self.values(')', ARGUMENT)
    }

    fn values(&mut self, end: char, depth: u8) -> Vec<Value<'a>> {
        let mut values = Vec::new();
        while self.peek().is_some_and(|next| next != end) && values.len() < MOST {
            values.push(self.value(depth));
            self.take(',');
        }
        self.take(end);
        values
    }

    /// One value up to the next `,` or closing bracket of this level.
    fn value(&mut self, depth: u8) -> Value<'a> {
        let start = self.rest;
        let value = match self.peek() {
            Some('\'' | '"' | '`') => self.text().map_or(Value::Other, Value::Text),
            Some('[') if depth > 0 => {
                self.take('[');
                let texts = self.values(']', 0).into_iter().filter_map(|value| match value {
                    Value::Text(text) => Some(text),
                    _ => None,
                });
                Value::List(texts.collect())
            }
            Some('{') if depth == ARGUMENT => Value::Object(self.object()),
            // A variable's value is not known here.
            _ => Some(self.word()).filter(|word| is_literal(word)).map_or(Value::Other, Value::Word),
        };
        if matches!(self.peek(), None | Some(',' | ')' | ']' | '}')) {
            return value;
        }
        // More follows: it was the beginning of an expression.
        self.rest = start;
        self.skip();
        file(&start[..start.len() - self.rest.len()]).map_or(Value::Other, Value::File)
    }

    fn object(&mut self) -> Vec<(String, Value<'a>)> {
        let mut entries = Vec::new();
        self.take('{');
        while self.peek().is_some_and(|next| next != '}') && entries.len() < MOST {
            let key = match self.peek() {
                Some('\'' | '"' | '`') => self.text().map(|text| text.to_string()).unwrap_or_default(),
                _ => self.word().to_owned(),
            };
            let value = if self.take(':') { self.value(ARGUMENT - 1) } else { Value::Other };
            if self.peek().is_some_and(|next| next != ',' && next != '}') {
                self.skip();
            }
            entries.push((key, value));
            self.take(',');
        }
        self.take('}');
        entries
    }

    /// A string without places to fill. The quotation mark is at the beginning. Always moves.
    fn text(&mut self) -> Option<Zeroizing<String>> {
        let mut letters = self.rest.char_indices();
        let (_, quote) = letters.next()?;
        let mut text = Zeroizing::new(String::new());
        let mut open = false;
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => match letters.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 't')) => text.push('\t'),
                    Some((_, 'r')) => text.push('\r'),
                    Some((_, other)) => text.push(other),
                    None => break,
                },
                _ if letter == quote => {
                    self.rest = &self.rest[at + letter.len_utf8()..];
                    return (!open).then_some(text);
                }
                _ => {
                    open |= quote == '`' && letter == '{' && text.ends_with('$');
                    text.push(letter);
                }
            }
        }
        self.rest = "";
        None
    }

    /// A name, a number, or nothing.
    fn word(&mut self) -> &'a str {
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '.' | '-'));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }

    /// To the next `,` or closing bracket of this level; strings and brackets are passed over whole. Always moves.
    fn skip(&mut self) {
        let mut depth = 0usize;
        while let Some(next) = self.peek() {
            match next {
                '\'' | '"' | '`' => {
                    self.text();
                    continue;
                }
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' | ',' if depth == 0 => return,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
            self.rest = &self.rest[next.len_utf8()..];
        }
    }

    /// The next character that is neither blank nor comment.
    fn peek(&mut self) -> Option<char> {
        loop {
            self.rest = self.rest.trim_start();
            let comment_end = if self.rest.starts_with("//") {
                self.rest.find('\n')
            } else if self.rest.starts_with("/*") {
                self.rest.find("*/").map(|at| at + 2)
            } else {
                return self.rest.chars().next();
            };
            self.rest = comment_end.map_or("", |at| &self.rest[at..]);
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        let there = self.peek() == Some(wanted);
        if there {
            self.rest = &self.rest[wanted.len_utf8()..];
        }
        there
    }
}

fn is_literal(word: &str) -> bool {
    matches!(word, "true" | "false" | "null" | "undefined") || word.parse::<f64>().is_ok()
}

/// The file that an expression reads.
fn file(expression: &str) -> Option<Zeroizing<String>> {
    let (_, behind) = expression.split_once("readFileSync(")?;
    let mut reader = Reader::new(behind);
    matches!(reader.peek(), Some('\'' | '"' | '`')).then(|| reader.text()).flatten()
}
