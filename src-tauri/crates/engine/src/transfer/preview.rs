//! What a file holds and how it stands to the workspace.

use super::Opened;
use super::format::{FileDevice, FileHub, FilePreset, FileSecrets};
use super::here::{Here, Matches, preset_differences};
use crate::Engine;
use crate::secrets::{device_row, hub_row};
use hubscope_model::{
    ClientId, Code, ImportDevice, ImportFile, ImportHub, ImportPreset, ImportPreview, ImportVerdict, Result,
    SecretField, Transport,
};
use hubscope_store::{DeviceRecord, HubRecord};
use hubscope_vault::Secret;

impl Engine {
    pub(crate) async fn preview_import(&self, client: ClientId, file: ImportFile) -> Result<ImportPreview> {
        let Opened { document, sealed } = self.open_import(client, file.file, file.passphrase).await?;
        let here = Here::of(self.workspace.store()?).await?;
        let Matches { hubs: hubs_here, devices: devices_here } = here.matches(&document);
        let mut hubs = Vec::new();
        let mut devices_here = (0..).zip(devices_here);
        for ((index, file), found) in (0..).zip(&document.hubs).zip(hubs_here) {
            let mut devices = Vec::new();
            for (device, (index, record)) in file.devices.iter().zip(&mut devices_here) {
                let moved = found.map(|found| found.hub.id) != record.map(|record| record.hub);
                devices.push(self.preview_device(&here, device, index, record, moved).await?);
            }
            hubs.push(self.preview_hub(&here, file, index, found, devices).await?);
        }
        Ok(ImportPreview {
            source: document.source,
            written: document.written,
            version: document.program,
            encrypted: sealed,
            hubs,
            presets: (0..).zip(&document.presets).map(|(index, file)| preview_preset(&here, index, file)).collect(),
            settings: document.settings.is_some(),
            left_out: document.left_out,
        })
    }

    async fn preview_hub(
        &self,
        here: &Here,
        file: &FileHub,
        index: u32,
        found: Option<&HubRecord>,
        devices: Vec<ImportDevice>,
    ) -> Result<ImportHub> {
        let mut differences = Vec::new();
        if let Some(record) = found {
            differences = here.hub_differences(file, record);
            let row = |field| hub_row(record.hub.id, field);
            differences.extend(self.secret_difference(&file.secrets, row).await?);
        }
        Ok(ImportHub {
            index,
            name: file.name.clone(),
            address: address(file),
            verdict: verdict(found.is_some(), &differences),
            differences,
            left_out: file.left_out.clone(),
            devices,
        })
    }

    async fn preview_device(
        &self,
        here: &Here,
        file: &FileDevice,
        index: u32,
        found: Option<&DeviceRecord>,
        moved: bool,
    ) -> Result<ImportDevice> {
        let mut differences = Vec::new();
        if let Some(record) = found {
            differences = here.device_differences(file, record, moved);
            let row = |field| device_row(record.id, field);
            differences.extend(self.secret_difference(&file.secrets, row).await?);
        }
        Ok(ImportDevice {
            index,
            name: file.name.clone(),
            verdict: verdict(found.is_some(), &differences),
            differences,
            secrets: u32::try_from(file.secrets.len()).unwrap_or(u32::MAX),
            left_out: file.left_out.clone(),
        })
    }

    /// Whether the file brings a secret that is not the one here; one that cannot be compared counts as another.
    async fn secret_difference(
        &self,
        secrets: &FileSecrets,
        row: impl Fn(SecretField) -> String,
    ) -> Result<Option<String>> {
        for (field, text) in secrets {
            let here = match self.workspace.look_at_secret(&row(*field)).await {
                Ok(here) => here,
                Err(error) if matches!(error.code, Code::WorkspaceUnavailable) => return Err(error),
                Err(_) => None,
            };
            if !here.is_some_and(|here| here.is_same(&Secret::new(text.clone()))) {
                return Ok(Some("secrets".into()));
            }
        }
        Ok(None)
    }
}

fn preview_preset(here: &Here, index: u32, file: &FilePreset) -> ImportPreset {
    let found = here.preset(file);
    let differences = found.map(|record| preset_differences(file, record)).unwrap_or_default();
    ImportPreset { index, name: file.name.clone(), verdict: verdict(found.is_some(), &differences), differences }
}

fn verdict(found: bool, differences: &[String]) -> ImportVerdict {
    match (found, differences.is_empty()) {
        (false, _) => ImportVerdict::New,
        (true, true) => ImportVerdict::Same,
        (true, false) => ImportVerdict::Differs,
    }
}

fn address(file: &FileHub) -> String {
    match file.transport {
        Transport::Unix => file.connection.socket.clone(),
        _ => format!("{}:{}", file.host, file.port),
    }
}
