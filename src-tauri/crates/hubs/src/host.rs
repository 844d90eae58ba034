//! Host names and addresses as users type them.

use hubscope_model::Problem;
use std::net::{IpAddr, Ipv6Addr};

/// Longest DNS name in text form (RFC 1035 section 2.3.4, without the root dot).
const LONGEST: usize = 253;

/// Why `host` cannot be connected to, if so. Neither scheme, port, path nor brackets belong to it.
pub fn problem(host: &str) -> Option<Problem> {
    if host.is_empty() {
        return Some(Problem::Required);
    }
    if host.parse::<IpAddr>().is_ok() {
        return None;
    }
    if host.contains(['/', ':', '[', ']', '@']) {
        return Some(Problem::HostHasExtra);
    }
    match ascii(host) {
        Some(name) if name.len() > LONGEST => Some(Problem::TooLong),
        Some(name) if name.trim_end_matches('.').split('.').all(is_label) => None,
        _ => Some(Problem::NotAHost),
    }
}

/// The name as DNS and TLS know it (`bücher.example` becomes `xn--bcher-kva.example`). Addresses and
/// names that cannot be converted stay as they are.
pub fn for_network(host: &str) -> String {
    match host.parse::<Ipv6Addr>() {
        Ok(_) => host.to_owned(),
        Err(_) => ascii(host).unwrap_or_else(|| host.to_owned()),
    }
}

/// Spaces inside a host are refused, not removed: the URL standard would drop tabs and line ends.
fn ascii(host: &str) -> Option<String> {
    if host.contains(|c: char| c.is_whitespace() || c.is_control() || c == '%') {
        return None;
    }
    url::Host::parse(host).ok().map(|host| host.to_string())
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_names_and_addresses() {
        for host in ["localhost", "broker.example.", "10.0.0.1", "::1", "fe80::1", "my_container", "bücher.example"] {
            assert_eq!(problem(host), None, "{host}");
        }
    }

    #[test]
    fn names_what_does_not_belong() {
        for (host, expected) in [
            ("", Problem::Required),
            ("mqtt://broker", Problem::HostHasExtra),
            ("broker:1883", Problem::HostHasExtra),
            ("broker/path", Problem::HostHasExtra),
            ("[::1]", Problem::HostHasExtra),
            ("me@broker", Problem::HostHasExtra),
            ("bro ker", Problem::NotAHost),
            ("broker\t", Problem::NotAHost),
            ("a..b", Problem::NotAHost),
            ("bro%20ker", Problem::NotAHost),
            ("bro<ker", Problem::NotAHost),
        ] {
            assert_eq!(problem(host), Some(expected), "{host:?}");
        }
        assert_eq!(problem(&"a".repeat(64)), Some(Problem::NotAHost));
        assert_eq!(problem(&["a".repeat(60).as_str(); 5].join(".")), Some(Problem::TooLong));
    }

    #[test]
    fn names_reach_the_network_in_ascii() {
        assert_eq!(for_network("bücher.example"), "xn--bcher-kva.example");
        assert_eq!(for_network("::1"), "::1");
        assert_eq!(for_network("Broker.Example"), "broker.example");
    }
}
