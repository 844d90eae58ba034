// Generated from src-tauri/crates/model by `cargo xtask contract`. Do not edit.

/**
 * What to do with the CA of a hub that is saved.
 */
export type CaChange = { "change": "keep" } | { "change": "system_roots" } | { "change": "file", handle: FileHandle, } | { "change": "preset", preset: string, };

/**
 * A CA file that a hub trusts instead of the system's roots.
 */
export type CaSummary = { 
/**
 * Name of the file it came from.
 */
file_name: string, subject: string, 
/**
 * Unix seconds.
 */
not_after: number, };

/**
 * What is shown of a client certificate; its private key is [`crate::SecretField::PrivateKey`].
 */
export type Certificate = { 
/**
 * RFC 4514 text.
 */
subject: string, common_name: string | null, issuer: string, 
/**
 * Decimal, as Kaa registers it beside the issuer.
 */
serial: string, 
/**
 * Unix seconds.
 */
not_before: number, not_after: number, 
/**
 * "P-256", "RSA 2048" …
 */
key: string, 
/**
 * Upper-case hex without colons: what Azure IoT Hub stores as thumbprint.
 */
sha1: string, sha256: string, 
/**
 * Lower-case hex: the credentials id that ThingsBoard computes.
 */
thingsboard_id: string, 
/**
 * Certificates in the chain, the leaf among them.
 */
chain: number, self_signed: boolean, };

/**
 * What a form does with the client certificate.
 */
export type CertificateDraft = { "change": "keep" } | { "change": "clear" } | { "change": "set", files: CertificateFiles, };

/**
 * A certificate with its key, to be read.
 */
export type CertificateFiles = { 
/**
 * Leaf first, then its issuers; PEM or one DER certificate.
 */
certificate: PemSource, 
/**
 * None: the key is in the certificate's text.
 */
key: PemSource | null, 
/**
 * Of an encrypted key.
 */
passphrase: SecretText | null, };

/**
 * How a hub knows a client certificate.
 */
export type CertificateTrust = "itself" | "authority";

/**
 * A file the engine holds for a client; None when the user closed the dialog.
 */
export type ChosenFile = { file: HeldFile | null, };

/**
 * What went wrong, as a code that both sides know. Every code has a sentence in the UI catalogue.
 */
export type Code = "bad_request" | "unknown_command" | "invalid_fields" | "not_found" | "gone" | "workspace_read_only" | "workspace_unavailable" | "vault_unavailable" | "secret_missing" | "vault_locked" | "vault_damaged" | "newer_vault" | "wrong_passphrase" | "not_in_this_shell" | "file_unreadable" | "file_unwritable" | "file_too_large" | "not_a_certificate" | "not_a_private_key" | "passphrase_needed" | "key_does_not_match" | "chain_out_of_order" | "certificate_is_ca" | "invalid_sas_token" | "invalid_connection_string" | "event_hubs_connection_string" | "invalid_key" | "token_expired" | "token_suspended" | "token_revoked" | "clock_skew" | "rest_failed" | "not_an_export" | "newer_export" | "host_not_found" | "connection_refused" | "connection_timeout" | "network_unreachable" | "proxy_failed" | "web_socket_refused" | "closed_before_answer" | "connection_lost" | "keep_alive_timeout" | "port_is_not_tls" | "port_wants_tls" | "tls_unknown_ca" | "tls_expired" | "tls_not_yet_valid" | "tls_name_mismatch" | "tls_client_certificate_required" | "tls_refused_by_peer" | "tls_failed" | "protocol_version_refused" | "client_id_refused" | "bad_user_name_or_password" | "not_authorised" | "server_unavailable" | "refused" | "session_taken_over" | "closed_by_server" | "packet_too_large" | "protocol_error" | "not_connected" | "outbox_full" | "subscription_refused" | "publish_refused" | "invalid_topic" | "invalid_topic_filter" | "invalid_filter" | "port_in_use" | "sandbox_failed" | "not_recognised" | "cancelled" | "internal";

/**
 * What CONNECT carries, as it will be sent, secrets masked.
 */
export type ConnectParameters = { host: string, port: number, tls: boolean, 
/**
 * A client certificate is presented.
 */
client_certificate: boolean, version: MqttVersion, client_id: ShownValue, user_name: ShownValue, password: ShownValue, clean_session: boolean, 
/**
 * Seconds.
 */
keep_alive: number, 
/**
 * Bytes.
 */
max_packet_size: number, 
/**
 * Highest QoS that the hub takes.
 */
max_qos: number, 
/**
 * Whether the hub keeps retained messages.
 */
retain: boolean, 
/**
 * Where telemetry is published; secrets in it are masked as `token •7Qd2`.
 */
topic: string | null, 
/**
 * What the hub dictates and why, as codes of the catalogue.
 */
rules: Array<ConnectRule>, };

/**
 * Why a value is as it is. The page has a sentence for each.
 */
