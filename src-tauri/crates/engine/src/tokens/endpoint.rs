//! Kaa's endpoint tokens: their state is read from the hub and changed there.

use crate::Engine;
use crate::secrets::hub_row;
use hubscope_hubs::kaa::rest::Rest;
use hubscope_model::{
    Code, Credential, DeviceId, Error, FieldProblem, Hub, KaaRest, Problem, Result, SecretField, Text, TokenCause,
    TokenChange, TokenState, TokenStatus, text,
};
use hubscope_store::DeviceRecord;

impl Engine {
    /// Whether the hub can be asked for this device's token.
    pub(crate) async fn endpoint_readable(&self, hub: &Hub, record: &DeviceRecord) -> bool {
        let named = matches!(&record.credential, Credential::EndpointToken { endpoint_id: Some(_), .. });
        named
            && hub.details.kaa.as_ref().is_some_and(hubscope_hubs::kaa::settings::is_used)
            && self.workspace.stored_secret(&hub_row(hub.id, SecretField::ApiKey), SecretField::ApiKey).await.is_some()
    }

    pub(crate) async fn read_endpoint(&self, device: DeviceId) -> Result<TokenStatus> {
        let record = self.device_record(device).await?;
        let asked = self.asked(&record).await?;
        let state = asked.rest.read(&asked.endpoint_id, &asked.app_version).await?;
        self.note_token(device, state, TokenCause::Read, None).await?;
        self.token_reads.lock().insert(device, crate::now() / 1_000_000);
        self.changes.bump(crate::changes::Area::Tokens);
        self.status(device).await
    }

    pub(crate) async fn change_endpoint(&self, change: TokenChange) -> Result<TokenStatus> {
        let record = self.device_record(change.device).await?;
        let revokes = change.to == TokenState::Revoked;
        if revokes && change.typed_name.as_deref().map(str::trim) != Some(record.name.as_str()) {
            return Err(Error::fields(vec![FieldProblem {
                field: "typed_name".into(),
                problem: Problem::NameDiffers,
            }]));
        }
        let asked = self.asked(&record).await?;
        // What the page showed may be old: read first, so that the history tells what was changed.
        let before = asked.rest.read(&asked.endpoint_id, &asked.app_version).await?;
        self.note_token(change.device, before, TokenCause::Read, None).await?;
        let reason = change.reason.filter(|reason| !reason.trim().is_empty());
        let state = asked.rest.change(&asked.endpoint_id, &asked.app_version, change.to, reason.as_deref()).await?;
        self.note_token(change.device, state, TokenCause::Asked, reason.map(Text::verbatim)).await?;
        self.token_reads.lock().insert(change.device, crate::now() / 1_000_000);
        self.status(change.device).await
    }

    async fn asked(&self, record: &DeviceRecord) -> Result<Asked> {
        let stored = self.hub_record(record.hub).await?;
        let Credential::EndpointToken { app_version, endpoint_id, .. } = &record.credential else {
            return Err(Error::new(Code::BadRequest, "Only Kaa's endpoint tokens have a state at the hub."));
        };
        let missing = |message: &str, hint: Text| Error::new(Code::SecretMissing, message).hint(hint);
        let endpoint_id = endpoint_id.clone().ok_or_else(|| {
            missing("The endpoint's id is not known.", text!("Enter the endpoint id in the device's credentials."))
        })?;
        let kaa: &KaaRest = stored.hub.details.kaa.as_ref().ok_or_else(|| {
            missing("This hub has no REST API configured.", text!("Enter the REST address in the hub's form."))
        })?;
        let key = self.workspace.secret(&hub_row(stored.hub.id, SecretField::ApiKey)).await?.ok_or_else(|| {
            missing("The hub's API key is not stored.", text!("Enter the API key in the hub's form."))
        })?;
        let trust = stored.trust();
        let (host, port) = hubscope_hubs::kaa::settings::server(kaa).unwrap_or_default();
        let proxy = self.hub_proxy(&stored.hub, &host, port).await?;
        let rest = Rest::new(kaa, &trust, proxy.as_ref(), &key)?;
        Ok(Asked { rest, endpoint_id, app_version: app_version.clone() })
    }
}

/// A hub's REST API, and the endpoint that is asked for.
struct Asked {
    rest: Rest,
    endpoint_id: String,
    app_version: String,
}
