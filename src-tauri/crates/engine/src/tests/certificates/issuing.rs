//! CAs, certificates for lists of devices, renewals.

use super::{
    authority, broker, device, device_named, ended, entry, export, happenings, inspect, issue, list, openssl, reached,
    secret_rows, under_passphrase,
};
use crate::tests::page::{Page, engine};
use crate::tests::transfer::hub;
use hubscope_model::{CertificateRole, CertificateTrust, Code, Credential, Hub, Job, JobRef, JobState};
use serde_json::{Value, json};

#[tokio::test]
async fn an_issuing_ca_signs_what_openssl_accepts_and_the_chain_is_drawn() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    let root = authority(&mut page, "Plant Root", None).await;
    let line = authority(&mut page, "Line 4", Some(&root)).await;
    let asked = json!([{ "common_name": "pump-1", "serial": "5A:11:0C" }, { "common_name": "pump-2" }]);
    assert_eq!(issue(&mut page, &line, asked).await, JobState::Done);

    let all = list(&mut page).await;
    let rows: Vec<_> = all.iter().map(|one| (one.role, one.issued_by.as_deref(), one.has_key, one.renewable)).collect();
    assert_eq!(
        rows,
        [
            (CertificateRole::Root, None, true, true),
            (CertificateRole::Issuing, Some(root.as_str()), true, true),
            (CertificateRole::Device, Some(line.as_str()), true, true),
            (CertificateRole::Device, Some(line.as_str()), true, true),
        ]
    );
    let pump = &all[2].certificate;
    assert_eq!((pump.chain, pump.serial.as_str()), (3, "5902604"));
    let detail = inspect(&mut page, &pump.sha256).await;
    let drawn: Vec<_> = detail["chain"].as_array().unwrap().iter().map(|link| &link["facts"]["common_name"]).collect();
    assert_eq!(drawn, ["Plant Root", "Line 4", "pump-1"]);
    assert!(detail["chain"].as_array().unwrap().iter().all(|link| link["listed"] == true), "{detail}");
    assert_eq!((&detail["facts"]["serial_hex"], &detail["remarks"]), (&json!("5A110C"), &json!([])));
    let of_line = inspect(&mut page, &line).await;
    assert_eq!(of_line["issued"], json!([all[2].certificate.sha256, all[3].certificate.sha256]));
    assert_eq!(of_line["facts"]["path_length"], 0);
    assert_eq!(happenings(&mut page, &line).await, ["created", "issued"]);

    let names = [export(&mut page, &root, "pem", None).await, export(&mut page, &line, "pem", None).await];
    assert_eq!(names, ["Plant-Root.pem", "Line-4.pem"]);
    export(&mut page, &pump.sha256, "pem", None).await;
    let args = ["verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", &names[0], "-untrusted", &names[1]];
    let (ok, said) = openssl(home.path(), &[&args[..], &["pump-1.pem"]].concat());
    assert!(ok, "{said}");

    let again = json!({ "authority": line, "days": 365, "key": "p256",
                        "devices": [{ "common_name": "pump-3", "serial": "005a110c" }] });
    let error = page.try_call::<JobRef>("certificate.issue", again).await.unwrap_err();
    assert_eq!((error.code, error.fields[0].field.as_str()), (Code::InvalidFields, "serial"));
    engine.stop().await;
}

#[tokio::test]
async fn what_no_certificate_can_be_is_refused_before_a_job_begins() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let root = authority(&mut page, "Root", None).await;
    for (devices, days, field) in [
        (json!([]), 365, "devices"),
        (json!([{ "common_name": "a" }, { "common_name": "a" }]), 365, "devices"),
        (json!([{ "common_name": "" }]), 365, "common_name"),
        (json!([{ "common_name": "a" }]), 0, "days"),
        (json!([{ "common_name": "a" }]), 9000, "days"),
        (json!([{ "common_name": "a", "serial": "xyz" }]), 365, "serial"),
    ] {
        let request = json!({ "authority": root, "devices": devices, "key": "p256", "days": days });
        let error = page.try_call::<JobRef>("certificate.issue", request).await.unwrap_err();
        assert_eq!((error.code, error.fields[0].field.as_str()), (Code::InvalidFields, field));
    }
    let leaf = json!([{ "common_name": "a" }]);
    assert_eq!(issue(&mut page, &root, leaf.clone()).await, JobState::Done);
    let leaf_as_ca = entry(&mut page, "a").await.certificate.sha256;
    let request = json!({ "authority": leaf_as_ca, "devices": leaf, "key": "p256", "days": 1 });
    assert_eq!(page.try_call::<JobRef>("certificate.issue", request).await.unwrap_err().code, Code::BadRequest);
    engine.stop().await;
}

