//! A pasted text as the hub and the device that it means.

use crate::failure::Failure;
use hubscope_hubs::paste::Pasted;
use hubscope_model::{Code, Device, DeviceId, Error, Hub, PasteForm, Recognised, SessionOptions};

/// The text, if it says all that a device needs to connect.
pub fn whole(pasted: Pasted) -> Result<Pasted, Failure> {
    let recognised = &pasted.recognised;
    if recognised.form == PasteForm::ServiceConnectionString {
        return Err(Failure::usage(
            Error::new(
                Code::BadRequest,
                "This is a shared access policy's connection string: no device connects with it.",
            )
            .hint("Give the device's own connection string."),
        ));
    }
    // A certificate is never in the text, and what CONNECT carries does not depend on it.
    let missing: Vec<_> = recognised.missing.iter().filter(|name| *name != "certificate").map(String::as_str).collect();
    if !missing.is_empty() {
        return Err(Failure::usage(
            Error::new(Code::InvalidFields, format!("The text does not say all: missing are {}.", missing.join(", ")))
                .hint("Add what is missing, for instance as lines such as \"host: …\"."),
        ));
    }
    Ok(pasted)
}

/// Hub and device, under ids that nobody else knows.
pub fn hub_and_device(recognised: Recognised, options: SessionOptions) -> (Hub, Device) {
    let hub = Hub {
        connection: recognised.connection,
        details: recognised.details,
        ..Hub::new(recognised.kind, recognised.host, recognised.port, recognised.transport)
    };
    let device = Device {
        id: DeviceId::new(),
        hub: hub.id,
        name: String::new(),
        client_id: recognised.client_id.unwrap_or_default(),
        credential: recognised.credential,
        secrets: recognised.secrets,
        certificate: recognised.certificate,
        credential_set: None,
        options,
    };
    (hub, device)
}
