//! Taking back what was deleted or cleared: one stack a workspace, for every window of it.

use crate::UndoId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was taken away (or, for an import, added).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UndoKind {
    Hub,
    Device,
    Folder,
    Preset,
    Subscription,
    SavedMessage,
    PublishHistory,
    /// The messages of a device, hidden from its views.
    Messages,
    /// The activity of a device, hidden from its views.
    Activity,
    /// The packets that a device's lane shows.
    Packets,
    /// The settings were reset.
    Settings,
    Import,
    /// An item of the tree went to another place.
    Move,
    /// Certificates, with their keys and from the devices that used them.
    Certificates,
    CertificateRequest,
    /// Certificates were revoked.
    Revocation,
}

/// Something that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UndoEntry {
    pub id: UndoId,
    pub kind: UndoKind,
    /// What it was called.
    pub name: String,
}

/// What a delete or a clear answers: how it is taken back. The stack keeps the latest 50; older ones can no longer be
/// taken back, and their secrets are gone for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Undoable {
    pub undo: UndoId,
}

/// Takes back one thing; None: the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UndoRequest {
    pub undo: Option<UndoId>,
}

/// What can be taken back, newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UndoStack {
    pub entries: Vec<UndoEntry>,
}
