//! The arguments of `cert`.

use super::{CertBatchArgs, CertCrlArgs, CertRenewArgs};
use clap::{Args, Subcommand, ValueEnum};
use hubscope_model::KeyKind;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  hubscope-cli cert ca --cn 'Plant CA' --out ca
  hubscope-cli cert verify-possession --ca ca --code CODE --out proof.pem
  hubscope-cli cert device --ca ca --cn pump-1 --out pump-1
  hubscope-cli cert inspect pump-1/cert.pem
A CA is a directory with ca.pem (its certificate, then its issuers) and ca.key. Files of keys can be read by their owner
only. No file is overwritten without --force.";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct CertArgs {
    #[command(subcommand)]
    pub command: CertCommand,
}

#[derive(Subcommand)]
pub enum CertCommand {
    /// Make a CA: ca.pem and ca.key.
    #[command(disable_help_flag = true)]
    Ca(CertCaArgs),
    /// Make a device's certificate and key: cert.pem, key.pem and chain.pem.
    #[command(disable_help_flag = true)]
    Device(CertDeviceArgs),
    /// Make certificates and keys for a list of devices, each in a directory of its id: all are made before the first is
    /// written.
    #[command(disable_help_flag = true)]
    Batch(CertBatchArgs),
    /// Issue a certificate anew, for the same name and key: cert.pem and chain.pem, or ca.pem of a CA, which goes on with
    /// the ca.key that it has. Hubs and brokers that know a CA take its new certificate once it is put there.
    #[command(disable_help_flag = true)]
    Renew(CertRenewArgs),
    /// Make the CA's revocation list.
    #[command(disable_help_flag = true)]
    Crl(CertCrlArgs),
    /// Make the certificate that proves to a hub that the CA's key is yours.
    #[command(disable_help_flag = true)]
    VerifyPossession(CertPossessionArgs),
    /// Make a key and a request for a CA elsewhere: key.pem and request.pem.
    #[command(disable_help_flag = true)]
    Csr(CertCsrArgs),
    /// Sign a device's request: cert.pem and chain.pem. Of the request, name and key count.
    #[command(disable_help_flag = true)]
    Sign(CertSignArgs),
    /// Say what a file of certificates holds: PEM, DER or PKCS#12.
    #[command(disable_help_flag = true)]
    Inspect(CertInspectArgs),
    /// Put a certificate, its issuers and its key into one PKCS#12 file (.p12, .pfx).
    #[command(disable_help_flag = true)]
    ExportP12(CertExportArgs),
    /// Check a device's certificate and key, in whatever form, and write them as cert.pem, key.pem and chain.pem.
    #[command(disable_help_flag = true)]
    Import(CertImportArgs),
}

#[derive(Args)]
pub struct CertCaArgs {
    /// Name of the CA, up to 64 characters.
    #[arg(long, value_name = "NAME")]
    pub cn: String,
    /// Kind of its key.
    #[arg(long, value_enum, default_value_t = KeyArg::P256)]
    pub key: KeyArg,
    /// Days that it is valid.
    #[arg(long, default_value_t = 3650, value_parser = days())]
    pub days: u32,
    /// Directory of the CA that signs it, which makes it an intermediate; it signs itself unless given.
    #[arg(long, value_name = "DIR")]
    pub ca: Option<PathBuf>,
    #[command(flatten)]
    pub passphrase: PassphraseArgs,
    #[command(flatten)]
    pub seal: SealArgs,
    #[command(flatten)]
    pub out: OutDirectory,
}

#[derive(Args)]
pub struct CertDeviceArgs {
    /// Id of the device, which becomes the certificate's common name; up to 64 characters.
    #[arg(long, value_name = "ID")]
    pub cn: String,
    #[command(flatten)]
    pub issue: IssueArgs,
}

/// How keys and certificates of devices are made.
#[derive(Args)]
pub struct IssueArgs {
    #[command(flatten)]
    pub ca: CaArgs,
    /// Kind of a device's key. Not every hub takes Ed25519.
    #[arg(long, value_enum, default_value_t = KeyArg::P256)]
    pub key: KeyArg,
    /// Days that a certificate is valid.
    #[arg(long, default_value_t = 365, value_parser = days())]
    pub days: u32,
    #[command(flatten)]
    pub seal: SealArgs,
    #[command(flatten)]
    pub out: OutDirectory,
}

