//! Proof of possession: a certificate whose common name is the hub's code, signed by the CA that the hub is to trust
//! (Azure IoT Hub, "Prove possession of a CA certificate").

use crate::asking::verify_chain;
use crate::certificate::{common_name, parse};
use crate::identity::read_certificates;
use crate::key_kind::new_key;
use crate::own_ca::OwnCa;
use crate::profile::{checked_name, params};
use hubscope_model::{Code, Error, KeyKind, Result, text};
use rcgen::{IsCa, KeyUsagePurpose, PublicKeyData};

/// The hub looks at it once, minutes later.
const DAYS: u32 = 30;

impl OwnCa {
    /// The verification certificate for `code`, PEM. Its key is thrown away: nobody asks for it. What is answered has
    /// been verified against this CA.
    ///
    /// # Errors
    /// `InvalidFields` for a code that no certificate can carry, or when the CA ends within 30 days.
    pub fn prove_possession(&self, code: &str) -> Result<String> {
        let code = code.trim();
        let mut params = params(checked_name(code)?, self.validity(DAYS)?)?;
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let key = new_key(KeyKind::P256)?;
        let pem = self.sign(params, &key, &key.subject_public_key_info())?;
        verify_possession(pem.as_bytes(), code, &self.pem())?;
        Ok(pem)
    }
}

/// Whether a verification certificate (PEM or DER) carries `code`, was signed by the CA and is valid now.
///
/// # Errors
/// `BadRequest` for another code; `TlsUnknownCa`, `TlsExpired` or `TlsNotYetValid` for the rest.
pub fn verify_possession(certificate: &[u8], code: &str, ca_pem: &str) -> Result<()> {
    let der = read_certificates(certificate)?.swap_remove(0);
    parse(&der)?;
    let carried = common_name(&der).unwrap_or_default();
    if carried != code.trim() {
        return Err(Error::new(Code::BadRequest, "The verification certificate is for another code.")
            .detail(text!("its common name is {carried}", carried))
            .hint("Copy the code from the hub again and make a new verification certificate."));
    }
    verify_chain(&[der], ca_pem)
}
