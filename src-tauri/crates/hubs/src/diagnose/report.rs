//! A report as text, to be copied or printed: no secrets, and of topics only their first level.

use hubscope_model::{
    DiagnoseReport, DiagnoseStep as Step, ServerCertificate, StepEvidence as Seen, StepReport, StepState, TrustMode,
};
use std::fmt::Write as _;

/// Characters of a step's name.
const WIDTH: usize = 26;

/// A line for each step, with what was seen below it.
pub fn as_text(report: &DiagnoseReport) -> String {
    let mut text = format!("Diagnose {}\n\n", report.endpoint);
    for (place, step) in report.steps.iter().enumerate() {
        let StepReport { state, micros, summary, .. } = step;
        let time = micros.map(|micros| format!(" ({:.1} ms)", micros as f64 / 1000.0)).unwrap_or_default();
        let words = match state {
            StepState::NotReached => String::new(),
            _ => format!(": {summary}{time}"),
        };
        let (name, state) = (name_of(step.step), word_of(*state));
        // Writing to a string cannot fail.
        let _infallible = writeln!(text, "{:>2}  {name:<WIDTH$}{state}{words}", place + 1);
        for line in step.evidence.iter().flat_map(seen) {
            let _infallible = writeln!(text, "      {line}");
        }
        if let Some(explanation) = &step.explanation {
            let _infallible = writeln!(text, "      {explanation}");
        }
        for words in &step.said {
            let _infallible = writeln!(text, "      said: {words}");
        }
    }
    if report.cancelled {
        text += "\nStopped before the end.\n";
    }
    text
}

/// As the page heads it.
pub fn name_of(step: Step) -> &'static str {
    match step {
        Step::ResolveName => "resolve name",
        Step::OpenPort => "open TCP port",
        Step::TlsHandshake => "TLS handshake",
        Step::ServerChain => "server certificate chain",
        Step::HostName => "host name",
        Step::ClientCertificate => "client certificate",
        Step::Connect => "MQTT CONNECT",
        Step::Subscribe => "subscribe",
        Step::Publish => "publish",
        Step::Echo => "echo",
    }
}

fn word_of(state: StepState) -> &'static str {
    match state {
        StepState::Ok => "ok",
        StepState::Failed => "FAILED",
        StepState::NotReached => "not reached",
        StepState::NotNeeded => "not needed",
    }
}

fn seen(evidence: &Seen) -> Vec<String> {
    match evidence {
        Seen::Addresses { host, addresses, proxy } => {
            let whose = if *proxy { "proxy " } else { "" };
            vec![format!("{whose}{host}: {}", or_none(addresses))]
        }
        Seen::Attempts { attempts, proxy, other_port } => {
            let mut lines: Vec<_> = attempts
                .iter()
                .map(|attempt| format!("{}: {}", attempt.address, attempt.error.as_deref().unwrap_or("open")))
                .collect();
            lines.extend(proxy.iter().map(|proxy| format!("by the proxy {proxy}")));
            lines.extend(
                other_port.map(|(port, open)| format!("port {port}: {}", if open { "opens" } else { "silent" })),
            );
            lines
        }
        Seen::Tls { version, cipher, alpn, server_name, answer } => {
            let or = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".into());
            let mut lines =
                vec![format!("name {server_name}, {}, cipher {}, ALPN {}", or(version), or(cipher), or(alpn))];
            lines.extend(answer.iter().map(|answer| format!("answer: {answer}")));
            lines
        }
        Seen::Chain { certificates, trust, root, .. } => {
            let chain = certificates.iter().flat_map(certificate);
            let root = root.iter().map(|root| format!("ends in {}: {}", root.name, root.words));
            chain.chain(root).chain([format!("judged by {}", trust_in_words(*trust))]).collect()
        }
        Seen::Names { expected, names } => {
            vec![format!("asked for {expected}; the certificate is for {}", or_none(names))]
        }
        Seen::ClientCertificate { asked, sent, accepted, certificate, cas } => {
            let word = |is: bool| if is { "yes" } else { "no" };
            let accepted = accepted.map_or("not known", word);
            let mut lines = vec![format!("asked for: {}, sent: {}, accepted: {accepted}", word(*asked), word(*sent))];
            lines.extend(
                certificate.iter().map(|one| format!("from {}, {}, SHA-256 {}", one.issuer, dates(one), one.sha256)),
            );
            lines.extend((!cas.is_empty()).then(|| format!("the server takes: {}", cas.join("; "))));
            lines
        }
        Seen::Connack { code, session_present, .. } => {
            let kept = session_present.map(|is| format!("session present: {}", if is { "yes" } else { "no" }));
            let code = code.as_ref().map(|code| format!("CONNACK {}, {}", code.code, code.name));
            code.into_iter().chain(kept).collect()
        }
        Seen::Subscription { filter, .. } => vec![redacted(filter)],
        Seen::Publication { topic, qos, bytes } => vec![format!("{}, QoS {qos}, {bytes} B", redacted(topic))],
        Seen::Echo { .. } => Vec::new(),
    }
}

fn trust_in_words(mode: TrustMode) -> &'static str {
    match mode {
        TrustMode::System => "the system's roots",
        TrustMode::SystemAndCa => "the system's roots and the hub's own CA",
        TrustMode::CaOnly => "the hub's own CA alone",
        TrustMode::PinnedLeaf => "the pinned certificate",
        TrustMode::PinnedChain => "the pinned chain",
    }
}

fn certificate(shown: &ServerCertificate) -> Vec<String> {
    let one = &shown.certificate;
    vec![
        format!("{} signed by {}", one.subject, one.issuer),
        format!("  {}, {}, SHA-256 {}", one.key, dates(one), one.sha256),
    ]
}

fn dates(certificate: &hubscope_model::Certificate) -> String {
    let date = |seconds| jiff::Timestamp::from_second(seconds).map(|time| time.to_string()).unwrap_or_default();
    format!("{} to {}", date(certificate.not_before), date(certificate.not_after))
}

/// The first level of a topic: the others may name devices and places.
fn redacted(topic: &str) -> String {
    match topic.split_once('/') {
        Some((first, _)) => format!("{first}/…"),
        None => "…".into(),
    }
}

fn or_none(list: &[String]) -> String {
    if list.is_empty() { "none".into() } else { list.join(", ") }
}
