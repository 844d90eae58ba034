//! What answers on a port, told by its first bytes.

/// Characters of an answer that are shown.
const SHOWN: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    Tls,
    /// An HTTP answer with this status.
    Http(u16),
    Named(&'static str),
    /// Something that is none of these.
    Unknown,
    /// Nothing came.
    Silent,
}

/// Names the service. Sources: RFC 8446 section 5.1 (TLS records), RFC 9112 section 4 (HTTP), RFC 4253 section 4.2 (SSH),
/// RFC 5321 section 4.2 (SMTP, as FTP of RFC 959), RFC 9051 section 7.1 (IMAP), RFC 1939 section 3 (POP3), AMQP 1.0 part 2.2.
pub(super) fn recognise(first: &[u8]) -> Service {
    match first {
        [] => Service::Silent,
        [0x14..=0x17, 3, 0..=4, ..] => Service::Tls,
        _ if first.starts_with(b"HTTP/") => Service::Http(status(first)),
        _ if first.starts_with(b"SSH-") => Service::Named("SSH"),
        _ if first.starts_with(b"220") => Service::Named("SMTP or FTP"),
        _ if first.starts_with(b"* OK") => Service::Named("IMAP"),
        _ if first.starts_with(b"+OK") => Service::Named("POP3"),
        _ if first.starts_with(b"AMQP") => Service::Named("AMQP"),
        _ => Service::Unknown,
    }
}

/// The three digits behind the version; 0 without.
fn status(first: &[u8]) -> u16 {
    let line = String::from_utf8_lossy(first);
    line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

impl Service {
    /// Networks with a login page answer so in the place of a server: a redirect, or status 511 (RFC 6585 section 6).
    pub fn is_captive(self) -> bool {
        matches!(self, Self::Http(302 | 303 | 307 | 511))
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Tls => "TLS",
            Self::Http(_) => "HTTP",
            Self::Named(name) => name,
            Self::Unknown | Self::Silent => "",
        }
    }
}

/// The first line, to be shown; None where nothing came. What is no text is written as escapes.
pub(super) fn shown(first: &[u8]) -> Option<String> {
    let line = first.split(|byte| matches!(byte, b'\r' | b'\n')).next().filter(|line| !line.is_empty())?;
    Some(line.escape_ascii().to_string().chars().take(SHOWN).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_known_by_their_first_bytes() {
        for (first, service) in [
            (&b"\x15\x03\x01\x00\x02"[..], Service::Tls),
            (b"HTTP/1.1 400 Bad Request\r\n", Service::Http(400)),
            (b"HTTP/1.1", Service::Http(0)),
            (b"SSH-2.0-OpenSSH_9.6\r\n", Service::Named("SSH")),
            (b"220 mail.example ESMTP\r\n", Service::Named("SMTP or FTP")),
            (b"\x20\x02\x00\x05", Service::Unknown),
            (b"", Service::Silent),
        ] {
            assert_eq!(recognise(first), service);
        }
        assert!(recognise(b"HTTP/1.1 302 Found").is_captive() && recognise(b"HTTP/1.0 511 x").is_captive());
        assert!(!recognise(b"HTTP/1.1 400 Bad Request").is_captive());
    }

    #[test]
    fn a_line_is_shown_without_control_characters() {
        assert_eq!(shown(b"SSH-2.0-x\r\nmore").as_deref(), Some("SSH-2.0-x"));
        assert_eq!(shown(b"\x1b[2Jx").as_deref(), Some("\\x1b[2Jx"));
        assert_eq!(shown(&[b'a'; 200]).map(|line| line.len()), Some(SHOWN));
        assert_eq!(shown(b""), None);
    }
}
