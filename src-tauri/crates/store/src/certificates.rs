//! Certificates of one's own: CAs and those of devices. Their keys are stored apart, sealed.

use hubscope_model::{CertificateEvent, CertificateFacts, CertificateRequest, CertificateRequestId, Revocation};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::hubs::found;
use crate::json::{read, write};
use crate::{DeviceRecord, Store, StoreError, certificate_events, certificate_requests, devices, secrets};

/// A certificate as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRecord {
    pub facts: CertificateFacts,
    /// PEM, the certificate itself first.
    pub chain_pem: String,
    /// It is there to sign others.
    pub authority: bool,
    pub revoked: Option<Revocation>,
    /// SHA-256 of the one that took its place.
    pub replaced_by: Option<String>,
    /// Number of the latest revocation list; 0: none was made.
    pub revocation_list: u32,
}

impl CertificateRecord {
    /// A certificate that nothing was done with.
    pub fn new(facts: CertificateFacts, chain_pem: String, authority: bool) -> Self {
        Self { facts, chain_pem, authority, revoked: None, replaced_by: None, revocation_list: 0 }
    }

    pub fn sha256(&self) -> &str {
        &self.facts.summary.sha256
    }
}

/// What changes with certificates, all or nothing.
#[derive(Clone, Debug, Default)]
pub struct CertificateChange {
    /// One that is there already, deleted or not, stays with what is known of it.
    pub added: Vec<CertificateRecord>,
    /// The one that took the first's place is the second, by SHA-256.
    pub replaced: Vec<(String, String)>,
    /// Devices that get another client certificate.
    pub devices: Vec<DeviceRecord>,
    /// Rows with what the vault sealed for them.
    pub secrets: Vec<(String, Vec<u8>)>,
    /// Rows that are no longer used.
    pub unused_secrets: Vec<String>,
    /// A new request.
    pub requested: Option<CertificateRequest>,
    /// The request that a certificate answers; it ends.
    pub answered: Option<CertificateRequestId>,
    /// Of the certificates, by SHA-256.
    pub events: Vec<(String, CertificateEvent)>,
}

impl Store {
    /// All certificates, oldest first.
    pub async fn certificates(&self) -> Result<Vec<CertificateRecord>, StoreError> {
        let rows = sqlx::query("SELECT * FROM certificates WHERE deleted_at IS NULL ORDER BY position")
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(record).collect()
    }

    /// One certificate, if it is there.
    pub async fn certificate(&self, sha256: &str) -> Result<Option<CertificateRecord>, StoreError> {
        let row = sqlx::query("SELECT * FROM certificates WHERE sha256 = ? AND deleted_at IS NULL")
            .bind(sha256)
            .fetch_optional(self.readers())
            .await?;
        row.as_ref().map(record).transpose()
    }

    /// Makes all of `change`, or nothing.
    pub async fn change_certificates(&self, change: &CertificateChange) -> Result<(), StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        for record in &change.added {
            save(&mut transaction, record).await?;
        }
        for (old, new) in &change.replaced {
            replace(&mut transaction, old, new).await?;
        }
        for device in &change.devices {
            devices::save(&mut transaction, device).await?;
        }
        for row in &change.unused_secrets {
            sqlx::query("DELETE FROM secrets WHERE row = ?").bind(row).execute(&mut *transaction).await?;
        }
        for (row, sealed) in &change.secrets {
            secrets::put(&mut transaction, row, sealed).await?;
        }
        if let Some(request) = &change.requested {
            certificate_requests::add(&mut transaction, request).await?;
        }
        if let Some(request) = change.answered {
            sqlx::query("DELETE FROM certificate_requests WHERE id = ?")
                .bind(request.to_string())
                .execute(&mut *transaction)
                .await?;
        }
        certificate_events::add(&mut transaction, &change.events).await?;
        Ok(transaction.commit().await?)
    }

    /// Marks certificates as revoked, or (None) as not revoked, all or none. `NotFound` when one is not there.
    pub async fn revoke_certificates(
        &self,
        certificates: &[String],
        revoked: Option<&Revocation>,
        events: &[(String, CertificateEvent)],
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        for sha256 in certificates {
            let marked = sqlx::query("UPDATE certificates SET revoked = ? WHERE sha256 = ?")
                .bind(revoked.map(write).transpose()?)
                .bind(sha256)
                .execute(&mut *transaction)
                .await?;
            found(marked.rows_affected(), "certificate")?;
        }
        certificate_events::add(&mut transaction, events).await?;
        Ok(transaction.commit().await?)
    }

    /// The number for a CA's next revocation list, which no other list gets: it counts for the certificates that it
    /// replaced, too, should they count again.
    pub async fn next_revocation_list(&self, authority: &str) -> Result<u32, StoreError> {
        let number: Option<u32> = sqlx::query_scalar(
            "WITH RECURSIVE same (sha256) AS (
                 SELECT sha256 FROM certificates WHERE sha256 = ?1 AND deleted_at IS NULL
                 UNION SELECT older.sha256 FROM certificates AS older JOIN same ON older.replaced_by = same.sha256)
             UPDATE certificates
             SET revocation_list = 1 + (SELECT newest.revocation_list FROM certificates AS newest WHERE newest.sha256 = ?1)
             WHERE sha256 IN (SELECT sha256 FROM same) RETURNING revocation_list",
        )
        .bind(authority)
        .fetch_optional(self.writer()?)
        .await?;
        number.ok_or(StoreError::NotFound("certificate"))
    }
}

async fn save(connection: &mut SqliteConnection, record: &CertificateRecord) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO certificates (sha256, position, authority, facts, pem, revoked, replaced_by, revocation_list)
         VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM certificates), ?, ?, ?, ?, ?, ?)
         ON CONFLICT (sha256) DO UPDATE SET pem = excluded.pem, deleted_at = NULL",
    )
    .bind(record.sha256())
    .bind(record.authority)
    .bind(write(&record.facts)?)
    .bind(&record.chain_pem)
    .bind(record.revoked.as_ref().map(write).transpose()?)
    .bind(&record.replaced_by)
    .bind(record.revocation_list)
    .execute(connection)
    .await?;
    Ok(())
}

/// The lists of a CA go on counting, whichever certificate they are made with.
async fn replace(connection: &mut SqliteConnection, old: &str, new: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE certificates SET replaced_by = ? WHERE sha256 = ?")
        .bind(new)
        .bind(old)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "UPDATE certificates SET revocation_list = older.revocation_list FROM certificates AS older
         WHERE certificates.sha256 = ? AND older.sha256 = ? AND older.authority = 1",
    )
    .bind(new)
    .bind(old)
    .execute(connection)
    .await?;
    Ok(())
}

fn record(row: &SqliteRow) -> Result<CertificateRecord, StoreError> {
    Ok(CertificateRecord {
        facts: read(row.try_get("facts")?, "facts of a certificate")?,
        chain_pem: row.try_get("pem")?,
        authority: row.try_get("authority")?,
        revoked: row
            .try_get::<Option<&str>, _>("revoked")?
            .map(|json| read(json, "revocation of a certificate"))
            .transpose()?,
        replaced_by: row.try_get("replaced_by")?,
        revocation_list: row.try_get("revocation_list")?,
    })
}
