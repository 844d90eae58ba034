use super::*;
use PreviewKind::{Binary, Key, Literal, Number, Plain, Text};
use proptest::prelude::*;
use serde_json::Value;

fn shown(payload: &[u8], characters: usize) -> (Vec<(PreviewKind, String)>, bool) {
    let head = &payload[..payload.len().min(head_bytes(characters))];
    let (pieces, cut) = preview(head, head.len() == payload.len(), characters);
    (pieces.into_iter().map(|piece| (piece.kind, piece.text)).collect(), cut)
}

fn piece(kind: PreviewKind, text: &str) -> (PreviewKind, String) {
    (kind, text.to_owned())
}

#[test]
fn json_loses_its_punctuation() {
    assert_eq!(
        shown(br#"{"temperature": 25.9, "humidity":52.1}"#, 100),
        (vec![piece(Key, "temperature"), piece(Number, "25.9"), piece(Key, "humidity"), piece(Number, "52.1")], false)
    );
    let nested = shown(br#"{"a":{"b":[1,-2e3,null]},"s":"x\"\u00e9\ud83d\ude00","e":{},"t":true}"#, 100).0;
    let kinds = [Key, Key, Number, Number, Literal, Key, Text, Key, Key, Literal];
    let texts = ["a", "b", "1", "-2e3", "null", "s", "x\"é😀", "e", "t", "true"];
    assert_eq!(nested, kinds.into_iter().zip(texts).map(|(kind, text)| piece(kind, text)).collect::<Vec<_>>());
    assert_eq!(shown(b" 21.5\n", 10), (vec![piece(Number, "21.5")], false));
    assert_eq!(shown(b"\"on\"", 10), (vec![piece(Text, "on")], false));
}

#[test]
fn what_is_not_quite_json_is_text() {
    for text in ["{a:1}", "{\"a\":1", "[1,]", "{\"a\" 1}", "01", "1 2", "truex", "\"a", "{\"a\":\"\\x\"}", "-", "[1}"] {
        assert_eq!(shown(text.as_bytes(), 100), (vec![piece(Plain, text)], false), "{text}");
    }
    assert_eq!(shown(b"", 100), (vec![], false));
    assert_eq!(shown(b"{}", 100), (vec![piece(Plain, "{}")], false));
    assert_eq!(shown("grüße\u{202e}\u{7}".as_bytes(), 100), (vec![piece(Plain, "grüße\u{202e}\u{7}")], false));
}

#[test]
fn bytes_are_hex() {
    assert_eq!(shown(&[0, 255, 0x1b], 100), (vec![piece(Binary, "00 ff 1b")], false));
    assert_eq!(shown(&[0xff; 1000], 8), (vec![piece(Binary, "ff ff ff")], true));
}

#[test]
fn the_cut_is_exact_and_said() {
    assert_eq!(shown("äöü".as_bytes(), 3), (vec![piece(Plain, "äöü")], false));
    assert_eq!(shown("äöü".as_bytes(), 2), (vec![piece(Plain, "äö")], true));
    let json = br#"{"key":"value","more":1}"#;
    assert_eq!(shown(json, 9), (vec![piece(Key, "key"), piece(Text, "value")], true));
    assert_eq!(shown(json, 6), (vec![piece(Key, "key"), piece(Text, "va")], true));
    assert_eq!(shown(json, 4), (vec![piece(Key, "key")], true));
    let long = format!("{{\"text\":\"{}\"}}", "é".repeat(100_000));
    assert_eq!(shown(long.as_bytes(), 8), (vec![piece(Key, "text"), piece(Text, "ééé")], true));
    let list = format!("[{}1]", "1,".repeat(100_000));
    let (pieces, cut) = shown(list.as_bytes(), 400);
    assert!(cut && pieces.len() == 134 && pieces.iter().all(|piece| piece.0 == Number));
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9f64).prop_map(Value::from),
        "[\\PC\\n\"\\\\]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 30, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(("[a-z\"é]{0,4}", inner), 0..5).prop_map(|pairs| pairs.into_iter().collect()),
        ]
    })
}

/// The pieces of a value, found the slow way.
fn flatten(value: &Value, to: &mut Vec<(PreviewKind, String)>) {
    match value {
        Value::Null | Value::Bool(_) => to.push(piece(Literal, &value.to_string())),
        Value::Number(number) => to.push(piece(Number, &number.to_string())),
        Value::String(text) => to.push(piece(Text, text)),
        Value::Array(values) => values.iter().for_each(|value| flatten(value, to)),
        Value::Object(pairs) => pairs.iter().for_each(|(key, value)| {
            to.push(piece(Key, key));
            flatten(value, to);
        }),
    }
}

proptest! {
    #[test]
    fn json_gives_all_its_keys_and_values(value in json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        let mut expected = Vec::new();
        flatten(&value, &mut expected);
        if expected.is_empty() {
            expected.push(piece(Plain, &text));
        }
        let (pieces, cut) = preview(text.as_bytes(), true, 10_000);
        let pieces: Vec<_> = pieces.into_iter().map(|piece| (piece.kind, piece.text)).collect();
        prop_assert_eq!(pieces, expected);
        prop_assert!(!cut);
    }

    #[test]
    fn broken_json_is_text_and_a_cut_head_is_what_fits(value in json(), at in any::<prop::sample::Index>()) {
        let text = serde_json::to_string(&value).unwrap();
        let head = &text.as_bytes()[..at.index(text.len())];
        let (broken, _) = preview(head, true, 10_000);
        prop_assert!(serde_json::from_slice::<Value>(head).is_ok() || broken.iter().all(|piece| matches!(piece.kind, Plain | Binary)));
        let (_, cut) = preview(head, false, 10_000);
        prop_assert!(cut);
    }

    #[test]
    fn any_bytes_give_a_bounded_preview(bytes in prop::collection::vec(any::<u8>(), 0..300), characters in 0usize..50, whole in any::<bool>()) {
        let (pieces, cut) = preview(&bytes, whole, characters);
        let length: usize = pieces.iter().map(|piece| piece.text.chars().count()).sum();
        prop_assert!(length <= characters);
        prop_assert!(cut || whole);
    }
}
