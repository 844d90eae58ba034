//! Certificates from files.

use super::{Change, Known, certificate_row, request_row};
use crate::Engine;
use hubscope_model::{
    CertificateCheck, CertificateFiles, CertificateHappening, CertificateImport, CertificateRef, CertificateRole,
    ClientId, Code, Error, ImportedKey, Result,
};
use hubscope_pki::{Imported, authority_remarks, read_import, read_request, remarks};
use hubscope_store::CertificateRecord;
use hubscope_vault::Secret;

impl Engine {
    pub(crate) async fn check_import(&self, client: ClientId, files: CertificateFiles) -> Result<CertificateCheck> {
        let imported = self.read_import(client, files).await?;
        let known = self.known_certificates().await?;
        let facts = &imported.chain[0];
        let role = match (imported.authority, facts.summary.self_signed) {
            (true, true) => CertificateRole::Root,
            (true, false) => CertificateRole::Issuing,
            (false, _) => CertificateRole::Device,
        };
        Ok(CertificateCheck {
            role,
            key: self.key_of_import(&known, &imported).await?,
            remarks: if imported.authority { authority_remarks(facts) } else { remarks(facts) },
            known: known.get(&facts.summary.sha256).is_ok_and(|one| one.record.is_some()),
            chain: imported.chain,
        })
    }

    pub(crate) async fn import_certificate(
        &self,
        client: ClientId,
        import: CertificateImport,
    ) -> Result<CertificateRef> {
        self.workspace.writable()?;
        let imported = self.read_import(client, import.files).await?;
        let known = self.known_certificates().await?;
        let found = self.key_of_import(&known, &imported).await?;
        let mut change = Change::default();
        let key = match found {
            ImportedKey::Requested { request } => {
                change.store.answered = Some(request);
                change.store.unused_secrets.push(request_row(request));
                self.workspace.secret(&request_row(request)).await?
            }
            ImportedKey::Stored => self.stored_key(&known, &imported.chain[0].summary.sha256).await?,
            ImportedKey::Supplied | ImportedKey::Missing => imported.key,
        };
        if key.is_some() {
            self.workspace.takes_secrets().await?;
        }
        let facts = imported.chain[0].clone();
        let sha256 = facts.summary.sha256.clone();
        let chain_pem = known.chain_pem(&imported.chain_pem)?;
        if let Some(device) = import.device {
            let key = key.clone().ok_or_else(|| {
                Error::new(Code::NotAPrivateKey, "The certificate comes without its private key.")
                    .hint("Choose the key file, too.")
            })?;
            if imported.authority {
                return Err(Error::new(Code::CertificateIsCa, "This is the certificate of a CA, not of a device."));
            }
            let device = self.device_with(device, &facts, &chain_pem).await?;
            change.give(device, key);
        }
        let record = CertificateRecord::new(facts, chain_pem, imported.authority);
        change.add(record, key, CertificateHappening::Imported);
        self.store_certificates(change).await?;
        Ok(CertificateRef { sha256 })
    }

    async fn read_import(&self, client: ClientId, files: CertificateFiles) -> Result<Imported> {
        let certificate = self.pem(client, files.certificate).await?;
        let key = match files.key {
            Some(key) => Some(self.pem(client, key).await?),
            None => None,
        };
        let passphrase = files.passphrase.filter(|text| !text.is_empty()).map(|text| Secret::new(text.into_inner()));
        crate::blocking::blocking(move || {
            read_import(&certificate, key.as_ref().map(|key| key.as_slice()), passphrase.as_ref())
        })
        .await
    }

    async fn key_of_import(&self, known: &Known, imported: &Imported) -> Result<ImportedKey> {
        if imported.key.is_some() {
            return Ok(ImportedKey::Supplied);
        }
        let answers = |pem: &str| {
            read_request(pem.as_bytes()).is_ok_and(|request| request.is_answered_by(imported.chain_pem.as_bytes()))
        };
        let requests = self.certificate_requests().await?;
        if let Some(request) = requests.iter().find(|request| request.has_key && answers(&request.pem)) {
            return Ok(ImportedKey::Requested { request: request.id });
        }
        let stored = known.get(&imported.chain[0].summary.sha256).is_ok_and(|one| one.entry.has_key);
        Ok(if stored { ImportedKey::Stored } else { ImportedKey::Missing })
    }

    /// The key of a certificate of the list, wherever it is.
    pub(super) async fn stored_key(&self, known: &Known, sha256: &str) -> Result<Option<Secret<String>>> {
        let row = self.key_row(&known.get(sha256)?.entry).await;
        self.workspace.secret(&row.unwrap_or_else(|| certificate_row(sha256))).await
    }
}
