//! AWS' signatures, by vectors computed with botocore.

#![cfg(test)]

use hubscope_hubs::aws::{AccessKey, custom_authorizer_user_name, websocket_url};
use hubscope_model::Code;
use hubscope_vault::{Secret, for_connector};
use serde_json::Value;
use zeroize::Zeroizing;

fn vectors(name: &str) -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("fixtures/aws.json")).unwrap();
    let list = vectors[name].as_array().unwrap().clone();
    assert!(!list.is_empty());
    list
}

fn secret(text: &str) -> Secret<String> {
    Secret::new(Zeroizing::new(text.to_owned()))
}

#[test]
fn addresses_are_signed_byte_for_byte() {
    for vector in vectors("sigv4_ws") {
        let text = |name: &str| vector["input"][name].as_str();
        let time = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", text("when").unwrap()).unwrap();
        let at = jiff::tz::Offset::UTC.to_timestamp(time).unwrap().as_second();
        let life = u32::try_from(vector["input"]["expires"].as_u64().unwrap()).unwrap();
        let (key, token) = (secret(text("sk").unwrap()), text("token").map(secret));
        let key = AccessKey { id: text("ak").unwrap(), secret: &key, session_token: token.as_ref() };
        let url = websocket_url(text("host").unwrap(), text("region").unwrap(), key, at, life).unwrap();
        assert_eq!(for_connector(&url), vector["expected"]["url"].as_str().unwrap());
    }
}

#[test]
fn a_life_has_bounds() {
    let (key, long) = (secret("k"), 86_401);
    let key = AccessKey { id: "a", secret: &key, session_token: None };
    for life in [0, long] {
        assert_eq!(websocket_url("h", "r", key, 0, life).unwrap_err().code, Code::BadRequest);
    }
}

#[test]
fn user_names_of_custom_authorizers() {
    for vector in vectors("custom_authorizer_username") {
        let text = |name: &str| vector["input"][name].as_str().unwrap();
        let (token, signature) = (secret(text("token")), Some(text("signature_base64")));
        let name =
            custom_authorizer_user_name(text("username"), text("authorizer"), text("token_key"), &token, signature);
        assert_eq!(for_connector(&name), vector["expected"].as_str().unwrap());
        assert!(!format!("{name:?}").contains(text("token")));
    }
}
