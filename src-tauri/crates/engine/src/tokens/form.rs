//! From what is known of a credential to its state and the form of its widget.

use crate::live::LiveToken;
use hubscope_hubs::azure::sas::Sas;
use hubscope_hubs::kaa::state;
use hubscope_model::{Credential, TokenCause, TokenEvent, TokenForm, TokenState, TokenStatus};
use hubscope_store::DeviceRecord;

/// Seconds before a certificate's end from which it counts as expiring.
pub const CERTIFICATE_NOTICE: i64 = 30 * 24 * 3600;
/// Part of a token's life, in percent, from which it counts as expiring unless it is renewed by itself.
const TOKEN_NOTICE: i64 = 10;

/// Everything that a status is made of. Times are Unix seconds.
pub struct Known<'a> {
    pub record: &'a DeviceRecord,
    /// The hub's REST API can be asked for the endpoint token.
    pub readable: bool,
    /// When the hub was asked for the endpoint token last in this run.
    pub read: Option<i64>,
    /// A ready-made SAS token.
    pub pasted: Option<Sas>,
    pub token: Option<LiveToken>,
    pub online: bool,
    /// Oldest first.
    pub events: &'a [TokenEvent],
    pub now: i64,
}

impl Known<'_> {
    pub fn status(&self) -> TokenStatus {
        let (state, form) = match &self.record.credential {
            Credential::SharedAccessKey { sas, .. } | Credential::GroupKey { sas } => self.made(*sas),
            Credential::SasToken => self.ready_made(),
            Credential::EndpointToken { .. } => self.endpoint(),
            Credential::X509 { .. } => self.certificate(),
            Credential::None if self.record.certificate.is_some() => self.certificate(),
            Credential::None => (TokenState::Unknown, TokenForm::Plain),
            Credential::AccessToken | Credential::Basic { .. } | Credential::Provision => {
                (self.used(), TokenForm::Endless { set: self.record.credential_set })
            }
        };
        let since = self.events.iter().rev().take_while(|event| event.to == state).last().map(|event| event.at);
        TokenStatus { device: self.record.id, state, since, form }
    }

    /// The last thing that the hub let us know of this credential: refused, used, or nothing since it was set.
    fn used(&self) -> TokenState {
        if self.online {
            return TokenState::Active;
        }
        self.events.last().map_or(TokenState::Unused, |event| event.to)
    }

    /// SAS tokens that the session makes for itself.
    fn made(&self, sas: hubscope_model::SasOptions) -> (TokenState, TokenForm) {
        let unrenewed = |token: &LiveToken| token.renewal.as_ref().is_some_and(|renewal| renewal.error.is_some());
        // A session that was lost with a failed renewal has no other token: its time goes on running out.
        let in_force = |token: &&LiveToken| self.online || (unrenewed(token) && self.now < token.expires);
        let Some(token) = self.token.as_ref().filter(in_force) else {
            let form = TokenForm::Sas {
                issued: None,
                expires: self.now + i64::from(sas.lifetime),
                renews: None,
                auto_renew: sas.auto_renew,
                last: self.token.as_ref().and_then(|token| token.renewal.clone()),
            };
            return (self.used(), form);
        };
        let state = life(token.issued, token.expires, self.now, sas.auto_renew && !unrenewed(token));
        let form = TokenForm::Sas {
            issued: Some(token.issued),
            expires: token.expires,
            renews: token.renews,
            auto_renew: sas.auto_renew,
            last: token.renewal.clone(),
        };
        (state.unwrap_or_else(|| self.used()), form)
    }

    fn ready_made(&self) -> (TokenState, TokenForm) {
        // A live session knows its token's end also while the vault is locked.
        let sent = self.token.as_ref().filter(|_| self.online).map(|token| token.expires);
        let Some(expires) = self.pasted.as_ref().map(|sas| sas.expiry).or(sent) else {
            return (TokenState::Unknown, TokenForm::Endless { set: self.record.credential_set });
        };
        let issued = self.record.credential_set;
        let state = life(issued.unwrap_or(self.now), expires, self.now, false).unwrap_or_else(|| self.used());
        (state, TokenForm::Sas { issued, expires, renews: None, auto_renew: false, last: None })
    }

    fn certificate(&self) -> (TokenState, TokenForm) {
        let Some(certificate) = &self.record.certificate else { return (TokenState::Unknown, TokenForm::Plain) };
        let (not_before, not_after) = (certificate.summary.not_before, certificate.summary.not_after);
        let state = match self.now {
            now if now >= not_after => TokenState::Expired,
            now if now >= not_after - CERTIFICATE_NOTICE => TokenState::Expiring,
            _ => self.used(),
        };
        (state, TokenForm::Certificate { not_before, not_after })
    }

    fn endpoint(&self) -> (TokenState, TokenForm) {
        let told = |event: &&TokenEvent| matches!(event.cause, TokenCause::Read | TokenCause::Asked);
        let read = self.read.or_else(|| self.events.iter().rev().find(told).map(|event| event.at));
        // A connection proves nothing, since CONNECT does not carry the token: only the hub knows.
        let state = self.events.last().map_or(TokenState::Unknown, |event| event.to);
        (state, TokenForm::Endpoint { read, readable: self.readable, moves: state::moves(state) })
    }
}

/// Expired or expiring; None while there is time enough.
fn life(issued: i64, expires: i64, now: i64, renews_itself: bool) -> Option<TokenState> {
    if now >= expires {
        return Some(TokenState::Expired);
    }
    let nearly = (expires - now) * 100 < (expires - issued) * TOKEN_NOTICE;
    (nearly && !renews_itself).then_some(TokenState::Expiring)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_expires_after_its_time_and_warns_in_its_last_tenth() {
        assert_eq!(life(0, 1000, 899, false), None);
        assert_eq!(life(0, 1000, 901, false), Some(TokenState::Expiring));
        assert_eq!(life(0, 1000, 901, true), None, "it renews itself");
        assert_eq!(life(0, 1000, 1000, true), Some(TokenState::Expired));
    }
}
