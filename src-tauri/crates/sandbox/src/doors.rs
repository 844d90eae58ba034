//! The sockets of a sandbox: which a personality has, and where they are.

use crate::listener;
use crate::options::Options;
use hubscope_model::{Code, Error, Personality, Result};
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// The usual path of MQTT over WebSocket.
const USUAL_PATH: &str = "/mqtt";
/// Azure IoT Hub, "Communicate with an IoT hub using the MQTT protocol": WebSocket over TLS alone.
const AZURE_PATH: &str = "/$iothub/websocket";

pub(crate) struct Doors {
    pub plain: Option<TcpListener>,
    pub secure: TcpListener,
    pub web: Option<TcpListener>,
    pub secure_web: Option<TcpListener>,
    pub http: Option<TcpListener>,
}

/// Where they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addresses {
    pub plain: Option<SocketAddr>,
    pub secure: SocketAddr,
    pub web: Option<SocketAddr>,
    pub secure_web: Option<SocketAddr>,
    pub http: Option<SocketAddr>,
}

impl Doors {
    /// Errors: `PortInUse` for a given port that is taken, `SandboxFailed` for the rest.
    pub async fn open(options: Options) -> Result<Self> {
        let has = |door: bool, port: Option<u16>| async move {
            match door {
                true => listener::bind(port).await.map(Some),
                false => Ok(None),
            }
        };
        let personality = options.personality;
        Ok(Self {
            // "Port 8883": the plain port does not exist there.
            plain: has(personality != Personality::Azure, options.mqtt_port).await?,
            secure: listener::bind(options.mqtts_port).await?,
            web: has(personality == Personality::Broker, options.ws_port).await?,
            secure_web: has(path(personality).is_some(), options.wss_port).await?,
            http: has(personality == Personality::Kaa, options.http_port).await?,
        })
    }

    pub fn addresses(&self) -> Result<Addresses> {
        let address = |listener: &Option<TcpListener>| listener.as_ref().map(address).transpose();
        Ok(Addresses {
            plain: address(&self.plain)?,
            secure: self::address(&self.secure)?,
            web: address(&self.web)?,
            secure_web: address(&self.secure_web)?,
            http: address(&self.http)?,
        })
    }
}

/// The path of a personality's WebSocket; None: it has none.
pub(crate) fn path(personality: Personality) -> Option<&'static str> {
    match personality {
        Personality::Broker => Some(USUAL_PATH),
        Personality::Azure => Some(AZURE_PATH),
        Personality::ThingsBoard | Personality::Kaa => None,
    }
}

fn address(listener: &TcpListener) -> Result<SocketAddr> {
    listener.local_addr().map_err(|error| {
        Error::new(Code::SandboxFailed, "The sandbox cannot tell its own address.").detail(error.to_string())
    })
}
