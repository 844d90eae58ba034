//! A certificate, with or without its key. Which hub it is for cannot be seen in it.

use super::Pasted;
use super::found::Found;
use hubscope_model::{CertificateTrust, Code, Credential, Error, HubKind, PasteForm, Result};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

pub fn parse(text: &str) -> Result<Pasted> {
    let mut found = Found::new(PasteForm::Pem, HubKind::MqttBroker, "");
    if text.contains("PRIVATE KEY-----") {
        found.identity = Some(hubscope_pki::read_identity(text.as_bytes(), None, None)?);
    } else {
        let leaf = CertificateDer::from_pem_slice(text.as_bytes()).map_err(|error| {
            Error::new(Code::NotACertificate, "The pasted text holds no certificate that can be read.")
                .detail(error.to_string())
                .hint("Paste everything from -----BEGIN to the end of the -----END line.")
        })?;
        found.certificate = Some(hubscope_pki::describe(&leaf)?);
    }
    let identity = found.identity.as_ref().map(|identity| &identity.summary);
    let summary = identity.or(found.certificate.as_ref());
    found.client_id = summary.and_then(|summary| summary.common_name.clone());
    let itself = summary.is_some_and(|summary| summary.self_signed);
    let trust = if itself { CertificateTrust::Itself } else { CertificateTrust::Authority };
    found.credential = Credential::X509 { trust };
    found.finish()
}
