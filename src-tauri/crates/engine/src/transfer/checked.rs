//! Things of a file, held to the rules of the forms before they come in.

use super::format::{FileDevice, FileHub, FilePreset, FileTrust};
use crate::trust;
use hubscope_model::{
    CertificateDraft, Code, DeviceDraft, DeviceId, Error, Hub, HubDetails, HubDraft, HubId, HubPreset, HubTrust,
    PresetDraft, Result, SecretField, StoredSecret, Subscription, SubscriptionDraft, SubscriptionId, TrustDraft,
};
use hubscope_pki::Trusted;
use hubscope_store::{DeviceRecord, HubRecord, PresetRecord, StoredCertificate};

/// The hub of a file under the id that it gets here.
pub fn hub_record(file: &FileHub, id: HubId) -> Result<HubRecord> {
    let draft = HubDraft {
        id: None,
        kind: file.kind,
        name: file.name.clone(),
        host: file.host.clone(),
        port: file.port,
        transport: file.transport,
        connection: file.connection.clone(),
        trust: TrustDraft::Keep,
        details: file.details.clone(),
        secrets: Vec::new(),
    };
    hubscope_hubs::check_hub(&draft, false).map_err(|error| refused(&file.name, error))?;
    let trusted = trusted(&file.trust).map_err(|error| refused(&file.name, error))?;
    let hub = Hub {
        id,
        name: file.name.clone(),
        connection: file.connection.clone(),
        details: file.details.clone(),
        ..Hub::new(file.kind, file.host.clone(), file.port, file.transport)
    };
    Ok(HubRecord::new(hub, file.trust.mode, trusted))
}

/// The preset of a file under the id that it gets here.
pub fn preset_record(file: &FilePreset, id: String) -> Result<PresetRecord> {
    let hub = HubDraft {
        id: None,
        kind: file.kind,
        name: file.name.clone(),
        host: file.host.clone(),
        port: file.port,
        transport: file.transport,
        connection: file.connection.clone(),
        trust: TrustDraft::Keep,
        details: HubDetails::default(),
        secrets: Vec::new(),
    };
    let refused = |error| refused(&file.name, error);
    hubscope_hubs::check_preset(&PresetDraft { name: file.name.clone(), hub }).map_err(refused)?;
    if uuid::Uuid::try_parse(&id).is_err() {
        return Err(refused(Error::new(Code::BadRequest, "A preset's id is a UUID.")));
    }
    let trusted = trusted(&file.trust).map_err(refused)?;
    let preset = HubPreset {
        details: HubDetails { preset: Some(id.clone()), ..HubDetails::default() },
        id,
        name: file.name.clone(),
        kind: file.kind,
        host: file.host.clone(),
        port: file.port,
        transport: file.transport,
        connection: file.connection.clone(),
        trust: HubTrust { mode: file.trust.mode, certificates: trusted.certificates },
        own: true,
    };
    Ok(PresetRecord { preset, trust_pem: trusted.pem })
}

fn trusted(file: &FileTrust) -> Result<Trusted> {
    let mut trusted = Trusted::default();
    for one in &file.certificates {
        trusted = trusted.and(&trust::read(file.mode, one.pem.as_bytes(), &one.source)?);
    }
    trust::check(file.mode, &trusted)?;
    Ok(trusted)
}

/// A device of a file under the id that it gets here. Its secrets may be missing: they can be entered later.
pub fn device_record(file: &FileDevice, id: DeviceId, hub: &Hub) -> Result<DeviceRecord> {
    let refused = |error| refused(&file.name, error);
    let certificate = file.certificate.as_deref().map(hubscope_pki::read_chain).transpose().map_err(refused)?;
    let draft = DeviceDraft {
        id: None,
        hub: hub.id,
        name: file.name.clone(),
        client_id: file.client_id.clone(),
        credential: file.credential.clone(),
        secrets: Vec::new(),
        certificate: CertificateDraft::Keep,
        options: file.options.clone(),
    };
    // A password is no secret that a credential needs; where it is not stored, its rules do not apply.
    let stands = |field: &SecretField| *field != SecretField::Password || file.secrets.contains_key(field);
    let fields = draft.credential.secrets().iter().copied().filter(stands);
    let as_if_stored: Vec<_> = fields.map(|field| StoredSecret { field, ends: None }).collect();
    let summary = certificate.as_ref().map(|(summary, _)| summary);
    hubscope_hubs::check_device(&draft, hub, &as_if_stored, summary).map_err(refused)?;
    Ok(DeviceRecord {
        id,
        hub: hub.id,
        name: draft.name,
        client_id: draft.client_id,
        credential: draft.credential,
        certificate: certificate.map(|(summary, chain_pem)| StoredCertificate { summary, chain_pem }),
        credential_set: file.credential_set,
        options: draft.options,
    })
}

/// The subscriptions of a device of a file, for the device that it becomes here.
pub fn subscriptions(file: &FileDevice, device: DeviceId, hub: &Hub) -> Result<Vec<Subscription>> {
    let one = |one: &super::format::FileSubscription| {
        let draft = SubscriptionDraft {
            id: None,
            device,
            filter: one.filter.clone(),
            qos: one.qos,
            colour: Some(one.colour),
            alias: one.alias.clone(),
            enabled: one.enabled,
            options: one.options.clone(),
        };
        hubscope_hubs::check_subscription(&draft, hub.kind).map_err(|error| refused(&file.name, error))?;
        if !(1..=8).contains(&one.colour) {
            return Err(refused(&file.name, Error::new(Code::BadRequest, "There is no such colour.")));
        }
        Ok(Subscription {
            id: SubscriptionId::new(),
            device,
            filter: draft.filter,
            qos: draft.qos,
            colour: one.colour,
            alias: draft.alias,
            enabled: draft.enabled,
            options: draft.options,
        })
    };
    file.subscriptions.iter().map(one).collect()
}

/// A thing that no form would take.
pub fn refused(name: &str, error: Error) -> Error {
    let fields = error.fields.iter().map(|field| format!("{} ({:?})", field.field, field.problem));
    let detail = match error.fields.is_empty() {
        true => error.message.clone(),
        false => fields.collect::<Vec<_>>().join(", "),
    };
    Error::new(Code::NotAnExport, format!("“{name}” in this file cannot be imported."))
        .detail(detail)
        .hint("Leave it out, and import the rest.")
}
