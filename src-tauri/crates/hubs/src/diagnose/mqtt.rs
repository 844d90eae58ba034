//! Steps 7 to 10: CONNECT, subscribe, publish, echo, on a session like any other.

use super::connection::Handshake;
use super::outcome::Outcome;
use super::topics::Publication;
use super::{Steps, Subject, answers, causes, client_certificate, once, service, slowest_answer};
use crate::kaa::topic::masked;
use crate::line::{Line, Told, Trouble};
use crate::{clock, explain_refusal};
use hubscope_model::{Code, DiagnoseStep as Step, Error, PacketKind, PacketReason, StepEvidence, text};
use hubscope_mqtt::{Publish, Transport};
use hubscope_pki::recorded_handshake;
use std::time::{Duration, Instant};

pub(super) async fn walk(subject: &Subject, steps: &mut Steps<'_>) {
    steps.begin();
    let line = Line::dial(once(subject), subject.limits.answer);
    let online = line.online(subject.limits.connect.max(slowest_answer(subject))).await;
    let micros = steps.micros();
    let code = line.told(connack);
    let evidence = |session_present| StepEvidence::Connack {
        version: subject.options.version,
        code: code.clone(),
        session_present,
    };
    match online {
        Ok(present) => {
            let outcome = Outcome::ok(micros, text!("accepted")).seen(evidence(Some(present)));
            steps.put(Step::Connect, outcome);
            talk(subject, steps, &line).await;
        }
        Err(trouble) => {
            let (step, outcome) = not_let_in(subject, trouble, micros).await;
            let outcome = if step == Step::Connect { outcome.seen(evidence(None)) } else { outcome };
            steps.put(step, outcome);
        }
    }
    line.close().await;
}

fn connack(told: &Told) -> Option<PacketReason> {
    match told {
        Told::Packet(packet) if packet.kind == PacketKind::Connack => packet.reason.clone(),
        _ => None,
    }
}

/// Why there was no CONNACK that accepts, and which step that is.
async fn not_let_in(subject: &Subject, trouble: Trouble, micros: u64) -> (Step, Outcome) {
    let Trouble::Failed(error) = trouble else {
        let looked = look_at_port(subject, micros).await;
        return looked.unwrap_or_else(|| (Step::Connect, Outcome::failed(micros, answers::no_connack())));
    };
    let detail = error.detail.as_ref().map(|detail| detail.to_string());
    match error.code {
        Code::TlsClientCertificateRequired | Code::TlsRefusedByPeer => {
            return (Step::ClientCertificate, client_certificate::refused_late(subject, &error, micros));
        }
        Code::PortWantsTls | Code::ProtocolError | Code::ClosedBeforeAnswer | Code::ConnectionTimeout => {
            if let Some((step, outcome)) = look_at_port(subject, micros).await {
                return (step, outcome.said(detail));
            }
        }
        Code::HostNotFound | Code::ConnectionRefused | Code::NetworkUnreachable => {
            let finding = answers::of_system(&error);
            return (Step::OpenPort, Outcome::failed(micros, finding).said(detail));
        }
        _ => {}
    }
    let error = explain_refusal(&subject.hub, &subject.device, error);
    let finding = match clock_skew(subject, &error).await {
        Some(skewed) => answers::clock_skew(&skewed),
        None => answers::connect(&error, subject.options.version),
    };
    (Step::Connect, Outcome::failed(micros, finding).said(detail))
}

/// What answers on a port that did not answer a plain CONNECT: it is greeted in TLS, and its first bytes tell.
async fn look_at_port(subject: &Subject, micros: u64) -> Option<(Step, Outcome)> {
    if subject.options.tls.is_some() || !matches!(subject.options.transport, Transport::Tcp) {
        return None;
    }
    let (config, record) = recorded_handshake(&subject.trust).ok()?;
    let looked =
        tokio::time::timeout(subject.limits.listen, Handshake::shake(&subject.options, subject.limits, config))
            .await
            .ok()?;
    let port = subject.options.port;
    let service = service::recognise(&looked.first);
    let answer = service::shown(&looked.first);
    if service == service::Service::Tls || record.shown().is_some() {
        return Some((Step::TlsHandshake, Outcome::failed(micros, causes::wants_tls(port))));
    }
    let finding = causes::other_service(service, port)?;
    Some((Step::Connect, Outcome::failed(micros, finding).said(answer)))
}

/// A refused token may only seem old: compares the clocks where the hub has an HTTPS side.
async fn clock_skew(subject: &Subject, error: &Error) -> Option<Error> {
    let is_refusal = matches!(error.code, Code::NotAuthorised | Code::BadUserNameOrPassword);
    if !is_refusal || subject.options.token.is_none() {
        return None;
    }
    let (host, port) = (&subject.options.host, subject.limits.web_port);
    let asked = clock::skew(host, port, &subject.trust, subject.options.proxy.as_ref());
    let skew = tokio::time::timeout(subject.limits.answer, asked).await.ok()?.ok()?;
    clock::explains_refusal(skew)
}

