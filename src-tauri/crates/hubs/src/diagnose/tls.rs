//! Steps 3 to 5: the handshake, the server's chain and its name, on a connection that sends nothing.

use super::connection::{Agreed, End, Handshake};
use super::outcome::{Finding, Outcome};
use super::service::{self, Service};
use super::{Steps, Subject, causes, chain, client_certificate, network};
use hubscope_model::{DiagnoseStep, StepEvidence, StepState, text};
use hubscope_pki::{HandshakeRecord, Shown, known_root, recorded_handshake};
use rustls::{AlertDescription as Alert, Error as Tls, InvalidMessage};

pub(super) async fn walk(subject: &Subject, steps: &mut Steps<'_>) -> bool {
    steps.begin();
    let (config, record) = match recorded_handshake(&subject.trust) {
        Ok(made) => made,
        Err(error) => {
            let said = error.detail.as_ref().map(|detail| detail.to_string());
            let outcome = Outcome::failed(0, causes::trust_unusable(text!("{error}", error = &error))).said(said);
            return steps.put(DiagnoseStep::TlsHandshake, outcome);
        }
    };
    let handshake = Handshake::shake(&subject.options, subject.limits, config).await;
    let shown = record.shown();
    let goes_on = steps.put(DiagnoseStep::TlsHandshake, judge(subject, steps, &handshake, shown.is_some(), &record));
    let Some(shown) = shown else { return false };
    // Both are judged whatever became of the handshake: the certificate was seen.
    let is_trusted = judge_chain(subject, steps, &shown);
    let is_named = judge_name(subject, steps, &shown);
    goes_on && is_trusted && is_named && client_certificate::walk(subject, steps, record.asked()).await
}

fn judge(
    subject: &Subject,
    steps: &Steps<'_>,
    handshake: &Handshake,
    is_shown: bool,
    record: &HandshakeRecord,
) -> Outcome {
    let micros = steps.micros();
    let mut agreed = handshake.agreed();
    let (finding, said) = match &handshake.end {
        End::Done(_) => (None, None),
        // TLS 1.2 servers end the handshake when the certificate that they want is not shown; a later step is for that.
        End::Tls(Tls::AlertReceived(_)) | End::Closed(_) if is_shown && record.asked().is_some() => {
            agreed = Agreed { version: Some("TLS 1.2".to_owned()), ..agreed };
            (None, None)
        }
        End::Tls(error) => (Some(failed(error, &handshake.first, subject.options.port)), Some(error.to_string())),
        End::Closed(words) => (Some(ended(&handshake.first, subject.options.port, true)), Some(words.clone())),
        End::NotOpened(error) => (Some(ended(&handshake.first, subject.options.port, true)), Some(error.to_string())),
        End::Silent => (Some(ended(&handshake.first, subject.options.port, false)), None),
        End::NoName => (Some(causes::tls_refused()), None),
    };
    let evidence = StepEvidence::Tls {
        version: agreed.version.clone(),
        cipher: agreed.cipher,
        alpn: agreed.alpn,
        server_name: network::bare(&subject.options.host).to_owned(),
        answer: service::shown(&handshake.first).filter(|_| service::recognise(&handshake.first) != Service::Tls),
    };
    let outcome = match finding {
        Some(finding) => Outcome::failed(micros, finding),
        None => {
            Outcome::ok(micros, text!("{version}, the server answered", version = agreed.version.unwrap_or_default()))
        }
    };
    outcome.seen(evidence).said(said)
}

/// The connection ended, or nothing came, before a certificate.
fn ended(first: &[u8], port: u16, closed: bool) -> Finding {
    causes::other_service(service::recognise(first), port).unwrap_or_else(|| causes::not_tls(closed, port))
}

fn failed(error: &Tls, first: &[u8], port: u16) -> Finding {
    match error {
        Tls::InvalidMessage(InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion)
            if service::recognise(first) != Service::Tls =>
        {
            ended(first, port, false)
        }
        Tls::AlertReceived(Alert::ProtocolVersion | Alert::InsufficientSecurity | Alert::HandshakeFailure)
        | Tls::PeerIncompatible(_) => causes::no_tls_version(),
        Tls::AlertReceived(_) => causes::tls_refused(),
        _ if service::recognise(first) != Service::Tls => ended(first, port, false),
        _ => causes::tls_broken(),
    }
}

fn judge_chain(subject: &Subject, steps: &mut Steps<'_>, shown: &Shown) -> bool {
    let now = jiff::Timestamp::now().as_second();
    let evidence = StepEvidence::Chain {
        certificates: shown.chain.clone(),
        trust: subject.trust.mode(),
        root: known_root(&shown.chain),
        now,
    };
    let host = network::bare(&subject.options.host);
    let outcome = match shown.problem {
        Some(problem) => Outcome::failed(0, chain::problem(problem, shown, host, now)),
        None => {
            let outcome = Outcome::ok(0, text!("trusted, a chain of {count}", count = shown.chain.len()));
            match chain::remark(shown, host) {
                Some(remark) => outcome.but(remark),
                None => outcome,
            }
        }
    };
    let said = shown.said.clone().filter(|_| shown.problem.is_some());
    steps.put(DiagnoseStep::ServerChain, outcome.seen(evidence).said(said))
}

fn judge_name(subject: &Subject, steps: &mut Steps<'_>, shown: &Shown) -> bool {
    let expected = network::bare(&subject.options.host).to_owned();
    let names = shown.chain.first().map(|leaf| leaf.names.clone()).unwrap_or_default();
    let outcome = if shown.name_matches {
        Outcome::ok(0, text!("matches {expected}", expected = &expected))
    } else if !subject.trust.checks_name() {
        Outcome::not_needed(text!("the certificate is pinned, whatever its name"))
    } else {
        Outcome::failed(0, chain::name_mismatch(&expected, &names, &shown.chain))
    };
    let said = shown.said.clone().filter(|_| outcome.state == StepState::Failed && shown.problem.is_none());
    steps.put(DiagnoseStep::HostName, outcome.seen(StepEvidence::Names { expected, names }).said(said))
}
