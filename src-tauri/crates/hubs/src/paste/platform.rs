//! Which platform a text means, and what its user name, password and topics are there.

use super::found::Found;
use super::parts::Parts;
use super::{azure, not_recognised};
use crate::{kaa, limits, presets};
use hubscope_model::{
    CertificateTrust, Credential, HubKind, MqttVersion, PastedMessage, PastedSubscription, Result, SasOptions,
    SecretField, Transport, text,
};
use hubscope_vault::Secret;
use zeroize::{Zeroize, Zeroizing};

/// # Errors
/// `NotRecognised` when parts contradict each other.
pub fn judge(mut parts: Parts) -> Result<Found> {
    let kind = kind(&parts);
    if kind == HubKind::Kaa {
        take_endpoint(&mut parts)?;
    }
    if kind == HubKind::ThingsBoard {
        take_provisioning(&mut parts);
    }
    let mut found = Found::new(parts.form, kind, &parts.host);
    lower_qos(&mut parts, kind);
    let message = message(&mut parts);
    found.subscriptions = if parts.publishes { Vec::new() } else { subscriptions(&parts) };
    found.message = message;
    // A will without a topic is none: the text only began to describe one.
    parts.options.will.take_if(|will| will.topic.is_empty());
    found.options = parts.options.clone();
    found.client_id = parts.client_id.take().filter(|id| !id.is_empty());
    found.secrets = std::mem::take(&mut parts.secrets);
    found.details = std::mem::take(&mut parts.details);
    found.ca_file = parts.ca_file.take();
    found.ignored = std::mem::take(&mut parts.ignored);
    let tls_only = matches!(kind, HubKind::AzureIotHub | HubKind::AzureDps);
    parts.tls |= tls_only;
    found.transport = parts.transport();
    found.connection = std::mem::take(&mut parts.connection);
    let usual = found.transport.usual_port();
    found.port = if usual == 0 { usual } else { parts.port.unwrap_or(usual) };
    if found.transport == Transport::Unix {
        found.host.clear();
    }
    match kind {
        HubKind::AzureIotHub | HubKind::AzureDps => azure_device(&mut found, &mut parts)?,
        HubKind::ThingsBoard => thingsboard_device(&mut found, &mut parts),
        HubKind::Kaa => kaa_endpoint(&mut found, &mut parts),
        HubKind::MqttBroker | HubKind::Sandbox => broker_client(&mut found, &mut parts),
    }
    Ok(found)
}

/// By names that only one platform has: its hosts, topics, user names and words.
fn kind(parts: &Parts) -> HubKind {
    let user_name = parts.user_name.as_ref().map_or("", |name| name.as_str());
    let topic = |prefixes: &[&str]| {
        let named = parts.topics.iter().chain(parts.message.as_ref().map(|message| &message.topic));
        named.into_iter().any(|topic| prefixes.iter().any(|prefix| topic.starts_with(prefix)))
    };
    let host = parts.host.to_ascii_lowercase();
    if azure::is_dps_host(&host) || parts.details.id_scope.is_some() || azure::dps_user_name(user_name).is_some() {
        HubKind::AzureDps
    } else if azure::is_hub_host(&host)
        || azure::hub_user_name(user_name).is_some()
        || parts.secrets.contains_key(&SecretField::PrimaryKey)
    {
        HubKind::AzureIotHub
    } else if host.contains("kaaiot") || parts.app_version.is_some() || topic(&["kp1/"]) {
        HubKind::Kaa
    } else if host.contains("thingsboard")
        || parts.secrets.contains_key(&SecretField::Token)
        || parts.secrets.contains_key(&SecretField::ProvisionKey)
        || topic(&["v1/devices/me/", "v1/gateway/", "v2/t", "v2/a", "v2/r/", "v2/fw/", "v2/sw/", "/provision/"])
    {
        HubKind::ThingsBoard
    } else {
        HubKind::MqttBroker
    }
}

/// What the hub does not take is lowered, and named.
fn lower_qos(parts: &mut Parts, kind: HubKind) {
    let most = limits::of(kind).qos;
    let own = parts.message.as_mut().map(|message| &mut message.qos);
    for qos in std::iter::once(&mut parts.qos).chain(own) {
        if *qos > most {
            parts.ignored.push(format!("QoS {qos}"));
            *qos = most;
        }
    }
    parts.ignored.dedup();
}

/// The message of a text that publishes; without a payload it is empty.
fn message(parts: &mut Parts) -> Option<PastedMessage> {
    if let Some(message) = parts.message.take() {
        return Some(message);
    }
    let topic = parts.topics.first().filter(|_| parts.publishes)?.clone();
    let payload = parts.payload.take().unwrap_or_default();
    Some(PastedMessage { topic, payload, qos: parts.qos, retain: parts.retain })
}

fn subscriptions(parts: &Parts) -> Vec<PastedSubscription> {
    let mut found: Vec<PastedSubscription> = Vec::new();
    for filter in &parts.topics {
        if !found.iter().any(|known| known.filter == *filter) {
            found.push(PastedSubscription { filter: filter.clone(), qos: parts.qos });
        }
    }
    found
}

fn broker_client(found: &mut Found, parts: &mut Parts) {
    let user_name = parts.user_name.take().filter(|name| !name.is_empty());
    let password = parts.password.take().filter(|password| !password.is_empty());
    if user_name.is_none() && password.is_none() {
        return;
    }
    found.credential = Credential::Basic { user_name: user_name.map(|name| name.to_string()).unwrap_or_default() };
    found.secrets.extend(password.map(|password| (SecretField::Password, Secret::new(password))));
}

