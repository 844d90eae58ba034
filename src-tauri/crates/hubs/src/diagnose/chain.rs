//! What is wrong with a server's chain or name, in words.

use super::causes::finding;
use super::inspection;
use super::outcome::Finding;
use hubscope_model::{ChainProblem, DiagnoseCause as C, DiagnoseFix as Fix, ServerCertificate, Text, text};
use hubscope_pki::{Shown, chain_end, known_root};

/// Names of a certificate that are told in a sentence.
const MOST_NAMES: usize = 8;

pub(super) fn problem(problem: ChainProblem, shown: &Shown, host: &str, now: i64) -> Finding {
    let end = chain_end(&shown.chain).or(shown.chain.first());
    let untrusted = matches!(problem, ChainProblem::UnknownCa | ChainProblem::IssuerMissing | ChainProblem::SelfSigned);
    if untrusted && let Some(finding) = inspected(shown, host, end) {
        return finding;
    }
    match problem {
        ChainProblem::UnknownCa => unknown_ca(end),
        ChainProblem::SelfSigned => self_signed(end),
        ChainProblem::IssuerMissing => issuer_missing(end),
        ChainProblem::OtherKey => finding(
            C::OtherCaKey,
            text!("signed by another key"),
            text!(
                "This hub trusts a CA of the right name, but another key signed the server's certificate. The CA was made anew, or somebody uses its name: get the CA file again, from a source that you trust."
            ),
            vec![Fix::ChooseCaFile],
        ),
        ChainProblem::Expired => expired(&shown.chain, now),
        ChainProblem::NotYetValid => not_yet_valid(&shown.chain, now),
        ChainProblem::NotPinned => not_pinned(shown.chain.first()),
        ChainProblem::Unusable => unusable(&shown.chain),
    }
}

/// A chain that is trusted, and yet not the hub's own, or of a root that nobody should use any more.
pub(super) fn remark(shown: &Shown, host: &str) -> Option<Finding> {
    let retired = known_root(&shown.chain).filter(|root| root.retired).map(|root| {
        let words = text!(
            "The chain ends in {root}, which is retired. {words} This endpoint was left behind: use the one that the vendor names today.",
            root = root.name,
            words = root.words
        );
        finding(C::RetiredRoot, text!("a retired root"), words, vec![Fix::EnterHost { host: None }])
    });
    let inspected = inspected(shown, host, chain_end(&shown.chain)).map(|found| Finding {
        fixes: Vec::new(),
        explanation: text!(
            "This machine trusts the chain, but it is not the hub's own: something between opens TLS and reads along. Client certificates do not get through such a proxy."
        ),
        ..found
    });
    inspected.or(retired)
}

fn inspected(shown: &Shown, host: &str, end: Option<&ServerCertificate>) -> Option<Finding> {
    let product = inspection::product(&shown.chain);
    if product.is_none() && !inspection::is_from_elsewhere(host, &shown.chain) {
        return None;
    }
    let issuer =
        product.map_or_else(|| end.map(|end| end.certificate.issuer.clone()).unwrap_or_default(), str::to_owned);
    let words = text!(
        "The certificate does not come from the hub but from {issuer}: a proxy of your company or a virus scanner opens TLS and reads along. Ask for an exception for this host, or trust its CA if that is the rule where you are.",
        issuer
    );
    let mut fixes = vec![Fix::ChangeProxy];
    fixes.extend(trust(end));
    Some(finding(C::TlsInspection, text!("a proxy opens TLS"), words, fixes))
}

/// The button that trusts a root which was sent.
fn trust(end: Option<&ServerCertificate>) -> Option<Fix> {
    let end = end.filter(|end| end.certificate.self_signed)?;
    Some(Fix::TrustCa { sha256: end.certificate.sha256.clone() })
}

fn unknown_ca(end: Option<&ServerCertificate>) -> Finding {
    let words = text!(
        "The chain is complete and ends in {root}, which neither this system nor this hub trusts. That is normal for a private CA. It is also what you would see if somebody sat in between, so compare the fingerprint with one you got another way.",
        root = subject(end)
    );
    let fixes = trust(end).into_iter().chain([Fix::ChooseCaFile]).collect();
    finding(C::UnknownCa, text!("unknown CA"), words, fixes)
}

/// The button that pins a server's certificate.
fn pin(leaf: Option<&ServerCertificate>) -> Option<Fix> {
    leaf.map(|leaf| Fix::PinLeaf { sha256: leaf.certificate.sha256.clone() })
}

