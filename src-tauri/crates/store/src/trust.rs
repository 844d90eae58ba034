//! The trust of hubs and presets as earlier versions stored it: one CA file, or none.

use hubscope_model::{HubTrust, TrustMode};

use crate::StoreError;

/// What the stored PEM of a CA file means: that file's CAs alone.
pub(crate) fn of_ca_file(pem: Option<&str>, file_name: Option<&str>) -> Result<HubTrust, StoreError> {
    let Some(pem) = pem else { return Ok(HubTrust::default()) };
    let read = hubscope_pki::read_ca(pem.as_bytes(), file_name.unwrap_or_default())
        .map_err(|error| StoreError::Damaged(format!("the CA of a hub cannot be read: {error}")))?;
    Ok(HubTrust { mode: TrustMode::CaOnly, certificates: read.certificates })
}
