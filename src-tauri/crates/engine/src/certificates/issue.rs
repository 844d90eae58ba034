//! Certificates for devices, as a job.

use super::authority::record_issued;
use super::{Change, Known};
use crate::Engine;
use crate::blocking::blocking;
use crate::jobs::{NewJob, Progress};
use hubscope_model::{
    CertificateHappening, CertificateIssue, ClientId, DeviceId, Error, FieldProblem, JobKind, JobRef, NewCertificate,
    Problem, Result,
};
use hubscope_pki::{Issued, NewDevice, OwnCa, Serial};
use hubscope_vault::Secret;
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Certificates of one job: some 30 MB of memory at most.
const MOST: usize = 10_000;

impl Engine {
    pub(crate) async fn issue_certificates(&self, client: ClientId, request: CertificateIssue) -> Result<JobRef> {
        self.workspace.writable()?;
        self.workspace.takes_secrets().await?;
        let known = self.known_certificates().await?;
        let ca = self.own_ca(&known, &request.authority).await?;
        let devices = request.devices.iter().map(new_device).collect::<Result<Vec<_>>>()?;
        if !(1..=MOST).contains(&devices.len()) {
            return Err(refused("devices", Problem::OutOfRange));
        }
        ca.check_devices(&devices, request.days)?;
        check_serials(&known, &request.authority, &devices)?;
        self.check_receivers(&request.devices).await?;
        let total = devices.len() as u64;
        let new = NewJob { kind: JobKind::CertificateIssue, total, unit: "certificates", phase: "issue".into() };
        self.start_job(
            client,
            new,
            |engine, progress| async move { engine.issue(request, ca, devices, progress).await },
        )
    }

    async fn issue(&self, request: CertificateIssue, ca: OwnCa, devices: Vec<NewDevice>, job: Progress) -> Result<()> {
        let CertificateIssue { authority, devices: asked, key, days } = request;
        let steps = job.clone();
        let made = blocking(move || {
            ca.issue_devices(&devices, key, days, |made| {
                steps.done(made as u64);
                if steps.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })
        })
        .await?;
        job.phase("store");
        let count = u32::try_from(made.len()).unwrap_or(u32::MAX);
        let mut change = Change::default();
        if let Some(first) = asked.first() {
            let common_name = first.common_name.clone();
            change.note(&authority, CertificateHappening::Issued { common_name, count, days });
        }
        for (made, asked) in made.into_iter().zip(&asked) {
            self.add_issued(&mut change, made, asked.device).await?;
        }
        job.go_on()?;
        self.store_certificates(change).await
    }

    async fn add_issued(&self, change: &mut Change, made: Issued, device: Option<DeviceId>) -> Result<()> {
        let (chain_pem, key) = (made.chain_pem.clone(), device.map(|_| Secret::new(made.key_pem.clone())));
        let facts = record_issued(change, made, false)?;
        if let (Some(device), Some(key)) = (device, key) {
            let device = self.device_with(device, &facts, &chain_pem).await?;
            change.give(device, key);
        }
        Ok(())
    }

    async fn check_receivers(&self, certificates: &[NewCertificate]) -> Result<()> {
        let mut seen = HashSet::new();
        for device in certificates.iter().filter_map(|one| one.device) {
            if !seen.insert(device) {
                return Err(refused("device", Problem::Duplicate).hint("A device gets one certificate."));
            }
            self.device_record(device).await?;
        }
        Ok(())
    }
}

/// RFC 5280, section 4.1.2.2: a CA gives each serial once.
fn check_serials(known: &Known, authority: &str, devices: &[NewDevice]) -> Result<()> {
    let given = known.all.iter().filter(|one| one.entry.issued_by.as_deref() == Some(authority));
    let given: HashSet<&str> = given.map(|one| one.facts.serial_hex.as_str()).collect();
    let taken =
        devices.iter().filter_map(|device| device.serial.as_ref()).any(|one| given.contains(one.hex().as_str()));
    match taken {
        true => Err(refused("serial", Problem::Duplicate).hint("This CA has given that serial before: give another.")),
        false => Ok(()),
    }
}

fn new_device(asked: &NewCertificate) -> Result<NewDevice> {
    let serial = asked.serial.as_deref().filter(|text| !text.trim().is_empty()).map(Serial::read).transpose()?;
    Ok(NewDevice { common_name: asked.common_name.clone(), serial })
}

fn refused(field: &str, problem: Problem) -> Error {
    Error::fields(vec![FieldProblem { field: field.to_owned(), problem }])
}
