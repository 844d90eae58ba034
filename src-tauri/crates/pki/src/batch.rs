//! Certificates for a list of devices.

use crate::authority::Issued;
use crate::own_ca::OwnCa;
use crate::profile::{checked_name, field};
use crate::serial::Serial;
use hubscope_model::{Code, Error, KeyKind, Problem, Result, text};
use std::collections::HashSet;
use std::ops::ControlFlow;

/// A device that is to get a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDevice {
    pub common_name: String,
    /// None: a random one.
    pub serial: Option<Serial>,
}

impl OwnCa {
    /// Issues a certificate and key for each device, in their order: all or none. `progress` hears how many are made,
    /// before each one and at the end, and may break off. About 3 KB a device are held until then.
    ///
    /// # Errors
    /// `Cancelled` when `progress` breaks; `InvalidFields` before the first certificate is made when a
    /// name cannot be one or is there twice.
    pub fn issue_devices(
        &self,
        devices: &[NewDevice],
        kind: KeyKind,
        days: u32,
        mut progress: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Result<Vec<Issued>> {
        self.check_devices(devices, days)?;
        let mut made = Vec::with_capacity(devices.len());
        for device in devices {
            go_on(progress(made.len()))?;
            made.push(self.issue_device_numbered(&device.common_name, device.serial.as_ref(), kind, days)?);
        }
        go_on(progress(made.len()))?;
        Ok(made)
    }

    /// What [`OwnCa::issue_devices`] looks at before it makes the first certificate.
    pub fn check_devices(&self, devices: &[NewDevice], days: u32) -> Result<()> {
        check(devices)?;
        self.validity(days).map(drop)
    }
}

fn check(devices: &[NewDevice]) -> Result<()> {
    let mut names = HashSet::with_capacity(devices.len());
    let mut serials = HashSet::new();
    for (at, device) in devices.iter().enumerate() {
        let place = text!("entry {number} of the list", number = at + 1);
        checked_name(&device.common_name).map_err(|error| error.detail(place.clone()))?;
        if !names.insert(&device.common_name) {
            let message = format!("The id {} is in the list twice.", device.common_name);
            return Err(field("devices", Problem::Duplicate, message, text!("Leave one of the two out.")).detail(place));
        }
        if device.serial.as_ref().is_some_and(|serial| !serials.insert(serial)) {
            let message = "Two certificates of the list have the same serial.".to_owned();
            return Err(field("serial", Problem::Duplicate, message, text!("Give each its own.")).detail(place));
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
