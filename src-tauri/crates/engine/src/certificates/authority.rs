//! CAs of one's own.

use super::{Change, Known, certificate_row};
use crate::Engine;
use crate::blocking::blocking;
use hubscope_model::{AuthorityDraft, CertificateFacts, CertificateHappening, CertificateRef, Code, Error, Result};
use hubscope_pki::{Issued, OwnCa, inspect_chain, new_root};
use hubscope_store::CertificateRecord;
use hubscope_vault::{Secret, for_signing};

impl Engine {
    pub(crate) async fn create_authority(&self, draft: AuthorityDraft) -> Result<CertificateRef> {
        self.workspace.writable()?;
        self.workspace.takes_secrets().await?;
        let AuthorityDraft { common_name, parent, key, days } = draft;
        let signer = match &parent {
            Some(parent) => Some(self.own_ca(&self.known_certificates().await?, parent).await?),
            None => None,
        };
        let made = blocking(move || match signer {
            Some(ca) => ca.issue_intermediate(&common_name, key, days),
            None => new_root(&common_name, key, days),
        })
        .await?;
        let mut change = Change::default();
        let facts = record_issued(&mut change, made, true)?;
        if let Some(parent) = parent {
            let common_name = facts.summary.common_name.clone().unwrap_or_default();
            change.note(&parent, CertificateHappening::Issued { common_name, count: 1, days });
        }
        self.store_certificates(change).await?;
        Ok(CertificateRef { sha256: facts.summary.sha256 })
    }

    /// A CA of the list with its key, ready to sign. One that was renewed signs with its newest certificate alone, so that
    /// its serials and revocation lists go on in one place.
    pub(super) async fn own_ca(&self, known: &Known, sha256: &str) -> Result<OwnCa> {
        let record = self.authority_record(sha256).await?;
        if known.get(sha256)?.entry.replaced_by.is_some() {
            return Err(Error::new(Code::BadRequest, "A newer certificate took the place of this CA's.")
                .hint("Choose the newer one in the list."));
        }
        let key = self.workspace.secret(&certificate_row(sha256)).await?.ok_or_else(|| {
            Error::new(Code::SecretMissing, "The private key of this CA is not stored.")
                .hint("Import the CA's certificate with its key.")
        })?;
        OwnCa::read(known.chain_pem(&record.chain_pem)?.as_bytes(), Some(for_signing(&key).as_bytes()), None)
    }

    pub(super) async fn authority_record(&self, sha256: &str) -> Result<CertificateRecord> {
        let record = self.workspace.store()?.certificate(sha256).await?;
        let record = record.ok_or_else(|| Error::new(Code::NotFound, "This CA no longer exists."))?;
        match record.authority {
            true => Ok(record),
            false => Err(Error::new(Code::BadRequest, "This certificate is not of a CA: it may not sign others.")
                .hint("Choose a CA, or make one.")),
        }
    }
}

/// Adds what was issued here, with its key; answers what it says.
pub(super) fn record_issued(change: &mut Change, made: Issued, authority: bool) -> Result<CertificateFacts> {
    let (facts, _) = inspect_chain(&made.cert_pem)?.swap_remove(0);
    let record = CertificateRecord::new(facts.clone(), made.chain_pem, authority);
    change.add(record, Some(Secret::new(made.key_pem)), CertificateHappening::Created);
    Ok(facts)
}
