//! Kaa's topics and token states, by vectors made from the vendor's papers and clients.

#![cfg(test)]

use hubscope_hubs::kaa::{application, settings, state, topic};
use hubscope_model::{Code, Problem, TokenMove, TokenState};
use proptest::prelude::*;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("fixtures/kaa.json")).unwrap()
}

fn list(name: &str) -> Vec<Value> {
    let list = vectors()[name].as_array().unwrap().clone();
    assert!(!list.is_empty(), "{name}");
    list
}

#[test]
fn topics_are_built() {
    for vector in list("build") {
        let part = |at: usize| vector["input"][at].as_str().unwrap();
        let built = topic::build(part(0), part(1), part(2), part(3), vector["input"][4].as_u64());
        assert_eq!(built.unwrap(), vector["expected"].as_str().unwrap());
    }
}

#[test]
fn topics_are_taken_apart() {
    for vector in list("parse") {
        let (text, expected) = (vector["input"].as_str().unwrap(), &vector["expected"]);
        let Ok(parsed) = topic::parse(text) else {
            assert!(expected["error"].is_string(), "{text}");
            continue;
        };
        assert_eq!(parsed.app_version, expected["app_version"], "{text}");
        assert_eq!(parsed.service, expected["extension"], "{text}");
        assert_eq!(parsed.token, expected["token"], "{text}");
        assert_eq!(parsed.path, expected["path"], "{text}");
        assert_eq!(parsed.request_id, expected["request_id"].as_u64(), "{text}");
        assert_eq!(parsed.response.map(topic::Response::word), expected["response"].as_str(), "{text}");
    }
}

#[test]
fn what_no_topic_can_hold_is_refused() {
    for (app, service, token, path, id) in [
        ("", "dcx", "t", "json", None),
        ("a/b", "dcx", "t", "json", None),
        ("a", "dcx", "", "json", None),
        ("a", "dcx", "t+", "json", None),
        ("a", "dcx", "t", "", None),
        ("a", "dcx", "t", "json//x", None),
        ("a", "dcx", "t", "json/#", None),
        ("a", "dcx", "t", "json", Some(0)),
        // An all-digit name cannot be told from a request id.
        ("a", "cex", "t", "command/17", None),
        ("a", "cmx", "t", "config/json/3", Some(1)),
    ] {
        assert_eq!(topic::build(app, service, token, path, id).unwrap_err().code, Code::InvalidTopic, "{path}");
    }
}

#[test]
fn a_token_is_not_printed() {
    let parsed = topic::parse("kp1/demo-v1/dcx/S3cretToken/json/42/status").unwrap();
    assert!(!format!("{parsed:?}").contains("S3cret"));
    let error = topic::parse("kp2/demo-v1/dcx/S3cretToken/json").unwrap_err();
    assert!(!format!("{error:?}").contains("S3cret"));
}

#[test]
fn what_is_stored_leaves_the_token_open_and_is_legal() {
    assert_eq!(topic::telemetry("demo-v1"), "kp1/demo-v1/dcx/{token}/json");
    let filters = topic::filters("demo-v1");
    for (topic, wanted) in [
        ("kp1/demo-v1/dcx/{token}/json/42/status", true),
        ("kp1/demo-v1/cex/{token}/command/reboot/status", true),
        ("kp1/demo-v1/cmx/{token}/config/json/status", true),
        ("kp1/demo-v1/dcx/{token}/json/42", false),
        ("kp1/other-v1/dcx/{token}/json/42/status", false),
    ] {
        let found = filters.iter().any(|filter| hubscope_model::topic::matches(filter, topic));
        assert_eq!(found, wanted, "{topic}");
    }
    assert!(filters.iter().all(|filter| hubscope_model::topic::validate_filter(filter).is_ok()));
}

#[test]
fn an_application_is_the_version_s_first_part() {
    assert_eq!(application("c9k2m4d8q-v1"), "c9k2m4d8q");
    assert_eq!(application("smart-farm-v12"), "smart-farm");
    assert_eq!(application("plain"), "plain");
}

