//! The list: what the store has, what devices carry and what hubs trust, each certificate once.

use super::{certificate_row, request_row, with_chain};
use crate::Engine;
use crate::secrets::device_row;
use hubscope_model::{
    CertificateEntry, CertificateFacts, CertificateHub, CertificateList, CertificateRequest, CertificateRole, Code,
    DeviceId, Error, Result, SecretField,
};
use hubscope_pki::inspect_chain;
use hubscope_store::{CertificateRecord, DeviceRecord, HubRecord, PossessionRecord};
use std::collections::HashMap;

/// One certificate of the list.
pub(super) struct Listed {
    pub entry: CertificateEntry,
    pub facts: CertificateFacts,
    /// PEM, the certificate itself first.
    pub chain_pem: String,
    /// As stored; None while only a device or hub has it.
    pub record: Option<CertificateRecord>,
}

impl Listed {
    fn new(facts: CertificateFacts, chain_pem: String, role: CertificateRole) -> Self {
        let certificate = with_chain(&facts, &chain_pem);
        let entry = CertificateEntry {
            certificate,
            role,
            issued_by: None,
            has_key: false,
            renewable: false,
            devices: Vec::new(),
            hubs: Vec::new(),
            revoked: None,
            replaced_by: None,
        };
        Self { entry, facts, chain_pem, record: None }
    }

    pub fn sha256(&self) -> &str {
        &self.facts.summary.sha256
    }

    /// A CA of one's own.
    pub fn is_own_ca(&self) -> bool {
        matches!(self.entry.role, CertificateRole::Root | CertificateRole::Issuing)
    }

    /// As it is called: the common name, or else the subject.
    pub fn name(&self) -> String {
        self.facts.summary.common_name.clone().unwrap_or_else(|| self.facts.summary.subject.clone())
    }
}

/// The list, in the order in which things came: stored ones, devices', hubs'.
pub(super) struct Known {
    pub all: Vec<Listed>,
    pub(super) by_sha256: HashMap<String, usize>,
}

impl Known {
    pub fn get(&self, sha256: &str) -> Result<&Listed> {
        let found = self.by_sha256.get(sha256).and_then(|place| self.all.get(*place));
        found.ok_or_else(|| Error::new(Code::NotFound, "This certificate no longer exists."))
    }

    pub fn has(&self, sha256: &str) -> bool {
        self.by_sha256.contains_key(sha256)
    }

    /// The place of a certificate in the list, at its end if it is new.
    fn place(&mut self, facts: CertificateFacts, chain_pem: String, role: CertificateRole) -> &mut Listed {
        let next = self.all.len();
        let place = *self.by_sha256.entry(facts.summary.sha256.clone()).or_insert(next);
        if place == next {
            self.all.push(Listed::new(facts, chain_pem, role));
        }
        &mut self.all[place]
    }

    fn add_stored(&mut self, record: CertificateRecord) {
        let role = match (record.authority, record.facts.summary.self_signed) {
            (true, true) => CertificateRole::Root,
            (true, false) => CertificateRole::Issuing,
            (false, _) => CertificateRole::Device,
        };
        let listed = self.place(record.facts.clone(), record.chain_pem.clone(), role);
        listed.entry.revoked = record.revoked;
        listed.entry.replaced_by.clone_from(&record.replaced_by);
        listed.record = Some(record);
    }

    fn add_of_device(&mut self, device: &DeviceRecord) {
        let Some(certificate) = &device.certificate else { return };
        // What cannot be read any more cannot be listed either; the device's page says so when it connects.
        let Ok(mut chain) = inspect_chain(&certificate.chain_pem) else { return };
        let (facts, _) = chain.swap_remove(0);
        let listed = self.place(facts, certificate.chain_pem.clone(), CertificateRole::Device);
        listed.entry.devices.push(device.id);
    }

    fn add_of_hub(&mut self, hub: &HubRecord) {
        let chain = trusted(hub).map(inspect_chain).and_then(Result::ok).unwrap_or_default();
        for (facts, pem) in chain {
            let listed = self.place(facts, pem, CertificateRole::Server);
            if listed.entry.hubs.iter().all(|one| one.hub != hub.hub.id) {
                listed.entry.hubs.push(CertificateHub { hub: hub.hub.id, trusts: true, possession: None });
            }
        }
    }

    fn add_possession(&mut self, record: &PossessionRecord) {
        let Some(listed) = self.by_sha256.get(&record.authority).and_then(|place| self.all.get_mut(*place)) else {
            return;
        };
        let hubs = &mut listed.entry.hubs;
        match hubs.iter_mut().find(|one| one.hub == record.hub) {
            Some(hub) => hub.possession = Some(record.possession),
            None => {
                hubs.push(CertificateHub { hub: record.hub, trusts: false, possession: Some(record.possession) });
            }
        }
    }
}

/// The PEM certificates by which a hub's form recognises its server.
fn trusted(hub: &HubRecord) -> Option<&str> {
    Some(hub.trust_pem.as_str()).filter(|pem| !pem.is_empty())
}

impl Engine {
    pub(super) async fn known_certificates(&self) -> Result<Known> {
        let store = self.workspace.store()?;
        let mut known = Known { all: Vec::new(), by_sha256: HashMap::new() };
        store.certificates().await?.into_iter().for_each(|record| known.add_stored(record));
        store.devices().await?.iter().for_each(|device| known.add_of_device(device));
        store.hubs().await?.iter().for_each(|hub| known.add_of_hub(hub));
        store.possessions().await?.iter().for_each(|record| known.add_possession(record));
        for one in &mut known.all {
            one.entry.has_key = self.key_row(&one.entry).await.is_some();
        }
        known.forget_deleted();
        known.link();
        Ok(known)
    }

    /// The row that has the private key of a certificate: its own, or that of a device which uses it.
    pub(super) async fn key_row(&self, entry: &CertificateEntry) -> Option<String> {
        let of_device = |device: &DeviceId| device_row(*device, SecretField::PrivateKey);
        let own = certificate_row(&entry.certificate.sha256);
        for row in std::iter::once(own).chain(entry.devices.iter().map(of_device)) {
            if self.workspace.stored_secret(&row, SecretField::PrivateKey).await.is_some() {
                return Some(row);
            }
        }
        None
    }

    pub(crate) async fn certificates(&self) -> Result<CertificateList> {
        let entries = self.known_certificates().await?.all.into_iter().map(|one| one.entry).collect();
        Ok(CertificateList { entries, requests: self.certificate_requests().await? })
    }

    pub(super) async fn certificate_requests(&self) -> Result<Vec<CertificateRequest>> {
        let mut requests = self.workspace.store()?.certificate_requests().await?;
        for request in &mut requests {
            let row = request_row(request.id);
            request.has_key = self.workspace.stored_secret(&row, SecretField::PrivateKey).await.is_some();
        }
        Ok(requests)
    }
}
