//! Follows sessions and clocks: writes what it sees of credentials into their history, and warns before one that is in
//! use ends.

use crate::Engine;
use crate::changes::Area;
use crate::live::Live;
use hubscope_hubs::clock;
use hubscope_model::{
    Code, Credential, DeviceId, EntryClass, HubKind, Notifications, Result, SessionId, SessionState, Severity, Text,
    TokenCause, TokenForm, TokenState, TokenStatus, text,
};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const LOOK: Duration = Duration::from_secs(1);
/// The credentials of devices that are not connected are looked at only each so many looks.
const CLOCK_EVERY: u64 = 30;

/// What was seen of a device's session last.
#[derive(Default, PartialEq)]
struct Seen {
    session: Option<SessionId>,
    online_since: Option<i64>,
    renewed_at: Option<i64>,
    refused: Option<Code>,
    state: Option<TokenState>,
    /// What the user was told of.
    told: Option<TokenState>,
}

/// Runs until `stop`, or until the engine is gone.
pub async fn run(engine: Weak<Engine>, stop: CancellationToken) {
    let mut seen: HashMap<DeviceId, Seen> = HashMap::new();
    let mut looks = 0;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        let Some(engine) = engine.upgrade() else { return };
        // A look may wait for a hub's answer; the end of the engine does not wait for it.
        tokio::select! {
            () = stop.cancelled() => return,
            () = engine.look(&mut seen, looks % CLOCK_EVERY == 0) => {}
        }
        looks += 1;
    }
}

impl Engine {
    async fn look(&self, seen: &mut HashMap<DeviceId, Seen>, all: bool) {
        for live in self.sessions.lives() {
            let device = live.facts.device;
            if let Err(error) = self.follow_session(&live, seen.entry(device).or_default()).await {
                tracing::warn!(%device, %error, "the history of a credential could not be written");
            }
        }
        if let Err(error) = self.follow_clock(seen, all).await {
            tracing::debug!(%error, "the state of the credentials could not be read");
        }
    }

    /// What a session's state says of its credential.
    async fn follow_session(&self, live: &Arc<Live>, seen: &mut Seen) -> Result<()> {
        let device = live.facts.device;
        if seen.session != Some(live.facts.id) {
            // A new session may have a new secret: what it meets is news.
            *seen = Seen { session: Some(live.facts.id), state: seen.state, told: seen.told, ..Seen::default() };
        }
        match live.state() {
            SessionState::Online { since, .. } if seen.online_since != Some(since) => {
                seen.online_since = Some(since);
                seen.refused = None;
                if in_connect(live) {
                    self.note_token(device, TokenState::Active, TokenCause::FirstUse, None).await?;
                } else {
                    self.ask_hub(device).await;
                }
                self.changes.bump(Area::Tokens);
            }
            SessionState::Waiting { reason: error, .. } | SessionState::Failed { error }
                if seen.refused != Some(error.code) =>
            {
                seen.refused = Some(error.code);
                if !in_connect(live) {
                    self.ask_hub(device).await;
                } else if let Some(state) = refused_state(error.code) {
                    self.note_token(device, state, TokenCause::RefusedByHub, Some(text!("{error}", error = &error)))
                        .await?;
                    self.compare_clocks(live).await;
                }
                if matches!(live.state(), SessionState::Failed { .. }) {
                    let name = &live.account.device.name;
                    self.tell(
                        |wanted| wanted.session_failed,
                        text!("A session failed"),
                        name,
                        text!("{error}", error = &error),
                    )
                    .await;
                }
                self.changes.bump(Area::Tokens);
            }
            _ => {}
        }
        let renewal = live.token().and_then(|token| token.renewal);
        if let Some(renewal) = renewal.filter(|renewal| seen.renewed_at != Some(renewal.at)) {
            seen.renewed_at = Some(renewal.at);
            match renewal.error {
                None => self.note_token(device, TokenState::Active, TokenCause::Renewed, None).await?,
                Some(error) => {
                    let name = &live.account.device.name;
                    self.tell(
                        |wanted| wanted.credential_ends,
                        text!("A SAS token was not renewed"),
                        name,
                        text!("{error}", error = &error),
                    )
                    .await;
                }
            }
        }
        Ok(())
    }

    /// Reads an endpoint token's state, where the hub can be asked: a session that came or went may have changed it, or
    /// may be explained by it.
    async fn ask_hub(&self, device: DeviceId) {
        let Ok(record) = self.device_record(device).await else { return };
        let Ok(stored) = self.hub_record(record.hub).await else { return };
        if self.endpoint_readable(&stored.hub, &record).await
            && let Err(error) = self.read_endpoint(device).await
        {
            // What is shown stays as it was, with its age.
            tracing::debug!(%device, %error, "the endpoint token's state could not be read");
        }
    }

