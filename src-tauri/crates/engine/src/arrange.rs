//! The tree's shape: folders, order, and what is folded.

use crate::Engine;
use crate::changes::Area;
use crate::tree::missing;
use crate::undo::Step;
use hubscope_model::{
    Code, Error, Folder, FolderDraft, FolderId, Result, TreeFold, TreeItem, TreeLayout, TreeMove, UndoKind, Undoable,
};
use hubscope_store::Deletion;

/// Folders of a workspace.
const MOST_FOLDERS: usize = 1_000;

impl Engine {
    pub(crate) async fn layout(&self) -> Result<TreeLayout> {
        Ok(self.workspace.store()?.layout().await?)
    }

    pub(crate) async fn save_folder(&self, draft: FolderDraft) -> Result<Folder> {
        hubscope_hubs::check_folder(&draft)?;
        let known = self.layout().await?.folders;
        let old = match draft.id {
            None => None,
            Some(id) => Some(find(&known, |one| one.id == id, "folder")?.1.clone()),
        };
        if old.is_none() && known.len() >= MOST_FOLDERS {
            return Err(Error::new(Code::BadRequest, "There are too many folders."));
        }
        let hub = old.as_ref().map_or(draft.hub, |old| old.hub);
        let folder = Folder { id: draft.id.unwrap_or_default(), hub, name: draft.name };
        self.workspace.store()?.save_folder(&folder).await?;
        self.changes.bump(Area::Tree);
        Ok(folder)
    }

    pub(crate) async fn delete_folder(&self, id: FolderId) -> Result<Undoable> {
        let folders = self.layout().await?.folders;
        let (_, folder) = find(&folders, |one| one.id == id, "folder")?;
        let undo = self.delete(UndoKind::Folder, folder.name.clone(), Deletion::Folder(id)).await?;
        self.changes.bump(Area::Tree);
        Ok(undo)
    }

    pub(crate) async fn fold(&self, fold: TreeFold) -> Result<()> {
        let item = match fold.item {
            TreeItem::Hub { hub } => hub.to_string(),
            TreeItem::Folder { folder } => folder.to_string(),
            TreeItem::Device { .. } => return Err(Error::new(Code::BadRequest, "A device has nothing to fold.")),
        };
        // Pages fold by themselves; this is for the next time they open.
        Ok(self.workspace.store()?.fold(&item, fold.folded).await?)
    }

    /// Puts an item of the tree elsewhere, to be taken back.
    pub(crate) async fn move_item(&self, to: TreeMove) -> Result<Undoable> {
        let (name, back) = self.place_now(to.item).await?;
        self.check_place(to).await?;
        self.workspace.store()?.place(to.item, to.folder, to.before).await?;
        self.changes.bump(Area::Tree);
        Ok(self.can_undo(self.undo.number(), UndoKind::Move, name, Step::Moved(back)).await)
    }

    /// What an item is called, and how it comes back to where it is.
    pub(crate) async fn place_now(&self, item: TreeItem) -> Result<(String, TreeMove)> {
        let store = self.workspace.store()?;
        let layout = store.layout().await?;
        let (name, folder, before) = match item {
            TreeItem::Hub { hub } => {
                let hubs = store.hubs().await?;
                let (at, record) = find(&hubs, |one| one.hub.id == hub, "hub")?;
                let before = hubs.get(at + 1).map(|next| TreeItem::Hub { hub: next.hub.id });
                (record.hub.name.clone(), layout.hub_folders.get(&hub).copied(), before)
            }
            TreeItem::Device { device } => {
                let devices = store.devices().await?;
                let (at, record) = find(&devices, |one| one.id == device, "device")?;
                let before = devices.get(at + 1).map(|next| TreeItem::Device { device: next.id });
                (record.name.clone(), layout.device_folders.get(&device).copied(), before)
            }
            TreeItem::Folder { folder } => {
                let (at, record) = find(&layout.folders, |one| one.id == folder, "folder")?;
                let before = layout.folders.get(at + 1).map(|next| TreeItem::Folder { folder: next.id });
                (record.name.clone(), None, before)
            }
        };
        Ok((name, TreeMove { item, folder, before }))
    }

    /// Whether an item may go there: devices stay at their hub, for their credentials are of it.
    pub(crate) async fn check_place(&self, to: TreeMove) -> Result<()> {
        let store = self.workspace.store()?;
        let Some(id) = to.folder else { return Ok(()) };
        let folders = store.layout().await?.folders;
        let (_, folder) = find(&folders, |one| one.id == id, "folder")?;
        let fits = match to.item {
            TreeItem::Hub { .. } => folder.hub.is_none(),
            TreeItem::Device { device } => folder.hub == Some(store.device(device).await?.hub),
            TreeItem::Folder { .. } => false,
        };
        match fits {
            true => Ok(()),
            false => Err(Error::new(Code::BadRequest, "This folder takes no such item.")
                .hint("Folders hold hubs, or devices of one hub.")),
        }
    }
}

/// An item of a list with its place.
pub(crate) fn find<'a, T>(list: &'a [T], is: impl Fn(&T) -> bool, what: &str) -> Result<(usize, &'a T)> {
    list.iter().enumerate().find(|(_, one)| is(one)).ok_or_else(|| missing(what))
}
