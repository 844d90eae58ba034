//! A run beside a session of the same device.

use hubscope_model::{Code, Credential, Device, Error, Hub, HubKind, Result};
use hubscope_mqtt::Options;

/// Lets a run go beside a session of its device that is online: by a client id of its own, where the hub leaves that free.
///
/// # Errors
/// `BadRequest` where the hub knows the device by its client id, and would end the session.
pub fn beside_session(hub: &Hub, device: &mut Device, options: &mut Options) -> Result<()> {
    let is_free = match (hub.kind, &device.credential) {
        (HubKind::MqttBroker | HubKind::Sandbox | HubKind::Kaa, _) => true,
        // A Basic credential of ThingsBoard may name the client id.
        (HubKind::ThingsBoard, credential) => matches!(credential, Credential::AccessToken | Credential::X509 { .. }),
        (HubKind::AzureIotHub | HubKind::AzureDps, _) => false,
    };
    if !is_free {
        let words = "The hub knows this device by its client id, so a run would end the session that is online.";
        return Err(Error::new(Code::BadRequest, words).hint("Disconnect the device, then diagnose it."));
    }
    device.client_id = crate::generate_client_id();
    options.client_id.clone_from(&device.client_id);
    // Nothing of that client id stays at the broker.
    options.clean_session = true;
    Ok(())
}
