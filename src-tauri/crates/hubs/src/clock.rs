//! How far this machine's clock is from a hub's: tokens with an end are refused when it is too far.

use crate::http;
use hubscope_model::{Code, Error, Result, text};
use hubscope_mqtt::Proxy;
use hubscope_pki::Trust;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::DATE;

/// Seconds that Azure IoT Hub forgives (Microsoft, "Understand and resolve Azure IoT Hub errors", 401003).
pub const FORGIVEN: i64 = 300;

/// Seconds by which this machine's clock is ahead of the clock of `host`; negative when it is behind. Taken from the
/// `Date` of an HTTPS answer (RFC 9110 section 6.6.1), whatever the answer says, so to about a second.
///
/// # Errors
/// Connection and TLS errors (a clock that is far off fails there, and those errors name both times); `RestFailed`
/// when the answer has no date.
pub async fn skew(host: &str, port: u16, trust: &Trust, proxy: Option<&Proxy>) -> Result<i64> {
    let host = crate::host::for_network(host);
    let address =
        if host.contains(':') { format!("https://[{host}]:{port}/") } else { format!("https://{host}:{port}/") };
    let client = http::client(trust, proxy)?;
    let asked = Timestamp::now();
    let response = client.head(address).send().await.map_err(http::explain)?;
    let answered = Timestamp::now();
    let date = response.headers().get(DATE).and_then(|value| value.to_str().ok());
    let theirs = date.and_then(|text| rfc2822::parse(text).ok()).ok_or_else(no_date)?.timestamp();
    Ok(between(asked, answered, theirs))
}

/// The answer was made somewhere between both times. A date has whole seconds, cut off: half of one is added.
fn between(asked: Timestamp, answered: Timestamp, theirs: Timestamp) -> i64 {
    let middle = (asked.as_millisecond() + answered.as_millisecond()) / 2;
    (middle - theirs.as_millisecond() - 500).div_euclid(1000)
}

/// The error that names a difference which explains a refusal; none while the hub forgives it.
pub fn explains_refusal(skew: i64) -> Option<Error> {
    if skew.abs() <= FORGIVEN {
        return None;
    }
    let side = if skew > 0 { "ahead of" } else { "behind" };
    Some(
        Error::new(Code::ClockSkew, format!("This machine's clock is {} {side} the hub's.", in_words(skew.abs())))
            .detail(text!("{skew} s; the hub forgives {forgiven} s", skew, forgiven = FORGIVEN))
            .hint("Set this machine's clock, or let the system set it, then connect again."),
    )
}

/// "7 min", "3 h 20 min".
pub(crate) fn in_words(seconds: i64) -> String {
    let minutes = (seconds + 30) / 60;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn no_date() -> Error {
    Error::new(Code::RestFailed, "The hub's HTTPS answer has no date, so the clocks cannot be compared.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_exchange_counts() {
        let at = |millis| Timestamp::from_millisecond(millis).unwrap();
        assert_eq!(between(at(100_000), at(101_000), at(100_000)), 0);
        assert_eq!(between(at(500_000), at(502_000), at(80_000)), 420);
        assert_eq!(between(at(80_000), at(81_000), at(500_000)), -420);
    }

    #[test]
    fn only_what_the_hub_does_not_forgive_is_an_explanation() {
        assert_eq!(explains_refusal(300), None);
        assert_eq!(explains_refusal(-300), None);
        let error = explains_refusal(-420).unwrap();
        assert_eq!(
            (error.code, error.message.as_str()),
            (Code::ClockSkew, "This machine's clock is 7 min behind the hub's.")
        );
        assert_eq!(explains_refusal(12_000).unwrap().message, "This machine's clock is 3 h 20 min ahead of the hub's.");
    }
}
