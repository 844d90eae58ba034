//! TLS failures in plain words, with the next step. Decided by type, never by the text of an error.

use hubscope_model::{Code, Error};
use rustls::{AlertDescription, CertificateError, InvalidMessage};
use rustls_pki_types::UnixTime;

/// What a failed handshake means. `detail` holds the library's own words for the activity log.
pub fn explain(error: &rustls::Error) -> Error {
    let explained = match error {
        rustls::Error::InvalidCertificate(reason) => certificate(reason),
        rustls::Error::AlertReceived(alert) => refused_by_peer(*alert),
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            Error::new(Code::PortIsNotTls, "The port answered, but not with TLS.")
                .hint("Turn TLS off, or use the port for TLS (often 8883).")
        }
        rustls::Error::InvalidMessage(_)
        | rustls::Error::InappropriateMessage { .. }
        | rustls::Error::InappropriateHandshakeMessage { .. }
        | rustls::Error::PeerMisbehaved(_)
        | rustls::Error::PeerSentOversizedRecord
        | rustls::Error::DecryptError => {
            Error::new(Code::TlsFailed, "The server broke the TLS protocol, or something between changed the data.")
                .hint("Check for a proxy or firewall that inspects TLS.")
        }
        rustls::Error::PeerIncompatible(_) => {
            Error::new(Code::TlsFailed, "The server offers no TLS version or cipher that is still safe.")
                .hint("The server must offer TLS 1.2 or 1.3 with forward secrecy.")
        }
        rustls::Error::NoCertificatesPresented => {
            Error::new(Code::TlsFailed, "The server showed no certificate.").hint("Set up a certificate on the server.")
        }
        rustls::Error::UnsupportedNameType => {
            Error::new(Code::TlsFailed, "The host cannot be checked against a certificate.")
                .hint("Use a host name or an IP address.")
        }
        _ => Error::new(Code::TlsFailed, "The TLS handshake failed."),
    };
    explained.detail(error.to_string())
}

fn certificate(reason: &CertificateError) -> Error {
    use CertificateError as C;
    match reason {
        C::UnknownIssuer => {
            Error::new(Code::TlsUnknownCa, "The server's certificate is not from a CA that this hub trusts.")
                .hint("Give the hub the CA file of its server, or have the server send its intermediate certificates.")
        }
        C::Expired => expired("The server's certificate has expired.".into()),
        C::ExpiredContext { time: now, not_after } => expired(format!(
            "The server's certificate expired on {}; this machine's clock says {}.",
            clock(*not_after),
            clock(*now)
        )),
        C::NotValidYet => not_yet("The server's certificate is not valid yet.".into()),
        C::NotValidYetContext { time: now, not_before } => not_yet(format!(
            "The server's certificate is valid from {}; this machine's clock says {}.",
            clock(*not_before),
            clock(*now)
        )),
        C::NotValidForName => name_mismatch("The server's certificate is for another host name.".into()),
        C::NotValidForNameContext { expected, presented } => name_mismatch(wrong_name(&expected.to_str(), presented)),
        C::Revoked => Error::new(Code::TlsFailed, "The server's certificate was revoked by its CA.")
            .hint("The server needs a new certificate."),
        C::BadSignature => {
            Error::new(Code::TlsUnknownCa, "The server's certificate was not signed by the CA it names.")
                .hint("A CA with the same name but another key may be in use: get the CA file again.")
        }
        C::InvalidPurpose | C::InvalidPurposeContext { .. } => {
            Error::new(Code::TlsFailed, "The server's certificate may not be used by a server.")
                .hint("Its extended key usage must allow server authentication.")
        }
        C::BadEncoding => Error::new(Code::TlsFailed, "The server's certificate is damaged.")
            .hint("The server needs a new certificate."),
        C::UnsupportedSignatureAlgorithmContext { .. } | C::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            Error::new(Code::TlsFailed, "The server's certificate is signed with an algorithm that is no longer safe.")
                .hint("The server needs a certificate with SHA-256 and RSA of 2048 bits or more, or ECDSA.")
        }
        C::ApplicationVerificationFailure => {
            Error::new(Code::TlsNotPinned, "The server shows another certificate than the one that is pinned.").hint(
                "If the server got a new one, compare its fingerprint and pin that. Else somebody may sit in between.",
            )
        }
        C::Other(other) => library_reason(other),
        _ => Error::new(Code::TlsFailed, "The server's certificate was refused."),
    }
}

/// Reasons of the certificate library for which rustls has no variant.
fn library_reason(other: &rustls::OtherError) -> Error {
    use webpki::Error as W;
    match other.0.downcast_ref::<W>() {
        Some(W::CaUsedAsEndEntity) => Error::new(Code::TlsFailed, "The server shows a CA certificate as its own.")
            .hint("Let the CA sign a certificate for the server, with CA:FALSE and the host name in it."),
        Some(W::UnsupportedCertVersion) => {
            Error::new(Code::TlsFailed, "The server's certificate has the old X.509 version 1.")
                .hint("Make it again with extensions, at least a subject alternative name.")
        }
        _ => Error::new(Code::TlsFailed, "The server's certificate was refused."),
    }
}

