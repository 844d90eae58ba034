//! An export's content; docs/EXPORT.md describes it.

use hubscope_model::{
    Code, Connection, Credential, DeviceId, Error, HubDetails, HubId, HubKind, ImportSource, LeftOut, Result,
    SecretField, SessionOptions, Settings, SubscribeOptions, Transport, TrustMode,
};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::{BTreeMap, HashSet};
use zeroize::Zeroizing;

const FORMAT: &str = "hubscope-export";
const VERSION: u32 = 3;

/// The first fields of every version, read before the rest.
#[derive(Serialize, Deserialize)]
pub struct Mark {
    format: String,
    version: u32,
}

/// A whole export.
#[derive(Serialize, Deserialize)]
pub struct Document {
    #[serde(flatten)]
    mark: Mark,
    /// Unix seconds.
    pub written: i64,
    /// The program's version.
    pub program: String,
    pub settings: Option<Settings>,
    pub hubs: Vec<FileHub>,
    /// White-labels of the user; files of earlier versions have none.
    #[serde(default)]
    pub presets: Vec<FilePreset>,
    /// Names of folders of hubs, in their order; files of earlier versions have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub folders: Vec<String>,
    /// Whose file it was; a file of ours does not say.
    #[serde(skip, default = "ours")]
    pub source: ImportSource,
    /// Connections of another program that are not taken over.
    #[serde(skip)]
    pub left_out: Vec<LeftOut>,
}

fn ours() -> ImportSource {
    ImportSource::Hubscope
}

#[derive(Serialize, Deserialize)]
pub struct FilePreset {
    pub id: String,
    pub name: String,
    pub kind: HubKind,
    pub host: String,
    pub port: u16,
    /// Files of version 1 have `tls` in its place.
    #[serde(alias = "tls", deserialize_with = "transport")]
    pub transport: Transport,
    #[serde(default)]
    pub connection: Connection,
    #[serde(default)]
    pub trust: FileTrust,
    /// Of files up to version 2.
    #[serde(default, skip_serializing)]
    pub ca: Option<FileCa>,
}

/// Secrets by field; empty in an export without a passphrase.
pub type FileSecrets = BTreeMap<SecretField, Zeroizing<String>>;

#[derive(Serialize, Deserialize)]
pub struct FileHub {
    pub id: HubId,
    pub kind: HubKind,
    pub name: String,
    pub host: String,
    pub port: u16,
    /// Files of version 1 have `tls` in its place.
    #[serde(alias = "tls", deserialize_with = "transport")]
    pub transport: Transport,
    #[serde(default)]
    pub connection: Connection,
    #[serde(default)]
    pub trust: FileTrust,
    /// Of files up to version 2.
    #[serde(default, skip_serializing)]
    pub ca: Option<FileCa>,
    #[serde(default)]
    pub details: HubDetails,
    /// The folder that the hub lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// Names of the folders of its devices, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub folders: Vec<String>,
    #[serde(skip)]
    pub left_out: Vec<LeftOut>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub secrets: FileSecrets,
    #[serde(default)]
    pub devices: Vec<FileDevice>,
}

/// Whom a hub's server is trusted by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileTrust {
    pub mode: TrustMode,
    pub certificates: Vec<FileCertificate>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCertificate {
    pub source: String,
    pub pem: String,
}

/// A CA file, which was all that a hub trusted in its place of the system's roots.
#[derive(Deserialize)]
pub struct FileCa {
    file_name: String,
    pem: String,
}

impl FileTrust {
    /// A CA file alone.
    pub fn of_ca_file(file_name: String, pem: String) -> Self {
        Self { mode: TrustMode::CaOnly, certificates: vec![FileCertificate { source: file_name, pem }] }
    }
}

#[derive(Serialize, Deserialize)]
pub struct FileDevice {
    pub id: DeviceId,
    pub name: String,
    pub client_id: String,
    pub credential: Credential,
    /// PEM, leaf first.
    pub certificate: Option<String>,
    /// Unix seconds.
    pub credential_set: Option<i64>,
    pub options: SessionOptions,
    #[serde(default)]
    pub subscriptions: Vec<FileSubscription>,
    /// The folder that the device lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    #[serde(skip)]
    pub left_out: Vec<LeftOut>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub secrets: FileSecrets,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSubscription {
    pub filter: String,
    pub qos: u8,
    pub colour: u8,
    pub alias: Option<String>,
    pub enabled: bool,
    #[serde(default)]
    pub options: SubscribeOptions,
}

/// By name, or, in files of version 1, whether there is TLS.
fn transport<'de, D: Deserializer<'de>>(source: D) -> std::result::Result<Transport, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Told {
        Name(Transport),
        Tls(bool),
    }
    Ok(match Told::deserialize(source)? {
        Told::Name(transport) => transport,
        Told::Tls(true) => Transport::Mqtts,
        Told::Tls(false) => Transport::Mqtt,
    })
}

impl Document {
    pub fn new(settings: Option<Settings>, hubs: Vec<FileHub>, presets: Vec<FilePreset>) -> Self {
        Self {
            mark: Mark { format: FORMAT.into(), version: VERSION },
            written: crate::now() / 1_000_000,
            program: env!("CARGO_PKG_VERSION").into(),
            settings,
            hubs,
            presets,
            folders: Vec::new(),
            source: ours(),
            left_out: Vec::new(),
        }
    }

