//! What a composer offers beside its fields: what was published, saved messages, unfinished ones.

use crate::{DeviceId, PublishDraft, SavedMessageId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A message as it was published. A topic that carried a secret has a place for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PastPublish {
    /// Unix microseconds.
    pub time: i64,
    pub draft: PublishDraft,
    /// Bytes of the payload.
    pub size: u64,
    /// False: the payload was too large to keep (over 64 KiB), and the draft's is empty.
    pub kept: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HistoryEntry {
    pub id: i64,
    pub publish: PastPublish,
}

/// The latest 200 publishes of a device, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PublishHistory {
    pub entries: Vec<HistoryEntry>,
}

/// A message that the user saved to publish again; the first nine of a device have a digit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedMessage {
    pub id: SavedMessageId,
    pub name: String,
    pub draft: PublishDraft,
}

/// Saves a message. Without `id` a new one is added; a device has at most 50, each of at most 64 KiB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedMessageDraft {
    pub id: Option<SavedMessageId>,
    pub name: String,
    pub draft: PublishDraft,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedMessageRef {
    pub message: SavedMessageId,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedMessages {
    pub messages: Vec<SavedMessage>,
}

/// Puts the saved messages of a device into an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedMessageOrder {
    pub device: DeviceId,
    pub order: Vec<SavedMessageId>,
}

/// Which unfinished form or message; the page names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeptDraftRef {
    /// At most 200 characters.
    pub key: String,
}

/// An unfinished form or message, so that it survives a restart. It is stored readable: what is a secret stays out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeptDraft {
    pub key: String,
    /// JSON of at most 256 KiB, as the page wants it back; None forgets the draft.
    pub json: Option<String>,
}
