//! The session's task: attempts, waits between them, and the end.

use crate::back_off::BackOff;
use crate::connection::{self, End, Progress};
use crate::desk::Desk;
use crate::exactly_once::Delivered;
use crate::failure::{self, Failure, Weight};
use crate::renewal::Wish;
use crate::sink::{Event, Received, Sink};
use crate::tls_version::TlsVersion;
use crate::token::{FreshToken, Held};
use crate::transport::Carrier;
use crate::tunnel::Tunnel;
use crate::{Options, Retry, Timing, Transport, packet, probe, time, v4, v5};
use futures_util::FutureExt;
use hubscope_model::{Code, ControlPacket, Error, MqttVersion, PublishId, PublishOutcome, SessionState, text};
use parking_lot::Mutex;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

/// Equal failures in a row that end the session, where a failure says that the next will be equal. A connection
/// that held ends the row.
const EQUAL_FAILURES: u32 = 3;

/// How often a session that waits looks whether the machine slept.
const LOOK_AT_CLOCK: Duration = Duration::from_secs(1);

/// What handles and the task share.
pub(crate) struct Shared {
    pub desk: Mutex<Desk>,
    /// Something new lies on the desk.
    pub work: Notify,
    /// Everything that was handed over may have been answered.
    pub settled: Notify,
    pub stop: CancellationToken,
    pub state: watch::Sender<SessionState>,
    pub wish: watch::Sender<Wish>,
    pub has_token: bool,
    /// Somebody watches the packet lane.
    pub watched: AtomicBool,
}

impl Shared {
    pub fn is_watched(&self) -> bool {
        self.watched.load(Ordering::Relaxed)
    }
}

/// What every part of the session's task needs. The sink is used by one future at a time, all of one task; its
/// lock is never contended and never held across an await.
pub(crate) struct Stage {
    pub shared: Arc<Shared>,
    pub timing: Timing,
    pub endpoint: String,
    pub ping_sent: Mutex<Option<Instant>>,
    /// Outlives connections, as the broker's session does.
    pub delivered: Mutex<Delivered>,
    /// The CONNECT of this attempt for the packet lane, until it is known to have been written.
    pub connect: Mutex<Option<ControlPacket>>,
    /// Since when a renewal has no connection.
    pub away_since: Mutex<Option<Instant>>,
    sink: Mutex<Box<dyn Sink>>,
    tls: Option<Arc<TlsVersion>>,
}

impl Stage {
    pub fn messages(&self, batch: &mut Vec<Received>) {
        self.sink.lock().messages(time::unix_micros(), batch);
        batch.clear();
    }

    pub fn event(&self, event: Event) {
        self.sink.lock().event(event);
    }

    pub fn packet(&self, packet: ControlPacket) {
        self.sink.lock().packet(packet);
    }

    /// The sink hears of a state before those who watch it.
    pub fn state(&self, state: SessionState) {
        self.event(Event::State(state.clone()));
        self.shared.state.send_replace(state);
    }

    pub fn tls_version(&self) -> Option<&'static str> {
        self.tls.as_ref().and_then(|tls| tls.name())
    }

    fn outcomes(&self, publishes: Vec<PublishId>, outcome: &PublishOutcome) {
        for publish in publishes {
            self.event(Event::Published { publish, outcome: outcome.clone() });
        }
    }
}

pub(crate) struct Actor {
    options: Options,
    stage: Stage,
    back_off: BackOff,
    /// The last failure's code and how often it came in a row.
    equal: (Option<Code>, u32),
    /// Made before the last connection was given up, for the next.
    renewed: Option<FreshToken>,
}

impl Actor {
    pub fn new(mut options: Options, sink: Box<dyn Sink>, shared: Arc<Shared>) -> Self {
        let tls = options.tls.take().map(|config| TlsVersion::watch(&config, &options.alpn, &options.key_log));
        options.tls = tls.as_ref().map(|(config, _)| config.clone());
        let stage = Stage {
            shared,
            timing: options.timing,
            endpoint: options.endpoint(),
            ping_sent: Mutex::new(None),
            delivered: Mutex::default(),
            connect: Mutex::new(None),
            away_since: Mutex::new(None),
            sink: Mutex::new(sink),
            tls: tls.map(|(_, version)| version),
        };
        let back_off = BackOff::new(&options.timing);
        Self { options, stage, back_off, equal: (None, 0), renewed: None }
    }

