//! What goes over the socket.
//!
//! From the page: `{"token"}` first, then `{"id", "name", "request"}`. To the page: `{"id", "ok"}`, `{"id", "error"}`,
//! `{"tick"}`, and for bytes a binary frame of the id (four bytes, little endian) and the bytes.

use axum::extract::ws::Message;
use hubscope_model::{Error, Reply, Result, Tick};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// First frame of a page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Greeting {
    pub token: String,
}

/// A call of the command table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub id: u32,
    pub name: String,
    pub request: Value,
}

#[derive(Serialize)]
struct Failed<'a> {
    id: u32,
    error: &'a Error,
}

#[derive(Serialize)]
struct Ticked<'a> {
    tick: &'a Tick,
}

/// The frame that answers call `id`.
pub fn answer(id: u32, reply: Result<Reply>) -> Message {
    match reply {
        // The engine's JSON goes out as it is.
        Ok(Reply::Json(json)) => Message::text(format!(r#"{{"id":{id},"ok":{json}}}"#)),
        Ok(Reply::Bytes(bytes)) => Message::binary([&id.to_le_bytes(), bytes.as_slice()].concat()),
        Err(error) => text(&Failed { id, error: &error }),
    }
}

/// The frame of a tick.
pub fn tick(tick: &Tick) -> Message {
    text(&Ticked { tick })
}

/// These types have string keys and finite numbers only, so they can always be written.
fn text(frame: &impl Serialize) -> Message {
    Message::text(serde_json::to_string(frame).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubscope_model::Code;

    #[test]
    fn answers_have_their_three_shapes() {
        let json = answer(7, Ok(Reply::Json(r#"{"a":1}"#.into())));
        assert_eq!(json, Message::text(r#"{"id":7,"ok":{"a":1}}"#));
        let bytes = answer(258, Ok(Reply::Bytes(vec![9, 8])));
        assert_eq!(bytes, Message::binary(vec![2, 1, 0, 0, 9, 8]));
        let Message::Text(error) = answer(1, Err(Error::new(Code::Gone, "Gone."))) else { panic!("text expected") };
        let error: Value = serde_json::from_str(&error).unwrap();
        assert_eq!((error["id"].as_u64(), error["error"]["code"].as_str()), (Some(1), Some("gone")));
    }
}
