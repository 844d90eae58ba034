//! The certificates that a hub's trust is made of, as they are shown and as they are stored.

use crate::certificate::{describe, sha256_thumbprint};
use crate::pem_text::certificate_pem;
use hubscope_model::{Result, TrustedCertificate};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

/// Certificates with their PEM, in the same order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trusted {
    pub certificates: Vec<TrustedCertificate>,
    /// Certificates alone: keys and comments of files are left out.
    pub pem: String,
}

impl Trusted {
    /// DER certificates that came from `source`: the name of a file, or `host:port`.
    ///
    /// # Errors
    /// `NotACertificate`.
    pub(crate) fn of_ders<'a>(ders: impl IntoIterator<Item = &'a [u8]>, source: &str) -> Result<Self> {
        let mut trusted = Self::default();
        for der in ders {
            let one = describe(der)?;
            trusted.push(
                TrustedCertificate {
                    sha256: one.sha256,
                    subject: one.subject,
                    common_name: one.common_name,
                    not_after: one.not_after,
                    source: source.to_owned(),
                },
                &certificate_pem(der),
            );
        }
        Ok(trusted)
    }

    /// Those whose SHA-256 `stays`.
    pub fn only(&self, stays: impl Fn(&str) -> bool) -> Self {
        let mut kept = Self::default();
        let ders = CertificateDer::pem_slice_iter(self.pem.as_bytes()).filter_map(std::result::Result::ok);
        for der in ders {
            let sha256 = sha256_thumbprint(&der);
            let known = self.certificates.iter().find(|known| known.sha256 == sha256);
            if let Some(known) = known.filter(|_| stays(&sha256)) {
                kept.push(known.clone(), &certificate_pem(&der));
            }
        }
        kept
    }

    /// These and `others`; none is there twice.
    pub fn and(mut self, others: &Self) -> Self {
        let new = others.only(|sha256| !self.has(sha256));
        self.certificates.extend(new.certificates);
        self.pem.push_str(&new.pem);
        self
    }

    pub fn has(&self, sha256: &str) -> bool {
        self.certificates.iter().any(|one| one.sha256 == sha256)
    }

    fn push(&mut self, certificate: TrustedCertificate, pem: &str) {
        if !self.has(&certificate.sha256) {
            self.certificates.push(certificate);
            self.pem.push_str(pem);
        }
    }
}
