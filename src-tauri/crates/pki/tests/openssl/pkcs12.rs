//! PKCS#12 files and encrypted keys: ours opened by openssl, openssl's by us.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use crate::openssl::{VALID, Workshop, openssl};
use hubscope_model::{Code, Error, KeyKind};
use hubscope_pki::{Identity, OwnCa, inspect, new_root, read_identity, seal_key, write_pkcs12};
use hubscope_vault::{Secret, for_connector};
use zeroize::Zeroizing;

const DEVICE: &str = "basicConstraints=critical,CA:FALSE\nextendedKeyUsage=clientAuth";

fn secret(text: &str) -> Secret<String> {
    Secret::new(Zeroizing::new(text.to_owned()))
}

fn read(shop: &Workshop, file: &str, passphrase: &str) -> Result<Identity, Error> {
    read_identity(&shop.read(file).unwrap(), None, (!passphrase.is_empty()).then(|| secret(passphrase)).as_ref())
}

/// A device's certificate of openssl's CA and `d.p12` with it.
fn export(shop: &Workshop, more: &[&str]) {
    let args = ["pkcs12", "-export", "-inkey", "d.key", "-in", "d.pem", "-certfile", "ca.pem", "-out", "d.p12"];
    shop.run(&[&args[..], more].concat()).unwrap();
}

#[test]
fn files_of_openssl_are_read_in_every_modern_form() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("d", &VALID, DEVICE).unwrap();
    let whole =
        read_identity(shop.text("d.pem").unwrap().as_bytes(), Some(&shop.read("d.key").unwrap()), None).unwrap();
    for more in [
        &[][..],
        &["-macalg", "sha512", "-iter", "5000"],
        &["-keypbe", "AES-128-CBC", "-certpbe", "AES-128-CBC"],
        &["-certpbe", "NONE"],
        &["-keypbe", "NONE", "-certpbe", "NONE"],
        &["-nomac"],
    ] {
        export(&shop, &[&["-passout", "pass:grün"], more].concat());
        let identity = read(&shop, "d.p12", "grün").unwrap();
        assert_eq!(identity.summary.sha256, whole.summary.sha256, "{more:?}");
        assert!(identity.key.is_same(&whole.key), "{more:?}");
        // The CA's certificate comes with it, after the device's.
        assert_eq!(identity.chain_pem, shop.text("d.pem").unwrap() + &shop.text("ca.pem").unwrap(), "{more:?}");
    }
    export(&shop, &["-passout", "pass:grün"]);
    assert_eq!(read(&shop, "d.p12", "blau").unwrap_err().code, Code::WrongPassphrase);
    assert_eq!(read(&shop, "d.p12", "").unwrap_err().code, Code::PassphraseNeeded);
    assert_eq!(inspect(&shop.read("d.p12").unwrap(), Some(&secret("grün"))).unwrap().len(), 2);
    export(&shop, &["-passout", "pass:"]);
    assert_eq!(read(&shop, "d.p12", "").unwrap().summary.sha256, whole.summary.sha256);
}

#[test]
fn old_encryption_and_incomplete_files_are_refused_in_words() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("d", &VALID, DEVICE).unwrap();
    for more in [&["-legacy"][..], &["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES"]] {
        export(&shop, &[&["-passout", "pass:x"], more].concat());
        let error = read(&shop, "d.p12", "x").unwrap_err();
        assert!(error.message.contains("old way"), "{more:?}: {error:?}");
        assert!(error.hint.unwrap().contains("openssl pkcs12 -legacy"), "{more:?}");
    }
    shop.run(&["pkcs12", "-export", "-nokeys", "-in", "d.pem", "-passout", "pass:x", "-out", "d.p12"]).unwrap();
    assert_eq!(read(&shop, "d.p12", "x").unwrap_err().code, Code::NotAPrivateKey);
    let args = ["pkcs12", "-export", "-nocerts", "-inkey", "d.key", "-passout", "pass:x", "-out", "d.p12"];
    shop.run(&args).unwrap();
    assert_eq!(read(&shop, "d.p12", "x").unwrap_err().code, Code::KeyDoesNotMatch);
    export(&shop, &["-passout", "pass:x"]);
    let whole = shop.read("d.p12").unwrap();
    for length in (8..whole.len()).step_by(97) {
        assert!(read_identity(&whole[..length], None, Some(&secret("x"))).is_err(), "cut to {length}");
    }
}