export type ConnectRule = "azure_tls_only" | "azure_client_id_is_device" | "azure_keep_alive_limit" | "azure_no_qos2" | "azure_no_retain" | "azure_five_subscriptions" | "azure_common_name_is_device" | "azure_thumbprint_registered" | "dps_no_query_mark" | "dps_common_name_is_registration" | "things_board_token_is_user_name" | "things_board_no_session" | "things_board_no_qos2" | "things_board_topic_list" | "things_board_payload_limit" | "things_board_any_password" | "things_board_certificate_id" | "things_board_provision" | "kaa_token_in_topic" | "kaa_client_credentials" | "kaa_certificate_by_serial";

export type CopyRequest = { what: CopyWhat, } & ({ device: DeviceId, } | { hub: HubId, });

/**
 * What is copied to the clipboard, by Rust. Of a hub only its secrets can be.
 */
export type CopyWhat = { "what": "secret", field: SecretField, } | { "what": "sas_token" } | { "what": "connection_string" } | { "what": "derived_key" } | { "what": "everything" };

/**
 * The same words everywhere: received + sent = kept + evicted + dropped (messages).
 */
export type Counters = { received: number, sent: number, kept: number, evicted: number, dropped: number, 
/**
 * Messages recorded on disk; None while nothing records.
 */
stored: number | null, 
/**
 * Payload bytes received and sent.
 */
bytes: number, 
/**
 * Bytes the log holds now, and its budget.
 */
log_bytes: number, log_budget: number, 
/**
 * Sessions online.
 */
online: number, 
/**
 * Messages in and out during the last second.
 */
rate: number, };

/**
 * A credential as stored, shown and drafted; its secrets travel beside it ([`SecretField`]). A client certificate is
 * a part of the device and not of this type, since brokers and Kaa take one beside the rest.
 */
export type Credential = { "kind": "none" } | { "kind": "access_token" } | { "kind": "basic", user_name: string, } | { "kind": "shared_access_key", sign_with: KeyChoice, sas: SasOptions, } | { "kind": "sas_token" } | { "kind": "group_key", sas: SasOptions, } | { "kind": "x509", trust: CertificateTrust, } | { "kind": "provision" } | { "kind": "endpoint_token", app_version: string, 
/**
 * The endpoint's id at the hub, for the token's state.
 */
endpoint_id: string | null, user_name: string | null, };

/**
 * What a SAS token says.
 */
export type DecodedSas = { 
/**
 * Percent-decoded `sr`.
 */
resource: string, 
/**
 * Unix seconds.
 */
expiry: number, policy: string | null, 
/**
 * The token with its signature replaced by dots.
 */
masked: string, expired: boolean, 
/**
 * Whether `resource` opens the device; None without one.
 */
resource_fits: boolean | null, signature: SasSignature, };

/**
 * A device as stored and shown.
 */
export type Device = { id: DeviceId, hub: HubId, name: string, 
/**
 * Azure: the device id, or `device/module`; DPS: the registration id.
 */
client_id: string, credential: Credential, 
/**
 * Secrets that are stored, by field.
 */
secrets: Array<StoredSecret>, certificate: Certificate | null, 
/**
 * When the credential was stored or changed last, Unix seconds.
 */
credential_set: number | null, options: SessionOptions, };

/**
 * A device form. Without `id` a new device is made.
 */
export type DeviceDraft = { id: DeviceId | null, hub: HubId, name: string, client_id: string, credential: Credential, secrets: Array<SecretEntry>, certificate: CertificateDraft, options: SessionOptions, };

/**
 * A device in the workspace.
 */
export type DeviceId = string;

export type DeviceRef = { device: DeviceId, };

export type Direction = "in" | "out" | "hub";

/**
 * Answer of commands that have nothing to say but "done".
 */
export type Done = Record<symbol, never>;

/**
 * Everything about one entry but its payload bytes.
 */
export type Entry = { seq: number, time: number, class: EntryClass, direction: Direction | null, session: SessionId | null, device: DeviceId | null, topic: string | null, qos: number, retain: boolean, dup: boolean, size: number, form: PayloadForm, severity: Severity | null, 
/**
 * What an event, gap or mark says.
 */
text: Text | null, outcome: PublishOutcome | null, properties: Array<Property>, };

export type EntryClass = "message" | "event" | "gap" | "mark";

export type EntryRef = { seq: number, };

/**
 * What a command answers when it fails.
 */
export type Error = { code: Code, 
/**
 * One English sentence for logs and the command line; the page has its own by `code`.
 */
message: string, 
/**
 * Evidence for the activity log: what the system or the server said.
 */
detail: Text | null, 
/**
 * The next step, in words.
 */
hint: Text | null, retryable: boolean, fields: Array<FieldProblem>, };

/**
 * What goes into an export. Without a passphrase no secret does.
 */
export type ExportRequest = { 
/**
 * None: all hubs but the sandbox, with their devices and subscriptions, and the settings.
 */
hubs: Array<HubId> | null, 
/**
 * Encrypts the file, and lets secrets in.
 */
passphrase: SecretText | null, };

/**
 * What was written. Desktop: to the file the user chose; browser: `download` is fetched with `file.download`.
 */
export type Exported = { 
/**
 * None when the user closed the dialog.
 */
file_name: string | null, download: FileHandle | null, hubs: number, devices: number, secrets: number, };

/**
 * One refused field of a form.
 */
export type FieldProblem = { 
/**
 * The field's name in the request, dotted when nested.
 */
field: string, problem: Problem, };

