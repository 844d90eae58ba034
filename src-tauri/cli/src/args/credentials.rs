//! Arguments about credentials. Secrets come by a file, the environment or standard input as well.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Where a connection string comes from: these, else HUBSCOPE_CONNECTION_STRING, else standard input.
#[derive(Args)]
pub struct SourceArgs {
    /// Connection string. Other users of this machine can see it; better: a file, HUBSCOPE_CONNECTION_STRING or standard
    /// input.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, conflicts_with = "connection_string_file")]
    pub connection_string: Option<String>,
    /// File with the connection string; - for standard input.
    #[arg(long, value_name = "PATH")]
    pub connection_string_file: Option<PathBuf>,
}

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct SasArgs {
    #[command(subcommand)]
    pub command: Option<SasCommand>,
    #[command(flatten)]
    pub make: SasMakeArgs,
}

#[derive(Subcommand)]
pub enum SasCommand {
    /// Say what a token holds, and whether a connection string's key made it.
    #[command(disable_help_flag = true)]
    Decode(SasDecodeArgs),
}

#[derive(Args)]
pub struct SasMakeArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// When the token ends, in seconds since 1970.
    #[arg(long, value_name = "UNIX", conflicts_with = "duration", value_parser = clap::value_parser!(i64).range(0..))]
    pub expiry: Option<i64>,
    /// How long the token lives: 90s, 15m, 1h, 7d.
    #[arg(long, default_value = "1h", value_parser = crate::sas::seconds)]
    pub duration: i64,
    /// Name of the shared access policy that the key belongs to; the string's own unless given.
    #[arg(long, value_name = "NAME")]
    pub policy: Option<String>,
    /// With a policy's connection string: the one device (or device/module) that the token opens.
    #[arg(long, value_name = "ID")]
    pub device: Option<String>,
}

#[derive(Args)]
pub struct SasDecodeArgs {
    /// The token; else --token-file, HUBSCOPE_SAS_TOKEN or standard input.
    #[arg(value_name = "TOKEN", allow_hyphen_values = true, conflicts_with = "token_file")]
    pub token: Option<String>,
    /// File with the token; - for standard input.
    #[arg(long, value_name = "PATH")]
    pub token_file: Option<PathBuf>,
    /// Whose key and resource the token is compared with.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct ConnectionStringArgs {
    #[command(subcommand)]
    pub command: ConnectionStringCommand,
}

#[derive(Subcommand)]
pub enum ConnectionStringCommand {
    /// Say what a connection string holds, or what is wrong with it. Secrets are left out.
    #[command(disable_help_flag = true)]
    Parse(ReadArgs),
}

#[derive(Args)]
pub struct CredentialArgs {
    #[command(subcommand)]
    pub command: CredentialCommand,
}

#[derive(Subcommand)]
pub enum CredentialCommand {
    /// Say what CONNECT will carry, secrets masked. Besides connection strings this takes whatever can be pasted into
    /// the app: SAS tokens, command lines of mosquitto, MQTT.js and az, addresses, lines such as "host: …".
    #[command(disable_help_flag = true)]
    ConnectParameters(ReadArgs),
}

#[derive(Args)]
pub struct ReadArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}
