//! Proofs of possession for hubs.

use super::{event, seconds};
use crate::Engine;
use hubscope_model::{CertificateHappening, Possession, PossessionMark, PossessionProof, PossessionSign, Result};
use hubscope_pki::inspect_chain;

impl Engine {
    pub(crate) async fn sign_possession(&self, request: PossessionSign) -> Result<PossessionProof> {
        let PossessionSign { authority, code, hub } = request;
        let pem = self.own_ca(&self.known_certificates().await?, &authority).await?.prove_possession(&code)?;
        let summary = inspect_chain(&pem)?.swap_remove(0).0.summary;
        self.note_certificate(&authority, CertificateHappening::CodeSigned { hub }).await?;
        Ok(PossessionProof {
            pem,
            subject: summary.subject,
            issuer: summary.issuer,
            key: summary.key,
            not_before: summary.not_before,
            not_after: summary.not_after,
        })
    }

    pub(crate) async fn mark_possession(&self, mark: PossessionMark) -> Result<()> {
        let PossessionMark { authority, hub, state } = mark;
        self.authority_record(&authority).await?;
        self.hub_record(hub).await?;
        let possession = state.map(|state| Possession { state, at: seconds() });
        let what = event(CertificateHappening::PossessionMarked { hub, state });
        self.workspace.store()?.mark_possession(&authority, hub, possession, what).await?;
        self.certificates_changed(false);
        Ok(())
    }
}
