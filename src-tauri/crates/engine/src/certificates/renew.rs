//! Renewals, as a job: the same common name and key for a new time.

use super::{Change, Known, Listed};
use crate::Engine;
use crate::blocking::blocking;
use crate::jobs::{NewJob, Progress};
use hubscope_model::{
    CertificateHappening, CertificateRenewal, ClientId, Code, DeviceId, Error, JobKind, JobRef, Result, text,
};
use hubscope_pki::{OwnCa, Signed, inspect_chain};
use hubscope_store::CertificateRecord;
use hubscope_vault::{Secret, for_signing};
use std::collections::{BTreeMap, HashMap};

/// CAs above each other at most, for lists in which two name each other.
const HIGHEST: usize = 16;

/// A certificate whose place another is to take.
struct Old {
    record: CertificateRecord,
    /// It is in the store already.
    stored: bool,
    /// SHA-256 of the CA that signs.
    authority: String,
    devices: Vec<DeviceId>,
    /// Row of its key.
    key: Option<String>,
    days: u32,
}

/// A CA that signs, and the SHA-256 of its certificate.
struct Signer {
    sha256: String,
    ca: OwnCa,
}

impl Engine {
    pub(crate) async fn renew_certificates(&self, client: ClientId, request: CertificateRenewal) -> Result<JobRef> {
        self.workspace.writable()?;
        self.workspace.takes_secrets().await?;
        let CertificateRenewal { mut certificates, days, authority_days } = request;
        certificates.sort();
        certificates.dedup();
        let known = self.known_certificates().await?;
        let chosen = certificates.iter().map(|sha256| known.get(sha256)).collect::<Result<Vec<_>>>()?;
        let (mut authorities, devices): (Vec<_>, Vec<_>) = chosen.into_iter().partition(|one| one.is_own_ca());
        // Those above first: they sign those below.
        authorities.sort_by_key(|one| height(&known, one));
        let (mut made, mut signers) = (Vec::new(), HashMap::new());
        for one in authorities {
            let old = self.old(one, authority_days.unwrap_or(days)).await?;
            let renewed = self.renew_authority(&known, &mut signers, old).await;
            made.push(renewed.map_err(|error| of_authority(error, authority_days))?);
        }
        let mut all = Vec::with_capacity(devices.len());
        for one in devices {
            let old = self.old(one, days).await?;
            self.signer(&known, &mut signers, &old.authority).await?.ca.check_devices(&[], days)?;
            all.push(old);
        }
        let total = (made.len() + all.len()) as u64;
        let new = NewJob { kind: JobKind::CertificateRenewal, total, unit: "certificates", phase: "issue".into() };
        self.start_job(client, new, move |engine, job| async move { engine.renew(made, all, signers, job).await })
    }

