//! ThingsBoard's rules, by vectors computed as its server does.

#![cfg(test)]

use hubscope_hubs::thingsboard::{Presented, answer_to_unknown, check_basic, credentials_id};
use hubscope_model::{MqttVersion, Problem};
use serde_json::Value;

fn vectors(name: &str) -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("fixtures/thingsboard.json")).unwrap();
    let list = vectors[name].as_array().unwrap().clone();
    assert!(!list.is_empty());
    list
}

#[test]
fn credentials_ids() {
    for vector in vectors("mqtt_basic_credentials_id") {
        let text = |name: &str| vector["input"][name].as_str().unwrap();
        let id = credentials_id(text("clientId"), text("userName"));
        assert_eq!(id.ok().as_deref(), vector["expected"]["credentialsId"].as_str(), "{vector}");
    }
}

#[test]
fn combinations_that_the_server_refuses_to_save() {
    for (client_id, user_name, password, problem) in [
        ("c", "", false, None),
        ("", "u", false, None),
        ("", "u", true, None),
        ("c", "u", true, None),
        ("", "", false, Some(Problem::Required)),
        ("c", "", true, Some(Problem::PasswordNeedsUserName)),
        ("", "", true, Some(Problem::PasswordNeedsUserName)),
    ] {
        let found = check_basic(client_id, user_name, password).into_iter().map(|one| one.problem).next();
        assert_eq!(found, problem, "{client_id:?} {user_name:?} {password}");
    }
}

#[test]
fn answers_to_unknown_credentials() {
    for vector in vectors("connack_for_unknown_credentials") {
        let (input, expected) = (&vector["input"], &vector["expected"]);
        let presented = Presented {
            user_name: input["username"].as_str(),
            password: input["password"].is_string(),
            client_id: input["client_id"].as_str().unwrap(),
            certificate: input["x509_presented"].as_bool().unwrap(),
        };
        assert_eq!(u64::from(answer_to_unknown(presented, MqttVersion::V311)), expected["v3.1.1"], "{vector}");
        assert_eq!(u64::from(answer_to_unknown(presented, MqttVersion::V5)), expected["v5"], "{vector}");
    }
}