/// On a session that is up.
async fn talk(subject: &Subject, steps: &mut Steps<'_>, line: &Line) {
    let topics = &subject.topics;
    steps.begin();
    let granted = line.subscribe(&topics.filter, 1).await;
    let micros = steps.micros();
    let evidence = |granted| StepEvidence::Subscription { filter: masked(&topics.filter).into_owned(), granted };
    let goes_on = match granted {
        Ok(qos) => {
            let outcome = Outcome::ok(micros, text!("granted with QoS {qos}", qos));
            steps.put(Step::Subscribe, outcome.seen(evidence(Some(qos))))
        }
        Err(trouble) => {
            let outcome = failed(subject, trouble, answers::Asked::Subscribe, micros).await;
            steps.put(Step::Subscribe, outcome.seen(evidence(None)))
        }
    };
    if !goes_on {
        return;
    }
    match &topics.publish {
        Some(publication) => send(subject, steps, line, publication).await,
        None => {
            let words = || text!("a message would change the device at the hub");
            steps.put(Step::Publish, Outcome::not_needed(words()));
            steps.put(Step::Echo, Outcome::not_needed(words()));
        }
    }
    if topics.is_own {
        // A kept session must not keep it; the end of a clean one takes it away anyway.
        let _left = line.unsubscribe(&topics.filter).await;
    }
}

async fn send(subject: &Subject, steps: &mut Steps<'_>, line: &Line, publication: &Publication) {
    steps.begin();
    let sent = Instant::now();
    let qos = line.terms().maximum_qos.min(1);
    let message = Publish {
        topic: publication.topic.clone(),
        payload: publication.payload.into(),
        qos,
        retain: false,
        ..Publish::default()
    };
    let published = line.publish(message).await;
    let micros = steps.micros();
    let shown = masked(&publication.topic).into_owned();
    let bytes = u32::try_from(publication.payload.len()).unwrap_or(u32::MAX);
    let evidence = StepEvidence::Publication { topic: shown, qos, bytes };
    let outcome = match published {
        Ok(()) if qos == 0 => Outcome::ok(micros, text!("sent")),
        Ok(()) => Outcome::ok(micros, text!("sent and acknowledged")),
        Err(trouble) => failed(subject, trouble, answers::Asked::Publish, micros).await,
    };
    if steps.put(Step::Publish, outcome.seen(evidence)) {
        echo(subject, steps, line, publication, sent).await;
    }
}

async fn echo(subject: &Subject, steps: &mut Steps<'_>, line: &Line, publication: &Publication, sent: Instant) {
    let expected = publication.echo.as_ref();
    let topic = expected.unwrap_or(&publication.topic);
    let evidence = StepEvidence::Echo { topic: masked(topic).into_owned(), echoes: expected.is_some() };
    let outcome = match expected {
        None => Outcome::ok(micros(sent.elapsed()), text!("acknowledged; this hub sends nothing back")),
        Some(echo) => match line.either(echo, publication.refusal.as_deref()).await {
            Ok(message) if message.topic.as_str() == echo => Outcome::ok(micros(sent.elapsed()), text!("came back")),
            Ok(message) => {
                let said = String::from_utf8_lossy(&message.payload).chars().take(200).collect::<String>();
                Outcome::failed(micros(sent.elapsed()), answers::publish_refused(text!("{said}", said = &said)))
                    .said([said])
            }
            Err(trouble) => failed(subject, trouble, answers::Asked::Echo, micros(sent.elapsed())).await,
        },
    };
    steps.put(Step::Echo, outcome.seen(evidence));
}

async fn failed(subject: &Subject, trouble: Trouble, asked: answers::Asked, micros: u64) -> Outcome {
    let said = match &trouble {
        Trouble::Failed(error) => error.detail.as_ref().map(|detail| detail.to_string()),
        _ => None,
    };
    let is_lost = matches!(&trouble, Trouble::Unconfirmed)
        || matches!(&trouble, Trouble::Failed(error) if error.code == Code::ConnectionLost);
    let finding =
        if is_lost && is_taken_over(subject).await { answers::taken_over() } else { answers::answer(trouble, asked) };
    Outcome::failed(micros, finding).said(said)
}

/// Whether a session that asks for nothing is ended, too: MQTT 3.1.1 has no other sign of a client with the same id.
async fn is_taken_over(subject: &Subject) -> bool {
    let line = Line::dial(once(subject), subject.limits.answer);
    let is_up = line.online(subject.limits.connect).await.is_ok();
    let ended = if is_up { line.end(subject.limits.listen).await } else { None };
    line.close().await;
    ended.is_some_and(|error| matches!(error.code, Code::ConnectionLost | Code::SessionTakenOver))
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