fn refused_by_peer(alert: AlertDescription) -> Error {
    use AlertDescription as A;
    let refused = |message: &str| Error::new(Code::TlsRefusedByPeer, message);
    match alert {
        A::CertificateRequired | A::NoCertificate => {
            Error::new(Code::TlsClientCertificateRequired, "The server wants a client certificate.")
                .hint("Give the device a certificate, or use a port that takes tokens or passwords.")
        }
        // TLS 1.2 servers that miss a client certificate say no more than this.
        A::HandshakeFailure => refused("The server refused the TLS handshake.")
            .hint("It may want a client certificate, or share no cipher with this program."),
        A::BadCertificate | A::UnsupportedCertificate | A::CertificateUnknown | A::UnknownCA => {
            refused("The server refused the client certificate.")
                .hint("Check that the server trusts the CA that signed it, and that the chain up to that CA is sent.")
        }
        A::CertificateExpired => refused("The server says that the client certificate has expired.")
            .hint("Give the device a new certificate, or compare the clocks of server and certificate."),
        A::CertificateRevoked => refused("The server says that the client certificate was revoked.")
            .hint("Give the device a new certificate."),
        A::AccessDenied => refused("The server denied access during the TLS handshake."),
        A::ProtocolVersion | A::InsufficientSecurity => {
            refused("The server offers no TLS version or cipher that is still safe.")
                .hint("The server must offer TLS 1.2 or 1.3 with forward secrecy.")
        }
        A::UnrecognisedName => refused("The server does not serve this host name.").hint("Check the hub's host name."),
        A::NoApplicationProtocol => refused("The server expects another protocol on this port.")
            .hint("Check the port; 443 often needs MQTT announced by ALPN."),
        A::InternalError => refused("The server failed during the TLS handshake.").retryable(),
        _ => refused("The server broke off the TLS handshake."),
    }
}

fn expired(message: String) -> Error {
    Error::new(Code::TlsExpired, message)
        .hint("The server needs a new certificate. If it does not, set this machine's clock.")
}

fn not_yet(message: String) -> Error {
    Error::new(Code::TlsNotYetValid, message).hint("Check the clocks of this machine and of the server.")
}

fn name_mismatch(message: String) -> Error {
    Error::new(Code::TlsNameMismatch, message)
        .hint("Use a host name that the certificate is for, or a new certificate.")
}

fn wrong_name(expected: &str, presented: &[String]) -> String {
    /// More names than this do not help a reader.
    const SHOWN: usize = 8;
    let names: Vec<_> = presented.iter().take(SHOWN).map(|name| plain_name(name)).collect();
    match presented.len() {
        0 => {
            format!("The server's certificate names no host (a common name does not count), so not {expected} either.")
        }
        n if n > SHOWN => format!(
            "The server's certificate is not for {expected}, but for {} and {} more.",
            names.join(", "),
            n - SHOWN
        ),
        _ => format!("The server's certificate is not for {expected}, but for {}.", names.join(", ")),
    }
}

/// The library writes names as `DnsName("x")` or `IpAddress(1.2.3.4)`; readers want `x`.
fn plain_name(name: &str) -> &str {
    name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).map_or(name, |inner| inner.trim_matches('"'))
}

/// A time as RFC 3339 in UTC.
fn clock(time: UnixTime) -> String {
    let seconds = time.as_secs();
    i64::try_from(seconds)
        .ok()
        .and_then(|s| jiff::Timestamp::from_second(s).ok())
        .map_or_else(|| format!("{seconds} s after 1970"), |t| t.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls_pki_types::ServerName;
    use std::time::Duration;

    fn at(seconds: u64) -> UnixTime {
        UnixTime::since_unix_epoch(Duration::from_secs(seconds))
    }

    fn explained(reason: CertificateError) -> Error {
        explain(&rustls::Error::InvalidCertificate(reason))
    }

    #[test]
    fn plain_and_context_variants_have_the_same_code() {
        let expected = ServerName::try_from("hub.example").unwrap();
        let pairs = [
            (
                CertificateError::Expired,
                CertificateError::ExpiredContext { time: at(2_000_000_000), not_after: at(1_000_000_000) },
                Code::TlsExpired,
            ),
            (
                CertificateError::NotValidYet,
                CertificateError::NotValidYetContext { time: at(1_000_000_000), not_before: at(2_000_000_000) },
                Code::TlsNotYetValid,
            ),
            (
                CertificateError::NotValidForName,
                CertificateError::NotValidForNameContext { expected, presented: vec!["DnsName(\"a\")".into()] },
                Code::TlsNameMismatch,
            ),
        ];
        for (plain, context, code) in pairs {
            assert_eq!((explained(plain).code, explained(context).code), (code, code));
        }
    }

    #[test]
    fn both_clocks_are_shown_even_when_one_is_absurd() {
        let error = explained(CertificateError::ExpiredContext { time: at(u64::MAX), not_after: at(1_000_000_000) });
        assert!(error.message.contains("2001-09-09T01:46:40Z"), "{}", error.message);
        assert!(error.message.contains("18446744073709551615 s after 1970"), "{}", error.message);
    }

    #[test]
    fn many_names_are_counted_not_listed() {
        let presented = (0..20).map(|n| format!("DnsName(\"h{n}\")")).collect::<Vec<_>>();
        assert_eq!(
            wrong_name("x", &presented),
            "The server's certificate is not for x, but for h0, h1, h2, h3, h4, h5, h6, h7 and 12 more."
        );
        assert_eq!(plain_name("something else"), "something else");
    }

    #[test]
    fn alerts_tell_a_missing_client_certificate_from_a_refused_one() {
        let code = |alert| explain(&rustls::Error::AlertReceived(alert)).code;
        assert_eq!(code(AlertDescription::CertificateRequired), Code::TlsClientCertificateRequired);
        for alert in [AlertDescription::UnknownCA, AlertDescription::HandshakeFailure, AlertDescription::Unknown(200)] {
            assert_eq!(code(alert), Code::TlsRefusedByPeer);
        }
    }

    #[test]
    fn every_failure_keeps_the_evidence() {
        let error = rustls::Error::General("evidence".into());
        assert_eq!(explain(&error).code, Code::TlsFailed);
        assert!(explain(&error).detail.unwrap().contains("evidence"));
    }
}
