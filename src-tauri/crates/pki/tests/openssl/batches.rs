//! Certificates for many devices at once.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use hubscope_model::{Code, KeyKind};
use hubscope_pki::{NewDevice, OwnCa, describe, new_root};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

fn ca() -> OwnCa {
    let root = new_root("Root", KeyKind::P256, 3650).unwrap();
    OwnCa::read(root.cert_pem.as_bytes(), Some(root.key_pem.as_bytes()), None).unwrap()
}

fn devices(ids: &[String]) -> Vec<NewDevice> {
    ids.iter().map(|id| NewDevice { common_name: id.clone(), serial: None }).collect()
}

#[test]
fn every_id_gets_a_certificate_with_a_serial_of_its_own() {
    let ids: Vec<String> = (0..50).map(|number| format!("pump-{number}")).collect();
    let mut heard = Vec::new();
    let made = ca()
        .issue_devices(&devices(&ids), KeyKind::P256, 365, |count| {
            heard.push(count);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(heard, (0..=50).collect::<Vec<_>>());
    let shown: Vec<_> = made
        .iter()
        .map(|one| describe(&CertificateDer::from_pem_slice(one.cert_pem.as_bytes()).unwrap()).unwrap())
        .collect();
    assert!(shown.iter().zip(&ids).all(|(one, id)| one.common_name.as_ref() == Some(id)));
    assert_eq!(shown.iter().map(|one| &one.serial).collect::<BTreeSet<_>>().len(), 50);
    assert_eq!(made.iter().map(|one| one.key_pem.as_str()).collect::<BTreeSet<_>>().len(), 50);
}

#[test]
fn breaking_off_leaves_nothing_and_bad_ids_are_found_before_the_first_key() {
    let ids: Vec<String> = (0..10).map(|number| format!("pump-{number}")).collect();
    let broken = ca().issue_devices(&devices(&ids), KeyKind::P256, 365, |made| match made {
        4 => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    });
    assert_eq!(broken.err().unwrap().code, Code::Cancelled);
    for bad in ["", "pump-3", &"x".repeat(65)] {
        let ids: Vec<String> = ids.iter().cloned().chain([bad.to_owned()]).collect();
        let error = ca().issue_devices(&devices(&ids), KeyKind::P256, 365, |_| panic!("a key was made")).err().unwrap();
        assert_eq!(error.code, Code::InvalidFields, "{bad}");
        assert!(error.detail.unwrap().to_string().contains("11"), "{bad}");
    }
}
