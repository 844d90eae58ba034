//! The states of an endpoint token. Source: Kaa, "Endpoint token statuses"; the REST API's words are the same.

use hubscope_model::{TokenMove, TokenState};

/// The vendor's word in upper case, as a request carries it. None for states that Kaa does not have.
pub fn word(state: TokenState) -> Option<&'static str> {
    match state {
        TokenState::Unused => Some("INACTIVE"),
        TokenState::Active => Some("ACTIVE"),
        TokenState::Suspended => Some("SUSPENDED"),
        TokenState::Revoked => Some("REVOKED"),
        TokenState::Expiring | TokenState::Expired | TokenState::Disabled | TokenState::Unknown => None,
    }
}

/// A state as the hub writes it, in whatever case.
pub fn parse(word_of_hub: &str) -> TokenState {
    [TokenState::Unused, TokenState::Active, TokenState::Suspended, TokenState::Revoked]
        .into_iter()
        .find(|state| word(*state).is_some_and(|word| word.eq_ignore_ascii_case(word_of_hub.trim())))
        .unwrap_or(TokenState::Unknown)
}

/// What can be asked for from here. Inactive becomes active by first use, and revoked is final. That a suspended
/// token can be revoked is not in the vendor's papers; the hub's answer decides.
pub fn moves(from: TokenState) -> Vec<TokenMove> {
    let (documented, tried): (&[TokenState], &[TokenState]) = match from {
        TokenState::Active => (&[TokenState::Suspended, TokenState::Revoked], &[]),
        TokenState::Suspended => (&[TokenState::Active], &[TokenState::Revoked]),
        _ => (&[], &[]),
    };
    let with = |states: &[TokenState], documented| {
        states.iter().map(move |to| TokenMove { to: *to, documented }).collect::<Vec<_>>()
    };
    [with(documented, true), with(tried, false)].concat()
}
