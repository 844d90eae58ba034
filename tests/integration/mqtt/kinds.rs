//! Every kind of credential at the sandbox's hubs: what the hubs crate makes of it connects, and each way of being wrong
//! is refused in that hub's words.

use crate::{options, start};
use hubscope_hubs::{Secrets, connect_options, explain_refusal};
use hubscope_model::{
    Code, Credential, Device, DeviceId, Error, Hub, HubKind, KeyChoice, MqttVersion, Personality, SasOptions,
    SecretField, SessionOptions, Transport,
};
use hubscope_mqtt::Retry;
use hubscope_pki::{ClientIdentity, Trust, read_identity};
use hubscope_sandbox::{Behaviour, Login, Options, Sandbox};
use hubscope_vault::{Secret, for_connector};
use zeroize::Zeroizing;

const WRONG_KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// A quiet sandbox: identities, and no traffic of its own.
async fn sandbox(personality: Personality) -> Sandbox {
    hubscope_pki::install_crypto_provider();
    let behaviour = Behaviour { quiet: true, client_credentials: true, ..Behaviour::default() };
    Sandbox::start_with(Options { personality, ..Options::default() }, behaviour).await.unwrap()
}

/// All that a connection is made of.
#[derive(Clone)]
struct Account {
    hub: Hub,
    trust: Trust,
    device: Device,
    identity: Option<ClientIdentity>,
    secrets: Secrets,
}

/// The account of a simulated device, as its user would enter it.
fn account(sandbox: &Sandbox, id: &str) -> Account {
    let simulated = sandbox.devices().iter().find(|device| device.id == id).unwrap();
    let kind = match sandbox.personality() {
        Personality::Azure => HubKind::AzureIotHub,
        Personality::ThingsBoard => HubKind::ThingsBoard,
        Personality::Kaa => HubKind::Kaa,
        Personality::Broker => HubKind::Sandbox,
    };
    let hub = Hub::new(kind, "localhost", sandbox.mqtts().port(), Transport::Mqtts);
    let device = Device {
        id: DeviceId::new(),
        hub: hub.id,
        name: id.into(),
        client_id: id.into(),
        credential: Credential::None,
        secrets: Vec::new(),
        certificate: None,
        credential_set: None,
        options: SessionOptions::default(),
    };
    let trust = Trust::CaPem(sandbox.ca_pem().to_owned());
    let mut account = Account { hub, trust, device, identity: None, secrets: Secrets::new() };
    account.enter(sandbox, &simulated.login);
    account
}

impl Account {
    fn enter(&mut self, sandbox: &Sandbox, login: &Login) {
        self.device.credential = match login {
            Login::Token { token } => {
                self.keep(SecretField::Token, token);
                Credential::AccessToken
            }
            Login::SharedAccessKey { primary, secondary } => {
                self.keep(SecretField::PrimaryKey, primary);
                self.keep(SecretField::SecondaryKey, secondary);
                Credential::SharedAccessKey { sign_with: KeyChoice::Primary, sas: SasOptions::default() }
            }
            Login::X509 { chain_pem, key_pem, trust } => {
                self.show(chain_pem, key_pem);
                Credential::X509 { trust: *trust }
            }
            Login::Basic { client_id, user_name, password } => {
                self.device.client_id = client_id.clone().unwrap_or_default();
                if let Some(password) = password {
                    self.keep(SecretField::Password, password);
                }
                Credential::Basic { user_name: user_name.clone().unwrap_or_default() }
            }
            Login::Provision { .. } => Credential::Provision,
            Login::EndpointToken { app_version, endpoint_id, token } => {
                let clients = sandbox.client_credentials().unwrap();
                self.keep(SecretField::Token, token);
                self.keep(SecretField::Password, &clients.password);
                Credential::EndpointToken {
                    app_version: app_version.clone(),
                    endpoint_id: Some(endpoint_id.clone()),
                    user_name: Some(clients.user_name.clone()),
                }
            }
        };
    }