/// A user name alone is the access token, and a secret; a client id alone is legal, too.
fn thingsboard_device(found: &mut Found, parts: &mut Parts) {
    let token = parts.user_name.take().filter(|name| !name.is_empty());
    let password = parts.password.take().filter(|password| !password.is_empty());
    if found.secrets.contains_key(&SecretField::ProvisionKey) {
        found.credential = Credential::Provision;
        return;
    }
    found.credential = match (token, password) {
        (None, None) if found.client_id.is_some() && !found.secrets.contains_key(&SecretField::Token) => {
            Credential::Basic { user_name: String::new() }
        }
        (None, None) => Credential::AccessToken,
        (Some(token), None) => {
            found.secrets.insert(SecretField::Token, Secret::new(token));
            Credential::AccessToken
        }
        (name, Some(password)) => {
            found.secrets.insert(SecretField::Password, Secret::new(password));
            Credential::Basic { user_name: name.map(|name| name.to_string()).unwrap_or_default() }
        }
    };
}

/// A provisioning request carries its key and secret in the message: they are kept and the message is not, since a
/// device of that kind makes its own.
fn take_provisioning(parts: &mut Parts) {
    if !parts.topics.iter().any(|topic| topic == "/provision/request") {
        return;
    }
    let Some(payload) = parts.payload.take().map(Zeroizing::new) else { return };
    if let Ok(serde_json::Value::Object(request)) = serde_json::from_str(&payload) {
        for (name, field) in
            [("provisionDeviceKey", SecretField::ProvisionKey), ("provisionDeviceSecret", SecretField::ProvisionSecret)]
        {
            if let Some(serde_json::Value::String(text)) = request.get(name) {
                parts.secret(field, text);
            }
        }
    }
    parts.publishes = false;
    parts.topics = vec!["/provision/response".to_owned()];
    parts.user_name = None;
}

/// Kaa's topics hold application version and token. The token leaves them for its own place.
fn take_endpoint(parts: &mut Parts) -> Result<()> {
    let mut topics: Vec<&mut String> = parts.topics.iter_mut().collect();
    topics.extend(parts.message.as_mut().map(|message| &mut message.topic));
    let mut known: Option<(String, Zeroizing<String>)> = None;
    for topic in topics {
        // Also of a topic that ends too early: its token is one all the same.
        let levels: Vec<&str> = topic.split('/').collect();
        let ["kp1", version, _, token, ..] = levels[..] else { continue };
        if token.is_empty() || token.contains(['+', '#', '{']) {
            continue;
        }
        let (version, token) = (version.to_owned(), Zeroizing::new(token.to_owned()));
        let open = open(topic);
        topic.zeroize();
        *topic = open;
        match &known {
            Some(first) if *first != (version.clone(), token.clone()) => {
                return Err(not_recognised(text!("The topics belong to two endpoints; paste those of one.")));
            }
            _ => known = Some((version, token)),
        }
    }
    if let Some((version, token)) = known {
        parts.app_version.get_or_insert(version);
        parts.secrets.entry(SecretField::Token).or_insert(Secret::new(token));
    }
    Ok(())
}

/// The topic with its fourth level replaced by the place for a token.
fn open(topic: &str) -> String {
    let levels = topic.split('/').enumerate().map(|(at, level)| if at == 3 { kaa::topic::TOKEN } else { level });
    levels.collect::<Vec<_>>().join("/")
}

fn kaa_endpoint(found: &mut Found, parts: &mut Parts) {
    let user_name = parts.user_name.take().filter(|name| !name.is_empty()).map(|name| name.to_string());
    if let Some(password) = parts.password.take().filter(|password| !password.is_empty() && user_name.is_some()) {
        found.secrets.insert(SecretField::Password, Secret::new(password));
    }
    if found.host.eq_ignore_ascii_case(presets::KAA_CLOUD) && found.details.kaa.is_none() {
        found.details.kaa = Some(presets::kaa_cloud_rest());
    }
    found.credential = Credential::EndpointToken {
        app_version: parts.app_version.take().unwrap_or_default(),
        endpoint_id: parts.endpoint_id.take(),
        user_name,
    };
}

/// The user name is made anew from host and ids; the password is a SAS token.
fn azure_device(found: &mut Found, parts: &mut Parts) -> Result<()> {
    let user_name = parts.user_name.take().unwrap_or_default();
    found.options.version = MqttVersion::V311;
    if let Some((hub, client_id)) = azure::hub_user_name(&user_name) {
        azure::name_hub(found, hub);
        found.client_id.get_or_insert_with(|| client_id.to_owned());
    }
    if let Some((scope, registration)) = azure::dps_user_name(&user_name) {
        found.details.id_scope.get_or_insert_with(|| scope.to_owned());
        found.client_id.get_or_insert_with(|| registration.to_owned());
    }
    if found.kind == HubKind::AzureDps && found.host.is_empty() {
        presets::DPS_GLOBAL.clone_into(&mut found.host);
    }
    let sas = SasOptions::default();
    match parts.password.take().filter(|password| !password.is_empty()) {
        Some(password) => azure::take_token(found, password)?,
        None if found.secrets.contains_key(&SecretField::GroupKey) => found.credential = Credential::GroupKey { sas },
        // Without a user name the text is no whole CONNECT: a key is what is missing.
        None if user_name.is_empty() || found.secrets.contains_key(&SecretField::PrimaryKey) => {
            found.credential = Credential::SharedAccessKey { sign_with: Default::default(), sas };
        }
        None => found.credential = Credential::X509 { trust: CertificateTrust::Authority },
    }
    Ok(())
}
