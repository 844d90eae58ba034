//! Who issued what: own CAs that were renewed count as one, by their newest certificate.

use super::{Known, Listed};
use hubscope_model::{CertificateFacts, CertificateRole, Result};
use hubscope_pki::inspect_chain;
use std::collections::{HashMap, VecDeque};

impl Known {
    /// CAs of the list that a certificate may be of: one that was renewed is there several times.
    pub fn issuers_of(&self, facts: &CertificateFacts) -> impl Iterator<Item = &Listed> {
        let all = if facts.summary.self_signed { &[] } else { self.all.as_slice() };
        all.iter().filter(|one| issued(&one.facts, facts))
    }

    /// The certificate of a PEM text and its issuers, up to the highest that is known: of own CAs the newest, of others
    /// what came with it, and beyond that what the list knows.
    pub fn chain(&self, pem: &str) -> Result<Vec<(CertificateFacts, String)>> {
        let mut came = VecDeque::from(inspect_chain(pem)?);
        let mut chain: Vec<_> = came.pop_front().into_iter().collect();
        while let Some((last, _)) = chain.last() {
            let issuer = self.issuers_of(last).max_by_key(|one| preference(one));
            let newer = |issuer: &&Listed| match came.front() {
                Some((next, _)) => issuer.is_own_ca() && same_ca(&issuer.facts, next),
                None => true,
            };
            if let Some(issuer) = issuer.filter(newer) {
                came = VecDeque::from(inspect_chain(&issuer.chain_pem)?);
            }
            // Two that name each other would go round.
            let new = |(facts, _): &(CertificateFacts, _)| {
                chain.iter().all(|(known, _): &(CertificateFacts, _)| known.summary.sha256 != facts.summary.sha256)
            };
            let Some(next) = came.pop_front().filter(new) else { break };
            chain.push(next);
        }
        Ok(chain)
    }

    /// The same as PEM.
    pub fn chain_pem(&self, pem: &str) -> Result<String> {
        Ok(self.chain(pem)?.into_iter().map(|(_, pem)| pem).collect())
    }

    /// What took a place and was deleted since no longer has it.
    pub fn forget_deleted(&mut self) {
        for one in &mut self.all {
            one.entry.replaced_by.take_if(|by| !self.by_sha256.contains_key(by));
        }
    }

    /// Says of each who issued it, and whether it can be renewed.
    pub fn link(&mut self) {
        let mut authorities: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, one) in self.all.iter().enumerate().filter(|(_, one)| one.facts.is_ca) {
            authorities.entry(&one.facts.summary.subject).or_default().push(place);
        }
        let links: Vec<Option<usize>> = self
            .all
            .iter()
            .map(|one| {
                let named =
                    authorities.get(one.facts.summary.issuer.as_str()).filter(|_| !one.facts.summary.self_signed);
                let found = named?.iter().copied().filter(|place| issued(&self.all[*place].facts, &one.facts));
                found.max_by_key(|place| preference(&self.all[*place]))
            })
            .collect();
        for (place, issuer) in links.into_iter().enumerate() {
            let issuer = issuer.map(|place| &self.all[place]);
            let able = issuer.is_some_and(|issuer| issuer.is_own_ca() && issuer.entry.has_key);
            let issued_by = issuer.map(|issuer| issuer.sha256().to_owned());
            let one = &mut self.all[place];
            one.entry.renewable = is_current(one)
                && match one.entry.role {
                    CertificateRole::Root => one.entry.has_key,
                    CertificateRole::Issuing => able && one.entry.has_key,
                    CertificateRole::Device => able && is_client(one),
                    CertificateRole::Server => false,
                };
            one.entry.issued_by = issued_by;
        }
    }
}

/// Whether a CA issued a certificate, by the names and key numbers that they bear.
fn issued(ca: &CertificateFacts, certificate: &CertificateFacts) -> bool {
    let same_key = match (&certificate.authority_key_id, &ca.subject_key_id) {
        (Some(named), Some(own)) => named == own,
        _ => true,
    };
    ca.is_ca && ca.summary.subject == certificate.summary.issuer && same_key
}

/// Whether two CA certificates have the same name and key.
fn same_ca(a: &CertificateFacts, b: &CertificateFacts) -> bool {
    a.summary.subject == b.summary.subject && a.subject_key_id.is_some() && a.subject_key_id == b.subject_key_id
}

/// Which of the CA certificates with one name and key stands for the CA: one of one's own that still counts and can sign,
/// the newest of those.
fn preference(ca: &Listed) -> (bool, bool, bool, i64) {
    (ca.is_own_ca(), is_current(ca), ca.entry.has_key, ca.facts.summary.not_before)
}

fn is_current(one: &Listed) -> bool {
    one.entry.revoked.is_none() && one.entry.replaced_by.is_none()
}

/// Of the kind that is issued here to devices.
fn is_client(one: &Listed) -> bool {
    let usages = &one.facts.extended_key_usages;
    usages.is_empty() || usages.iter().any(|usage| usage == "clientAuth")
}
