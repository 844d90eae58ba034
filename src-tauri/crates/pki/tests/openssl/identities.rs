//! Device certificates and keys as openssl writes them.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use crate::openssl::{Outcome, VALID, Workshop, openssl};
use hubscope_model::{Code, Error};
use hubscope_pki::{Identity, read_identity};
use hubscope_vault::{Secret, for_connector};
use zeroize::Zeroizing;

const DEVICE: &str =
    "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth";

fn secret(text: &str) -> Secret<String> {
    Secret::new(Zeroizing::new(text.to_owned()))
}

/// Makes a key with `args` and a certificate for it that signed itself.
fn own(shop: &Workshop, args: &[&str], name: &str) -> Outcome<()> {
    let (key, pem) = (format!("{name}.key"), format!("{name}.pem"));
    shop.run(&[args, &["-out", &key]].concat())?;
    shop.run(&[
        "req",
        "-x509",
        "-new",
        "-key",
        &key,
        "-config",
        "ca.cnf",
        "-days",
        "9",
        "-subj",
        "/CN=device-1",
        "-out",
        &pem,
    ])
}

fn read(shop: &Workshop, certificate: &str, key: &str) -> Result<Identity, Error> {
    read_identity(&shop.read(certificate).unwrap(), Some(&shop.read(key).unwrap()), None)
}

