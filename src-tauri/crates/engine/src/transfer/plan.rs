//! From a file and its user's choices to what is stored.

use super::checked;
use super::collect::secret_fields;
use super::format::{Document, FileDevice, FileHub, FilePreset, FileSecrets};
use super::here::{Here, Matches};
use crate::devices::DEVICE_SECRETS;
use crate::duplicate::copied;
use crate::secrets::{device_row, hub_row};
use crate::tree::HUB_SECRETS;
use crate::undo::Step;
use hubscope_model::{
    Code, DeviceId, Error, Folder, FolderDraft, FolderId, Hub, HubId, ImportAction, ImportChoice, Imported, Result,
    SecretField,
};
use hubscope_store::{DeviceRecord, Import};
use hubscope_vault::Secret;
use std::collections::{HashMap, HashSet};

/// What an import will do; its secrets are still to be sealed.
#[derive(Default)]
pub struct Plan {
    pub import: Import,
    pub secrets: Vec<(String, Secret<String>)>,
    pub imported: Imported,
    /// Devices whose credential is new here, or another one than before.
    pub credentials: Vec<DeviceRecord>,
    /// Folders here, and those that the import makes, by hub and name.
    folders: HashMap<(Option<HubId>, String), FolderId>,
    /// Things here whose place is taken: each once.
    replaced: HashSet<uuid::Uuid>,
}

impl Plan {
    /// How the import is taken back; None where it takes something's place, for that is gone.
    pub fn undo(&self) -> Option<Step> {
        let hubs = self.import.hubs.iter().map(|record| record.hub.id).collect();
        let devices = self.import.devices.iter().map(|record| record.id).collect();
        let folders = self.import.folders.iter().map(|folder| folder.id).collect();
        let all_new = self.replaced.is_empty() && self.import.presets.is_empty();
        let some = self.imported.hubs + self.imported.devices > 0;
        (all_new && some).then_some(Step::Imported { hubs, devices, folders })
    }
}

/// What the user chose of a file.
#[derive(Clone, Copy)]
pub struct Chosen<'a> {
    pub hubs: &'a [ImportChoice],
    pub devices: &'a [ImportChoice],
    pub presets: &'a [ImportChoice],
}

/// The choices for hubs, or for devices, by their numbers in the file.
struct Choices(HashMap<u32, ImportAction>);

impl Choices {
    fn of(choices: &[ImportChoice], count: usize) -> Result<Self> {
        let known = choices.iter().all(|choice| (choice.index as usize) < count);
        let choices: HashMap<_, _> = choices.iter().map(|choice| (choice.index, choice.action)).collect();
        if known { Ok(Self(choices)) } else { Err(wrong("The file has no such item.")) }
    }

    fn at(&self, index: usize) -> ImportAction {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        self.0.get(&index).copied().unwrap_or(ImportAction::Skip)
    }
}

impl Plan {
    pub fn make(document: &Document, here: &Here, chosen: Chosen<'_>) -> Result<Self> {
        let Matches { hubs: hubs_here, devices: devices_here } = here.matches(document);
        let hubs = Choices::of(chosen.hubs, document.hubs.len())?;
        let devices = Choices::of(chosen.devices, devices_here.len())?;
        let presets = Choices::of(chosen.presets, document.presets.len())?;
        let mut plan = Self::default();
        for folder in here.layout.folders.iter().rev() {
            plan.folders.insert((folder.hub, folder.name.clone()), folder.id);
        }
        let mut number = 0;
        for name in &document.folders {
            let of_chosen = |(index, hub): (usize, &FileHub)| {
                hub.folder.as_ref() == Some(name) && hubs.at(index) != ImportAction::Skip
            };
            if document.hubs.iter().enumerate().any(of_chosen) {
                plan.folder(None, name)?;
            }
        }
        for (index, file) in document.hubs.iter().enumerate() {
            let found = hubs_here[index].map(|record| &record.hub);
            let action = hubs.at(index);
            let target = plan.hub(file, found, action)?;
            for device in &file.devices {
                // A copied hub gets devices of its own.
                let action = match (devices.at(number), action) {
                    (ImportAction::Skip, _) => ImportAction::Skip,
                    (_, ImportAction::AddCopy) => ImportAction::AddCopy,
                    (chosen, _) => chosen,
                };
                let copied_hub = hubs.at(index) == ImportAction::AddCopy;
                plan.device(device, devices_here[number], action, target.as_ref(), copied_hub)?;
                number += 1;
            }
        }
        for (index, file) in document.presets.iter().enumerate() {
            plan.preset(file, here.preset(file).is_some(), presets.at(index))?;
        }
        Ok(plan)
    }

    /// The folder of a name, made if it is not there.
    fn folder(&mut self, hub: Option<HubId>, name: &str) -> Result<FolderId> {
        if let Some(id) = self.folders.get(&(hub, name.to_owned())) {
            return Ok(*id);
        }
        let draft = FolderDraft { id: None, hub, name: name.to_owned() };
        hubscope_hubs::check_folder(&draft).map_err(|error| checked::refused(name, error))?;
        let folder = Folder { id: FolderId::new(), hub, name: draft.name };
        self.folders.insert((hub, name.to_owned()), folder.id);
        let id = folder.id;
        self.import.folders.push(folder);
        Ok(id)
    }

