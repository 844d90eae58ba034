//! Refusals of CONNECT that both protocol versions know, in the same words.

use super::Failure;
use hubscope_model::{Code, Error, text};

pub(super) fn version(refused: &str, other: &str) -> Failure {
    let words = format!("The broker does not accept {refused}.");
    Failure::fatal(Error::new(Code::ProtocolVersionRefused, words).hint(text!("Try {other}.", other)))
}

pub(super) fn client_id() -> Failure {
    Failure::fatal(
        Error::new(Code::ClientIdRefused, "The broker refused the client id.")
            .hint("It may be too long, hold characters that the broker does not allow, or be reserved."),
    )
}

pub(super) fn user_name_or_password() -> Failure {
    Failure::fatal(
        Error::new(Code::BadUserNameOrPassword, "The broker refused the user name or password.")
            .hint("Check the credential of the device."),
    )
}

pub(super) fn not_authorised() -> Failure {
    Failure::fatal(
        Error::new(Code::NotAuthorised, "The broker does not let this client in.")
            .hint("Check user name, password or token; many brokers answer a wrong password so."),
    )
}

pub(super) fn unavailable() -> Failure {
    Failure::passing(
        Error::new(Code::ServerUnavailable, "The broker is up, but its MQTT service is not available.")
            .hint("Try again later."),
    )
}
