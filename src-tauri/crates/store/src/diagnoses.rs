//! Runs of "Diagnose", kept with their devices.

use hubscope_model::{DeviceId, DiagnoseReport, DiagnoseRunId};
use sqlx::Row;

use crate::hubs::{found, id};
use crate::json::{read, write};
use crate::newest::keep_newest;
use crate::{Store, StoreError};

/// Runs kept of one device; the oldest goes first.
const KEPT: i64 = 10;

impl Store {
    /// Keeps a run that ended. `NotFound` when the device is gone for good.
    pub async fn add_diagnosis(
        &self,
        run: DiagnoseRunId,
        device: DeviceId,
        report: &DiagnoseReport,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        let added = sqlx::query("INSERT INTO diagnoses (id, device, json) SELECT ?, id, ? FROM devices WHERE id = ?")
            .bind(run.to_string())
            .bind(write(report)?)
            .bind(device.to_string())
            .execute(&mut *transaction)
            .await?;
        found(added.rows_affected(), "device")?;
        keep_newest(&mut transaction, "diagnoses", "device = ?1", &device.to_string(), KEPT).await?;
        Ok(transaction.commit().await?)
    }

    /// The runs of a device, newest first.
    pub async fn diagnoses(&self, device: DeviceId) -> Result<Vec<(DiagnoseRunId, DiagnoseReport)>, StoreError> {
        let rows = sqlx::query("SELECT id, json FROM diagnoses WHERE device = ? ORDER BY id DESC")
            .bind(device.to_string())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(|row| Ok((id(row, "id")?, read(row.try_get("json")?, "run of a diagnosis")?))).collect()
    }

    /// One run and its device.
    pub async fn diagnosis(&self, run: DiagnoseRunId) -> Result<(DeviceId, DiagnoseReport), StoreError> {
        let row = sqlx::query("SELECT device, json FROM diagnoses WHERE id = ?")
            .bind(run.to_string())
            .fetch_optional(self.readers())
            .await?
            .ok_or(StoreError::NotFound("run"))?;
        Ok((id(&row, "device")?, read(row.try_get("json")?, "run of a diagnosis")?))
    }
}
