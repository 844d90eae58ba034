//! Renewals, as a job: the same common name and key for a new time.

use super::{Change, Known};
use crate::Engine;
use crate::blocking::blocking;
use crate::jobs::{NewJob, Progress};
use hubscope_model::{
    CertificateHappening, CertificateRenewal, ClientId, Code, DeviceId, Error, JobKind, JobRef, Result, text,
};
use hubscope_pki::{OwnCa, Signed, inspect_chain};
use hubscope_store::CertificateRecord;
use std::collections::{BTreeMap, HashMap};

/// A certificate whose place another is to take.
struct Old {
    record: CertificateRecord,
    /// It is in the store already.
    stored: bool,
    authority: String,
    devices: Vec<DeviceId>,
    /// Row of its key.
    key: Option<String>,
}

impl Engine {
    pub(crate) async fn renew_certificates(&self, client: ClientId, request: CertificateRenewal) -> Result<JobRef> {
        self.workspace.writable()?;
        self.workspace.takes_secrets().await?;
        let CertificateRenewal { mut certificates, days } = request;
        certificates.sort();
        certificates.dedup();
        let known = self.known_certificates().await?;
        let (mut all, mut authorities) = (Vec::with_capacity(certificates.len()), HashMap::new());
        for sha256 in &certificates {
            let old = self.old(&known, sha256).await?;
            if !authorities.contains_key(&old.authority) {
                let ca = self.own_ca(&old.authority).await?;
                ca.check_devices(&[], days)?;
                authorities.insert(old.authority.clone(), ca);
            }
            all.push(old);
        }
        let total = all.len() as u64;
        let new = NewJob { kind: JobKind::CertificateRenewal, total, unit: "certificates", phase: "issue".into() };
        self.start_job(client, new, move |engine, job| async move { engine.renew(all, authorities, days, job).await })
    }

    async fn old(&self, known: &Known, sha256: &str) -> Result<Old> {
        let one = known.get(sha256)?;
        let Some(authority) = one.entry.issued_by.clone().filter(|_| one.entry.renewable) else {
            return Err(Error::new(Code::BadRequest, "This certificate cannot be renewed here.")
                .detail(text!(
                    "{name}: revoked, replaced already, or its CA is not here with its key",
                    name = one.name()
                ))
                .hint("Issue a new certificate with a CA of your own."));
        };
        Ok(Old {
            record: one
                .record
                .clone()
                .unwrap_or_else(|| CertificateRecord::new(one.facts.clone(), one.chain_pem.clone(), false)),
            stored: one.record.is_some(),
            authority,
            devices: one.entry.devices.clone(),
            key: self.key_row(&one.entry).await,
        })
    }

    async fn renew(&self, all: Vec<Old>, authorities: HashMap<String, OwnCa>, days: u32, job: Progress) -> Result<()> {
        let steps = job.clone();
        let all = blocking(move || {
            let mut made = Vec::with_capacity(all.len());
            for old in all {
                steps.go_on()?;
                steps.done(made.len() as u64);
                let ca = authorities.get(&old.authority).ok_or_else(gone)?;
                made.push((ca.renew(old.record.chain_pem.as_bytes(), days)?, old));
            }
            steps.done(made.len() as u64);
            Ok(made)
        })
        .await?;
        job.phase("store");
        let mut change = Change::default();
        note_issued(&mut change, &all, days);
        for (signed, old) in all {
            self.replace(&mut change, signed, old).await?;
        }
        job.go_on()?;
        self.store_certificates(change).await
    }

    async fn replace(&self, change: &mut Change, signed: Signed, old: Old) -> Result<()> {
        let (facts, _) = inspect_chain(&signed.cert_pem)?.swap_remove(0);
        let (before, after) = (old.record.sha256().to_owned(), facts.summary.sha256.clone());
        let key = match &old.key {
            Some(row) => self.workspace.secret(row).await?,
            None => None,
        };
        for device in old.devices {
            let device = self.device_with(device, &facts, &signed.chain_pem).await?;
            match &key {
                Some(key) => change.give(device, key.clone()),
                None => change.store.devices.push(device),
            }
        }
        if !old.stored {
            change.store.added.push(old.record);
        }
        change.add(
            CertificateRecord::new(facts, signed.chain_pem, false),
            key,
            CertificateHappening::Renewed { sha256: before.clone() },
        );
        change.note(&before, CertificateHappening::Replaced { sha256: after.clone() });
        change.store.replaced.push((before, after));
        Ok(())
    }
}

/// One line for each CA that signed.
fn note_issued(change: &mut Change, all: &[(Signed, Old)], days: u32) {
    let mut of_ca: BTreeMap<&str, (String, u32)> = BTreeMap::new();
    for (_, old) in all {
        let common_name = old.record.facts.summary.common_name.clone().unwrap_or_default();
        of_ca.entry(&old.authority).or_insert((common_name, 0)).1 += 1;
    }
    for (authority, (common_name, count)) in of_ca {
        change.note(authority, CertificateHappening::Issued { common_name, count, days });
    }
}

fn gone() -> Error {
    Error::new(Code::NotFound, "This CA no longer exists.")
}
