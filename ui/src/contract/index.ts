// Generated from src-tauri/crates/model by `cargo xtask contract`. Do not edit.

/**
 * What to do with the CA of a hub that is saved.
 */
export type CaChange = { "change": "keep" } | { "change": "system_roots" } | { "change": "file", handle: FileHandle, };

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
 * A file the engine holds for a client; None when the user closed the dialog.
 */
export type ChosenFile = { file: HeldFile | null, };

/**
 * What went wrong, as a code that both sides know. Every code has a sentence in the UI catalogue.
 */
export type Code = "bad_request" | "unknown_command" | "invalid_fields" | "not_found" | "gone" | "workspace_read_only" | "workspace_unavailable" | "vault_unavailable" | "secret_missing" | "not_in_this_shell" | "file_unreadable" | "file_too_large" | "not_a_certificate" | "host_not_found" | "connection_refused" | "connection_timeout" | "network_unreachable" | "closed_before_answer" | "connection_lost" | "keep_alive_timeout" | "port_is_not_tls" | "port_wants_tls" | "tls_unknown_ca" | "tls_expired" | "tls_not_yet_valid" | "tls_name_mismatch" | "tls_client_certificate_required" | "tls_refused_by_peer" | "tls_failed" | "protocol_version_refused" | "client_id_refused" | "bad_user_name_or_password" | "not_authorised" | "server_unavailable" | "refused" | "session_taken_over" | "closed_by_server" | "packet_too_large" | "protocol_error" | "not_connected" | "outbox_full" | "subscription_refused" | "publish_refused" | "invalid_topic" | "invalid_topic_filter" | "invalid_filter" | "port_in_use" | "sandbox_failed" | "not_recognised" | "cancelled" | "internal";

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
 * A credential as shown.
 */
export type Credential = { "kind": "none" } | { "kind": "access_token", token: SecretSummary, } | { "kind": "basic", user_name: string, password: SecretSummary, };

/**
 * A credential form.
 */
export type CredentialDraft = { "kind": "none" } | { "kind": "access_token", token: SecretDraft, } | { "kind": "basic", user_name: string, password: SecretDraft, };

/**
 * A device as stored and shown.
 */
export type Device = { id: DeviceId, hub: HubId, name: string, client_id: string, credential: Credential, options: SessionOptions, };

/**
 * A device form. Without `id` a new device is made.
 */
export type DeviceDraft = { id: DeviceId | null, hub: HubId, name: string, client_id: string, credential: CredentialDraft, options: SessionOptions, };

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
 * Text of an event or gap.
 */
text: string | null, outcome: PublishOutcome | null, properties: Array<Property>, };

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
detail: string | null, 
/**
 * The next step, in words.
 */
hint: string | null, retryable: boolean, fields: Array<FieldProblem>, };

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
export type FilePurpose = "ca_certificate" | "payload";

export type FileRequest = { purpose: FilePurpose, };

/**
 * A freshly generated client id.
 */
export type GeneratedClientId = { client_id: string, };

/**
 * What the broker said to a subscription.
 */
export type Grant = { "status": "pending" } | { "status": "granted", qos: number, } | { "status": "refused", reason: string, };

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
ca: CaSummary | null, };

/**
 * A hub form. Without `id` a new hub is made.
 */
export type HubDraft = { id: HubId | null, kind: HubKind, name: string, host: string, port: number, tls: boolean, ca: CaChange, };

/**
 * A hub in the workspace.
 */
export type HubId = string;

export type HubKind = "mqtt_broker" | "thingsboard" | "sandbox";

export type HubRef = { hub: HubId, };

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
 * Asks where an entry is in a view.
 */
export type LocateRequest = { view: ViewId, seq: number, };

/**
 * Its ordinal, or None when it is not in the view.
 */
export type Located = { ordinal: number | null, };

export type MqttVersion = "3.1.1" | "5";

/**
 * Saves what was understood as a hub and a device; a hub with the same address is used again.
 */
export type PasteAdd = { text: SecretText, ca: FileHandle | null, };

export type PasteAdded = { hub: HubId, device: DeviceId, 
/**
 * Goes into the composer.
 */
message: PastedMessage | null, };

/**
 * What the text was taken for.
 */
export type PasteForm = "url" | "mosquitto_pub" | "mosquitto_sub";

