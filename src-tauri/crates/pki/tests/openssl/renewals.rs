//! CAs of one's own for a new time: openssl takes what they issued before by the new certificate alone.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use crate::openssl::{Workshop, openssl};
use hubscope_model::{CertificateFacts, Code, KeyKind, RevocationReason};
use hubscope_pki::{OwnCa, Signed, inspect, new_root, verify_possession};
use std::path::Path;

fn facts(pem: &str) -> CertificateFacts {
    inspect(pem.as_bytes(), None).unwrap().swap_remove(0)
}

fn open(chain_pem: &str, key_pem: &str) -> OwnCa {
    OwnCa::read(chain_pem.as_bytes(), Some(key_pem.as_bytes()), None).unwrap()
}

fn put(dir: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        std::fs::write(dir.join(name), text).unwrap();
    }
}

/// `openssl verify` in its strict mode as a TLS client: what it says when it takes the certificate.
fn verify(dir: &Path, args: &[&str]) -> Result<String, String> {
    let (ok, said) = openssl(dir, &[&["verify", "-x509_strict", "-purpose", "sslclient"], args].concat()).unwrap();
    if ok { Ok(said) } else { Err(said) }
}

/// All but serial and time is as before.
fn is_the_same_ca(before: &str, after: &str) {
    let (before, after) = (facts(before), facts(after));
    assert_ne!(before.summary.serial, after.summary.serial);
    assert_ne!(before.summary.not_after, after.summary.not_after);
    let what = |facts: &CertificateFacts| {
        let CertificateFacts { is_ca, path_length, key_usages, extended_key_usages, signature, .. } = facts.clone();
        let ids = (facts.subject_key_id.clone(), facts.authority_key_id.clone());
        let summary = facts.summary.clone();
        (
            (summary.subject, summary.issuer, summary.key),
            ids,
            is_ca,
            path_length,
            key_usages,
            extended_key_usages,
            signature,
        )
    };
    assert_eq!(what(&before), what(&after));
}

#[test]
fn devices_of_before_chain_to_the_renewed_root_alone() {
    for kind in [KeyKind::P256, KeyKind::P384, KeyKind::Ed25519, KeyKind::Rsa2048] {
        let root = new_root("Größe & Söhne, CA", kind, 300).unwrap();
        let ca = open(&root.cert_pem, &root.key_pem);
        let (device, lost) = (ca.issue_device("d", kind, 200).unwrap(), ca.issue_device("lost", kind, 200).unwrap());
        let renewed = ca.renew(root.cert_pem.as_bytes(), 3650).unwrap();
        assert_eq!(renewed.cert_pem, renewed.chain_pem);
        is_the_same_ca(&root.cert_pem, &renewed.cert_pem);

        let now = open(&renewed.chain_pem, &root.key_pem);
        let later = now.issue_device("later", kind, 3000).unwrap();
        assert_eq!(later.chain_pem, format!("{}{}", later.cert_pem, renewed.cert_pem));
        let revoked = now.revoke(lost.cert_pem.as_bytes(), 1_767_225_600, RevocationReason::Superseded).unwrap();
        let list = now.revocation_list(&[revoked], 2, 30).unwrap();
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &[("old.pem", &root.cert_pem), ("ca.pem", &renewed.cert_pem), ("d.pem", &device.cert_pem)]);
        put(dir.path(), &[("lost.pem", &lost.cert_pem), ("later.pem", &later.cert_pem), ("list.pem", &list)]);
        let by = |ca: &'static str, file: &str| verify(dir.path(), &["-CAfile", ca, file]);
        assert_eq!(by("ca.pem", "d.pem"), Ok("d.pem: OK\n".into()), "{kind:?}");
        assert_eq!(by("ca.pem", "later.pem"), Ok("later.pem: OK\n".into()), "{kind:?}");
        assert!(openssl(dir.path(), &["verify", "-x509_strict", "-CAfile", "ca.pem", "ca.pem"]).unwrap().0, "{kind:?}");
        // Who has the old one still takes what the new one issues, until the old one ends.
        assert_eq!(by("old.pem", "later.pem"), Ok("later.pem: OK\n".into()), "{kind:?}");
        let listed =
            |file: &str| verify(dir.path(), &["-CAfile", "ca.pem", "-crl_check", "-CRLfile", "list.pem", file]);
        assert!(listed("lost.pem").unwrap_err().contains("certificate revoked"), "{kind:?}");
        assert_eq!(listed("d.pem"), Ok("d.pem: OK\n".into()), "{kind:?}");
        let proof = now.prove_possession("ABC").unwrap();
        verify_possession(proof.as_bytes(), "ABC", &renewed.cert_pem).unwrap();
    }
}

