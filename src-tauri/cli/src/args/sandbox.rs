//! The arguments of `sandbox`.

use clap::{Args, ValueEnum};
use hubscope_sandbox::Fault;
use std::path::PathBuf;

/// What `--fault` takes, for `--help`.
const FAULTS: &str = "\
FAULT is NAME[=VALUE][,client=ID][,times=N]: against one client id or all, N times or always.
  refuse-connect=CODE              CONNACK 1 to 5 (MQTT 3.1.1) or 0x80 and up (MQTT 5)
  refuse-subscribe=CODE[,topic=F]  SUBACK 0x80 and up, for the filter F or all
  refuse-publish=CODE[,topic=F]    PUBACK or PUBREC 0x80 and up, for topics that F matches or all
  wrong-session-present            CONNACK says the contrary of the session
  delay=TIME[,packet=PACKET]       500ms or 2s before the packet, or any, goes out
  throttle=BYTES                   no more than this a second to a client (no times)
  cut=PACKET                       half a packet, then the connection ends
  lose=PACKET                      the packet is not sent: an acknowledgement, for instance
  oversized=BYTES                  PUBLISH is filled up to this size
  malformed=PACKET                 the reserved flags are wrong; PUBLISH has QoS 3
PACKET is one that the hub sends: connack, publish, puback, pubrec, pubrel, pubcomp, suback, unsuback, pingresp or
disconnect.";

#[derive(Args)]
#[command(after_help = FAULTS)]
pub struct SandboxArgs {
    /// Which hub to play.
    #[arg(long, value_enum, default_value_t = PersonalityArg::Broker)]
    pub personality: PersonalityArg,
    /// Port for plain MQTT; any free one unless given. Azure has none.
    #[arg(long)]
    pub mqtt_port: Option<u16>,
    /// Port for MQTT over TLS; any free one unless given.
    #[arg(long)]
    pub mqtts_port: Option<u16>,
    /// Port for MQTT over WebSocket, which only broker has; any free one unless given.
    #[arg(long)]
    pub ws_port: Option<u16>,
    /// Port for MQTT over WebSocket with TLS, which broker and azure have; any free one unless given.
    #[arg(long)]
    pub wss_port: Option<u16>,
    /// Port for the REST API, which only kaa has; any free one unless given.
    #[arg(long)]
    pub http_port: Option<u16>,
    /// Let clients in that have neither user name nor password; broker only.
    #[arg(long)]
    pub anonymous: bool,
    /// Let devices in that show a certificate of this CA, a PEM file; not kaa.
    #[arg(long, value_name = "FILE")]
    pub client_ca: Option<PathBuf>,
    /// Register this device's certificate, a PEM file, under its common name; azure (by thumbprint) and thingsboard.
    /// May be given more than once.
    #[arg(long = "client-cert", value_name = "FILE")]
    pub client_certs: Vec<PathBuf>,
    /// Longest keep-alive in seconds, told to MQTT 5 clients; broker only.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u16).range(1..))]
    pub server_keep_alive: Option<u16>,
    /// No simulated devices, no messages of the hub's own.
    #[arg(long)]
    pub quiet: bool,
    /// Do wrong on purpose, as listed below. May be given up to 64 times.
    #[arg(long = "fault", value_name = "FAULT")]
    pub faults: Vec<Fault>,
}

/// The hubs that the sandbox plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PersonalityArg {
    Broker,
    Azure,
    #[value(name = "thingsboard")]
    ThingsBoard,
    Kaa,
}
