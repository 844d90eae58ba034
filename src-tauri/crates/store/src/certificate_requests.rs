//! Certificate requests whose certificates are still to come. Their keys are stored apart, sealed.

use hubscope_model::{CertificateRequest, CertificateRequestId};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::hubs::id;
use crate::{Store, StoreError};

impl Store {
    /// All requests, oldest first. [`CertificateRequest::has_key`] is for who knows the keys to say.
    pub async fn certificate_requests(&self) -> Result<Vec<CertificateRequest>, StoreError> {
        let rows = sqlx::query("SELECT * FROM certificate_requests WHERE deleted_at IS NULL ORDER BY position")
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(request).collect()
    }
}

pub(crate) async fn add(connection: &mut SqliteConnection, request: &CertificateRequest) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO certificate_requests (id, position, common_name, key, pem, created)
         VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM certificate_requests), ?, ?, ?, ?)",
    )
    .bind(request.id.to_string())
    .bind(&request.common_name)
    .bind(&request.key)
    .bind(&request.pem)
    .bind(request.created)
    .execute(connection)
    .await?;
    Ok(())
}

fn request(row: &SqliteRow) -> Result<CertificateRequest, StoreError> {
    Ok(CertificateRequest {
        id: id::<CertificateRequestId>(row, "id")?,
        common_name: row.try_get("common_name")?,
        key: row.try_get("key")?,
        pem: row.try_get("pem")?,
        created: row.try_get("created")?,
        has_key: false,
    })
}
