//! A CA's own certificate for a new time: all else that it says goes over as it is, so that what the CA issued before
//! is of the new certificate, too.

use crate::certificate::parse;
use crate::own_ca::{OwnCa, Signed, spki};
use crate::pem_text::certificate_pem;
use crate::profile::{Validity, params};
use hubscope_model::{Code, Error, Result};
use rcgen::string::BmpString;
use rcgen::{CustomExtension, DistinguishedName, DnType, DnValue, IsCa};
use x509_parser::asn1_rs::Tag;
use x509_parser::oid_registry::OID_X509_EXT_AUTHORITY_KEY_IDENTIFIER;
use x509_parser::prelude::{X509Certificate, X509Extension, X509Name};

impl OwnCa {
    /// The same CA for a new time: its own certificate when it is a root, or that of a CA right below it.
    pub(crate) fn renew_authority(&self, old: &X509Certificate<'_>, days: u32) -> Result<Signed> {
        let itself = old.public_key().raw == self.public && old.subject().as_raw() == self.subject;
        let validity = if itself { Validity::of_days(days)? } else { self.validity(days)? };
        let mut params = params("", validity)?;
        params.distinguished_name = copied_name(old.subject()).ok_or_else(not_copied)?;
        // The library would write these anew, each in its own way.
        params.is_ca = IsCa::NoCa;
        params.custom_extensions = kept(old).map(copied).collect::<Option<_>>().ok_or_else(not_copied)?;
        params.use_authority_key_identifier_extension = old.extensions().iter().any(names_issuer);
        let made = self.sign_as_is(&params, &spki(old.public_key().raw)?, old.public_key().raw)?;
        if !says_the_same(old, &parse(&made)?) {
            return Err(not_copied());
        }
        let cert_pem = certificate_pem(&made);
        let issuers = if itself { "" } else { self.chain_pem.as_str() };
        Ok(Signed { chain_pem: format!("{cert_pem}{issuers}"), cert_pem })
    }
}

/// All but the key id of the issuer, which may name the serial of a certificate that was replaced (RFC 5280,
/// section 4.2.1.1).
fn kept<'a>(certificate: &'a X509Certificate<'a>) -> impl Iterator<Item = &'a X509Extension<'a>> {
    certificate.extensions().iter().filter(|extension| !names_issuer(extension))
}

fn names_issuer(extension: &X509Extension<'_>) -> bool {
    extension.oid == OID_X509_EXT_AUTHORITY_KEY_IDENTIFIER
}

fn copied(extension: &X509Extension<'_>) -> Option<CustomExtension> {
    let oid: Vec<u64> = extension.oid.iter()?.collect();
    let mut copy = CustomExtension::from_oid_content(&oid, extension.value.to_vec());
    copy.set_criticality(extension.critical);
    Some(copy)
}

/// None for a name that the library cannot write.
fn copied_name(name: &X509Name<'_>) -> Option<DistinguishedName> {
    let mut copy = DistinguishedName::new();
    for attribute in name.iter_attributes() {
        let oid: Vec<u64> = attribute.attr_type().iter()?.collect();
        let data = attribute.attr_value().data;
        let text = || std::str::from_utf8(data).ok();
        let value = match attribute.attr_value().header.tag() {
            Tag::Utf8String => DnValue::Utf8String(text()?.to_owned()),
            Tag::PrintableString => DnValue::PrintableString(text()?.try_into().ok()?),
            Tag::Ia5String => DnValue::Ia5String(text()?.try_into().ok()?),
            Tag::T61String => DnValue::TeletexString(text()?.try_into().ok()?),
            Tag::BmpString => DnValue::BmpString(BmpString::from_utf16be(data.to_vec()).ok()?),
            _ => return None,
        };
        copy.push(DnType::from_oid(&oid), value);
    }
    // Of two attributes of one kind the library keeps the last.
    (copy.iter().count() == name.iter_attributes().count()).then_some(copy)
}

fn says_the_same(old: &X509Certificate<'_>, new: &X509Certificate<'_>) -> bool {
    let all = |certificate| kept(certificate).map(|one| (&one.oid, one.critical, one.value));
    old.subject().as_raw() == new.subject().as_raw() && all(old).eq(all(new))
}

fn not_copied() -> Error {
    Error::new(Code::BadRequest, "This CA's certificate has a name or an extension that cannot be written anew here.")
        .hint("Renew it with the program that made it and import the result, or make a new CA.")
}
