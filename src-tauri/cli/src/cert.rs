//! `cert`: a CA of one's own, certificates of devices, and what certificate files hold.

mod batch;
mod containers;
mod files;
mod inspect;
mod issue;
mod issued;
mod request;

use crate::args::{CaArgs, CertArgs, CertCommand, PassphraseArgs, SealArgs};
use crate::connect::first_line;
use crate::failure::Failure;
use hubscope_pki::{OwnCa, seal_key};
use hubscope_vault::Secret;
use std::path::Path;
use zeroize::Zeroizing;

pub fn run(args: CertArgs) -> Result<(), Failure> {
    match args.command {
        CertCommand::Ca(args) => issue::ca(args),
        CertCommand::Device(args) => issue::device(args),
        CertCommand::Batch(args) => batch::run(args),
        CertCommand::Renew(args) => issued::renew(args),
        CertCommand::Crl(args) => issued::list(args),
        CertCommand::VerifyPossession(args) => issue::possession(args),
        CertCommand::Csr(args) => request::make(args),
        CertCommand::Sign(args) => request::sign(args),
        CertCommand::Inspect(args) => inspect::run(args),
        CertCommand::ExportP12(args) => containers::export(args),
        CertCommand::Import(args) => containers::import(args),
    }
}

fn open_ca(args: &CaArgs) -> Result<OwnCa, Failure> {
    let passphrase = read_passphrase(&args.passphrase)?;
    read_ca(&args.ca, passphrase.as_ref())
}

/// The CA in a directory: ca.pem and ca.key.
fn read_ca(directory: &Path, passphrase: Option<&Secret<String>>) -> Result<OwnCa, Failure> {
    let certificate = files::read(&directory.join("ca.pem"))?;
    let key = files::read(&directory.join("ca.key"))?;
    OwnCa::read(&certificate, Some(&key), passphrase).map_err(Failure::usage)
}

fn read_passphrase(args: &PassphraseArgs) -> Result<Option<Secret<String>>, Failure> {
    if args.passphrase_file.is_some() {
        return passphrase_of(args.passphrase_file.as_deref());
    }
    let given = std::env::var("HUBSCOPE_PASSPHRASE").ok().map(Zeroizing::new);
    Ok(given.filter(|text| !text.is_empty()).map(Secret::new))
}

/// The first line of the file, if one was given and it is not empty.
fn passphrase_of(file: Option<&Path>) -> Result<Option<Secret<String>>, Failure> {
    let given = file.map(first_line).transpose()?;
    Ok(given.filter(|text| !text.is_empty()).map(Secret::new))
}

/// The key as it is written: under a passphrase where one was given.
fn sealed(key_pem: Zeroizing<String>, seal: &SealArgs) -> Result<Zeroizing<String>, Failure> {
    if seal.key_passphrase_file.is_none() {
        return Ok(key_pem);
    }
    let passphrase = passphrase_of(seal.key_passphrase_file.as_deref())?
        .unwrap_or_else(|| Secret::new(Zeroizing::new(String::new())));
    seal_key(key_pem.as_bytes(), &passphrase).map_err(Failure::usage)
}
