//! Certificates, chains, keys and revocation lists into files.

use super::{Listed, event};
use crate::Engine;
use crate::blocking::blocking;
use crate::changes::Area;
use base64::Engine as _;
use hubscope_model::{
    CertificateExport, CertificateForm, CertificateHappening, ClientId, Code, EntryClass, Error, Result,
    RevocationListDraft, Severity, WrittenFile, text,
};
use hubscope_pki::{inspect_chain, seal_key, write_pkcs12};
use hubscope_vault::{Secret, for_signing, to_export};
use zeroize::Zeroizing;

/// Longest part of a file's name that a certificate gives it, characters.
const NAME: usize = 60;

impl Engine {
    pub(crate) async fn export_certificate(&self, client: ClientId, export: CertificateExport) -> Result<WrittenFile> {
        let CertificateExport { sha256, form, passphrase } = export;
        let known = self.known_certificates().await?;
        let one = known.get(&sha256)?;
        if form == CertificateForm::PrivateKey {
            self.may_reveal(client)?;
        }
        let passphrase = passphrase.filter(|text| !text.is_empty()).map(|text| Secret::new(text.into_inner()));
        let bytes = match form {
            CertificateForm::Pem => own_pem(one)?.into_bytes(),
            CertificateForm::Der => der(&own_pem(one)?)?,
            CertificateForm::Chain => known.chain_pem(&one.chain_pem)?.into_bytes(),
            CertificateForm::PrivateKey | CertificateForm::EncryptedKey | CertificateForm::Pkcs12 => {
                let key = self.stored_key(&known, &sha256).await?.ok_or_else(crate::credentials::missing)?;
                let chain = known.chain_pem(&one.chain_pem)?;
                blocking(move || with_key(form, &chain, &key, passphrase)).await?
            }
        };
        let name = file_name(&one.name(), ending(form));
        let exported = self.write_file(client, &name, bytes).await?;
        if exported.file_name.is_some() {
            if matches!(form, CertificateForm::PrivateKey | CertificateForm::EncryptedKey | CertificateForm::Pkcs12) {
                let text = text!("{name}: private key exported", name = one.name());
                self.monitor.append_event(crate::now(), None, EntryClass::Event, Severity::Info, text);
                self.changes.ring();
            }
            self.note_certificate(&sha256, CertificateHappening::Exported { form }).await?;
        }
        Ok(exported)
    }

    pub(crate) async fn export_revocation_list(
        &self,
        client: ClientId,
        draft: RevocationListDraft,
    ) -> Result<WrittenFile> {
        let known = self.known_certificates().await?;
        let ca = self.own_ca(&known, &draft.authority).await?;
        let issued = known.all.iter().filter(|one| one.entry.issued_by.as_deref() == Some(draft.authority.as_str()));
        let revoked = issued.filter_map(|one| one.entry.revoked.map(|revoked| (one, revoked)));
        let entries = revoked.map(|(one, revoked)| ca.revoke(one.chain_pem.as_bytes(), revoked.at, revoked.reason));
        let entries = entries.collect::<Result<Vec<_>>>()?;
        let number = self.workspace.store()?.next_revocation_list(&draft.authority).await?;
        let list = ca.revocation_list(&entries, u64::from(number), draft.days)?;
        let name = file_name(&known.get(&draft.authority)?.name(), "-crl.pem");
        let exported = self.write_file(client, &name, list.into_bytes()).await?;
        if exported.file_name.is_some() {
            self.note_certificate(&draft.authority, CertificateHappening::ListWritten { number }).await?;
        }
        Ok(exported)
    }

    /// A program that only reads the workspace notes nothing: what it exported is exported all the same.
    pub(super) async fn note_certificate(&self, sha256: &str, what: CertificateHappening) -> Result<()> {
        if self.workspace.writable().is_err() {
            return Ok(());
        }
        self.workspace.store()?.add_certificate_events(&[(sha256.to_owned(), event(what))]).await?;
        self.changes.bump(Area::Certificates);
        Ok(())
    }
}

fn own_pem(one: &Listed) -> Result<String> {
    Ok(inspect_chain(&one.chain_pem)?.swap_remove(0).1)
}

fn der(pem: &str) -> Result<Vec<u8>> {
    let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    base64::engine::general_purpose::STANDARD
        .decode(base64)
        .map_err(|e| Error::new(Code::Internal, "The certificate could not be written.").detail(e.to_string()))
}

fn with_key(
    form: CertificateForm,
    chain: &str,
    key: &Secret<String>,
    passphrase: Option<Secret<String>>,
) -> Result<Vec<u8>> {
    if form == CertificateForm::PrivateKey {
        return Ok(to_export(key).as_bytes().to_vec());
    }
    let passphrase = passphrase.unwrap_or_else(|| Secret::new(Zeroizing::default()));
    let key = for_signing(key).as_bytes();
    match form {
        CertificateForm::Pkcs12 => {
            write_pkcs12(chain.as_bytes(), Some(key), None, &passphrase).map(|file| file.to_vec())
        }
        _ => seal_key(key, &passphrase).map(|pem| pem.as_bytes().to_vec()),
    }
}

fn ending(form: CertificateForm) -> &'static str {
    match form {
        CertificateForm::Pem => ".pem",
        CertificateForm::Der => ".der",
        CertificateForm::Chain => "-chain.pem",
        CertificateForm::Pkcs12 => ".p12",
        CertificateForm::PrivateKey | CertificateForm::EncryptedKey => "-key.pem",
    }
}

/// A name that every file system takes.
fn file_name(name: &str, ending: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    let name: String = name.chars().take(NAME).map(safe).collect();
    let name = name.trim_matches('-');
    format!("{}{ending}", if name.is_empty() { "certificate" } else { name })
}
