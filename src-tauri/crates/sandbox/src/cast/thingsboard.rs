//! The devices of the ThingsBoard personality.

use super::{Cast, registered, simulated, summary};
use crate::fresh;
use crate::known::{KnownDevice, THINGSBOARD};
use crate::login::Login;
use crate::options::Behaviour;
use crate::personality::thingsboard::{Credential, Device, Profile, ThingsBoard};
use hubscope_model::{CertificateTrust, Result};
use hubscope_pki::self_signed_device;
use hubscope_vault::Secret;

pub(super) fn gather(behaviour: &Behaviour) -> Result<Cast> {
    let [valve, by_client_id, by_user_name, by_both, meter, new_device] = &THINGSBOARD;
    let (mut devices, mut known_to_hub) = (Vec::new(), Vec::new());
    let mut add = |known: &KnownDevice, login: Login, credential: Credential| {
        devices.push(simulated(known, login));
        known_to_hub.push(Device { id: known.id.into(), credential });
    };
    let token = fresh::token();
    add(valve, Login::Token { token: Secret::new(token.clone()) }, Credential::Token(token));
    let name = |known: &KnownDevice, what: &str| Some(format!("{}-{what}", known.id));
    for (known, client_id, user_name, has_password) in [
        (by_client_id, name(by_client_id, "client"), None, false),
        (by_user_name, None, name(by_user_name, "user"), true),
        (by_both, name(by_both, "client"), name(by_both, "user"), true),
    ] {
        let password = has_password.then(fresh::token);
        let login = Login::Basic {
            client_id: client_id.clone(),
            user_name: user_name.clone(),
            password: password.clone().map(Secret::new),
        };
        add(known, login, Credential::Basic { client_id, user_name, password });
    }
    let issued = self_signed_device(meter.id)?;
    let credential = Credential::Certificate(summary(&issued)?.thingsboard_id);
    let login = Login::X509 {
        chain_pem: issued.chain_pem,
        key_pem: Secret::new(issued.key_pem),
        trust: CertificateTrust::Itself,
    };
    add(meter, login, credential);
    for (id, certificate) in registered(behaviour, &THINGSBOARD)? {
        known_to_hub.push(Device { id, credential: Credential::Certificate(certificate.thingsboard_id) });
    }
    let profile = Profile { key: fresh::token(), secret: fresh::token() };
    // Not a device of the hub yet: it becomes one by provisioning.
    let login = Login::Provision { key: Secret::new(profile.key.clone()), secret: Secret::new(profile.secret.clone()) };
    devices.push(simulated(new_device, login));
    Ok(Cast { devices, ..Cast::of(ThingsBoard::new(known_to_hub, profile, behaviour.client_ca.clone())) })
}
