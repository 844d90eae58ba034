//! The endpoints of the Kaa personality.

use super::{Cast, simulated, summary};
use crate::broker::Broker;
use crate::fresh;
use crate::known::KAA;
use crate::login::{ClientCredentials, Login};
use crate::options::Behaviour;
use crate::personality::kaa::{Clients, Endpoint, Kaa, State, Tokens};
use hubscope_model::Result;
use hubscope_pki::Authority;
use hubscope_vault::Secret;
use std::sync::Arc;
use std::time::SystemTime;

/// `{application}-{version}`.
const APP_VERSION: &str = "hubscope-v1";
const TENANT: &str = "sandbox";

pub(super) fn gather(behaviour: &Behaviour, broker: &Arc<Broker>, authority: &Authority) -> Result<Cast> {
    let states = [State::Inactive, State::Active, State::Suspended, State::Revoked];
    let (mut devices, mut endpoints) = (Vec::new(), Vec::new());
    for (known, state) in KAA.iter().zip(states) {
        let (token, endpoint_id) = (fresh::token(), fresh::token().to_lowercase());
        devices.push(simulated(
            known,
            Login::EndpointToken {
                app_version: APP_VERSION.to_owned(),
                endpoint_id: endpoint_id.clone(),
                token: Secret::new(token.clone()),
            },
        ));
        endpoints.push(Endpoint {
            id: known.id.into(),
            endpoint_id,
            token_id: fresh::token().to_lowercase(),
            token,
            app_version: APP_VERSION.to_owned(),
            state,
            updated: SystemTime::now(),
        });
    }
    let (clients, login) =
        if behaviour.client_credentials { client_credentials(authority)?.unzip() } else { (None, None) };
    let kaa =
        Arc::new(Kaa { broker: broker.clone(), tokens: Tokens::new(endpoints), clients, api_key: fresh::token() });
    Ok(Cast { devices, clients: login, kaa: Some(kaa.clone()), ..Cast::sharing(kaa) })
}

fn client_credentials(authority: &Authority) -> Result<Option<(Clients, ClientCredentials)>> {
    let issued = authority.issue_device("Hubscope sandbox client")?;
    let summary = summary(&issued)?;
    let (user_name, password) = (format!("hubscope@{TENANT}"), fresh::token());
    let clients = Clients {
        user_name: user_name.clone(),
        password: password.clone(),
        certificate: (summary.issuer, summary.serial),
    };
    let login = ClientCredentials {
        user_name,
        password: Secret::new(password),
        chain_pem: issued.chain_pem,
        key_pem: Secret::new(issued.key_pem),
    };
    Ok(Some((clients, login)))
}
