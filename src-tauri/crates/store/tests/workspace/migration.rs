//! A workspace of an older version opens with everything it had.

use std::path::Path;

use hubscope_model::{Connection, Credential, HubDetails, HubKind, SessionOptions, Transport, TrustMode};
use hubscope_store::Store;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection as _, Executor, SqliteConnection};

const FIRST: &str = include_str!("../../migrations/0001_workspace.sql");

const UP_TO_PRESETS: [(&str, &str); 3] = [
    ("0001_workspace.sql", FIRST),
    ("0002_credentials.sql", include_str!("../../migrations/0002_credentials.sql")),
    ("0003_presets.sql", include_str!("../../migrations/0003_presets.sql")),
];

/// An empty database with these migrations.
async fn older(home: &Path, files: &[(&str, &str)]) -> Result<SqliteConnection, Box<dyn std::error::Error>> {
    let migrations = tempfile::tempdir()?;
    for (name, text) in files {
        std::fs::write(migrations.path().join(name), text)?;
    }
    let options = SqliteConnectOptions::new().filename(home.join("workspace.sqlite")).create_if_missing(true);
    let mut connection = options.connect().await?;
    Migrator::new(migrations.path()).await?.run(&mut connection).await?;
    Ok(connection)
}

/// A workspace as version 1 left it: a sandbox and a broker, one device of each kind, a subscription, a secret.
async fn version_one(home: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut connection = older(home, &[("0001_workspace.sql", FIRST)]).await?;
    connection
        .execute(
            "INSERT INTO workspace VALUES (1, '0190a5c8-0000-7000-8000-000000000001');
             INSERT INTO hubs (id, position, kind, name, host, port, tls) VALUES
                 ('0190a5c8-0000-7000-8000-0000000000a1', 1, 'sandbox', 'Sandbox', '127.0.0.1', 1883, 0),
                 ('0190a5c8-0000-7000-8000-0000000000a2', 2, 'mqtt_broker', 'lab', 'broker.example', 8883, 1);
             INSERT INTO devices (id, position, hub, name, client_id, credential, user_name,
                                  mqtt_version, clean_session, keep_alive, max_packet_size)
                 SELECT '0190a5c8-0000-7000-8000-0000000000' || id, id, '0190a5c8-0000-7000-8000-0000000000a2',
                        credential, 'c', credential, user_name, '5', 1, 60, 65536
                 FROM (SELECT 11 AS id, 'none' AS credential, NULL AS user_name
                       UNION SELECT 12, 'access_token', NULL
                       UNION SELECT 13, 'basic', 'quote \" and ' || char(10) || ' ада'
                       UNION SELECT 14, 'basic', NULL);
             INSERT INTO subscriptions VALUES
                 ('0190a5c8-0000-7000-8000-0000000000b1', 1, '0190a5c8-0000-7000-8000-000000000012',
                  'a/#', 1, 1, NULL, 1);
             INSERT INTO secrets VALUES ('device/0190a5c8-0000-7000-8000-000000000012/token', x'0102');",
        )
        .await?;
    Ok(connection.close().await?)
}

#[tokio::test]
async fn a_workspace_of_version_one_keeps_all_it_had() {
    let home = tempfile::tempdir().unwrap();
    version_one(home.path()).await.unwrap();
    for _ in 0..2 {
        let store = Store::open(home.path()).await.unwrap();
        let hubs: Vec<_> = store.hubs().await.unwrap().into_iter().map(|record| record.hub).collect();
        assert_eq!((hubs[0].kind, hubs[0].sandbox), (HubKind::Sandbox, true));
        assert_eq!((hubs[1].kind, hubs[1].sandbox), (HubKind::MqttBroker, false));
        assert_eq!(hubs[1].details, HubDetails::default());
        assert_eq!((hubs[0].transport, hubs[1].transport), (Transport::Mqtt, Transport::Mqtts));
        assert!(hubs.iter().all(|hub| hub.connection == Connection::default()));
        let devices = store.devices().await.unwrap();
        let credentials: Vec<_> = devices.iter().map(|device| device.credential.clone()).collect();
        let basic = |user_name: &str| Credential::Basic { user_name: user_name.into() };
        assert_eq!(credentials, [Credential::None, Credential::AccessToken, basic("quote \" and \n ада"), basic("")]);
        assert!(devices.iter().all(|device| device.certificate.is_none() && device.credential_set.is_none()));
        let untouched = |options: &SessionOptions| options.properties == Default::default() && options.will.is_none();
        assert!(devices.iter().all(|device| untouched(&device.options)));
        let subscription = &store.subscriptions(devices[1].id).await.unwrap()[0];
        assert_eq!((subscription.filter.as_str(), &subscription.options), ("a/#", &Default::default()));
        let row = format!("device/{}/token", devices[1].id);
        assert_eq!(store.secret_rows().await.unwrap(), [(row, vec![1, 2])]);
        assert_eq!(store.vault_header().await.unwrap(), None);
        store.save_device(&devices[2]).await.unwrap();
        store.close().await;
    }
}

