//! The arguments of `cert` for what is there already, and for many at once.

use super::certificates::{CaArgs, IssueArgs, OutDirectory, OutFile, days};
use clap::{Args, ValueEnum};
use hubscope_model::RevocationReason;
use std::path::PathBuf;

#[derive(Args)]
pub struct CertBatchArgs {
    /// Ids of the devices, which become common names and directories.
    #[arg(value_name = "ID", required_unless_present = "ids")]
    pub names: Vec<String>,
    /// File with further ids, one a line.
    #[arg(long, value_name = "FILE")]
    pub ids: Option<PathBuf>,
    #[command(flatten)]
    pub issue: IssueArgs,
}

#[derive(Args)]
pub struct CertRenewArgs {
    #[command(flatten)]
    pub ca: CaArgs,
    /// The certificate, PEM or DER: of a device, of a CA that this one signed, or the ca.pem of a root itself.
    #[arg(long, value_name = "FILE")]
    pub cert: PathBuf,
    /// Days that the new certificate is valid; 365, or 3650 of a CA, unless given.
    #[arg(long, value_parser = days())]
    pub days: Option<u32>,
    #[command(flatten)]
    pub out: OutDirectory,
}

#[derive(Args)]
pub struct CertCrlArgs {
    #[command(flatten)]
    pub ca: CaArgs,
    /// A certificate that no longer counts, PEM or DER. May be repeated; name all that were revoked before, too.
    #[arg(long, value_name = "FILE")]
    pub revoke: Vec<PathBuf>,
    /// Why they no longer count.
    #[arg(long, value_enum, default_value_t = ReasonArg::Unspecified)]
    pub reason: ReasonArg,
    /// Number of the list, higher than that of the list before.
    #[arg(long)]
    pub number: u64,
    /// Days until the next list is due.
    #[arg(long, default_value_t = 30, value_parser = days())]
    pub days: u32,
    #[command(flatten)]
    pub out: OutFile,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ReasonArg {
    Unspecified,
    KeyCompromise,
    Superseded,
    CessationOfOperation,
}

impl From<ReasonArg> for RevocationReason {
    fn from(reason: ReasonArg) -> Self {
        match reason {
            ReasonArg::Unspecified => Self::Unspecified,
            ReasonArg::KeyCompromise => Self::KeyCompromise,
            ReasonArg::Superseded => Self::Superseded,
            ReasonArg::CessationOfOperation => Self::CessationOfOperation,
        }
    }
}