#[tokio::test]
async fn a_batch_that_is_stopped_in_the_middle_leaves_nothing() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    under_passphrase(&mut page).await;
    let root = authority(&mut page, "Root", None).await;
    let before = (list(&mut page).await, secret_rows(&engine).await);
    // Keys that take long, so that the stop comes before the last one.
    let devices: Vec<_> = (0..500).map(|number| json!({ "common_name": format!("pump-{number}") })).collect();
    let request = json!({ "authority": root, "devices": devices, "key": "rsa2048", "days": 365 });
    let job: JobRef = page.call("certificate.issue", request).await;
    reached(&mut page, job, |job| job.done > 1).await;
    page.call::<Value>("job.cancel", json!({ "job": job.job })).await;
    let job: Job = ended(&mut page, job).await;
    assert_eq!(job.state, JobState::Cancelled);
    assert!(job.done < 500);
    assert_eq!((list(&mut page).await, secret_rows(&engine).await), before);
    assert_eq!(happenings(&mut page, &root).await, ["created"]);
    engine.stop().await;
}

#[tokio::test]
async fn devices_get_what_is_issued_and_what_is_renewed() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let root = authority(&mut page, "Root", None).await;
    let azure: Hub = page.call("hub.save", hub("azure_iot_hub", "acme", "acme.azure-devices.net")).await;
    let lab = broker(&mut page).await;
    let key =
        json!({ "kind": "shared_access_key", "sign_with": "primary", "sas": { "lifetime": 3600, "auto_renew": true } });
    let mut form = json!({ "id": null, "hub": azure.id, "name": "edge-1", "client_id": "edge-1", "credential": key,
        "secrets": [{ "field": "primary_key", "draft": { "change": "set", "value": "c2VjcmV0LXNlY3JldC1zZWNyZXQ=" } }],
        "certificate": { "change": "keep" },
        "options": { "version": "3.1.1", "clean_session": true, "keep_alive": 60, "max_packet_size": 65536 } });
    let edge: hubscope_model::Device = page.call("device.save", form.take()).await;
    let bench = device(&mut page, &lab, "bench", json!({ "kind": "none" })).await;

    // Azure knows a device by its common name: another one is refused, and nothing is kept of the whole list.
    let wrong = json!([{ "common_name": "bench", "device": bench.id }, { "common_name": "other", "device": edge.id }]);
    let JobState::Failed { error } = issue(&mut page, &root, wrong).await else { panic!("it was issued") };
    assert_eq!(error.code, Code::InvalidFields);
    assert_eq!(list(&mut page).await.len(), 1);

    let right = json!([{ "common_name": "bench", "device": bench.id }, { "common_name": "edge-1", "device": edge.id }]);
    assert_eq!(issue(&mut page, &root, right).await, JobState::Done);
    let edge = device_named(&mut page, "edge-1").await;
    assert_eq!(edge.credential, Credential::X509 { trust: CertificateTrust::Authority });
    let old = entry(&mut page, "edge-1").await;
    assert_eq!((&old.devices, old.has_key), (&vec![edge.id], true));
    assert_eq!(edge.certificate.unwrap().sha256, old.certificate.sha256);
    assert_eq!(device_named(&mut page, "bench").await.credential, Credential::None);
    assert_eq!(happenings(&mut page, &old.certificate.sha256).await, ["created", "given"]);

    let request = json!({ "certificates": [old.certificate.sha256], "days": 700 });
    let job: JobRef = page.call("certificate.renew", request.clone()).await;
    assert_eq!(ended(&mut page, job).await.state, JobState::Done);
    let new = entry(&mut page, "edge-1").await;
    assert_ne!(new.certificate.sha256, old.certificate.sha256);
    assert!(new.certificate.not_after > old.certificate.not_after);
    assert_eq!((&new.devices, new.has_key, new.renewable), (&vec![edge.id], true, true));
    let before = inspect(&mut page, &old.certificate.sha256).await;
    assert_eq!(before["entry"]["replaced_by"], json!(new.certificate.sha256));
    assert_eq!(before["entry"]["devices"], json!([]));
    let ids = |detail: &Value| detail["facts"]["subject_key_id"].clone();
    assert_eq!(ids(&before), ids(&inspect(&mut page, &new.certificate.sha256).await), "the key is the same");
    assert_eq!(happenings(&mut page, &new.certificate.sha256).await, ["given", "renewed"]);
    // The device signs with the key that belongs to the new certificate.
    let record = engine.device_record(edge.id).await.unwrap();
    let identity = engine.client_identity(&record).await.unwrap().unwrap();
    let key = hubscope_vault::for_connector(&identity.key).as_bytes().to_vec();
    hubscope_pki::read_identity(identity.chain_pem.as_bytes(), Some(&key), None).unwrap();

    let again = page.try_call::<JobRef>("certificate.renew", request).await.unwrap_err();
    assert_eq!(again.code, Code::BadRequest);
    engine.stop().await;
}
