//! `cert inspect`: what certificates say, and what should be said about them.

use super::{files, read_passphrase};
use crate::args::CertInspectArgs;
use crate::failure::Failure;
use crate::output;
use hubscope_model::CertificateFacts;
use hubscope_pki::{inspect, remarks};
use jiff::Timestamp;
use serde::Serialize;

/// What is printed.
#[derive(Serialize)]
struct Answer {
    certificates: Vec<Inspected>,
}

#[derive(Serialize)]
struct Inspected {
    #[serde(flatten)]
    facts: CertificateFacts,
    /// RFC 3339 in UTC; none beyond the calendar.
    begins: Option<String>,
    ends: Option<String>,
    remarks: Vec<String>,
}

pub fn run(args: CertInspectArgs) -> Result<(), Failure> {
    let passphrase = read_passphrase(&args.passphrase)?;
    let found = inspect(&files::read(&args.file)?, passphrase.as_ref()).map_err(Failure::usage)?;
    let answer = Answer { certificates: found.into_iter().map(inspected).collect() };
    let several = answer.certificates.len() > 1;
    let lines = answer.certificates.iter().enumerate().flat_map(|(at, one)| {
        let number = several.then(|| ("certificate", format!("{} of {}", at + 1, answer.certificates.len())));
        number.into_iter().chain(lines(one))
    });
    output::answer(args.json, &answer, &lines.collect::<Vec<_>>())
}

/// Says about an imported certificate what should be said.
pub fn remark(pem: &str) -> Result<(), Failure> {
    let found = inspect(pem.as_bytes(), None).map_err(Failure::usage)?;
    let said = found.first().map(remarks).unwrap_or_default();
    said.iter().try_for_each(|remark| output::line(&format!("note: {remark}")))
}

fn inspected(facts: CertificateFacts) -> Inspected {
    // A CA is no device: what is said about devices does not hold for it.
    let said = if facts.is_ca { Vec::new() } else { remarks(&facts) };
    Inspected {
        begins: day(facts.summary.not_before),
        ends: day(facts.summary.not_after),
        remarks: said.iter().map(ToString::to_string).collect(),
        facts,
    }
}

fn day(unix: i64) -> Option<String> {
    Timestamp::from_second(unix).ok().map(|time| time.to_string())
}

fn lines(one: &Inspected) -> Vec<(&'static str, String)> {
    let Inspected { facts, begins, ends, remarks } = one;
    let summary = &facts.summary;
    let when = |time: &Option<String>, unix: i64| time.clone().unwrap_or_else(|| unix.to_string());
    let optional = |name, value: &Option<String>| value.clone().map(|value| (name, value));
    let list = |name, values: &[String]| (!values.is_empty()).then(|| (name, values.join(", ")));
    let facts = [
        Some(("subject", summary.subject.clone())),
        Some(("issuer", if summary.self_signed { "itself".to_owned() } else { summary.issuer.clone() })),
        Some(("serial", format!("{} (hex {})", summary.serial, facts.serial_hex))),
        Some(("valid from", when(begins, summary.not_before))),
        Some(("valid until", when(ends, summary.not_after))),
        Some(("key", summary.key.clone())),
        Some(("signature", facts.signature.clone())),
        list("alternative names", &facts.alternative_names),
        Some(("kind", if facts.is_ca { "CA" } else { "no CA" }.to_owned())),
        list("key usage", &facts.key_usages),
        list("extended key usage", &facts.extended_key_usages),
        optional("subject key id", &facts.subject_key_id),
        optional("authority key id", &facts.authority_key_id),
        Some(("SHA-1 thumbprint", summary.sha1.clone())),
        Some(("SHA-256 thumbprint", summary.sha256.clone())),
        Some(("ThingsBoard credentials id", summary.thingsboard_id.clone())),
        Some(("Kaa issuer and serial", format!("{} {}", summary.issuer, summary.serial))),
    ];
    facts.into_iter().flatten().chain(remarks.iter().map(|remark| ("note", remark.clone()))).collect()
}
