//! Azure IoT Hub and its device provisioning service (DPS): names, tokens, connection strings, limits. Sources:
//! Microsoft, "Communicate with an IoT hub using the MQTT protocol", "Control access to IoT Hub with shared access
//! signatures", "IoT Hub quotas and throttling".

pub mod connection_string;
pub mod dps;
mod key;
mod names;
mod policy;
pub mod sas;
mod token;

pub use names::{device_and_module, telemetry_topic, user_name};
pub use policy::policy_token;
pub use token::{checked_signature, device_token, opens};

pub(crate) use key::check as check_key;
pub(crate) use names::{incoming_filter, is_device_id, tcp_host};
pub(crate) use token::source;

/// Longest keep-alive, seconds: the hub closes after 1.5 times it, and cuts that at 1,767 seconds.
pub const LONGEST_KEEP_ALIVE: u16 = 1177;
/// Largest message from a device, bytes, its properties included.
pub const LARGEST_MESSAGE: u32 = 256 * 1024;
/// Path of MQTT over WebSocket, on port 443, of hubs and of DPS.
pub const WEB_SOCKET_PATH: &str = "/$iothub/websocket";
/// How long a CONNACK may take, seconds: refusals were seen to arrive after 55.
pub const SLOWEST_ANSWER: u64 = 65;
