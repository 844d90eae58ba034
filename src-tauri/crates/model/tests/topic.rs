//! The topic matcher and validator against facts that were checked with other implementations.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use hubscope_model::topic::{matches, validate_filter, validate_name};
use serde_json::Value;

fn vectors(key: &str) -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("../../../../tests/fixtures/mqtt_vectors.json")).unwrap();
    let list = vectors[key].as_array().unwrap().clone();
    assert!(!list.is_empty());
    list
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap()
}

#[test]
fn filters_match_the_topics_they_should() {
    for vector in vectors("topic_match") {
        let (filter, topic) = (text(&vector, "filter"), text(&vector, "topic"));
        assert_eq!(Some(matches(filter, topic)), vector["expected"].as_bool(), "{filter} {topic}");
        let shared = format!("$share/group/{filter}");
        assert_eq!(Some(matches(&shared, topic)), vector["expected"].as_bool(), "{shared} {topic}");
    }
}

#[test]
fn filters_are_legal_or_not() {
    for vector in vectors("filter_validity") {
        let filter = text(&vector, "filter");
        assert_eq!(Some(validate_filter(filter).is_ok()), vector["valid"].as_bool(), "{filter:?}");
    }
    assert!(validate_filter(&"a".repeat(65_535)).is_ok());
    assert!(validate_filter(&"ü".repeat(32_768)).is_err(), "65,536 bytes");
}

#[test]
fn topic_names_are_legal_or_not() {
    for vector in vectors("topic_name_validity") {
        let topic = text(&vector, "topic");
        assert_eq!(Some(validate_name(topic).is_ok()), vector["valid"].as_bool(), "{topic:?}");
    }
    assert!(validate_name(&"a".repeat(65_536)).is_err());
}
