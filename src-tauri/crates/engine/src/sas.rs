//! SAS tokens made and read.

use crate::Engine;
use crate::credentials::missing;
use crate::secrets::{device_row, hub_row};
use hubscope_hubs::azure::{self, dps, sas};
use hubscope_model::{
    ClientId, Code, Credential, DecodedSas, DeviceId, Error, HubId, MadeSas, Result, Revealed, SasDecode, SasEnd,
    SasExit, SasMake, SasScope, SasSignature, SecretField, SecretOwner, text,
};
use hubscope_vault::{Secret, reveal, to_clipboard};

impl Engine {
    pub(crate) async fn make_sas(&self, client: ClientId, make: SasMake) -> Result<MadeSas> {
        self.may_reveal(client)?;
        let face = self.clients.face(client)?;
        let now = crate::now() / 1_000_000;
        let expiry = match make.end {
            SasEnd::After { seconds } => now + i64::from(seconds),
            SasEnd::At { time } => time,
        };
        if expiry <= now {
            return Err(Error::new(Code::TokenExpired, "That end is in the past.").hint("Choose a later one."));
        }
        let owner = owner_of(&make.scope);
        let token = match owner {
            SecretOwner::Device { device } => self.fresh_sas(device, Some(expiry)).await?,
            SecretOwner::Hub { hub } => self.policy_sas(hub, &make.scope, expiry).await?,
        };
        let decoded = self.decoded(&token, Some(owner)).await?;
        if make.exit == SasExit::Clipboard {
            face.copy(to_clipboard(&token))?;
        }
        let resource = &decoded.resource;
        let said = match make.exit {
            SasExit::Clipboard => text!("SAS token for {resource} copied to the clipboard", resource),
            SasExit::Reveal => text!("SAS token for {resource} shown", resource),
        };
        self.note_exit(owner, said).await;
        let token = (make.exit == SasExit::Reveal).then(|| Revealed { text: reveal(&token) });
        Ok(MadeSas { decoded, token })
    }

    pub(crate) async fn decode_sas(&self, decode: SasDecode) -> Result<DecodedSas> {
        let hub = decode.hub.map(|hub| SecretOwner::Hub { hub });
        let owner = decode.device.map(|device| SecretOwner::Device { device }).or(hub);
        self.decoded(&Secret::new(decode.token.into_inner()), owner).await
    }

    /// The token of the live session, or the one that a connect would send now. The page asks by itself, so that this is
    /// no use of the vault.
    pub(crate) async fn current_sas(&self, device: DeviceId) -> Result<DecodedSas> {
        let record = self.device_record(device).await?;
        if record.credential == Credential::SasToken {
            let token = self.workspace.look_at_secret(&device_row(device, SecretField::Token)).await?;
            let token = token.ok_or_else(missing)?;
            return self.decoded(&token, Some(SecretOwner::Device { device })).await;
        }
        let expiry = self.sessions.live(device).filter(|live| live.is_online()).and_then(|live| live.token());
        // Signing again with the same key and end gives the same token.
        let token = self.fresh_sas(device, expiry.map(|token| token.expires)).await?;
        self.decoded(&token, Some(SecretOwner::Device { device })).await
    }

    /// A token of the device's key; None: of the lifetime that its credential says.
    pub(crate) async fn fresh_sas(&self, device: DeviceId, expiry: Option<i64>) -> Result<Secret<String>> {
        let record = self.device_record(device).await?;
        let hub = self.hub_record(record.hub).await?.hub;
        let options = record.credential.sas().ok_or_else(|| {
            Error::new(Code::BadRequest, "This credential makes no SAS tokens.").hint("Choose shared access keys.")
        })?;
        let secrets = self.look_at_connector_secrets(&record).await?;
        let expiry = expiry.unwrap_or_else(|| crate::now() / 1_000_000 + i64::from(options.lifetime));
        let model = self.device_model(record).await;
        azure::device_token(&hub, &model, &secrets, expiry)
    }

    /// A token of the hub's policy key.
    async fn policy_sas(&self, hub: HubId, scope: &SasScope, expiry: i64) -> Result<Secret<String>> {
        let record = self.hub_record(hub).await?;
        let key = self.workspace.secret(&hub_row(hub, SecretField::PolicyKey)).await?.ok_or_else(missing)?;
        azure::policy_token(&record.hub, scope, &key, expiry)
    }

    /// What a token says, held against the keys of a device and its hub, or of a hub alone.
    async fn decoded(&self, token: &Secret<String>, owner: Option<SecretOwner>) -> Result<DecodedSas> {
        let text = hubscope_vault::for_connector(token);
        let read = sas::decode(text)?;
        let (mut fits, mut signature) = (None, SasSignature::NotChecked);
        let hub = match owner {
            None => None,
            Some(SecretOwner::Hub { hub }) => Some(hub),
            Some(SecretOwner::Device { device }) => {
                let record = self.device_record(device).await?;
                let hub = self.hub_record(record.hub).await?.hub;
                let secrets = self.look_at_connector_secrets(&record).await?;
                let model = self.device_model(record).await;
                fits = Some(azure::opens(&read, &hub, &model));
                signature = azure::checked_signature(&read, &model, &secrets);
                Some(hub.id)
            }
        };
        // As `registration` a device of DPS signs with its own key.
        let by_policy = read.policy.as_deref().is_some_and(|policy| policy != dps::POLICY);
        if by_policy
            && let Some(hub) = hub
            && let Some(key) = self.workspace.look_at_secret(&hub_row(hub, SecretField::PolicyKey)).await?
        {
            signature = if sas::is_signed_by(&read, &key) { SasSignature::Key } else { SasSignature::Wrong };
        }
        Ok(DecodedSas {
            masked: sas::masked(text),
            expired: read.expiry <= crate::now() / 1_000_000,
            resource: read.resource,
            expiry: read.expiry,
            policy: read.policy,
            resource_fits: fits,
            signature,
        })
    }
}

/// Whose key signs.
fn owner_of(scope: &SasScope) -> SecretOwner {
    match *scope {
        SasScope::Device { device } => SecretOwner::Device { device },
        SasScope::Service { hub } | SasScope::PolicyDevice { hub, .. } | SasScope::EventHubs { hub, .. } => {
            SecretOwner::Hub { hub }
        }
    }
}