/**
 * A file that a dialog or an upload handed to the engine; the page never sees its path.
 */
export type FileHandle = number;

/**
 * Why a file is asked for; decides the dialog's title and filter.
 */
export type FilePurpose = "ca_certificate" | "payload" | "client_certificate" | "private_key" | "import";

/**
 * A file of this client, made by the engine (a browser's export).
 */
export type FileRef = { file: FileHandle, };

export type FileRequest = { purpose: FilePurpose, };

/**
 * A freshly generated client id.
 */
export type GeneratedClientId = { client_id: string, };

/**
 * What the broker said to a subscription.
 */
export type Grant = { "status": "pending" } | { "status": "granted", qos: number, } | { "status": "refused", reason: Text, };

export type HeldFile = { handle: FileHandle, name: string, size: number, };

/**
 * First call of a page, also after a reload: ends what an earlier page of this client owned.
 */
export type Hello = Record<symbol, never>;

/**
 * A hub as stored and shown.
 */
export type Hub = { id: HubId, kind: HubKind, name: string, 
/**
 * Host name or address. The sandbox's is filled in while it runs.
 */
host: string, port: number, tls: boolean, 
/**
 * None: the system's roots.
 */
ca: CaSummary | null, details: HubDetails, 
/**
 * The embedded hub, in whatever personality.
 */
sandbox: boolean, secrets: Array<StoredSecret>, };

/**
 * What only some kinds of hub have.
 */
export type HubDetails = { 
/**
 * White-label preset that the hub was made from.
 */
preset: string | null, 
/**
 * DPS.
 */
id_scope: string | null, 
/**
 * DPS: where its service API answers (`serviceOperationsHostName` of the vendor's REST reference). Devices of every
 * service may use one global host, so this is not the hub's own.
 */
service_host: string | null, 
/**
 * Azure: name of the shared access policy whose key is [`crate::SecretField::PolicyKey`].
 */
policy: string | null, 
/**
 * Azure IoT Edge: the host that devices connect to in the hub's place. User names and tokens keep the hub's own.
 */
gateway: string | null, kaa: KaaRest | null, };

/**
 * A hub form. Without `id` a new hub is made.
 */
export type HubDraft = { id: HubId | null, kind: HubKind, name: string, host: string, port: number, tls: boolean, ca: CaChange, details: HubDetails, secrets: Array<SecretEntry>, };

/**
 * A hub in the workspace.
 */
export type HubId = string;

export type HubKind = "mqtt_broker" | "thingsboard" | "azure_iot_hub" | "azure_dps" | "kaa" | "sandbox";

/**
 * A known endpoint, to start a hub form from: built in, or saved by the user.
 */
export type HubPreset = { 
/**
 * Stable; goes into [`HubDetails::preset`]. A word, or the UUID of the user's own.
 */
id: string, name: string, kind: HubKind, 
/**
 * Empty where it is the customer's own.
 */
host: string, port: number, tls: boolean, 
/**
 * None: the system's roots.
 */
ca: CaSummary | null, details: HubDetails, 
/**
 * Saved by the user, and so removable.
 */
own: boolean, };

/**
 * The built-in ones first.
 */
export type HubPresets = { presets: Array<HubPreset>, };

export type HubRef = { hub: HubId, };

/**
 * What to do with an item. Nothing here is overwritten unless `Replace` is chosen for it.
 */
export type ImportAction = "skip" | "add" | "replace" | "add_copy";

/**
 * A choice for one hub, device or preset of the file.
 */
export type ImportChoice = { index: number, action: ImportAction, };

export type ImportDevice = { index: number, name: string, verdict: ImportVerdict, differences: Array<string>, 
/**
 * Secrets the file has for it.
 */
secrets: number, };

/**
 * A file to be imported.
 */
export type ImportFile = { file: FileHandle, passphrase: SecretText | null, };

/**
 * A hub of the file, with what it brings.
 */
export type ImportHub = { 
/**
 * Place in the file; choices refer to it.
 */
index: number, name: string, address: string, verdict: ImportVerdict, differences: Array<string>, devices: Array<ImportDevice>, };

/**
 * A preset of the file. Presets are told apart by their ids.
 */
export type ImportPreset = { index: number, name: string, verdict: ImportVerdict, differences: Array<string>, };

export type ImportPreview = { 
/**
 * Unix seconds.
 */
written: number, 
/**
 * The program that wrote it.
 */
version: string, encrypted: boolean, hubs: Array<ImportHub>, presets: Array<ImportPreset>, settings: boolean, };

/**
 * Imports; what is not named is skipped.
 */
export type ImportRequest = { file: FileHandle, passphrase: SecretText | null, hubs: Array<ImportChoice>, devices: Array<ImportChoice>, presets: Array<ImportChoice>, settings: boolean, };

/**
 * How an item of the file stands to the workspace.
 */
export type ImportVerdict = "new" | "same" | "differs";

export type Imported = { hubs: number, devices: number, presets: number, secrets: number, };

/**
 * A job with its progress: `done` of `total` in `unit`.
 */
export type Job = { id: JobId, kind: JobKind, state: JobState, done: number, total: number, 
/**
 * What is counted, e.g. "entries".
 */
unit: string, 
/**
 * What it is at, e.g. "scan".
 */
phase: string, };

