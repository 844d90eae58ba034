//! `sas`: makes a shared access signature, or says what one holds.

use crate::args::{SasArgs, SasCommand, SasDecodeArgs, SasMakeArgs};
use crate::failure::Failure;
use crate::{output, source};
use hubscope_hubs::azure::connection_string::{self, ConnectionString, Proof, Subject};
use hubscope_hubs::azure::sas;
use hubscope_model::{Code, DecodedSas, Error, SasSignature};
use hubscope_vault::{Secret, to_terminal};
use jiff::Timestamp;
use serde::Serialize;

/// Seconds; ten years.
const LONGEST: i64 = 10 * 365 * 86_400;

pub fn run(args: SasArgs) -> Result<(), Failure> {
    match args.command {
        Some(SasCommand::Decode(args)) => decode(args),
        None => make(args.make),
    }
}

/// Prints the token alone, so that it can be used in a command.
fn make(args: SasMakeArgs) -> Result<(), Failure> {
    let text = source::connection_string(args.source)?;
    let string = connection_string::parse(&text).map_err(Failure::usage)?;
    let resource = match (&args.device, &string.subject) {
        (Some(device), Subject::Policy(_)) => sas::device_resource(&string.host, device),
        (Some(_), _) => {
            return Err(Failure::usage(
                Error::new(Code::BadRequest, "The connection string names its device already.")
                    .hint("Leave --device out, or give a shared access policy's connection string."),
            ));
        }
        (None, _) => resource(&string),
    };
    let policy = args.policy.as_deref().or(match &string.subject {
        Subject::Policy(name) => Some(name.as_str()),
        _ => None,
    });
    let expiry = args.expiry.unwrap_or_else(|| Timestamp::now().as_second() + args.duration);
    let token = sas::make(&resource, key(&string)?, expiry, policy).map_err(Failure::usage)?;
    output::line(&to_terminal(&token))
}

/// What the connection string's own token would open.
fn resource(string: &ConnectionString) -> String {
    match &string.subject {
        Subject::Device(device) => sas::device_resource(&string.host, device),
        Subject::Module(device, module) => sas::device_resource(&string.host, &format!("{device}/{module}")),
        Subject::Policy(_) => string.host.clone(),
    }
}

fn key(string: &ConnectionString) -> Result<&Secret<String>, Failure> {
    match &string.proof {
        Proof::Key(key) => Ok(key),
        Proof::Token(_) | Proof::X509 => Err(Failure::usage(
            Error::new(Code::SecretMissing, "The connection string holds no key to sign with.")
                .hint("Give one with SharedAccessKey."),
        )),
    }
}

/// What is printed of a token.
#[derive(Serialize)]
struct Decoded {
    #[serde(flatten)]
    decoded: DecodedSas,
    /// The expiry as RFC 3339 in UTC; none when it is beyond the calendar.
    expires: Option<String>,
}

fn decode(args: SasDecodeArgs) -> Result<(), Failure> {
    let text = source::token(args.token, args.token_file.as_deref())?;
    let token = sas::decode(&text).map_err(Failure::usage)?;
    let string = source::connection_string_if_given(args.source)?
        .map(|text| connection_string::parse(&text).map_err(Failure::usage))
        .transpose()?;
    let signature = match &string {
        None => SasSignature::NotChecked,
        Some(string) if sas::is_signed_by(&token, key(string)?) => SasSignature::Key,
        Some(_) => SasSignature::Wrong,
    };
    let time = Timestamp::from_second(token.expiry).ok();
    let answer = Decoded {
        decoded: DecodedSas {
            masked: sas::masked(&text),
            expired: token.expiry <= Timestamp::now().as_second(),
            resource_fits: string.as_ref().map(|string| sas::covers(&token, &resource(string))),
            signature,
            resource: token.resource,
            expiry: token.expiry,
            policy: token.policy,
        },
        expires: time.map(|time| time.to_string()),
    };
    output::answer(args.json, &answer, &facts(&answer))
}

fn facts(answer: &Decoded) -> Vec<(&'static str, String)> {
    let Decoded { decoded, expires } = answer;
    let ended = if decoded.expired { " (ended)" } else { "" };
    let mut facts = vec![
        ("resource", decoded.resource.clone()),
        ("expires", format!("{}{ended}", expires.clone().unwrap_or_else(|| decoded.expiry.to_string()))),
        ("policy", decoded.policy.clone().unwrap_or_else(|| "none".to_owned())),
    ];
    if let Some(fits) = decoded.resource_fits {
        let fits = if fits { "opens what the connection string names" } else { "does not open it" };
        facts.push(("resource check", fits.to_owned()));
    }
    let signature = match decoded.signature {
        SasSignature::NotChecked => "not checked",
        SasSignature::Wrong => "made with another key",
        _ => "made with this key",
    };
    facts.push(("signature", signature.to_owned()));
    facts
}

/// `90s`, `15m`, `1h`, `7d`, or seconds alone.
pub fn seconds(text: &str) -> Result<i64, String> {
    let (number, unit) = text.split_at(text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len());
    let factor = match unit {
        "" | "s" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err("a duration is a number with s, m, h or d, such as 90s, 15m, 1h or 7d".into()),
    };
    let number: i64 = number.trim().parse().map_err(|_| "a duration begins with a whole number".to_owned())?;
    number
        .checked_mul(factor)
        .filter(|seconds| (1..=LONGEST).contains(seconds))
        .ok_or_else(|| "a duration is between one second and ten years".to_owned())
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn durations() {
        for (text, expected) in [("90", 90), ("90s", 90), ("15m", 900), ("1h", 3600), ("7d", 604_800)] {
            assert_eq!(seconds(text), Ok(expected), "{text}");
        }
        for text in ["", "0", "-1h", "1.5h", "1w", "h", "9999999d", "99999999999999999999s"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
