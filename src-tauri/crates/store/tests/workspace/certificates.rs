//! Certificates: what is stored comes back, all or nothing.

use crate::support::{certificate, device, hard_name, hub};
use hubscope_model::{
    CertificateEvent, CertificateFacts, CertificateHappening, CertificateRequest, CertificateRequestId, HubId,
    Possession, PossessionState, Revocation, RevocationReason,
};
use hubscope_store::{CertificateChange, CertificateRecord, Store, StoreError};

fn record(sha256: &str) -> CertificateRecord {
    let mut summary = certificate();
    summary.sha256 = sha256.repeat(64);
    summary.common_name = Some(hard_name());
    let facts = CertificateFacts {
        summary,
        version: 3,
        serial_hex: "5A".into(),
        alternative_names: vec!["DNS:größe".into()],
        is_ca: true,
        path_length: Some(0),
        key_usages: vec!["keyCertSign".into()],
        extended_key_usages: Vec::new(),
        subject_key_id: None,
        authority_key_id: Some("AA".into()),
        signature: "ED25519".into(),
    };
    CertificateRecord::new(facts, "-----BEGIN CERTIFICATE-----\n".into(), true)
}

fn event(at: i64) -> CertificateEvent {
    CertificateEvent { at, what: CertificateHappening::Created }
}

#[tokio::test]
async fn certificates_requests_and_marks_outlive_the_run() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let (one, other, hub) = (record("A"), record("B"), hub("hub"));
    store.save_hub(&hub).await.unwrap();
    let request = CertificateRequest {
        id: CertificateRequestId::new(),
        common_name: hard_name(),
        key: "P-256".into(),
        pem: "PEM".into(),
        created: 1,
        has_key: false,
    };
    let change = CertificateChange {
        added: vec![one.clone(), other.clone()],
        replaced: vec![(one.sha256().into(), other.sha256().into())],
        requested: Some(request.clone()),
        secrets: vec![("certificate/x/private_key".into(), vec![1])],
        events: vec![(one.sha256().into(), event(1)), ("not there".into(), event(2))],
        ..CertificateChange::default()
    };
    store.change_certificates(&change).await.unwrap();
    let revoked = Revocation { at: 7, reason: RevocationReason::Superseded };
    store.revoke_certificates(&[other.sha256().into()], Some(&revoked), &[]).await.unwrap();
    let mark = Possession { state: PossessionState::Verified, at: 9 };
    store.mark_possession(one.sha256(), hub.hub.id, Some(mark), event(3)).await.unwrap();
    let mut numbers = Vec::new();
    for _ in 0..2 {
        numbers.push(store.next_revocation_list(one.sha256()).await.unwrap());
    }
    assert_eq!(numbers, [1, 2]);
    store.close().await;

    let store = Store::open(home.path()).await.unwrap();
    let expected = [
        CertificateRecord { replaced_by: Some(other.sha256().into()), revocation_list: 2, ..one.clone() },
        CertificateRecord { revoked: Some(revoked), ..other },
    ];
    assert_eq!(store.certificates().await.unwrap(), expected);
    assert_eq!(store.certificate_requests().await.unwrap(), [request]);
    assert_eq!(store.certificate_events(one.sha256()).await.unwrap(), [event(1), event(3)]);
    let marks = store.possessions().await.unwrap();
    assert_eq!((marks[0].hub, marks[0].possession), (hub.hub.id, mark));
    store.close().await;
}

#[tokio::test]
async fn a_change_that_cannot_be_made_whole_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let change = CertificateChange {
        added: vec![record("A")],
        secrets: vec![("certificate/x/private_key".into(), vec![1])],
        // Its hub is not there.
        devices: vec![device(HubId::new(), "stray")],
        ..CertificateChange::default()
    };
    assert!(matches!(store.change_certificates(&change).await, Err(StoreError::NotFound(_))));
    assert!(store.certificates().await.unwrap().is_empty() && store.secret_rows().await.unwrap().is_empty());
    store.close().await;
}

#[tokio::test]
async fn the_activity_of_a_certificate_is_bounded() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let one = record("A");
    let events = (0..250).map(|at| (one.sha256().to_owned(), event(at))).collect();
    let change = CertificateChange { added: vec![one.clone()], events, ..CertificateChange::default() };
    store.change_certificates(&change).await.unwrap();
    let kept = store.certificate_events(one.sha256()).await.unwrap();
    assert_eq!((kept.len(), kept[0].at, kept[199].at), (200, 50, 249));
    store.close().await;
}
