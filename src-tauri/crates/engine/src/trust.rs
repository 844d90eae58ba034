//! Whom hubs are trusted by: what forms say of it, chains that are fetched, and trust that is given or taken with one call.

use crate::Engine;
use crate::undo::Step;
use hubscope_hubs::Secrets;
use hubscope_model::{
    ChainRequest, ClientId, Error, FetchedChain, FieldProblem, Hub, HubDraft, HubId, HubTrust, PemSource, Problem,
    Result, SecretDraft, SecretEntry, TrustAdd, TrustDraft, TrustHow, TrustMode, TrustRemove, UndoKind, Undoable,
};
use hubscope_pki::{Trust, Trusted};
use hubscope_store::HubRecord;
use hubscope_vault::Secret;

impl Engine {
    /// The trust that a form leaves a hub (or a preset of it) with. `shown_at`: where PEM text was fetched.
    pub(crate) async fn drafted_trust(
        &self,
        client: ClientId,
        draft: TrustDraft,
        old: Option<HubRecord>,
        shown_at: &str,
    ) -> Result<(TrustMode, Trusted)> {
        let before = old.map(|old| (old.hub.trust.mode, old.trusted())).unwrap_or_default();
        match draft {
            TrustDraft::Keep => Ok(before),
            TrustDraft::Preset { preset } => {
                let record = self.preset_record(&preset).await?;
                Ok((record.preset.trust.mode, record.trusted()))
            }
            TrustDraft::Set { mode, kept, added } => {
                let mut trusted = before.1.only(|sha256| kept.iter().any(|kept| kept == sha256));
                for source in added {
                    trusted = trusted.and(&self.read_trusted(client, mode, source, shown_at).await?);
                }
                check(mode, &trusted)?;
                Ok((mode, trusted))
            }
        }
    }

    async fn read_trusted(
        &self,
        client: ClientId,
        mode: TrustMode,
        source: PemSource,
        shown_at: &str,
    ) -> Result<Trusted> {
        match source {
            PemSource::File { handle } => {
                let (name, bytes) = self.read_file(client, handle).await?;
                read(mode, &bytes, &name)
            }
            PemSource::Text { text } => read(mode, text.into_inner().as_bytes(), shown_at),
        }
    }

    pub(crate) async fn fetch_chain(&self, client: ClientId, request: ChainRequest) -> Result<FetchedChain> {
        let (hub, trust, secrets) = match request {
            ChainRequest::Hub { hub } => {
                let record = self.hub_record(hub).await?;
                (self.hub_model(record.hub.clone()).await, record.trust(), self.way_secrets(hub).await?)
            }
            ChainRequest::Form { hub } => self.way_of_form(client, *hub).await?,
        };
        hubscope_hubs::diagnose::fetch_chain(&hub, &trust, &secrets, &self.proxies).await
    }

    /// The hub, the trust and the secrets of the way that a form stands for.
    async fn way_of_form(&self, client: ClientId, draft: HubDraft) -> Result<(Hub, Trust, Secrets)> {
        let hub = self.hub_of_form(&draft).await?;
        let old = match draft.id {
            Some(id) => Some(self.hub_record(id).await?),
            None => None,
        };
        let (mode, trusted) = self.drafted_trust(client, draft.trust, old, "").await?;
        let mut secrets = self.way_secrets(hub.id).await?;
        for SecretEntry { field, draft } in draft.secrets {
            match draft {
                SecretDraft::Keep => {}
                SecretDraft::Clear => drop(secrets.remove(&field)),
                SecretDraft::Set { value } => drop(secrets.insert(field, Secret::new(value.into_inner()))),
            }
        }
        Ok((hub, Trust::new(mode, trusted.pem), secrets))
    }

    /// A form as the hub that it would be saved as.
    async fn hub_of_form(&self, draft: &HubDraft) -> Result<Hub> {
        hubscope_hubs::check_address(draft)?;
        let hub = Hub {
            connection: draft.connection.clone(),
            details: draft.details.clone(),
            ..Hub::new(draft.kind, draft.host.clone(), draft.port, draft.transport)
        };
        Ok(match draft.id {
            Some(id) => self.hub_model(Hub { id, ..hub }).await,
            None => hub,
        })
    }

