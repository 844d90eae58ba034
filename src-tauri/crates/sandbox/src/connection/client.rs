//! An accepted client: its session opened, its bytes moved both ways, its session closed.

use super::ending::{End, farewell};
use super::{Context, READ};
use crate::broker::{Broker, Busy, Opening};
use crate::faults::Line;
use crate::frame::{self, FrameProblem};
use crate::handshake::{Connect, Refusal, Refused};
use crate::message::Will;
use crate::packets::Welcome;
use crate::personality::{Admission, Member, Offer, Peer};
use crate::protocol::Protocol;
use crate::sessions::{Ended, SessionKey};
use bytes::BytesMut;
use mqtt_protocol_core::mqtt::Version;
use mqtt_protocol_core::mqtt::result_code::DisconnectReasonCode;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// With this much unwritten nothing is read or taken from the outbox: who does not read is not served.
const UNWRITTEN: usize = 64 * 1024;

pub(super) struct Client<'a> {
    pub context: &'a Context,
    pub protocol: Protocol,
    pub session: Session<'a>,
    pub member: Member,
    pub offer: Offer,
    /// As the client gave it, or as the hub made it.
    pub client_id: String,
    wake: Arc<Notify>,
    /// When its credential ends, and the connection with it.
    valid_until: Option<Instant>,
}

/// Closes the broker's session however the connection ends, by a panic too.
pub(super) struct Session<'a> {
    broker: &'a Broker,
    pub key: SessionKey,
    goodbye: bool,
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.broker.close(self.key, self.goodbye);
    }
}

impl<'a> Client<'a> {
    pub fn open(mut connect: Connect, peer: &Peer, context: &'a Context) -> Result<Self, Refused> {
        let claimed = context.hub.claims_sessions() && !connect.clean;
        let version = connect.version;
        let refuse = |why: Refusal| Refused { session_present: claimed, ..why.in_version(version) };
        let admission = context.hub.admit(&connect, peer).map_err(refuse)?;
        let assigned = connect.client_id.is_empty().then(|| format!("sandbox-{:016x}", rand::random::<u64>()));
        let client_id = assigned.clone().unwrap_or_else(|| connect.client_id.clone());
        if let Some((three, five)) = context.faults.refuses_connect(&client_id) {
            return Err(refuse(Refusal::Coded(three, five)));
        }
        let offer = context.hub.offers(&context.limits);
        let will = will(&mut connect, offer).map_err(refuse)?;
        let keep_alive = keep_alive(&mut connect, &admission, context);
        let expiry = if admission.keeps { connect.expiry.min(context.limits.expiry) } else { 0 };
        let opened = context.broker.open(Opening {
            client_id: admission.session.unwrap_or_else(|| client_id.clone()),
            device: admission.device.clone(),
            will: will.filter(|_| context.hub.routes()),
            clean: connect.clean,
            expiry,
        });
        let opened = opened.map_err(|Busy| refuse(Refusal::Busy))?;
        let session = Session { broker: &context.broker, key: opened.key, goodbye: false };
        // A place of its own in a name space where every client may publish (MQTT 5 section 4.10.1).
        let responses = connect.wants_response_information.then(|| format!("responses/{client_id}"));
        let welcome = Welcome {
            session_present: (opened.present || claimed) ^ context.faults.lies_about_sessions(&client_id),
            offer,
            assigned: assigned.as_deref(),
            expiry: (expiry != connect.expiry).then_some(expiry),
            keep_alive,
            response_information: responses.as_deref().filter(|_| context.hub.routes()),
        };
        let line = Line::new(context.faults.clone(), &client_id);
        let protocol = Protocol::accept(&connect, &welcome, &context.limits, opened.received, line);
        let protocol = protocol.map_err(|_| refuse(Refusal::Malformed))?;
        let member = Member { key: opened.key, device: admission.device };
        let valid_until = admission.valid_for.map(|time| Instant::now() + time);
        Ok(Self { context, protocol, session, member, offer, client_id, wake: opened.wake, valid_until })
    }

    pub async fn run(
        mut self,
        mut reader: impl AsyncRead + Unpin,
        mut writer: impl AsyncWrite + Unpin,
        mut input: BytesMut,
    ) {
        let end = self.exchange(&mut reader, &mut writer, &mut input).await;
        match end {
            End::Gone | End::Said => {}
            End::Goodbye { with_will } => self.session.goodbye = !with_will,
            End::Reason(reason) => self.protocol.disconnect(reason),
        }
        // The session ends before the last bytes are on their way: the will must not wait for a slow reader.
        let Self { context, protocol, session, .. } = self;
        drop(session);
        if !matches!(end, End::Gone) {
            farewell(reader, writer, protocol.output.into_bytes(), &context.limits).await;
        }
    }

