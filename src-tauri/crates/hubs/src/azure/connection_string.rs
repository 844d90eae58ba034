//! Connection strings: `HostName=…;DeviceId=…;SharedAccessKey=…` of a device, with `ModuleId=…` of a module, and
//! `HostName=…;SharedAccessKeyName=…;SharedAccessKey=…` of a shared access policy. The rules are those of Microsoft's
//! Python SDK, except that spaces around keys and one semicolon at the end are forgiven: people paste those.

use super::names::{device_and_module, is_device_id};
use super::{key, sas};
use crate::{Secrets, host};
use hubscope_model::{Code, Credential, Device, Error, Hub, KeyChoice, Result, SecretField, text};
use hubscope_vault::{Secret, for_connector};
use zeroize::Zeroizing;

/// The keys, letter for letter.
const KEYS: [&str; 8] = [
    "HostName",
    "DeviceId",
    "ModuleId",
    "SharedAccessKeyName",
    "SharedAccessKey",
    "SharedAccessSignature",
    "GatewayHostName",
    "x509",
];

/// What a connection string says.
#[derive(Debug)]
pub struct ConnectionString {
    /// The hub's own name.
    pub host: String,
    /// An edge gateway to connect to in the hub's place.
    pub gateway: Option<String>,
    pub subject: Subject,
    pub proof: Proof,
    /// Spaces or a last semicolon were dropped.
    pub trimmed: bool,
}

/// Whom it speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Device(String),
    /// Device id and module id.
    Module(String, String),
    /// A shared access policy of the hub, by name.
    Policy(String),
}

/// How it proves that.
#[derive(Debug)]
pub enum Proof {
    /// Base64.
    Key(Secret<String>),
    /// A ready-made SAS token.
    Token(Secret<String>),
    /// A client certificate, which is not in the string.
    X509,
}

/// Reads a connection string.
///
/// # Errors
/// `EventHubsConnectionString`; `InvalidKey`; `InvalidSasToken`; else `InvalidConnectionString` with what is wrong in
/// the sentence. No error repeats a value.
pub fn parse(text: &str) -> Result<ConnectionString> {
    let text = text.trim();
    if text.to_ascii_lowercase().starts_with("endpoint=sb://") {
        return Err(Error::new(
            Code::EventHubsConnectionString,
            "This is a connection string of Event Hubs, not of an IoT hub or a device.",
        )
        .hint("Take the device's primary connection string, or that of a shared access policy of the IoT hub."));
    }
    let fields = Fields::read(text)?;
    fields.check_combination()?;
    let host_name = fields.needed("HostName")?;
    let gateway = fields.get("GatewayHostName");
    for name in [Some(host_name), gateway].into_iter().flatten() {
        if host::problem(name).is_some() {
            return Err(invalid("A host name in this connection string is not one.")
                .hint("HostName is the hub's name alone, such as contoso.azure-devices.net."));
        }
    }
    Ok(ConnectionString {
        host: host_name.to_owned(),
        gateway: gateway.map(str::to_owned),
        subject: fields.subject()?,
        proof: fields.proof()?,
        trimmed: fields.trimmed,
    })
}

/// The connection string of a device of the workspace, with the key that `choice` names.
///
/// # Errors
/// `SecretMissing`, or `BadRequest` for a credential that has no connection string.
pub fn of_device(hub: &Hub, device: &Device, secrets: &Secrets, choice: KeyChoice) -> Result<Secret<String>> {
    let (name, field) = match (&device.credential, choice) {
        (Credential::SharedAccessKey { .. }, KeyChoice::Primary) => ("SharedAccessKey", SecretField::PrimaryKey),
        (Credential::SharedAccessKey { .. }, KeyChoice::Secondary) => ("SharedAccessKey", SecretField::SecondaryKey),
        (Credential::SasToken, _) => ("SharedAccessSignature", SecretField::Token),
        (Credential::X509 { .. }, _) => return Ok(Secret::new(Zeroizing::new(names(hub, device) + ";x509=true"))),
        _ => {
            return Err(Error::new(Code::BadRequest, "This credential has no connection string.")
                .hint("Connection strings belong to devices and modules of Azure IoT Hub."));
        }
    };
    let secret = secrets.get(&field).ok_or_else(|| crate::connect::missing(field))?;
    let mut text = Zeroizing::new(names(hub, device));
    for part in [";", name, "=", for_connector(secret)] {
        text.push_str(part);
    }
    Ok(Secret::new(text))
}

fn names(hub: &Hub, device: &Device) -> String {
    let (id, module) = device_and_module(&device.client_id);
    let module = module.map(|module| format!(";ModuleId={module}")).unwrap_or_default();
    let gateway = hub.details.gateway.as_ref().map(|gateway| format!(";GatewayHostName={gateway}"));
    format!("HostName={};DeviceId={id}{module}{}", hub.host, gateway.unwrap_or_default())
}

