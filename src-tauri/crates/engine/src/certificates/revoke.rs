//! Revoking certificates of one's own CAs.

use super::remove::names;
use super::{Change, Listed, event, seconds};
use crate::Engine;
use crate::undo::Step;
use hubscope_model::{
    CertificateHappening, CertificateRevocation, Code, Error, Result, Revocation, UndoKind, Undoable,
};
use hubscope_store::CertificateRecord;

impl Engine {
    pub(crate) async fn revoke_certificates(&self, request: CertificateRevocation) -> Result<Undoable> {
        let CertificateRevocation { certificates, reason } = request;
        let known = self.known_certificates().await?;
        let mut chosen = certificates.iter().map(|sha256| known.get(sha256)).collect::<Result<Vec<_>>>()?;
        for one in &chosen {
            let issuer = one.entry.issued_by.as_deref();
            if !issuer.is_some_and(|issuer| known.get(issuer).is_ok_and(Listed::is_own_ca)) {
                return Err(Error::new(
                    Code::BadRequest,
                    "Only certificates that your own CAs issued can be revoked here.",
                )
                .detail(one.name())
                .hint("Ask the CA that issued it."));
            }
        }
        chosen.retain(|one| one.entry.revoked.is_none());
        if chosen.is_empty() {
            return Err(Error::new(Code::BadRequest, "It is revoked already."));
        }
        // What only a device had is kept from now on: the lists must name it when the device has another.
        let mut change = Change::default();
        let unstored = chosen.iter().filter(|one| one.record.is_none());
        let record = |one: &&Listed| CertificateRecord::new(one.facts.clone(), one.chain_pem.clone(), false);
        change.store.added = unstored.map(record).collect();
        self.store_certificates(change).await?;
        let certificates: Vec<_> = chosen.iter().map(|one| one.sha256().to_owned()).collect();
        self.mark_revoked(&certificates, Some(Revocation { at: seconds(), reason })).await?;
        let step = Step::Revoked(certificates);
        Ok(self.can_undo(self.undo.number(), UndoKind::Revocation, names(&chosen), step).await)
    }

    pub(crate) async fn mark_revoked(&self, certificates: &[String], revoked: Option<Revocation>) -> Result<()> {
        let what = match revoked {
            Some(Revocation { reason, .. }) => CertificateHappening::Revoked { reason },
            None => CertificateHappening::RevocationUndone,
        };
        let events: Vec<_> = certificates.iter().map(|sha256| (sha256.clone(), event(what.clone()))).collect();
        self.workspace.store()?.revoke_certificates(certificates, revoked.as_ref(), &events).await?;
        self.certificates_changed(false);
        Ok(())
    }
}
