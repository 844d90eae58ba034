//! Certificates for a list of devices.

use crate::authority::Issued;
use crate::key_kind::KeyKind;
use crate::own_ca::OwnCa;
use crate::profile::{checked_name, field};
use hubscope_model::{Code, Error, Problem, Result, text};
use std::collections::HashSet;
use std::ops::ControlFlow;

impl OwnCa {
    /// Issues a certificate and key for each id, in their order: all or none. `progress` hears how many are made,
    /// before each one and at the end, and may break off. About 3 KB a device are held until then.
    ///
    /// # Errors
    /// `Cancelled` when `progress` breaks; `InvalidFields` before the first certificate is made when an id cannot be a
    /// common name or is there twice.
    pub fn issue_devices(
        &self,
        ids: &[String],
        kind: KeyKind,
        days: u32,
        mut progress: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Result<Vec<Issued>> {
        check(ids)?;
        self.validity(days)?;
        let mut made = Vec::with_capacity(ids.len());
        for id in ids {
            go_on(progress(made.len()))?;
            made.push(self.issue_device(id, kind, days)?);
        }
        go_on(progress(made.len()))?;
        Ok(made)
    }
}

fn check(ids: &[String]) -> Result<()> {
    let mut seen = HashSet::with_capacity(ids.len());
    for (at, id) in ids.iter().enumerate() {
        let place = text!("entry {number} of the list", number = at + 1);
        checked_name(id).map_err(|error| error.detail(place.clone()))?;
        if !seen.insert(id) {
            let message = format!("The id {id} is in the list twice.");
            return Err(field("ids", Problem::Duplicate, message, text!("Leave one of the two out.")).detail(place));
        }
    }
    Ok(())
}

fn go_on(flow: ControlFlow<()>) -> Result<()> {
    match flow {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::new(Code::Cancelled, "No certificate was issued.")),
    }
}
