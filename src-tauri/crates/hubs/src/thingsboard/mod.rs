//! ThingsBoard and the white-labels that run on it. Sources: the server's own code (thingsboard/thingsboard,
//! `DefaultTransportService`, `MqttTransportHandler`, `DeviceCredentialsServiceImpl`).

mod basic;
mod refusal;

pub use basic::{check_basic, credentials_id};
pub use refusal::{Presented, answer_to_unknown};