    fn keep(&mut self, field: SecretField, secret: &Secret<String>) {
        self.secrets.insert(field, secret.clone());
    }

    fn set(&mut self, field: SecretField, text: &str) {
        self.secrets.insert(field, Secret::new(Zeroizing::new(text.to_owned())));
    }

    fn show(&mut self, chain_pem: &str, key_pem: &Secret<String>) {
        let read = read_identity(chain_pem.as_bytes(), Some(for_connector(key_pem).as_bytes()), None).unwrap();
        self.device.certificate = Some(read.summary);
        self.identity = Some(ClientIdentity { chain_pem: read.chain_pem, key: read.key });
    }

    fn sign_with(&mut self, choice: KeyChoice) {
        self.device.credential = Credential::SharedAccessKey { sign_with: choice, sas: SasOptions::default() };
    }

    fn user_name(&mut self, name: &str) {
        self.device.credential = Credential::Basic { user_name: name.to_owned() };
    }

    /// One attempt: online, or the failure in the hub's words.
    async fn attempt(&self) -> Result<(), Error> {
        let Self { hub, trust, device, identity, secrets } = self;
        let mut made = connect_options(hub, trust, device, identity.as_ref(), secrets)?;
        made.timing = options(0, MqttVersion::V311).timing;
        made.retry = Retry::Never;
        let (session, recorder) = start(made);
        let outcome = tokio::select! {
            () = recorder.wait_online(1) => Ok(()),
            error = recorder.wait_failed() => Err(explain_refusal(hub, device, error)),
        };
        session.close().await;
        outcome
    }

    async fn accepted(&self) {
        self.attempt().await.unwrap_or_else(|error| panic!("{}: {error:?}", self.device.name));
    }

    /// Refused with the code, in these words, and with a next step.
    async fn refused(&self, code: Code, words: &str) {
        let name = format!("{} as {}", self.device.name, self.device.client_id);
        let error = self.attempt().await.err().unwrap_or_else(|| panic!("{name} was let in"));
        assert_eq!(error.code, code, "{name}: {error:?}");
        assert!(error.message.contains(words) && error.hint.is_some(), "{name}: {error:?}");
    }
}

/// An account changed in one place.
fn but(account: &Account, change: impl FnOnce(&mut Account)) -> Account {
    let mut changed = account.clone();
    change(&mut changed);
    changed
}

#[tokio::test]
async fn azure_lets_in_each_kind_and_refuses_each_mistake() {
    const AZURE: &str = "Azure IoT Hub does not";
    let sandbox = sandbox(Personality::Azure).await;
    for id in ["freezer-1", "gateway-1", "gateway-1/meter", "camera-1", "robot-1"] {
        account(&sandbox, id).accepted().await;
    }
    let freezer = account(&sandbox, "freezer-1");
    but(&freezer, |a| a.sign_with(KeyChoice::Secondary)).accepted().await;
    // A ready-made token, for the device or for all of them.
    let key = freezer.secrets[&SecretField::PrimaryKey].clone();
    let policy = sandbox.policy().unwrap();
    let make = hubscope_hubs::azure::sas::make;
    let pasted = |token: Secret<String>| {
        but(&freezer, |a| {
            a.device.credential = Credential::SasToken;
            a.secrets = Secrets::from([(SecretField::Token, token)]);
        })
    };
    const LATER: i64 = 4_000_000_000;
    pasted(make("localhost/devices/freezer-1", &key, LATER, None).unwrap()).accepted().await;
    pasted(make("localhost/devices", &policy.key, LATER, Some(policy.name)).unwrap()).accepted().await;

    for wrong in [
        pasted(make("localhost/devices/gateway-1", &key, LATER, None).unwrap()),
        pasted(make("other.azure-devices.net/devices/freezer-1", &key, LATER, None).unwrap()),
        pasted(make("localhost/devices", &policy.key, LATER, Some("nobody")).unwrap()),
        but(&freezer, |a| a.set(SecretField::PrimaryKey, WRONG_KEY)),
        but(&freezer, |a| a.device.client_id = "Freezer-1".into()),
        but(&freezer, |a| a.device.client_id = "freezer-1/meter".into()),
        but(&freezer, |a| a.secrets = account(&sandbox, "gateway-1").secrets),
        account(&sandbox, "retired-1"),
        but(&account(&sandbox, "camera-1"), |a| a.device.client_id = "robot-1".into()),
        but(&account(&sandbox, "robot-1"), |a| a.device.client_id = "camera-1".into()),
        but(&account(&sandbox, "camera-1"), |a| a.identity = None),
    ] {
        wrong.refused(Code::NotAuthorised, AZURE).await;
    }
    // What we know before asking.
    pasted(make("localhost/devices/freezer-1", &key, 1000, None).unwrap())
        .refused(Code::TokenExpired, "time is over")
        .await;
    but(&freezer, |a| a.secrets.clear()).refused(Code::SecretMissing, "primary key").await;
    but(&freezer, |a| a.set(SecretField::PrimaryKey, "secret")).refused(Code::InvalidKey, "base64").await;
    sandbox.stop().await;
}

