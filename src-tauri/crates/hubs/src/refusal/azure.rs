//! Azure IoT Hub and DPS. There is no official table of CONNACK codes; that a wrong token and a disabled device get
//! "not authorised" is seen in the field, the rest of that family of errors (401003) is likely and not certain.
//! Sources: Microsoft, "Use MQTT to communicate with Azure IoT Hub", "Understand and resolve Azure IoT Hub errors".

use super::{Reason, Words, words};
use hubscope_model::{Credential, Device, text};

pub(super) fn iot_hub(reason: Reason, device: &Device) -> Option<Words> {
    match (reason, &device.credential) {
        (Reason::Credential, Credential::X509 { .. }) => words(
            "Azure IoT Hub does not let this device in with its certificate.",
            text!(
                "Compare device id and thumbprints (or the verified CA and the certificate's common name) with the device at the hub, and see whether it is enabled."
            ),
        ),
        (Reason::Credential, Credential::SasToken) => words(
            "Azure IoT Hub does not accept this SAS token for the device.",
            text!(
                "It may have ended, be for another resource, or be signed with an old key; the device may be disabled or unknown. Compare them with the device at the hub, and this machine's clock with the time."
            ),
        ),
        (Reason::Credential, _) => words(
            "Azure IoT Hub does not let this device in with its key.",
            text!(
                "Compare device id and key with the device at the hub, and see whether it is enabled. A clock that is more than five minutes off has the same effect."
            ),
        ),
        (Reason::ClientId, _) => words(
            "Azure IoT Hub refused the client id.",
            text!("It must be the device id, or device/module, letter for letter."),
        ),
        (Reason::Unavailable, _) => words(
            "Azure IoT Hub is up and takes no connection now.",
            text!(
                "It may be busy, suspended, or its quota for today may be used up: see the hub's overview in the portal."
            ),
        ),
        (Reason::Version, _) => {
            words("Azure IoT Hub speaks MQTT 3.1.1 only.", text!("Choose MQTT 3.1.1 in the device's session options."))
        }
        (Reason::NoAnswer, Credential::X509 { .. }) => words(
            "Azure IoT Hub closed the connection without an answer.",
            text!(
                "It may not accept the client certificate: check that the whole chain is sent, and thumbprints or CA at the hub."
            ),
        ),
        (Reason::NoAnswer, _) => words(
            "Azure IoT Hub closed the connection without an answer.",
            text!(
                "It may not know the hub's name in the user name, the device or its token: compare them with the hub."
            ),
        ),
        (Reason::Dropped, _) => words(
            "Azure IoT Hub closed the connection; MQTT 3.1.1 has no way to say why.",
            text!(
                "It does so when a token ends, when the device is disabled, when the same device connects elsewhere, and on QoS 2 or a topic that it does not know."
            ),
        ),
    }
}

pub(super) fn dps(reason: Reason, device: &Device) -> Option<Words> {
    match (reason, &device.credential) {
        (Reason::Credential | Reason::NoAnswer, Credential::X509 { .. }) => words(
            "The provisioning service does not let this registration in with its certificate.",
            text!(
                "The certificate's common name must be the registration id, and an enrolment must know it or its CA. Check the id scope, too."
            ),
        ),
        (Reason::Credential | Reason::NoAnswer, _) => words(
            "The provisioning service does not let this registration in.",
            text!(
                "Compare id scope, registration id and key with the enrolment; the key of a group is not the key of its devices. Check this machine's clock, too."
            ),
        ),
        (Reason::Version, _) => words(
            "The provisioning service speaks MQTT 3.1.1 only.",
            text!("Choose MQTT 3.1.1 in the device's session options."),
        ),
        (Reason::ClientId, _) => {
            words("The provisioning service refused the client id.", text!("It must be the registration id."))
        }
        (Reason::Unavailable | Reason::Dropped, _) => None,
    }
}
