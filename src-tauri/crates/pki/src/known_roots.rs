//! Roots that the hubs' vendors name: who uses which, and which ones are given up.
//!
//! Azure: Microsoft, "Azure IoT TLS: certificate changes" and `az iot hub certificate root-authority`. Kaa: the vendor's
//! Arduino sample. AWS: "Server authentication" of the AWS IoT Core guide. Fingerprints are those of Mozilla's root store.

use crate::server_chain::chain_end;
use hubscope_model::{KnownRoot, ServerCertificate, Text, text};

struct Root {
    name: &'static str,
    /// RFC 4514 text; servers seldom send the root itself, so most chains only name it.
    subject: &'static str,
    sha256: &'static str,
    words: Text,
    retired: bool,
}

const ROOTS: [Root; 8] = [
    Root {
        name: "DigiCert Global Root G2",
        subject: "CN=DigiCert Global Root G2,OU=www.digicert.com,O=DigiCert Inc,C=US",
        sha256: "CB3CCBB76031E5E0138F8DD39A23F9DE47FFC35E43C1144CEA27D46A5AB1CB5F",
        words: text!("Azure IoT Hub uses it since 2023 and Azure's provisioning service since 2024."),
        retired: false,
    },
    Root {
        name: "DigiCert Global Root G3",
        subject: "CN=DigiCert Global Root G3,OU=www.digicert.com,O=DigiCert Inc,C=US",
        sha256: "31AD6648F8104138C738F39EA4320133393E3A18CC02296EF97C2AC9EF6731D0",
        words: text!("Azure IoT Hub used it in a preview of server certificates with elliptic curves."),
        retired: false,
    },
    Root {
        name: "Microsoft RSA Root Certificate Authority 2017",
        subject: "CN=Microsoft RSA Root Certificate Authority 2017,O=Microsoft Corporation,C=US",
        sha256: "C741F70F4B2A8D88BF2E71C14122EF53EF10EBA0CFA5E64CFA20F418853073E0",
        words: text!("Microsoft names it beside DigiCert Global Root G2 as a root that Azure IoT may use."),
        retired: false,
    },
    Root {
        name: "Microsoft ECC Root Certificate Authority 2017",
        subject: "CN=Microsoft ECC Root Certificate Authority 2017,O=Microsoft Corporation,C=US",
        sha256: "358DF39D764AF9E1B766E9C972DF352EE15CFAC227AF6AD1D70E8E4A6EDCBA02",
        words: text!("Microsoft names it as a root that Azure services may use."),
        retired: false,
    },
    Root {
        name: "ISRG Root X1",
        subject: "CN=ISRG Root X1,O=Internet Security Research Group,C=US",
        sha256: "96BCEC06264976F37460779ACF28C5A7CFE8A3C0AAE11A8FFCEE05C0BDDF08C6",
        words: text!("The root of Let's Encrypt, which Kaa Cloud and many servers of one's own use."),
        retired: false,
    },
    Root {
        name: "Amazon Root CA 1",
        subject: "CN=Amazon Root CA 1,O=Amazon,C=US",
        sha256: "8ECDE6884F3D87B1125BA31AC3FCB13D7016DE7F57CC904FE1CB97C6AE98196E",
        words: text!("AWS IoT Core uses it for servers with RSA keys."),
        retired: false,
    },
    Root {
        name: "Amazon Root CA 3",
        subject: "CN=Amazon Root CA 3,O=Amazon,C=US",
        sha256: "18CE6CFE7BF14E60B2E347B8DFE868CB31D02EBB3ADA271569F50343B46DB3A4",
        words: text!("AWS IoT Core uses it for servers with keys on elliptic curves."),
        retired: false,
    },
    Root {
        name: "Baltimore CyberTrust Root",
        subject: "CN=Baltimore CyberTrust Root,OU=CyberTrust,O=Baltimore,C=IE",
        sha256: "16AF57A9F676B0AB126095AA5EBADEF22AB31119D644AC95CD4B93DBF3F26AEB",
        words: text!("Azure IoT Hub gave it up in 2023 for DigiCert Global Root G2, and it ended in May 2025."),
        retired: true,
    },
];

/// Of all roots of VeriSign, which AWS IoT Core's oldest endpoints showed.
const VERISIGN: &str = "O=VeriSign\\, Inc.";

/// The well-known root that a chain ends in. One that was sent is told by its fingerprint, another by its name.
pub fn known_root(chain: &[ServerCertificate]) -> Option<KnownRoot> {
    let end = &chain_end(chain)?.certificate;
    let is_end = |root: &&Root| match end.self_signed {
        true => root.sha256 == end.sha256,
        false => root.subject == end.issuer,
    };
    let known = |root: &Root| KnownRoot { name: root.name.into(), words: root.words.clone(), retired: root.retired };
    ROOTS.iter().find(is_end).map(known).or_else(|| {
        end.issuer.contains(VERISIGN).then(|| KnownRoot {
            name: "VeriSign".into(),
            words: text!(
                "AWS IoT Core gave up its roots for those of Amazon: use the endpoint with “-ats” in its name."
            ),
            retired: true,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::describe;
    use rustls_pki_types::CertificateDer;
    use rustls_pki_types::pem::PemObject;

    fn shown(subject: &str, issuer: &str, sha256: &str) -> ServerCertificate {
        let authority = crate::Authority::new("x").unwrap();
        let der = CertificateDer::from_pem_slice(authority.pem().as_bytes()).unwrap();
        let mut certificate = describe(&der).unwrap();
        (certificate.subject, certificate.issuer, certificate.sha256) = (subject.into(), issuer.into(), sha256.into());
        certificate.self_signed = subject == issuer;
        ServerCertificate { certificate, names: Vec::new(), is_ca: false, pem: String::new() }
    }

    #[test]
    fn a_chain_that_only_names_its_root_is_known_and_an_impostor_is_not() {
        let baltimore = ROOTS[7].subject;
        let found = known_root(&[shown("CN=hub", baltimore, "00")]).unwrap();
        assert_eq!((found.name.as_str(), found.retired), ("Baltimore CyberTrust Root", true));
        assert_eq!(known_root(&[shown("CN=hub", baltimore, "00"), shown(baltimore, baltimore, "00")]), None);
        let sent = shown(ROOTS[0].subject, ROOTS[0].subject, ROOTS[0].sha256);
        assert!(!known_root(&[shown("CN=hub", ROOTS[0].subject, "00"), sent]).unwrap().retired);
        let verisign = "CN=VeriSign Class 3 Public Primary Certification Authority - G5,O=VeriSign\\, Inc.,C=US";
        assert!(known_root(&[shown("CN=hub", verisign, "00")]).unwrap().retired);
        assert_eq!(known_root(&[shown("CN=hub", "CN=lab", "00")]), None);
    }

    /// Subjects and fingerprints against the roots that this system has.
    #[cfg(target_os = "linux")]
    #[test]
    fn the_table_says_what_the_roots_say() {
        let bundle = std::fs::read("/etc/ssl/certs/ca-certificates.crt").unwrap();
        let here: Vec<_> =
            CertificateDer::pem_slice_iter(&bundle).filter_map(|der| describe(&der.unwrap()).ok()).collect();
        for root in ROOTS.iter().filter(|root| !root.retired) {
            let found = here.iter().find(|one| one.subject == root.subject);
            assert_eq!(found.map(|one| one.sha256.as_str()), Some(root.sha256), "{}", root.name);
        }
    }
}