    /// The file's bytes, to be sealed or written.
    pub fn write(&self) -> Result<Zeroizing<Vec<u8>>> {
        let bytes = serde_json::to_vec_pretty(self);
        bytes.map(Zeroizing::new).map_err(|_| Error::new(Code::Internal, "The export could not be written."))
    }

    /// Reads what [`Document::write`] wrote.
    ///
    /// Errors: `NotAnExport`, `NewerExport`.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let mark: Mark = serde_json::from_slice(bytes).map_err(not_an_export)?;
        if mark.format != FORMAT {
            return Err(Error::new(Code::NotAnExport, "This file is not an export of Hubscope."));
        }
        if mark.version > VERSION {
            return Err(Error::new(Code::NewerExport, "A newer version of Hubscope wrote this file.")
                .hint("Import it with that version."));
        }
        let mut document: Self = serde_json::from_slice(bytes).map_err(not_an_export)?;
        document.has_no_id_twice()?;
        let hubs = document.hubs.iter_mut().map(|hub| (&mut hub.ca, &mut hub.trust));
        let presets = document.presets.iter_mut().map(|preset| (&mut preset.ca, &mut preset.trust));
        for (ca, trust) in hubs.chain(presets) {
            if let Some(FileCa { file_name, pem }) = ca.take() {
                *trust = FileTrust::of_ca_file(file_name, pem);
            }
        }
        Ok(document)
    }

    fn has_no_id_twice(&self) -> Result<()> {
        let mut seen = HashSet::new();
        let hubs = self.hubs.iter().map(|hub| hub.id.0);
        let devices = self.devices().map(|(_, device)| device.id.0);
        let mut presets = HashSet::new();
        let once = hubs.chain(devices).all(|id| seen.insert(id))
            && self.presets.iter().all(|preset| presets.insert(preset.id.as_str()));
        match once {
            true => Ok(()),
            false => Err(Error::new(Code::NotAnExport, "This file holds the same thing twice.")),
        }
    }

    /// All devices with their hubs, in the order that their numbers mean.
    pub fn devices(&self) -> impl Iterator<Item = (&FileHub, &FileDevice)> {
        self.hubs.iter().flat_map(|hub| hub.devices.iter().map(move |device| (hub, device)))
    }

    pub fn secrets(&self) -> usize {
        let of_hubs: usize = self.hubs.iter().map(|hub| hub.secrets.len()).sum();
        of_hubs + self.devices().map(|(_, device)| device.secrets.len()).sum::<usize>()
    }
}

/// The reader's own words may quote the file, and with it a secret: only the place is told.
fn not_an_export(error: serde_json::Error) -> Error {
    Error::new(Code::NotAnExport, "This file is not an export of Hubscope, or is damaged.").detail(format!(
        "line {}, column {}",
        error.line(),
        error.column()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_version_one_say_tls_and_have_no_way() {
        for (tls, transport) in [(true, Transport::Mqtts), (false, Transport::Mqtt)] {
            let text = format!(
                r#"{{ "format": "hubscope-export", "version": 1, "written": 1, "program": "0.1.0", "settings": null,
                     "hubs": [{{ "id": "0190a5c8-0000-7000-8000-0000000000a1", "kind": "mqtt_broker", "name": "lab",
                                 "host": "lab.example", "port": 1883, "tls": {tls}, "ca": null }}],
                     "presets": [{{ "id": "0190a5c8-0000-7000-8000-0000000000c1", "name": "ACME", "kind": "thingsboard",
                                    "host": "", "port": 8883, "tls": {tls}, "ca": null }}] }}"#
            );
            let document = Document::read(text.as_bytes()).unwrap();
            assert_eq!((document.hubs[0].transport, document.presets[0].transport), (transport, transport));
            assert_eq!(document.hubs[0].connection, Connection::default());
            assert_eq!(document.hubs[0].trust, FileTrust::default());
        }
    }

    #[test]
    fn files_up_to_version_two_trust_a_ca_file_alone() {
        let ca = r#""ca": { "file_name": "lab.pem", "pem": "PEM" }"#;
        let text = format!(
            r#"{{ "format": "hubscope-export", "version": 2, "written": 1, "program": "0.1.0", "settings": null,
                 "hubs": [{{ "id": "0190a5c8-0000-7000-8000-0000000000a1", "kind": "mqtt_broker", "name": "lab",
                             "host": "lab.example", "port": 8883, "transport": "mqtts", {ca} }}],
                 "presets": [{{ "id": "0190a5c8-0000-7000-8000-0000000000c1", "name": "ACME", "kind": "thingsboard",
                                "host": "", "port": 8883, "transport": "mqtts", {ca} }}] }}"#
        );
        let document = Document::read(text.as_bytes()).unwrap();
        let trust = FileTrust::of_ca_file("lab.pem".into(), "PEM".into());
        assert_eq!((&document.hubs[0].trust, &document.presets[0].trust), (&trust, &trust));
        let written = String::from_utf8(document.write().unwrap().to_vec()).unwrap();
        assert!(written.contains("ca_only") && !written.contains("\"ca\""), "{written}");
    }
}
