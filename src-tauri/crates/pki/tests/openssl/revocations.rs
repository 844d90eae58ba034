//! Revocation lists of our own CA, read and obeyed by openssl.

use crate::openssl::openssl;
use hubscope_model::{Code, KeyKind, RevocationReason};
use hubscope_pki::{OwnCa, new_root};

/// 1 January 2026, Unix seconds.
const AT: i64 = 1_767_225_600;

#[test]
fn openssl_reads_the_list_and_refuses_what_it_names() {
    let dir = tempfile::tempdir().unwrap();
    for kind in [KeyKind::P256, KeyKind::Ed25519] {
        let root = new_root("Root", kind, 3650).unwrap();
        let ca = OwnCa::read(root.cert_pem.as_bytes(), Some(root.key_pem.as_bytes()), None).unwrap();
        let (good, lost) = (ca.issue_device("good", kind, 300).unwrap(), ca.issue_device("lost", kind, 300).unwrap());
        let entries = [
            ca.revoke(lost.cert_pem.as_bytes(), AT, RevocationReason::KeyCompromise).unwrap(),
            ca.revoke(
                ca.issue_device("old", kind, 300).unwrap().cert_pem.as_bytes(),
                AT,
                RevocationReason::Unspecified,
            )
            .unwrap(),
        ];
        let list = ca.revocation_list(&entries, 7, 30).unwrap();
        for (name, text) in [
            ("ca.pem", &root.cert_pem),
            ("good.pem", &good.cert_pem),
            ("lost.pem", &lost.cert_pem),
            ("list.pem", &list),
        ] {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        let (ok, said) =
            openssl(dir.path(), &["crl", "-in", "list.pem", "-CAfile", "ca.pem", "-noout", "-text", "-verify"])
                .unwrap();
        assert!(ok && said.contains("verify OK"), "{said}");
        assert!(said.contains("Jan  1 00:00:00 2026 GMT"), "{said}");
        assert!(said.contains("Key Compromise") && said.matches("Serial Number:").count() == 2, "{said}");
        for (device, accepted) in [("good.pem", true), ("lost.pem", false)] {
            let args = ["verify", "-x509_strict", "-crl_check", "-CAfile", "ca.pem", "-CRLfile", "list.pem", device];
            let (ok, said) = openssl(dir.path(), &args).unwrap();
            assert_eq!((ok, said.contains("certificate revoked")), (accepted, !accepted), "{said}");
        }
        let empty = ca.revocation_list(&[], 8, 30).unwrap();
        std::fs::write(dir.path().join("list.pem"), empty).unwrap();
        let args = ["verify", "-x509_strict", "-crl_check", "-CAfile", "ca.pem", "-CRLfile", "list.pem", "lost.pem"];
        assert!(openssl(dir.path(), &args).unwrap().0);
        let stranger = new_root("Root", kind, 10).unwrap();
        let error = ca.revoke(stranger.cert_pem.as_bytes(), AT, RevocationReason::Superseded).unwrap_err();
        assert_eq!(error.code, Code::TlsUnknownCa);
    }
}
