//! The state of every device's credential, in one vocabulary, and the history of what was seen.

mod endpoint;
mod form;
pub mod watch;

use crate::Engine;
use crate::changes::Area;
use form::Known;
use hubscope_model::{
    Code, Credential, DeviceId, Error, Hub, Result, Text, TokenCause, TokenEvent, TokenHistory, TokenState,
    TokenStatus, TokenStatuses,
};
use hubscope_store::DeviceRecord;
use std::collections::HashMap;

impl Engine {
    pub(crate) async fn status(&self, device: DeviceId) -> Result<TokenStatus> {
        let record = self.device_record(device).await?;
        let hub = self.hub_record(record.hub).await?.hub;
        let events = self.workspace.store()?.token_events(device).await?;
        self.status_of(&record, &hub, &events).await
    }

    /// Hubs and events are read once for all: a hub may have thousands of devices.
    pub(crate) async fn token_statuses(&self) -> Result<TokenStatuses> {
        let store = self.workspace.store()?;
        let hubs: HashMap<_, _> = store.hubs().await?.into_iter().map(|record| (record.hub.id, record.hub)).collect();
        let events = store.all_token_events().await?;
        let mut statuses = Vec::new();
        for record in store.devices().await? {
            // Its hub may have been deleted between the two questions.
            let Some(hub) = hubs.get(&record.hub) else { continue };
            let events = events.get(&record.id).map_or(&[][..], Vec::as_slice);
            statuses.push(self.status_of(&record, hub, events).await?);
        }
        Ok(TokenStatuses { statuses })
    }

    pub(crate) async fn history(&self, device: DeviceId) -> Result<TokenHistory> {
        Ok(TokenHistory { events: self.workspace.store()?.token_events(device).await? })
    }

    pub(crate) async fn renew_token(&self, device: DeviceId) -> Result<()> {
        if self.device_record(device).await?.credential.sas().is_none() {
            return Err(Error::new(Code::BadRequest, "This credential makes no tokens that could be renewed.")
                .hint("Replace the credential instead."));
        }
        self.sessions.renew(device)
    }

    /// What the hub, the clock and the session say together.
    async fn status_of(&self, record: &DeviceRecord, hub: &Hub, events: &[TokenEvent]) -> Result<TokenStatus> {
        let live = self.sessions.live(record.id);
        let read = self.token_reads.lock().get(&record.id).copied();
        let known = Known {
            record,
            readable: self.endpoint_readable(hub, record).await,
            read,
            pasted: self.pasted_token(record).await,
            token: live.as_ref().and_then(|live| live.token()),
            online: live.is_some_and(|live| live.is_online()),
            events,
            now: crate::now() / 1_000_000,
        };
        Ok(known.status())
    }

    /// What a stored ready-made SAS token says, if it can be opened now.
    async fn pasted_token(&self, record: &DeviceRecord) -> Option<hubscope_hubs::azure::sas::Sas> {
        if record.credential != Credential::SasToken {
            return None;
        }
        let row = crate::secrets::device_row(record.id, hubscope_model::SecretField::Token);
        let token = self.workspace.look_at_secret(&row).await.ok()??;
        hubscope_hubs::azure::sas::decode(hubscope_vault::for_connector(&token)).ok()
    }

    /// A credential was stored or replaced. Of an endpoint token only the hub knows whether it was used before.
    pub(crate) async fn note_set(&self, record: &DeviceRecord) -> Result<()> {
        self.note_new(record, TokenCause::Set).await
    }

    /// A credential came with an import.
    pub(crate) async fn note_imported(&self, record: &DeviceRecord) -> Result<()> {
        self.note_new(record, TokenCause::Imported).await
    }

    async fn note_new(&self, record: &DeviceRecord, cause: TokenCause) -> Result<()> {
        let state = match record.credential {
            Credential::EndpointToken { .. } => TokenState::Unknown,
            _ => TokenState::Unused,
        };
        self.token_reads.lock().remove(&record.id);
        self.note_token(record.id, state, cause, None).await
    }

    /// Writes a state into the history, unless it is the one that was seen last.
    pub(crate) async fn note_token(
        &self,
        device: DeviceId,
        to: TokenState,
        cause: TokenCause,
        note: Option<Text>,
    ) -> Result<()> {
        let store = self.workspace.store()?;
        let last = store.token_events(device).await?.pop();
        let from = last.as_ref().map(|event| event.to);
        // A renewal and a new secret are worth a line each time; a state that was read again is not.
        if from == Some(to) && !matches!(cause, TokenCause::Set | TokenCause::Imported | TokenCause::Renewed) {
            return Ok(());
        }
        store.add_token_event(device, &TokenEvent { at: crate::now() / 1_000_000, from, to, cause, note }).await?;
        self.changes.bump(Area::Tokens);
        Ok(())
    }
}
