//! The devices that each personality has, known before it is started.

use hubscope_model::Personality;

/// A device that every sandbox of a personality has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownDevice {
    pub id: &'static str,
    /// It misbehaves on purpose, or the hub refuses it.
    pub faulty: bool,
}

const fn good(id: &'static str) -> KnownDevice {
    KnownDevice { id, faulty: false }
}

const fn faulty(id: &'static str) -> KnownDevice {
    KnownDevice { id, faulty: true }
}

/// The broker's: all of them are simulated and publish by themselves.
pub(crate) const BROKER: [KnownDevice; 5] =
    [good("thermo-a"), good("thermo-b"), good("door-1"), good("pump-1"), faulty("faulty-1")];

/// Azure's: shared access keys, with a module, disabled; a certificate known by thumbprint, one known by its CA.
pub(crate) const AZURE: [KnownDevice; 6] = [
    good("freezer-1"),
    good("gateway-1"),
    good("gateway-1/meter"),
    faulty("retired-1"),
    good("camera-1"),
    good("robot-1"),
];

/// ThingsBoard's: access token; MQTT basic by client id, by user name and password, by all three; certificate;
/// device provisioning.
pub(crate) const THINGSBOARD: [KnownDevice; 6] =
    [good("valve-1"), good("lamp-1"), good("lamp-2"), good("lamp-3"), good("meter-1"), good("new-device")];

/// Kaa's: an endpoint for each state of its token.
pub(crate) const KAA: [KnownDevice; 4] =
    [good("boiler-new"), good("boiler-1"), faulty("boiler-suspended"), faulty("boiler-revoked")];

/// The devices of a personality, in the order of [`crate::Sandbox::devices`].
pub fn known_devices(personality: Personality) -> &'static [KnownDevice] {
    match personality {
        Personality::Broker => &BROKER,
        Personality::Azure => &AZURE,
        Personality::ThingsBoard => &THINGSBOARD,
        Personality::Kaa => &KAA,
    }
}
