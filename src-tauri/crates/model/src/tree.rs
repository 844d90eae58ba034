//! The shape of the tree around hubs and devices.

use crate::{DeviceId, FolderId, HubId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A folder of hubs, or of the devices of one hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Folder {
    pub id: FolderId,
    /// None: a folder of hubs.
    pub hub: Option<HubId>,
    pub name: String,
}

/// A folder form. Without `id` a new one is made; the hub of one that is there stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FolderDraft {
    pub id: Option<FolderId>,
    pub hub: Option<HubId>,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FolderRef {
    pub folder: FolderId,
}

/// Folders in their order, what lies in them, and what is folded. Hubs and devices come in their order in
/// [`crate::Tree`]; in one parent folders stand before the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TreeLayout {
    pub folders: Vec<Folder>,
    pub hub_folders: BTreeMap<HubId, FolderId>,
    pub device_folders: BTreeMap<DeviceId, FolderId>,
    /// Ids of hubs and folders.
    pub folded: Vec<String>,
}

/// Something in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "item")]
pub enum TreeItem {
    Hub { hub: HubId },
    Device { device: DeviceId },
    Folder { folder: FolderId },
}

/// Puts an item elsewhere: into a folder of its hub (None: out of every folder), in front of another item of its kind
/// (None: at the end). A folder only changes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TreeMove {
    pub item: TreeItem,
    pub folder: Option<FolderId>,
    pub before: Option<TreeItem>,
}

/// Remembers whether a hub or folder is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TreeFold {
    pub item: TreeItem,
    pub folded: bool,
}

/// Makes a copy beside the original. A copied hub has copies of its devices and folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TreeDuplicate {
    pub item: TreeItem,
    /// Also the secrets, sealed anew for the copy.
    pub secrets: bool,
}
