//! Sessions against real brokers, and against peers that break the rules.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod azure;
#[cfg(test)]
mod broker;
#[cfg(test)]
mod capabilities;
#[cfg(test)]
mod defects;
#[cfg(test)]
mod exactly_once;
#[cfg(test)]
mod key_log;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod life;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod packets;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod renewals;
#[cfg(test)]
mod restarts;
#[cfg(test)]
mod review;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod transports;

use hubscope_model::{MqttVersion, PublishId};
use hubscope_mqtt::{Options, Publish, Retry, Session, Timing};
use hubscope_tests::recorder::Recorder;
use std::time::Duration;

/// Both protocol versions; most tests run over both.
const VERSIONS: [MqttVersion; 2] = [MqttVersion::V311, MqttVersion::V5];

/// Options for a peer on this machine, with waits short enough for tests.
fn options(port: u16, version: MqttVersion) -> Options {
    let mut options = Options::new("127.0.0.1", port, "hubscope-test");
    options.version = version;
    options.timing = Timing {
        first_wait: Duration::from_millis(10),
        longest_wait: Duration::from_millis(100),
        connect: Duration::from_secs(10),
        ..Timing::default()
    };
    options
}

/// The same, for a test about one attempt.
fn once(port: u16, version: MqttVersion) -> Options {
    Options { retry: Retry::Never, ..options(port, version) }
}

fn start(options: Options) -> (Session, Recorder) {
    let recorder = Recorder::default();
    (Session::start(options, recorder.sink()), recorder)
}

fn publish(
    session: &Session,
    id: u32,
    topic: &str,
    payload: impl Into<Vec<u8>>,
    qos: u8,
) -> hubscope_model::Result<()> {
    let payload = payload.into().into();
    session.publish(PublishId(id), Publish { topic: topic.to_owned(), payload, qos, ..Publish::default() })
}