#[derive(Args)]
pub struct CertPossessionArgs {
    #[command(flatten)]
    pub ca: CaArgs,
    /// The verification code that the hub shows.
    #[arg(long)]
    pub code: String,
    #[command(flatten)]
    pub out: OutFile,
}

#[derive(Args)]
pub struct CertCsrArgs {
    /// Common name to ask for, up to 64 characters.
    #[arg(long, value_name = "ID")]
    pub cn: String,
    /// Kind of the key.
    #[arg(long, value_enum, default_value_t = KeyArg::P256)]
    pub key: KeyArg,
    #[command(flatten)]
    pub seal: SealArgs,
    #[command(flatten)]
    pub out: OutDirectory,
}

#[derive(Args)]
pub struct CertSignArgs {
    #[command(flatten)]
    pub ca: CaArgs,
    /// The request, PEM or DER.
    #[arg(long, value_name = "FILE")]
    pub csr: PathBuf,
    /// Common name in place of the request's.
    #[arg(long, value_name = "ID")]
    pub cn: Option<String>,
    /// Days that the certificate is valid.
    #[arg(long, default_value_t = 365, value_parser = days())]
    pub days: u32,
    #[command(flatten)]
    pub out: OutDirectory,
}

#[derive(Args)]
pub struct CertInspectArgs {
    /// The file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub passphrase: PassphraseArgs,
    /// Print one JSON object with a list of certificates.
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct CertExportArgs {
    /// The certificate, which its issuers may follow.
    #[arg(long, value_name = "FILE")]
    pub cert: PathBuf,
    /// Its key, if it is not in the same file.
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// File whose first line is the key's passphrase.
    #[arg(long, value_name = "FILE")]
    pub key_passphrase_file: Option<PathBuf>,
    /// Passphrase of the PKCS#12 file.
    #[command(flatten)]
    pub passphrase: PassphraseArgs,
    #[command(flatten)]
    pub out: OutFile,
}

#[derive(Args)]
pub struct CertImportArgs {
    /// The certificate, which its issuers may follow: PEM or DER; or PKCS#12 with its key.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Its key, if it is not in the same file: PKCS#8, PKCS#1 or SEC1, PEM or DER.
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    #[command(flatten)]
    pub passphrase: PassphraseArgs,
    #[command(flatten)]
    pub seal: SealArgs,
    #[command(flatten)]
    pub out: OutDirectory,
}

/// How a key is written.
#[derive(Args)]
pub struct SealArgs {
    /// Encrypt the key that is written with the first line of this file.
    #[arg(long, value_name = "FILE")]
    pub key_passphrase_file: Option<PathBuf>,
}

/// The CA that signs.
#[derive(Args)]
pub struct CaArgs {
    /// Directory of the CA.
    #[arg(long, value_name = "DIR")]
    pub ca: PathBuf,
    #[command(flatten)]
    pub passphrase: PassphraseArgs,
}

/// What opens a key or a PKCS#12 file: this, else HUBSCOPE_PASSPHRASE.
#[derive(Args)]
pub struct PassphraseArgs {
    /// File whose first line is the passphrase; else HUBSCOPE_PASSPHRASE.
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub struct OutDirectory {
    /// Directory that is written to; made if it is not there.
    #[arg(long = "out", value_name = "DIR")]
    pub directory: PathBuf,
    /// Overwrite files that are there.
    #[arg(long)]
    pub force: bool,
}

#[derive(Args)]
pub struct OutFile {
    /// File that is written.
    #[arg(long = "out", value_name = "FILE")]
    pub file: PathBuf,
    /// Overwrite it if it is there.
    #[arg(long)]
    pub force: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum KeyArg {
    P256,
    P384,
    #[value(name = "rsa2048")]
    Rsa2048,
    #[value(name = "rsa3072")]
    Rsa3072,
    #[value(name = "rsa4096")]
    Rsa4096,
    Ed25519,
}

impl From<KeyArg> for KeyKind {
    fn from(key: KeyArg) -> Self {
        match key {
            KeyArg::P256 => Self::P256,
            KeyArg::P384 => Self::P384,
            KeyArg::Rsa2048 => Self::Rsa2048,
            KeyArg::Rsa3072 => Self::Rsa3072,
            KeyArg::Rsa4096 => Self::Rsa4096,
            KeyArg::Ed25519 => Self::Ed25519,
        }
    }
}

pub(super) fn days() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=i64::from(hubscope_pki::MOST_DAYS))
}
