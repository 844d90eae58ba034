//! All about one certificate.

use super::{Known, Listed};
use crate::Engine;
use hubscope_model::{CertificateDetail, CertificateRole, ChainLink, Result};
use hubscope_pki::{authority_remarks, inspect_chain, remarks};

impl Engine {
    pub(crate) async fn inspect_certificate(&self, sha256: &str) -> Result<CertificateDetail> {
        let known = self.known_certificates().await?;
        let one = known.get(sha256)?;
        let chain = chain(&known, one)?;
        let issued = known.all.iter().filter(|other| other.entry.issued_by.as_deref() == Some(sha256));
        Ok(CertificateDetail {
            entry: one.entry.clone(),
            facts: one.facts.clone(),
            pem: chain.last().map(|link| link.pem.clone()).unwrap_or_default(),
            issued: issued.map(|other| other.sha256().to_owned()).collect(),
            remarks: match one.entry.role {
                CertificateRole::Device => remarks(&one.facts),
                _ => authority_remarks(&one.facts),
            },
            revocation_list: one.record.as_ref().map_or(0, |record| record.revocation_list),
            events: self.workspace.store()?.certificate_events(sha256).await?,
            chain,
        })
    }
}

/// From the highest known issuer down. What the certificate came with, and beyond that what the list knows.
fn chain(known: &Known, one: &Listed) -> Result<Vec<ChainLink>> {
    let mut chain = inspect_chain(&one.chain_pem)?;
    while let Some(issuer) = chain.last().and_then(|(facts, _)| known.issuer_of(facts)) {
        // Two that name each other would go round.
        if chain.iter().any(|(facts, _)| facts.summary.sha256 == issuer.sha256()) {
            break;
        }
        chain.extend(inspect_chain(&issuer.chain_pem)?);
    }
    chain.reverse();
    let link = |(facts, pem): (hubscope_model::CertificateFacts, String)| ChainLink {
        listed: known.has(&facts.summary.sha256),
        facts,
        pem,
    };
    Ok(chain.into_iter().map(link).collect())
}
