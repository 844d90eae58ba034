//! One connection to a server that nobody checked, because the user asked for it.

use crate::Engine;
use hubscope_model::{Code, ConnectOnce, Credential, Error, Result, SecretField, Session};
use hubscope_mqtt::{Options, Retry};

impl Engine {
    /// Connects once to whoever answers. The device's credentials go out only if the user said so for this call.
    pub(crate) async fn connect_once(&self, once: ConnectOnce) -> Result<Session> {
        let record = self.device_record(once.device).await?;
        let identity = self.client_identity(&record).await?;
        let (account, options, _) = self.connection_as(record, identity.as_ref()).await?;
        if options.tls.is_none() {
            return Err(Error::new(
                Code::BadRequest,
                "This connection has no TLS, so there is no certificate to check.",
            )
            .hint("Connect as usual."));
        }
        let headers = account.hub.secrets.iter().any(|secret| secret.field == SecretField::Headers);
        let tells = account.device.credential != Credential::None || identity.is_some() || headers;
        if tells && !once.send_credentials {
            return Err(Error::new(
                Code::CredentialsUnconfirmed,
                "Whoever answers would get the device's credentials, and nobody confirmed that.",
            )
            .hint("Confirm it only where you are sure of the network."));
        }
        let tls = Some(hubscope_pki::unverified_client_config(identity.as_ref())?);
        // Each reconnect would be another server that nobody checked.
        let options = Options { tls, retry: Retry::Never, auto_renew: false, ..options };
        self.start_session(account, options, true).await
    }
}
