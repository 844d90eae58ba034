//! Certificates and keys with facts that openssl computed or vendors published.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hubscope_model::Code;
use hubscope_pki::{common_name, describe, read_ca, read_identity, sha1_thumbprint, sha256_thumbprint, thingsboard_id};
use hubscope_vault::{Secret, for_connector};
use serde_json::Value;
use zeroize::Zeroizing;

fn vectors() -> Value {
    serde_json::from_str(include_str!("fixtures/x509.json")).unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    let list = value[name].as_array().unwrap();
    assert!(!list.is_empty());
    list
}

#[test]
fn thumbprints_and_ids_of_certificates() {
    let vectors = vectors();
    for one in list(&vectors, "certificates") {
        let der = STANDARD.decode(text(one, "der_base64")).unwrap();
        assert_eq!(sha1_thumbprint(&der), text(one, "sha1_hex_upper"));
        assert_eq!(sha256_thumbprint(&der), text(one, "sha256_hex_upper"));
        assert_eq!(thingsboard_id(&der), text(one, "thingsboard_credentials_id_sha3_256"));
        let shown = describe(&der).unwrap();
        assert_eq!(
            (shown.sha1.as_str(), shown.sha256.as_str()),
            (text(one, "sha1_hex_upper"), text(one, "sha256_hex_upper"))
        );
        assert_eq!(shown.thingsboard_id, text(one, "thingsboard_credentials_id_sha3_256"));
        assert_eq!(shown.key, "P-256");
    }
}

#[test]
fn ids_that_thingsboard_publishes() {
    for one in list(&vectors(), "thingsboard_certificate_ids") {
        let der = STANDARD.decode(text(one, "input_der_base64")).unwrap();
        assert_eq!(thingsboard_id(&der), text(one, "expected_credentials_id"));
    }
}

#[test]
fn one_certificate_with_its_key_in_each_form() {
    let vectors = vectors();
    let device = text(&vectors["certificates"][1], "pem");
    let passphrase = Secret::new(Zeroizing::new(text(&vectors, "device_key_passphrase").to_owned()));
    for key in ["device_key_pkcs8", "device_key_sec1", "device_key_pkcs8_encrypted"] {
        let key = text(&vectors, key).as_bytes();
        let identity = read_identity(device.as_bytes(), Some(key), Some(&passphrase)).unwrap();
        assert_eq!(identity.chain_pem, device);
        assert_eq!(for_connector(&identity.key), text(&vectors, "device_key_pkcs8"));
        let shown = identity.summary;
        assert_eq!((shown.subject.as_str(), shown.common_name.as_deref()), ("CN=device-001", Some("device-001")));
        assert_eq!((shown.issuer.as_str(), shown.serial.as_str()), ("CN=Test Root CA", "8193"));
        assert_eq!((shown.not_before, shown.not_after), (1_735_689_600, 2_051_222_400));
        assert_eq!((shown.chain, shown.self_signed), (1, false));
    }
}

#[test]
fn the_proof_of_possession_certificate_carries_the_code() {
    let vectors = vectors();
    let pop = STANDARD.decode(text(&vectors["certificates"][2], "der_base64")).unwrap();
    assert_eq!(common_name(&pop).unwrap().len(), 48);
    let ca = text(&vectors["certificates"][0], "pem");
    assert_eq!(read_ca(ca.as_bytes(), "ca.pem").unwrap().certificates[0].subject, "CN=Test Root CA");
    // The CA's certificate with another's key.
    let key = text(&vectors, "device_key_pkcs8");
    assert_eq!(read_identity(ca.as_bytes(), Some(key.as_bytes()), None).unwrap_err().code, Code::KeyDoesNotMatch);
}
