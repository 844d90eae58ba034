//! The command line: mosquitto's flags where mosquitto has one.

mod certificates;
mod credentials;
mod sandbox;
mod session;

pub use certificates::*;
pub use credentials::*;
pub use sandbox::*;
pub use session::*;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use hubscope_model::MqttVersion;
use std::path::PathBuf;

/// Watch and send MQTT messages, look at credentials, make certificates, run the sandbox hub, or serve the device explorer to a browser.
#[derive(Parser)]
#[command(name = "hubscope-cli", version, disable_version_flag = true, disable_help_flag = true)]
#[command(after_help = "Exit codes: 0 done, 1 usage, 2 could not connect, 3 refused, 4 connection lost.")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Print help.
    #[arg(long, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Print the version.
    #[arg(long, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Subcommand)]
pub enum Command {
    /// Subscribe and print messages.
    #[command(disable_help_flag = true)]
    Sub(SubArgs),
    /// Publish messages.
    #[command(disable_help_flag = true)]
    Pub(PubArgs),
    /// Find out what a broker can do, with both versions of MQTT.
    #[command(disable_help_flag = true)]
    BrokerTest(BrokerTestArgs),
    /// Find out why a device does not connect, step by step, from its name to an echoed message.
    #[command(disable_help_flag = true)]
    Diagnose(DiagnoseArgs),
    /// Run the sandbox hub on loopback until interrupted.
    #[command(disable_help_flag = true)]
    Sandbox(SandboxArgs),
    /// Serve the device explorer to a browser on this machine until interrupted.
    #[command(disable_help_flag = true)]
    Serve(ServeArgs),
    /// Print a shared access signature of Azure IoT Hub, and nothing else; or decode one.
    #[command(disable_help_flag = true, disable_help_subcommand = true)]
    Sas(SasArgs),
    /// Read a connection string of Azure IoT Hub.
    #[command(disable_help_flag = true, disable_help_subcommand = true)]
    ConnectionString(ConnectionStringArgs),
    /// Look at a credential.
    #[command(disable_help_flag = true, disable_help_subcommand = true)]
    Credential(CredentialArgs),
    /// Make certificates with a CA of your own, and look at certificates.
    #[command(disable_help_flag = true, disable_help_subcommand = true)]
    Cert(CertArgs),
    /// Print the completions for a shell.
    #[command(disable_help_flag = true)]
    Completions(CompletionsArgs),
    /// Write the manual pages; for whoever makes packages.
    #[command(disable_help_flag = true, hide = true)]
    Manual(ManualArgs),
}

