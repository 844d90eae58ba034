//! Further headers of a WebSocket's request, as they are written into a form: `Name: value`, one a line.

use hubscope_vault::Secret;
use reqwest::header::{HeaderName, HeaderValue};

/// What the opening of a WebSocket sets itself (RFC 6455 section 4.1).
const OWN: &[&str] = &["host", "connection", "upgrade", "content-length", "transfer-encoding"];

/// Names and values. None when a line is none, or sets what the protocol sets.
pub(crate) fn read(text: &str) -> Option<Vec<(String, Secret<String>)>> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(line).collect()
}

fn line(line: &str) -> Option<(String, Secret<String>)> {
    let (name, value) = line.split_once(':')?;
    let (name, value) = (name.trim(), value.trim());
    let known = HeaderName::from_bytes(name.as_bytes()).ok()?;
    HeaderValue::from_str(value).ok()?;
    let own = OWN.contains(&known.as_str()) || known.as_str().starts_with("sec-websocket-");
    (!own).then(|| (name.to_owned(), Secret::new(value.to_owned().into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_headers_and_the_protocols_own_are_refused() {
        let read_ok = read("X-Tenant: a:b\n\n  Authorization:  Bearer x \n").unwrap();
        let pairs: Vec<_> = read_ok
            .iter()
            .map(|(name, value)| (name.as_str(), hubscope_vault::for_connector(value).to_owned()))
            .collect();
        assert_eq!(pairs, [("X-Tenant", "a:b".to_owned()), ("Authorization", "Bearer x".to_owned())]);
        for wrong in ["X-Tenant", "X Tenant: a", "host: other", "Sec-WebSocket-Key: x", "X: \u{1}"] {
            assert!(read(wrong).is_none(), "{wrong:?}");
        }
    }
}
