//! Certificate requests: made for a CA that is elsewhere, and signed by one's own CA. Of a request that came, name and
//! key count; what else it asks for is ours to say.

use crate::certificate::{key_words, parse};
use crate::identity::read_certificates;
use crate::key_kind::{key_pem, new_key};
use crate::name;
use crate::own_ca::{OwnCa, Signed};
use crate::pem_text::to_pem;
use crate::profile::{checked_name, failed, subject};
use crate::signature::is_signed_by;
use hubscope_model::{Code, Error, KeyKind, Result, text};
use rcgen::CertificateParams;
use x509_parser::prelude::{FromDer, X509CertificationRequest};
use zeroize::Zeroizing;

/// A new request with its key.
pub struct NewRequest {
    /// PKCS#10, PEM.
    pub request_pem: String,
    /// The private key, PEM (PKCS#8); wiped when dropped.
    pub key_pem: Zeroizing<String>,
}

/// A request that was signed with the key it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// RFC 4514 text.
    pub subject: String,
    pub common_name: Option<String>,
    /// "P-256", "RSA 2048" …
    pub key: String,
    /// SubjectPublicKeyInfo.
    public: Vec<u8>,
}

/// Makes a key and a request for a certificate of this name.
///
/// # Errors
/// `InvalidFields` for a name that no certificate can have.
pub fn new_request(common_name: &str, kind: KeyKind) -> Result<NewRequest> {
    let mut params = CertificateParams::default();
    params.distinguished_name = subject(checked_name(common_name)?);
    let key = new_key(kind)?;
    let request = params.serialize_request(&key).map_err(failed)?;
    let request_pem = to_pem("CERTIFICATE REQUEST", request.der()).as_str().to_owned();
    Ok(NewRequest { request_pem, key_pem: key_pem(&key) })
}

/// Reads a request, PEM or DER, and checks that its sender has the key.
///
/// # Errors
/// `BadRequest` when it is none, or is signed with another key or in a way that is not known here.
pub fn read_request(bytes: &[u8]) -> Result<Request> {
    let der = request_der(bytes)?;
    let (rest, request) =
        X509CertificationRequest::from_der(&der).map_err(|e| not_a_request().detail(e.to_string()))?;
    if !rest.is_empty() {
        return Err(not_a_request().detail(text!("{count} bytes follow the request", count = rest.len())));
    }
    let info = &request.certification_request_info;
    if !is_signed_by(&der, info.subject_pki.raw) {
        return Err(Error::new(Code::BadRequest, "The request is not signed with its own key.")
            .hint("Make the request again, with an RSA key of at least 2048 bits, or a P-256, P-384 or Ed25519 key."));
    }
    Ok(Request {
        subject: name::rfc4514(&info.subject),
        common_name: name::common_name(&info.subject),
        key: key_words(&info.subject_pki),
        public: info.subject_pki.raw.to_vec(),
    })
}

impl Request {
    /// Whether a certificate (PEM or DER) is for the key of this request.
    pub fn is_answered_by(&self, certificate: &[u8]) -> bool {
        let Ok(mut certificates) = read_certificates(certificate) else { return false };
        let der = certificates.swap_remove(0);
        parse(&der).is_ok_and(|certificate| certificate.public_key().raw == self.public)
    }
}

fn request_der(bytes: &[u8]) -> Result<Vec<u8>> {
    if bytes.first() == Some(&0x30) {
        return Ok(bytes.to_vec());
    }
    let sections = pem::parse_many(bytes).map_err(|e| not_a_request().detail(e.to_string()))?;
    let is_request = |tag: &str| matches!(tag, "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST");
    let found = sections.iter().find(|section| is_request(section.tag()));
    found.map(|section| section.contents().to_vec()).ok_or_else(not_a_request)
}

fn not_a_request() -> Error {
    Error::new(Code::BadRequest, "The file holds no certificate request.")
        .hint("Choose the request, a .csr or .req file.")
}

impl OwnCa {
    /// Issues a device's certificate for the key of a request. `common_name` takes the place of the request's.
    ///
    /// # Errors
    /// `InvalidFields` for a name or number of days that no certificate can have.
    pub fn sign_request(&self, request: &Request, common_name: Option<&str>, days: u32) -> Result<Signed> {
        let asked = request.common_name.as_deref().unwrap_or_default();
        self.issue_for(common_name.unwrap_or(asked), &request.public, days)
    }
}
