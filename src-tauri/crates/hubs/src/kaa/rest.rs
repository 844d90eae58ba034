//! Kaa's REST API, by which an endpoint token's state is read and changed.

use super::answer::{self, ListedToken};
use super::template::{self, Values};
use super::{application, settings, state};
use crate::http;
use hubscope_model::{Code, Error, FieldProblem, KaaRest, Problem, RequestTemplate, Result, TokenState, text};
use hubscope_mqtt::Proxy;
use hubscope_pki::Trust;
use hubscope_vault::{Secret, for_connector};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Client, StatusCode};
use url::Url;

/// Characters of a server's words that are kept as evidence.
const LONGEST_WORDS: usize = 300;

/// A hub's API with its key, ready to be asked.
#[derive(Debug)]
pub struct Rest {
    client: Client,
    settings: KaaRest,
    base: Url,
    header: HeaderName,
    /// Marked as sensitive, so that the library prints it nowhere.
    key: HeaderValue,
    api_key: Secret<String>,
}

impl Rest {
    /// # Errors
    /// `InvalidFields` for settings that [`settings::check`] refuses, or an API key that no header can carry; as
    /// [`hubscope_pki::client_config`]; `RestFailed` without a base URL.
    pub fn new(rest: &KaaRest, trust: &Trust, proxy: Option<&Proxy>, api_key: &Secret<String>) -> Result<Self> {
        if !settings::is_used(rest) {
            return Err(Error::new(Code::RestFailed, "This hub has no address of a REST API.")
                .hint("Enter the base URL of the hub's REST API in the hub's settings."));
        }
        let problems = settings::check(rest);
        let (Ok(base), Some(header), true) =
            (settings::base(&rest.base_url), settings::header(&rest.header), problems.is_empty())
        else {
            return Err(Error::fields(problems));
        };
        let key = settings::key(&header, for_connector(api_key)).ok_or_else(|| {
            Error::fields(vec![FieldProblem { field: "api_key".to_owned(), problem: Problem::ControlCharacter }])
        })?;
        let client = http::client(trust, proxy)?;
        Ok(Self { client, settings: rest.clone(), base, header, key, api_key: api_key.clone() })
    }

    /// The state of the token that the endpoint uses for this application.
    ///
    /// # Errors
    /// `RestFailed` with the hub's words; connection and TLS errors.
    pub async fn read(&self, endpoint_id: &str, app_version: &str) -> Result<TokenState> {
        Ok(self.token(endpoint_id, app_version).await?.state)
    }

    /// Reads the state, asks for another, and reads again: the answer is what the hub says then.
    ///
    /// # Errors
    /// `RestFailed` when the state cannot be reached from the one it is in now, when the hub refuses, or when it
    /// agrees and changes nothing; connection and TLS errors.
    pub async fn change(
        &self,
        endpoint_id: &str,
        app_version: &str,
        to: TokenState,
        reason: Option<&str>,
    ) -> Result<TokenState> {
        let before = self.token(endpoint_id, app_version).await?;
        if before.state == to {
            return Ok(to);
        }
        let allowed = state::moves(before.state).iter().any(|step| step.to == to);
        let word = state::word(to).filter(|_| allowed).ok_or_else(|| no_way(before.state))?;
        let values = Values {
            endpoint_id,
            application: application(app_version),
            token_id: before.id.as_deref(),
            state: word,
            reason: reason.unwrap_or_default(),
        };
        self.ask(&self.settings.change, &values).await?;
        match self.tokens(endpoint_id, app_version).await?.into_iter().find(|token| token.id == before.id) {
            Some(after) if after.state == to => Ok(to),
            after => Err(unmoved(after.map(|token| token.state))),
        }
    }

    async fn token(&self, endpoint_id: &str, app_version: &str) -> Result<ListedToken> {
        answer::in_use(self.tokens(endpoint_id, app_version).await?)
    }

    async fn tokens(&self, endpoint_id: &str, app_version: &str) -> Result<Vec<ListedToken>> {
        let application = application(app_version);
        let values = Values { endpoint_id, application, ..Values::default() };
        answer::read(&self.ask(&self.settings.read, &values).await?, application)
    }

    /// Sends one request and answers the body of a success.
    async fn ask(&self, request: &RequestTemplate, values: &Values<'_>) -> Result<Vec<u8>> {
        let path = template::path(&request.path, values)?;
        let url = Url::parse(&format!("{}{path}", self.base.as_str().trim_end_matches('/'))).ok();
        let (Some(url), Some(method)) = (url, settings::method(&request.method)) else {
            return Err(Error::new(Code::RestFailed, "The request to the hub's REST API cannot be built.")
                .hint("Check the base URL and the path of the request."));
        };
        let mut builder = self.client.request(method, url).header(self.header.clone(), self.key.clone());
        builder = builder.header(ACCEPT, "application/json");
        if !request.body.is_empty() {
            builder = builder.header(CONTENT_TYPE, "application/json").body(template::body(&request.body, values)?);
        }
        let response = builder.send().await.map_err(http::explain)?;
        let status = response.status();
        let body = http::body(response).await?;
        if status.is_success() { Ok(body) } else { Err(self.refused(status, &body)) }
    }

    fn refused(&self, status: StatusCode, body: &[u8]) -> Error {
        let (message, hint) = match status.as_u16() {
            300..=399 => ("The hub's REST API is somewhere else.", text!("Enter the address that it redirects to.")),
            401 | 403 => {
                ("The hub's REST API refused the API key.", text!("Check the key, and that it may manage tokens."))
            }
            404 => (
                "The hub's REST API does not know this endpoint or this request.",
                text!("Check the endpoint id, the base URL and the path of the request."),
            ),
            429 => ("The hub's REST API asks for fewer requests.", text!("Try again later.")),
            500..=599 => ("The hub's REST API has failed.", text!("Try again later.")),
            _ => ("The hub's REST API refused the request.", text!("Check the request in the hub's settings.")),
        };
        let error = Error::new(Code::RestFailed, message).hint(hint).detail(self.words(status, body));
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS { error.retryable() } else { error }
    }

    /// The status and the beginning of what the server said, on one line and without our key.
    fn words(&self, status: StatusCode, body: &[u8]) -> String {
        let text = String::from_utf8_lossy(body).replace(for_connector(&self.api_key), "•");
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_WORDS).collect();
        format!("HTTP {} {text}", status.as_u16()).trim_end().to_owned()
    }
}

fn no_way(from: TokenState) -> Error {
    let word = state::word(from).unwrap_or("in a state that is not known").to_lowercase();
    Error::new(Code::RestFailed, format!("The token is {word} now; that change cannot be asked for."))
        .hint("Read the state again and choose from what is offered.")
}

fn unmoved(state: Option<TokenState>) -> Error {
    let now = match state.and_then(state::word) {
        Some(word) => format!("it says that the token is {}", word.to_lowercase()),
        None => "it does not list the token any more".to_owned(),
    };
    Error::new(Code::RestFailed, format!("The hub took the request, but {now}.")).hint(
        "The request for changes may not be the right one for this hub: compare it with what the hub's own page sends.",
    )
}