/**
 * A job of one client.
 */
export type JobId = number;

export type JobKind = "filter_scan";

export type JobRef = { job: JobId, };

export type JobState = { "state": "running" } | { "state": "done" } | { "state": "cancelled" } | { "state": "failed", error: Error, };

export type Jobs = { jobs: Array<Job>, };

/**
 * A Kaa cluster's REST API, by which an endpoint token's state is read and changed.
 */
export type KaaRest = { base_url: string, 
/**
 * The header that carries the API key.
 */
header: string, read: RequestTemplate, 
/**
 * The vendor does not publish this call; it can be edited.
 */
change: RequestTemplate, };

/**
 * Which of the two keys of a shared access credential signs.
 */
export type KeyChoice = "primary" | "secondary";

/**
 * Asks where an entry is in a view.
 */
export type LocateRequest = { view: ViewId, seq: number, };

/**
 * Its ordinal, or None when it is not in the view.
 */
export type Located = { ordinal: number | null, };

/**
 * A token that was made. `token` only when it was to be revealed.
 */
export type MadeSas = { decoded: DecodedSas, token: Revealed | null, };

export type MqttVersion = "3.1.1" | "5";

/**
 * Saves what was understood as a hub and a device; a hub with the same address is used again.
 */
export type PasteAdd = { text: SecretText, ca: FileHandle | null, 
/**
 * The hub here that a certificate's device is put on.
 */
hub: HubId | null, 
/**
 * For [`Recognised::policy_here`].
 */
policy: PolicyChoice, };

export type PasteAdded = { hub: HubId, 
/**
 * None: the text names no device.
 */
device: DeviceId | null, 
/**
 * Goes into the composer.
 */
message: PastedMessage | null, };

/**
 * What the text was taken for.
 */
export type PasteForm = "url" | "mosquitto_pub" | "mosquitto_sub" | "mqtt_js" | "az_command" | "device_connection_string" | "module_connection_string" | "service_connection_string" | "sas_token" | "block" | "pem";

/**
 * Pasted text; it may hold a password.
 */
export type PasteText = { text: SecretText, };

/**
 * Something about the text that its user should know.
 */
export type PasteWarning = "sas_expired" | "sas_ends_soon" | "trimmed" | "gateway";

/**
 * A message that a pasted command would publish.
 */
export type PastedMessage = { topic: string, payload: string, qos: number, retain: boolean, };

export type PastedSubscription = { filter: string, qos: number, };

/**
 * How the page sends a payload.
 */
export type PayloadDraft = { "encoding": "text", text: string, } | { "encoding": "base64", base64: string, };

/**
 * What the payload bytes are.
 */
export type PayloadForm = "empty" | "json" | "text" | "binary";

/**
 * A range of a payload; at most 1 MiB is answered at once.
 */
export type PayloadRange = { seq: number, offset: number, length: number, };

/**
 * Where a certificate or key comes from. A PEM text may hold both.
 */
export type PemSource = { "from": "file", handle: FileHandle, } | { "from": "text", text: SecretText, };

/**
 * Which hub the sandbox plays.
 */
export type Personality = "broker" | "azure" | "thingsboard" | "kaa";

/**
 * Keeps entries from eviction: the selected ones and those on screen. Replaces the view's earlier pins.
 */
export type PinRequest = { view: ViewId, seqs: Array<number>, };

/**
 * What becomes of a policy that is here.
 */
export type PolicyChoice = "keep" | "replace";

/**
 * A hub of the workspace that has another shared access policy, or another key of it, than the pasted text.
 */
export type PolicyHere = { hub: HubId, name: string, 
/**
 * Name of the policy, if one is stored.
 */
policy: string | null, 
/**
 * Its key, if one is stored.
 */
key: StoredSecret | null, };

/**
 * Saves a ThingsBoard hub form as a white-label: its address, TLS and CA, and nothing secret.
 */
export type PresetDraft = { name: string, 
/**
 * The form as it stands; its host may be empty.
 */
hub: HubDraft, };

/**
 * A preset that the user saved.
 */
export type PresetRef = { preset: string, };

/**
 * How to read one piece of a payload preview.
 */
export type PreviewKind = "key" | "text" | "number" | "literal" | "plain" | "binary";

/**
 * One piece of a payload preview.
 */
export type PreviewPiece = { kind: PreviewKind, text: string, };

/**
 * Why a field was refused.
 */
export type Problem = "required" | "too_long" | "not_a_host" | "not_a_port" | "host_has_extra" | "not_a_topic" | "not_a_topic_filter" | "out_of_range" | "duplicate" | "password_needs_user_name" | "client_id_needed" | "not_an_id" | "control_character" | "qos_not_allowed" | "not_on_this_hub" | "not_a_key" | "not_a_sas_token" | "certificate_needed" | "needs_tls" | "not_a_url" | "name_differs" | "too_short" | "common_name_differs" | "not_json";

/**
 * One MQTT 5 property, in the order received.
 */
export type Property = { name: string, value: string, };

export type PublishDraft = { device: DeviceId, topic: string, payload: PayloadDraft, qos: number, retain: boolean, };

/**
 * A publish on its way; unique within its session.
 */
