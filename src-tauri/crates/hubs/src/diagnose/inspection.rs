//! Whether something between this machine and a hub opens TLS: products that sign with a root of their own, and hubs whose
//! public roots are documented.

use hubscope_model::ServerCertificate;

/// Words of the issuers by which products that inspect TLS sign; each stands in the vendor's own papers or in the name of the
/// root that it installs.
const PRODUCTS: [(&str, &str); 26] = [
    ("zscaler", "Zscaler"),
    ("netskope", "Netskope"),
    ("goskope", "Netskope"),
    ("fortinet", "Fortinet"),
    ("fortigate", "Fortinet"),
    ("palo alto networks", "Palo Alto Networks"),
    ("blue coat", "Blue Coat"),
    ("bluecoat", "Blue Coat"),
    ("cisco umbrella", "Cisco Umbrella"),
    ("sophos", "Sophos"),
    ("check point", "Check Point"),
    ("watchguard", "WatchGuard"),
    ("forcepoint", "Forcepoint"),
    ("websense", "Forcepoint"),
    ("barracuda", "Barracuda"),
    ("sonicwall", "SonicWall"),
    ("smoothwall", "Smoothwall"),
    ("mcafee web gateway", "McAfee Web Gateway"),
    ("skyhigh", "Skyhigh"),
    ("kaspersky", "Kaspersky"),
    ("eset ssl filter", "ESET"),
    ("avast", "Avast"),
    ("bitdefender", "Bitdefender"),
    ("mitmproxy", "mitmproxy"),
    ("portswigger", "Burp"),
    ("do_not_trust_fiddlerroot", "Fiddler"),
];

/// Hosts whose public roots their vendors name, and words of those roots. Azure: DigiCert Global Root G2 and G3, Microsoft's
/// RSA and ECC roots of 2017 (Microsoft, "Azure IoT TLS: certificate changes"); the CAs below carry the same names.
const DOCUMENTED: [(&str, &[&str]); 2] = [
    (".azure-devices.net", &["digicert", "microsoft"]),
    (".azure-devices-provisioning.net", &["digicert", "microsoft"]),
];

/// The product that signed this chain, if it is a known one.
pub(super) fn product(chain: &[ServerCertificate]) -> Option<&'static str> {
    chain.iter().find_map(|shown| {
        let issuer = shown.certificate.issuer.to_lowercase();
        PRODUCTS.iter().find(|(word, _)| issuer.contains(word)).map(|(_, name)| *name)
    })
}

/// Whether the vendor of this host names its roots, and this chain comes from another.
pub(super) fn is_from_elsewhere(host: &str, chain: &[ServerCertificate]) -> bool {
    let host = host.to_lowercase();
    let Some((_, roots)) = DOCUMENTED.iter().find(|(end, _)| host.ends_with(end)) else { return false };
    let Some(end) = hubscope_pki::chain_end(chain) else { return false };
    let issuer = end.certificate.issuer.to_lowercase();
    !roots.iter().any(|root| issuer.contains(root))
}
