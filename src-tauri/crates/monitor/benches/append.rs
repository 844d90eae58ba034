//! Messages into the log, with the topic tree, a subscription and one filtered view, evicting as it goes.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hubscope_model::{Direction, SessionId, SubscriptionId, ViewId, ViewSpec};
use hubscope_monitor::{Limits, Monitor, NewMessage};

/// Messages that one lock takes, as a busy session hands them over.
const BATCH: usize = 100;
const BATCHES: usize = 100;
const SESSION: SessionId = SessionId(1);

/// JSON of about `size` bytes that differs from message to message.
fn payload(number: usize, size: usize) -> Vec<u8> {
    let mut text = format!("{{\"device\":\"dev{number:05}\",\"temperature\":{}.{}", number % 40, number % 10);
    while text.len() + 2 < size {
        text += &format!(",\"v{}\":{}", text.len(), number * 7919 % 100_003);
    }
    text.truncate(size - 1);
    text.push('}');
    text.into_bytes()
}

fn monitor(query: &str) -> Monitor {
    let monitor = Monitor::new(Limits { bytes: 256 << 20, entries: 1_000_000 });
    monitor.register_session(SESSION, None, "bench", Vec::new());
    monitor.set_subscriptions(SESSION, vec![(SubscriptionId::new(), "bench/#".into(), 1)]);
    if !query.is_empty() {
        let opened = monitor.open_view(ViewId(1), &ViewSpec { query: query.into(), ..ViewSpec::default() });
        assert!(opened.is_ok(), "{opened:?}");
    }
    monitor
}

fn append(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("append");
    group.throughput(Throughput::Elements((BATCH * BATCHES) as u64)).sample_size(30);
    for (size, topics, query) in [
        (20, 100, "temp"),
        (200, 100, "temp"),
        (1000, 100, "temp"),
        (200, 20_000, "temp"),
        (200, 100, ""),
        (200, 100, "nowhere"),
        (200, 100, "topic:bench/+/telemetry dir:in 21.5"),
    ] {
        let messages: Vec<(String, Vec<u8>)> = (0..BATCH * BATCHES)
            .map(|number| (format!("bench/dev{:05}/telemetry", number * 31 % topics), payload(number, size)))
            .collect();
        let monitor = monitor(query);
        let run = || {
            for batch in messages.chunks(BATCH) {
                monitor.append(batch.iter().map(|(topic, payload)| NewMessage {
                    time: 0,
                    session: SESSION,
                    direction: Direction::In,
                    topic,
                    payload,
                    properties: &[],
                    qos: 0,
                    retain: false,
                    dup: false,
                }));
            }
        };
        // The first rounds fill the log: what is measured includes eviction.
        (0..200).for_each(|_| run());
        let name = format!("{size} B, {topics} topics, filter \"{query}\"");
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter_batched(|| (), |()| run(), BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, append);
criterion_main!(benches);