/// Kaa's own words; what is written behind a state in brackets happens by itself.
#[test]
fn documented_moves_are_offered_as_such_and_one_as_a_try() {
    let documented = vectors()["token_state_transitions_documented"].clone();
    for (from, targets) in documented.as_object().unwrap() {
        let expected: Vec<TokenState> =
            targets.as_array().unwrap().iter().map(|to| state::parse(to.as_str().unwrap())).collect();
        let asked: Vec<_> = expected.into_iter().filter(|to| *to != TokenState::Unknown).collect();
        let moves = state::moves(state::parse(from));
        let offered: Vec<_> = moves.iter().filter(|one| one.documented).map(|one| one.to).collect();
        assert_eq!(offered, asked, "{from}");
    }
    let tried = TokenMove { to: TokenState::Revoked, documented: false };
    assert_eq!(state::moves(TokenState::Suspended).last(), Some(&tried));
    for nowhere in [TokenState::Unused, TokenState::Revoked, TokenState::Unknown] {
        assert!(state::moves(nowhere).is_empty());
    }
}

#[test]
fn words_of_the_hub_in_any_case() {
    for state in [TokenState::Unused, TokenState::Active, TokenState::Suspended, TokenState::Revoked] {
        let word = state::word(state).unwrap();
        assert_eq!(state::parse(word), state);
        assert_eq!(state::parse(&word.to_lowercase()), state);
    }
    assert_eq!(state::parse("PAUSED"), TokenState::Unknown);
    assert_eq!(state::word(TokenState::Expired), None);
}

#[test]
fn settings_of_the_rest_api_are_checked() {
    let problems = |change: fn(&mut hubscope_model::KaaRest)| {
        let mut rest = settings::default_rest("https://cloud.kaaiot.com");
        change(&mut rest);
        settings::check(&rest).into_iter().map(|one| (one.field, one.problem)).collect::<Vec<_>>()
    };
    let one = |field: &str, problem| vec![(format!("details.kaa.{field}"), problem)];
    assert_eq!(problems(|_| {}), []);
    assert_eq!(problems(|rest| rest.base_url.clear()), []);
    assert_eq!(problems(|rest| rest.base_url = "http://127.0.0.1:8080/api".into()), []);
    assert_eq!(problems(|rest| rest.base_url = "http://kaa.example".into()), one("base_url", Problem::NeedsTls));
    for bad in ["kaa.example", "ftp://kaa.example", "https://u:p@kaa.example", "https://kaa.example/?key=1"] {
        let mut rest = settings::default_rest(bad);
        rest.header = "X-Api-Key".into();
        assert_eq!(settings::check(&rest)[0].problem, Problem::NotAUrl, "{bad}");
    }
    assert_eq!(problems(|rest| rest.header = "Host".into()), one("header", Problem::OutOfRange));
    assert_eq!(problems(|rest| rest.header = "a b".into()), one("header", Problem::OutOfRange));
    assert_eq!(problems(|rest| rest.read.method = "FETCH".into()), one("read.method", Problem::OutOfRange));
    assert_eq!(problems(|rest| rest.change.path = "@evil.example/".into()), one("change.path", Problem::NotAUrl));
    assert_eq!(problems(|rest| rest.change.body = "{status}".into()), one("change.body", Problem::NotJson));
}

proptest! {
    #[test]
    fn what_is_built_is_parsed_again(
        app in "[a-z0-9-]{1,12}", service in "[a-z_]{1,8}", token in "[A-Za-z0-9]{1,20}",
        path in "[a-z]{1,6}(/[a-z_]{1,6}){0,2}", id in proptest::option::of(1u64..1_000_000),
    ) {
        prop_assume!(!path.ends_with("/status") && !path.ends_with("/error"));
        let built = topic::build(&app, &service, &token, &path, id).unwrap();
        let parsed = topic::parse(&built).unwrap();
        prop_assert_eq!((parsed.app_version, parsed.service, parsed.token), (app.as_str(), service.as_str(), token.as_str()));
        prop_assert_eq!((parsed.path, parsed.request_id, parsed.response), (path.as_str(), id, None));
    }

    #[test]
    fn any_topic_is_answered(text in "(kp1/)?.{0,60}") {
        let _ = topic::parse(&text);
    }
}
