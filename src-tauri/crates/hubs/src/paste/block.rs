//! Lines such as `host: …`, `MQTT_USER=…`, or a JSON object with such names: what people keep in notes, `.env` files
//! and settings.

use super::flags::Meaning;
use super::parts::Parts;
use super::{Pasted, azure, parse_address, unquoted};
use hubscope_model::{PasteForm, Result, SecretField};
use serde_json::Value;
use zeroize::Zeroizing;

/// Names and texts, as they stand in the block. Wiped when dropped.
type Entries = Vec<(String, Zeroizing<String>)>;

/// Longest name looked at, in characters.
const LONGEST_NAME: usize = 40;
/// How deep objects in a JSON text are looked into.
const DEEPEST: usize = 3;

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Option(Meaning),
    Secret(SecretField),
    /// Host name, `host:port` or URL.
    Address,
    ConnectionString,
    SasToken,
    Tls,
    Clean,
    IdScope,
    Module,
    AppVersion,
    EndpointId,
}

/// Whether at least two lines are understood, or one that says all by itself.
pub fn is_block(text: &str) -> bool {
    let names: Vec<Name> = entries(text).iter().filter_map(|(name, _)| known(name)).collect();
    names.len() >= 2 || names.contains(&Name::ConnectionString) || names.contains(&Name::SasToken)
}

pub fn parse(text: &str) -> Result<Pasted> {
    let entries = entries(text);
    let mut parts = Parts::new(PasteForm::Block);
    let mut module = None;
    for (name, value) in &entries {
        let value = unquoted(value);
        match known(name) {
            Some(Name::ConnectionString) => return azure::connection_string(value),
            Some(Name::SasToken) if entries.len() == 1 => return azure::sas_token(value),
            Some(Name::Module) => module = Some(value),
            Some(known) => take(&mut parts, known, value)?,
            // Neither is shown: without its quotation marks a value may look like a name.
            None => parts.ignore("…"),
        }
    }
    if let (Some(device), Some(module)) = (&mut parts.client_id, module) {
        device.push('/');
        device.push_str(module);
    }
    parts.tls |= parts.port == Some(8883);
    parts.keep_session_only_with_id();
    parts.finish()
}

fn take(parts: &mut Parts, name: Name, value: &str) -> Result<()> {
    match name {
        Name::Option(meaning) => {
            if !parts.apply(meaning, value)? {
                parts.ignore("…");
            }
        }
        Name::Secret(field) => parts.secret(field, value),
        Name::Address => address(parts, value)?,
        Name::SasToken => parts.password = Some(Zeroizing::new(value.to_owned())),
        Name::Tls => parts.tls |= is_yes(value),
        Name::Clean => parts.options.clean_session = is_yes(value),
        Name::IdScope => parts.details.id_scope = Some(value.to_owned()),
        Name::AppVersion => parts.app_version = Some(value.to_owned()),
        Name::EndpointId => parts.endpoint_id = Some(value.to_owned()),
        Name::Module | Name::ConnectionString => {}
    }
    Ok(())
}

fn address(parts: &mut Parts, value: &str) -> Result<()> {
    if value.contains("://") {
        parts.take_address(parse_address(value)?);
        return Ok(());
    }
    // `host:port`; an IPv6 address has more than one colon.
    match value.split_once(':').filter(|(_, port)| !port.contains(':')) {
        Some((host, port)) => {
            host.clone_into(&mut parts.host);
            parts.port = Some(super::parts::port(port.trim())?);
        }
        None => value.clone_into(&mut parts.host),
    }
    Ok(())
}

fn is_yes(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "true" | "yes" | "on" | "1" | "ja" | "tls" | "ssl" | "required")
}