/**
 * Pasted text; it may hold a password.
 */
export type PasteText = { text: SecretText, };

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
 * Keeps entries from eviction: the selected ones and those on screen. Replaces the view's earlier pins.
 */
export type PinRequest = { view: ViewId, seqs: Array<number>, };

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
export type Problem = "required" | "too_long" | "not_a_host" | "not_a_port" | "host_has_extra" | "not_a_topic" | "not_a_topic_filter" | "out_of_range" | "duplicate" | "password_needs_user_name" | "client_id_needed" | "control_character" | "qos_not_allowed";

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
export type PublishOutcome = { "outcome": "pending" } | { "outcome": "sent" } | { "outcome": "acknowledged", after: number, } | { "outcome": "refused", reason: string, } | { "outcome": "unknown" };

/**
 * A publish that was taken: its entry in the log and its id in the session.
 */
export type Published = { seq: number, publish: PublishId, };

/**
 * What was understood; secrets only by their end.
 */
export type Recognised = { form: PasteForm, kind: HubKind, host: string, port: number, tls: boolean, version: MqttVersion, client_id: string | null, user_name: string | null, has_password: boolean, 
/**
 * Last four characters of a password longer than 16.
 */
password_ends: string | null, 
/**
 * The CA file the command names; the page offers to choose it.
 */
ca_file: string | null, subscriptions: Array<PastedSubscription>, message: PastedMessage | null, 
/**
 * Options that were read and do nothing here.
 */
ignored: Array<string>, };

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
workspace: number, };

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
time: number, class: EntryClass, direction: Direction | null, session: SessionId | null, topic: TopicId | null, 
/**
 * Payload bytes.
 */
size: number, qos: number, retain: boolean, 
/**
 * Data colour 1 to 8 of the subscription that brought it.
 */
colour: number | null, severity: Severity | null, outcome: PublishOutcome | null, preview: Array<PreviewPiece>, 
/**
 * The preview was cut.
 */
cut: boolean, };

export type Sandbox = { state: SandboxState, 
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

export type SandboxState = { "state": "stopped" } | { "state": "starting" } | { "state": "running", mqtt: string, mqtts: string, } | { "state": "failed", error: Error, };

/**
 * What a form does with a secret.
 */
export type SecretDraft = { "change": "keep" } | { "change": "clear" } | { "change": "set", value: SecretText, };

/**
 * What is shown of a stored secret.
 */
export type SecretSummary = { set: boolean, 
/**
 * The last four characters, only of secrets longer than 16.
 */
ends: string | null, };

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
panes: { [key in string]: number }, };

/**
 * How bad an event is, for its colour and icon.
 */
export type Severity = "info" | "warning" | "error";

export type ShellKind = "desktop" | "web" | "command_line";

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
 * A topic as the log interned it; never reused in a run.
 */
export type TopicId = number;

/**
 * A topic's text, sent once to a client.
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
 * A file uploaded by a page in a browser, at most 1 MiB.
 */
export type Upload = { name: string, base64: string, };

/**
 * Where secrets are kept in this run.
 */
export type VaultLevel = { "level": "opening" } | { "level": "os_store" } | { "level": "memory", reason: string, };

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
 * Texts of topics this client has not been sent before.
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
  "settings.get": { request: Done; response: Settings };
  "settings.set": { request: Settings; response: Settings };
  "tree.get": { request: Done; response: Tree };
  "hub.save": { request: HubDraft; response: Hub };
  "hub.delete": { request: HubRef; response: Done };
  "hub.restore": { request: HubRef; response: Done };
  "device.save": { request: DeviceDraft; response: Device };
  "device.delete": { request: DeviceRef; response: Done };
  "device.restore": { request: DeviceRef; response: Done };
  "device.generate_client_id": { request: Done; response: GeneratedClientId };
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
  "sandbox.start": { request: Done; response: Sandbox };
  "sandbox.stop": { request: Done; response: Sandbox };
  "paste.recognise": { request: PasteText; response: Recognised };
  "paste.add": { request: PasteAdd; response: PasteAdded };
  "file.choose": { request: FileRequest; response: ChosenFile };
  "file.upload": { request: Upload; response: HeldFile };
}

/** Commands answered with bytes. */
export interface BytesTable {
  "message.payload": { request: PayloadRange };
}
