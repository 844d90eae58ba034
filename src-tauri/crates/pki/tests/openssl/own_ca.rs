//! CAs of one's own and what they issue, judged by openssl; and CAs that openssl made, used by us.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use crate::openssl::{Workshop, openssl};
use hubscope_model::{Code, KeyKind};
use hubscope_pki::{Issued, OwnCa, describe, new_root, read_identity, verify_possession};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use std::path::Path;
use tempfile::TempDir;

fn open(issued: &Issued) -> OwnCa {
    OwnCa::read(issued.chain_pem.as_bytes(), Some(issued.key_pem.as_bytes()), None).unwrap()
}

fn der(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
}

/// A directory with `ca.pem`, and `NAME.pem` for each certificate.
fn directory(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

/// `openssl verify` in its strict mode as a TLS client.
fn verifies(dir: &Path, more: &[&str]) -> (bool, String) {
    let args = [&["verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", "ca.pem"], more].concat();
    openssl(dir, &args).unwrap()
}

fn text(dir: &Path, file: &str) -> String {
    openssl(dir, &["x509", "-in", file, "-noout", "-text"]).unwrap().1
}

#[test]
fn every_kind_of_key_makes_a_ca_and_a_device_that_openssl_accepts() {
    for (kind, words) in [
        (KeyKind::P256, "NIST CURVE: P-256"),
        (KeyKind::P384, "NIST CURVE: P-384"),
        (KeyKind::Ed25519, "ED25519"),
        (KeyKind::Rsa2048, "Public-Key: (2048 bit)"),
        (KeyKind::Rsa3072, "Public-Key: (3072 bit)"),
        (KeyKind::Rsa4096, "Public-Key: (4096 bit)"),
    ] {
        let root = new_root("Größe & Söhne, CA", kind, 3650).unwrap();
        let device = open(&root).issue_device("device-001", kind, 365).unwrap();
        let dir = directory(&[("ca.pem", &root.cert_pem), ("d.pem", &device.cert_pem), ("d.key", &device.key_pem)]);
        assert_eq!(verifies(dir.path(), &["d.pem"]), (true, "d.pem: OK\n".into()), "{kind:?}");
        assert!(openssl(dir.path(), &["verify", "-x509_strict", "-CAfile", "ca.pem", "ca.pem"]).unwrap().0);
        assert!(text(dir.path(), "d.pem").contains(words), "{kind:?}");
        assert!(openssl(dir.path(), &["pkey", "-in", "d.key", "-noout", "-check"]).unwrap().0, "{kind:?}");
        let read = read_identity(device.chain_pem.as_bytes(), Some(device.key_pem.as_bytes()), None).unwrap();
        assert_eq!((read.summary.common_name.as_deref(), read.summary.chain), (Some("device-001"), 2));
    }
}

#[test]
fn extensions_are_those_of_a_ca_and_of_a_device() {
    let root = new_root("Root", KeyKind::P256, 3650).unwrap();
    let device = open(&root).issue_device("d", KeyKind::P256, 365).unwrap();
    let with_rsa = open(&root).issue_device("d", KeyKind::Rsa2048, 365).unwrap();
    let dir = directory(&[("ca.pem", &root.cert_pem), ("d.pem", &device.cert_pem), ("rsa.pem", &with_rsa.cert_pem)]);
    let compact = |file: &str| text(dir.path(), file).split_whitespace().collect::<Vec<_>>().join(" ");
    let (ca, leaf, rsa) = (compact("ca.pem"), compact("d.pem"), compact("rsa.pem"));
    for part in ["Basic Constraints: critical CA:TRUE, pathlen:1", "Key Usage: critical Certificate Sign, CRL Sign"] {
        assert!(ca.contains(part), "{part} is missing in {ca}");
    }
    for part in [
        "Version: 3",
        "Basic Constraints: critical CA:FALSE",
        "X509v3 Key Usage: critical Digital Signature X509v3",
        "Extended Key Usage: TLS Web Client Authentication",
        "Signature Algorithm: ecdsa-with-SHA256",
    ] {
        assert!(leaf.contains(part), "{part} is missing in {leaf}");
    }
    assert!(rsa.contains("Digital Signature, Key Encipherment"), "{rsa}");
    let id = |text: &str, name: &str| {
        let after = text.split_once(name).unwrap().1;
        after.split_whitespace().next().unwrap().to_owned()
    };
    assert_eq!(id(&leaf, "Authority Key Identifier:"), id(&ca, "Subject Key Identifier:"));
    assert_ne!(id(&leaf, "Subject Key Identifier:"), id(&ca, "Subject Key Identifier:"));
}

#[test]
fn intermediates_sign_devices_and_no_further_ca() {
    let root = new_root("Root", KeyKind::P384, 3650).unwrap();
    let middle = open(&root).issue_intermediate("Line 4", KeyKind::P256, 1000).unwrap();
    let device = open(&middle).issue_device("d", KeyKind::P256, 365).unwrap();
    assert_eq!(device.chain_pem, format!("{}{}{}", device.cert_pem, middle.cert_pem, root.cert_pem));
    let dir = directory(&[("ca.pem", &root.cert_pem), ("m.pem", &middle.cert_pem), ("d.pem", &device.cert_pem)]);
    assert!(verifies(dir.path(), &["-untrusted", "m.pem", "d.pem"]).0);
    assert!(!verifies(dir.path(), &["d.pem"]).0);
    let error = open(&middle).issue_intermediate("Line 5", KeyKind::P256, 100).err().unwrap();
    assert_eq!(error.code, Code::BadRequest);
}

#[test]
fn a_renewal_keeps_name_and_key_and_has_its_own_serial() {
    let root = new_root("Root", KeyKind::P256, 3650).unwrap();
    let ca = open(&root);
    let old = ca.issue_device("d", KeyKind::P256, 10).unwrap();
    let new = ca.renew(old.cert_pem.as_bytes(), 500).unwrap();
    read_identity(new.chain_pem.as_bytes(), Some(old.key_pem.as_bytes()), None).unwrap();
    let (before, after) = (describe(&der(&old.cert_pem)).unwrap(), describe(&der(&new.cert_pem)).unwrap());
    assert_eq!(before.subject, after.subject);
    assert_ne!(before.serial, after.serial);
    assert_eq!((after.not_after - before.not_after).div_euclid(86_400), 490);
    let stranger = open(&new_root("Root", KeyKind::P256, 3650).unwrap());
    assert_eq!(stranger.renew(old.cert_pem.as_bytes(), 5).err().unwrap().code, Code::TlsUnknownCa);
}

#[test]
fn the_proof_of_possession_is_signed_by_the_ca_and_by_no_other() {
    let code = "75B86466DA34D2B04C0C4C9557A119687ADAE7D4732BDDB3";
    for kind in [KeyKind::P256, KeyKind::Ed25519, KeyKind::Rsa2048] {
        let root = new_root("Root", kind, 3650).unwrap();
        let proof = open(&root).prove_possession(&format!(" {code}\n")).unwrap();
        let dir = directory(&[("ca.pem", &root.cert_pem), ("proof.pem", &proof)]);
        assert!(verifies(dir.path(), &["proof.pem"]).0, "{kind:?}");
        verify_possession(proof.as_bytes(), code, &root.cert_pem).unwrap();
        let other = verify_possession(proof.as_bytes(), &code.to_lowercase(), &root.cert_pem);
        assert_eq!(other.unwrap_err().code, Code::BadRequest);
        let stranger = new_root("Root", KeyKind::P256, 3650).unwrap().cert_pem;
        assert_eq!(verify_possession(proof.as_bytes(), code, &stranger).unwrap_err().code, Code::TlsUnknownCa);
    }
    let short = open(&new_root("Root", KeyKind::P256, 10).unwrap());
    assert!(short.prove_possession(code).unwrap_err().message.contains("ends on"));
}

#[test]
fn cas_of_openssl_sign_as_ours_do() {
    let shop = Workshop::new("Größe CA").unwrap();
    shop.run(&["pkey", "-in", "ca.key", "-aes256", "-passout", "pass:geheim", "-out", "sealed.key"]).unwrap();
    let passphrase = hubscope_vault::Secret::new(zeroize::Zeroizing::new("geheim".to_owned()));
    for key in ["ca.key", "sealed.key"] {
        let ca = OwnCa::read(&shop.read("ca.pem").unwrap(), Some(&shop.read(key).unwrap()), Some(&passphrase)).unwrap();
        let device = ca.issue_device("d", KeyKind::P256, 365).unwrap();
        std::fs::write(shop.path("d.pem"), &device.cert_pem).unwrap();
        assert_eq!(verifies(&shop.path(""), &["d.pem"]), (true, "d.pem: OK\n".into()), "{key}");
    }
    // RSA, with a name in the old encoding.
    let args = ["req", "-x509", "-newkey", "rsa:3072", "-nodes", "-days", "900", "-subj", "/C=DE/O=Old/CN=RSA root"];
    let usage = ["-addext", "keyUsage=critical,keyCertSign"];
    shop.run(&[&args[..], &usage, &["-keyout", "rsa.key", "-out", "ca.pem"]].concat()).unwrap();
    let ca = OwnCa::read(&shop.read("ca.pem").unwrap(), Some(&shop.read("rsa.key").unwrap()), None).unwrap();
    std::fs::write(shop.path("d.pem"), ca.issue_device("d", KeyKind::P256, 365).unwrap().cert_pem).unwrap();
    assert_eq!(verifies(&shop.path(""), &["d.pem"]), (true, "d.pem: OK\n".into()));
}

#[test]
fn what_cannot_be_made_says_which_field_and_why() {
    let root = new_root("Root", KeyKind::P256, 100).unwrap();
    let ca = open(&root);
    for (name, days, field) in [
        ("", 10, "common_name"),
        (" ", 10, "common_name"),
        (&"x".repeat(65), 10, "common_name"),
        ("a\nb", 10, "common_name"),
        ("d", 0, "days"),
        ("d", 36_501, "days"),
        ("d", 101, "days"),
    ] {
        let error = ca.issue_device(name, KeyKind::P256, days).err().unwrap();
        assert_eq!((error.code, error.fields[0].field.as_str()), (Code::InvalidFields, field), "{name} {days}");
        assert!(error.hint.is_some() && !error.message.contains("need a change"), "{error:?}");
    }
    ca.issue_device(&"ü".repeat(64), KeyKind::P256, 100).unwrap();

    let device = ca.issue_device("d", KeyKind::P256, 10).unwrap();
    let key = device.key_pem.as_bytes();
    let not_a_ca = OwnCa::read(device.cert_pem.as_bytes(), Some(key), None).err().unwrap();
    assert!(not_a_ca.code == Code::NotACertificate && not_a_ca.message.contains("not of a CA"), "{not_a_ca:?}");
    let other_key = OwnCa::read(root.cert_pem.as_bytes(), Some(key), None).err().unwrap();
    assert_eq!(other_key.code, Code::KeyDoesNotMatch);
}
