//! What was done with certificates, and how far the proofs of possession have come.

use std::collections::BTreeSet;

use hubscope_model::{CertificateEvent, HubId, Possession, PossessionState};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::hubs::id;
use crate::json::{read, write};
use crate::newest::keep_newest;
use crate::{Store, StoreError};

/// Events kept of one certificate; the oldest goes first.
const KEPT: i64 = 200;

/// A proof of possession of a CA at a hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossessionRecord {
    /// SHA-256.
    pub authority: String,
    pub hub: HubId,
    pub possession: Possession,
}

impl Store {
    /// Adds events. Those of certificates that are not in the list are left out.
    pub async fn add_certificate_events(&self, events: &[(String, CertificateEvent)]) -> Result<(), StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        add(&mut transaction, events).await?;
        Ok(transaction.commit().await?)
    }

    /// The events of a certificate, newest last.
    pub async fn certificate_events(&self, sha256: &str) -> Result<Vec<CertificateEvent>, StoreError> {
        let rows: Vec<String> =
            sqlx::query_scalar("SELECT json FROM certificate_events WHERE certificate = ? ORDER BY id")
                .bind(sha256)
                .fetch_all(self.readers())
                .await?;
        rows.iter().map(|json| read(json, "activity of a certificate")).collect()
    }

    /// All proofs of possession at hubs that are there.
    pub async fn possessions(&self) -> Result<Vec<PossessionRecord>, StoreError> {
        let rows = sqlx::query(
            "SELECT possessions.* FROM possessions JOIN hubs ON hubs.id = possessions.hub
             WHERE hubs.deleted_at IS NULL ORDER BY hubs.position",
        )
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(possession).collect()
    }

    /// Notes how far a proof has come; None removes the note.
    pub async fn mark_possession(
        &self,
        authority: &str,
        hub: HubId,
        possession: Option<Possession>,
        event: CertificateEvent,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        sqlx::query("DELETE FROM possessions WHERE authority = ? AND hub = ?")
            .bind(authority)
            .bind(hub.to_string())
            .execute(&mut *transaction)
            .await?;
        if let Some(Possession { state, at }) = possession {
            sqlx::query("INSERT INTO possessions (authority, hub, state, at) VALUES (?, ?, ?, ?)")
                .bind(authority)
                .bind(hub.to_string())
                .bind(state_text(state))
                .bind(at)
                .execute(&mut *transaction)
                .await?;
        }
        add(&mut transaction, &[(authority.to_owned(), event)]).await?;
        Ok(transaction.commit().await?)
    }
}

pub(crate) async fn add(
    connection: &mut SqliteConnection,
    events: &[(String, CertificateEvent)],
) -> Result<(), StoreError> {
    for (sha256, event) in events {
        sqlx::query(
            "INSERT INTO certificate_events (certificate, json) SELECT sha256, ? FROM certificates WHERE sha256 = ?",
        )
        .bind(write(event)?)
        .bind(sha256)
        .execute(&mut *connection)
        .await?;
    }
    for sha256 in events.iter().map(|(sha256, _)| sha256).collect::<BTreeSet<_>>() {
        keep_newest(&mut *connection, "certificate_events", "certificate = ?1", sha256, KEPT).await?;
    }
    Ok(())
}

fn possession(row: &SqliteRow) -> Result<PossessionRecord, StoreError> {
    Ok(PossessionRecord {
        authority: row.try_get("authority")?,
        hub: id(row, "hub")?,
        possession: Possession { state: state(row.try_get("state")?)?, at: row.try_get("at")? },
    })
}

fn state_text(state: PossessionState) -> &'static str {
    match state {
        PossessionState::Uploaded => "uploaded",
        PossessionState::Verified => "verified",
    }
}

fn state(text: &str) -> Result<PossessionState, StoreError> {
    match text {
        "uploaded" => Ok(PossessionState::Uploaded),
        "verified" => Ok(PossessionState::Verified),
        other => Err(StoreError::Damaged(format!("there is no proof of possession {other}"))),
    }
}
