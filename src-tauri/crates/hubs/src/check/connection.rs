//! Where a hub is and how it is reached.

use super::{Problems, string_problem};
use crate::{host, limits};
use hubscope_model::{Connection, HubDraft, Problem, Proxy, ProxyChoice, Transport};

/// Longest text of a SOCKS5 login, in bytes (RFC 1929 section 2).
const LONGEST_LOGIN: usize = 255;
/// Longest name of an ALPN protocol, in bytes (RFC 7301 section 3.1).
const LONGEST_ALPN: usize = 255;
/// Longest path of a socket, in bytes: what the smallest system takes with its end (unix(7): 108, macOS: 104).
const LONGEST_SOCKET: usize = 103;

/// Host and port, or the file of a socket.
pub(super) fn check_server(problems: &mut Problems, draft: &HubDraft) {
    if draft.transport == Transport::Unix {
        problems.add("connection.socket", socket_problem(&draft.connection.socket));
        return;
    }
    problems.add("host", host::problem(&draft.host));
    problems.add("port", (draft.port == 0).then_some(Problem::NotAPort));
}

/// Transport, path, ALPN, another address, proxy.
pub(super) fn check(problems: &mut Problems, draft: &HubDraft) {
    let Connection { path, alpn, address, proxy, .. } = &draft.connection;
    problems.add("transport", transport_problem(draft));
    if draft.transport.is_web_socket() {
        problems.add("connection.path", path_problem(path));
    }
    if alpn.iter().any(|name| name.is_empty() || name.len() > LONGEST_ALPN || string_problem(name).is_some()) {
        problems.add("connection.alpn", Problem::OutOfRange);
    }
    if let Some(address) = address {
        problems.add("connection.address.host", host::problem(&address.host));
        problems.add("connection.address.port", (address.port == 0).then_some(Problem::NotAPort));
    }
    if let ProxyChoice::Own { proxy: Proxy { host, port, user_name, .. } } = proxy {
        problems.add("connection.proxy.host", host::problem(host));
        problems.add("connection.proxy.port", (*port == 0).then_some(Problem::NotAPort));
        problems.add("connection.proxy.user_name", user_name.as_deref().and_then(user_name_problem));
    }
}

fn transport_problem(draft: &HubDraft) -> Option<Problem> {
    let here = cfg!(unix) || draft.transport != Transport::Unix;
    let allowed = limits::transports(draft.kind);
    match allowed.contains(&draft.transport) {
        true if here => None,
        true => Some(Problem::NotOnThisSystem),
        false if allowed.iter().all(|transport| transport.is_tls()) && !draft.transport.is_tls() => {
            Some(Problem::NeedsTls)
        }
        false => Some(Problem::NotOnThisHub),
    }
}

fn path_problem(path: &str) -> Option<Problem> {
    let legal = path.starts_with('/') && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
    (!legal).then_some(Problem::NotAPath)
}

fn socket_problem(path: &str) -> Option<Problem> {
    match path {
        "" => Some(Problem::Required),
        path if path.len() > LONGEST_SOCKET => Some(Problem::TooLong),
        path if !std::path::Path::new(path).is_absolute() => Some(Problem::NotAPath),
        path => string_problem(path),
    }
}

/// A colon would end the name of a Basic login (RFC 7617 section 2).
fn user_name_problem(name: &str) -> Option<Problem> {
    name.contains(':').then_some(Problem::ControlCharacter).or_else(|| proxy_text_problem(name))
}

pub(super) fn proxy_text_problem(text: &str) -> Option<Problem> {
    (text.len() > LONGEST_LOGIN).then_some(Problem::TooLong).or_else(|| string_problem(text))
}
