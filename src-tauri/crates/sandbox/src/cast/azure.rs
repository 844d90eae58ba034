//! The devices of the Azure personality.

use super::{Cast, registered, simulated, summary};
use crate::fresh;
use crate::known::{AZURE, KnownDevice};
use crate::login::{Login, Policy as PolicyLogin, SimulatedDevice};
use crate::options::Behaviour;
use crate::personality::azure::{Azure, Identity, Policy, Proof};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hubscope_model::{CertificateTrust, Result};
use hubscope_pki::{Authority, Issued, self_signed_device};
use hubscope_vault::Secret;
use zeroize::Zeroizing;

/// The policy whose key opens everything, as on a new hub.
const POLICY: &str = "iothubowner";

pub(super) fn gather(behaviour: &Behaviour, authority: &Authority) -> Result<Cast> {
    let [freezer, gateway, meter, retired, camera, robot] = &AZURE;
    let policy_key = fresh::key();
    let (mut devices, mut identities) = (Vec::new(), Vec::new());
    let mut add = |(device, identity): (SimulatedDevice, Identity)| {
        devices.push(device);
        identities.push(identity);
    };
    for known in [freezer, gateway, meter, retired] {
        add(with_keys(known));
    }
    let own = self_signed_device(camera.id)?;
    let spare = self_signed_device(camera.id)?;
    let thumbprints = [summary(&own)?.sha256, summary(&spare)?.sha1];
    add(with_certificate(camera, own, CertificateTrust::Itself, Proof::Thumbprints(thumbprints)));
    let issued = authority.issue_device(robot.id)?;
    let proof = Proof::Authority(authority.pem().to_owned());
    add(with_certificate(robot, issued, CertificateTrust::Authority, proof));
    for (id, certificate) in registered(behaviour, &AZURE)? {
        let proof = Proof::Thumbprints([certificate.sha256, certificate.sha1]);
        identities.push(Identity { id, enabled: true, proof });
    }
    let azure = Azure { identities, enrolled_ca: behaviour.client_ca.clone(), policies: Vec::new() };
    let policy = Policy { name: POLICY, key: bytes(&policy_key) };
    let policy_login = PolicyLogin { name: POLICY, key: Secret::new(policy_key) };
    Ok(Cast { devices, policy: Some(policy_login), ..Cast::of(Azure { policies: vec![policy], ..azure }) })
}

fn with_keys(known: &KnownDevice) -> (SimulatedDevice, Identity) {
    let (primary, secondary) = (fresh::key(), fresh::key());
    let proof = Proof::Keys([bytes(&primary), bytes(&secondary)]);
    let identity = Identity { id: known.id.into(), enabled: !known.faulty, proof };
    let login = Login::SharedAccessKey { primary: Secret::new(primary), secondary: Secret::new(secondary) };
    (simulated(known, login), identity)
}

fn with_certificate(
    known: &KnownDevice,
    issued: Issued,
    trust: CertificateTrust,
    proof: Proof,
) -> (SimulatedDevice, Identity) {
    let identity = Identity { id: known.id.into(), enabled: !known.faulty, proof };
    let login = Login::X509 { chain_pem: issued.chain_pem, key_pem: Secret::new(issued.key_pem), trust };
    (simulated(known, login), identity)
}

/// A key of ours as the hub uses it.
fn bytes(key: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(STANDARD.decode(key).unwrap_or_default())
}
