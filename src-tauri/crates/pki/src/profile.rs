//! What all certificates made here have in common. Nothing is left to the library, which would choose badly: its
//! validity spans 1975 to 4096, its serial follows from the key, and its subject names the library.

use hubscope_model::{Code, Error, FieldProblem, Problem, Result, Text, text};
use rcgen::{CertificateParams, DistinguishedName, DnType, SerialNumber};
use rustls::crypto::aws_lc_rs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Seconds.
pub(crate) const DAY: i64 = 24 * 60 * 60;
/// Certificates start this many seconds in the past, for clocks that are behind.
const SKEW: i64 = 5 * 60;
/// A hundred years; longer lives end behind the calendars of devices.
pub const MOST_DAYS: u32 = 36_500;
/// Longest common name of RFC 5280, appendix A (ub-common-name).
pub(crate) const COMMON_NAME_MAX: usize = 64;

/// When a certificate is valid, Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Validity {
    pub not_before: i64,
    pub not_after: i64,
}

impl Validity {
    /// From five minutes ago for `days` days.
    ///
    /// # Errors
    /// `InvalidFields` for no day or more than [`MOST_DAYS`].
    pub fn of_days(days: u32) -> Result<Self> {
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(field(
                "days",
                Problem::OutOfRange,
                format!("A certificate cannot be valid for {days} days."),
                text!("Give a number of days from 1 to {most}.", most = MOST_DAYS),
            ));
        }
        let not_before = now() - SKEW;
        Ok(Self { not_before, not_after: not_before + i64::from(days) * DAY })
    }
}

pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Parameters with name, validity and serial; the rest says what the certificate is for.
pub(crate) fn params(common_name: &str, validity: Validity) -> Result<CertificateParams> {
    let mut params = CertificateParams::default();
    params.distinguished_name = subject(common_name);
    params.not_before = time(validity.not_before).into();
    params.not_after = time(validity.not_after).into();
    params.serial_number = Some(serial()?);
    Ok(params)
}

pub(crate) fn subject(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    name
}

pub(crate) fn time(unix: i64) -> SystemTime {
    let distance = Duration::from_secs(unix.unsigned_abs());
    if unix < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance }
}

/// A name that a certificate can carry: one to 64 characters, no control characters.
///
/// # Errors
/// `InvalidFields`.
pub(crate) fn checked_name(common_name: &str) -> Result<&str> {
    let characters = common_name.chars().count();
    if common_name.trim().is_empty() {
        let message = "A certificate needs a common name.".to_owned();
        return Err(field(
            "common_name",
            Problem::Required,
            message,
            text!("Give the id of the device or the CA's name."),
        ));
    }
    if characters > COMMON_NAME_MAX {
        return Err(field(
            "common_name",
            Problem::TooLong,
            format!("The common name has {characters} characters."),
            text!("A certificate's common name has at most 64. Use a shorter id, or a thumbprint instead of a CA."),
        ));
    }
    if common_name.chars().any(char::is_control) {
        let message = "The common name holds a line break or another control character.".to_owned();
        return Err(field("common_name", Problem::ControlCharacter, message, text!("Type the name again.")));
    }
    Ok(common_name)
}

pub(crate) fn field(field: &str, problem: Problem, message: String, hint: Text) -> Error {
    let mut error = Error::fields(vec![FieldProblem { field: field.to_owned(), problem }]);
    error.message = message;
    error.hint(hint)
}

/// 126 random bits: positive, never zero, never longer than the 20 octets of RFC 5280, section 4.1.2.2.
fn serial() -> Result<SerialNumber> {
    let mut bytes = random::<16>()?;
    bytes[0] = (bytes[0] & 0x7f) | 0x40;
    Ok(SerialNumber::from_slice(&bytes))
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0u8; N];
    aws_lc_rs::default_provider()
        .secure_random
        .fill(&mut bytes)
        .map_err(|_| Error::new(Code::Internal, "The system gives no random bytes."))?;
    Ok(bytes)
}

pub(crate) fn failed(error: impl std::fmt::Display) -> Error {
    Error::new(Code::Internal, "A certificate could not be made.").detail(error.to_string())
}

/// The day in UTC, as an error names it.
pub(crate) fn date(unix: i64) -> String {
    jiff::Timestamp::from_second(unix).map_or_else(|_| unix.to_string(), |time| time.strftime("%Y-%m-%d").to_string())
}
