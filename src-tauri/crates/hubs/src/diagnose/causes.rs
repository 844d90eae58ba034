//! Causes before MQTT, in words, each with what mends it.

use super::network::Kind;
use super::outcome::Finding;
use super::service::Service;
use hubscope_model::{DiagnoseCause as C, DiagnoseFix as Fix, Text, text};
use hubscope_mqtt::Address;

pub(super) fn finding(cause: C, summary: Text, explanation: Text, fixes: Vec<Fix>) -> Finding {
    Finding { cause, summary, explanation, fixes }
}

pub(super) fn name_not_found(host: &str) -> Finding {
    let words = text!(
        "No address is known for {host}. The name may be misspelt, known only inside another network or VPN, or this machine is offline.",
        host
    );
    finding(C::NameNotFound, text!("name not found"), words, vec![Fix::EnterHost { host: None }, Fix::RunAgain])
}

pub(super) fn proxy(what: Text) -> Finding {
    let words = text!("The proxy does not bring this machine to the hub: {what}", what);
    finding(C::ProxyFailed, text!("the proxy failed"), words, vec![Fix::ChangeProxy, Fix::RunAgain])
}

/// Why TCP did not open. `other`: another port that was tried, and whether it opens.
pub(super) fn not_open(kind: Kind, address: &Address, other: Option<(u16, bool)>) -> Finding {
    let port = address.port;
    match (kind, other) {
        (Kind::Refused, _) => finding(
            C::ConnectionRefused,
            text!("refused"),
            text!(
                "The machine is there, but nothing listens on port {port}. The broker may not run, or use another port: 1883 without TLS, 8883 with TLS.",
                port
            ),
            vec![Fix::ChangePort, Fix::RunAgain],
        ),
        (Kind::Silent, Some((web, true))) => finding(
            C::PortBlocked,
            text!("port {port} is blocked", port),
            text!(
                "Nothing comes back from port {port}, but port {web} of the same host opens: a firewall lets only web traffic out. Many hubs take MQTT over WebSocket on {web}.",
                port,
                web
            ),
            vec![Fix::UseWebSocket { port: web }, Fix::ChangeProxy, Fix::RunAgain],
        ),
        (Kind::Silent, _) => finding(
            C::ConnectionTimeout,
            text!("no answer"),
            text!("Nothing comes back from port {port}. A firewall may drop the packets, or the machine is off.", port),
            vec![Fix::ChangePort, Fix::ChangeProxy, Fix::RunAgain],
        ),
        (Kind::NoWay, _) => finding(
            C::NetworkUnreachable,
            text!("no way there"),
            text!("This machine has no way to that address: check the network connection, VPN and proxy."),
            vec![Fix::ChangeProxy, Fix::RunAgain],
        ),
    }
}

/// Another service than the one that was asked for; None where its first bytes do not tell.
pub(super) fn other_service(service: Service, port: u16) -> Option<Finding> {
    let name = service.name();
    Some(match service {
        service if service.is_captive() => finding(
            C::CaptivePortal,
            text!("a login page answers"),
            text!(
                "Not the broker answered but a web page that sends clients elsewhere. Networks of hotels, trains and guests do so until you sign in with a browser."
            ),
            vec![Fix::SignIn, Fix::RunAgain],
        ),
        Service::Http(_) | Service::Named(_) => finding(
            C::WrongService,
            text!("{name} answers", name),
            text!("Port {port} belongs to another service: {name} answers there, not MQTT.", port, name),
            vec![Fix::ChangePort, Fix::EnterHost { host: None }],
        ),
        _ => return None,
    })
}

/// The port answers, but not with TLS.
pub(super) fn not_tls(closed: bool, port: u16) -> Finding {
    let fixes = vec![Fix::TurnTlsOff, Fix::ChangePort];
    if closed {
        return finding(
            C::PortIsNotTls,
            text!("the port is not for TLS"),
            text!(
                "The server ended the connection when it was greeted in TLS. Port {port} most likely takes plain MQTT; TLS is usually on 8883.",
                port
            ),
            fixes,
        );
    }
    finding(
        C::PortIsNotTls,
        text!("the port is not for TLS"),
        text!(
            "The server does not answer in TLS. Port {port} most likely takes plain MQTT; TLS is usually on 8883.",
            port
        ),
        fixes,
    )
}

pub(super) fn wants_tls(port: u16) -> Finding {
    finding(
        C::PortWantsTls,
        text!("the port wants TLS"),
        text!(
            "Port {port} speaks TLS, and this hub is set to plain MQTT. The credential went out unencrypted: over networks of others, make it anew.",
            port
        ),
        vec![Fix::TurnTlsOn, Fix::ChangePort],
    )
}

pub(super) fn no_tls_version() -> Finding {
    finding(
        C::TlsVersion,
        text!("no TLS version in common"),
        text!(
            "The server offers no TLS version or cipher that is still safe. It must offer TLS 1.2 or 1.3 with forward secrecy; TLS 1.0 and 1.1 are not used."
        ),
        vec![Fix::ChangePort, Fix::RunAgain],
    )
}

pub(super) fn tls_refused() -> Finding {
    finding(
        C::TlsRefused,
        text!("the server broke off"),
        text!(
            "The server broke off the TLS handshake. It may not serve this host name, or expect a protocol by ALPN, as on port 443."
        ),
        vec![Fix::EnterHost { host: None }, Fix::ChangePort],
    )
}

pub(super) fn tls_broken() -> Finding {
    finding(
        C::TlsBroken,
        text!("TLS was broken"),
        text!(
            "What came back breaks the TLS protocol. Something between this machine and the server may change the data: a firewall or proxy that inspects TLS."
        ),
        vec![Fix::ChangeProxy, Fix::RunAgain],
    )
}

pub(super) fn trust_unusable(why: Text) -> Finding {
    finding(
        C::CertificateUnusable,
        text!("the CA file cannot be used"),
        text!("What this hub trusts cannot be used: {why}", why),
        vec![Fix::ChooseCaFile],
    )
}
