//! The shape of the tree: folders, what lies in them, the order, and what is folded.

use std::collections::BTreeMap;

use hubscope_model::{DeviceId, Folder, FolderId, HubId, TreeItem, TreeLayout};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use crate::hubs::{found, id};
use crate::{Store, StoreError};

impl Store {
    /// Folders in their order, what lies in them, and what is folded.
    pub async fn layout(&self) -> Result<TreeLayout, StoreError> {
        let folders = sqlx::query(
            "SELECT folders.* FROM folders LEFT JOIN hubs ON hubs.id = folders.hub
             WHERE folders.deleted_at IS NULL AND hubs.deleted_at IS NULL ORDER BY folders.position",
        )
        .fetch_all(self.readers())
        .await?;
        let folded: Vec<String> =
            sqlx::query_scalar("SELECT item FROM folded ORDER BY item").fetch_all(self.readers()).await?;
        Ok(TreeLayout {
            folders: folders.iter().map(folder).collect::<Result<_, _>>()?,
            hub_folders: self.placed::<HubId>("hubs").await?,
            device_folders: self.placed::<DeviceId>("devices").await?,
            folded,
        })
    }

    async fn placed<Id: std::str::FromStr + Ord>(&self, table: &str) -> Result<BTreeMap<Id, FolderId>, StoreError> {
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT item.id, item.folder FROM {table} AS item JOIN folders ON folders.id = item.folder
             WHERE item.deleted_at IS NULL AND folders.deleted_at IS NULL"
        )))
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| Ok((id(row, "id")?, id(row, "folder")?))).collect()
    }

    /// Adds a folder at the end, or renames the one with its id. `NotFound` when it or its hub was deleted.
    pub async fn save_folder(&self, folder: &Folder) -> Result<(), StoreError> {
        save(&mut *self.writer()?.acquire().await?, folder).await
    }

    /// Remembers whether a hub or folder is folded.
    pub async fn fold(&self, item: &str, folded: bool) -> Result<(), StoreError> {
        let statement = match folded {
            true => "INSERT INTO folded (item) VALUES (?) ON CONFLICT (item) DO NOTHING",
            false => "DELETE FROM folded WHERE item = ?",
        };
        sqlx::query(statement).bind(item).execute(self.writer()?).await?;
        Ok(())
    }

    /// Puts an item into `folder` (None: out of every folder) in front of `before`, another item of its kind, or at
    /// the end. A folder only changes its place. `NotFound` when the item or `before` is not there.
    pub async fn place(
        &self,
        item: TreeItem,
        folder: Option<FolderId>,
        before: Option<TreeItem>,
    ) -> Result<(), StoreError> {
        let (table, key) = table_and_key(item);
        let mut transaction = self.writer()?.begin().await?;
        let position: i64 = match before.map(table_and_key) {
            Some((of, other)) if of == table => {
                let at = format!("SELECT position FROM {table} WHERE id = ? AND deleted_at IS NULL");
                let at: Option<i64> =
                    sqlx::query_scalar(AssertSqlSafe(at)).bind(other).fetch_optional(&mut *transaction).await?;
                let at = at.ok_or(StoreError::NotFound("place in the tree"))?;
                // Hidden ones move along, so that they come back where they were.
                sqlx::query(AssertSqlSafe(format!("UPDATE {table} SET position = position + 1 WHERE position >= ?")))
                    .bind(at)
                    .execute(&mut *transaction)
                    .await?;
                at
            }
            Some(_) => return Err(StoreError::NotFound("place in the tree")),
            None => {
                let end = format!("SELECT coalesce(max(position), 0) + 1 FROM {table}");
                sqlx::query_scalar(AssertSqlSafe(end)).fetch_one(&mut *transaction).await?
            }
        };
        let moved = match item {
            TreeItem::Folder { .. } => {
                sqlx::query("UPDATE folders SET position = ? WHERE id = ? AND deleted_at IS NULL")
            }
            TreeItem::Hub { .. } => {
                sqlx::query("UPDATE hubs SET position = ?, folder = ? WHERE id = ? AND deleted_at IS NULL")
            }
            TreeItem::Device { .. } => {
                sqlx::query("UPDATE devices SET position = ?, folder = ? WHERE id = ? AND deleted_at IS NULL")
            }
        };
        let moved = moved.bind(position);
        let moved = match item {
            TreeItem::Folder { .. } => moved,
            TreeItem::Hub { .. } | TreeItem::Device { .. } => moved.bind(folder.map(|folder| folder.to_string())),
        };
        let moved = moved.bind(key).execute(&mut *transaction).await?;
        found(moved.rows_affected(), "item of the tree")?;
        Ok(transaction.commit().await?)
    }
}

fn table_and_key(item: TreeItem) -> (&'static str, String) {
    match item {
        TreeItem::Hub { hub } => ("hubs", hub.to_string()),
        TreeItem::Device { device } => ("devices", device.to_string()),
        TreeItem::Folder { folder } => ("folders", folder.to_string()),
    }
}

pub(crate) async fn save(connection: &mut SqliteConnection, folder: &Folder) -> Result<(), StoreError> {
    let saved = sqlx::query(
        "INSERT INTO folders (id, position, hub, name)
         SELECT ?1, (SELECT coalesce(max(position), 0) + 1 FROM folders), ?2, ?3
         WHERE ?2 IS NULL OR EXISTS (SELECT 1 FROM hubs WHERE id = ?2 AND deleted_at IS NULL)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE deleted_at IS NULL",
    )
    .bind(folder.id.to_string())
    .bind(folder.hub.map(|hub| hub.to_string()))
    .bind(&folder.name)
    .execute(connection)
    .await?;
    found(saved.rows_affected(), "folder or its hub")
}

/// Puts an imported or copied item into a folder, where it stays at its place.
pub(crate) async fn put_in(
    connection: &mut SqliteConnection,
    item: TreeItem,
    folder: FolderId,
) -> Result<(), StoreError> {
    let (table, key) = table_and_key(item);
    sqlx::query(AssertSqlSafe(format!("UPDATE {table} SET folder = ? WHERE id = ?")))
        .bind(folder.to_string())
        .bind(key)
        .execute(connection)
        .await?;
    Ok(())
}

fn folder(row: &SqliteRow) -> Result<Folder, StoreError> {
    let hub: Option<String> = row.try_get("hub")?;
    Ok(Folder { id: id(row, "id")?, hub: hub.map(|_| id(row, "hub")).transpose()?, name: row.try_get("name")? })
}