    fn preset(&mut self, file: &FilePreset, found: bool, action: ImportAction) -> Result<()> {
        let (id, name) = match (action, found) {
            (ImportAction::Skip, _) => return Ok(()),
            (ImportAction::Add, true) => return Err(here_already(&file.name)),
            (ImportAction::AddCopy, _) => (uuid::Uuid::now_v7().to_string(), copied(&file.name)),
            (ImportAction::Add | ImportAction::Replace, _) => (file.id.clone(), file.name.clone()),
        };
        let mut record = checked::preset_record(file, id)?;
        record.preset.name = name;
        self.import.presets.push(record);
        self.imported.presets += 1;
        Ok(())
    }

    /// Takes a hub in; answers where its devices go, if there is such a place.
    fn hub(&mut self, file: &FileHub, found: Option<&Hub>, action: ImportAction) -> Result<Option<Hub>> {
        let id = match (action, found) {
            (ImportAction::Skip, found) => return Ok(found.cloned()),
            (ImportAction::Add, Some(_)) => return Err(here_already(&file.name)),
            (ImportAction::AddCopy, _) => HubId::new(),
            (ImportAction::Add | ImportAction::Replace, None) => file.id,
            (ImportAction::Replace, Some(hub)) if hub.sandbox => {
                return Err(wrong("The sandbox cannot be replaced."));
            }
            (ImportAction::Replace, Some(hub)) => self.replace(hub.id.0).map(|()| hub.id)?,
        };
        let mut record = checked::hub_record(file, id)?;
        if action == ImportAction::AddCopy {
            record.hub.name = copied(&file.name);
        }
        self.take_secrets(&file.secrets, HUB_SECRETS, |field| hub_row(id, field));
        let hub = record.hub.clone();
        // In the file's order, before its devices ask for them in theirs.
        for name in &file.folders {
            self.folder(Some(id), name)?;
        }
        if let Some(name) = &file.folder {
            let folder = self.folder(None, name)?;
            self.import.hub_folders.push((id, folder));
        }
        self.import.hubs.push(record);
        self.imported.hubs += 1;
        Ok(Some(hub))
    }

    fn device(
        &mut self,
        file: &FileDevice,
        found: Option<&DeviceRecord>,
        action: ImportAction,
        hub: Option<&Hub>,
        copied_hub: bool,
    ) -> Result<()> {
        let id = match (action, found) {
            (ImportAction::Skip, _) => return Ok(()),
            (ImportAction::Add, Some(_)) => return Err(here_already(&file.name)),
            (ImportAction::AddCopy, _) => DeviceId::new(),
            (ImportAction::Add | ImportAction::Replace, None) => file.id,
            (ImportAction::Replace, Some(record)) => self.replace(record.id.0).map(|()| record.id)?,
        };
        let hub = hub.ok_or_else(|| {
            wrong("A device's hub is neither here nor chosen.").hint("Choose the hub too, or leave the device out.")
        })?;
        if hub.sandbox {
            return Err(wrong("The sandbox makes its devices itself."));
        }
        let mut record = checked::device_record(file, id, hub)?;
        if action == ImportAction::AddCopy && !copied_hub {
            record.name = copied(&file.name);
        }
        self.import.subscriptions.extend(checked::subscriptions(file, id, hub)?);
        let fields: Vec<_> = secret_fields(&record).collect();
        let secrets = self.secrets.len();
        self.take_secrets(&file.secrets, &fields, |field| device_row(id, field));
        let before = found.filter(|before| before.id == id);
        let same = before
            .is_some_and(|before| before.credential == record.credential && before.certificate == record.certificate);
        if !same || self.secrets.len() > secrets {
            self.credentials.push(record.clone());
        }
        if let Some(before) = before {
            let unused = DEVICE_SECRETS.iter().filter(|field| is_unused(**field, before, &record, file));
            self.import.unused_secrets.extend(unused.map(|field| device_row(id, *field)));
        }
        if let Some(name) = &file.folder {
            let folder = self.folder(Some(record.hub), name)?;
            self.import.device_folders.push((id, folder));
        }
        self.import.devices.push(record);
        self.imported.devices += 1;
        Ok(())
    }

    fn take_secrets(&mut self, secrets: &FileSecrets, fields: &[SecretField], row: impl Fn(SecretField) -> String) {
        for (field, text) in secrets.iter().filter(|(field, text)| fields.contains(field) && !text.is_empty()) {
            self.secrets.push((row(*field), Secret::new(text.clone())));
            self.imported.secrets += 1;
        }
    }

    fn replace(&mut self, id: uuid::Uuid) -> Result<()> {
        match self.replaced.insert(id) {
            true => Ok(()),
            false => Err(wrong("Two items of the file would replace the same one here.")),
        }
    }
}

/// Whether a secret that is stored here means nothing to the device as it will be. A key stays only with the
/// certificate that it belongs to.
fn is_unused(field: SecretField, before: &DeviceRecord, after: &DeviceRecord, file: &FileDevice) -> bool {
    let chain = |record: &DeviceRecord| record.certificate.as_ref().map(|one| one.chain_pem.clone());
    let of_another = field == SecretField::PrivateKey && chain(before) != chain(after);
    !secret_fields(after).any(|kept| kept == field) || (of_another && !file.secrets.contains_key(&field))
}

fn here_already(name: &str) -> Error {
    wrong(&format!("“{name}” is here already.")).hint("Replace it, or add a copy.")
}

fn wrong(message: &str) -> Error {
    Error::new(Code::BadRequest, message)
}
