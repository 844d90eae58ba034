//! `diagnose`: why a device does not connect.

use crate::args::{ConnectArgs, DiagnoseArgs};
use crate::connect::{Connection, connection, identity, trust};
use crate::escape::escape;
use crate::failure::{Exit, Failure};
use crate::output;
use crate::pasted;
use crate::progress::interrupted;
use crate::source;
use hubscope_hubs::diagnose::{self, ClientCertificate, Limits, Subject};
use hubscope_hubs::paste::{Pasted, recognise};
use hubscope_hubs::{ProxyVariables, Secrets, broker_test, connect_options, reach};
use hubscope_model::{
    CertificateTrust, Code, Connection as Way, Credential, Device, DeviceId, DiagnoseReport, DiagnoseStep, Error, Hub,
    HubKind, SessionOptions, StepReport, Transport,
};
use hubscope_mqtt::{Options, Transport as Carrier};
use hubscope_pki::Identity;
use std::io::IsTerminal;
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

/// Runs to the end, or until Ctrl-C, and prints what was found so far.
pub async fn run(args: DiagnoseArgs) -> Result<(), Failure> {
    broker_test::check_prefix(&args.prefix).map_err(|error| {
        Failure::usage(error.hint("--prefix is a topic name: no wildcards, and no $ at its beginning."))
    })?;
    let text = source::of_flags(args.connection_string, args.connection_string_file.as_deref())?;
    let subject = match text {
        Some(text) => of_text(&text, args.connect, &args.prefix)?,
        None => of_flags(args.connect, &args.prefix)?,
    };
    let stop = CancellationToken::new();
    let is_watched = std::io::stderr().is_terminal();
    let tell = |step: &StepReport| {
        if is_watched {
            eprintln!("{}: {}", diagnose::name_of(step.step), escape(&step.summary.to_string()));
        }
    };
    let diagnosis = diagnose::run(subject, tell, &stop);
    tokio::pin!(diagnosis);
    let report = tokio::select! {
        report = &mut diagnosis => report,
        () = interrupted() => {
            stop.cancel();
            diagnosis.await
        }
    };
    if args.json {
        output::answer(true, &report, &[])?;
    } else {
        for line in diagnose::as_text(&report).lines() {
            output::line(&escape(line))?;
        }
    }
    judge(&report)
}

/// The exit code of the first failure.
fn judge(report: &DiagnoseReport) -> Result<(), Failure> {
    let Some(step) = report.failure() else { return Ok(()) };
    let words = format!("Stopped at \"{}\": {}.", diagnose::name_of(step.step), step.summary);
    let error = Error::new(Code::NotConnected, words);
    // A server that refused has been reached.
    let exit = if step.step >= DiagnoseStep::Connect { Exit::Refused } else { Exit::NotConnected };
    Err(Failure { exit, error })
}

/// A client certificate that cannot be used is a finding, not a wrong argument.
fn certificate(args: &mut ConnectArgs) -> Result<(Option<Identity>, ClientCertificate), Failure> {
    match identity(args.cert.as_deref(), args.key.as_deref()) {
        Ok(None) => Ok((None, ClientCertificate::None)),
        Ok(Some(identity)) => {
            let shown = ClientCertificate::Shown(identity.to_show());
            Ok((Some(identity), shown))
        }
        Err(failure) if failure.error.code == Code::FileUnreadable => Err(failure),
        Err(failure) => {
            (args.cert, args.key) = (None, None);
            Ok((None, ClientCertificate::Unusable(failure.error)))
        }
    }
}

/// A broker, as `sub` would connect to it.
fn of_flags(mut args: ConnectArgs, prefix: &str) -> Result<Subject, Failure> {
    let (_, certificate) = certificate(&mut args)?;
    let Connection { options, trust, identity, .. } = connection(args)?;
    let hub = hub(&options);
    let credential = match (&options.user_name, &identity) {
        (Some(user_name), _) => Credential::Basic { user_name: user_name.clone() },
        (None, Some(_)) => Credential::X509 { trust: CertificateTrust::Authority },
        (None, None) => Credential::None,
    };
    let device = Device {
        id: DeviceId::new(),
        hub: hub.id,
        name: String::new(),
        client_id: options.client_id.clone(),
        credential,
        secrets: Vec::new(),
        certificate: identity.map(|identity| identity.summary),
        credential_set: None,
        options: SessionOptions::default(),
    };
    let topics = diagnose::topics(&hub, &device, &Secrets::new(), prefix);
    Ok(Subject { hub, device, options, trust, certificate, topics, limits: Limits::default() })
}

fn hub(options: &Options) -> Hub {
    let mut connection = Way::default();
    let transport = match (&options.transport, options.tls.is_some()) {
        (Carrier::Tcp, false) => Transport::Mqtt,
        (Carrier::Tcp, true) => Transport::Mqtts,
        (Carrier::WebSocket(socket), tls) => {
            connection.path.clone_from(&socket.path);
            if tls { Transport::Wss } else { Transport::Ws }
        }
        #[cfg(unix)]
        (Carrier::Unix(path), _) => {
            connection.socket = path.display().to_string();
            Transport::Unix
        }
    };
    Hub { connection, ..Hub::new(HubKind::MqttBroker, options.host.clone(), options.port, transport) }
}

/// Any hub, by a text that says who connects where; the flags add trust, certificate and way.
fn of_text(text: &Zeroizing<String>, mut args: ConnectArgs, prefix: &str) -> Result<Subject, Failure> {
    let Pasted { mut recognised, secrets, identity: own, options } =
        pasted::whole(recognise(text).map_err(Failure::usage)?)?;
    recognised.client_id.get_or_insert_with(hubscope_hubs::generate_client_id);
    let trust = trust(args.cafile.as_deref(), args.tls_use_os_certs, args.pin.as_deref())?;
    let (given, mut certificate) = certificate(&mut args)?;
    let identity = given.or(own);
    if let Some(identity) = &identity {
        certificate = ClientCertificate::Shown(identity.to_show());
        recognised.certificate = Some(identity.summary.clone());
    }
    let (hub, device) = pasted::hub_and_device(recognised, options);
    let shown = identity.as_ref().map(Identity::to_show);
    let mut options = connect_options(&hub, &trust, &device, shown.as_ref(), &secrets).map_err(Failure::usage)?;
    reach(&mut options, &hub, &secrets, &ProxyVariables::of_process()).map_err(Failure::usage)?;
    args.way.apply(&mut options)?;
    let topics = diagnose::topics(&hub, &device, &secrets, prefix);
    Ok(Subject { hub, device, options, trust, certificate, topics, limits: Limits::default() })
}
