//! How to reach the broker, and what a session brings along, in mosquitto's spelling where it has one.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// The way to the broker.
#[derive(Args)]
pub struct WayArgs {
    /// What carries MQTT; tls and wss trust what the system trusts unless --cafile is given.
    #[arg(long, value_enum, conflicts_with_all = ["url", "unix"])]
    pub transport: Option<TransportArg>,
    /// Path of the WebSocket.
    #[arg(long, default_value = "/mqtt")]
    pub path: String,
    /// 'Name: value' for the request that opens the WebSocket; may be repeated. Other users of this machine can see it.
    #[arg(long = "header", value_name = "HEADER", requires = "transport")]
    pub headers: Vec<String>,
    /// Connect through this socket file.
    #[arg(long, conflicts_with_all = ["url", "port", "proxy", "connect_to", "cafile", "tls_use_os_certs"])]
    pub unix: Option<PathBuf>,
    /// Connect here, HOST:PORT, while TLS and WebSocket go by -h and -p.
    #[arg(long, value_name = "HOST:PORT")]
    pub connect_to: Option<String>,
    /// socks5h://[user@]host[:port], also socks5 and http. The password: --proxy-password-file or HUBSCOPE_PROXY_PASSWORD.
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,
    /// File whose first line is the password for the proxy.
    #[arg(long, requires = "proxy")]
    pub proxy_password_file: Option<PathBuf>,
    /// Protocol that TLS offers by ALPN.
    #[arg(long)]
    pub tls_alpn: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TransportArg {
    Tcp,
    Tls,
    Ws,
    Wss,
}

/// What CONNECT says besides the credential.
#[derive(Args)]
pub struct ConnectPacketArgs {
    /// Topic of the will, which the broker publishes if this ends without goodbye.
    #[arg(long)]
    pub will_topic: Option<String>,
    /// Payload of the will.
    #[arg(long, requires = "will_topic", allow_hyphen_values = true, default_value = "")]
    pub will_payload: String,
    /// QoS of the will, 0 to 2.
    #[arg(long, requires = "will_topic", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=2))]
    pub will_qos: u8,
    /// The broker keeps the will for later subscribers.
    #[arg(long, requires = "will_topic")]
    pub will_retain: bool,
    /// Seconds that the broker keeps the session (MQTT 5); implies nothing about -c.
    #[arg(short = 'x', long, value_name = "SECONDS")]
    pub session_expiry_interval: Option<u32>,
    /// PACKET NAME VALUE: a property of MQTT 5, such as -D publish content-type text/plain; user-property takes a name and
    /// a value; may be repeated.
    #[arg(short = 'D', long = "property", num_args = 3..=4, value_name = "PROPERTY")]
    pub properties: Vec<String>,
}