#[tokio::test]
async fn thingsboard_lets_in_each_kind_and_refuses_each_mistake() {
    let sandbox = sandbox(Personality::ThingsBoard).await;
    for id in ["valve-1", "lamp-1", "lamp-2", "lamp-3", "meter-1", "new-device"] {
        account(&sandbox, id).accepted().await;
    }
    let of = |id: &str| account(&sandbox, id);
    // A token's device may be called anything.
    but(&of("valve-1"), |a| a.device.client_id = "anything".into()).accepted().await;
    for wrong in [
        but(&of("valve-1"), |a| a.set(SecretField::Token, "nobody")),
        but(&of("lamp-2"), |a| a.set(SecretField::Password, "wrong")),
        but(&of("lamp-2"), |a| a.user_name("nobody")),
        but(&of("lamp-3"), |a| a.device.client_id = "other".into()),
        but(&of("meter-1"), |a| {
            let stranger = hubscope_pki::self_signed_device("meter-1").unwrap();
            a.show(&stranger.chain_pem, &Secret::new(stranger.key_pem));
        }),
    ] {
        wrong.refused(Code::NotAuthorised, "ThingsBoard").await;
    }
    but(&of("lamp-1"), |a| a.device.client_id = "other".into()).refused(Code::ClientIdRefused, "ThingsBoard").await;
    but(&of("valve-1"), |a| a.secrets.clear()).refused(Code::SecretMissing, "token").await;
    sandbox.stop().await;
}

#[tokio::test]
async fn kaa_lets_in_clients_with_their_credentials_or_a_certificate() {
    let sandbox = sandbox(Personality::Kaa).await;
    let boiler = account(&sandbox, "boiler-1");
    boiler.accepted().await;
    let clients = sandbox.client_credentials().unwrap();
    let nameless = |a: &mut Account| {
        if let Credential::EndpointToken { user_name, .. } = &mut a.device.credential {
            *user_name = None;
        }
        a.secrets.remove(&SecretField::Password);
    };
    but(&boiler, |a| {
        nameless(a);
        a.show(&clients.chain_pem, &clients.key_pem);
    })
    .accepted()
    .await;
    for wrong in [but(&boiler, nameless), but(&boiler, |a| a.set(SecretField::Password, "wrong"))] {
        let error = wrong.attempt().await.unwrap_err();
        assert!(error.message.contains("Kaa") && error.hint.is_some(), "{error:?}");
    }
    but(&boiler, |a| a.secrets.clear()).refused(Code::SecretMissing, "token").await;
    sandbox.stop().await;
}