    async fn exchange(
        &mut self,
        reader: &mut (impl AsyncRead + Unpin),
        writer: &mut (impl AsyncWrite + Unpin),
        input: &mut BytesMut,
    ) -> End {
        let mut unflushed = false;
        loop {
            if let Some(end) = self.work(input) {
                return end;
            }
            let full = self.protocol.output.len() >= UNWRITTEN;
            let gate = self.protocol.output.gate().filter(|_| !self.protocol.output.is_empty());
            let pending = unflushed || (!self.protocol.output.is_empty() && gate.is_none());
            let deadline = self.protocol.deadline;
            let valid_until = self.valid_until;
            input.reserve(READ);
            tokio::select! {
                () = self.context.stop.cancelled() => return End::Reason(DisconnectReasonCode::ServerShuttingDown),
                () = self.wake.notified() => {}
                read = reader.read_buf(input), if !full => match read {
                    Ok(0) | Err(_) => return End::Gone,
                    Ok(_) => {}
                },
                written = write(writer, &mut self.protocol.output, gate.is_none()), if pending => match written {
                    Ok(flushed) => unflushed = !flushed,
                    Err(_) => return End::Gone,
                },
                () = sleep_until(gate.unwrap_or_else(Instant::now)), if gate.is_some() => {}
                () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => {
                    self.protocol.keep_alive_expired();
                }
                () = sleep_until(valid_until.unwrap_or_else(Instant::now)), if valid_until.is_some() => {
                    return End::Reason(DisconnectReasonCode::NotAuthorized);
                }
            }
        }
    }

    /// Does everything that can be done without waiting.
    fn work(&mut self, input: &mut BytesMut) -> Option<End> {
        while !self.protocol.closing && self.protocol.output.len() < UNWRITTEN {
            let frame = match frame::next(input, self.context.limits.packet) {
                Ok(Some(frame)) => frame,
                Ok(None) => break,
                Err(FrameProblem::TooLarge) => return Some(End::Reason(DisconnectReasonCode::PacketTooLarge)),
                Err(FrameProblem::Malformed) => return Some(End::Reason(DisconnectReasonCode::MalformedPacket)),
            };
            for incoming in self.protocol.receive(&frame) {
                if let Some(end) = self.handle(incoming) {
                    return Some(end);
                }
            }
        }
        if self.protocol.closing {
            return Some(End::Said);
        }
        self.fill()
    }

    /// Moves deliveries from the outbox to the output.
    fn fill(&mut self) -> Option<End> {
        let (broker, key) = (&self.context.broker, self.session.key);
        loop {
            let room = UNWRITTEN.saturating_sub(self.protocol.output.len());
            let taken = broker.take(key, room, self.protocol.window);
            match taken.ended {
                Some(Ended::TakenOver) => return Some(End::Reason(DisconnectReasonCode::SessionTakenOver)),
                Some(Ended::TooSlow) => return Some(End::Reason(DisconnectReasonCode::QuotaExceeded)),
                Some(Ended::Withdrawn) => return Some(End::Reason(DisconnectReasonCode::AdministrativeAction)),
                None => {}
            }
            if taken.deliveries.is_empty() {
                return None;
            }
            for outgoing in taken.deliveries {
                if let Some(id) = self.protocol.send_out(&outgoing) {
                    broker.done(key, id);
                }
            }
            if self.protocol.closing {
                return Some(End::Said);
            }
        }
    }
}

/// The will of a CONNECT, as far as the hub offers it [MQTT-3.2.2-12]. MQTT 3.1.1 cannot be told what is offered: a
/// higher QoS is lowered there.
fn will(connect: &mut Connect, offer: Offer) -> Result<Option<Will>, Refusal> {
    let Some(mut will) = connect.will.take() else { return Ok(None) };
    if will.message.qos > offer.qos && connect.version == Version::V5_0 {
        return Err(Refusal::WillQos);
    }
    will.message.qos = will.message.qos.min(offer.qos);
    Ok(Some(will))
}

/// Sets the keep-alive that holds; what the client must be told of it (MQTT 5 section 3.2.2.3.14).
fn keep_alive(connect: &mut Connect, admission: &Admission, context: &Context) -> Option<u16> {
    connect.keep_alive = admission.keep_alive;
    let longest = context.limits.keep_alive.filter(|_| connect.version == Version::V5_0 && context.hub.routes())?;
    if connect.keep_alive != 0 && connect.keep_alive <= longest {
        return None;
    }
    connect.keep_alive = longest;
    Some(longest)
}

/// Writes some of the output if it `may`, or flushes when all is written; true when nothing is left to flush.
/// Safe to drop at any time: bytes leave `output` only when they were taken.
async fn write(writer: &mut (impl AsyncWrite + Unpin), output: &mut Line, may: bool) -> std::io::Result<bool> {
    if output.is_empty() || !may {
        writer.flush().await?;
        return Ok(true);
    }
    match writer.write(output.ready()).await? {
        0 => Err(std::io::ErrorKind::WriteZero.into()),
        written => {
            output.written(written);
            Ok(false)
        }
    }
}
