//! Deleting certificates.

use super::{Known, Listed, seconds};
use crate::Engine;
use crate::undo::Step;
use hubscope_model::{CertificateRefs, CertificateRole, Code, Error, Result, UndoKind, Undoable};
use std::collections::HashSet;

/// Names that an entry of the undo stack holds.
const NAMED: usize = 3;

impl Engine {
    pub(crate) async fn delete_certificates(&self, refs: CertificateRefs) -> Result<Undoable> {
        let store = self.workspace.store()?;
        let known = self.known_certificates().await?;
        let chosen = refs.certificates.iter().map(|sha256| known.get(sha256)).collect::<Result<Vec<_>>>()?;
        let going: HashSet<&str> = chosen.iter().map(|one| one.sha256()).collect();
        for one in &chosen {
            may_go(&known, one, &going)?;
        }
        let users: HashSet<_> = chosen.iter().flat_map(|one| &one.entry.devices).collect();
        let users: Vec<_> = store.devices().await?.into_iter().filter(|device| users.contains(&device.id)).collect();
        let stored = chosen.iter().filter(|one| one.record.is_some());
        let certificates: Vec<_> = stored.map(|one| one.sha256().to_owned()).collect();
        let lost = store.delete_certificates(&certificates, &users).await?;
        self.certificates_changed(!lost.is_empty());
        let step = Step::CertificatesDeleted { certificates, lost };
        Ok(self.can_undo(self.undo.number(), UndoKind::Certificates, names(&chosen), step).await)
    }
}

/// What a step of the undo stack was about.
pub(super) fn names(chosen: &[&Listed]) -> String {
    let mut names: Vec<_> = chosen.iter().take(NAMED).map(|one| one.name()).collect();
    if chosen.len() > NAMED {
        names.push("…".into());
    }
    names.join(", ")
}

fn may_go(known: &Known, one: &Listed, going: &HashSet<&str>) -> Result<()> {
    if one.entry.role == CertificateRole::Server {
        return Err(Error::new(Code::BadRequest, "This certificate belongs to the hubs that trust it.")
            .detail(one.name())
            .hint("Change what the hub trusts in the hub's form."));
    }
    let stays = known.issuers_of(&one.facts).any(|ca| ca.is_own_ca() && !going.contains(ca.sha256()));
    if one.entry.revoked.is_some() && stays && one.facts.summary.not_after > seconds() {
        return Err(Error::new(Code::BadRequest, "A revoked certificate stays until it ends.")
            .detail(one.name())
            .hint(
                "The next revocation lists of its CA must name it. Delete the CA with it, or take the revocation back.",
            ));
    }
    Ok(())
}
