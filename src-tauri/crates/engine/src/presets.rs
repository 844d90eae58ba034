//! White-labels that the user saved to start hub forms from.

use crate::Engine;
use crate::trust::address;
use hubscope_model::{ClientId, HubDetails, HubPreset, HubPresets, HubTrust, PresetDraft, Result, UndoKind, Undoable};
use hubscope_store::{Deletion, PresetRecord};
use uuid::Uuid;

impl Engine {
    /// The built-in ones, then the user's.
    pub(crate) async fn presets(&self) -> Result<HubPresets> {
        let mut presets = hubscope_hubs::presets();
        presets.extend(self.workspace.store()?.presets().await?.into_iter().map(|record| record.preset));
        Ok(HubPresets { presets })
    }

    pub(crate) async fn save_preset(&self, client: ClientId, draft: PresetDraft) -> Result<HubPreset> {
        hubscope_hubs::check_preset(&draft)?;
        let PresetDraft { name, hub } = draft;
        let old = match hub.id {
            Some(id) => Some(self.hub_record(id).await?),
            None => None,
        };
        let (mode, trusted) = self.drafted_trust(client, hub.trust, old, &address(&hub.host, hub.port)).await?;
        let id = Uuid::now_v7().to_string();
        let preset = HubPreset {
            details: HubDetails { preset: Some(id.clone()), ..HubDetails::default() },
            id,
            name,
            kind: hub.kind,
            host: hub.host,
            port: hub.port,
            transport: hub.transport,
            connection: hub.connection,
            trust: HubTrust { mode, certificates: trusted.certificates },
            own: true,
        };
        self.workspace.store()?.save_preset(&PresetRecord { preset: preset.clone(), trust_pem: trusted.pem }).await?;
        Ok(preset)
    }

    pub(crate) async fn delete_preset(&self, id: &str) -> Result<Undoable> {
        let name = self.preset_record(id).await?.preset.name;
        self.delete(UndoKind::Preset, name, Deletion::Preset(id.to_owned())).await
    }

    pub(crate) async fn preset_record(&self, id: &str) -> Result<PresetRecord> {
        let presets = self.workspace.store()?.presets().await?;
        presets.into_iter().find(|record| record.preset.id == id).ok_or_else(|| crate::tree::missing("preset"))
    }
}
