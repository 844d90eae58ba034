//! Filling the places of a request template.

use hubscope_model::{Code, Error, Result};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// What the places stand for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Values<'a> {
    pub endpoint_id: &'a str,
    pub application: &'a str,
    /// The hub's id of the token, where it gave one.
    pub token_id: Option<&'a str>,
    pub state: &'a str,
    pub reason: &'a str,
}

/// The places by their names in braces.
const PLACES: [&str; 5] = ["endpoint_id", "application", "token_id", "state", "reason"];

impl Values<'_> {
    fn get(&self, place: &str) -> Option<&str> {
        match place {
            "endpoint_id" => Some(self.endpoint_id),
            "application" => Some(self.application),
            "token_id" => self.token_id,
            "state" => Some(self.state),
            _ => Some(self.reason),
        }
    }
}

/// A path with its places filled, each percent-encoded.
///
/// # Errors
/// `RestFailed` when the template needs the token's id and the hub gave none.
pub fn path(template: &str, values: &Values<'_>) -> Result<String> {
    fill(template, values, |value| utf8_percent_encode(value, NON_ALPHANUMERIC).to_string())
}

/// A JSON body with its places filled; they stand inside of strings.
///
/// # Errors
/// As [`path`].
pub fn body(template: &str, values: &Values<'_>) -> Result<String> {
    fill(template, values, |value| {
        let quoted = serde_json::Value::from(value).to_string();
        quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().to_owned()
    })
}

/// One pass: what a value holds is not filled again, and braces that name no place stay.
fn fill(template: &str, values: &Values<'_>, encode: impl Fn(&str) -> String) -> Result<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(brace) = rest.find('{') {
        let (before, from) = rest.split_at(brace);
        filled.push_str(before);
        let place =
            PLACES.iter().find(|place| from[1..].strip_prefix(**place).is_some_and(|tail| tail.starts_with('}')));
        match place {
            Some(place) => {
                filled.push_str(&encode(values.get(place).ok_or_else(no_token_id)?));
                rest = &from[place.len() + 2..];
            }
            None => {
                filled.push('{');
                rest = &from[1..];
            }
        }
    }
    filled.push_str(rest);
    Ok(filled)
}

fn no_token_id() -> Error {
    Error::new(Code::RestFailed, "The hub did not say which id the token has, and the request needs it.")
        .hint("Take {token_id} out of the hub's request for changes.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: Values<'static> = Values {
        endpoint_id: "a/b c",
        application: "demo",
        token_id: None,
        state: "ACTIVE",
        reason: "say \"{state}\"\n",
    };

    #[test]
    fn paths_are_percent_encoded() {
        assert_eq!(path("/e/{endpoint_id}/x?a={application}", &VALUES).unwrap(), "/e/a%2Fb%20c/x?a=demo");
    }

    #[test]
    fn bodies_stay_json_and_values_are_filled_once() {
        let filled = body(r#"{"status":"{state}","reason":"{reason}","n":{"x":1}}"#, &VALUES).unwrap();
        let json: serde_json::Value = serde_json::from_str(&filled).unwrap();
        assert_eq!(json["status"], "ACTIVE");
        assert_eq!(json["reason"], "say \"{state}\"\n");
        assert_eq!(json["n"]["x"], 1);
    }

    #[test]
    fn a_value_that_begins_with_a_quote_is_kept() {
        let filled = body("\"{reason}\"", &Values { reason: "\"quoted\"", ..VALUES }).unwrap();
        assert_eq!(serde_json::from_str::<String>(&filled).unwrap(), "\"quoted\"");
    }

    #[test]
    fn a_missing_token_id_is_said() {
        assert_eq!(path("/t/{token_id}", &VALUES).unwrap_err().code, Code::RestFailed);
        assert_eq!(path("/t/{token_id}", &Values { token_id: Some("7"), ..VALUES }).unwrap(), "/t/7");
    }
}
