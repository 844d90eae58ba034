//! The form of a device: how it is named, how it connects, and what it proves itself with.

use super::{Problems, credential, name_problem, session, string_problem};
use crate::azure::{self, dps};
use crate::limits;
use hubscope_model::{
    Certificate, CertificateTrust, Credential, DeviceDraft, Hub, HubKind, MqttVersion, Problem, Result, SessionOptions,
    StoredSecret,
};

/// Seconds. Below, PINGs drown the data; the upper end is the hub's.
const SHORTEST_KEEP_ALIVE: u16 = 5;
/// Bytes. Below a kilobyte not even a CONNECT with a token fits; the upper end is the protocol's
/// largest remaining length with its header (MQTT 3.1.1 section 2.2.3).
const PACKET_SIZE: std::ops::RangeInclusive<u32> = 1024..=268_435_460;

/// Checks a device form for `hub`. `stored` are the device's secrets as they are now, `certificate` is the client
/// certificate that it will have.
///
/// # Errors
/// `InvalidFields` with every problem.
pub fn check_device(
    draft: &DeviceDraft,
    hub: &Hub,
    stored: &[StoredSecret],
    certificate: Option<&Certificate>,
) -> Result<()> {
    let mut problems = Problems::default();
    problems.add("name", name_problem(&draft.name));
    problems.add("client_id", client_id_problem(draft, hub.kind));
    check_options(&mut problems, "options", &draft.options, hub.kind);
    session::check(&mut problems, draft, hub.kind);
    credential::check(&mut problems, draft, hub.kind, stored);
    check_certificate(&mut problems, draft, hub, certificate);
    problems.into_result()
}

fn client_id_problem(draft: &DeviceDraft, kind: HubKind) -> Option<Problem> {
    let id = draft.client_id.as_str();
    let is_legal = match kind {
        HubKind::AzureIotHub => |id: &str| {
            let (device, module) = azure::device_and_module(id);
            azure::is_device_id(device) && module.is_none_or(azure::is_device_id)
        },
        HubKind::AzureDps => dps::is_registration_id,
        _ => {
            let kept = !draft.options.clean_session && kind != HubKind::ThingsBoard;
            let missing = (id.is_empty() && kept).then_some(Problem::ClientIdNeeded);
            return string_problem(id).or(missing);
        }
    };
    match id {
        "" => Some(Problem::Required),
        id => (!is_legal(id)).then_some(Problem::NotAnId),
    }
}

/// The session options of a form, which are at `at` in it.
pub(super) fn check_options(problems: &mut Problems, at: &str, options: &SessionOptions, kind: HubKind) {
    let keep_alive = SHORTEST_KEEP_ALIVE..=limits::of(kind).keep_alive;
    problems
        .add(&format!("{at}.keep_alive"), (!keep_alive.contains(&options.keep_alive)).then_some(Problem::OutOfRange));
    problems.add(
        &format!("{at}.max_packet_size"),
        (!PACKET_SIZE.contains(&options.max_packet_size)).then_some(Problem::OutOfRange),
    );
    let too_new = limits::of(kind).only_v311 && options.version == MqttVersion::V5;
    problems.add(&format!("{at}.version"), too_new.then_some(Problem::NotOnThisHub));
}

/// With X.509 there must be one, and where a CA vouches for it Azure finds the device by its common name.
fn check_certificate(problems: &mut Problems, draft: &DeviceDraft, hub: &Hub, certificate: Option<&Certificate>) {
    let Some(certificate) = certificate else {
        let needed = matches!(draft.credential, Credential::X509 { .. });
        problems.add("certificate", needed.then_some(Problem::CertificateNeeded));
        return;
    };
    if !hub.transport.is_tls() {
        problems.add("certificate", Problem::NeedsTls);
    }
    let named = match (hub.kind, &draft.credential) {
        (HubKind::AzureIotHub, Credential::X509 { trust }) => *trust == CertificateTrust::Authority,
        (HubKind::AzureDps, Credential::X509 { .. }) => true,
        _ => false,
    };
    let differs = named && certificate.common_name.as_deref() != Some(draft.client_id.as_str());
    problems.add("certificate", differs.then_some(Problem::CommonNameDiffers));
}
