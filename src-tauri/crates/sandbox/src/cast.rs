//! Who is on stage: the devices of a personality with fresh secrets, and the hub that knows them.

mod azure;
mod kaa;
mod thingsboard;

use crate::broker::Broker;
use crate::fresh;
use crate::known::{KnownDevice, known_devices};
use crate::login::{ClientCredentials, Login, Policy, SimulatedDevice};
use crate::options::Behaviour;
use crate::personality::Hub;
use crate::personality::broker::Directory;
use crate::personality::kaa::Kaa;
use hubscope_model::{Certificate, Code, Error, Personality, Result};
use hubscope_pki::{Authority, Issued, read_chain, read_identity};
use hubscope_vault::Secret;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A personality, ready to be served.
pub(crate) struct Cast {
    pub hub: Arc<dyn Hub>,
    pub devices: Vec<SimulatedDevice>,
    /// The same hub, for its REST API and its pushes.
    pub kaa: Option<Arc<Kaa>>,
    pub clients: Option<ClientCredentials>,
    pub policy: Option<Policy>,
    /// TLS asks clients for a certificate.
    pub asks_clients: bool,
}

/// Makes devices with secrets of their own.
///
/// Errors: `Internal` when a certificate cannot be made; `NotACertificate` and `SandboxFailed` for certificates of the
/// user's own that this hub cannot take.
pub(crate) fn gather(
    personality: Personality,
    behaviour: &Behaviour,
    broker: &Arc<Broker>,
    authority: &Authority,
) -> Result<Cast> {
    check_certificates(personality, behaviour)?;
    match personality {
        Personality::Broker => Ok(small_broker(behaviour)),
        Personality::Azure => azure::gather(behaviour, authority),
        Personality::ThingsBoard => thingsboard::gather(behaviour),
        Personality::Kaa => kaa::gather(behaviour, broker, authority),
    }
}

fn small_broker(behaviour: &Behaviour) -> Cast {
    let tokens: Vec<_> = known_devices(Personality::Broker).iter().map(|known| (known, fresh::token())).collect();
    let device = |(known, token): &(&KnownDevice, Zeroizing<String>)| {
        simulated(known, Login::Token { token: Secret::new(token.clone()) })
    };
    let devices = tokens.iter().map(device).collect();
    let directory = Directory::new(tokens.into_iter().map(|(known, token)| (known.id.into(), token)));
    let asks_clients = behaviour.client_ca.is_some();
    Cast {
        devices,
        asks_clients,
        ..Cast::of(directory.open_to_everybody(behaviour.anonymous).trusting(behaviour.client_ca.clone()))
    }
}

impl Cast {
    fn of(hub: impl Hub + 'static) -> Self {
        Self::sharing(Arc::new(hub))
    }

    fn sharing(hub: Arc<dyn Hub>) -> Self {
        Self { hub, devices: Vec::new(), kaa: None, clients: None, policy: None, asks_clients: true }
    }
}

/// Certificates that cannot be used are said at the start, not when a device is refused.
fn check_certificates(personality: Personality, behaviour: &Behaviour) -> Result<()> {
    if let Some(ca) = &behaviour.client_ca {
        read_chain(ca)?;
    }
    let takes_ca = personality != Personality::Kaa;
    let takes_certificates = matches!(personality, Personality::Azure | Personality::ThingsBoard);
    if (behaviour.client_ca.is_some() && !takes_ca)
        || (!behaviour.client_certificates.is_empty() && !takes_certificates)
    {
        let problem = "This sandbox hub does not know devices by certificates of your own.";
        return Err(Error::new(Code::SandboxFailed, problem)
            .hint("A CA is for broker, azure and thingsboard, a registered certificate for azure and thingsboard."));
    }
    Ok(())
}

/// The certificates that a user registered, with the names of their devices.
fn registered(behaviour: &Behaviour, known: &[KnownDevice]) -> Result<Vec<(Arc<str>, Certificate)>> {
    let refused = |problem: &str| {
        Error::new(Code::SandboxFailed, problem).hint("Register a certificate whose common name is the device's id.")
    };
    let mut all: Vec<(Arc<str>, Certificate)> = Vec::new();
    for pem in &behaviour.client_certificates {
        let (certificate, _) = read_chain(pem)?;
        let id: Arc<str> = match &certificate.common_name {
            Some(name) => name.as_str().into(),
            None => return Err(refused("A certificate to register has no common name.")),
        };
        if known.iter().any(|known| known.id == &*id) || all.iter().any(|(other, _)| *other == id) {
            return Err(refused(&format!("The sandbox hub has a device {id} already.")));
        }
        all.push((id, certificate));
    }
    Ok(all)
}

/// What a hub stores of a certificate.
fn summary(issued: &Issued) -> Result<Certificate> {
    let identity = read_identity(issued.chain_pem.as_bytes(), Some(issued.key_pem.as_bytes()), None)?;
    Ok(identity.summary)
}

fn simulated(known: &KnownDevice, login: Login) -> SimulatedDevice {
    SimulatedDevice { id: known.id.to_owned(), faulty: known.faulty, login }
}