/// Presets are JSON: their `tls` becomes a transport.
#[tokio::test]
async fn presets_of_version_three_keep_their_tls() {
    let home = tempfile::tempdir().unwrap();
    let mut connection = older(home.path(), &UP_TO_PRESETS).await.unwrap();
    let preset = |tls: bool| {
        format!(
            r#"{{"id":"p{tls}","name":"ACME","kind":"thingsboard","host":"h","port":8883,"tls":{tls},"ca":null,"details":{{}},"own":true}}"#
        )
    };
    connection.execute("INSERT INTO workspace VALUES (1, '0190a5c8-0000-7000-8000-000000000001')").await.unwrap();
    for (position, tls) in [true, false].into_iter().enumerate() {
        let insert = sqlx::query("INSERT INTO presets (id, position, json) VALUES (?, ?, ?)");
        let insert = insert.bind(format!("p{tls}")).bind(i64::try_from(position).unwrap()).bind(preset(tls));
        insert.execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let presets: Vec<_> = store.presets().await.unwrap().into_iter().map(|record| record.preset).collect();
    assert_eq!(presets.iter().map(|one| one.transport).collect::<Vec<_>>(), [Transport::Mqtts, Transport::Mqtt]);
    assert!(presets.iter().all(|one| one.connection == Connection::default()));
    store.close().await;
}

/// What earlier versions knew of trust was a CA file, alone.
#[tokio::test]
async fn hubs_and_presets_of_version_three_trust_their_ca_file_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut connection = older(home.path(), &UP_TO_PRESETS).await.unwrap();
    let pem = hubscope_pki::Authority::new("Lab CA").unwrap().pem().to_owned();
    connection.execute("INSERT INTO workspace VALUES (1, '0190a5c8-0000-7000-8000-000000000001')").await.unwrap();
    for (id, file, pem) in [("a1", Some("lab.pem"), Some(&pem)), ("a2", None, None)] {
        let insert = "INSERT INTO hubs (id, position, kind, name, host, port, tls, ca_file_name, ca_subject, ca_not_after, ca_pem)
                      VALUES (?, 1, 'mqtt_broker', 'lab', 'h', 8883, 1, ?, 'CN=Lab CA', 1, ?)";
        let insert = sqlx::query(insert).bind(format!("0190a5c8-0000-7000-8000-0000000000{id}")).bind(file).bind(pem);
        insert.execute(&mut connection).await.unwrap();
    }
    let preset = r#"{"id":"p","name":"ACME","kind":"thingsboard","host":"h","port":8883,"tls":true,
                     "ca":{"file_name":"lab.pem","subject":"CN=Lab CA","not_after":1},"details":{},"own":true}"#;
    let insert = sqlx::query("INSERT INTO presets (id, position, json, ca_pem) VALUES ('p', 1, ?, ?)");
    insert.bind(preset).bind(&pem).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();

    let store = Store::open(home.path()).await.unwrap();
    let expected = hubscope_pki::read_ca(pem.as_bytes(), "lab.pem").unwrap();
    for _ in 0..2 {
        let hubs = store.hubs().await.unwrap();
        assert_eq!((hubs[0].hub.trust.mode, &hubs[0].trusted()), (TrustMode::CaOnly, &expected));
        assert_eq!((hubs[1].hub.trust.mode, hubs[1].trust_pem.as_str()), (TrustMode::System, ""));
        let presets = store.presets().await.unwrap();
        assert_eq!((presets[0].preset.trust.mode, &presets[0].trusted()), (TrustMode::CaOnly, &expected));
        // Saved in the form of today, it is the same.
        store.save_hub(&hubs[0]).await.unwrap();
        store.save_preset(&presets[0]).await.unwrap();
    }
    store.close().await;
}

/// The next version must not touch a workspace that it cannot bring up to date.
#[tokio::test]
async fn a_migration_that_fails_leaves_version_one() {
    let home = tempfile::tempdir().unwrap();
    version_one(home.path()).await.unwrap();
    let options = SqliteConnectOptions::new().filename(home.path().join("workspace.sqlite"));
    let mut connection = options.connect().await.unwrap();
    connection.execute("CREATE TABLE vault (in_the_way INTEGER)").await.unwrap();
    Store::open(home.path()).await.unwrap_err();
    let version: i32 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await.unwrap();
    assert_eq!(version, 1);
    connection.execute("DROP TABLE vault").await.unwrap();
    connection.close().await.unwrap();
    assert_eq!(Store::open(home.path()).await.unwrap().devices().await.unwrap().len(), 4);
}
