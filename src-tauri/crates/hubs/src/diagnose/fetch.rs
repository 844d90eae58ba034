//! The chain that a hub's server shows, fetched by itself: one handshake, and nothing is sent in it.

use super::connection::{End, Handshake};
use super::{Limits, chain, network};
use crate::{ProxyVariables, Secrets, azure, host, reach};
use hubscope_model::{Code, Error, FetchedChain, Hub, Result, Text};
use hubscope_mqtt::Options;
use hubscope_pki::{Trust, known_root, recorded_handshake};

/// Fetches the chain of `hub`, by its route (`secrets` has a proxy's password), and judges it by `trust`.
///
/// # Errors
/// `BadRequest` for a connection without TLS; what kept the connection or the handshake from a certificate.
pub async fn fetch_chain(
    hub: &Hub,
    trust: &Trust,
    secrets: &Secrets,
    proxies: &ProxyVariables,
) -> Result<FetchedChain> {
    if !hub.transport.is_tls() {
        return Err(Error::new(Code::BadRequest, "This connection has no TLS, so its server shows no certificate.")
            .hint("Turn TLS on in the hub's form."));
    }
    // Nobody hears the client id.
    let mut options = Options::new(host::for_network(azure::tcp_host(hub)), hub.port, String::new());
    reach(&mut options, hub, secrets, proxies)?;
    let (config, record) = recorded_handshake(trust)?;
    let handshake = Handshake::shake(&options, Limits::default(), config).await;
    // A server that wants a client certificate ends the handshake, and has shown its own.
    let Some(shown) = record.shown() else { return Err(no_certificate(handshake.end)) };
    let now = jiff::Timestamp::now().as_second();
    let expected = network::bare(&options.host).to_owned();
    let is_named = shown.name_matches || !trust.checks_name();
    let names = || shown.chain.first().map(|leaf| leaf.names.clone()).unwrap_or_default();
    let explanation: Option<Text> = match shown.problem {
        Some(problem) => Some(chain::problem(problem, &shown, &expected, now).explanation),
        None if !is_named => Some(chain::name_mismatch(&expected, &names(), &shown.chain).explanation),
        None => None,
    };
    Ok(FetchedChain {
        endpoint: crate::endpoint(hub),
        trusted: shown.problem.is_none() && is_named,
        problem: shown.problem,
        explanation,
        name_matches: shown.name_matches,
        expected,
        root: known_root(&shown.chain),
        said: shown.said,
        certificates: shown.chain,
        now,
    })
}

fn no_certificate(end: End) -> Error {
    let silent = || Error::new(Code::PortIsNotTls, "The port answered, but not with TLS.");
    match end {
        End::NotOpened(error) => error,
        End::Tls(error) => hubscope_pki::explain(&error),
        End::Closed(words) => silent().detail(words).hint("Turn TLS off, or use the port for TLS (often 8883)."),
        End::Silent => Error::new(Code::ConnectionTimeout, "The server does not answer.")
            .hint("A firewall may drop the packets, or the machine is off."),
        End::NoName => Error::new(Code::TlsFailed, "The host cannot be checked against a certificate.")
            .hint("Use a host name or an IP address."),
        End::Done(_) => Error::new(Code::TlsFailed, "The server showed no certificate."),
    }
}
