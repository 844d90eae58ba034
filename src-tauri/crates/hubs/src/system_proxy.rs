//! The proxy that the environment names, by the variables that curl made common: `HTTPS_PROXY`, `ALL_PROXY`,
//! `NO_PROXY`, in either case (curl manual, "ENVIRONMENT").

use crate::host;
use crate::paste::parse_proxy;
use http::Uri;
use hubscope_model::{Code, Error, Proxy, Result, SystemProxy};
use hubscope_vault::{Secret, for_connector};
use hyper_util::client::proxy::matcher::Matcher;
use zeroize::Zeroizing;

/// The lower-case names first, as curl does.
const NAMES: &[&str] = &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
const EXCEPT: &[&str] = &["no_proxy", "NO_PROXY"];

/// What the environment said when the program started.
#[derive(Clone, Debug, Default)]
pub struct ProxyVariables {
    /// The variable that counts and its value, in which a password may stand.
    proxy: Option<(String, Secret<String>)>,
    except: String,
}

impl ProxyVariables {
    /// Those of this process.
    pub fn of_process() -> Self {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Those that `variable` answers by their names.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &&str| variable(name).filter(|value| !value.trim().is_empty());
        let proxy = NAMES.iter().find_map(|name| Some(((*name).to_owned(), Secret::new(Zeroizing::new(set(name)?)))));
        Self { proxy, except: EXCEPT.iter().find_map(set).unwrap_or_default() }
    }

    /// What is said of it, without its login.
    pub fn found(&self, host: &str, port: u16) -> SystemProxy {
        let Some((variable, value)) = &self.proxy else { return SystemProxy::None };
        let variable = variable.clone();
        if self.excepts(host, port) {
            return SystemProxy::Excepted { variable };
        }
        match parse_proxy(for_connector(value)) {
            None => SystemProxy::Unusable { variable },
            Some((Proxy { kind, host, port, user_name }, _)) => {
                SystemProxy::Used { variable, kind, host, port, login: user_name.is_some() }
            }
        }
    }

    /// The proxy for a server, if one is named and the server not excepted.
    ///
    /// # Errors
    /// `ProxyFailed` for one of a kind that is not spoken: connecting without it is not what was asked for.
    pub(crate) fn proxy_for(&self, host: &str, port: u16) -> Result<Option<(Proxy, Option<Secret<String>>)>> {
        let Some((variable, value)) = &self.proxy else { return Ok(None) };
        if self.excepts(host, port) {
            return Ok(None);
        }
        parse_proxy(for_connector(value)).map(Some).ok_or_else(|| {
            let words = format!("The environment variable {variable} names no HTTP or SOCKS5 proxy.");
            Error::new(Code::ProxyFailed, words).hint("Correct the variable, or enter the proxy in the hub's form.")
        })
    }

    /// By `NO_PROXY`: names with all below them, addresses, networks, `*`.
    fn excepts(&self, host: &str, port: u16) -> bool {
        // Only whether the matcher lets anything through is asked; where to does not matter.
        let matcher = Matcher::builder().all("http://proxy").no(self.except.as_str()).build();
        let host = if host.contains(':') { format!("[{host}]") } else { host::for_network(host) };
        let uri = format!("https://{host}:{port}/").parse::<Uri>();
        uri.is_ok_and(|uri| matcher.intercept(&uri).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubscope_model::ProxyKind;

    fn variables(pairs: &[(&str, &str)]) -> ProxyVariables {
        ProxyVariables::read(|name| {
            pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_first_variable_counts_and_its_login_is_not_told() {
        let found = variables(&[("ALL_PROXY", "socks5h://a"), ("HTTPS_PROXY", "http://me:s%40x@proxy.example:3128")]);
        let SystemProxy::Used { variable, kind, host, port, login } = found.found("broker.example", 8883) else {
            panic!("none")
        };
        assert_eq!((variable.as_str(), host.as_str(), port, login), ("HTTPS_PROXY", "proxy.example", 3128, true));
        assert_eq!(kind, ProxyKind::Http);
        let (proxy, password) = found.proxy_for("broker.example", 8883).unwrap().unwrap();
        assert_eq!((proxy.user_name.as_deref(), password.as_ref().map(for_connector)), (Some("me"), Some("s@x")));
        assert!(!format!("{found:?}").contains("s%40x"));
    }

    #[test]
    fn a_value_without_a_scheme_is_http_and_socks_has_its_own_port() {
        for (value, kind, port) in [
            ("proxy", ProxyKind::Http, 80),
            ("proxy:3128", ProxyKind::Http, 3128),
            ("socks5://proxy", ProxyKind::Socks5, 1080),
            ("socks5h://proxy:9", ProxyKind::Socks5h, 9),
        ] {
            let found = variables(&[("all_proxy", value)]).found("b", 1);
            let expected =
                SystemProxy::Used { variable: "all_proxy".into(), kind, host: "proxy".into(), port, login: false };
            assert_eq!(found, expected, "{value}");
        }
    }

    #[test]
    fn what_is_excepted_or_not_spoken_is_said() {
        let except = |list: &str| variables(&[("https_proxy", "http://p"), ("NO_PROXY", list)]);
        for (list, host) in [
            ("example.com", "mqtt.example.com"),
            (".example.com", "example.com"),
            ("10.0.0.0/8", "10.1.2.3"),
            ("::1", "::1"),
            ("*", "broker"),
        ] {
            let variable = "https_proxy".to_owned();
            assert_eq!(except(list).found(host, 8883), SystemProxy::Excepted { variable }, "{list} {host}");
            assert!(except(list).proxy_for(host, 8883).unwrap().is_none());
        }
        assert!(matches!(except("example.com").found("example.org", 1), SystemProxy::Used { .. }));
        assert_eq!(variables(&[("HTTPS_PROXY", " ")]).found("b", 1), SystemProxy::None);
        let other = variables(&[("HTTPS_PROXY", "https://p")]);
        assert_eq!(other.found("b", 1), SystemProxy::Unusable { variable: "HTTPS_PROXY".into() });
        assert_eq!(other.proxy_for("b", 1).unwrap_err().code, Code::ProxyFailed);
    }
}
