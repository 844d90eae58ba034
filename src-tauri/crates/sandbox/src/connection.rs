//! One client's connection: reads, writes, keeps the time, and leaves nothing behind.

mod client;
mod ending;
mod requests;

use crate::arrivals::Arrivals;
use crate::broker::Broker;
use crate::faults::Faults;
use crate::frame;
use crate::handshake::{self, Connect, Refused};
use crate::limits::Limits;
use crate::personality::{Hub, Peer};
use bytes::BytesMut;
use client::Client;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

/// Bytes read at a time.
const READ: usize = 16 * 1024;

/// What every connection shares.
pub(crate) struct Context {
    pub broker: Arc<Broker>,
    pub hub: Arc<dyn Hub>,
    /// What the hub's side sees of messages.
    pub arrivals: Arrivals,
    pub limits: Limits,
    pub faults: Faults,
    pub stop: CancellationToken,
}

/// Serves a client from CONNECT to its end. CONNECT must be complete at `deadline`.
pub(crate) async fn serve(
    mut reader: impl AsyncRead + Unpin,
    writer: impl AsyncWrite + Unpin,
    peer: &Peer,
    context: &Context,
    deadline: Instant,
) {
    let mut input = BytesMut::new();
    let opening = tokio::select! {
        () = context.stop.cancelled() => return,
        opening = timeout_at(deadline, read_connect(&mut reader, &mut input, &context.limits)) => opening,
    };
    let Ok(Some(connect)) = opening else { return };
    let client = connect.and_then(|connect| Client::open(connect, peer, context));
    match client {
        Ok(client) => client.run(reader, writer, input).await,
        Err(refused) => {
            tracing::debug!(?refused, "sandbox refused a client");
            if let Some(answer) = handshake::refusal(refused) {
                ending::farewell(reader, writer, answer.as_slice().into(), &context.limits).await;
            }
        }
    }
}

/// Reads the first packet; None when the peer is gone or sends what is not MQTT.
async fn read_connect(
    stream: &mut (impl AsyncRead + Unpin),
    input: &mut BytesMut,
    limits: &Limits,
) -> Option<Result<Connect, Refused>> {
    loop {
        match frame::next(input, limits.packet) {
            Ok(Some(frame)) => return Some(handshake::read_connect(&frame)),
            Ok(None) => {}
            Err(_) => return None,
        }
        input.reserve(READ);
        match stream.read_buf(input).await {
            Ok(0) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}
