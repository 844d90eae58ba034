//! Certificates for a list of devices, each in a directory of its own.

use super::files::{self, New};
use super::{open_ca, sealed};
use crate::args::{CertBatchArgs, IssueArgs, OutDirectory};
use crate::failure::Failure;
use hubscope_model::{Code, Error};
use hubscope_pki::NewDevice;
use std::ops::ControlFlow;
use std::path::Path;

const FILES: [&str; 3] = ["cert.pem", "key.pem", "chain.pem"];

pub fn run(args: CertBatchArgs) -> Result<(), Failure> {
    let CertBatchArgs { mut names, ids, issue: IssueArgs { ca, key, days, seal, out } } = args;
    if let Some(file) = ids {
        names.extend(read_ids(&file)?);
    }
    let directories = names.iter().map(|name| directory(&out, name)).collect::<Result<Vec<_>, _>>()?;
    for directory in &directories {
        files::check_directory(directory, &FILES)?;
    }
    let devices: Vec<_> = names.into_iter().map(|common_name| NewDevice { common_name, serial: None }).collect();
    // All are made before the first is written.
    let made = open_ca(&ca)?
        .issue_devices(&devices, key.into(), days, |_| ControlFlow::Continue(()))
        .map_err(Failure::usage)?;
    for (made, OutDirectory { directory, force }) in made.into_iter().zip(directories) {
        let key = sealed(made.key_pem, &seal)?;
        let [cert_file, key_file, chain_file] = FILES.map(|name| directory.join(name));
        let all = [
            New::public(cert_file, &made.cert_pem),
            New::private(key_file, key.as_bytes()),
            New::public(chain_file, &made.chain_pem),
        ];
        files::write(&all, force)?;
    }
    Ok(())
}

fn read_ids(file: &Path) -> Result<Vec<String>, Failure> {
    let bytes = files::read(file)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        let message = format!("{} is not UTF-8 text.", file.display());
        Failure::usage(Error::new(Code::FileUnreadable, message).hint("Give a file with one id a line."))
    })?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// An id that would lead elsewhere is no directory.
fn directory(out: &OutDirectory, id: &str) -> Result<OutDirectory, Failure> {
    if id.contains(['/', '\\', ':']) || id.starts_with('.') {
        let message = format!("The id {id} cannot name a directory.");
        return Err(Failure::usage(
            Error::new(Code::BadRequest, message).hint("Issue that one by itself: cert device --cn ID --out DIR."),
        ));
    }
    Ok(OutDirectory { directory: out.directory.join(id), force: out.force })
}
