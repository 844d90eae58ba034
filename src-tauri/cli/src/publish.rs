//! `pub`: publish one message, a file, or each line of standard input; done when all are answered.

use crate::args::PubArgs;
use crate::connect::{Connection, connection, unreadable};
use crate::failure::Failure;
use crate::packets;
use crate::progress::{End, Progress, Reporter, ended, interrupted};
use bytes::Bytes;
use hubscope_hubs::kaa::topic::masked;
use hubscope_model::{Code, ControlPacket, Error, PublishId, PublishOutcome, topic};
use hubscope_mqtt::{Event, Publish, Received, Session, Sink};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::sync::watch;

/// Runs until everything is published and answered, the session ended, or Ctrl-C.
pub async fn run(args: PubArgs) -> Result<(), Failure> {
    let source = source(&args)?;
    let Connection { mut options, topic, publish, .. } = connection(args.connect)?;
    options.watch_packets = args.packets;
    let topic = args.topic.or(topic).unwrap_or_default();
    check_topic(&topic)?;
    let (reporter, progress) = Reporter::new();
    let session = Session::start(options, PubSink { reporter });
    let mut publisher = Publisher {
        session: session.clone(),
        progress: progress.clone(),
        message: Publish { topic, qos: args.qos, retain: args.retain, properties: publish, ..Publish::default() },
        sent: 0,
    };
    let mut end = progress;
    let result = tokio::select! {
        biased;
        end = ended(&mut end) => end.into_result(),
        result = publisher.run(source) => result,
        () = interrupted() => Ok(()),
    };
    session.close().await;
    result
}

enum Source {
    Payload(Bytes),
    Lines,
}

fn source(args: &PubArgs) -> Result<Source, Failure> {
    if args.lines {
        return Ok(Source::Lines);
    }
    if let Some(path) = &args.file {
        return std::fs::read(path).map(|bytes| Source::Payload(bytes.into())).map_err(|e| unreadable(path, &e));
    }
    Ok(Source::Payload(args.message.clone().unwrap_or_default().into()))
}

fn check_topic(topic: &str) -> Result<(), Failure> {
    topic::validate_name(topic).map_err(|why| {
        Failure::usage(
            Error::new(Code::InvalidTopic, format!("The topic {:?} cannot be published to: {why}.", masked(topic)))
                .hint("Give one topic with -t, without wildcards."),
        )
    })
}

struct Publisher {
    session: Session,
    progress: watch::Receiver<Progress>,
    /// Without its payload.
    message: Publish,
    sent: u64,
}

impl Publisher {
    async fn run(&mut self, source: Source) -> Result<(), Failure> {
        self.wait(|progress| progress.was_online).await;
        match source {
            Source::Payload(payload) => self.publish(payload).await?,
            Source::Lines => self.publish_lines().await?,
        }
        let all = self.sent;
        self.wait(move |progress| progress.answered >= all).await;
        Ok(())
    }

    async fn publish_lines(&mut self) -> Result<(), Failure> {
        let mut input = BufReader::new(tokio::io::stdin());
        loop {
            let mut line = Vec::new();
            let length = input.read_until(b'\n', &mut line).await.map_err(|error| {
                Failure::usage(
                    Error::new(Code::FileUnreadable, "Standard input cannot be read.").detail(error.to_string()),
                )
            })?;
            if length == 0 {
                return Ok(());
            }
            if line.last() == Some(&b'\n') {
                line.pop();
            }
            self.publish(line.into()).await?;
        }
    }

    /// Hands one message to the session; while its outbox is full, waits for an answer.
    async fn publish(&mut self, payload: Bytes) -> Result<(), Failure> {
        // Ids only have to differ among those on their way.
        let id = PublishId(self.sent as u32);
        loop {
            let answered = self.progress.borrow_and_update().answered;
            let message = Publish { payload: payload.clone(), ..self.message.clone() };
            match self.session.publish(id, message) {
                Ok(()) => {
                    self.sent += 1;
                    return Ok(());
                }
                Err(error) if error.code == Code::OutboxFull => {
                    self.wait(move |progress| progress.answered > answered).await;
                }
                // The session has just ended; the reason ends the command.
                Err(error) if error.code == Code::NotConnected => std::future::pending::<()>().await,
                Err(error) => return Err(Failure::usage(error)),
            }
        }
    }

    /// Waits for the session to get there. When it ends first, the command ends with it elsewhere.
    async fn wait(&mut self, reached: impl FnMut(&Progress) -> bool) {
        if self.progress.wait_for(reached).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

struct PubSink {
    reporter: Reporter,
}

impl Sink for PubSink {
    fn messages(&mut self, _time_us: i64, _batch: &mut Vec<Received>) {}

    fn packet(&mut self, packet: ControlPacket) {
        packets::print(&packet);
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::State(state) => self.reporter.state(state),
            Event::Published { outcome: PublishOutcome::Refused { reason }, .. } => {
                self.reporter.end(End::Refused(
                    Error::new(Code::PublishRefused, "The broker refused a message.")
                        .detail(reason)
                        .hint("Ask for the right to publish to this topic."),
                ));
            }
            // What became of it is unknown because the session ended; that ends the command.
            Event::Published { outcome: PublishOutcome::Unknown | PublishOutcome::Pending, .. } => {}
            Event::Published { .. } => self.reporter.answered(),
            _ => {}
        }
    }
}
