//! Steps 1 and 2: from a name to an open TCP connection, by the hub's route.

use super::outcome::Outcome;
use super::{Steps, Subject, causes};
use hubscope_model::{DiagnoseStep, OpenAttempt, StepEvidence, text};
use hubscope_mqtt::{Address, Transport, open_stream};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

/// Addresses of a name that are tried.
const MOST_ADDRESSES: usize = 8;
/// For another port than the hub's own.
const OTHER_PORT: Duration = Duration::from_secs(3);

/// Where TCP goes first: the proxy, the other address, or the hub itself.
struct FirstStop {
    address: Address,
    is_proxy: bool,
}

pub(super) async fn walk(subject: &Subject, steps: &mut Steps<'_>) -> bool {
    if !matches!(subject.options.transport, Transport::Tcp | Transport::WebSocket(_)) {
        let words = || text!("a socket of this machine has neither name nor port");
        steps.put(DiagnoseStep::ResolveName, Outcome::not_needed(words()));
        steps.put(DiagnoseStep::OpenPort, Outcome::not_needed(words()));
        return true;
    }
    let stop = first_stop(subject);
    match resolve(subject, &stop, steps).await {
        Some(addresses) => open(subject, &stop, &addresses, steps).await,
        None => false,
    }
}

fn first_stop(subject: &Subject) -> FirstStop {
    let options = &subject.options;
    match (&options.proxy, &options.address) {
        (Some(proxy), _) => FirstStop { address: proxy.address.clone(), is_proxy: true },
        (None, Some(address)) => FirstStop { address: address.clone(), is_proxy: false },
        (None, None) => FirstStop { address: Address::new(bare(&options.host), options.port), is_proxy: false },
    }
}

/// A host without the brackets of an IPv6 address.
pub(super) fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host)
}

async fn resolve(subject: &Subject, stop: &FirstStop, steps: &mut Steps<'_>) -> Option<Vec<SocketAddr>> {
    steps.begin();
    let Address { host, port } = &stop.address;
    let found = tokio::time::timeout(subject.limits.resolve, tokio::net::lookup_host((host.as_str(), *port))).await;
    let (addresses, said) = match found {
        Ok(Ok(addresses)) => (addresses.take(MOST_ADDRESSES).collect::<Vec<_>>(), None),
        Ok(Err(error)) => (Vec::new(), Some(error.to_string())),
        Err(_) => (Vec::new(), None),
    };
    let evidence = StepEvidence::Addresses {
        host: host.clone(),
        addresses: addresses.iter().map(|address| address.ip().to_string()).collect(),
        proxy: stop.is_proxy,
    };
    let micros = steps.micros();
    let outcome = match addresses.first() {
        Some(first) => Outcome::ok(micros, text!("{address}", address = first.ip().to_string())),
        None if stop.is_proxy => Outcome::failed(micros, causes::proxy(text!("its name is not known: {host}", host))),
        None => Outcome::failed(micros, causes::name_not_found(host)),
    };
    let goes_on = steps.put(DiagnoseStep::ResolveName, outcome.seen(evidence).said(said));
    goes_on.then_some(addresses)
}

async fn open(subject: &Subject, stop: &FirstStop, addresses: &[SocketAddr], steps: &mut Steps<'_>) -> bool {
    steps.begin();
    let (attempts, last) = try_all(addresses, subject.limits.open).await;
    let mut other_port = None;
    let micros = steps.micros();
    let port = stop.address.port;
    let outcome = match last {
        None if stop.is_proxy => through_proxy(subject, steps).await,
        None => Outcome::ok(micros, text!("{address}", address = first_open(&attempts))),
        Some(_) if stop.is_proxy => Outcome::failed(
            micros,
            causes::proxy(text!("nothing answers at {address}", address = &stop.address.to_string())),
        ),
        Some(kind) => {
            let is_silent = kind == Kind::Silent;
            if is_silent && port != subject.limits.web_port {
                let opens = opens(&stop.address.host, subject.limits.web_port).await;
                other_port = Some((subject.limits.web_port, opens));
            }
            Outcome::failed(micros, causes::not_open(kind, &stop.address, other_port))
        }
    };
    let said = attempts.iter().filter_map(|attempt| attempt.error.clone()).collect::<Vec<_>>();
    let proxy = subject.options.proxy.as_ref().map(|proxy| proxy.address.to_string());
    let evidence = StepEvidence::Attempts { attempts, proxy, other_port };
    steps.put(DiagnoseStep::OpenPort, outcome.seen(evidence).said(said))
}

/// The proxy answers; whether it opens the way to the broker.
async fn through_proxy(subject: &Subject, steps: &Steps<'_>) -> Outcome {
    match tokio::time::timeout(subject.limits.open, open_stream(&subject.options)).await {
        Ok(Ok(_)) => Outcome::ok(steps.micros(), text!("by the proxy")),
        Ok(Err(error)) => Outcome::failed(steps.micros(), causes::proxy(text!("{error}", error = &error)))
            .said(error.detail.map(|detail| detail.to_string())),
        Err(_) => Outcome::failed(steps.micros(), causes::proxy(text!("it does not answer"))),
    }
}

fn first_open(attempts: &[OpenAttempt]) -> String {
    attempts.iter().find(|attempt| attempt.error.is_none()).map(|open| open.address.clone()).unwrap_or_default()
}

/// Why an address does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Refused,
    Silent,
    NoWay,
}

/// One address after the other, as a connection would, with the time shared out; the last failure if none opened.
async fn try_all(addresses: &[SocketAddr], limit: Duration) -> (Vec<OpenAttempt>, Option<Kind>) {
    let each = limit / u32::try_from(addresses.len().max(1)).unwrap_or(1);
    let mut attempts = Vec::new();
    let mut last = Some(Kind::NoWay);
    for address in addresses {
        let since = Instant::now();
        let opened = tokio::time::timeout(each, TcpStream::connect(address)).await;
        let micros = u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX);
        let (kind, error) = match opened {
            Ok(Ok(_)) => (None, None),
            Ok(Err(error)) => (Some(kind_of(&error)), Some(error.to_string())),
            Err(_) => (Some(Kind::Silent), Some(format!("no answer within {} s", each.as_secs_f32()))),
        };
        attempts.push(OpenAttempt { address: address.to_string(), micros, error });
        last = kind;
        if last.is_none() {
            break;
        }
    }
    (attempts, last)
}

fn kind_of(error: &std::io::Error) -> Kind {
    match error.kind() {
        std::io::ErrorKind::ConnectionRefused => Kind::Refused,
        std::io::ErrorKind::TimedOut => Kind::Silent,
        _ => Kind::NoWay,
    }
}

async fn opens(host: &str, port: u16) -> bool {
    matches!(tokio::time::timeout(OTHER_PORT, TcpStream::connect((host, port))).await, Ok(Ok(_)))
}