export type PublishId = number;

/**
 * What became of a publish.
 */
export type PublishOutcome = { "outcome": "pending" } | { "outcome": "sent" } | { "outcome": "acknowledged", after: number, } | { "outcome": "refused", reason: Text, } | { "outcome": "unknown" };

/**
 * A publish that was taken: its entry in the log and its id in the session.
 */
export type Published = { seq: number, publish: PublishId, };

/**
 * What was understood; secrets only by their end.
 */
export type Recognised = { form: PasteForm, kind: HubKind, host: string, port: number, tls: boolean, version: MqttVersion, client_id: string | null, credential: Credential, 
/**
 * Secrets that were found, by field.
 */
secrets: Array<StoredSecret>, details: HubDetails, certificate: Certificate | null, 
/**
 * The CA file the command names; the page offers to choose it.
 */
ca_file: string | null, subscriptions: Array<PastedSubscription>, message: PastedMessage | null, 
/**
 * Options that were read and do nothing here.
 */
ignored: Array<string>, warnings: Array<PasteWarning>, 
/**
 * Fields without which nothing can be saved, by their name in the forms.
 */
missing: Array<string>, 
/**
 * The policy of a hub that is here and that saving could replace.
 */
policy_here: PolicyHere | null, };

/**
 * How a live session's token was renewed last. Times are Unix microseconds.
 */
export type Renewal = { at: number, 
/**
 * How long the session was away, microseconds.
 */
gap: number | null, error: Error | null, };

/**
 * An HTTP request with places to fill: `{endpoint_id}`, `{application}` (the part of the app version before its
 * last dash), `{token_id}` (the hub's id of the token, as read before), `{state}` (the vendor's word in upper case)
 * and `{reason}`.
 */
export type RequestTemplate = { method: string, 
/**
 * Appended to the base URL.
 */
path: string, 
/**
 * JSON text; empty for none.
 */
body: string, };

/**
 * A secret that the user asked to see. The page drops it after 30 s, on blur or when hidden.
 */
export type Revealed = { text: string, };

/**
 * Bumped whenever an area changed; the page fetches again what it shows of it.
 */
export type Revisions = { 
/**
 * Hubs, devices, subscriptions.
 */
tree: number, sessions: number, settings: number, sandbox: number, 
/**
 * Vault and workspace state.
 */
workspace: number, 
/**
 * State of credentials.
 */
tokens: number, };

/**
 * One row of a view: just what the table shows.
 */
export type Row = { 
/**
 * Absolute place in the view.
 */
ordinal: number, seq: number, 
/**
 * Unix microseconds, arrival on this machine.
 */
time: number, class: EntryClass, direction: Direction | null, session: SessionId | null, topic: RowTopic | null, 
/**
 * Payload bytes.
 */
size: number, qos: number, retain: boolean, 
/**
 * Data colour 1 to 8 of the subscription that brought it.
 */
colour: number | null, severity: Severity | null, outcome: PublishOutcome | null, 
/**
 * Of a message's payload.
 */
preview: Array<PreviewPiece>, 
/**
 * What an event, gap or mark says.
 */
text: Text | null, 
/**
 * The preview was cut.
 */
cut: boolean, };

/**
 * A row's topic.
 */
export type RowTopic = TopicId | { text: string, cut: boolean, };

export type Sandbox = { state: SandboxState, 
/**
 * Of the run that is on, or was last.
 */
personality: Personality, 
/**
 * Its hub in the workspace, once it has run.
 */
hub: HubId | null, devices: Array<SandboxDevice>, };

/**
 * A simulated device of the sandbox. Its words are catalogue keys of the page: `sandbox.device.<id>`.
 */
export type SandboxDevice = { id: string, 
/**
 * It misbehaves on purpose.
 */
faulty: boolean, 
/**
 * Its device in the workspace, once the sandbox has run.
 */
device: DeviceId | null, };

export type SandboxStart = { personality: Personality, };

export type SandboxState = { "state": "stopped" } | { "state": "starting" } | { "state": "running", mqtt: string | null, mqtts: string, } | { "state": "failed", error: Error, };

/**
 * A token to be read. With a device its resource and signature are compared, with a hub alone its signature.
 */
export type SasDecode = { token: SecretText, device: DeviceId | null, hub: HubId | null, };

/**
 * When a token ends.
 */
export type SasEnd = { "end": "after", seconds: number, } | { "end": "at", time: number, };

/**
 * How a made token leaves.
 */
export type SasExit = "reveal" | "clipboard";

/**
 * Makes a token and lets it out by one exit.
 */
export type SasMake = { scope: SasScope, end: SasEnd, exit: SasExit, };

/**
 * How long a SAS token lives and what happens near its end.
 */
export type SasOptions = { 
/**
 * Seconds, 60 to 31,536,000.
 */
lifetime: number, 
/**
 * A live session reconnects with a new token before the old one ends.
 */
auto_renew: boolean, };

/**
 * What a SAS token opens. Source: Azure IoT Hub, "Control access with shared access signatures".
 */
export type SasScope = { "scope": "device", device: DeviceId, } | { "scope": "service", hub: HubId, } | { "scope": "policy_device", hub: HubId, device_id: string | null, } | { "scope": "event_hubs", hub: HubId, namespace_host: string, entity: string, };