    pub(crate) async fn add_trust(&self, client: ClientId, add: TrustAdd) -> Result<Undoable> {
        let old = self.hub_record(add.hub).await?;
        let before = old.hub.trust.mode;
        let (mode, keeps) = match add.how {
            TrustHow::Ca => match before {
                TrustMode::System | TrustMode::SystemAndCa => (TrustMode::SystemAndCa, true),
                TrustMode::CaOnly => (TrustMode::CaOnly, true),
                // Pins were to let in one server only: the system's roots stay out.
                TrustMode::PinnedLeaf | TrustMode::PinnedChain => (TrustMode::CaOnly, false),
            },
            TrustHow::PinLeaf => (TrustMode::PinnedLeaf, before == TrustMode::PinnedLeaf),
            TrustHow::PinChain => (TrustMode::PinnedChain, false),
        };
        let new = self.read_trusted(client, mode, add.from, &address(&old.hub.host, old.hub.port)).await?;
        // Of a chain that was fetched, the server's own comes first.
        let first = new.certificates.first().map(|one| one.sha256.clone()).unwrap_or_default();
        let new = if mode == TrustMode::PinnedLeaf { new.only(|sha256| sha256 == first) } else { new };
        let trusted = if keeps { old.trusted().and(&new) } else { new };
        self.change_trust(old, mode, trusted).await
    }

    pub(crate) async fn remove_trust(&self, remove: TrustRemove) -> Result<Undoable> {
        let old = self.hub_record(remove.hub).await?;
        if !old.trusted().has(&remove.sha256) {
            return Err(crate::tree::missing("certificate"));
        }
        // A chain without one of its certificates is another chain, which nobody sends.
        let left = match old.hub.trust.mode {
            TrustMode::PinnedChain => Trusted::default(),
            _ => old.trusted().only(|sha256| sha256 != remove.sha256),
        };
        let mode = if left.certificates.is_empty() { TrustMode::System } else { old.hub.trust.mode };
        self.change_trust(old, mode, left).await
    }

    async fn change_trust(&self, old: HubRecord, mode: TrustMode, trusted: Trusted) -> Result<Undoable> {
        let HubRecord { hub, trust_pem } = old;
        let (id, name, before) = (hub.id, hub.name.clone(), hub.trust.clone());
        self.store_hub(&HubRecord::new(hub, mode, trusted)).await?;
        let step = Step::Trusted(id, before, trust_pem);
        Ok(self.can_undo(self.undo.number(), UndoKind::Trust, name, step).await)
    }

    /// Puts back the trust that a hub had.
    pub(crate) async fn take_trust_back(&self, hub: HubId, before: &HubTrust, pem: &str) -> Result<()> {
        let record = self.hub_record(hub).await?;
        let hub = Hub { trust: before.clone(), ..record.hub };
        self.store_hub(&HubRecord { hub, trust_pem: pem.to_owned() }).await
    }
}

/// Reads certificates for what a hub trusts in the way of `mode`.
///
/// # Errors
/// `NotACertificate`, with what the bytes hold in its place.
pub(crate) fn read(mode: TrustMode, bytes: &[u8], source: &str) -> Result<Trusted> {
    match mode {
        TrustMode::PinnedLeaf | TrustMode::PinnedChain => hubscope_pki::read_pins(bytes, source),
        TrustMode::System | TrustMode::SystemAndCa | TrustMode::CaOnly => hubscope_pki::read_ca(bytes, source),
    }
}

/// Whether the certificates go with the mode: none with the system's roots alone, at least one with any other.
///
/// # Errors
/// `InvalidFields` of `trust`.
pub(crate) fn check(mode: TrustMode, trusted: &Trusted) -> Result<()> {
    let problem = match (mode, trusted.certificates.is_empty()) {
        (TrustMode::System, false) => Problem::OutOfRange,
        (TrustMode::SystemAndCa | TrustMode::CaOnly | TrustMode::PinnedLeaf | TrustMode::PinnedChain, true) => {
            Problem::Required
        }
        _ => return Ok(()),
    };
    Err(Error::fields(vec![FieldProblem { field: "trust".into(), problem }]))
}

/// `host:port`, as the source of a certificate that a server showed.
pub(crate) fn address(host: &str, port: u16) -> String {
    format!("{host}:{port}")
}
