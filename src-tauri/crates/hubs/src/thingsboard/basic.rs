//! MQTT basic credentials: which combinations are legal, and under which id the server stores them.

use aws_lc_rs::digest::{SHA3_256, digest};
use hubscope_model::{Error, FieldProblem, Problem, Result};
use std::fmt::Write;

/// What the server refuses to save: neither client id nor user name, or a password without a user name
/// (`DeviceCredentialsServiceImpl.formatSimpleMqttCredentials`). Field names as in a device form.
pub fn check_basic(client_id: &str, user_name: &str, has_password: bool) -> Vec<FieldProblem> {
    let problem = match (client_id.is_empty(), user_name.is_empty()) {
        (_, true) if has_password => Problem::PasswordNeedsUserName,
        (true, true) => Problem::Required,
        _ => return Vec::new(),
    };
    vec![FieldProblem { field: "credential.user_name".to_owned(), problem }]
}

/// The credentials id that the server computes: the user name where it stands alone, else SHA3-256 of
/// `clientId` or `clientId|userName`, in lower-case hex.
///
/// # Errors
/// `InvalidFields` when both are empty.
pub fn credentials_id(client_id: &str, user_name: &str) -> Result<String> {
    match (client_id, user_name) {
        ("", "") => Err(Error::fields(check_basic(client_id, user_name, false))),
        ("", name) => Ok(name.to_owned()),
        (client, "") => Ok(sha3_hex(client)),
        (client, name) => Ok(sha3_hex(&format!("{client}|{name}"))),
    }
}

/// SHA3-256 (FIPS 202), which is not SHA-256.
fn sha3_hex(text: &str) -> String {
    digest(&SHA3_256, text.as_bytes()).as_ref().iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
