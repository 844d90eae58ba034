//! Deleting certificates: devices that use them lose them, and all comes back together.

use hubscope_model::DeviceId;
use sqlx::SqliteConnection;

use crate::json::write;
use crate::{DeviceRecord, Store, StoreError, StoredCertificate};

/// A device's certificate that went with a delete. Its sealed key stays until the delete can no longer be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostCertificate {
    pub device: DeviceId,
    pub certificate: StoredCertificate,
    /// When the credential was stored or changed last, Unix seconds.
    pub credential_set: Option<i64>,
}

impl Store {
    /// Hides certificates, and takes them from the devices that use them, all or nothing. Answers what devices lost.
    pub async fn delete_certificates(
        &self,
        certificates: &[String],
        users: &[DeviceRecord],
    ) -> Result<Vec<LostCertificate>, StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        for sha256 in certificates {
            sqlx::query("UPDATE certificates SET deleted_at = unixepoch() WHERE sha256 = ? AND deleted_at IS NULL")
                .bind(sha256)
                .execute(&mut *transaction)
                .await?;
        }
        let mut lost = Vec::new();
        for device in users {
            let Some(certificate) = &device.certificate else { continue };
            sqlx::query("UPDATE devices SET certificate = NULL, certificate_pem = NULL WHERE id = ?")
                .bind(device.id.to_string())
                .execute(&mut *transaction)
                .await?;
            lost.push(LostCertificate {
                device: device.id,
                certificate: certificate.clone(),
                credential_set: device.credential_set,
            });
        }
        transaction.commit().await?;
        Ok(lost)
    }

    /// Brings certificates back, and to the devices that lost them. A device whose credential was changed since keeps
    /// what it has.
    pub async fn restore_certificates(
        &self,
        certificates: &[String],
        lost: &[LostCertificate],
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        for sha256 in certificates {
            sqlx::query("UPDATE certificates SET deleted_at = NULL WHERE sha256 = ?")
                .bind(sha256)
                .execute(&mut *transaction)
                .await?;
        }
        for LostCertificate { device, certificate, credential_set } in lost {
            sqlx::query(
                "UPDATE devices SET certificate = ?, certificate_pem = ?
                 WHERE id = ? AND certificate IS NULL AND credential_set IS ?",
            )
            .bind(write(&certificate.summary)?)
            .bind(&certificate.chain_pem)
            .bind(device.to_string())
            .bind(credential_set)
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Removes hidden certificates for good, with the sealed keys of them and of devices that have none in their place.
    /// Answers the beginnings of the secret rows that went.
    pub async fn purge_certificates(
        &self,
        certificates: &[String],
        lost: &[LostCertificate],
    ) -> Result<Vec<String>, StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        let mut gone = Vec::new();
        for sha256 in certificates {
            let purged = sqlx::query("DELETE FROM certificates WHERE sha256 = ? AND deleted_at IS NOT NULL")
                .bind(sha256)
                .execute(&mut *transaction)
                .await?;
            if purged.rows_affected() > 0 {
                gone.push(format!("certificate/{sha256}/"));
            }
        }
        for LostCertificate { device, .. } in lost {
            let without: Option<i64> = sqlx::query_scalar("SELECT 1 FROM devices WHERE id = ? AND certificate IS NULL")
                .bind(device.to_string())
                .fetch_optional(&mut *transaction)
                .await?;
            gone.extend(without.map(|_| format!("device/{device}/private_key")));
        }
        for beginning in &gone {
            delete_secrets(&mut transaction, beginning).await?;
        }
        transaction.commit().await?;
        Ok(gone)
    }
}

async fn delete_secrets(connection: &mut SqliteConnection, beginning: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM secrets WHERE substr(row, 1, length(?1)) = ?1")
        .bind(beginning)
        .execute(connection)
        .await?;
    Ok(())
}
