//! What a composer offers beside its fields: what was published, saved messages, unfinished ones.

use crate::Engine;
use crate::changes::Area;
use crate::undo::Step;
use hubscope_model::{
    Code, DeviceId, Error, KeptDraft, PastPublish, PayloadDraft, PublishDraft, PublishHistory, Result, SavedMessage,
    SavedMessageDraft, SavedMessageId, SavedMessageOrder, SavedMessages, UndoKind, Undoable, text,
};
use hubscope_store::Deletion;

/// Largest payload that is stored, in bytes.
const LARGEST_PAYLOAD: usize = 64 * 1024;
/// Saved messages of one device.
const MOST_SAVED: usize = 50;
/// Largest draft, in bytes, and longest key of one, in characters.
const LARGEST_DRAFT: usize = 256 * 1024;
const LONGEST_KEY: usize = 200;

impl Engine {
    /// Remembers a publish that was taken. A history that cannot be written must not stop a device.
    pub(crate) async fn remember_publish(&self, draft: PublishDraft, payload: &[u8]) {
        let kept = payload.len() <= LARGEST_PAYLOAD;
        let mut draft = self.folded(draft);
        draft.payload = if kept { stored_payload(payload) } else { PayloadDraft::Text { text: String::new() } };
        let publish = PastPublish { time: crate::now(), draft, size: payload.len() as u64, kept };
        let added = match self.workspace.store() {
            Ok(store) if store.holder().is_none() => store.add_publish(&publish).await.map_err(Error::from),
            Ok(_) => Ok(()),
            Err(error) => Err(error),
        };
        match added {
            Ok(()) => self.changes.bump(Area::Composing),
            Err(error) => tracing::warn!(code = ?error.code, "a publish was not added to the history"),
        }
    }

    /// The topic with places where it holds a secret, as far as the device's session knows them.
    fn folded(&self, mut draft: PublishDraft) -> PublishDraft {
        if let Some(live) = self.sessions.live(draft.device) {
            draft.topic = live.account.fold(&draft.topic);
        }
        draft
    }

    pub(crate) async fn publish_history(&self, device: DeviceId) -> Result<PublishHistory> {
        Ok(PublishHistory { entries: self.workspace.store()?.publishes(device).await? })
    }

    pub(crate) async fn clear_publishes(&self, device: DeviceId) -> Result<Undoable> {
        let name = self.device_record(device).await?.name;
        let id = self.undo.number();
        self.workspace.store()?.clear_publishes(device, id.0).await?;
        self.changes.bump(Area::Composing);
        Ok(self.can_undo(id, UndoKind::PublishHistory, name, Step::PublishesCleared).await)
    }

    pub(crate) async fn saved_messages(&self, device: DeviceId) -> Result<SavedMessages> {
        Ok(SavedMessages { messages: self.workspace.store()?.saved_messages(device).await? })
    }

    pub(crate) async fn save_message(&self, draft: SavedMessageDraft) -> Result<SavedMessage> {
        hubscope_hubs::check_saved_message(&draft)?;
        let device = draft.draft.device;
        let record = self.device_record(device).await?;
        let store = self.workspace.store()?;
        if draft.id.is_none() && store.saved_messages(device).await?.len() >= MOST_SAVED {
            return Err(Error::new(Code::BadRequest, "This device has too many saved messages.")
                .hint("Delete one of them first."));
        }
        let payload = hubscope_hubs::payload(&draft.draft.payload)?;
        if payload.len() > LARGEST_PAYLOAD {
            return Err(Error::new(Code::FileTooLarge, "A saved message holds at most 64 KiB."));
        }
        let mut message = SavedMessage { id: draft.id.unwrap_or_default(), name: draft.name, draft: draft.draft };
        let secrets = self.look_at_connector_secrets(&record).await?;
        let model = self.device_model(record).await;
        message.draft.topic = hubscope_hubs::fold_topic(&model, &secrets, &message.draft.topic);
        message.draft.payload = stored_payload(&payload);
        store.save_message(&message).await?;
        self.changes.bump(Area::Composing);
        Ok(message)
    }

    pub(crate) async fn delete_message(&self, id: SavedMessageId) -> Result<Undoable> {
        let what = Deletion::SavedMessage(id);
        let store = self.workspace.store()?;
        let device = store.owner(&what).await?;
        let name = store.saved_messages(device).await?.into_iter().find(|one| one.id == id).map(|one| one.name);
        let undo = self.delete(UndoKind::SavedMessage, name.unwrap_or_default(), what).await?;
        self.changes.bump(Area::Composing);
        Ok(undo)
    }

    pub(crate) async fn order_messages(&self, order: SavedMessageOrder) -> Result<()> {
        self.workspace.store()?.order_messages(order.device, &order.order).await?;
        self.changes.bump(Area::Composing);
        Ok(())
    }

    pub(crate) async fn kept_draft(&self, key: String) -> Result<KeptDraft> {
        let json = self.workspace.store()?.draft(&key).await?;
        Ok(KeptDraft { key, json })
    }

    pub(crate) async fn keep_draft(&self, draft: KeptDraft) -> Result<()> {
        let KeptDraft { key, json } = draft;
        if key.is_empty() || key.chars().count() > LONGEST_KEY {
            return Err(Error::new(Code::BadRequest, "This is no key of a draft."));
        }
        if json.as_ref().is_some_and(|json| json.len() > LARGEST_DRAFT) {
            return Err(Error::new(Code::FileTooLarge, "This draft is too large to be kept over a restart."));
        }
        let Some(json) = json else {
            return Ok(self.workspace.store()?.set_draft(&key, None).await?);
        };
        no_secret_field(&json)?;
        let json = match key.strip_prefix("composer/").and_then(|device| device.parse().ok()) {
            None => json,
            Some(device) => self.without_token(device, json).await?,
        };
        Ok(self.workspace.store()?.set_draft(&key, Some(&json)).await?)
    }

    /// A token that was typed into a message has a place in it, as in every topic that is stored.
    async fn without_token(&self, device: DeviceId, text: String) -> Result<String> {
        let record = self.device_record(device).await?;
        let secrets = self.look_at_connector_secrets(&record).await?;
        Ok(hubscope_hubs::fold_topic(&self.device_model(record).await, &secrets, &text))
    }
}

/// A draft is stored readable. The page leaves secrets out; one with a field for them is refused all the same.
fn no_secret_field(json: &str) -> Result<()> {
    let value: serde_json::Value = serde_json::from_str(json).map_err(|error| {
        Error::new(Code::BadRequest, "A draft is JSON.").detail(text!("column {column}", column = error.column()))
    })?;
    let mut open = vec![&value];
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::Object(fields) => {
                let secret = |name: &String| {
                    name == "secrets" || name == "passphrase" || name == "certificate" || is_secret(name)
                };
                if fields.keys().any(secret) {
                    return Err(Error::new(Code::BadRequest, "A draft holds no secrets."));
                }
                open.extend(fields.values());
            }
            serde_json::Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    Ok(())
}

fn is_secret(name: &str) -> bool {
    crate::devices::DEVICE_SECRETS.iter().chain(crate::tree::HUB_SECRETS).any(|field| field.name() == name)
}

fn stored_payload(payload: &[u8]) -> PayloadDraft {
    use base64::Engine as _;
    match std::str::from_utf8(payload) {
        Ok(text) => PayloadDraft::Text { text: text.to_owned() },
        Err(_) => PayloadDraft::Base64 { base64: base64::engine::general_purpose::STANDARD.encode(payload) },
    }
}
