//! Certificates and keys from one form into another.

use super::files::{self, New};
use super::{inspect, passphrase_of, read_passphrase, sealed};
use crate::args::{CertExportArgs, CertImportArgs};
use crate::failure::Failure;
use hubscope_model::{Code, Error};
use hubscope_pki::{read_identity, write_pkcs12};
use hubscope_vault::to_terminal;

pub fn export(args: CertExportArgs) -> Result<(), Failure> {
    let CertExportArgs { cert, key, key_passphrase_file, passphrase, out } = args;
    files::check_file(&out)?;
    let passphrase = read_passphrase(&passphrase)?.ok_or_else(|| {
        Failure::usage(
            Error::new(Code::PassphraseNeeded, "A PKCS#12 file needs a passphrase.")
                .hint("Give a file with --passphrase-file, or set HUBSCOPE_PASSPHRASE."),
        )
    })?;
    let chain = files::read(&cert)?;
    let key = key.map(|path| files::read(&path)).transpose()?;
    let key_passphrase = passphrase_of(key_passphrase_file.as_deref())?;
    let key = key.as_ref().map(|key| key.as_slice());
    let made = write_pkcs12(&chain, key, key_passphrase.as_ref(), &passphrase).map_err(Failure::usage)?;
    files::write(&[New::private(out.file, &made)], out.force)
}

pub fn import(args: CertImportArgs) -> Result<(), Failure> {
    let CertImportArgs { file, key, passphrase, seal, out } = args;
    files::check_directory(&out, &["cert.pem", "key.pem", "chain.pem"])?;
    let certificate = files::read(&file)?;
    let key = key.map(|path| files::read(&path)).transpose()?;
    let passphrase = read_passphrase(&passphrase)?;
    let key = key.as_ref().map(|key| key.as_slice());
    let identity = read_identity(&certificate, key, passphrase.as_ref()).map_err(Failure::usage)?;
    let key = sealed(to_terminal(&identity.key), &seal)?;
    // The first certificate of the chain is the device's.
    const END: &str = "-----END CERTIFICATE-----\n";
    let leaf =
        identity.chain_pem.find(END).map_or(identity.chain_pem.as_str(), |at| &identity.chain_pem[..at + END.len()]);
    let inside = |name: &str| out.directory.join(name);
    let all = [
        New::public(inside("cert.pem"), leaf),
        New::private(inside("key.pem"), key.as_bytes()),
        New::public(inside("chain.pem"), &identity.chain_pem),
    ];
    files::write(&all, out.force)?;
    inspect::remark(leaf)
}