#[test]
fn a_device_below_a_renewed_intermediate_chains_to_it() {
    let root = new_root("Root", KeyKind::P384, 3650).unwrap();
    let ca = open(&root.cert_pem, &root.key_pem);
    let line = ca.issue_intermediate("Line 4", KeyKind::P256, 100).unwrap();
    let device = open(&line.chain_pem, &line.key_pem).issue_device("d", KeyKind::P256, 90).unwrap();
    let renewed = ca.renew(line.chain_pem.as_bytes(), 1000).unwrap();
    assert_eq!(renewed.chain_pem, format!("{}{}", renewed.cert_pem, root.cert_pem));
    is_the_same_ca(&line.cert_pem, &renewed.cert_pem);
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), &[("ca.pem", &root.cert_pem), ("m.pem", &renewed.cert_pem), ("d.pem", &device.cert_pem)]);
    let chained = |dir: &Path| verify(dir, &["-CAfile", "ca.pem", "-untrusted", "m.pem", "d.pem"]);
    assert_eq!(chained(dir.path()), Ok("d.pem: OK\n".into()));

    // The root anew as well: intermediate and device stay as they are.
    let Signed { cert_pem, .. } = ca.renew(root.cert_pem.as_bytes(), 5000).unwrap();
    put(dir.path(), &[("ca.pem", &cert_pem)]);
    assert_eq!(chained(dir.path()), Ok("d.pem: OK\n".into()));

    let now = open(&renewed.chain_pem, &line.key_pem);
    let error = now.issue_intermediate("Line 5", KeyKind::P256, 10).err().unwrap();
    assert!(error.message.contains("devices only"), "{error:?}");
    let too_long = ca.renew(line.cert_pem.as_bytes(), 3700).err().unwrap();
    assert_eq!((too_long.code, too_long.fields[0].field.as_str()), (Code::InvalidFields, "days"));
    // It did not sign itself, so it cannot renew itself.
    assert_eq!(now.renew(line.cert_pem.as_bytes(), 10).err().unwrap().code, Code::TlsUnknownCa);
    let stranger = new_root("Root", KeyKind::P256, 3650).unwrap();
    let stranger = open(&stranger.cert_pem, &stranger.key_pem);
    assert_eq!(stranger.renew(root.cert_pem.as_bytes(), 10).err().unwrap().code, Code::TlsUnknownCa);
}

/// Of the kind that has more to say than ours: other names, extensions, and an issuer named by its serial.
#[test]
fn a_ca_of_openssl_keeps_all_that_it_says() {
    let shop = Workshop::new("unused").unwrap();
    let args =
        ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "900", "-subj", "/C=DE/O=Old Works/CN=RSA root"];
    let says = [
        ["-addext", "keyUsage=keyCertSign,cRLSign"],
        ["-addext", "authorityKeyIdentifier=keyid:always,issuer:always"],
        ["-addext", "nameConstraints=critical,excluded;DNS:example.com"],
        ["-addext", "certificatePolicies=1.2.3.4"],
        ["-addext", "crlDistributionPoints=URI:http://crl.example/root.crl"],
    ];
    shop.run(&[&args[..], &says.concat(), &["-keyout", "ca.key", "-out", "ca.pem"]].concat()).unwrap();
    let read = |name: &str| String::from_utf8(shop.read(name).unwrap()).unwrap();
    let ca = open(&read("ca.pem"), &read("ca.key"));
    let device = ca.issue_device("d", KeyKind::P256, 800).unwrap();
    let renewed = ca.renew(read("ca.pem").as_bytes(), 2000).unwrap();
    is_the_same_ca(&read("ca.pem"), &renewed.cert_pem);
    put(&shop.path(""), &[("new.pem", &renewed.cert_pem), ("d.pem", &device.cert_pem)]);
    assert_eq!(verify(&shop.path(""), &["-CAfile", "new.pem", "d.pem"]), Ok("d.pem: OK\n".into()));
    let extensions = |file: &str| {
        let names = "basicConstraints,keyUsage,nameConstraints,certificatePolicies,crlDistributionPoints";
        openssl(&shop.path(""), &["x509", "-in", file, "-noout", "-ext", names]).unwrap().1
    };
    assert_eq!(extensions("ca.pem"), extensions("new.pem"));
    assert!(extensions("new.pem").contains("1.2.3.4"));

    // Two attributes of one kind are more than the library can write: refused, not changed.
    let double = ["req", "-x509", "-key", "ca.key", "-days", "9", "-subj", "/OU=Works/OU=Line/CN=Root"];
    shop.run(&[&double[..], &["-out", "double.pem"]].concat()).unwrap();
    let error = open(&read("double.pem"), &read("ca.key")).renew(read("double.pem").as_bytes(), 10).err().unwrap();
    assert!(error.code == Code::BadRequest && error.hint.is_some(), "{error:?}");
}
