//! Connections of another program as an export of ours: the same preview, choices and transaction for all.

use super::format::{Document, FileDevice, FileHub, FileSecrets, FileSubscription, FileTrust};
use hubscope_hubs::foreign::{Connection as ForeignConnection, Foreign};
use hubscope_model::{
    Connection, Credential, DeviceId, HubDetails, HubId, HubKind, LeftOut, LeftOutReason, SecretField, topic,
};

/// Connections with the same address and CA are devices of one hub.
pub fn document(foreign: Foreign) -> Document {
    let mut hubs: Vec<FileHub> = Vec::new();
    for mut connection in foreign.connections {
        let device = device(&mut connection);
        let same = |hub: &&mut FileHub| {
            (hub.port, hub.transport, &hub.connection.path)
                == (connection.port, connection.transport, &path(&connection))
                && hub.host.eq_ignore_ascii_case(&connection.host)
                && hub.trust == trust(&connection)
        };
        match hubs.iter_mut().find(same) {
            Some(hub) => hub.devices.push(device),
            None => hubs.push(hub(&connection, device)),
        }
    }
    let mut document = Document::new(None, hubs, Vec::new());
    (document.written, document.program) = (0, String::new());
    (document.source, document.left_out) = (foreign.source, foreign.left_out);
    document
}

/// A WebSocket without a path of its own has the usual one.
fn path(connection: &ForeignConnection) -> String {
    if connection.path.is_empty() { Connection::default().path } else { connection.path.clone() }
}

fn trust(connection: &ForeignConnection) -> FileTrust {
    let ca = connection.ca.clone();
    ca.map_or_else(FileTrust::default, |(file_name, pem)| FileTrust::of_ca_file(file_name, pem))
}

fn hub(connection: &ForeignConnection, device: FileDevice) -> FileHub {
    FileHub {
        id: HubId::new(),
        kind: HubKind::MqttBroker,
        name: connection.host.clone(),
        host: connection.host.clone(),
        port: connection.port,
        transport: connection.transport,
        connection: Connection { path: path(connection), ..Connection::default() },
        trust: trust(connection),
        ca: None,
        details: HubDetails::default(),
        folder: None,
        folders: Vec::new(),
        secrets: FileSecrets::new(),
        left_out: Vec::new(),
        devices: vec![device],
    }
}

fn device(connection: &mut ForeignConnection) -> FileDevice {
    let mut secrets = FileSecrets::new();
    let credential = match (&connection.user_name, &connection.password) {
        (None, None) => Credential::None,
        (user_name, _) => Credential::Basic { user_name: user_name.clone().unwrap_or_default() },
    };
    if let Some(password) = &connection.password {
        secrets.insert(SecretField::Password, password.clone());
    }
    let certificate = connection.certificate.as_ref().map(|(chain, key)| {
        secrets.insert(SecretField::PrivateKey, key.clone());
        chain.clone()
    });
    let mut left_out = std::mem::take(&mut connection.left_out);
    let mut subscriptions = Vec::new();
    for (colour, one) in (1..=8).cycle().zip(connection.subscriptions.drain(..)) {
        if topic::validate_filter(&one.filter).is_err() {
            left_out.push(LeftOut { what: one.filter, reason: LeftOutReason::Invalid });
            continue;
        }
        let alias = one.alias.filter(|alias| !alias.trim().is_empty());
        let (filter, qos, enabled) = (one.filter, one.qos, one.enabled);
        subscriptions.push(FileSubscription { filter, qos, colour, alias, enabled, options: Default::default() });
    }
    FileDevice {
        id: DeviceId::new(),
        name: connection.name.clone(),
        client_id: connection.client_id.clone(),
        credential,
        certificate,
        credential_set: None,
        options: connection.options.clone(),
        subscriptions,
        folder: None,
        secrets,
        left_out,
    }
}