    /// A refused token with an end may be right and the clock wrong: names the difference when it explains it.
    async fn compare_clocks(&self, live: &Arc<Live>) {
        let (hub, credential) = (&live.account.hub, &live.account.device.credential);
        let azure = matches!(hub.kind, HubKind::AzureIotHub | HubKind::AzureDps) && !hub.sandbox;
        if !azure || (credential.sas().is_none() && *credential != Credential::SasToken) {
            return;
        }
        // A hub that was deleted meanwhile is asked nothing.
        let Ok(stored) = self.hub_record(hub.id).await else { return };
        let trust = stored.trust();
        let asked = async {
            let proxy = self.hub_proxy(hub, &hub.host, self.https_port).await?;
            clock::skew(&hub.host, self.https_port, &trust, proxy.as_ref()).await
        };
        match asked.await {
            Ok(skew) => {
                if let Some(error) = clock::explains_refusal(skew) {
                    let text = match &error.hint {
                        Some(hint) => text!("{error} {hint}", error = &error, hint),
                        None => text!("{error}", error = &error),
                    };
                    self.monitor.append_event(
                        crate::now(),
                        Some(live.facts.id),
                        EntryClass::Event,
                        Severity::Error,
                        text,
                    );
                    live.replace_error(&error);
                    self.changes.bump(Area::Sessions);
                }
            }
            // The refusal stands as it is; a hub without HTTPS in reach is no news.
            Err(error) => tracing::debug!(%error, "the hub's clock could not be read"),
        }
    }

    /// States that change with time alone: of devices that are connected at every look, of all now and then.
    async fn follow_clock(&self, seen: &mut HashMap<DeviceId, Seen>, all: bool) -> Result<()> {
        if !all && self.sessions.online() == 0 {
            return Ok(());
        }
        for record in self.workspace.store()?.devices().await? {
            let device = record.id;
            if !all && !self.in_use(device) {
                continue;
            }
            let status = self.status(device).await?;
            let seen = seen.entry(device).or_default();
            let ending = matches!(status.state, TokenState::Expiring | TokenState::Expired);
            if ending && self.in_use(device) && seen.told != Some(status.state) {
                seen.told = Some(status.state);
                self.tell(|wanted| wanted.credential_ends, title(&status), &record.name, when(&status)).await;
            }
            if seen.state.replace(status.state) == Some(status.state) {
                continue;
            }
            if ending {
                self.note_token(device, status.state, TokenCause::Time, None).await?;
            } else {
                seen.told = None;
            }
            self.changes.bump(Area::Tokens);
        }
        Ok(())
    }

    fn in_use(&self, device: DeviceId) -> bool {
        self.sessions.live(device).is_some_and(|live| live.is_online())
    }

    /// A notification of the desktop, when the settings want it; one, however many windows are open.
    async fn tell(&self, wanted: impl FnOnce(Notifications) -> bool, title: Text, device: &str, said: Text) {
        let notifications = self.workspace.settings().await.map(|settings| settings.notifications).unwrap_or_default();
        if !notifications.native || !wanted(notifications) {
            return;
        }
        if let Some(face) = self.clients.any_face() {
            face.notify(&title, &text!("{device}: {said}", device, said));
        }
    }
}

/// Whether CONNECT carries the credential, so that its answer says something of it. Kaa's token stands in topics.
fn in_connect(live: &Live) -> bool {
    !matches!(live.account.device.credential, Credential::EndpointToken { .. })
}

/// What a refusal says of the credential; None for failures that say nothing of it.
fn refused_state(code: Code) -> Option<TokenState> {
    match code {
        Code::TokenExpired | Code::TlsExpired => Some(TokenState::Expired),
        Code::TokenSuspended => Some(TokenState::Suspended),
        Code::TokenRevoked => Some(TokenState::Revoked),
        // The hub says no and not why: wrong, disabled, expired.
        Code::BadUserNameOrPassword | Code::NotAuthorised => Some(TokenState::Unknown),
        _ => None,
    }
}

fn title(status: &TokenStatus) -> Text {
    match (&status.form, status.state) {
        (TokenForm::Certificate { .. }, TokenState::Expired) => text!("A certificate has ended"),
        (TokenForm::Certificate { .. }, _) => text!("A certificate ends soon"),
        (_, TokenState::Expired) => text!("A token has ended"),
        _ => text!("A token ends soon"),
    }
}

/// The end of a life and what is left until then, in words.
fn when(status: &TokenStatus) -> Text {
    let end = match status.form {
        TokenForm::Sas { expires, .. } => expires,
        TokenForm::Certificate { not_after, .. } => not_after,
        _ => return Text::verbatim(""),
    };
    let left = end - crate::now() / 1_000_000;
    let left = match left {
        ..=0 => text!("it is over"),
        1..7200 => text!("{minutes} min are left", minutes = (left + 59) / 60),
        7200..172_800 => text!("{hours} h are left", hours = left / 3600),
        _ => text!("{days} days are left", days = left / 86_400),
    };
    // Which zone the reader is in this process does not know for sure.
    match Timestamp::from_second(end) {
        Ok(end) => text!("ends {end}, {left}", end = end.strftime("%Y-%m-%d %H:%M UTC").to_string(), left),
        Err(_) => left,
    }
}
