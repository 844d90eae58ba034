//! Certificates as a page asks for them; openssl looks at what comes out.

mod deleting;
mod files;
mod issuing;
#[cfg(target_os = "linux")]
mod measure;
mod possession;
mod renewing;
mod requests;
mod revoking;
mod secrets;

use super::page::Page;
use super::transfer::hub;
use crate::Engine;
use hubscope_model::{
    CertificateEntry, CertificateList, CertificateRef, Device, Hub, Job, JobRef, JobState, WrittenFile,
};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// Runs openssl in a directory: whether it succeeded, and what it said.
fn openssl(directory: &Path, args: &[&str]) -> (bool, String) {
    let output = Command::new("openssl").args(args).current_dir(directory).output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

/// From here on secrets are sealed in the database.
async fn under_passphrase(page: &mut Page) {
    page.call::<Value>("vault.set_passphrase", json!({ "current": null, "new": "correct horse battery" })).await;
}

async fn authority(page: &mut Page, name: &str, parent: Option<&str>) -> String {
    let draft = json!({ "common_name": name, "parent": parent, "key": "p256", "days": 3650 });
    page.call::<CertificateRef>("authority.create", draft).await.sha256
}

async fn list(page: &mut Page) -> Vec<CertificateEntry> {
    page.call::<CertificateList>("certificate.list", json!({})).await.entries
}

async fn entry(page: &mut Page, name: &str) -> CertificateEntry {
    let all = list(page).await;
    all.into_iter().rfind(|one| one.certificate.common_name.as_deref() == Some(name)).unwrap()
}

async fn inspect(page: &mut Page, sha256: &str) -> Value {
    page.call("certificate.inspect", json!({ "sha256": sha256 })).await
}

async fn export(page: &mut Page, sha256: &str, form: &str, passphrase: Option<&str>) -> String {
    let request = json!({ "sha256": sha256, "form": form, "passphrase": passphrase });
    page.call::<WrittenFile>("certificate.export", request).await.file_name.unwrap()
}

/// Issues certificates and waits until they are there; answers how the job ended.
async fn issue(page: &mut Page, authority: &str, devices: Value) -> JobState {
    let request = json!({ "authority": authority, "devices": devices, "key": "p256", "days": 365 });
    let job: JobRef = page.call("certificate.issue", request).await;
    ended(page, job).await.state
}

async fn ended(page: &mut Page, job: JobRef) -> Job {
    reached(page, job, |job| job.state != JobState::Running).await
}

/// Waits until a job is as it should be.
async fn reached(page: &mut Page, job: JobRef, wanted: impl Fn(&Job) -> bool) -> Job {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(120);
    loop {
        let now: Job = page.call("job.get", json!({ "job": job.job })).await;
        if wanted(&now) {
            return now;
        }
        assert!(tokio::time::Instant::now() < deadline, "{now:?}");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

async fn broker(page: &mut Page) -> Hub {
    page.call("hub.save", hub("mqtt_broker", "lab", "lab.example")).await
}

async fn device(page: &mut Page, hub: &Hub, name: &str, credential: Value) -> Device {
    let form = json!({ "id": null, "hub": hub.id, "name": name, "client_id": name, "credential": credential,
                       "certificate": { "change": "keep" },
                       "options": { "version": "3.1.1", "clean_session": true, "keep_alive": 60,
                                    "max_packet_size": 65536 } });
    page.call("device.save", form).await
}

async fn device_named(page: &mut Page, name: &str) -> Device {
    let tree: hubscope_model::Tree = page.call("tree.get", json!({})).await;
    tree.devices.into_iter().find(|device| device.name == name).unwrap()
}

/// What happened with a certificate, oldest first.
async fn happenings(page: &mut Page, sha256: &str) -> Vec<String> {
    let detail = inspect(page, sha256).await;
    let events = detail["events"].as_array().unwrap();
    events.iter().map(|event| event["what"].as_str().unwrap().to_owned()).collect()
}

/// Rows of secrets that are sealed in the database.
async fn secret_rows(engine: &Engine) -> Vec<String> {
    engine.workspace.store().unwrap().secret_rows().await.unwrap().into_iter().map(|(row, _)| row).collect()
}
