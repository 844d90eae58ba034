//! The revocation list of a CA of one's own.

use crate::certificate::parse;
use crate::identity::read_certificates;
use crate::own_ca::OwnCa;
use crate::pem_text::to_pem;
use crate::profile::{Validity, failed, time};
use crate::signature::is_signed_by;
use hubscope_model::{Code, Error, Result, RevocationReason};
use rcgen::{CertificateRevocationListParams, KeyIdMethod, RevokedCertParams, SerialNumber};

/// An entry of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// Big-endian, as the certificate has it.
    serial: Vec<u8>,
    /// Unix seconds.
    at: i64,
    reason: RevocationReason,
}

impl OwnCa {
    /// The entry that revokes a certificate (PEM or DER) from `at` on, Unix seconds.
    ///
    /// # Errors
    /// `TlsUnknownCa` when this CA did not issue it.
    pub fn revoke(&self, certificate: &[u8], at: i64, reason: RevocationReason) -> Result<Revoked> {
        let der = read_certificates(certificate)?.swap_remove(0);
        let parsed = parse(&der)?;
        if !self.issued(&parsed, &der) {
            return Err(Error::new(Code::TlsUnknownCa, "This CA did not issue the certificate.")
                .hint("Revoke it with the CA that issued it."));
        }
        Ok(Revoked { serial: parsed.raw_serial().to_vec(), at, reason })
    }

    /// The list, PEM: all that is revoked, for `days` days. `number` grows with each list (RFC 5280, section 5.2.3).
    ///
    /// # Errors
    /// `BadRequest` when the CA's certificate does not allow lists.
    pub fn revocation_list(&self, revoked: &[Revoked], number: u64, days: u32) -> Result<String> {
        let validity = Validity::of_days(days)?;
        let params = CertificateRevocationListParams {
            this_update: time(validity.not_before).into(),
            next_update: time(validity.not_after).into(),
            crl_number: SerialNumber::from_slice(&number.to_be_bytes()),
            issuing_distribution_point: None,
            revoked_certs: revoked.iter().map(entry).collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let list = params.signed_by(&self.issuer).map_err(|error| match error {
            rcgen::Error::IssuerNotCrlSigner => {
                Error::new(Code::BadRequest, "The CA's certificate does not allow revocation lists.")
                    .hint("Make a CA whose key usage has cRLSign.")
            }
            other => failed(other),
        })?;
        if !is_signed_by(list.der(), &self.public) {
            return Err(failed("the list is signed with another key"));
        }
        Ok(to_pem("X509 CRL", list.der()).as_str().to_owned())
    }
}

fn entry(revoked: &Revoked) -> RevokedCertParams {
    RevokedCertParams {
        serial_number: SerialNumber::from_slice(&revoked.serial),
        revocation_time: time(revoked.at).into(),
        reason_code: match revoked.reason {
            RevocationReason::Unspecified => None,
            RevocationReason::KeyCompromise => Some(rcgen::RevocationReason::KeyCompromise),
            RevocationReason::Superseded => Some(rcgen::RevocationReason::Superseded),
            RevocationReason::CessationOfOperation => Some(rcgen::RevocationReason::CessationOfOperation),
        },
        invalidity_date: None,
    }
}
