//! One client's connection: reads, writes, keeps the time, and leaves nothing behind.

use crate::arrivals::Arrivals;
use crate::broker::{Broker, Busy, Opening, PublishProblem};
use crate::frame::{self, FrameProblem};
use crate::handshake::{self, Connect, Refusal, Refused};
use crate::limits::Limits;
use crate::message::Message;
use crate::packets::{Incoming, Welcome, Wish};
use crate::personality::{Grant, Hub, Member, Peer, Verdict};
use crate::protocol::Protocol;
use crate::sessions::{Ended, SessionKey};
use crate::topics;
use bytes::BytesMut;
use mqtt_protocol_core::mqtt::result_code::DisconnectReasonCode;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

/// Bytes read at a time.
const READ: usize = 16 * 1024;
/// With this much unwritten nothing is read or taken from the outbox: who does not read is not served.
const UNWRITTEN: usize = 64 * 1024;

/// What every connection shares.
pub(crate) struct Context {
    pub broker: Arc<Broker>,
    pub hub: Arc<dyn Hub>,
    /// What the hub's side sees of messages.
    pub arrivals: Arrivals,
    pub limits: Limits,
    pub stop: CancellationToken,
}

/// Serves a client from CONNECT to its end. CONNECT must be complete at `deadline`.
pub(crate) async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    peer: &Peer,
    context: &Context,
    deadline: Instant,
) {
    let mut input = BytesMut::new();
    let opening = tokio::select! {
        () = context.stop.cancelled() => return,
        opening = timeout_at(deadline, read_connect(&mut stream, &mut input, &context.limits)) => opening,
    };
    let Ok(Some(connect)) = opening else { return };
    let client = connect.and_then(|connect| Client::open(connect, peer, context));
    let (reader, writer) = tokio::io::split(stream);
    match client {
        Ok(client) => client.run(reader, writer, input).await,
        Err(refused) => {
            tracing::debug!(?refused, "sandbox refused a client");
            if let Some(answer) = handshake::refusal(refused) {
                farewell(reader, writer, answer.as_slice().into(), &context.limits).await;
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

/// Why a connection ends.
enum End {
    /// The peer closed or the network failed: nothing can be sent.
    Gone,
    /// What is in the output is all there is to say.
    Said,
    /// The client disconnected, with or without its will.
    Goodbye {
        with_will: bool,
    },
    Reason(DisconnectReasonCode),
}

/// An accepted client.
struct Client<'a> {
    context: &'a Context,
    protocol: Protocol,
    session: Session<'a>,
    member: Member,
    wake: Arc<Notify>,
    /// When its credential ends, and the connection with it.
    valid_until: Option<Instant>,
}

/// Closes the broker's session however the connection ends, by a panic too.
struct Session<'a> {
    broker: &'a Broker,
    key: SessionKey,
    goodbye: bool,
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.broker.close(self.key, self.goodbye);
    }
}

impl<'a> Client<'a> {
    fn open(mut connect: Connect, peer: &Peer, context: &'a Context) -> Result<Self, Refused> {
        let claimed = context.hub.claims_sessions() && !connect.clean;
        let version = connect.version;
        let refuse = |why: Refusal| Refused { session_present: claimed, ..why.in_version(version) };
        let admission = context.hub.admit(&connect, peer).map_err(refuse)?;
        connect.keep_alive = admission.keep_alive;
        let assigned = connect.client_id.is_empty().then(|| format!("sandbox-{:016x}", rand::random::<u64>()));
        let client_id = assigned.as_deref().unwrap_or(&connect.client_id);
        let expiry = if admission.keeps { connect.expiry.min(context.limits.expiry) } else { 0 };
        let opened = context.broker.open(Opening {
            client_id: admission.session.unwrap_or_else(|| client_id.to_owned()),
            device: admission.device.clone(),
            will: connect.will.take().filter(|_| context.hub.routes()),
            clean: connect.clean,
            expiry,
        });
        let opened = opened.map_err(|Busy| refuse(Refusal::Busy))?;
        let session = Session { broker: &context.broker, key: opened.key, goodbye: false };
        let welcome = Welcome {
            session_present: opened.present || claimed,
            assigned: assigned.as_deref(),
            expiry: (expiry != connect.expiry).then_some(expiry),
        };
        let protocol = Protocol::accept(&connect, &welcome, &context.limits);
        let protocol = protocol.map_err(|_| refuse(Refusal::Malformed))?;
        let member = Member { key: opened.key, device: admission.device };
        let valid_until = admission.valid_for.map(|time| Instant::now() + time);
        Ok(Self { context, protocol, session, member, wake: opened.wake, valid_until })
    }

    async fn run<S: AsyncRead + AsyncWrite>(
        mut self,
        mut reader: ReadHalf<S>,
        mut writer: WriteHalf<S>,
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
            farewell(reader, writer, protocol.output, &context.limits).await;
        }
    }

    async fn exchange<S: AsyncRead + AsyncWrite>(
        &mut self,
        reader: &mut ReadHalf<S>,
        writer: &mut WriteHalf<S>,
        input: &mut BytesMut,
    ) -> End {
        let mut unflushed = false;
        loop {
            if let Some(end) = self.work(input) {
                return end;
            }
            let full = self.protocol.output.len() >= UNWRITTEN;
            let pending = unflushed || !self.protocol.output.is_empty();
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
                written = write(writer, &mut self.protocol.output), if pending => match written {
                    Ok(flushed) => unflushed = !flushed,
                    Err(_) => return End::Gone,
                },
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
                if !self.protocol.publish(&outgoing)
                    && let Some(id) = outgoing.id
                {
                    broker.acknowledged(key, id);
                }
            }
        }
    }

    fn handle(&mut self, incoming: Incoming) -> Option<End> {
        let (broker, key) = (&self.context.broker, self.session.key);
        match incoming {
            Incoming::Publish { id, message } => return self.publish(id, message),
            Incoming::Acknowledged(id) => broker.acknowledged(key, id),
            Incoming::Subscribe { id, wishes } => return self.subscribe(id, &wishes),
            Incoming::Unsubscribe { id, filters } => {
                let existed: Vec<_> = filters.iter().map(|filter| broker.unsubscribe(key, filter)).collect();
                self.protocol.answer_unsubscribe(id, &existed);
            }
            Incoming::Goodbye { with_will, expiry } => {
                if let Some(seconds) = expiry {
                    broker.set_expiry(key, seconds);
                }
                return Some(End::Goodbye { with_will });
            }
            Incoming::Unacceptable(reason) => return Some(End::Reason(reason)),
        }
        None
    }

    fn publish(&mut self, id: Option<u16>, message: Message) -> Option<End> {
        let (broker, key) = (&self.context.broker, self.session.key);
        if !topics::is_topic_name(&message.topic) {
            self.protocol.answer_publish(id, Err(PublishProblem::TopicName));
            return None;
        }
        match self.context.hub.publish(&self.member, &message) {
            Verdict::Route => {
                self.context.arrivals.tell(self.member.device.as_deref().unwrap_or_default(), &message);
                self.protocol.answer_publish(id, broker.publish(key, message));
            }
            Verdict::Keep { device, reply } => {
                broker.count();
                self.context.arrivals.tell(&device, &message);
                self.protocol.answer_publish(id, Ok(1));
                if let Some(reply) = reply {
                    broker.reply(key, reply);
                }
            }
            Verdict::Answer(reply) => {
                self.protocol.answer_publish(id, Ok(1));
                broker.reply(key, reply);
            }
            Verdict::Refused(problem) => self.protocol.answer_publish(id, Err(problem)),
            Verdict::Close => return Some(End::Reason(DisconnectReasonCode::NotAuthorized)),
        }
        None
    }

    fn subscribe(&mut self, id: u16, wishes: &[Wish]) -> Option<End> {
        let (broker, key) = (&self.context.broker, self.session.key);
        let mut grants = Vec::new();
        for wish in wishes {
            let allowed = match topics::check_filter(&wish.filter) {
                Ok(()) => self.context.hub.subscribe(&self.member, &wish.filter),
                // The broker says what is wrong with it.
                Err(_) => Grant::Given,
            };
            grants.push(match allowed {
                Grant::Given => {
                    let granted = broker.subscribe(key, &wish.filter, wish.subscription, wish.retain);
                    granted.map(|()| wish.subscription.qos)
                }
                Grant::Refused(problem) => Err(problem),
                Grant::Close => return Some(End::Reason(DisconnectReasonCode::NotAuthorized)),
            });
        }
        self.protocol.answer_subscribe(id, &grants);
        None
    }
}

/// Writes some of the output, or flushes when all is written; true when nothing is left to flush.
/// Safe to drop at any time: bytes leave `output` only when they were taken.
async fn write(writer: &mut (impl AsyncWrite + Unpin), output: &mut BytesMut) -> std::io::Result<bool> {
    if output.is_empty() {
        writer.flush().await?;
        return Ok(true);
    }
    match writer.write_buf(output).await? {
        0 => Err(std::io::ErrorKind::WriteZero.into()),
        _ => Ok(false),
    }
}

/// Sends the last bytes and closes in a way that lets them arrive: a socket closed with unread input is reset, and
/// the peer may lose what was sent. Takes at most [`Limits::farewell`].
async fn farewell<S: AsyncRead + AsyncWrite>(
    mut reader: ReadHalf<S>,
    mut writer: WriteHalf<S>,
    mut output: BytesMut,
    limits: &Limits,
) {
    let polite = async {
        writer.write_all_buf(&mut output).await?;
        writer.shutdown().await?;
        tokio::io::copy(&mut reader, &mut tokio::io::sink()).await
    };
    if let Ok(Err(error)) = timeout(limits.farewell, polite).await {
        tracing::debug!(%error, "a sandbox client was gone before the last word");
    }
}