/**
 * Whether a token's signature fits a key that the user has.
 */
export type SasSignature = "not_checked" | "primary" | "secondary" | "key" | "wrong";

/**
 * What a form does with one secret. A secret that a form does not name stays as it is.
 */
export type SecretDraft = { "change": "keep" } | { "change": "clear" } | { "change": "set", value: SecretText, };

/**
 * One secret of a form.
 */
export type SecretEntry = { field: SecretField, draft: SecretDraft, };

/**
 * Which secret of a device or hub is meant. Each is sealed in a row of its own.
 */
export type SecretField = "token" | "password" | "primary_key" | "secondary_key" | "group_key" | "private_key" | "provision_key" | "provision_secret" | "policy_key" | "api_key";

/**
 * Which secret is meant, `{"device": …, "field": …}` or `{"hub": …, "field": …}`.
 */
export type SecretRef = { field: SecretField, } & ({ device: DeviceId, } | { hub: HubId, });

/**
 * Secret text on its way in. It can be read from a request and never written to one.
 */
export type SecretText = string;

/**
 * A session as shown.
 */
export type Session = { id: SessionId, device: DeviceId, state: SessionState, version: MqttVersion, 
/**
 * "TLS 1.3", or None on a plain connection.
 */
tls: string | null, client_id: string, endpoint: string, keep_alive: number, 
/**
 * Time from the last PING (or publish) to its answer, microseconds.
 */
round_trip: number | null, received: number, sent: number, subscriptions: Array<SubscriptionStatus>, };

/**
 * One live or past MQTT connection of this run. Reconnects keep the id.
 */
export type SessionId = number;

/**
 * MQTT options of a device's session.
 */
export type SessionOptions = { version: MqttVersion, 
/**
 * Clean session (3.1.1) or clean start with no expiry (5).
 */
clean_session: boolean, 
/**
 * Seconds, 5 to 65535.
 */
keep_alive: number, 
/**
 * Largest packet taken and sent, in bytes.
 */
max_packet_size: number, };

/**
 * Where a session is on its way. Times are Unix microseconds.
 */
export type SessionState = { "state": "idle" } | { "state": "connecting", attempt: number, } | { "state": "online", since: number, session_present: boolean, } | { "state": "waiting", until: number, attempt: number, reason: Error, } | { "state": "closing" } | { "state": "failed", error: Error, };

export type Sessions = { sessions: Array<Session>, };

/**
 * All settings. Unknown fields of a newer version are dropped.
 */
export type Settings = { theme: Theme, 
/**
 * Sizes of panes and columns by name, in CSS pixels; at most 200 names are kept.
 */
panes: { [key in string]: number }, 
/**
 * Minutes without use after which a passphrase vault locks; None: never.
 */
vault_idle_minutes: number | null, };

/**
 * How bad an event is, for its colour and icon.
 */
export type Severity = "info" | "warning" | "error";

export type ShellKind = "desktop" | "web" | "command_line";

/**
 * One line of a CONNECT preview: the text, or a secret by its end.
 */
export type ShownValue = { "shown": "text", text: string, } | { "shown": "masked", word: string, ends: string | null, } | { "shown": "empty" } | { "shown": "anything" };

/**
 * A secret that is stored.
 */
export type StoredSecret = { field: SecretField, 
/**
 * The last four characters, only of secrets longer than 16.
 */
ends: string | null, };

/**
 * A subscription as stored. `colour` is 1 to 8, a data colour of the palette.
 */
export type Subscription = { id: SubscriptionId, device: DeviceId, filter: string, qos: number, colour: number, alias: string | null, enabled: boolean, };

/**
 * A subscription form. Without `id` a new one is made; without `colour` the next free one is taken.
 */
export type SubscriptionDraft = { id: SubscriptionId | null, device: DeviceId, filter: string, qos: number, colour: number | null, alias: string | null, enabled: boolean, };

/**
 * A subscription of a device in the workspace.
 */
export type SubscriptionId = string;

export type SubscriptionRef = { subscription: SubscriptionId, };

export type SubscriptionStatus = { subscription: SubscriptionId, grant: Grant, 
/**
 * Messages received that match the filter, this session.
 */
received: number, };

export type Subscriptions = { subscriptions: Array<Subscription>, };

/**
 * An English sentence with its arguments apart. Made by [`text!`](crate::text).
 *
 * There is no conversion from a `String`: a sentence that was put together before could not be translated. What is
 * no sentence of ours (words of a server, a name) is an argument, or [`Text::verbatim`].
 */
export type Text = { 
/**
 * With `{name}` in each argument's place; `{{` and `}}` stand for the braces themselves.
 */
template: string, args: { [key in string]: TextArg }, };

/**
 * What stands in a place of a template.
 */
export type TextArg = number | string | Text | { code: Code, english: string, };

export type Theme = "system" | "light" | "dark";

/**
 * One tick. The next one is sent only after this one was acknowledged.
 */
export type Tick = { number: number, revisions: Revisions, counters: Counters, 
/**
 * Views of this client that changed.
 */
views: Array<ViewStatus>, 
/**
 * Jobs of this client that changed.
 */
jobs: Array<Job>, };