#[test]
fn every_kind_of_key_is_read_and_named() {
    let shop = Workshop::new("Root").unwrap();
    let ec = |curve: &'static str| ["genpkey", "-algorithm", "EC", "-pkeyopt", curve];
    own(&shop, &ec("ec_paramgen_curve:P-256"), "p256").unwrap();
    own(&shop, &ec("ec_paramgen_curve:P-384"), "p384").unwrap();
    own(&shop, &ec("ec_paramgen_curve:P-521"), "p521").unwrap();
    own(&shop, &["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "rsa").unwrap();
    own(&shop, &["genpkey", "-algorithm", "ED25519"], "ed").unwrap();
    for (name, words) in
        [("p256", "P-256"), ("p384", "P-384"), ("p521", "P-521"), ("rsa", "RSA 2048"), ("ed", "Ed25519")]
    {
        let identity = read(&shop, &format!("{name}.pem"), &format!("{name}.key")).unwrap();
        assert_eq!(identity.summary.key, words);
        assert!(identity.summary.self_signed);
    }
}

#[test]
fn every_form_of_a_key_becomes_the_same_pkcs8() {
    let shop = Workshop::new("Root").unwrap();
    own(&shop, &["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "rsa").unwrap();
    own(&shop, &["ecparam", "-genkey", "-name", "secp384r1"], "ec").unwrap();
    shop.run(&["rsa", "-in", "rsa.key", "-traditional", "-out", "rsa.pkcs1"]).unwrap();
    shop.run(&["rsa", "-in", "rsa.key", "-traditional", "-outform", "DER", "-out", "rsa.pkcs1.der"]).unwrap();
    shop.run(&["ec", "-in", "ec.key", "-outform", "DER", "-out", "ec.sec1.der"]).unwrap();
    for name in ["rsa", "ec"] {
        let key = format!("{name}.key");
        shop.run(&["pkcs8", "-topk8", "-nocrypt", "-in", &key, "-out", &format!("{name}.pkcs8")]).unwrap();
        shop.run(&["pkcs8", "-topk8", "-nocrypt", "-in", &key, "-outform", "DER", "-out", &format!("{name}.der")])
            .unwrap();
        let expected = shop.text(&format!("{name}.pkcs8")).unwrap();
        for form in ["key", "pkcs8", "der", "pkcs1", "pkcs1.der", "sec1.der"] {
            let file = format!("{name}.{form}");
            if shop.path(&file).exists() {
                let identity = read(&shop, &format!("{name}.pem"), &file).unwrap();
                assert_eq!(for_connector(&identity.key), expected, "{file}");
            }
        }
    }
}

#[test]
fn encrypted_keys_ask_for_their_passphrase() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("d", &VALID, DEVICE).unwrap();
    let topk8 = ["pkcs8", "-topk8", "-in", "d.key", "-passout", "pass:geheim"];
    shop.run(&[&topk8[..], &["-out", "d.enc"]].concat()).unwrap();
    shop.run(&[&topk8[..], &["-outform", "DER", "-out", "d.enc.der"]].concat()).unwrap();
    shop.run(&[&topk8[..], &["-scrypt", "-out", "d.scrypt"]].concat()).unwrap();
    // What `openssl req -newkey` makes.
    shop.run(&[&topk8[..], &["-v2", "des3", "-out", "d.des3"]].concat()).unwrap();
    let certificate = shop.read("d.pem").unwrap();
    for file in ["d.enc", "d.enc.der", "d.scrypt", "d.des3"] {
        let key = shop.read(file).unwrap();
        let with = |passphrase: Option<&str>| {
            read_identity(&certificate, Some(&key), passphrase.map(secret).as_ref()).map_err(|e| e.code)
        };
        assert_eq!(with(None).unwrap_err(), Code::PassphraseNeeded, "{file}");
        assert_eq!(with(Some("")).unwrap_err(), Code::PassphraseNeeded, "{file}");
        assert_eq!(with(Some("falsch")).unwrap_err(), Code::WrongPassphrase, "{file}");
        assert_eq!(for_connector(&with(Some("geheim")).unwrap().key), shop.text("d.key").unwrap(), "{file}");
    }
}

#[test]
fn keys_that_cannot_be_opened_say_how_to_convert_them() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("d", &VALID, DEVICE).unwrap();
    shop.run(&["ec", "-in", "d.key", "-aes256", "-passout", "pass:x", "-out", "legacy.key"]).unwrap();
    let v1 = ["pkcs8", "-topk8", "-in", "d.key", "-passout", "pass:x", "-v1", "PBE-SHA1-3DES", "-out", "v1.key"];
    shop.run(&v1).unwrap();
    let sha1 = ["pkcs8", "-topk8", "-in", "d.key", "-passout", "pass:x", "-v2prf", "hmacWithSHA1", "-out", "sha1.key"];
    shop.run(&sha1).unwrap();
    let scrypt =
        ["pkcs8", "-topk8", "-in", "d.key", "-passout", "pass:x", "-scrypt", "-outform", "DER", "-out", "slow.key"];
    shop.run(&scrypt).unwrap();
    // r = 8, p = 1 as openssl writes them; p becomes 127.
    let mut slow = shop.read("slow.key").unwrap();
    let work = slow.windows(6).position(|bytes| bytes == [2, 1, 8, 2, 1, 1]).unwrap();
    slow[work + 5] = 127;
    std::fs::write(shop.path("slow.key"), slow).unwrap();
    let certificate = shop.read("d.pem").unwrap();
    for file in ["legacy.key", "v1.key", "sha1.key", "slow.key"] {
        let error = read_identity(&certificate, Some(&shop.read(file).unwrap()), Some(&secret("x"))).unwrap_err();
        assert_eq!(error.code, Code::NotAPrivateKey, "{file}: {error:?}");
        assert!(error.hint.unwrap().contains("openssl pkcs8 -topk8"), "{file}");
    }
}

#[test]
fn one_file_may_hold_everything_in_any_order() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("d", &VALID, DEVICE).unwrap();
    let (leaf, ca, key) = (shop.text("d.pem").unwrap(), shop.text("ca.pem").unwrap(), shop.text("d.key").unwrap());
    for text in [format!("{leaf}{ca}{key}"), format!("words\r\n{key}{leaf}{ca}").replace('\n', "\r\n")] {
        let identity = read_identity(text.as_bytes(), None, None).unwrap();
        assert_eq!(identity.chain_pem, format!("{leaf}{ca}"));
        assert_eq!((identity.summary.chain, identity.summary.common_name.as_deref()), (2, Some("d")));
    }
    shop.run(&["x509", "-in", "d.pem", "-outform", "DER", "-out", "d.der"]).unwrap();
    assert_eq!(read(&shop, "d.der", "d.key").unwrap().chain_pem, leaf);
    assert_eq!(read_identity(&shop.read("d.der").unwrap(), None, None).unwrap_err().code, Code::NotAPrivateKey);
    assert_eq!(read_identity(leaf.as_bytes(), None, None).unwrap_err().code, Code::NotAPrivateKey);
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let (shop, other) = (Workshop::new("Root").unwrap(), Workshop::new("Other").unwrap());
    shop.leaf("d", &VALID, DEVICE).unwrap();
    shop.leaf("e", &VALID, DEVICE).unwrap();
    let (leaf, ca, key) = (shop.text("d.pem").unwrap(), shop.text("ca.pem").unwrap(), shop.read("d.key").unwrap());
    let code = |chain: &str| read_identity(chain.as_bytes(), Some(&key), None).unwrap_err().code;
    assert_eq!(read(&shop, "d.pem", "e.key").unwrap_err().code, Code::KeyDoesNotMatch);
    assert_eq!(code(&format!("{ca}{leaf}")), Code::ChainOutOfOrder);
    assert_eq!(code(&format!("{leaf}{}", shop.text("e.pem").unwrap())), Code::ChainOutOfOrder);
    assert_eq!(code(&format!("{leaf}{}", other.text("ca.pem").unwrap())), Code::ChainOutOfOrder);
    assert_eq!(read(&shop, "ca.pem", "ca.key").unwrap_err().code, Code::CertificateIsCa);
}

#[test]
fn what_openssl_makes_by_default_is_a_device() {
    let shop = Workshop::new("Root").unwrap();
    // The default configuration calls it a CA, and so do Azure's examples of self-signed devices.
    let made =
        ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=d", "-keyout", "k", "-out", "c"];
    shop.run(&made).unwrap();
    let (_, text) = openssl(&shop.path(""), &["x509", "-in", "c", "-noout", "-text"]).unwrap();
    assert!(text.contains("CA:TRUE"), "{text}");
    assert!(read(&shop, "c", "k").unwrap().summary.self_signed);
}

#[test]
fn files_that_are_something_else_are_called_what_they_are() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("d", &VALID, DEVICE).unwrap();
    shop.run(&["pkcs12", "-export", "-inkey", "d.key", "-in", "d.pem", "-passout", "pass:x", "-out", "d.p12"]).unwrap();
    std::fs::write(shop.path("broken.pem"), "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n").unwrap();
    std::fs::write(shop.path("empty.pem"), " \n").unwrap();
    for (file, words) in [
        ("d.p12", "PKCS#12"),
        ("d.key", "private key"),
        ("d.csr", "certificate request"),
        ("broken.pem", "damaged"),
        ("empty.pem", "no certificate"),
    ] {
        let error = read(&shop, file, "d.key").unwrap_err();
        assert_eq!(error.code, Code::NotACertificate, "{file}");
        assert!(error.message.contains(words) && error.hint.is_some(), "{file}: {error:?}");
    }
    for file in ["d.pem", "d.csr", "empty.pem"] {
        assert_eq!(read(&shop, "d.pem", file).unwrap_err().code, Code::NotAPrivateKey, "{file}");
    }
}

