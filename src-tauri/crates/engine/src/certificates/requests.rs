//! Certificate requests: made here for another CA, and signed here for others.

use super::{Change, request_row, seconds};
use crate::Engine;
use crate::blocking::blocking;
use hubscope_model::{
    CertificateHappening, CertificateRef, CertificateRequest, CertificateRequestDraft, CertificateRequestFacts,
    CertificateRequestId, CertificateRequestSign, CertificateRequestSource, ClientId, Code, Error, Result, UndoKind,
    Undoable,
};
use hubscope_pki::{inspect_chain, new_request, read_request};
use hubscope_store::{CertificateRecord, Deletion};
use hubscope_vault::Secret;

impl Engine {
    pub(crate) async fn create_request(&self, draft: CertificateRequestDraft) -> Result<CertificateRequest> {
        self.workspace.writable()?;
        self.workspace.takes_secrets().await?;
        let CertificateRequestDraft { common_name, key } = draft;
        let name = common_name.clone();
        let made = blocking(move || new_request(&name, key)).await?;
        let request = CertificateRequest {
            id: CertificateRequestId::new(),
            common_name,
            key: read_request(made.request_pem.as_bytes())?.key,
            pem: made.request_pem,
            created: seconds(),
            has_key: true,
        };
        let mut change = Change::default();
        change.keys.push((request_row(request.id), Secret::new(made.key_pem)));
        change.store.requested = Some(request.clone());
        self.store_certificates(change).await?;
        Ok(request)
    }

    pub(crate) async fn delete_request(&self, id: CertificateRequestId) -> Result<Undoable> {
        let requests = self.workspace.store()?.certificate_requests().await?;
        let request = requests.into_iter().find(|request| request.id == id);
        let request = request.ok_or_else(|| Error::new(Code::NotFound, "This request no longer exists."))?;
        let undo =
            self.delete(UndoKind::CertificateRequest, request.common_name, Deletion::CertificateRequest(id)).await?;
        self.certificates_changed(false);
        Ok(undo)
    }

    pub(crate) async fn read_foreign_request(
        &self,
        client: ClientId,
        source: CertificateRequestSource,
    ) -> Result<CertificateRequestFacts> {
        let request = read_request(&self.pem(client, source.source).await?)?;
        Ok(CertificateRequestFacts { subject: request.subject, common_name: request.common_name, key: request.key })
    }

    pub(crate) async fn sign_request(&self, client: ClientId, sign: CertificateRequestSign) -> Result<CertificateRef> {
        let request = read_request(&self.pem(client, sign.source).await?)?;
        let ca = self.own_ca(&self.known_certificates().await?, &sign.authority).await?;
        let name = sign.common_name.as_deref().filter(|name| !name.is_empty());
        let signed = ca.sign_request(&request, name, sign.days)?;
        let (facts, _) = inspect_chain(&signed.cert_pem)?.swap_remove(0);
        let sha256 = facts.summary.sha256.clone();
        let common_name = facts.summary.common_name.clone().unwrap_or_default();
        let mut change = Change::default();
        change.note(&sign.authority, CertificateHappening::Issued { common_name, count: 1, days: sign.days });
        change.add(CertificateRecord::new(facts, signed.chain_pem, false), None, CertificateHappening::Created);
        self.store_certificates(change).await?;
        Ok(CertificateRef { sha256 })
    }
}
