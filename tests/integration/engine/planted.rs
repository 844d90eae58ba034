//! Random secrets of every kind, and the search for them in whatever came out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hubscope_tests::fail;
use proptest::prelude::*;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// What a user may enter, copy or paste and must never see again without asking.
#[derive(Clone, Debug)]
pub struct Planted {
    pub password: String,
    pub basic_password: String,
    pub access_token: String,
    pub provision_key: String,
    pub provision_secret: String,
    pub client_password: String,
    pub api_key: String,
    pub vault_passphrase: String,
    pub export_passphrase: String,
    pub endpoint_token: String,
    pub pasted_password: String,
    pub key_passphrase: String,
    pub primary_key: String,
    pub secondary_key: String,
    pub group_key: String,
    pub policy_key: String,
    pub pasted_key: String,
    pub signature: String,
}

impl Planted {
    /// A ready-made token with the planted signature.
    pub fn sas_token(&self) -> String {
        let signature = self.signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        format!("SharedAccessSignature sr=localhost%2Fdevices%2Fpasted&sig={signature}&se=4102444800")
    }
}

/// Secrets as they come: of any visible character, as a topic level, as a key in base64.
pub fn planted() -> impl Strategy<Value = Planted> {
    let texts = prop::array::uniform9("[!-~]{24,40}");
    let levels = prop::array::uniform3("[A-Za-z0-9_-]{24,40}");
    let keys = prop::array::uniform6(any::<[u8; 32]>().prop_map(|key| STANDARD.encode(key)));
    (texts, levels, keys).prop_map(|(texts, levels, keys)| {
        let [
            password,
            basic_password,
            access_token,
            provision_key,
            provision_secret,
            client_password,
            api_key,
            vault_passphrase,
            export_passphrase,
        ] = texts;
        let [endpoint_token, pasted_password, key_passphrase] = levels;
        let [primary_key, secondary_key, group_key, policy_key, pasted_key, signature] = keys;
        Planted {
            password,
            basic_password,
            access_token,
            provision_key,
            provision_secret,
            client_password,
            api_key,
            vault_passphrase,
            export_passphrase,
            endpoint_token,
            pasted_password,
            key_passphrase,
            primary_key,
            secondary_key,
            group_key,
            policy_key,
            pasted_key,
            signature,
        }
    })
}

/// Looks for secrets, also as JSON, URLs and base64 would write them.
pub struct Search(Vec<(String, String)>);

impl Search {
    pub fn of<'a>(secrets: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut needles = Vec::new();
        for (name, secret) in secrets {
            let json = serde_json::to_string(secret).unwrap();
            let each = |write: fn(u8) -> String| secret.bytes().map(write).collect::<String>();
            let mut written = vec![secret.to_owned(), json.trim_matches('"').to_owned(), each(percent)];
            written.extend([each(|byte| format!("%{byte:02x}")), each(|byte| format!("%{byte:02X}"))]);
            written.extend([each(|byte| format!("{byte:02x}")), each(|byte| format!("{byte:02X}"))]);
            written.extend([each(|byte| format!("\\u{byte:04x}")), each(|byte| format!("\\u{byte:04X}"))]);
            written.extend(base64s(secret));
            needles.extend(written.into_iter().map(|text| (name.to_owned(), text)));
        }
        Self(needles)
    }

    /// Fails when a secret is in `output`.
    pub fn finds_nothing_in(&self, place: &str, output: &[u8]) {
        let text = String::from_utf8_lossy(output);
        for (name, needle) in &self.0 {
            if let Some(at) = text.find(needle) {
                let around: String = text[..at].chars().rev().take(200).collect::<Vec<_>>().into_iter().rev().collect();
                fail(&format!("the {name} is in {place}, after: {around}"));
            }
        }
    }

    /// The same for every file below a folder.
    pub fn finds_nothing_below(&self, folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => self.finds_nothing_below(&path),
                false => self.finds_nothing_in(&path.display().to_string(), &std::fs::read(&path).unwrap()),
            }
        }
    }
}

/// What base64 makes of it wherever it begins within a group of three bytes, for URLs too; without the groups that its
/// neighbours change.
fn base64s(secret: &str) -> impl Iterator<Item = String> {
    (0..3).flat_map(move |before| {
        let encoded = STANDARD.encode([&[0; 3][..before], secret.as_bytes()].concat());
        let first = if before == 0 { 0 } else { 4 };
        let inner = encoded[first..encoded.len() - 4].to_owned();
        [inner.replace('+', "-").replace('/', "_"), inner]
    })
}

/// As in a URL (RFC 3986 section 2.3 says what is not encoded).
fn percent(byte: u8) -> String {
    match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    }
}

/// The first line of every log: one without it was not written at all.
pub const LOGGED: &str = "the log that is searched begins";

/// Everything that is logged in this process from now on: all of ours, warnings of the libraries, as the app does
/// when it is asked for the most.
pub fn log() -> Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    let start = || {
        let log = Log::default();
        let filter = ["engine", "mqtt", "store", "vault", "pki", "hubs", "sandbox", "monitor", "model", "web"]
            .iter()
            .fold(EnvFilter::new("warn"), |filter, name| {
                filter.add_directive(format!("hubscope_{name}=trace").parse().unwrap())
            });
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(log.clone()).init();
        tracing::trace!(target: "hubscope_engine", "{LOGGED}");
        log
    };
    LOG.get_or_init(start).clone()
}

#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}