/// Names without case, blanks, dashes and underscores, and without a leading `mqtt`.
fn known(name: &str) -> Option<Name> {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let plain = plain.strip_prefix("mqtt").filter(|rest| !rest.is_empty()).unwrap_or(&plain);
    Some(match plain {
        "host" | "hostname" | "server" | "servername" | "broker" | "brokerhost" | "brokerurl" | "address" | "url"
        | "uri" | "endpoint" | "gateway" | "iothub" | "hub" => Name::Address,
        "port" | "brokerport" => Name::Option(Meaning::Port),
        "user" | "username" | "login" | "benutzer" | "benutzername" => Name::Option(Meaning::UserName),
        "password" | "pass" | "passwd" | "pwd" | "pw" | "passwort" | "kennwort" => Name::Option(Meaning::Password),
        "client" | "clientid" | "device" | "deviceid" | "registrationid" => Name::Option(Meaning::ClientId),
        "topic" | "subscribe" | "filter" => Name::Option(Meaning::Topic),
        "qos" => Name::Option(Meaning::Qos),
        "version" | "protocolversion" => Name::Option(Meaning::Version),
        "keepalive" => Name::Option(Meaning::KeepAlive),
        "ca" | "cafile" | "cacert" | "rootca" => Name::Option(Meaning::CaFile),
        "token" | "accesstoken" | "devicetoken" | "endpointtoken" => Name::Secret(SecretField::Token),
        "key" | "primarykey" | "sharedaccesskey" | "symmetrickey" => Name::Secret(SecretField::PrimaryKey),
        "secondarykey" => Name::Secret(SecretField::SecondaryKey),
        "groupkey" | "enrollmentgroupkey" => Name::Secret(SecretField::GroupKey),
        "provisiondevicekey" => Name::Secret(SecretField::ProvisionKey),
        "provisiondevicesecret" => Name::Secret(SecretField::ProvisionSecret),
        "connectionstring" | "primaryconnectionstring" | "deviceconnectionstring" | "cs" => Name::ConnectionString,
        "sas" | "sastoken" | "sharedaccesssignature" => Name::SasToken,
        "tls" | "ssl" | "usetls" | "usessl" | "secure" => Name::Tls,
        "clean" | "cleansession" => Name::Clean,
        "idscope" | "scopeid" | "scope" => Name::IdScope,
        "module" | "moduleid" => Name::Module,
        "appversion" | "applicationversion" => Name::AppVersion,
        "endpointid" => Name::EndpointId,
        _ => return None,
    })
}

fn entries(text: &str) -> Entries {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => {
            let mut entries = Entries::new();
            flatten(Value::Object(object), DEEPEST, &mut entries);
            entries
        }
        _ => text.lines().filter_map(line).collect(),
    }
}

fn flatten(value: Value, depth: usize, entries: &mut Entries) {
    let Value::Object(object) = value else { return };
    for (name, value) in object {
        match value {
            Value::String(text) => entries.push((name, Zeroizing::new(text))),
            Value::Number(number) => entries.push((name, Zeroizing::new(number.to_string()))),
            Value::Bool(flag) => entries.push((name, Zeroizing::new(flag.to_string()))),
            nested if depth > 1 => flatten(nested, depth - 1, entries),
            _ => {}
        }
    }
}

/// `name: value`, `name = value`, `export NAME=value`, `- name: value`, `name<tab>value`, `"name": "value",`.
fn line(line: &str) -> Option<(String, Zeroizing<String>)> {
    let line = line.trim().trim_start_matches("- ").trim_start_matches("export ").trim_start_matches("set ");
    let at = line.find([':', '=', '\t'])?;
    let (name, value) = (unquoted(line[..at].trim()), line[at + 1..].trim());
    // `//` of a URL alone on its line.
    if name.is_empty() || name.chars().count() > LONGEST_NAME || value.is_empty() || value.starts_with("//") {
        return None;
    }
    let value = if value.starts_with(['"', '\'']) { value.trim_end_matches([',', ';']) } else { value };
    Some((name.to_owned(), Zeroizing::new(unquoted(value).to_owned())))
}
