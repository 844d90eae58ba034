//! CA files as openssl writes them, and files that people take for CA files.

use crate::openssl::{VALID, Workshop};
use hubscope_model::{Code, Text};
use hubscope_pki::{Trust, client_config, read_ca};

/// Asserts that a file is refused as no certificate, with `words` in the message.
#[track_caller]
fn refused(bytes: &[u8], words: &str) {
    let error = read_ca(bytes, "file").err();
    assert_eq!(error.as_ref().map(|e| e.code), Some(Code::NotACertificate));
    assert!(error.as_ref().is_some_and(|e| e.message.contains(words) && e.hint.is_some()), "{words}: {error:?}");
}

#[test]
fn pem_der_and_bundles_are_read() {
    let shop = Workshop::new("Root Größe").unwrap();
    shop.run(&["x509", "-in", "ca.pem", "-outform", "DER", "-out", "ca.der"]).unwrap();
    let from_pem = read_ca(&shop.read("ca.pem").unwrap(), "ca.pem").unwrap();
    let from_der = read_ca(&shop.read("ca.der").unwrap(), "ca.pem").unwrap();
    assert_eq!(from_pem, from_der);
    assert_eq!(from_pem.pem, shop.text("ca.pem").unwrap());
    assert_eq!(from_pem.certificates[0].subject, "CN=Root Größe");

    // The end date is openssl's.
    let not_after = from_pem.certificates[0].not_after;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs().cast_signed();
    let days = (not_after - now).div_euclid(86_400);
    assert!((3649..=3650).contains(&days), "{days}");

    let other = Workshop::new("Other").unwrap();
    let windows = shop.text("ca.pem").unwrap().replace('\n', "\r\n");
    let bundle = format!("# our roots\r\n{windows}\r\nsome words\n{}", other.text("ca.pem").unwrap());
    let bundle = read_ca(bundle.as_bytes(), "bundle.crt").unwrap();
    let subjects: Vec<_> = bundle.certificates.iter().map(|one| one.subject.as_str()).collect();
    assert_eq!(subjects, ["CN=Root Größe", "CN=Other"]);
    assert_eq!(bundle.pem, shop.text("ca.pem").unwrap() + &other.text("ca.pem").unwrap());
    client_config(&Trust::CaPem(bundle.pem), None).unwrap();
}

#[test]
fn a_private_key_is_called_one_and_never_kept() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("leaf", &VALID, "subjectAltName=DNS:localhost").unwrap();
    shop.run(&["genrsa", "-traditional", "-out", "rsa.key", "2048"]).unwrap();
    shop.run(&["pkey", "-in", "leaf.key", "-aes256", "-passout", "pass:test", "-out", "encrypted.key"]).unwrap();
    shop.run(&["pkey", "-in", "leaf.key", "-outform", "DER", "-out", "key.der"]).unwrap();
    for key in ["ca.key", "leaf.key", "rsa.key", "encrypted.key", "key.der"] {
        refused(&shop.read(key).unwrap(), "private key");
    }
    let both = shop.text("leaf.key").unwrap() + &shop.text("ca.pem").unwrap();
    let ca = read_ca(both.as_bytes(), "both.pem").unwrap();
    assert_eq!(ca.pem, shop.text("ca.pem").unwrap());
}

#[test]
fn a_leaf_is_called_one_unless_it_signed_itself() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("device-7", &VALID, "basicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:localhost").unwrap();
    let leaf = shop.text("device-7.pem").unwrap();
    refused(leaf.as_bytes(), "not of a CA");
    let error = read_ca(leaf.as_bytes(), "file").unwrap_err();
    assert_eq!(error.detail.as_deref(), Some(&Text::verbatim("CN=device-7")));
    assert!(error.hint.unwrap().contains("CN=Root"));

    // In a chain file the CA is what counts.
    let chain = read_ca((leaf + &shop.text("ca.pem").unwrap()).as_bytes(), "chain.pem").unwrap();
    assert_eq!(chain.pem, shop.text("ca.pem").unwrap());

    shop.run(&[
        "req",
        "-x509",
        "-new",
        "-key",
        "ca.key",
        "-config",
        "ca.cnf",
        "-days",
        "9",
        "-subj",
        "/CN=self",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-out",
        "self.pem",
    ])
    .unwrap();
    assert_eq!(read_ca(&shop.read("self.pem").unwrap(), "self.pem").unwrap().certificates[0].subject, "CN=self");
}

#[test]
fn other_files_are_named_or_refused() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("leaf", &VALID, "subjectAltName=DNS:localhost").unwrap();
    shop.run(&["ca", "-config", "ca.cnf", "-gencrl", "-out", "crl.pem"]).unwrap();
    shop.run(&["pkey", "-in", "leaf.key", "-pubout", "-out", "public.pem"]).unwrap();
    shop.run(&["crl", "-in", "crl.pem", "-outform", "DER", "-out", "crl.der"]).unwrap();
    refused(&shop.read("leaf.csr").unwrap(), "certificate request");
    refused(&shop.read("crl.pem").unwrap(), "revocation list");
    refused(&shop.read("crl.der").unwrap(), "no certificate");
    refused(&shop.read("public.pem").unwrap(), "public key");
    refused(b"", "empty");
    refused(b" \r\n\t", "empty");
    refused(b"\x30", "no certificate");
    refused(&[0xff; 4096], "no certificate");
    refused("\u{feff}just a text file".as_bytes(), "no certificate");
}

#[test]
fn cut_and_changed_files_are_refused_and_never_crash() {
    let shop = Workshop::new("Root").unwrap();
    shop.run(&["x509", "-in", "ca.pem", "-outform", "DER", "-out", "ca.der"]).unwrap();
    for name in ["ca.pem", "ca.der"] {
        let whole = shop.read(name).unwrap();
        // A PEM file without its last line break is still whole.
        for length in 0..whole.len() - 1 {
            let error = read_ca(&whole[..length], name).unwrap_err();
            assert_eq!(error.code, Code::NotACertificate, "{name} cut to {length}");
        }
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            // Some changes leave a readable certificate; then it can be trusted or says why not.
            if let Ok(ca) = read_ca(&changed, name) {
                let _ = client_config(&Trust::CaPem(ca.pem), None);
            }
        }
    }
    let der = shop.read("ca.der").unwrap();
    refused(&[der.as_slice(), b"more"].concat(), "damaged");
}

#[test]
fn trust_without_a_certificate_is_an_error() {
    for pem in ["", "text", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        assert_eq!(client_config(&Trust::CaPem(pem.into()), None).unwrap_err().code, Code::NotACertificate, "{pem}");
    }
}