    /// The session, from its first attempt to its end. A panic, of the sink too, ends it in words: what holds a
    /// handle must not go on filling an outbox that nobody empties.
    pub async fn run(mut self) {
        match AssertUnwindSafe(self.live()).catch_unwind().await {
            Ok(last) => {
                let reason = text!("not sent: the session ended first");
                self.finish(&PublishOutcome::Refused { reason }, last);
            }
            Err(_) => {
                let error = Error::new(Code::Internal, "The session ended by a fault inside Hubscope.");
                let error = error.hint("Connect again, and report the fault if it comes back.");
                // What the desk says of them may be as wrong as what led to the fault.
                self.finish(&PublishOutcome::Unknown, SessionState::Failed { error });
            }
        }
    }

    /// Connects again and again; returns the last state.
    async fn live(&mut self) -> SessionState {
        loop {
            let attempt = self.back_off.attempt();
            let renewing = self.renewed.is_some();
            self.stage.state(SessionState::Connecting { attempt });
            let failure = match self.attempt().await {
                End::Closed => return SessionState::Idle,
                End::Renewing(_) if self.stage.shared.stop.is_cancelled() => return SessionState::Idle,
                End::Renewing(token) => {
                    self.renewed = Some(token);
                    *self.stage.away_since.lock() = Some(Instant::now());
                    continue;
                }
                End::Broken(failure) => match self.look_closer(failure).await {
                    Some(failure) => failure,
                    None => return SessionState::Idle,
                },
            };
            if renewing {
                self.stage.event(Event::RenewalFailed { error: failure.error.clone() });
            }
            if self.is_final(&failure) {
                return SessionState::Failed { error: failure.error };
            }
            if self.wait(attempt, failure.error).await.is_err() {
                return SessionState::Idle;
            }
        }
    }

    async fn attempt(&mut self) -> End {
        if let Err(failure) = self.options.check() {
            return End::Broken(failure);
        }
        let held = match self.take_token() {
            Ok(held) => held,
            Err(failure) => return End::Broken(failure),
        };
        let (carrier, tunnel) = match self.find_way().await {
            Ok(way) => way,
            Err(failure) => return End::Broken(failure),
        };
        let connect = self.stage.shared.is_watched().then(|| self.connect());
        *self.stage.connect.lock() = connect;
        let progress = Progress::default();
        let token = self.options.token.as_deref().zip(held);
        let mut end = match self.options.version {
            MqttVersion::V311 => {
                let (link, requests) = v4::open(&self.options, carrier, tunnel.as_ref());
                connection::run(link, requests, &self.stage, &progress, token).await
            }
            MqttVersion::V5 => {
                let (link, requests) = v5::open(&self.options, carrier, tunnel.as_ref());
                connection::run(link, requests, &self.stage, &progress, token).await
            }
        };
        if let (End::Broken(failure), Some(reason)) = (&mut end, tunnel.and_then(|tunnel| tunnel.failure())) {
            *failure = reason;
        }
        *self.stage.ping_sent.lock() = None;
        if let Some(online) = progress.online_for()
            && self.back_off.was_online(online)
        {
            // What ends a connection that held is no answer to the attempt.
            self.equal = (None, 0);
        }
        let unknown = self.stage.shared.desk.lock().disconnected(matches!(end, End::Renewing(_)));
        self.stage.outcomes(unknown, &PublishOutcome::Unknown);
        end
    }

    fn connect(&self) -> ControlPacket {
        let size = match self.options.version {
            MqttVersion::V311 => v4::connect_size(&self.options),
            MqttVersion::V5 => v5::connect_size(&self.options),
        };
        packet::connect(&self.options, size)
    }