fn not_pinned(leaf: Option<&ServerCertificate>) -> Finding {
    let words = text!(
        "This hub trusts only what is pinned for it, and the server shows another certificate, {leaf}. If the server got a new one, compare its fingerprint with one you got another way and pin it. Else somebody may sit in between.",
        leaf = subject(leaf)
    );
    finding(C::NotPinned, text!("not the pinned one"), words, pin(leaf).into_iter().collect())
}

fn self_signed(leaf: Option<&ServerCertificate>) -> Finding {
    let words = text!(
        "The server signed its certificate {leaf} itself, so no CA vouches for it. That is normal for a test server. Compare the fingerprint with the one on the server before you trust it.",
        leaf = subject(leaf)
    );
    let fixes = trust(leaf).into_iter().chain(pin(leaf)).chain([Fix::ChooseCaFile]).collect();
    finding(C::SelfSigned, text!("self-signed"), words, fixes)
}

fn issuer_missing(end: Option<&ServerCertificate>) -> Finding {
    let issuer = end.map(|end| end.certificate.issuer.clone()).unwrap_or_default();
    let words = text!(
        "The chain ends too early: {issuer} was not sent, and this hub does not trust it. If it is an intermediate CA, the server must send its certificate too; if it is a private root, choose its file.",
        issuer
    );
    finding(C::IncompleteChain, text!("issuer missing"), words, vec![Fix::ChooseCaFile, Fix::RunAgain])
}

fn expired(chain: &[ServerCertificate], now: i64) -> Finding {
    let old = chain.iter().find(|shown| shown.certificate.not_after < now).or(chain.first());
    let words = text!(
        "The certificate {name} ended on {end}; this machine's clock says {now}. The server needs a new one. If the clock is wrong, set it.",
        name = subject(old),
        end = date(old.map(|old| old.certificate.not_after)),
        now = date(Some(now))
    );
    finding(C::CertificateExpired, text!("expired"), words, vec![Fix::SetClock, Fix::RunAgain])
}

fn not_yet_valid(chain: &[ServerCertificate], now: i64) -> Finding {
    let early = chain.iter().find(|shown| shown.certificate.not_before > now).or(chain.first());
    let start = early.map(|early| early.certificate.not_before);
    let words = text!(
        "The certificate {name} is valid from {start}, and this machine's clock says {now}, {skew} before that. Most likely the clock is behind; else the server's was ahead when the certificate was made.",
        name = subject(early),
        start = date(start),
        now = date(Some(now)),
        skew = crate::clock::in_words(start.unwrap_or(now).saturating_sub(now))
    );
    finding(C::CertificateNotYetValid, text!("not valid yet"), words, vec![Fix::SetClock, Fix::RunAgain])
}

fn unusable(chain: &[ServerCertificate]) -> Finding {
    if chain.first().is_some_and(|leaf| leaf.is_ca) {
        return finding(
            C::CertificateUnusable,
            text!("a CA as server"),
            text!(
                "The server shows the certificate of a CA as its own, which is not accepted. Let that CA sign a certificate for the server, with CA:FALSE and the host name in it, and trust the CA here; or pin this one."
            ),
            pin(chain.first()).into_iter().chain([Fix::RunAgain]).collect(),
        );
    }
    finding(
        C::CertificateUnusable,
        text!("not usable"),
        text!(
            "The server's certificate may not be used for this: it is revoked, damaged, not meant for servers, or signed in an old way. The server needs a new one."
        ),
        vec![Fix::RunAgain],
    )
}

pub(super) fn name_mismatch(expected: &str, names: &[String], chain: &[ServerCertificate]) -> Finding {
    let fix = names.iter().find(|name| !name.contains('*')).cloned();
    let words = match names.len() {
        0 => text!(
            "The certificate names no host (a common name does not count), so not {expected} either. The server needs a new one with a subject alternative name.",
            expected
        ),
        _ => text!(
            "The certificate is for {names}, and not for {expected}. Use a host name that it is for, or have the server's certificate made for {expected}.",
            names = names.iter().take(MOST_NAMES).cloned().collect::<Vec<_>>().join(", "),
            expected
        ),
    };
    let fixes = [Fix::EnterHost { host: fix }].into_iter().chain(pin(chain.first())).collect();
    finding(C::HostNameMismatch, text!("another host name"), words, fixes)
}

fn subject(shown: Option<&ServerCertificate>) -> String {
    let certificate = shown.map(|shown| &shown.certificate);
    certificate.map(|one| one.common_name.clone().unwrap_or_else(|| one.subject.clone())).unwrap_or_default()
}

/// Unix seconds as RFC 3339.
fn date(seconds: Option<i64>) -> Text {
    let time = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    Text::verbatim(time.map(|time| time.to_string()).unwrap_or_default())
}
