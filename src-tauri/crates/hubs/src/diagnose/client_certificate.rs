//! Step 6: whether the server asks for a client certificate, and what it makes of ours.

use super::causes::finding;
use super::connection::{End, Handshake, tls_error};
use super::outcome::{Finding, Outcome};
use super::{ClientCertificate, Steps, Subject};
use hubscope_model::{
    Certificate, Code, DiagnoseCause as C, DiagnoseFix as Fix, DiagnoseStep, Error, StepEvidence, text,
};
use rustls::AlertDescription as Alert;
use std::time::{Duration, Instant};
use tokio::io::AsyncReadExt;

/// With TLS 1.3 a refusal comes a round trip after the handshake; so many times its duration are waited for it.
const ROUND_TRIPS: u32 = 4;
const SHORTEST_WAIT: Duration = Duration::from_millis(300);

/// What the server said to our answer.
enum Verdict {
    /// Nothing against it.
    Taken,
    Refused(Option<Alert>, String),
}

/// `asked`: the CAs that the server takes, if it asks for a certificate.
pub(super) async fn walk(subject: &Subject, steps: &mut Steps<'_>, asked: Option<Vec<String>>) -> bool {
    steps.begin();
    if let ClientCertificate::Unusable(error) = &subject.certificate {
        let said = error.detail.as_ref().map(|detail| detail.to_string());
        let evidence = evidence(subject, asked.clone(), None);
        let outcome = Outcome::failed(0, unusable(error)).seen(evidence).said(said);
        return steps.put(DiagnoseStep::ClientCertificate, outcome);
    }
    if asked.is_none() {
        let outcome = Outcome::not_needed(text!("the server asks for none")).seen(evidence(subject, None, None));
        return steps.put(DiagnoseStep::ClientCertificate, outcome);
    }
    let verdict = show(subject).await;
    let micros = steps.micros();
    let sent = matches!(subject.certificate, ClientCertificate::Shown(_));
    let outcome = match verdict {
        Verdict::Taken if sent => {
            Outcome::ok(micros, text!("asked for, sent, accepted")).seen(evidence(subject, asked, Some(true)))
        }
        Verdict::Taken => Outcome::not_needed(text!("asked for, not required")).seen(evidence(subject, asked, None)),
        Verdict::Refused(alert, said) => {
            let accepted = sent.then_some(false);
            Outcome::failed(micros, refused(subject, alert)).seen(evidence(subject, asked, accepted)).said([said])
        }
    };
    steps.put(DiagnoseStep::ClientCertificate, outcome)
}

/// A refusal that came when MQTT had begun already.
pub(super) fn refused_late(subject: &Subject, error: &Error, micros: u64) -> Outcome {
    let sent = matches!(subject.certificate, ClientCertificate::Shown(_));
    let evidence = evidence(subject, Some(Vec::new()), sent.then_some(false));
    let said = error.detail.as_ref().map(|detail| detail.to_string());
    Outcome::failed(micros, refused(subject, None)).seen(evidence).said(said)
}

/// Shakes hands as a session does, and listens for a refusal.
async fn show(subject: &Subject) -> Verdict {
    let Some(config) = &subject.options.tls else { return Verdict::Taken };
    let since = Instant::now();
    let handshake = Handshake::shake(&subject.options, subject.limits, config.as_ref().clone()).await;
    let wait = (since.elapsed() * ROUND_TRIPS).max(SHORTEST_WAIT).min(subject.limits.listen);
    match handshake.end {
        End::Done(mut stream) => match tokio::time::timeout(wait, stream.read_u8()).await {
            Ok(Err(error)) => match tls_error(&error) {
                Some(rustls::Error::AlertReceived(alert)) => Verdict::Refused(Some(*alert), error.to_string()),
                _ => Verdict::Refused(None, error.to_string()),
            },
            // A broker says nothing before CONNECT; what comes now is judged when it has come.
            Ok(Ok(_)) | Err(_) => Verdict::Taken,
        },
        End::Tls(error) => match &error {
            rustls::Error::AlertReceived(alert) => Verdict::Refused(Some(*alert), error.to_string()),
            _ => Verdict::Refused(None, error.to_string()),
        },
        End::Closed(words) => Verdict::Refused(None, words),
        End::NotOpened(error) => Verdict::Refused(None, error.to_string()),
        End::Silent | End::NoName => Verdict::Taken,
    }
}

fn evidence(subject: &Subject, asked: Option<Vec<String>>, accepted: Option<bool>) -> StepEvidence {
    StepEvidence::ClientCertificate {
        asked: asked.is_some(),
        sent: asked.is_some() && matches!(subject.certificate, ClientCertificate::Shown(_)),
        accepted,
        certificate: certificate(subject),
        cas: asked.unwrap_or_default(),
    }
}

fn certificate(subject: &Subject) -> Option<Certificate> {
    match &subject.certificate {
        ClientCertificate::Shown(identity) => {
            hubscope_pki::read_chain(&identity.chain_pem).ok().map(|(certificate, _)| certificate)
        }
        ClientCertificate::None | ClientCertificate::Unusable(_) => None,
    }
}

fn unusable(error: &Error) -> Finding {
    let fixes = vec![Fix::ChooseClientCertificate];
    if error.code == Code::KeyDoesNotMatch {
        return finding(
            C::ClientKeyMismatch,
            text!("key and certificate do not match"),
            text!(
                "The private key does not belong to the client certificate, so nothing was sent. Choose the key that the certificate was requested with."
            ),
            fixes,
        );
    }
    let words = text!("The client certificate cannot be used, so nothing was sent: {error}", error);
    finding(C::ClientCertificateUnusable, text!("not usable"), words, fixes)
}

fn refused(subject: &Subject, alert: Option<Alert>) -> Finding {
    let fixes = vec![Fix::ChooseClientCertificate];
    let Some(certificate) = certificate(subject) else {
        return finding(
            C::ClientCertificateMissing,
            text!("the server wants one"),
            text!(
                "The server lets in only clients with a certificate, and this device has none. Choose its certificate and key; or use a port that takes passwords or tokens."
            ),
            vec![Fix::ChooseClientCertificate, Fix::ChangePort],
        );
    };
    let is_over = certificate.not_after < jiff::Timestamp::now().as_second();
    match alert {
        _ if is_over || alert == Some(Alert::CertificateExpired) => finding(
            C::ClientCertificateExpired,
            text!("yours has expired"),
            text!(
                "The server refuses the client certificate of {name} because its time is over. Give the device a new one.",
                name = shown(&certificate)
            ),
            fixes,
        ),
        Some(Alert::UnknownCA) => finding(
            C::ClientCertificateUnknownCa,
            text!("from a CA that the server does not know"),
            text!(
                "The server does not know {issuer}, the CA that signed the client certificate. Register that CA there, or choose a certificate from a CA that the server takes; send the intermediates, too.",
                issuer = &certificate.issuer
            ),
            fixes,
        ),
        Some(Alert::CertificateRevoked) => finding(
            C::ClientCertificateRefused,
            text!("yours was revoked"),
            text!(
                "The server says that the client certificate of {name} was revoked. Give the device a new one.",
                name = shown(&certificate)
            ),
            fixes,
        ),
        _ => finding(
            C::ClientCertificateRefused,
            text!("the server refuses yours"),
            text!(
                "The server ended the connection when it saw the client certificate of {name}. It may not trust its CA, miss an intermediate, or not know this certificate.",
                name = shown(&certificate)
            ),
            fixes,
        ),
    }
}

fn shown(certificate: &Certificate) -> &str {
    certificate.common_name.as_deref().unwrap_or(&certificate.subject)
}
