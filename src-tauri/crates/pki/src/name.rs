//! Names of subjects and issuers as text.

use std::fmt::Write;
use x509_parser::asn1_rs::ToDer;
use x509_parser::prelude::*;

/// Attribute types that have a short name (RFC 4514, section 3).
const SHORT: &[(&str, &str)] = &[
    ("2.5.4.3", "CN"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "STREET"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("0.9.2342.19200300.100.1.25", "DC"),
];

/// The name as RFC 4514 text: the last component first, special characters escaped, and what is no text as `#hex`.
pub(crate) fn rfc4514(name: &X509Name<'_>) -> String {
    let mut components: Vec<_> = name.iter().map(component).collect();
    components.reverse();
    components.join(",")
}

/// The most specific common name: the last one that the name holds.
pub(crate) fn common_name(name: &X509Name<'_>) -> Option<String> {
    name.iter_common_name().last().and_then(|cn| cn.as_str().ok()).map(str::to_owned)
}

fn component(component: &RelativeDistinguishedName<'_>) -> String {
    component.iter().map(attribute).collect::<Vec<_>>().join("+")
}

fn attribute(attribute: &AttributeTypeAndValue<'_>) -> String {
    let oid = attribute.attr_type().to_id_string();
    let short = SHORT.iter().find(|(known, _)| *known == oid).map(|(_, name)| *name);
    match (short, attribute.as_str()) {
        (Some(name), Ok(text)) => format!("{name}={}", escaped(text)),
        // Section 2.4: a type without a short name carries its value as hex of the encoding.
        (name, _) => format!("{}={}", name.unwrap_or(&oid), hex_value(attribute)),
    }
}

/// Section 2.4: a backslash before what would be read as structure.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let last = text.chars().count().saturating_sub(1);
    for (at, c) in text.chars().enumerate() {
        match c {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => out.extend(['\\', c]),
            ' ' if at == 0 || at == last => out.push_str("\\ "),
            '#' if at == 0 => out.push_str("\\#"),
            c if c.is_control() => {
                for byte in c.to_string().bytes() {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "\\{byte:02X}");
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// `#` and the hex of the value's DER: tag, length, contents.
fn hex_value(attribute: &AttributeTypeAndValue<'_>) -> String {
    let value = attribute.attr_value();
    let der = value.to_der_vec().unwrap_or_else(|_| value.data.to_vec());
    der.iter().fold(String::from("#"), |mut hex, byte| {
        let _ = write!(hex, "{byte:02X}");
        hex
    })
}
