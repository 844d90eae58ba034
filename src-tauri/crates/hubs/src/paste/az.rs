//! Command lines of the Azure CLI, `az iot …`: what they say about hub, device and key. They are not run.

use super::found::Found;
use super::shell::{command, public_name, words};
use super::{Pasted, azure, not_recognised};
use crate::azure::connection_string;
use crate::presets;
use hubscope_model::{
    CertificateTrust, Credential, HubKind, PasteForm, PastedMessage, Result, SasOptions, SecretField, text,
};
use hubscope_vault::Secret;
use zeroize::Zeroizing;

/// What an option means. Options that are not listed take a value when a word without a dash follows.
#[derive(Clone, Copy)]
enum Meaning {
    ConnectionString,
    Hub,
    Device,
    Module,
    Primary,
    Secondary,
    Authentication,
    Data,
    IdScope,
    Dps,
    Ignored,
}

const OPTIONS: &[(&[&str], Meaning)] = &[
    (&["--login", "-l", "--connection-string", "--cs"], Meaning::ConnectionString),
    (&["--hub-name", "-n"], Meaning::Hub),
    (&["--device-id", "-d", "--registration-id", "--rid", "--enrollment-id", "--eid"], Meaning::Device),
    (&["--module-id", "-m"], Meaning::Module),
    (&["--primary-key", "--pk", "--symmetric-key", "--key"], Meaning::Primary),
    (&["--secondary-key", "--sk"], Meaning::Secondary),
    (&["--auth-method", "--am", "--attestation-type", "--at"], Meaning::Authentication),
    (&["--data", "--da"], Meaning::Data),
    (&["--id-scope", "--scope"], Meaning::IdScope),
    (&["--dps-name"], Meaning::Dps),
    (
        &[
            "--resource-group",
            "-g",
            "--key-type",
            "--kt",
            "--key-name",
            "--policy-name",
            "--pn",
            "--duration",
            "--du",
            "--output",
            "-o",
            "--query",
            "--subscription",
            "--auth-type",
            "--edge-enabled",
            "--ee",
            "--status",
            "--properties",
            "--props",
            "--msg-count",
            "--mc",
            "--msg-interval",
            "--mi",
            "--protocol",
            "--proto",
            "--primary-thumbprint",
            "--ptp",
            "--secondary-thumbprint",
            "--stp",
            "--valid-days",
            "--vd",
            "--output-dir",
            "--od",
            "--group-id",
            "--gid",
        ],
        Meaning::Ignored,
    ),
];

/// Whether the text is such a command; what runs before `az` does not matter.
pub fn is_command(text: &str) -> bool {
    words(text).is_ok_and(|words| start(&words).is_some())
}

fn start(words: &[String]) -> Option<usize> {
    words.windows(2).position(|pair| pair[0] == "az" && pair[1] == "iot").map(|at| at + 2)
}

/// Values by what they mean, the later one counts.
#[derive(Default)]
struct Values<'a> {
    connection_string: Option<&'a str>,
    hub: Option<&'a str>,
    device: Option<&'a str>,
    module: Option<&'a str>,
    primary: Option<&'a str>,
    secondary: Option<&'a str>,
    authentication: Option<&'a str>,
    data: Option<&'a str>,
    id_scope: Option<&'a str>,
    dps: Option<&'a str>,
    ignored: Vec<String>,
}

