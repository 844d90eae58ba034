//! Rows of which only the newest are kept.

use crate::StoreError;
use sqlx::{AssertSqlSafe, SqliteConnection};

/// Deletes all but the newest `kept` rows of a table, by their ids. `of` says which rows are meant, `?1` being `owner`.
pub(crate) async fn keep_newest(
    connection: &mut SqliteConnection,
    table: &'static str,
    of: &'static str,
    owner: &str,
    kept: i64,
) -> Result<(), StoreError> {
    let statement = format!(
        "DELETE FROM {table} WHERE {of} AND id <= (SELECT id FROM {table} WHERE {of} ORDER BY id DESC LIMIT 1 OFFSET ?2)"
    );
    sqlx::query(AssertSqlSafe(statement)).bind(owner).bind(kept).execute(connection).await?;
    Ok(())
}
