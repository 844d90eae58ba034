//! What follows an entry's payload in the arena: the topic when it is not interned, then the properties.

use hubscope_model::Property;

/// Adds a text to a tail: first the inline topic, if there is one, then names and values in turn.
pub(crate) fn push_text(text: &str, to: &mut Vec<u8>) {
    to.extend_from_slice(&(text.len() as u32).to_le_bytes());
    to.extend_from_slice(text.as_bytes());
}

/// The first text of a tail, and what follows it.
pub(crate) fn split_text(tail: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = tail.split_first_chunk::<4>()?;
    let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some((std::str::from_utf8(text).ok()?, rest))
}

/// The properties of a tail whose inline topic, if it has one, was split off.
pub(crate) fn read(mut tail: &[u8]) -> Vec<Property> {
    let mut properties = Vec::new();
    while let Some((name, rest)) = split_text(tail) {
        let Some((value, rest)) = split_text(rest) else { break };
        properties.push(Property { name: name.to_owned(), value: value.to_owned() });
        tail = rest;
    }
    properties
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_come_back_as_written() {
        let pairs = [("content_type", "application/json"), ("user.ключ", ""), ("user.a", "b")];
        let mut tail = Vec::new();
        for text in ["a/b"].into_iter().chain(pairs.into_iter().flat_map(|(name, value)| [name, value])) {
            push_text(text, &mut tail);
        }
        let (topic, rest) = split_text(&tail).unwrap();
        assert_eq!(topic, "a/b");
        let read: Vec<_> = read(rest).into_iter().map(|p| (p.name, p.value)).collect();
        assert_eq!(read, pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(super::read(&[]).is_empty());
    }
}