/// Where to connect and as whom.
#[derive(Args)]
pub struct ConnectArgs {
    /// Host name or address of the broker.
    #[arg(short = 'h', long, default_value = "localhost")]
    pub host: String,
    /// Port; 1883, or 8883 with TLS, 80 and 443 with WebSocket.
    #[arg(short, long, value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// mqtt(s)://[user[:password]@]host[:port][/topic] in place of -h, -p, -u, -P and -t; or ws(s)://…[/path].
    #[arg(short = 'L', long, conflicts_with_all = ["host", "port"])]
    pub url: Option<String>,
    /// User name, or the access token of a device.
    #[arg(short, long = "username", allow_hyphen_values = true)]
    pub user_name: Option<String>,
    /// Password. Other users of this machine can see it; better: --password-file or HUBSCOPE_PASSWORD.
    #[arg(short = 'P', long = "pw", allow_hyphen_values = true, conflicts_with = "password_file")]
    pub password: Option<String>,
    /// File whose first line is the password.
    #[arg(long)]
    pub password_file: Option<PathBuf>,
    /// Client id; made up unless given.
    #[arg(short, long = "id", allow_hyphen_values = true)]
    pub id: Option<String>,
    /// MQTT version.
    #[arg(short = 'V', long, value_enum, default_value = "mqttv311")]
    pub protocol_version: Version,
    #[command(flatten)]
    pub way: WayArgs,
    #[command(flatten)]
    pub packet: ConnectPacketArgs,
    /// Keep the session at the broker when this ends; needs -i.
    #[arg(short = 'c', long, requires = "id")]
    pub disable_clean_session: bool,
    /// Seconds between signs of life.
    #[arg(short, long, default_value_t = 60, value_parser = clap::value_parser!(u16).range(5..))]
    pub keepalive: u16,
    /// Use TLS and trust the CAs in this PEM file; only them, unless --tls-use-os-certs is given, too.
    #[arg(long)]
    pub cafile: Option<PathBuf>,
    /// Use TLS and trust what the system trusts; also without it on port 8883.
    #[arg(long)]
    pub tls_use_os_certs: bool,
    /// Use TLS and trust only a server that shows a certificate of this PEM file, whatever its name and dates.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cafile", "tls_use_os_certs", "unix"])]
    pub pin: Option<PathBuf>,
    /// PEM file of the client certificate with its issuers, shown to a server that asks for one.
    #[arg(long, requires = "key")]
    pub cert: Option<PathBuf>,
    /// PEM file of the client certificate's key, not encrypted.
    #[arg(long, requires = "cert")]
    pub key: Option<PathBuf>,
    /// Append the keys of TLS to this file (NSS key log format): who has it can read a recording of the connection.
    #[arg(long, value_name = "FILE")]
    pub key_log: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Version {
    #[value(name = "mqttv311", aliases = ["311", "3.1.1"])]
    V311,
    #[value(name = "mqttv5", alias = "5")]
    V5,
}

impl From<Version> for MqttVersion {
    fn from(version: Version) -> Self {
        match version {
            Version::V311 => Self::V311,
            Version::V5 => Self::V5,
        }
    }
}

#[derive(Args)]
pub struct SubArgs {
    #[command(flatten)]
    pub connect: ConnectArgs,
    /// Topic filter, e.g. 'lab/+/temp' or 'lab/#'; may be repeated.
    #[arg(short, long = "topic", required_unless_present = "url", allow_hyphen_values = true)]
    pub topics: Vec<String>,
    /// Quality of service, 0 to 2.
    #[arg(short, long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=2))]
    pub qos: u8,
    /// Messages keep their retain flag (MQTT 5).
    #[arg(long)]
    pub retain_as_published: bool,
    /// Messages of this client itself do not come back (MQTT 5).
    #[arg(long)]
    pub no_local: bool,
    /// End after this many messages.
    #[arg(short = 'C', value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    pub count: Option<u64>,
    /// Print the topic before each payload.
    #[arg(short, long, conflicts_with = "json")]
    pub verbose: bool,
    /// Print one JSON object a line: time, topic, qos, retain, payload or payload_base64.
    #[arg(long)]
    pub json: bool,
    /// Print no messages: receive into the log and print its counters as one JSON line at the end.
    #[arg(long, conflicts_with_all = ["json", "verbose"])]
    pub quiet: bool,
    /// Print a line for each control packet to standard error.
    #[arg(long)]
    pub packets: bool,
    /// With --quiet: also count what this filter matches, e.g. 'topic:lab/# 21.5'.
    #[arg(long, value_name = "TEXT", requires = "quiet")]
    pub filter: Option<String>,
}

#[derive(Args)]
#[command(group = clap::ArgGroup::new("source").required(true).args(["message", "lines", "file", "null_message"]))]
pub struct PubArgs {
    #[command(flatten)]
    pub connect: ConnectArgs,
    /// Topic to publish to.
    #[arg(short, long, required_unless_present = "url", allow_hyphen_values = true)]
    pub topic: Option<String>,
    /// Quality of service, 0 to 2.
    #[arg(short, long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=2))]
    pub qos: u8,
    /// The broker keeps the message for later subscribers.
    #[arg(short, long)]
    pub retain: bool,
    /// Print a line for each control packet to standard error.
    #[arg(long)]
    pub packets: bool,
    /// The payload.
    #[arg(short, long, allow_hyphen_values = true)]
    pub message: Option<String>,
    /// Publish each line of standard input.
    #[arg(short, long = "stdin-line")]
    pub lines: bool,
    /// Publish the content of a file.
    #[arg(short, long)]
    pub file: Option<PathBuf>,
    /// Publish an empty message.
    #[arg(short, long)]
    pub null_message: bool,
}

#[derive(Args)]
pub struct BrokerTestArgs {
    #[command(flatten)]
    pub connect: ConnectArgs,
    /// Everything is published below this topic, and removed again.
    #[arg(long, default_value = "hubscope-test")]
    pub prefix: String,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct DiagnoseArgs {
    #[command(flatten)]
    pub connect: ConnectArgs,
    /// In place of -h, -p, -u and -P: connection string, address or lines such as host: … and token: … of any hub. Other
    /// users of this machine can see it; better: a file.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, conflicts_with_all = ["connection_string_file", "url", "user_name", "password"])]
    pub connection_string: Option<String>,
    /// File with that text; - for standard input.
    #[arg(long, value_name = "PATH", conflicts_with_all = ["url", "user_name", "password"])]
    pub connection_string_file: Option<PathBuf>,
    /// On a broker the message is published below this topic, not retained.
    #[arg(long, default_value = hubscope_hubs::diagnose::PREFIX)]
    pub prefix: String,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct ServeArgs {
    /// Port on 127.0.0.1; any free one unless given.
    #[arg(long)]
    pub port: Option<u16>,
    /// Directory of the workspace; else HUBSCOPE_HOME, else the user's data directory.
    #[arg(long)]
    pub home: Option<PathBuf>,
}

#[derive(Args)]
pub struct CompletionsArgs {
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Args)]
pub struct ManualArgs {
    /// Directory that is there; a page a command is written into it.
    pub directory: PathBuf,
}
