//! Reading the hub's list of an endpoint's tokens: `{"content":[{"status","endpointTokenId","applicationName",…}]}`
//! (Kaa, Credential Management REST API). The list never holds a token, so ours is found by its application.

use super::state;
use hubscope_model::{Code, Error, Result, TokenState, text};
use serde::Deserialize;

/// A token of the endpoint as the hub lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedToken {
    pub id: Option<String>,
    pub state: TokenState,
}

/// The list is a page; a template of the user's own may ask for a plain list or for one token.
#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Page { content: Vec<Item> },
    List(Vec<Item>),
    One(Item),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    #[serde(alias = "state")]
    status: String,
    #[serde(alias = "id")]
    endpoint_token_id: Option<serde_json::Value>,
    application_name: Option<String>,
}

/// All tokens of `application`; items that name no application count.
///
/// # Errors
/// `RestFailed` when the answer does not have that shape.
pub fn read(body: &[u8], application: &str) -> Result<Vec<ListedToken>> {
    let items = match serde_json::from_slice(body).map_err(|error| not_understood(&error))? {
        Answer::Page { content } => content,
        Answer::List(items) => items,
        Answer::One(item) => vec![item],
    };
    let ours = |item: &Item| item.application_name.as_deref().is_none_or(|name| name == application);
    Ok(items.into_iter().filter(ours).map(listed).collect())
}

fn listed(item: Item) -> ListedToken {
    let id = item.endpoint_token_id.and_then(|id| match id {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    ListedToken { id, state: state::parse(&item.status) }
}

/// The token that the endpoint uses. Revoked is final, so among several it is the one that is not revoked; which of
/// two usable ones it is cannot be known.
///
/// # Errors
/// `RestFailed` when there is none, or more than one that could be it.
pub fn in_use(mut tokens: Vec<ListedToken>) -> Result<ListedToken> {
    if tokens.len() > 1 && tokens.iter().any(|token| token.state != TokenState::Revoked) {
        tokens.retain(|token| token.state != TokenState::Revoked);
    }
    // Several revoked ones say the same.
    if tokens.iter().all(|token| token.state == TokenState::Revoked) {
        tokens.truncate(1);
    }
    match (tokens.pop(), tokens.is_empty()) {
        (Some(token), true) => Ok(token),
        (None, _) => Err(Error::new(Code::RestFailed, "The hub knows no token of this application for the endpoint.")
            .hint("Compare endpoint id and application version with the endpoint's page at the hub.")),
        (Some(_), false) => Err(Error::new(
            Code::RestFailed,
            "The endpoint has several tokens that can be used, and the hub does not say which is which.",
        )
        .hint("Revoke those that are not needed at the hub, or change the token's state there.")),
    }
}

fn not_understood(error: &serde_json::Error) -> Error {
    // The library's text names places in the answer, not its content.
    Error::new(Code::RestFailed, "The hub's answer about the token was not understood.")
        .detail(text!(
            "line {line}, column {column}: {class}",
            line = error.line(),
            column = error.column(),
            class = format!("{:?}", error.classify())
        ))
        .hint("Check the base URL and the request for reading the state.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state_of(json: &str) -> std::result::Result<TokenState, String> {
        read(json.as_bytes(), "demo").and_then(in_use).map(|token| token.state).map_err(|error| error.message)
    }

    #[test]
    fn a_page_a_list_and_one_token() {
        let token = r#"{"status":"SUSPENDED","endpointTokenId":"t1","applicationName":"demo","createdDate":"x"}"#;
        for json in [format!(r#"{{"content":[{token}],"totalElements":1}}"#), format!("[{token}]"), token.to_owned()] {
            assert_eq!(state_of(&json), Ok(TokenState::Suspended), "{json}");
        }
        let listed = read(br#"[{"state":"Active","id":7}]"#, "demo").unwrap();
        assert_eq!(listed, [ListedToken { id: Some("7".into()), state: TokenState::Active }]);
    }

    #[test]
    fn other_applications_and_revoked_ones_do_not_count() {
        let json = r#"[{"status":"ACTIVE","applicationName":"other"},{"status":"REVOKED","applicationName":"demo"},
            {"status":"INACTIVE","applicationName":"demo"}]"#;
        assert_eq!(state_of(json), Ok(TokenState::Unused));
        assert_eq!(state_of(r#"[{"status":"revoked"},{"status":"revoked"}]"#), Ok(TokenState::Revoked));
    }

    #[test]
    fn what_cannot_be_known_is_not_guessed() {
        assert!(state_of(r#"[{"status":"ACTIVE"},{"status":"SUSPENDED"}]"#).is_err());
        assert!(state_of("[]").is_err());
        assert_eq!(state_of(r#"[{"status":"PAUSED"}]"#), Ok(TokenState::Unknown));
    }

    #[test]
    fn a_foreign_answer_is_not_repeated() {
        let error = read(b"<html>secret</html>", "demo").unwrap_err();
        assert!(!format!("{error:?}").contains("secret") && error.code == Code::RestFailed);
    }
}