    async fn old(&self, one: &Listed, days: u32) -> Result<Old> {
        let itself = one.entry.issued_by.is_none() && one.is_own_ca();
        let authority = if itself { Some(one.sha256().to_owned()) } else { one.entry.issued_by.clone() };
        let Some(authority) = authority.filter(|_| one.entry.renewable) else {
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
            days,
        })
    }

    /// Makes a CA's new certificate, which signs from here on.
    async fn renew_authority(
        &self,
        known: &Known,
        signers: &mut HashMap<String, Signer>,
        mut old: Old,
    ) -> Result<(Signed, Old)> {
        let before = old.record.sha256().to_owned();
        let signed = sign(self.signer(known, signers, &old.authority).await?, &mut old)?;
        let key = self.key_of(&old).await?.ok_or_else(gone)?;
        let ca = OwnCa::read(signed.chain_pem.as_bytes(), Some(for_signing(&key).as_bytes()), None)?;
        let sha256 = inspect_chain(&signed.cert_pem)?.swap_remove(0).0.summary.sha256;
        signers.insert(before, Signer { sha256, ca });
        Ok((signed, old))
    }

    async fn key_of(&self, old: &Old) -> Result<Option<Secret<String>>> {
        match &old.key {
            Some(row) => self.workspace.secret(row).await,
            None => Ok(None),
        }
    }

    async fn signer<'a>(
        &self,
        known: &Known,
        signers: &'a mut HashMap<String, Signer>,
        sha256: &str,
    ) -> Result<&'a Signer> {
        if !signers.contains_key(sha256) {
            let ca = self.own_ca(known, sha256).await?;
            signers.insert(sha256.to_owned(), Signer { sha256: sha256.to_owned(), ca });
        }
        signers.get(sha256).ok_or_else(gone)
    }

    async fn renew(
        &self,
        made: Vec<(Signed, Old)>,
        all: Vec<Old>,
        signers: HashMap<String, Signer>,
        job: Progress,
    ) -> Result<()> {
        let steps = job.clone();
        let all = blocking(move || {
            let mut made = made;
            for mut old in all {
                steps.go_on()?;
                steps.done(made.len() as u64);
                let signer = signers.get(&old.authority).ok_or_else(gone)?;
                made.push((sign(signer, &mut old)?, old));
            }
            steps.done(made.len() as u64);
            Ok(made)
        })
        .await?;
        job.phase("store");
        let mut change = Change::default();
        let issued = notes(&all);
        for (signed, old) in all {
            self.replace(&mut change, signed, old).await?;
        }
        for (authority, what) in issued {
            change.note(&authority, what);
        }
        job.go_on()?;
        self.store_certificates(change).await
    }

    async fn replace(&self, change: &mut Change, signed: Signed, old: Old) -> Result<()> {
        let (facts, _) = inspect_chain(&signed.cert_pem)?.swap_remove(0);
        let (before, after) = (old.record.sha256().to_owned(), facts.summary.sha256.clone());
        let key = self.key_of(&old).await?;
        for device in old.devices {
            let device = self.device_with(device, &facts, &signed.chain_pem).await?;
            match &key {
                Some(key) => change.give(device, key.clone()),
                None => change.store.devices.push(device),
            }
        }
        let authority = old.record.authority;
        if !old.stored {
            change.store.added.push(old.record);
        }
        let new = CertificateRecord::new(facts, signed.chain_pem, authority);
        change.add(new, key, CertificateHappening::Renewed { sha256: before.clone() });
        change.note(&before, CertificateHappening::Replaced { sha256: after.clone() });
        change.store.replaced.push((before, after));
        Ok(())
    }
}

/// Signs, and says by which certificate of the CA.
fn sign(signer: &Signer, old: &mut Old) -> Result<Signed> {
    old.authority.clone_from(&signer.sha256);
    signer.ca.renew(old.record.chain_pem.as_bytes(), old.days)
}

/// How many CAs stand above.
fn height(known: &Known, one: &Listed) -> usize {
    let above = |one: &&Listed| one.entry.issued_by.as_deref().and_then(|issuer| known.get(issuer).ok());
    std::iter::successors(Some(one), above).take(HIGHEST).count()
}

/// The days of CAs are a field of their own where they were given.
fn of_authority(mut error: Error, authority_days: Option<u32>) -> Error {
    for problem in error.fields.iter_mut().filter(|problem| authority_days.is_some() && problem.field == "days") {
        problem.field = "authority_days".into();
    }
    error
}

/// One line for each CA that signed others, and each number of days.
fn notes(all: &[(Signed, Old)]) -> Vec<(String, CertificateHappening)> {
    let mut of_ca: BTreeMap<(&str, u32), (String, u32)> = BTreeMap::new();
    for (_, old) in all.iter().filter(|(_, old)| old.authority != old.record.sha256()) {
        let common_name = old.record.facts.summary.common_name.clone().unwrap_or_default();
        of_ca.entry((&old.authority, old.days)).or_insert((common_name, 0)).1 += 1;
    }
    let issued = |((authority, days), (common_name, count)): ((&str, u32), (String, u32))| {
        (authority.to_owned(), CertificateHappening::Issued { common_name, count, days })
    };
    of_ca.into_iter().map(issued).collect()
}

fn gone() -> Error {
    Error::new(Code::NotFound, "This CA no longer exists.")
}