    /// What the library is to connect to, and our own leg of the way where it cannot go alone.
    async fn find_way(&self) -> Result<(Carrier, Option<Tunnel>), Failure> {
        let carrier = Carrier::new(&self.options)?;
        if !self.options.needs_tunnel() {
            return Ok((carrier, None));
        }
        let tunnel = Tunnel::open(&self.options.name(), self.options.route()).await;
        let tunnel = tunnel.map_err(|error| {
            Failure::passing(Error::new(Code::Internal, "No port for a tunnel was left.").detail(error.to_string()))
        })?;
        Ok((carrier, Some(tunnel)))
    }

    /// Puts a fresh token in the place of the password.
    fn take_token(&mut self) -> Result<Option<Held>, Failure> {
        let Some(source) = &self.options.token else { return Ok(None) };
        let token = match self.renewed.take() {
            Some(token) => token,
            None => source.fresh(time::unix_seconds()).map_err(Failure::own)?,
        };
        let held = Held::new(&token);
        self.options.password = Some(token.password);
        let auto = self.stage.shared.wish.borrow().auto;
        self.stage.event(held.event(auto));
        Ok(Some(held))
    }

    /// A plain connection that was closed before CONNACK may have gone to a TLS port: asks the port. None when
    /// the user closes meanwhile.
    async fn look_closer(&self, failure: Failure) -> Option<Failure> {
        let is_direct = matches!(self.options.transport, Transport::Tcp) && !self.options.needs_tunnel();
        if failure.error.code != Code::ClosedBeforeAnswer || self.options.tls.is_some() || !is_direct {
            return Some(failure);
        }
        let speaks_tls = tokio::select! {
            () = self.stage.shared.stop.cancelled() => return None,
            speaks_tls = probe::speaks_tls(self.options.bare_host(), self.options.port) => speaks_tls,
        };
        if speaks_tls {
            return Some(failure::wants_tls(
                &self.stage.endpoint,
                failure.error.detail.map_or_else(|| text!("the server speaks TLS"), |detail| *detail),
            ));
        }
        Some(failure)
    }

    fn is_final(&mut self, failure: &Failure) -> bool {
        let code = failure.error.code;
        self.equal = match self.equal {
            (Some(last), times) if last == code => (Some(code), times + 1),
            _ => (Some(code), 1),
        };
        match failure.weight {
            _ if self.options.retry == Retry::Never => true,
            Weight::Fatal => true,
            Weight::Counted => self.equal.1 >= EQUAL_FAILURES,
            Weight::Passing => false,
        }
    }

    /// Waits before the next attempt; an error when the user closes meanwhile.
    async fn wait(&mut self, attempt: u32, reason: Error) -> Result<(), ()> {
        let wait = self.back_off.next();
        let clock = self.stage.timing.clock;
        let until = clock().saturating_add(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX));
        self.stage.state(SessionState::Waiting { until, attempt, reason });
        tokio::select! {
            () = self.stage.shared.stop.cancelled() => Err(()),
            () = tokio::time::sleep(wait) => Ok(()),
            // A machine that slept has waited long enough; the other clock stood still meanwhile.
            () = time::reached(clock, until, LOOK_AT_CLOCK) => Ok(()),
        }
    }

    /// Settles every publish that is still open, with `unsent` those that never left the outbox, and says the
    /// last state.
    fn finish(&self, unsent: &PublishOutcome, last: SessionState) {
        let (unknown, waiting) = self.stage.shared.desk.lock().close();
        let unknown = unknown.into_iter().map(|publish| (publish, &PublishOutcome::Unknown));
        let waiting = waiting.into_iter().map(|publish| (publish, unsent));
        for (publish, outcome) in unknown.chain(waiting) {
            self.last_word(Event::Published { publish, outcome: outcome.clone() });
        }
        self.last_word(Event::State(last.clone()));
        self.stage.shared.state.send_replace(last);
    }

    /// An event after which the session needs nothing of the sink: if it fails at one, it still hears the others.
    fn last_word(&self, event: Event) {
        // The panic itself was reported by the program's hook.
        let _failed = catch_unwind(AssertUnwindSafe(|| self.stage.event(event)));
    }
}