#[test]
fn facts_are_those_that_openssl_reads() {
    let shop = Workshop::new("Root").unwrap();
    let subject = r"/C=DE/O=Größe, Müller \+ Söhne/OU= spaces /CN=a#b\/c/UID=42/emailAddress=x@example.org";
    shop.run(&[
        "req", "-x509", "-utf8", "-newkey", "ed25519", "-nodes", "-days", "9", "-subj", subject, "-keyout", "k",
        "-out", "c",
    ])
    .unwrap();
    let shown = read(&shop, "c", "k").unwrap().summary;
    let ask = |args: &[&str]| {
        let (ok, said) = openssl(&shop.path(""), &[&["x509", "-in", "c", "-noout"], args].concat()).unwrap();
        assert!(ok, "{said}");
        said.trim_end_matches('\n').split_once('=').unwrap().1.to_owned()
    };
    let named = "RFC2253,-esc_msb,utf8";
    // openssl has a short name for the mail address, which RFC 4514 has not; there it shows the value by itself.
    let expected = ask(&["-subject", "-nameopt", named]);
    let (mail, rest) = shown.subject.split_once(',').unwrap();
    assert_eq!(format!("emailAddress=x@example.org,{rest}"), expected);
    assert_eq!(mail, "1.2.840.113549.1.9.1=#160D78406578616D706C652E6F7267");
    assert_eq!(shown.common_name.as_deref(), Some("a#b/c"));
    assert_eq!(shown.sha1, ask(&["-fingerprint", "-sha1"]).replace(':', ""));
    assert_eq!(shown.sha256, ask(&["-fingerprint", "-sha256"]).replace(':', ""));
    let serial = ask(&["-serial"]);
    let decimal: u128 =
        shown.serial.chars().fold(0, |n, d| n.wrapping_mul(10).wrapping_add(u128::from(d.to_digit(10).unwrap())));
    // openssl prints hex; the low 128 bits are compared.
    assert_eq!(decimal, u128::from_str_radix(&serial[serial.len().saturating_sub(32)..], 16).unwrap());
}
