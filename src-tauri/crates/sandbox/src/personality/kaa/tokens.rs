//! The registry of endpoint tokens and their states ("Endpoint tokens"; 16/ECAP).

use parking_lot::Mutex;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::SystemTime;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The vendor's states. Inactive becomes active by the first use; revoked is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Inactive,
    Active,
    Suspended,
    Revoked,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Inactive => "INACTIVE",
            Self::Active => "ACTIVE",
            Self::Suspended => "SUSPENDED",
            Self::Revoked => "REVOKED",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        [Self::Inactive, Self::Active, Self::Suspended, Self::Revoked].into_iter().find(|state| state.word() == word)
    }

    /// The changes that the vendor documents; every other one is refused.
    fn may_become(self, to: Self) -> bool {
        matches!((self, to), (Self::Active, Self::Suspended | Self::Revoked) | (Self::Suspended, Self::Active))
    }
}

/// An endpoint with its one token.
pub(crate) struct Endpoint {
    /// Its name in the sandbox.
    pub id: Arc<str>,
    /// Its id at the hub.
    pub endpoint_id: String,
    pub token_id: String,
    pub token: Zeroizing<String>,
    pub app_version: String,
    pub state: State,
    /// When the state was reached.
    pub updated: SystemTime,
}

/// Why a token opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotUsable {
    Unknown,
    Suspended,
    Revoked,
}

impl NotUsable {
    /// Our words: the vendor's are not published.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unknown => "Endpoint token is not known",
            Self::Suspended => "Endpoint token is suspended",
            Self::Revoked => "Endpoint token is revoked",
        }
    }
}

/// Why a state was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotChanged {
    NotFound,
    /// There is no such change from the state it is in.
    Conflict,
}

pub(crate) struct Tokens(Mutex<Vec<Endpoint>>);

impl Tokens {
    pub fn new(endpoints: Vec<Endpoint>) -> Self {
        Self(Mutex::new(endpoints))
    }

    pub(super) fn owner(&self, token: &str) -> Option<Arc<str>> {
        self.0.lock().iter().find(|endpoint| endpoint.has(token)).map(|endpoint| endpoint.id.clone())
    }

    /// Uses a token for an application version (None: any).
    pub(super) fn use_one(&self, app_version: Option<&str>, token: &str) -> Result<Arc<str>, NotUsable> {
        let mut endpoints = self.0.lock();
        let found = endpoints.iter_mut().find(|endpoint| endpoint.has(token));
        let found = found.filter(|endpoint| app_version.is_none_or(|version| version == endpoint.app_version));
        let endpoint = found.ok_or(NotUsable::Unknown)?;
        match endpoint.state {
            State::Suspended => return Err(NotUsable::Suspended),
            State::Revoked => return Err(NotUsable::Revoked),
            State::Inactive => endpoint.enter(State::Active),
            State::Active => {}
        }
        Ok(endpoint.id.clone())
    }

    /// Changes a state; says whose token it is and how it is listed now.
    pub(super) fn change(&self, endpoint_id: &str, token_id: &str, to: State) -> Result<(Arc<str>, Value), NotChanged> {
        let mut endpoints = self.0.lock();
        let found = endpoints.iter_mut().find(|one| one.endpoint_id == endpoint_id && one.token_id == token_id);
        let endpoint = found.ok_or(NotChanged::NotFound)?;
        if !endpoint.state.may_become(to) {
            return Err(NotChanged::Conflict);
        }
        endpoint.enter(to);
        Ok((endpoint.id.clone(), endpoint.listed()))
    }

    /// The tokens of an endpoint, as the REST API lists them; None if there is no such endpoint.
    pub(super) fn list(&self, endpoint_id: &str) -> Option<Vec<Value>> {
        let endpoints = self.0.lock();
        let listed: Vec<_> =
            endpoints.iter().filter(|one| one.endpoint_id == endpoint_id).map(Endpoint::listed).collect();
        (!listed.is_empty()).then_some(listed)
    }

    /// Names, application versions and tokens of the endpoints that are active now.
    pub fn active(&self) -> Vec<(Arc<str>, String, Zeroizing<String>)> {
        let endpoints = self.0.lock();
        let active = endpoints.iter().filter(|endpoint| endpoint.state == State::Active);
        active.map(|one| (one.id.clone(), one.app_version.clone(), one.token.clone())).collect()
    }
}

impl Endpoint {
    fn has(&self, token: &str) -> bool {
        self.token.as_bytes().ct_eq(token.as_bytes()).into()
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.updated = SystemTime::now();
    }

    /// An entry of `GET /endpoints/{id}/tokens` (Credential Management REST API); the token itself is never in it.
    fn listed(&self) -> Value {
        let updated = self.updated.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        json!({
            "status": self.state.word(),
            "endpointTokenId": self.token_id,
            "applicationName": self.application(),
            "updateDate": u64::try_from(updated.as_millis()).unwrap_or(u64::MAX),
        })
    }

    /// `{application name}-{version}` is the form of an application version.
    fn application(&self) -> &str {
        self.app_version.rsplit_once('-').map_or(&self.app_version, |(name, _)| name)
    }
}
