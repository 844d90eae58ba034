//! `sub`: subscribe, print or count.

mod lines;
mod quiet;

use crate::args::SubArgs;
use crate::connect::{Connection, connection};
use crate::failure::Failure;
use crate::packets;
use crate::progress::{End, Reporter, ended, interrupted};
use hubscope_hubs::kaa::topic::masked;
use hubscope_model::{Code, ControlPacket, Error, Grant, topic};
use hubscope_mqtt::{Event, Received, Session, Sink, Subscription};
use std::collections::HashSet;
use std::io::{self, IsTerminal};

/// Where messages go.
trait Output: Send + 'static {
    fn subscribed(&mut self) {}
    fn write(&mut self, time_us: i64, messages: &[Received]) -> io::Result<()>;
}

/// Runs until `-C` messages came, the session ended, nobody reads the output, or Ctrl-C.
pub async fn run(args: SubArgs) -> Result<(), Failure> {
    let Connection { mut options, topic, subscribe, .. } = connection(args.connect)?;
    options.watch_packets = args.packets;
    let Subscription { identifier, user_properties, .. } = subscribe;
    let subscription = Subscription {
        qos: args.qos,
        no_local: args.no_local,
        retain_as_published: args.retain_as_published,
        identifier,
        user_properties,
        ..Subscription::default()
    };
    let mut filters = args.topics;
    filters.extend(topic);
    check_filters(&filters)?;
    let (reporter, mut progress) = Reporter::new();
    let mut sink = SubSink {
        reporter,
        waiting: filters.iter().cloned().collect(),
        wished: args.qos,
        remaining: args.count,
        output: Box::new(lines::Lines::new(format(args.json, args.verbose), io::stdout().is_terminal())),
    };
    let log = match args.quiet {
        true => Some(quiet::Log::open(args.filter.as_deref()).map_err(Failure::usage)?),
        false => None,
    };
    if let Some(log) = &log {
        sink.output = Box::new(log.clone());
    }
    let session = Session::start(options, sink);
    for filter in &filters {
        match session.subscribe(filter, subscription.clone()) {
            // The session has already ended; the reason ends the command.
            Err(error) if error.code == Code::NotConnected => break,
            result => result.map_err(Failure::usage)?,
        }
    }
    let end = tokio::select! {
        end = ended(&mut progress) => end,
        () = interrupted() => End::Done,
    };
    // Where nobody reads our output the session cannot end; what is left of it ends with the process.
    session.close().await;
    // Where nothing could be counted there are no counters.
    let connected = !matches!(end, End::Session { was_online: false, .. });
    if let Some(log) = log.filter(|_| connected) {
        log.print()?;
    }
    end.into_result()
}

fn format(json: bool, verbose: bool) -> lines::Format {
    match (json, verbose) {
        (true, _) => lines::Format::Json,
        (false, true) => lines::Format::TopicAndPayload,
        (false, false) => lines::Format::Payload,
    }
}

fn check_filters(filters: &[String]) -> Result<(), Failure> {
    if filters.is_empty() {
        return Err(Failure::usage(
            Error::new(Code::InvalidTopicFilter, "There is nothing to subscribe to.")
                .hint("Add -t FILTER, or a topic behind the host in --url."),
        ));
    }
    for filter in filters {
        topic::validate_filter(filter).map_err(|why| {
            Failure::usage(
                Error::new(
                    Code::InvalidTopicFilter,
                    format!("The topic filter {:?} is not legal: {why}.", masked(filter)),
                )
                .hint("+ stands for one level and # for the rest, each alone between slashes: 'lab/+/temp', 'lab/#'."),
            )
        })?;
    }
    Ok(())
}

struct SubSink {
    reporter: Reporter,
    /// Filters without an answer of the broker.
    waiting: HashSet<String>,
    wished: u8,
    remaining: Option<u64>,
    output: Box<dyn Output>,
}

impl Sink for SubSink {
    fn messages(&mut self, time_us: i64, batch: &mut Vec<Received>) {
        if self.reporter.ended() {
            return;
        }
        if let Some(remaining) = self.remaining {
            batch.truncate(usize::try_from(remaining).unwrap_or(usize::MAX));
        }
        if let Err(error) = self.output.write(time_us, batch) {
            self.reporter.end(output_end(&error));
            return;
        }
        if let Some(remaining) = &mut self.remaining {
            *remaining -= batch.len() as u64;
            if *remaining == 0 {
                self.reporter.end(End::Done);
            }
        }
    }

    fn packet(&mut self, packet: ControlPacket) {
        packets::print(&packet);
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::State(state) => self.reporter.state(state),
            Event::Subscribed { filter, grant } => self.answer(&filter, grant),
            _ => {}
        }
    }
}

impl SubSink {
    fn answer(&mut self, filter: &str, grant: Grant) {
        match grant {
            Grant::Pending => {}
            Grant::Refused { reason } => self.reporter.end(End::Refused(
                Error::new(
                    Code::SubscriptionRefused,
                    format!("The broker refused the subscription to {:?}.", masked(filter)),
                )
                .detail(reason)
                .hint("Ask for the right to read it, or leave it out."),
            )),
            Grant::Granted { qos } => {
                if qos < self.wished {
                    eprintln!("hubscope-cli: {:?} was granted with QoS {qos} only", masked(filter));
                }
                if self.waiting.remove(filter) && self.waiting.is_empty() {
                    self.output.subscribed();
                    eprintln!("subscribed");
                }
            }
        }
    }
}

fn output_end(error: &io::Error) -> End {
    match error.kind() {
        io::ErrorKind::BrokenPipe => End::OutputClosed,
        _ => End::Output(
            Error::new(Code::Internal, "Standard output cannot be written to.")
                .detail(error.to_string())
                .hint("Check the disk or the program that reads it."),
        ),
    }
}