export type TickAck = { number: number, };

/**
 * How a state came to be known.
 */
export type TokenCause = "set" | "imported" | "first_use" | "renewed" | "time" | "read" | "asked" | "refused_by_hub";

/**
 * Asks a Kaa hub to change an endpoint token's state.
 */
export type TokenChange = { device: DeviceId, to: TokenState, 
/**
 * To revoke, the device's name as the user typed it.
 */
typed_name: string | null, reason: string | null, };

/**
 * One state that Hubscope saw. Time in Unix seconds.
 */
export type TokenEvent = { at: number, from: TokenState | null, to: TokenState, cause: TokenCause, 
/**
 * What the user gave as reason, or what the hub said.
 */
note: Text | null, };

/**
 * What the widget draws. Times are Unix seconds.
 */
export type TokenForm = { "form": "plain" } | { "form": "sas", issued: number | null, expires: number, renews: number | null, auto_renew: boolean, last: Renewal | null, } | { "form": "certificate", not_before: number, not_after: number, } | { "form": "endless", set: number | null, } | { "form": "endpoint", read: number | null, readable: boolean, moves: Array<TokenMove>, };

/**
 * Newest last.
 */
export type TokenHistory = { events: Array<TokenEvent>, };

/**
 * A change of state that can be asked for.
 */
export type TokenMove = { to: TokenState, 
/**
 * The vendor documents it; else it is offered as a try, and the hub's answer decides.
 */
documented: boolean, };

/**
 * The state of a credential, the same words for every platform.
 */
export type TokenState = "unused" | "active" | "expiring" | "expired" | "suspended" | "disabled" | "revoked" | "unknown";

/**
 * The state of one device's credential.
 */
export type TokenStatus = { device: DeviceId, state: TokenState, 
/**
 * Unix seconds; None when it cannot be known.
 */
since: number | null, form: TokenForm, };

/**
 * All devices', for the tree.
 */
export type TokenStatuses = { statuses: Array<TokenStatus>, };

/**
 * A topic as the log interned it; never reused in a run.
 */
export type TopicId = number;

/**
 * An interned topic's text, sent once to a client.
 */
export type TopicText = { id: TopicId, 
/**
 * Segments equal to a secret read `token •7Qd2`.
 */
text: string, };

/**
 * Hubs and devices in tree order.
 */
export type Tree = { hubs: Array<Hub>, devices: Array<Device>, };

/**
 * A piece of a file that a page in a browser uploads. A piece is at most 1 MiB, a file at most 16 MiB.
 */
export type Upload = { name: string, base64: string, 
/**
 * The upload that this piece goes on with; None begins one.
 */
file: FileHandle | null, 
/**
 * Another piece follows; the file can be read once it is whole.
 */
more: boolean, };

/**
 * Where secrets are kept in this run.
 */
export type VaultLevel = { "level": "opening" } | { "level": "os_store" } | { "level": "passphrase" } | { "level": "locked" } | { "level": "unreachable", reason: Text, } | { "level": "damaged" } | { "level": "newer" } | { "level": "memory", reason: Text, };

/**
 * Puts the vault under a passphrase, or changes it.
 */
export type VaultPassphrase = { 
/**
 * Needed when one is in force.
 */
current: SecretText | null, 
/**
 * At least 10 characters.
 */
new: SecretText, };

/**
 * Opens a passphrase vault.
 */
export type VaultUnlock = { passphrase: SecretText, };

export type ViewChange = { view: ViewId, spec: ViewSpec, };

/**
 * A view of one client.
 */
export type ViewId = number;

export type ViewPause = { view: ViewId, paused: boolean, };

export type ViewRef = { view: ViewId, };

/**
 * What a view shows. The query text is the filter language; the rest narrows before it.
 */
export type ViewSpec = { 
/**
 * Filter text, e.g. `topic:lab/+/temp dir:in 21.5`. Empty: everything.
 */
query: string, 
/**
 * Only entries of this device's sessions.
 */
device: DeviceId | null, 
/**
 * Only these classes; empty: all.
 */
classes: Array<EntryClass>, };

/**
 * Where a view stands. Ordinals from `first` to before `end` can be asked for.
 */
export type ViewStatus = { view: ViewId, 
/**
 * Bumped when the filter changed and ordinals were dealt anew.
 */
generation: number, first: number, 
/**
 * Upper end; fixed while paused.
 */
end: number, 
/**
 * Exact number of kept entries that match, paused or not.
 */
matching: number, 
/**
 * Matching entries above a paused end.
 */
newer: number, 
/**
 * Kept entries that the scan has yet to look at; `matching` is exact at 0.
 */
unscanned: number, paused: boolean, 
/**
 * The scan that still fills this view, oldest entries first.
 */
scan: JobId | null, };

/**
 * A hidden page gets one tick a second.
 */
export type Visibility = { visible: boolean, };

/**
 * What a page needs before it can draw.
 */
export type Welcome = { version: string, shell: ShellKind, 
/**
 * "linux", "macos", "windows".
 */
platform: string, workspace: WorkspaceInfo, settings: Settings, revisions: Revisions, };

/**
 * Exactly the rows asked for that exist.
 */
