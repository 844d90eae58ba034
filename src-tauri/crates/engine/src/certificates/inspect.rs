//! All about one certificate.

use super::Known;
use crate::Engine;
use hubscope_model::{CertificateDetail, CertificateRole, ChainLink, Result};
use hubscope_pki::{authority_remarks, remarks};

impl Engine {
    pub(crate) async fn inspect_certificate(&self, sha256: &str) -> Result<CertificateDetail> {
        let known = self.known_certificates().await?;
        let one = known.get(sha256)?;
        let chain = chain(&known, &one.chain_pem)?;
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

/// From the highest known issuer down.
fn chain(known: &Known, pem: &str) -> Result<Vec<ChainLink>> {
    let mut chain = known.chain(pem)?;
    chain.reverse();
    let link = |(facts, pem): (hubscope_model::CertificateFacts, String)| ChainLink {
        listed: known.has(&facts.summary.sha256),
        facts,
        pem,
    };
    Ok(chain.into_iter().map(link).collect())
}
