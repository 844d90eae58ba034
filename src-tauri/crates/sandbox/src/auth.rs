//! Who may connect: the tokens of the simulated devices.

use rand::Rng;
use rand::distr::Alphanumeric;
use subtle::{Choice, ConstantTimeEq};

/// Characters of a token: 20 of 62 letters and digits, 119 bits.
pub(crate) const TOKEN_LENGTH: usize = 20;

/// Why a login was refused, in the distinction that a hub makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoginProblem {
    /// No credentials, or an unknown token: CONNACK 5, 0x87 in MQTT 5.
    NotAuthorised,
    /// A password came along and the pair is wrong: CONNACK 4, 0x86 in MQTT 5.
    BadUserNameOrPassword,
}

/// The devices that the hub knows, with their tokens.
pub(crate) struct Directory {
    devices: Vec<(String, String)>,
}

impl Directory {
    /// Pairs of device id and token.
    pub fn new(devices: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { devices: devices.into_iter().collect() }
    }

    /// Checks a login and says whose it is: the token as user name without (or with an empty) password, or the
    /// device id as user name with the token as password. Takes the same time whatever was sent.
    pub fn login(&self, user_name: Option<&str>, password: Option<&[u8]>) -> Result<&str, LoginProblem> {
        let user_name = user_name.unwrap_or_default().as_bytes();
        let password = password.unwrap_or_default();
        let mut found = None;
        for (id, token) in &self.devices {
            let by_token = user_name.ct_eq(token.as_bytes()) & password.ct_eq(b"");
            let by_pair: Choice = user_name.ct_eq(id.as_bytes()) & password.ct_eq(token.as_bytes());
            if (by_token | by_pair).into() {
                found = Some(id.as_str());
            }
        }
        found.ok_or(match password {
            [] => LoginProblem::NotAuthorised,
            _ => LoginProblem::BadUserNameOrPassword,
        })
    }
}

/// A token for one run of the sandbox.
pub(crate) fn new_token(random: &mut impl Rng) -> String {
    random.sample_iter(Alphanumeric).take(TOKEN_LENGTH).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn logins() {
        let directory = Directory::new([("d1".into(), "token1".into()), ("d2".into(), "token2".into())]);
        let login = |user, password: Option<&str>| directory.login(user, password.map(str::as_bytes));
        assert_eq!(login(Some("token1"), None), Ok("d1"));
        assert_eq!(login(Some("token2"), Some("")), Ok("d2"));
        assert_eq!(login(Some("d2"), Some("token2")), Ok("d2"));
        assert_eq!(login(None, None), Err(LoginProblem::NotAuthorised));
        assert_eq!(login(Some(""), None), Err(LoginProblem::NotAuthorised));
        assert_eq!(login(Some("token"), None), Err(LoginProblem::NotAuthorised));
        assert_eq!(login(Some("d1"), None), Err(LoginProblem::NotAuthorised));
        assert_eq!(login(Some("d1"), Some("token2")), Err(LoginProblem::BadUserNameOrPassword));
        assert_eq!(login(Some("token1"), Some("x")), Err(LoginProblem::BadUserNameOrPassword));
        assert_eq!(login(None, Some("token1")), Err(LoginProblem::BadUserNameOrPassword));
    }

    #[test]
    fn tokens_are_long_plain_and_different() {
        let mut random = StdRng::from_os_rng();
        let (one, other) = (new_token(&mut random), new_token(&mut random));
        assert_ne!(one, other);
        assert_eq!(one.len(), TOKEN_LENGTH);
        assert!(one.chars().all(|c| c.is_ascii_alphanumeric()));
    }
}