struct Fields<'a> {
    values: Vec<(&'static str, &'a str)>,
    trimmed: bool,
}

impl<'a> Fields<'a> {
    fn read(text: &'a str) -> Result<Self> {
        if text.is_empty() {
            return Err(invalid("There is no text.").hint("Paste a connection string."));
        }
        let whole = text.strip_suffix(';').unwrap_or(text);
        let mut fields = Self { values: Vec::new(), trimmed: whole.len() != text.len() };
        for (index, part) in whole.split(';').enumerate() {
            let place = index + 1;
            // Keys end in =, so only the first one parts name and value.
            let (name, value) = part.split_once('=').ok_or_else(|| {
                invalid(format!("Part {place} of the connection string has no equals sign."))
                    .hint("It reads Name=value;Name=value, without a semicolon too many.")
            })?;
            let (known, value) = (known(name.trim(), place)?, value.trim());
            if value.is_empty() {
                return Err(invalid(format!("{known} is empty.")));
            }
            if fields.get(known).is_some() {
                return Err(invalid(format!("{known} is there twice.")).hint("Paste one connection string alone."));
            }
            fields.trimmed |= part.len() != name.trim().len() + 1 + value.len();
            fields.values.push((known, value));
        }
        Ok(fields)
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn needed(&self, name: &str) -> Result<&'a str> {
        self.get(name).ok_or_else(|| invalid(format!("{name} is missing.")).hint("Copy the whole connection string."))
    }

    /// What contradicts itself.
    fn check_combination(&self) -> Result<()> {
        let proofs = ["SharedAccessKey", "SharedAccessSignature", "x509"];
        let there: Vec<_> = proofs.into_iter().filter(|name| self.get(name).is_some()).collect();
        if let [first, second, ..] = there[..] {
            return Err(invalid(format!("{first} and {second} contradict each other."))
                .hint("A device proves itself in one way: remove one of them."));
        }
        if self.get("DeviceId").is_some() && self.get("SharedAccessKeyName").is_some() {
            return Err(invalid("This names both a device and a shared access policy.")
                .hint("Paste the device's own connection string, or the policy's without DeviceId."));
        }
        if self.get("ModuleId").is_some() && self.get("DeviceId").is_none() {
            return Err(invalid("DeviceId is missing: a module belongs to a device."));
        }
        Ok(())
    }

    fn subject(&self) -> Result<Subject> {
        let id = |name: &str, text: &str| match is_device_id(text) {
            true => Ok(text.to_owned()),
            false => Err(invalid(format!("{name} holds a character that no id has, or is longer than 128."))),
        };
        match (self.get("DeviceId"), self.get("ModuleId"), self.get("SharedAccessKeyName")) {
            (Some(device), None, _) => Ok(Subject::Device(id("DeviceId", device)?)),
            (Some(device), Some(module), _) => Ok(Subject::Module(id("DeviceId", device)?, id("ModuleId", module)?)),
            (None, _, Some(policy)) => Ok(Subject::Policy(policy.to_owned())),
            (None, _, None) => Err(invalid("Neither DeviceId nor SharedAccessKeyName is there.")
                .hint("A device's string has the first, a shared access policy's the second.")),
        }
    }

    fn proof(&self) -> Result<Proof> {
        let secret = |text: &str| Secret::new(Zeroizing::new(text.to_owned()));
        if let Some(text) = self.get("SharedAccessKey") {
            key::check(text)?;
            return Ok(Proof::Key(secret(text)));
        }
        if let Some(token) = self.get("SharedAccessSignature") {
            sas::decode(token)?;
            return Ok(Proof::Token(secret(token)));
        }
        let policy = self.get("SharedAccessKeyName").is_some();
        match self.get("x509") {
            Some(_) if policy => Err(invalid("A shared access policy has no certificate: x509 does not belong here.")),
            Some(text) if text.eq_ignore_ascii_case("true") => Ok(Proof::X509),
            Some(_) => Err(invalid("x509 can only be true.")),
            None if policy => Err(invalid("SharedAccessKey is missing.").hint("Copy the whole connection string.")),
            None => {
                Err(invalid("SharedAccessKey is missing.")
                    .hint("Devices with a certificate have x509=true in its place."))
            }
        }
    }
}

/// The key as it is written. A name that is none is repeated only where it can be nothing but a name.
fn known(name: &str, place: usize) -> Result<&'static str> {
    if let Some(known) = KEYS.into_iter().find(|known| *known == name) {
        return Ok(known);
    }
    if let Some(known) = KEYS.into_iter().find(|known| known.eq_ignore_ascii_case(name)) {
        return Err(invalid(format!("{name} must be written {known}.")));
    }
    let names = KEYS.join(", ");
    Err(invalid(format!("Part {place} of the connection string has a name that is not known."))
        .hint(text!("Known are {names}.", names)))
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(Code::InvalidConnectionString, message)
}
