//! `broker-test`: what a broker can do.

use crate::args::BrokerTestArgs;
use crate::connect::{Connection, connection};
use crate::escape::escape;
use crate::failure::{Exit, Failure};
use crate::progress::interrupted;
use hubscope_hubs::broker_test::{self, Step};
use hubscope_model::{BrokerFeature, BrokerReport, Code, Error, FeatureResult};
use std::io::IsTerminal;
use tokio_util::sync::CancellationToken;

/// Runs the test to its end, or until Ctrl-C, and prints what was found so far.
pub async fn run(args: BrokerTestArgs) -> Result<(), Failure> {
    broker_test::check_prefix(&args.prefix).map_err(|error| {
        Failure::usage(error.hint("--prefix is a topic name: no wildcards, and no $ at its beginning."))
    })?;
    let Connection { options, .. } = connection(args.connect)?;
    let stop = CancellationToken::new();
    let is_watched = std::io::stderr().is_terminal();
    let step = |Step { done, feature, .. }: Step| {
        if is_watched {
            eprintln!("{}/{}: {feature:?}", done + 1, broker_test::STEPS);
        }
    };
    let test = broker_test::run(options, &args.prefix, step, &stop);
    tokio::pin!(test);
    let report = tokio::select! {
        report = &mut test => report,
        () = interrupted() => {
            stop.cancel();
            test.await
        }
    };
    if args.json {
        let json = serde_json::to_string(&report).map_err(|error| {
            Failure::usage(Error::new(Code::Internal, "The report could not be written.").detail(error.to_string()))
        })?;
        println!("{json}");
    } else {
        broker_test::as_text(&report).lines().for_each(|line| println!("{}", escape(line)));
    }
    judge(&report)
}

/// A broker that let us in with neither version was not tested.
fn judge(report: &BrokerReport) -> Result<(), Failure> {
    let connects = report.findings.iter().filter(|finding| finding.feature == BrokerFeature::Connect);
    let mut reasons = Vec::new();
    for finding in connects {
        match &finding.result {
            FeatureResult::Fails { reason } => reasons.push(reason.to_string()),
            _ => return Ok(()),
        }
    }
    if reasons.is_empty() {
        return Ok(());
    }
    let error = Error::new(Code::NotConnected, "The broker took no connection.").detail(reasons.join("; "));
    Err(Failure { exit: Exit::NotConnected, error: error.hint("Try hubscope-cli sub with the same flags.") })
}