#[test]
fn openssl_opens_what_we_write() {
    let shop = Workshop::new("Root").unwrap();
    let root = new_root("Größe CA", KeyKind::P256, 3650).unwrap();
    let ca = OwnCa::read(root.cert_pem.as_bytes(), Some(root.key_pem.as_bytes()), None).unwrap();
    for kind in [KeyKind::P256, KeyKind::P384, KeyKind::Ed25519, KeyKind::Rsa2048] {
        let device = ca.issue_device("Gerät-1", kind, 365).unwrap();
        let key = device.key_pem.as_bytes();
        let made = write_pkcs12(device.chain_pem.as_bytes(), Some(key), None, &secret("grün")).unwrap();
        std::fs::write(shop.path("our.p12"), &made).unwrap();
        let args = ["pkcs12", "-in", "our.p12", "-passin", "pass:grün", "-nodes", "-info", "-out", "all.pem"];
        let (ok, said) = openssl(&shop.path(""), &args).unwrap();
        assert!(ok, "{said}");
        for part in ["MAC: sha256", "PBES2", "AES-256-CBC", "hmacWithSHA256"] {
            assert!(said.contains(part), "{part} is missing in {said}");
        }
        let back = read(&shop, "all.pem", "").unwrap();
        assert_eq!(back.chain_pem, device.chain_pem);
        let ours = read_identity(&made, None, Some(&secret("grün"))).unwrap();
        assert_eq!((ours.chain_pem, for_connector(&ours.key)), (device.chain_pem, device.key_pem.as_str()));
        let wrong = ["pkcs12", "-in", "our.p12", "-passin", "pass:blau", "-nodes", "-noout"];
        assert!(!openssl(&shop.path(""), &wrong).unwrap().0);
    }
    let device = ca.issue_device("d", KeyKind::P256, 365).unwrap();
    let other = ca.issue_device("d", KeyKind::P256, 365).unwrap();
    let chain = device.chain_pem.as_bytes();
    let mixed = write_pkcs12(chain, Some(other.key_pem.as_bytes()), None, &secret("x")).unwrap_err();
    assert_eq!(mixed.code, Code::KeyDoesNotMatch);
    let open = write_pkcs12(chain, Some(device.key_pem.as_bytes()), None, &secret("")).unwrap_err();
    assert_eq!(open.code, Code::PassphraseNeeded);
}

#[test]
fn openssl_opens_the_keys_that_we_encrypt() {
    let shop = Workshop::new("Root").unwrap();
    for kind in [KeyKind::P256, KeyKind::Ed25519, KeyKind::Rsa2048] {
        let root = new_root("Root", kind, 10).unwrap();
        let sealed = seal_key(root.key_pem.as_bytes(), &secret("grün")).unwrap();
        assert!(sealed.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
        std::fs::write(shop.path("sealed.key"), sealed.as_bytes()).unwrap();
        shop.run(&["pkey", "-in", "sealed.key", "-passin", "pass:grün", "-out", "open.key"]).unwrap();
        let (theirs, ours) = (shop.read("open.key").unwrap(), sealed.as_bytes());
        OwnCa::read(root.cert_pem.as_bytes(), Some(&theirs), None).unwrap();
        OwnCa::read(root.cert_pem.as_bytes(), Some(ours), Some(&secret("grün"))).unwrap();
        let wrong = OwnCa::read(root.cert_pem.as_bytes(), Some(ours), Some(&secret("blau"))).err().unwrap();
        assert_eq!(wrong.code, Code::WrongPassphrase);
    }
    let error = seal_key(b"no key", &secret("x")).unwrap_err();
    assert_eq!(error.code, Code::NotAPrivateKey);
}
