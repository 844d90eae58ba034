//! TLS against a real mosquitto, with certificates that openssl made.

use crate::{VERSIONS, once, options, publish, start};
use hubscope_model::{Code, Error, MqttVersion, SessionState};
use hubscope_mqtt::{Event, Options};
use hubscope_pki::{Trust, client_config};
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::recorder::Told;
use hubscope_vault::Secret;

fn trusting(options: Options, ca_pem: &str) -> Options {
    hubscope_pki::install_crypto_provider();
    Options { tls: Some(client_config(&Trust::CaPem(ca_pem.to_owned()), None).unwrap()), ..options }
}

async fn failure(options: Options) -> Error {
    let (session, recorder) = start(options);
    let error = recorder.wait_failed().await;
    assert_eq!(recorder.reasons().len(), 1, "final at once");
    assert!(error.hint.is_some(), "{error:?}");
    session.close().await;
    error
}

#[tokio::test]
async fn a_ca_file_a_password_and_a_megabyte() {
    let ca = Ca::new("Test CA").unwrap();
    let identity = ca.server(&["DNS:localhost", "IP:127.0.0.1"], Valid::Now).unwrap();
    let broker = Broker::start(&Config::tls(&identity).login("device", "secret")).unwrap();
    for version in VERSIONS {
        for host in ["localhost", "127.0.0.1"] {
            let mut options = trusting(options(broker.port(), version), &ca.pem);
            options.host = host.into();
            options.user_name = Some("device".into());
            options.password = Some(Secret::new("secret".to_owned().into()));
            let (session, recorder) = start(options);
            session.subscribe("#", 1).unwrap();
            recorder.wait_subscribed("#", 1).await;
            publish(&session, 1, "tls", vec![42; 1_000_000], 1).unwrap();
            assert_eq!(recorder.wait_messages(1).await[0].payload.len(), 1_000_000);
            let version = recorder.told().into_iter().find_map(|told| match told {
                Told::Event(Event::Tls(version)) => Some(version),
                _ => None,
            });
            assert_eq!(version.as_deref(), Some("TLS 1.3"));
            session.close().await;
        }
    }
}

#[tokio::test]
async fn the_tls_version_is_the_one_in_use() {
    let ca = Ca::new("Test CA").unwrap();
    let identity = ca.server(&["IP:127.0.0.1"], Valid::Now).unwrap();
    // mosquitto takes the lowest version here: cap ours instead.
    let broker = Broker::start(&Config::tls(&identity)).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls::pki_types::pem::PemObject::pem_slice_iter(ca.pem.as_bytes()).flatten());
    let config = rustls::ClientConfig::builder_with_protocol_versions(&[&rustls::version::TLS12]);
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let (session, recorder) = start(Options { tls: Some(config.into()), ..options(broker.port(), MqttVersion::V311) });
    let version = recorder
        .until("the TLS version", |told| {
            told.iter().find_map(|told| match told {
                Told::Event(Event::Tls(version)) => Some(version.clone()),
                _ => None,
            })
        })
        .await;
    assert_eq!(version, "TLS 1.2");
    session.close().await;
}

#[tokio::test]
async fn a_certificate_of_an_unknown_ca() {
    let (ours, theirs) = (Ca::new("Ours").unwrap(), Ca::new("Theirs").unwrap());
    let broker = Broker::start(&Config::tls(&theirs.server(&["IP:127.0.0.1"], Valid::Now).unwrap())).unwrap();
    for version in VERSIONS {
        let error = failure(trusting(options(broker.port(), version), &ours.pem)).await;
        assert_eq!(error.code, Code::TlsUnknownCa, "{error:?}");
    }
}

#[tokio::test]
async fn an_expired_certificate() {
    let ca = Ca::new("Test CA").unwrap();
    let broker = Broker::start(&Config::tls(&ca.server(&["IP:127.0.0.1"], Valid::Expired).unwrap())).unwrap();
    for version in VERSIONS {
        let error = failure(trusting(options(broker.port(), version), &ca.pem)).await;
        assert_eq!(error.code, Code::TlsExpired, "{error:?}");
    }
}

#[tokio::test]
async fn a_certificate_for_another_name() {
    let ca = Ca::new("Test CA").unwrap();
    let broker = Broker::start(&Config::tls(&ca.server(&["DNS:other.example"], Valid::Now).unwrap())).unwrap();
    for version in VERSIONS {
        let error = failure(trusting(options(broker.port(), version), &ca.pem)).await;
        assert_eq!(error.code, Code::TlsNameMismatch, "{error:?}");
        assert!(
            error.message.contains("other.example")
                || error.detail.is_some_and(|detail| detail.contains("other.example"))
        );
    }
}

#[tokio::test]
async fn tls_to_a_plain_port() {
    let ca = Ca::new("Test CA").unwrap();
    let broker = Broker::start(&Config::default()).unwrap();
    for version in VERSIONS {
        let error = failure(trusting(once(broker.port(), version), &ca.pem)).await;
        assert_eq!(error.code, Code::PortIsNotTls, "{error:?}");
    }
}

#[tokio::test]
async fn plain_to_a_tls_port() {
    let ca = Ca::new("Test CA").unwrap();
    let broker = Broker::start(&Config::tls(&ca.server(&["IP:127.0.0.1"], Valid::Now).unwrap())).unwrap();
    for version in VERSIONS {
        let error = failure(once(broker.port(), version)).await;
        assert_eq!(error.code, Code::PortWantsTls, "{error:?}");
    }
}

/// TLS sessions recover like plain ones.
#[tokio::test]
async fn a_killed_broker_comes_back_over_tls() {
    let ca = Ca::new("Test CA").unwrap();
    let mut broker = Broker::start(&Config::tls(&ca.server(&["IP:127.0.0.1"], Valid::Now).unwrap())).unwrap();
    let (session, recorder) = start(trusting(options(broker.port(), MqttVersion::V311), &ca.pem));
    recorder.wait_online(1).await;
    broker.kill().unwrap();
    recorder.wait_waiting(1).await;
    broker.resume().unwrap();
    recorder.wait_online(2).await;
    assert!(matches!(session.state(), SessionState::Online { .. }));
    session.close().await;
}
