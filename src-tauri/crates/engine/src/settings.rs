//! Settings: they hold at once, for every window and for the log.

use crate::Engine;
use crate::changes::Area;
use crate::undo::Step;
use hubscope_model::{Result, Settings, UndoKind, Undoable};
use hubscope_monitor::Limits;

/// Bytes of an entry of the default bounds, by which the bound in entries grows with the one in bytes.
const BYTES_AN_ENTRY: u64 = 128;
const MEBIBYTE: u64 = 1024 * 1024;

impl Engine {
    pub(crate) async fn change_settings(&self, settings: Settings) -> Result<Settings> {
        let settings = self.workspace.set_settings(settings).await?;
        self.monitor.set_limits(self.limits_of(&settings));
        self.changes.bump(Area::Settings);
        Ok(settings)
    }

    /// Back to how Hubscope came, to be taken back.
    pub(crate) async fn reset_settings(&self) -> Result<Undoable> {
        let old = self.workspace.settings().await?;
        self.change_tastes(Settings::default()).await?;
        let step = Step::SettingsReset(Box::new(old));
        Ok(self.can_undo(self.undo.number(), UndoKind::Settings, String::new(), step).await)
    }

    /// Puts these settings in the place of those now. What guards the vault and the sizes of panes are no taste and stay.
    pub(crate) async fn change_tastes(&self, to: Settings) -> Result<()> {
        let Settings { panes, vault_idle_minutes, .. } = self.workspace.settings().await?;
        self.change_settings(Settings { panes, vault_idle_minutes, ..to }).await?;
        Ok(())
    }

    /// Bounds of the log: those chosen, or those that the program was started with.
    pub(crate) fn limits_of(&self, settings: &Settings) -> Limits {
        settings.log_mebibytes.map_or(self.limits, |size| {
            let bytes = u64::from(size) * MEBIBYTE;
            Limits { bytes, entries: bytes / BYTES_AN_ENTRY }
        })
    }
}
