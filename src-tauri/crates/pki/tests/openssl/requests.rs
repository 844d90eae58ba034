//! Certificate requests: ours read by openssl, openssl's signed by us.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use crate::openssl::{Workshop, openssl};
use hubscope_model::{Code, KeyKind};
use hubscope_pki::{OwnCa, describe, inspect, new_request, read_identity, read_request};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

fn ca(shop: &Workshop) -> OwnCa {
    OwnCa::read(&shop.read("ca.pem").unwrap(), Some(&shop.read("ca.key").unwrap()), None).unwrap()
}

/// A request of openssl for `/CN=asked`, with a key of its own.
fn request(shop: &Workshop, key: &[&str], more: &[&str]) -> Vec<u8> {
    shop.run(&[&["genpkey", "-out", "d.key"], key].concat()).unwrap();
    let args = ["req", "-new", "-key", "d.key", "-subj", "/O=Plant/CN=asked", "-out", "d.csr"];
    shop.run(&[&args[..], more].concat()).unwrap();
    shop.read("d.csr").unwrap()
}

#[test]
fn openssl_verifies_our_requests() {
    let shop = Workshop::new("Root").unwrap();
    for kind in [KeyKind::P256, KeyKind::P384, KeyKind::Ed25519, KeyKind::Rsa2048] {
        let made = new_request("Gerät 7", kind).unwrap();
        std::fs::write(shop.path("our.csr"), &made.request_pem).unwrap();
        let args = ["req", "-verify", "-noout", "-subject", "-nameopt", "utf8", "-in", "our.csr"];
        let (ok, said) = openssl(&shop.path(""), &args).unwrap();
        assert!(ok && said.contains("self-signature verify OK") && said.contains("Gerät 7"), "{kind:?}: {said}");
        let read = read_request(made.request_pem.as_bytes()).unwrap();
        assert_eq!((read.subject.as_str(), read.common_name.as_deref()), ("CN=Gerät 7", Some("Gerät 7")));
        let signed = ca(&shop).sign_request(&read, None, 100).unwrap();
        read_identity(signed.chain_pem.as_bytes(), Some(made.key_pem.as_bytes()), None).unwrap();
    }
}

#[test]
fn requests_of_openssl_are_signed_and_the_result_is_accepted() {
    let shop = Workshop::new("Root").unwrap();
    for (key, digest, words) in [
        (&["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"][..], "-sha256", "P-256"),
        // The library takes the curve from the signature's algorithm (rcgen, issue 448).
        (&["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "-sha384", "P-256"),
        (&["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"], "-sha256", "P-384"),
        (&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "-sha512", "RSA 2048"),
        (&["-algorithm", "ED25519"], "-sha256", "Ed25519"),
    ] {
        let csr = request(&shop, key, &[digest]);
        let read = read_request(&csr).unwrap();
        assert_eq!((read.key.as_str(), read.subject.as_str()), (words, "CN=asked,O=Plant"), "{digest}");
        let signed = ca(&shop).sign_request(&read, None, 100).unwrap();
        std::fs::write(shop.path("d.pem"), &signed.cert_pem).unwrap();
        let verify = ["verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", "ca.pem", "d.pem"];
        assert_eq!(openssl(&shop.path(""), &verify).unwrap(), (true, "d.pem: OK\n".into()), "{words} {digest}");
        read_identity(signed.cert_pem.as_bytes(), Some(&shop.read("d.key").unwrap()), None).unwrap();
    }
    shop.run(&["req", "-in", "d.csr", "-outform", "DER", "-out", "d.der"]).unwrap();
    assert_eq!(read_request(&shop.read("d.der").unwrap()), read_request(&shop.read("d.csr").unwrap()));
}

#[test]
fn what_a_request_asks_for_is_not_what_it_gets() {
    let shop = Workshop::new("Root").unwrap();
    let extensions = ["basicConstraints=critical,CA:TRUE", "keyUsage=keyCertSign", "subjectAltName=DNS:bank.example"];
    let mut asked = vec!["-addext", "extendedKeyUsage=serverAuth,1.2.3.4", "-addext", "subjectKeyIdentifier=hash"];
    asked.extend(extensions.iter().flat_map(|extension| ["-addext", *extension]));
    let csr = request(&shop, &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], &asked);
    let signed = ca(&shop).sign_request(&read_request(&csr).unwrap(), Some("pump-1"), 100).unwrap();
    let facts = inspect(signed.cert_pem.as_bytes(), None).unwrap().swap_remove(0);
    assert_eq!((facts.is_ca, facts.alternative_names.len()), (false, 0));
    assert_eq!(
        (facts.key_usages, facts.extended_key_usages),
        (vec!["digitalSignature".into()], vec!["clientAuth".into()])
    );
    let der = CertificateDer::from_pem_slice(signed.cert_pem.as_bytes()).unwrap();
    assert_eq!(describe(&der).unwrap().subject, "CN=pump-1");
}

#[test]
fn a_changed_request_and_other_files_are_refused() {
    let shop = Workshop::new("Root").unwrap();
    request(&shop, &["-algorithm", "ED25519"], &[]);
    shop.run(&["req", "-in", "d.csr", "-outform", "DER", "-out", "d.der"]).unwrap();
    let whole = shop.read("d.der").unwrap();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        assert_eq!(read_request(&changed).unwrap_err().code, Code::BadRequest, "byte {at}");
    }
    for bytes in
        [&b""[..], b"text", &shop.read("ca.pem").unwrap(), &shop.read("d.key").unwrap(), &[&whole[..], b"x"].concat()]
    {
        let error = read_request(bytes).unwrap_err();
        assert!(error.code == Code::BadRequest && (error.hint.is_some() || error.detail.is_some()), "{error:?}");
    }
    // A weak key, and a curve that no TLS client has.
    for key in [
        &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"][..],
        &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"],
    ] {
        assert_eq!(read_request(&request(&shop, key, &[])).unwrap_err().code, Code::BadRequest);
    }
}
