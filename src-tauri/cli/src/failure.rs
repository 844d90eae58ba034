//! How the command line ends when something went wrong.

use crate::escape::escape;
use hubscope_model::{Code, Error};
use std::process::ExitCode;

/// Exit codes that scripts rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Usage = 1,
    NotConnected = 2,
    Refused = 3,
    Lost = 4,
}

/// An error with the exit code that it becomes.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    pub error: Error,
}

impl Failure {
    /// Something in what the user gave: arguments, files, standard input or output.
    pub fn usage(error: Error) -> Self {
        Self { exit: Exit::Usage, error }
    }

    /// The end of a session; `was_online` tells a lost connection from one that never was.
    pub fn session(error: Error, was_online: bool) -> Self {
        let exit = match error.code {
            _ if was_online => Exit::Lost,
            Code::ProtocolVersionRefused
            | Code::ClientIdRefused
            | Code::BadUserNameOrPassword
            | Code::NotAuthorised
            | Code::ServerUnavailable
            | Code::Refused => Exit::Refused,
            _ => Exit::NotConnected,
        };
        Self { exit, error }
    }

    /// The server said no to a subscription or a publish.
    pub fn refused(error: Error) -> Self {
        Self { exit: Exit::Refused, error }
    }

    /// Says on standard error what happened, why, and what to do next. The texts may be a server's.
    pub fn report(self) -> ExitCode {
        let Error { message, detail, hint, .. } = self.error;
        eprintln!("hubscope-cli: {}", escape(&message));
        if let Some(detail) = detail {
            eprintln!("  why: {}", escape(&detail.to_string()));
        }
        if let Some(hint) = hint {
            eprintln!("  next: {}", escape(&hint.to_string()));
        }
        ExitCode::from(self.exit as u8)
    }
}
