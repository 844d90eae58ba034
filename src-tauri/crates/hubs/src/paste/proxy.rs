//! The address of a proxy: `[scheme://][user[:password]@]host[:port]`.

use hubscope_model::{Proxy, ProxyKind};
use hubscope_vault::Secret;
use percent_encoding::percent_decode_str;
use url::Url;
use zeroize::Zeroizing;

/// The proxy and its password. Without a scheme it is HTTP; `socks5h` leaves the look-up of names to the proxy. None for
/// what is no HTTP or SOCKS5 proxy.
pub fn read(text: &str) -> Option<(Proxy, Option<Secret<String>>)> {
    let text = text.trim();
    let text = Zeroizing::new(if text.contains("://") { text.to_owned() } else { format!("http://{text}") });
    let url = Url::parse(&text).ok()?;
    // curl takes 1080 for every proxy (curl(1), --proxy); for http a URL says 80.
    let (kind, usual) = match url.scheme() {
        "http" => (ProxyKind::Http, 80),
        "socks5" => (ProxyKind::Socks5, 1080),
        "socks5h" => (ProxyKind::Socks5h, 1080),
        _ => return None,
    };
    let host = url.host_str().filter(|host| !host.is_empty())?.trim_start_matches('[').trim_end_matches(']').to_owned();
    let decoded = |text: &str| Some(percent_decode_str(text).decode_utf8().ok()?.into_owned());
    let user_name = Some(decoded(url.username())?).filter(|name| !name.is_empty());
    let password = match url.password() {
        Some(password) => Some(Secret::new(Zeroizing::new(decoded(password)?))),
        None => None,
    };
    let proxy = Proxy { kind, host, port: url.port().unwrap_or(usual), user_name };
    // The parser's own copy of the password is wiped, too.
    drop(Zeroizing::new(String::from(url)));
    Some((proxy, password))
}