pub fn parse(text: &str) -> Result<Pasted> {
    let words = words(text)?;
    let start = start(&words).ok_or_else(|| not_recognised(text!("The command must begin with az iot.")))?;
    let command = command(&words[start..]);
    let values = read(command);
    let mut found = match values.connection_string {
        Some(string) => azure::of_string(connection_string::parse(string)?)?,
        None => of_values(&values, command),
    };
    let service = found.form == PasteForm::ServiceConnectionString;
    if !service || values.device.is_some() {
        found.form = PasteForm::AzCommand;
    }
    // A policy's connection string beside a device: the command acts on that device.
    if service && values.device.is_some() {
        name_device(&mut found, &values);
        found.credential = credential(&values, HubKind::AzureIotHub);
    }
    for (field, key) in [(SecretField::PrimaryKey, values.primary), (SecretField::SecondaryKey, values.secondary)] {
        if let Some(key) = key {
            found.secrets.insert(field, Secret::new(Zeroizing::new(key.to_owned())));
        }
    }
    if let (Some(data), Some(id)) = (values.data, &found.client_id) {
        let topic = match id.split_once('/') {
            Some((device, module)) => format!("devices/{device}/modules/{module}/messages/events/"),
            None => format!("devices/{id}/messages/events/"),
        };
        found.message = Some(PastedMessage { topic, payload: data.to_owned(), qos: 1, retain: false });
    }
    found.ignored = values.ignored;
    found.finish()
}

fn of_values(values: &Values<'_>, command: &[String]) -> Found {
    let dps = values.id_scope.is_some()
        || values.dps.is_some()
        || command.iter().take_while(|word| !word.starts_with('-')).any(|word| word == "dps");
    let kind = if dps { HubKind::AzureDps } else { HubKind::AzureIotHub };
    let host = match values.hub {
        // `--hub-name` takes the hub's name or its host name.
        Some(name) if name.contains('.') => name.to_owned(),
        Some(name) => format!("{name}.azure-devices.net"),
        None if dps => presets::DPS_GLOBAL.to_owned(),
        None => String::new(),
    };
    let mut found = Found::new(PasteForm::AzCommand, kind, &host);
    found.details.id_scope = values.id_scope.map(str::to_owned);
    name_device(&mut found, values);
    found.credential = credential(values, kind);
    found
}

fn name_device(found: &mut Found, values: &Values<'_>) {
    found.client_id = values.device.map(|device| match values.module {
        Some(module) => format!("{device}/{module}"),
        None => device.to_owned(),
    });
}

/// `shared_private_key` (the default), `x509_thumbprint`, `x509_ca`; of enrolments `symmetrickey`, `x509`.
fn credential(values: &Values<'_>, kind: HubKind) -> Credential {
    match values.authentication.unwrap_or_default() {
        "x509_thumbprint" => Credential::X509 { trust: CertificateTrust::Itself },
        "x509" if kind == HubKind::AzureDps => Credential::X509 { trust: CertificateTrust::Itself },
        "x509_ca" => Credential::X509 { trust: CertificateTrust::Authority },
        _ => Credential::SharedAccessKey { sign_with: Default::default(), sas: SasOptions::default() },
    }
}

fn read(command: &[String]) -> Values<'_> {
    let mut values = Values::default();
    let mut words = command.iter().map(String::as_str).skip_while(|word| !word.starts_with('-')).peekable();
    while let Some(word) = words.next() {
        let (name, glued) = match word.split_once('=').filter(|_| word.starts_with("--")) {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
        let meaning = OPTIONS.iter().find(|(names, _)| names.contains(&name)).map(|(_, meaning)| *meaning);
        let value = match glued {
            Some(value) => value,
            // A key may begin with any character of base64, which a dash is not.
            None => words.next_if(|next| !next.starts_with('-')).unwrap_or_default(),
        };
        let place = match meaning {
            Some(Meaning::ConnectionString) => &mut values.connection_string,
            Some(Meaning::Hub) => &mut values.hub,
            Some(Meaning::Device) => &mut values.device,
            Some(Meaning::Module) => &mut values.module,
            Some(Meaning::Primary) => &mut values.primary,
            Some(Meaning::Secondary) => &mut values.secondary,
            Some(Meaning::Authentication) => &mut values.authentication,
            Some(Meaning::Data) => &mut values.data,
            Some(Meaning::IdScope) => &mut values.id_scope,
            Some(Meaning::Dps) => &mut values.dps,
            Some(Meaning::Ignored) => {
                values.ignored.push(name.to_owned());
                continue;
            }
            None => {
                values.ignored.push(public_name(word));
                continue;
            }
        };
        *place = Some(value).filter(|value| !value.is_empty());
    }
    values.ignored.dedup();
    values
}
