//! Tokens that a shared access policy signs. Sources: Microsoft, "Control access to IoT Hub with shared access
//! signatures"; DPS, "Control access to the device provisioning service".

use super::sas;
use crate::presets::DPS_GLOBAL;
use hubscope_model::{Code, Error, FieldProblem, Hub, HubKind, Problem, Result, SasScope};
use hubscope_vault::Secret;

/// A token for `scope` of `hub`, signed with the key of the hub's policy, that ends at `expiry`, Unix seconds.
///
/// # Errors
/// `SecretMissing` when the hub names no policy, `InvalidKey`, `InvalidFields` when the address of a provisioning
/// service's API is not known, `BadRequest` for a scope that this hub's policies do not sign.
pub fn policy_token(hub: &Hub, scope: &SasScope, key: &Secret<String>, expiry: i64) -> Result<Secret<String>> {
    let policy = hub.details.policy.as_deref().filter(|name| !name.is_empty()).ok_or_else(|| {
        Error::new(Code::SecretMissing, "This hub has no shared access policy.")
            .hint("Enter the policy's name and key in the hub's form.")
    })?;
    if let (HubKind::AzureIotHub, SasScope::EventHubs { namespace_host, entity, .. }) = (hub.kind, scope) {
        return sas::make_event_hubs(&format!("sb://{namespace_host}/{entity}"), key, expiry, policy);
    }
    sas::make(&resource(hub, scope)?, key, expiry, Some(policy))
}

fn resource(hub: &Hub, scope: &SasScope) -> Result<String> {
    match (hub.kind, scope) {
        (HubKind::AzureIotHub, SasScope::Service { .. }) => Ok(hub.host.clone()),
        (HubKind::AzureDps, SasScope::Service { .. }) => service_host(hub),
        (HubKind::AzureIotHub, SasScope::PolicyDevice { device_id: None, .. }) => Ok(format!("{}/devices", hub.host)),
        (HubKind::AzureIotHub, SasScope::PolicyDevice { device_id: Some(id), .. }) => {
            Ok(sas::device_resource(&hub.host, id))
        }
        _ => Err(Error::new(Code::BadRequest, "This hub's policy signs no such token.")),
    }
}

/// The service's own host. The one for the devices of all services is none.
fn service_host(hub: &Hub) -> Result<String> {
    let named = hub.details.service_host.as_deref().filter(|host| !host.is_empty());
    let host = named.unwrap_or(&hub.host);
    if host.eq_ignore_ascii_case(DPS_GLOBAL) {
        let problem = FieldProblem { field: "details.service_host".into(), problem: Problem::Required };
        return Err(Error::fields(vec![problem]).hint("Enter the service endpoint in the hub's form."));
    }
    Ok(host.to_owned())
}