export type Window = { status: ViewStatus, rows: Array<Row>, 
/**
 * Texts of interned topics this client has not been sent before.
 */
topics: Array<TopicText>, };

/**
 * Asks for rows `from` to before `from + count`; count is cut to 500.
 */
export type WindowRequest = { view: ViewId, from: number, count: number, 
/**
 * Characters of preview the payload column shows; cut to 400.
 */
preview: number, };

export type WorkspaceInfo = { state: WorkspaceState, 
/**
 * Shown so that a user can find and back up the file.
 */
location: string, vault: VaultLevel, };

/**
 * Whether the database can be used.
 */
export type WorkspaceState = { "state": "ready" } | { "state": "read_only", holder: string, } | { "state": "newer", found: number, known: number, } | { "state": "damaged", detail: string, } | { "state": "unusable", detail: string, };

/** Commands answered with JSON. */
export interface CommandTable {
  "client.hello": { request: Hello; response: Welcome };
  "client.ack": { request: TickAck; response: Done };
  "client.visibility": { request: Visibility; response: Done };
  "workspace.get": { request: Done; response: WorkspaceInfo };
  "workspace.export": { request: ExportRequest; response: Exported };
  "workspace.import_preview": { request: ImportFile; response: ImportPreview };
  "workspace.import": { request: ImportRequest; response: Imported };
  "vault.unlock": { request: VaultUnlock; response: WorkspaceInfo };
  "vault.lock": { request: Done; response: WorkspaceInfo };
  "vault.retry": { request: Done; response: WorkspaceInfo };
  "vault.set_passphrase": { request: VaultPassphrase; response: WorkspaceInfo };
  "vault.use_os_store": { request: Done; response: WorkspaceInfo };
  "vault.rotate": { request: Done; response: WorkspaceInfo };
  "settings.get": { request: Done; response: Settings };
  "settings.set": { request: Settings; response: Settings };
  "tree.get": { request: Done; response: Tree };
  "hub.save": { request: HubDraft; response: Hub };
  "hub.delete": { request: HubRef; response: Done };
  "hub.restore": { request: HubRef; response: Done };
  "hub.presets": { request: Done; response: HubPresets };
  "preset.save": { request: PresetDraft; response: HubPreset };
  "preset.delete": { request: PresetRef; response: Done };
  "preset.restore": { request: PresetRef; response: Done };
  "device.save": { request: DeviceDraft; response: Device };
  "device.delete": { request: DeviceRef; response: Done };
  "device.restore": { request: DeviceRef; response: Done };
  "device.generate_client_id": { request: Done; response: GeneratedClientId };
  "credential.preview": { request: DeviceDraft; response: ConnectParameters };
  "credential.swap": { request: DeviceRef; response: Device };
  "credential.reveal": { request: SecretRef; response: Revealed };
  "credential.copy": { request: CopyRequest; response: Done };
  "certificate.read": { request: CertificateFiles; response: Certificate };
  "sas.make": { request: SasMake; response: MadeSas };
  "sas.decode": { request: SasDecode; response: DecodedSas };
  "sas.current": { request: DeviceRef; response: DecodedSas };
  "token.status": { request: DeviceRef; response: TokenStatus };
  "token.list": { request: Done; response: TokenStatuses };
  "token.history": { request: DeviceRef; response: TokenHistory };
  "token.renew": { request: DeviceRef; response: Done };
  "token.read": { request: DeviceRef; response: TokenStatus };
  "token.change": { request: TokenChange; response: TokenStatus };
  "subscription.list": { request: DeviceRef; response: Subscriptions };
  "subscription.save": { request: SubscriptionDraft; response: Subscription };
  "subscription.delete": { request: SubscriptionRef; response: Done };
  "session.list": { request: Done; response: Sessions };
  "session.connect": { request: DeviceRef; response: Session };
  "session.disconnect": { request: DeviceRef; response: Done };
  "session.publish": { request: PublishDraft; response: Published };
  "view.open": { request: ViewSpec; response: ViewStatus };
  "view.change": { request: ViewChange; response: ViewStatus };
  "view.pause": { request: ViewPause; response: ViewStatus };
  "view.get": { request: ViewRef; response: ViewStatus };
  "view.window": { request: WindowRequest; response: Window };
  "view.locate": { request: LocateRequest; response: Located };
  "view.pin": { request: PinRequest; response: Done };
  "view.close": { request: ViewRef; response: Done };
  "message.get": { request: EntryRef; response: Entry };
  "job.list": { request: Done; response: Jobs };
  "job.get": { request: JobRef; response: Job };
  "job.cancel": { request: JobRef; response: Done };
  "sandbox.get": { request: Done; response: Sandbox };
  "sandbox.start": { request: SandboxStart; response: Sandbox };
  "sandbox.stop": { request: Done; response: Sandbox };
  "paste.recognise": { request: PasteText; response: Recognised };
  "paste.add": { request: PasteAdd; response: PasteAdded };
  "file.choose": { request: FileRequest; response: ChosenFile };
  "file.upload": { request: Upload; response: HeldFile };
}

/** Commands answered with bytes. */
export interface BytesTable {
  "message.payload": { request: PayloadRange };
  "file.download": { request: FileRef };
}
