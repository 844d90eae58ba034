//! Export and import of a workspace or a part of it.

mod checked;
mod collect;
mod foreign;
mod format;
mod here;
mod place;
mod plan;
mod preview;

use crate::Engine;
use crate::blocking::blocking;
use crate::changes::Area;
use crate::files::MAX_FILE_BYTES;
use crate::secrets::in_memory;
use crate::vault::check_passphrase;
use format::Document;
use here::Here;
use hubscope_model::{
    ClientId, Code, EntryClass, Error, ExportRequest, Exported, FileHandle, ImportRequest, Imported, Result,
    SecretText, Severity, Text, UndoKind, text,
};
use hubscope_vault::{Secret, is_sealed_file, open_file, seal_file};
pub(crate) use place::Placed;
use plan::Chosen;
pub(crate) use plan::Plan;
use zeroize::Zeroizing;

/// What a file holds, and whether it was sealed.
struct Opened {
    document: Document,
    sealed: bool,
}

impl Engine {
    pub(crate) async fn export_workspace(&self, client: ClientId, request: ExportRequest) -> Result<Exported> {
        let passphrase = request.passphrase.map(|text| Secret::new(text.into_inner()));
        if let Some(passphrase) = &passphrase {
            check_passphrase(passphrase, "passphrase")?;
        }
        let document = self.collect(request.hubs.as_deref(), passphrase.is_some()).await?;
        let counted = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let mut exported = Exported {
            file_name: None,
            download: None,
            hubs: counted(document.hubs.len()),
            devices: counted(document.devices().count()),
            secrets: counted(document.secrets()),
        };
        let name = if passphrase.is_some() { "hubscope-export-sealed.json" } else { "hubscope-export.json" };
        let bytes = blocking(move || written(&document, passphrase.as_ref())).await?;
        match self.place(client, name, bytes).await? {
            Placed::Nowhere => return Ok(exported),
            Placed::File(name) => exported.file_name = Some(name),
            Placed::Download(name, handle) => (exported.file_name, exported.download) = (Some(name), Some(handle)),
        }
        let Exported { hubs, devices, secrets, .. } = exported;
        self.note_transfer(text!(
            "Exported {hubs} hubs and {devices} devices with {secrets} secrets",
            hubs,
            devices,
            secrets
        ));
        Ok(exported)
    }

    pub(crate) async fn import_workspace(&self, client: ClientId, request: ImportRequest) -> Result<Imported> {
        self.workspace.writable()?;
        let mut document = self.open_import(client, request.file, request.passphrase).await?.document;
        let settings = document.settings.take().filter(|_| request.settings);
        let store = self.workspace.store()?;
        let chosen = Chosen { hubs: &request.hubs, devices: &request.devices, presets: &request.presets };
        let plan = Plan::make(&document, &Here::of(store).await?, chosen)?;
        let mut imported = plan.imported;
        // Settings of before are not kept.
        let undo = plan.undo().filter(|_| settings.is_none());
        let names: Vec<_> = plan.import.hubs.iter().map(|record| record.hub.name.clone()).collect();
        let devices: Vec<_> = plan.import.devices.iter().map(|device| device.id).collect();
        let credentials = plan.credentials.clone();
        self.carry_out(plan).await?;
        for record in &credentials {
            self.note_imported(record).await?;
        }
        if let Some(settings) = settings {
            self.change_settings(settings).await?;
        }
        let _turn = self.subscribing.lock().await;
        for device in devices {
            self.follow(device).await?;
        }
        let Imported { hubs, devices, secrets, .. } = imported;
        self.note_transfer(text!(
            "Imported {hubs} hubs and {devices} devices with {secrets} secrets",
            hubs,
            devices,
            secrets
        ));
        if let Some(step) = undo {
            let id = self.undo.number();
            imported.undo = Some(self.can_undo(id, UndoKind::Import, names.join(", "), step).await.undo);
        }
        Ok(imported)
    }

    /// Seals the plan's secrets by this vault and stores all of it, or nothing.
    pub(crate) async fn carry_out(&self, plan: Plan) -> Result<()> {
        let Plan { mut import, secrets, .. } = plan;
        let vault = self.workspace.vault().await?;
        let _turn = self.workspace.secrets.turn.read().await;
        let mut kept = Vec::new();
        if in_memory(&vault.level()) {
            kept = secrets;
        } else {
            for (row, secret) in secrets {
                import.secrets.push((row.clone(), vault.seal(&row, &secret)?));
            }
        }
        self.workspace.store()?.import(&import).await?;
        self.workspace.replace_in_memory(&import.unused_secrets, kept);
        self.changes.bump(Area::Tree);
        self.changes.bump(Area::Tokens);
        Ok(())
    }

    async fn open_import(
        &self,
        client: ClientId,
        handle: FileHandle,
        passphrase: Option<SecretText>,
    ) -> Result<Opened> {
        let (_, bytes) = self.read_file(client, handle).await?;
        let passphrase = passphrase.filter(|text| !text.is_empty()).map(|text| Secret::new(text.into_inner()));
        blocking(move || {
            let bytes = Zeroizing::new(bytes);
            if !is_sealed_file(&bytes) {
                // An export of ours says so in its first field; what it lacks is then said of it.
                let document = match hubscope_hubs::foreign::read(&bytes) {
                    Some(foreign) => foreign::document(foreign),
                    None => Document::read(&bytes)?,
                };
                return Ok(Opened { document, sealed: false });
            }
            let passphrase = passphrase.ok_or_else(|| {
                Error::new(Code::PassphraseNeeded, "This export is locked by a passphrase.")
                    .hint("Enter the passphrase that it was exported with.")
            })?;
            Ok(Opened { document: Document::read(&open_file(&bytes, &passphrase)?)?, sealed: true })
        })
        .await
    }

    fn note_transfer(&self, text: Text) {
        self.monitor.append_event(crate::now(), None, EntryClass::Event, Severity::Info, text);
        self.changes.ring();
    }
}

/// The bytes of the file, sealed if there is a passphrase. What cannot be imported again is not written.
fn written(document: &Document, passphrase: Option<&Secret<String>>) -> Result<Vec<u8>> {
    let plain = document.write()?;
    let bytes = match passphrase {
        Some(passphrase) => seal_file(&plain, passphrase)?,
        None => plain.to_vec(),
    };
    match bytes.len() as u64 > MAX_FILE_BYTES {
        true => Err(Error::new(Code::FileTooLarge, "The export would be larger than an import may be.")
            .hint("Export the hubs in several parts.")),
        false => Ok(bytes),
    }
}
