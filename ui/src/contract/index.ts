// Generated from src-tauri/crates/model by `cargo xtask contract`. Do not edit.

/**
 * A new CA.
 */
export type AuthorityDraft = { 
/**
 * 1 to 64 characters.
 */
common_name: string, 
/**
 * SHA-256 of the CA that signs it; None: it signs itself.
 */
parent: string | null, key: KeyKind, 
/**
 * 1 to 36,500, and not beyond the end of `parent`.
 */
days: number, };

/**
 * What is looked at. The page has a name for each.
 */
export type BrokerFeature = "connect" | "granted_qos" | "maximum_qos" | "maximum_packet_size" | "largest_payload" | "receive_maximum" | "topic_alias_maximum" | "server_keep_alive" | "session_expiry" | "assigned_client_id" | "single_level_wildcard" | "multi_level_wildcard" | "shared_subscriptions" | "subscription_identifiers" | "retained" | "topic_alias" | "round_trip_qos0" | "round_trip_qos1" | "round_trip_qos2";

/**
 * One run.
 */
export type BrokerReport = { 
/**
 * Unix microseconds.
 */
started: number, ended: number, endpoint: string, prefix: string, 
/**
 * It was stopped before the end.
 */
cancelled: boolean, findings: Array<Finding>, 
/**
 * Topics under which a retained message could not be removed.
 */
left_behind: Array<string>, };

export type BrokerTestStart = { 
/**
 * Whose address and credential are used.
 */
device: DeviceId, 
/**
 * Everything is published below it.
 */
prefix: string, };

export type BrokerTestStarted = { job: JobId, };

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
 * What a certificate to be imported is.
 */
export type CertificateCheck = { role: CertificateRole, 
/**
 * The certificate, then its issuers as far as the files have them.
 */
chain: Array<CertificateFacts>, key: ImportedKey, 
/**
 * What keeps it from being used, or may.
 */
remarks: Array<Text>, 
/**
 * It is in the list already.
 */
known: boolean, };

/**
 * All about one certificate.
 */
export type CertificateDetail = { entry: CertificateEntry, facts: CertificateFacts, pem: string, 
/**
 * From the highest known issuer down to the certificate itself.
 */
chain: Array<ChainLink>, 
/**
 * SHA-256 of those in the list that it issued, oldest first.
 */
issued: Array<string>, 
/**
 * What keeps it from being used, or may: of a device's certificate.
 */
remarks: Array<Text>, 
/**
 * Number of the latest revocation list of an own CA; 0: none was made.
 */
revocation_list: number, 
/**
 * Newest last; the latest 200 are kept.
 */
events: Array<CertificateEvent>, };

/**
 * What a form does with the client certificate.
 */
export type CertificateDraft = { "change": "keep" } | { "change": "clear" } | { "change": "set", files: CertificateFiles, };

/**
 * One row of the list.
 */
export type CertificateEntry = { certificate: Certificate, role: CertificateRole, 
/**
 * SHA-256 of the CA that issued it, when that is in the list; None for what signed itself. Of a CA that was renewed
 * it is the newest certificate, also for what was issued under an older one.
 */
issued_by: string | null, 
/**
 * Its private key is stored here.
 */
has_key: boolean, 
/**
 * `certificate.renew` can replace it: the CA that issued it is here with its key, and so is the key of an own CA.
 */
renewable: boolean, 
/**
 * Devices that connect with it; they lose their credential when it is deleted.
 */
devices: Array<DeviceId>, hubs: Array<CertificateHub>, revoked: Revocation | null, 
/**
 * SHA-256 of the one that took its place.
 */
replaced_by: string | null, };

/**
 * Something that was done with a certificate. Time in Unix seconds.
 */
export type CertificateEvent = { at: number, } & ({ "what": "created" } | { "what": "imported" } | { "what": "issued", common_name: string, count: number, days: number, } | { "what": "renewed", sha256: string, } | { "what": "replaced", sha256: string, } | { "what": "given", device: string, } | { "what": "exported", form: CertificateForm, } | { "what": "revoked", reason: RevocationReason, } | { "what": "revocation_undone" } | { "what": "list_written", number: number, } | { "what": "code_signed", hub: HubId | null, } | { "what": "possession_marked", hub: HubId, state: PossessionState | null, });

export type CertificateExport = { sha256: string, form: CertificateForm, 
/**
 * For the two forms that have one.
 */
passphrase: SecretText | null, };

/**
 * All that a certificate says.
 */
export type CertificateFacts = { 
/**
 * 1 or 3.
 */
version: number, 
/**
 * Upper-case hex, as most tools show it.
 */
serial_hex: string, 
/**
 * "DNS:…", "IP:…", "email:…", "URI:…", "other:…".
 */
alternative_names: Array<string>, is_ca: boolean, 
/**
 * How many CAs may stand below it; None: any number, or no CA.
 */
path_length: number | null, 
/**
 * As RFC 5280, section 4.2.1.3 spells them; empty without the extension.
 */
key_usages: Array<string>, 
/**
 * "serverAuth", "clientAuth" …, or the number of one without a name; empty without the extension.
 */
extended_key_usages: Array<string>, 
/**
 * Upper-case hex.
 */
subject_key_id: string | null, authority_key_id: string | null, 
/**
 * The signature's algorithm: "ecdsa-with-SHA256", or its number.
 */
signature: string, 
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
 * What of a certificate is exported.
 */
export type CertificateForm = "pem" | "der" | "chain" | "pkcs12" | "private_key" | "encrypted_key";

/**
 * What a hub has to do with a certificate.
 */
export type CertificateHub = { hub: HubId, 
/**
 * The hub's form trusts it, to recognise the server.
 */
trusts: boolean, 
/**
 * How far the proof that its key is here has come at the hub.
 */
possession: Possession | null, };

/**
 * Files to be imported.
 */
export type CertificateImport = { files: CertificateFiles, 
/**
 * The device that gets it as its client certificate.
 */
device: DeviceId | null, };

/**
 * Certificates for devices.
 */
export type CertificateIssue = { 
/**
 * SHA-256 of the CA that signs.
 */
authority: string, 
/**
 * 1 to 10,000, each common name once.
 */
devices: Array<NewCertificate>, key: KeyKind, 
/**
 * 1 to 36,500, and not beyond the end of the CA.
 */
days: number, };

/**
 * The list, and the requests whose certificates are still to come. Oldest first.
 */
export type CertificateList = { entries: Array<CertificateEntry>, requests: Array<CertificateRequest>, };

/**
 * Which certificate is meant: by its SHA-256, upper-case hex without colons.
 */
export type CertificateRef = { sha256: string, };

/**
 * Several certificates, by their SHA-256.
 */
export type CertificateRefs = { certificates: Array<string>, };

/**
 * Certificates in the place of old ones: same common name, same key, a new time. Those of CAs keep all that they say,
 * and come first: what is below them is signed by the new ones.
 */
export type CertificateRenewal = { 
/**
 * SHA-256 of each; all must be `renewable`.
 */
certificates: Array<string>, 
/**
 * 1 to 36,500, and not beyond the end of each CA.
 */
days: number, 
/**
 * The same for CAs among them; None: `days`.
 */
authority_days: number | null, };

/**
 * A request made here, whose certificate is still to come.
 */
export type CertificateRequest = { id: CertificateRequestId, common_name: string, 
/**
 * "P-256", "RSA 2048" …
 */
key: string, pem: string, 
/**
 * Unix seconds.
 */
created: number, 
/**
 * Its private key is stored.
 */
has_key: boolean, };

/**
 * A request to be made.
 */
export type CertificateRequestDraft = { 
/**
 * 1 to 64 characters.
 */
common_name: string, key: KeyKind, };

/**
 * What a request asks for and is heard in: its name and key. Extensions that it asks for are not.
 */
export type CertificateRequestFacts = { 
/**
 * RFC 4514 text.
 */
subject: string, common_name: string | null, 
/**
 * "P-256", "RSA 2048" …
 */
key: string, };

/**
 * A certificate request whose key waits for its certificate.
 */
export type CertificateRequestId = string;

export type CertificateRequestRef = { request: CertificateRequestId, };

/**
 * A request to be signed as a device's certificate.
 */
export type CertificateRequestSign = { 
/**
 * SHA-256 of the CA that signs.
 */
authority: string, source: PemSource, 
/**
 * In the place of the request's.
 */
common_name: string | null, 
/**
 * 1 to 36,500, and not beyond the end of the CA.
 */
days: number, };

/**
 * Somebody else's request, PEM or DER.
 */
export type CertificateRequestSource = { source: PemSource, };

export type CertificateRevocation = { 
/**
 * SHA-256 of each; all issued by own CAs.
 */
certificates: Array<string>, reason: RevocationReason, };

/**
 * What a certificate is here.
 */
export type CertificateRole = "root" | "issuing" | "device" | "server";

/**
 * How a hub knows a client certificate.
 */
export type CertificateTrust = "itself" | "authority";

/**
 * A certificate of a chain.
 */
export type ChainLink = { facts: CertificateFacts, pem: string, 
/**
 * It has a row of its own in the list.
 */
listed: boolean, };

/**
 * Why a server's chain is not trusted.
 */
export type ChainProblem = "unknown_ca" | "self_signed" | "issuer_missing" | "other_key" | "expired" | "not_yet_valid" | "not_pinned" | "unusable";

/**
 * Whose chain is fetched.
 */
export type ChainRequest = { "of": "hub", hub: HubId, } | { "of": "form", hub: HubDraft, };

/**
 * A file the engine holds for a client; None when the user closed the dialog.
 */
export type ChosenFile = { file: HeldFile | null, };

/**
 * What went wrong, as a code that both sides know. Every code has a sentence in the UI catalogue.
 */
export type Code = "bad_request" | "unknown_command" | "invalid_fields" | "not_found" | "gone" | "workspace_read_only" | "workspace_unavailable" | "vault_unavailable" | "secret_missing" | "vault_locked" | "vault_damaged" | "newer_vault" | "wrong_passphrase" | "not_in_this_shell" | "file_unreadable" | "file_unwritable" | "file_too_large" | "not_a_certificate" | "not_a_private_key" | "passphrase_needed" | "key_does_not_match" | "chain_out_of_order" | "certificate_is_ca" | "invalid_sas_token" | "invalid_connection_string" | "event_hubs_connection_string" | "invalid_key" | "token_expired" | "token_suspended" | "token_revoked" | "clock_skew" | "rest_failed" | "not_an_export" | "newer_export" | "host_not_found" | "connection_refused" | "connection_timeout" | "network_unreachable" | "proxy_failed" | "web_socket_refused" | "closed_before_answer" | "connection_lost" | "keep_alive_timeout" | "port_is_not_tls" | "port_wants_tls" | "tls_unknown_ca" | "tls_expired" | "tls_not_yet_valid" | "tls_name_mismatch" | "tls_client_certificate_required" | "tls_refused_by_peer" | "tls_failed" | "tls_not_pinned" | "credentials_unconfirmed" | "protocol_version_refused" | "client_id_refused" | "bad_user_name_or_password" | "not_authorised" | "server_unavailable" | "refused" | "session_taken_over" | "closed_by_server" | "packet_too_large" | "protocol_error" | "not_connected" | "outbox_full" | "subscription_refused" | "publish_refused" | "invalid_topic" | "invalid_topic_filter" | "invalid_filter" | "port_in_use" | "sandbox_failed" | "not_recognised" | "cancelled" | "internal";

/**
 * Connects once without a check of the server's certificate. Nothing of it is stored.
 */
export type ConnectOnce = { device: DeviceId, 
/**
 * The user said a second time that whoever answers may have the device's credentials. Without it a device that has
 * any is refused with `credentials_unconfirmed`, before anything is sent.
 */
send_credentials: boolean, };

/**
 * What CONNECT carries, as it will be sent, secrets masked.
 */
export type ConnectParameters = { host: string, port: number, transport: Transport, 
/**
 * WebSocket: path of its URL; Unix socket: its file.
 */
path: string | null, 
/**
 * A client certificate is presented.
 */
client_certificate: boolean, version: MqttVersion, client_id: ShownValue, user_name: ShownValue, password: ShownValue, clean_session: boolean, 
/**
 * Topic of the last will.
 */
will: string | null, 
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
 * Properties of CONNECT (MQTT 5 section 3.1.2.11); 3.1.1 has none. The largest packet is an option of every session.
 * Enhanced authentication is not among them: the MQTT library cannot read an AUTH packet.
 */
export type ConnectProperties = { 
/**
 * Seconds that the broker keeps the session after a connection. None: for ever, or not at all where the session is
 * clean.
 */
session_expiry: number | null, 
/**
 * QoS 1 and 2 messages that the broker may have under way to us at once. None: 65,535. 0 counts as 1.
 */
receive_maximum: number | null, 
/**
 * Topic aliases that the broker may use towards us; 0: none.
 */
topic_alias_maximum: number, 
/**
 * Names topics that we publish to by an alias once the broker knows it, as far as it allows.
 */
use_topic_aliases: boolean, 
/**
 * Whether the broker may send reason strings and user properties with every kind of packet. None: it may.
 */
request_problem_information: boolean | null, 
/**
 * Asks for the base of response topics ([`crate::Terms::response_information`]).
 */
request_response_information: boolean, 
/**
 * Names and values in the order in which they are sent; a name may come twice.
 */
user_properties: Array<[string, string]>, };

/**
 * Why a value is as it is. The page has a sentence for each.
 */
export type ConnectRule = "azure_tls_only" | "azure_client_id_is_device" | "azure_keep_alive_limit" | "azure_no_qos2" | "azure_no_retain" | "azure_five_subscriptions" | "azure_will_is_telemetry" | "azure_common_name_is_device" | "azure_thumbprint_registered" | "dps_no_query_mark" | "dps_common_name_is_registration" | "things_board_token_is_user_name" | "things_board_no_session" | "things_board_no_qos2" | "things_board_topic_list" | "things_board_payload_limit" | "things_board_any_password" | "things_board_certificate_id" | "things_board_provision" | "kaa_token_in_topic" | "kaa_client_credentials" | "kaa_certificate_by_serial";

/**
 * How a hub's server is reached, besides transport, host and port. Headers of a WebSocket's request and the password of
 * a proxy are secrets of the hub.
 */
export type Connection = { 
/**
 * WebSocket: path and query of its URL.
 */
path: string, 
/**
 * The file of a Unix socket.
 */
socket: string, 
/**
 * Protocols that TLS offers by ALPN (RFC 7301), most wanted first.
 */
alpn: Array<string>, 
/**
 * Connects here instead; the hub's host stays the name that TLS asks for and checks, and the Host of HTTP.
 */
address: ServerAddress | null, proxy: ProxyChoice, };

/**
 * A control packet without its payload and without the secrets of a CONNECT.
 */
export type ControlPacket = { 
/**
 * Unix microseconds: when it was read, or handed to the connection. A CONNECT has the time of its answer, since
 * when it was written cannot be seen.
 */
time: number, direction: Direction, kind: PacketKind, 
/**
 * Whole packet, in bytes, as the shortest encoding has it. None where its content is not known.
 */
size: number | null, id: number | null, 
/**
 * PUBLISH only.
 */
qos: number | null, dup: boolean, retain: boolean, 
/**
 * Topic name or filter, secrets in it masked; at most 1 KiB.
 */
topic: string | null, reason: PacketReason | null, 
/**
 * What else it says: the flags of CONNECT, the size of a payload, properties of MQTT 5.
 */
details: Array<Property>, };

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
 * Height of a row: 24 or 28 CSS pixels.
 */
export type Density = "compact" | "comfortable";

/**
 * The tabs of the first window and what was used last; kept for the next start.
 */
export type Desk = { 
/**
 * Devices with a tab, from left to right; at most 200.
 */
tabs: Array<DeviceId>, current: DeviceId | null, 
/**
 * Names of the page for what was chosen in the command palette, newest first; at most 50.
 */
recent: Array<string>, };

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

/**
 * Why a step failed; with a step that is ok, what should be known about it.
 */
export type DiagnoseCause = "name_not_found" | "connection_refused" | "connection_timeout" | "port_blocked" | "network_unreachable" | "proxy_failed" | "port_is_not_tls" | "port_wants_tls" | "wrong_service" | "captive_portal" | "tls_version" | "tls_refused" | "tls_broken" | "unknown_ca" | "self_signed" | "incomplete_chain" | "other_ca_key" | "certificate_expired" | "certificate_not_yet_valid" | "certificate_unusable" | "not_pinned" | "retired_root" | "tls_inspection" | "host_name_mismatch" | "client_certificate_missing" | "client_certificate_unknown_ca" | "client_certificate_expired" | "client_certificate_refused" | "client_key_mismatch" | "client_certificate_unusable" | "version_refused" | "client_id_refused" | "credential_refused" | "not_authorised" | "server_unavailable" | "refused" | "credential_unusable" | "clock_skew" | "closed_before_connack" | "no_connack" | "not_mqtt" | "web_socket_refused" | "taken_over" | "connection_lost" | "subscribe_refused" | "no_suback" | "publish_refused" | "no_acknowledgement" | "no_echo";

/**
 * What a button does about a cause, the best first.
 */
export type DiagnoseFix = { "fix": "trust_ca", sha256: string, } | { "fix": "pin_leaf", sha256: string, } | { "fix": "choose_ca_file" } | { "fix": "enter_host", host: string | null, } | { "fix": "change_port" } | { "fix": "use_web_socket", port: number, } | { "fix": "change_path" } | { "fix": "change_proxy" } | { "fix": "turn_tls_on" } | { "fix": "turn_tls_off" } | { "fix": "set_clock" } | { "fix": "edit_credential" } | { "fix": "choose_client_certificate" } | { "fix": "change_client_id" } | { "fix": "change_version", version: MqttVersion, } | { "fix": "sign_in" } | { "fix": "run_again" };

/**
 * One run.
 */
export type DiagnoseReport = { 
/**
 * Unix microseconds.
 */
started: number, ended: number, 
/**
 * `host:port`, the URL of a WebSocket, or the file of a socket.
 */
endpoint: string, 
/**
 * It was stopped before the end.
 */
cancelled: boolean, 
/**
 * All ten.
 */
steps: Array<StepReport>, };

/**
 * A run, on its way or kept with its device. Two runs are compared step by step: each has all ten, in their order.
 */
export type DiagnoseRun = { id: DiagnoseRunId, device: DeviceId, 
/**
 * Steps that are not known yet are `not_reached`; `ended` is the time of the last step.
 */
running: boolean, report: DiagnoseReport, };

/**
 * A run of "Diagnose".
 */
export type DiagnoseRunId = string;

export type DiagnoseRunRef = { run: DiagnoseRunId, };

/**
 * The runs of a device, newest first.
 */
export type DiagnoseRuns = { runs: Array<DiagnoseSummary>, };

export type DiagnoseStart = { device: DeviceId, };

/**
 * A run on its way: `job` stops it, `run` has what is known so far.
 */
export type DiagnoseStarted = { job: JobId, run: DiagnoseRunId, };

/**
 * The steps, in their order.
 */
export type DiagnoseStep = "resolve_name" | "open_port" | "tls_handshake" | "server_chain" | "host_name" | "client_certificate" | "connect" | "subscribe" | "publish" | "echo";

/**
 * A run in a list.
 */
export type DiagnoseSummary = { id: DiagnoseRunId, running: boolean, 
/**
 * Unix microseconds.
 */
started: number, ended: number, endpoint: string, cancelled: boolean, 
/**
 * The first step that failed, and why.
 */
failed: [DiagnoseStep, DiagnoseCause | null] | null, };

/**
 * A report to be copied: no secrets, and of topics only their first level. English, as bug reports are.
 */
export type DiagnoseText = { text: string, };

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
 * What was found.
 */
export type FeatureResult = { "is": "works" } | { "is": "fails", reason: Text, } | { "is": "value", value: number, } | { "is": "at_least", value: number, } | { "is": "no_limit" } | { "is": "round_trip", min: number, median: number, max: number, count: number, };

/**
 * The chain that a server shows on a connection that sends nothing, and what the hub's trust makes of it.
 */
export type FetchedChain = { 
/**
 * `host:port`, or the URL of a WebSocket.
 */
endpoint: string, 
/**
 * As sent, the server's own first.
 */
certificates: Array<ServerCertificate>, 
/**
 * Chain and name.
 */
trusted: boolean, 
/**
 * None: the chain is trusted; the name may still be another.
 */
problem: ChainProblem | null, 
/**
 * In words, with what to compare. None: it is trusted.
 */
explanation: Text | null, name_matches: boolean, 
/**
 * What the name was compared with.
 */
expected: string, 
/**
 * The root that the chain ends in, where it is a well-known one.
 */
root: KnownRoot | null, 
/**
 * The verifier's words.
 */
said: string | null, 
/**
 * This machine's clock, Unix seconds.
 */
now: number, };

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
export type FilePurpose = "ca_certificate" | "payload" | "client_certificate" | "private_key" | "certificate_request" | "import";

/**
 * A file of this client, made by the engine (a browser's export).
 */
export type FileRef = { file: FileHandle, };

export type FileRequest = { purpose: FilePurpose, };

export type Finding = { version: MqttVersion, feature: BrokerFeature, result: FeatureResult, };

/**
 * A folder of hubs, or of the devices of one hub.
 */
export type Folder = { id: FolderId, 
/**
 * None: a folder of hubs.
 */
hub: HubId | null, name: string, };

/**
 * A folder form. Without `id` a new one is made; the hub of one that is there stays.
 */
export type FolderDraft = { id: FolderId | null, hub: HubId | null, name: string, };

/**
 * A folder of the tree.
 */
export type FolderId = string;

export type FolderRef = { folder: FolderId, };

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

export type HistoryEntry = { id: number, publish: PastPublish, };

export type HourCycle = "h24" | "h12";

/**
 * A hub as stored and shown.
 */
export type Hub = { id: HubId, kind: HubKind, name: string, 
/**
 * Host name or address; empty for a Unix socket. The sandbox's is filled in while it runs.
 */
host: string, port: number, transport: Transport, connection: Connection, trust: HubTrust, details: HubDetails, 
/**
 * The embedded hub, in whatever personality.
 */
sandbox: boolean, secrets: Array<StoredSecret>, };

/**
 * What new devices, subscriptions and messages of a hub start with.
 */
export type HubDefaults = { 
/**
 * Session options of a new device.
 */
session: SessionOptions | null, 
/**
 * What a new device subscribes to; None: what its platform sends it.
 */
filter: string | null, 
/**
 * QoS of a new subscription.
 */
subscribe_qos: number | null, 
/**
 * Topic of a new message.
 */
topic: string | null, payload: string | null, publish_qos: number | null, retain: boolean, };

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
gateway: string | null, kaa: KaaRest | null, 
/**
 * None: those of the platform.
 */
defaults: HubDefaults | null, };

/**
 * A hub form. Without `id` a new hub is made.
 */
export type HubDraft = { id: HubId | null, kind: HubKind, name: string, host: string, port: number, transport: Transport, connection: Connection, trust: TrustDraft, details: HubDetails, secrets: Array<SecretEntry>, };

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
host: string, port: number, transport: Transport, connection: Connection, trust: HubTrust, details: HubDetails, 
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
 * A hub's trust as stored and shown.
 */
export type HubTrust = { mode: TrustMode, 
/**
 * Empty for [`TrustMode::System`] alone; in order of the chain for [`TrustMode::PinnedChain`].
 */
certificates: Array<TrustedCertificate>, };

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
secrets: number, 
/**
 * What of it is not taken over.
 */
left_out: Array<LeftOut>, };

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
index: number, name: string, address: string, verdict: ImportVerdict, differences: Array<string>, 
/**
 * What of it is not taken over.
 */
left_out: Array<LeftOut>, devices: Array<ImportDevice>, };

/**
 * A preset of the file. Presets are told apart by their ids.
 */
export type ImportPreset = { index: number, name: string, verdict: ImportVerdict, differences: Array<string>, };

export type ImportPreview = { source: ImportSource, 
/**
 * Unix seconds; 0 where the file does not say.
 */
written: number, 
/**
 * Version of the program that wrote it, if the file says.
 */
version: string, encrypted: boolean, hubs: Array<ImportHub>, presets: Array<ImportPreset>, settings: boolean, 
/**
 * Connections that are not taken over at all.
 */
left_out: Array<LeftOut>, };

/**
 * Imports; what is not named is skipped.
 */
export type ImportRequest = { file: FileHandle, passphrase: SecretText | null, hubs: Array<ImportChoice>, devices: Array<ImportChoice>, presets: Array<ImportChoice>, settings: boolean, };

/**
 * The program whose connections a file holds.
 */
export type ImportSource = "hubscope" | "mqttx" | "mqtt_explorer" | "mosquitto";

/**
 * How an item of the file stands to the workspace.
 */
export type ImportVerdict = "new" | "same" | "differs";

export type Imported = { hubs: number, devices: number, presets: number, secrets: number, 
/**
 * How the import is taken back; None where it replaced something or brought settings.
 */
undo: UndoId | null, };

/**
 * Where the private key of a certificate to be imported is.
 */
export type ImportedKey = { "key": "supplied" } | { "key": "requested", request: CertificateRequestId, } | { "key": "stored" } | { "key": "missing" };

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

export type JobKind = "filter_scan" | "broker_test" | "certificate_issue" | "certificate_renewal" | "diagnose";

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
 * An unfinished form or message, so that it survives a restart. It is stored readable: what is a secret stays out.
 */
export type KeptDraft = { key: string, 
/**
 * JSON of at most 256 KiB, as the page wants it back; None forgets the draft.
 */
json: string | null, };

/**
 * Which unfinished form or message; the page names them.
 */
export type KeptDraftRef = { 
/**
 * At most 200 characters.
 */
key: string, };

/**
 * Which of the two keys of a shared access credential signs.
 */
export type KeyChoice = "primary" | "secondary";

/**
 * What a new key is. Azure IoT Hub, ThingsBoard and AWS take all but Ed25519, which no hub promises to take.
 */
export type KeyKind = "p256" | "p384" | "rsa2048" | "rsa3072" | "rsa4096" | "ed25519";

/**
 * TLS keys of a device's connections go to a file, so that whoever has it can read a recording of them.
 */
export type KeyLog = { device: DeviceId, 
/**
 * Without its folder.
 */
file_name: string, 
/**
 * The file could not be written to; nothing more goes there.
 */
failed: boolean, };

/**
 * A root that hubs are documented to use, or used.
 */
export type KnownRoot = { 
/**
 * As its vendor calls it.
 */
name: string, 
/**
 * Who uses it, and since or until when.
 */
words: Text, 
/**
 * No hub should show it any more.
 */
retired: boolean, };

/**
 * Where an export of a lane went: a file of this name, a download, or nowhere because the dialog was closed.
 */
export type LaneExported = { file_name: string | null, download: FileHandle | null, packets: number, };

export type LaneRequest = { device: DeviceId, from: number, count: number, };

/**
 * One row of a lane. A lane that was closed in between says so where it was opened again.
 */
export type LaneRow = { 
/**
 * Counted from 0 since the lane was first opened.
 */
number: number, 
/**
 * None: the lane was opened here; what came before was not watched.
 */
packet: ControlPacket | null, 
/**
 * When: that of the packet, or when the lane was opened. Unix microseconds.
 */
time: number, 
/**
 * Microseconds from the packet that it answers.
 */
after: number | null, };

export type LaneRows = { status: LaneStatus, rows: Array<LaneRow>, };

/**
 * Where a device's lane stands.
 */
export type LaneStatus = { 
/**
 * Somebody watches.
 */
open: boolean, 
/**
 * The oldest row that is kept, and one past the newest.
 */
first: number, end: number, 
/**
 * Bytes of the packets kept that went each way.
 */
bytes_in: number, bytes_out: number, };

export type Language = "system" | "en" | "de";

/**
 * The last report of a hub, or None.
 */
export type LastBrokerReport = { hub: HubId | null, report: BrokerReport | null, };

/**
 * A part that is not taken over, and why.
 */
export type LeftOut = { 
/**
 * Name of the connection or field in the file.
 */
what: string, reason: LeftOutReason, };

/**
 * Why a part of a foreign connection is not taken over. The page has a sentence for each.
 */
export type LeftOutReason = "certificate_files" | "ca_file" | "unchecked" | "pre_shared_key" | "authentication" | "version" | "bridge_topics" | "more_addresses" | "password" | "extras" | "invalid";

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

export type Menu = { label: string, items: Array<MenuItem>, };

/**
 * The menu bar of a window, whole. The page knows words, keys and states; the shell only draws it.
 */
export type MenuBar = { menus: Array<Menu>, };

export type MenuItem = { "item": "action", id: string, label: string, 
/**
 * As `CmdOrCtrl+Shift+T`; None: no key.
 */
keys: string | null, enabled: boolean, } | { "item": "separator" } | { "item": "system", what: SystemItem, label: string, };

/**
 * Properties of PUBLISH and of a will (MQTT 5 sections 3.3.2.3 and 3.1.3.2). The topic alias is not among them: it
 * belongs to a connection ([`ConnectProperties::use_topic_aliases`]).
 */
export type MessageProperties = { 
/**
 * Whether the payload is said to be UTF-8 text (true) or bytes (false).
 */
payload_is_text: boolean | null, 
/**
 * Seconds.
 */
message_expiry: number | null, content_type: string | null, response_topic: string | null, correlation_data: PayloadDraft | null, 
/**
 * As in [`ConnectProperties::user_properties`].
 */
user_properties: Array<[string, string]>, };

export type MqttVersion = "3.1.1" | "5";

/**
 * One certificate to be issued.
 */
export type NewCertificate = { 
/**
 * 1 to 64 characters: the device's id at its hub.
 */
common_name: string, 
/**
 * Hex with or without colons, 1 to 20 octets (RFC 5280, section 4.1.2.2); None: a random one.
 */
serial: string | null, 
/**
 * The device that gets certificate and key as its client certificate. On Azure, DPS and ThingsBoard the certificate
 * becomes its credential; brokers and Kaa take it beside the credential.
 */
device: DeviceId | null, };

/**
 * What is told on the desktop.
 */
export type Notifications = { 
/**
 * Off: nothing at all.
 */
native: boolean, 
/**
 * A credential in use ends soon, has ended, or was not renewed.
 */
credential_ends: boolean, 
/**
 * A session failed and does not try again.
 */
session_failed: boolean, };

/**
 * One address that was tried.
 */
export type OpenAttempt = { 
/**
 * `address:port`.
 */
address: string, micros: number, 
/**
 * The system's words; None: it opened.
 */
error: string | null, };

/**
 * Control packet types (MQTT 3.1.1 and 5, section 2.1.2).
 */
export type PacketKind = "CONNECT" | "CONNACK" | "PUBLISH" | "PUBACK" | "PUBREC" | "PUBREL" | "PUBCOMP" | "SUBSCRIBE" | "SUBACK" | "UNSUBSCRIBE" | "UNSUBACK" | "PINGREQ" | "PINGRESP" | "DISCONNECT";

/**
 * A return or reason code and its name in the specification.
 */
export type PacketReason = { code: number, name: string, };

/**
 * A message as it was published. A topic that carried a secret has a place for it.
 */
export type PastPublish = { 
/**
 * Unix microseconds.
 */
time: number, draft: PublishDraft, 
/**
 * Bytes of the payload.
 */
size: number, 
/**
 * False: the payload was too large to keep (over 64 KiB), and the draft's is empty.
 */
kept: boolean, };

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
export type PayloadDraft = { "encoding": "text", text: string, } | { "encoding": "base64", base64: string, } | { "encoding": "file", handle: FileHandle, };

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
 * The state of a proof of possession, since when (Unix seconds).
 */
export type Possession = { state: PossessionState, at: number, };

export type PossessionMark = { 
/**
 * SHA-256 of the CA.
 */
authority: string, hub: HubId, 
/**
 * None: as if nothing had been done.
 */
state: PossessionState | null, };

/**
 * A verification certificate, verified here against the CA. Its key was thrown away.
 */
export type PossessionProof = { pem: string, 
/**
 * RFC 4514 text: the code, exactly.
 */
subject: string, 
/**
 * RFC 4514 text of the CA.
 */
issuer: string, 
/**
 * "P-256": that of the certificate.
 */
key: string, 
/**
 * Unix seconds.
 */
not_before: number, not_after: number, };

export type PossessionSign = { 
/**
 * SHA-256 of the CA that the hub is to trust.
 */
authority: string, 
/**
 * The hub's verification code: it becomes the common name, 1 to 64 characters; white space around it is removed.
 */
code: string, 
/**
 * For whom, to be noted.
 */
hub: HubId | null, };

/**
 * How far a proof has come, as the user noted it.
 */
export type PossessionState = "uploaded" | "verified";

/**
 * Saves a ThingsBoard hub form as a white-label: its address, connection and trust, and nothing secret.
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
export type Problem = "required" | "too_long" | "not_a_host" | "not_a_port" | "host_has_extra" | "not_a_topic" | "not_a_topic_filter" | "out_of_range" | "duplicate" | "password_needs_user_name" | "client_id_needed" | "not_an_id" | "control_character" | "qos_not_allowed" | "not_on_this_hub" | "not_a_key" | "not_a_sas_token" | "certificate_needed" | "needs_tls" | "not_a_url" | "name_differs" | "too_short" | "common_name_differs" | "not_json" | "not_a_path" | "not_a_header" | "not_on_this_system" | "not_a_telemetry_topic" | "not_when_shared";

/**
 * One MQTT 5 property, in the order received.
 */
export type Property = { name: string, value: string, };

/**
 * A proxy; its password is [`crate::SecretField::ProxyPassword`] of the hub.
 */
export type Proxy = { kind: ProxyKind, host: string, port: number, 
/**
 * None: the proxy asks for no login.
 */
user_name: string | null, };

/**
 * Which machine makes the connection for us.
 */
export type ProxyChoice = { "choice": "none" } | { "choice": "system" } | { "choice": "own", proxy: Proxy, };

export type ProxyKind = "http" | "socks5" | "socks5h";

/**
 * Asks what the system's proxy would be for a server.
 */
export type ProxyQuestion = { host: string, port: number, };

export type PublishDraft = { device: DeviceId, topic: string, payload: PayloadDraft, 
/**
 * 0 to 2.
 */
qos: number, retain: boolean, 
/**
 * MQTT 5 only.
 */
properties: MessageProperties, };

/**
 * The latest 200 publishes of a device, newest first.
 */
export type PublishHistory = { entries: Array<HistoryEntry>, };

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
export type Recognised = { form: PasteForm, kind: HubKind, host: string, port: number, transport: Transport, connection: Connection, version: MqttVersion, client_id: string | null, credential: Credential, 
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
 * Which stored messages a subscription brings (retain handling, MQTT 5 section 3.8.3.1).
 */
export type Retained = "always" | "if_new" | "never";

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
tokens: number, 
/**
 * Packet lanes.
 */
packets: number, 
/**
 * Publish history and saved messages.
 */
composing: number, 
/**
 * Messages or activity were cleared, or came back: open views show something else.
 */
cleared: number, 
/**
 * The list of certificates, and what is told of each. Devices and hubs that change are told by `tree`.
 */
certificates: number, 
/**
 * Runs of "Diagnose": a step is known, or one began or ended.
 */
diagnoses: number, };

/**
 * A revoked certificate, since when (Unix seconds).
 */
export type Revocation = { at: number, reason: RevocationReason, };

/**
 * A revocation list to be made.
 */
export type RevocationListDraft = { 
/**
 * SHA-256 of the CA.
 */
authority: string, 
/**
 * Days until the next list is due, 1 to 36,500.
 */
days: number, };

/**
 * Why a certificate no longer counts (RFC 5280, section 5.3.1).
 */
export type RevocationReason = "unspecified" | "key_compromise" | "superseded" | "cessation_of_operation";

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
cut: boolean, 
/**
 * Of a session whose server nobody checked.
 */
unverified: boolean, };

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
 * A message that the user saved to publish again; the first nine of a device have a digit.
 */
export type SavedMessage = { id: SavedMessageId, name: string, draft: PublishDraft, };

/**
 * Saves a message. Without `id` a new one is added; a device has at most 50, each of at most 64 KiB.
 */
export type SavedMessageDraft = { id: SavedMessageId | null, name: string, draft: PublishDraft, };

/**
 * A message that was saved to be published again.
 */
export type SavedMessageId = string;

/**
 * Puts the saved messages of a device into an order.
 */
export type SavedMessageOrder = { device: DeviceId, order: Array<SavedMessageId>, };

export type SavedMessageRef = { message: SavedMessageId, };

export type SavedMessages = { messages: Array<SavedMessage>, };

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
export type SecretField = "token" | "password" | "primary_key" | "secondary_key" | "group_key" | "private_key" | "provision_key" | "provision_secret" | "policy_key" | "api_key" | "proxy_password" | "headers";

/**
 * Which secret is meant, `{"device": …, "field": …}` or `{"hub": …, "field": …}`.
 */
export type SecretRef = { field: SecretField, } & ({ device: DeviceId, } | { hub: HubId, });

/**
 * Secret text on its way in. It can be read from a request and never written to one.
 */
export type SecretText = string;

/**
 * Host, by name or address, and port.
 */
export type ServerAddress = { host: string, port: number, };

/**
 * A certificate that a server showed.
 */
export type ServerCertificate = { certificate: Certificate, 
/**
 * Host names and addresses that it is for.
 */
names: Array<string>, is_ca: boolean, pem: string, };

/**
 * A session as shown.
 */
export type Session = { id: SessionId, device: DeviceId, state: SessionState, version: MqttVersion, 
/**
 * "TLS 1.3", or None on a plain connection.
 */
tls: string | null, client_id: string, endpoint: string, 
/**
 * Connected once without a check of the server: anybody can be at the other end. It never connects again by itself.
 */
unverified: boolean, 
/**
 * Seconds, as wished for; the server's own is in `terms`.
 */
keep_alive: number, 
/**
 * What the server can do. None: not told, since it speaks MQTT 3.1.1 or the session is not online.
 */
terms: Terms | null, 
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
 * Clean session (3.1.1) or clean start (5), which ends with the connection unless `properties` say otherwise.
 */
clean_session: boolean, 
/**
 * Seconds, 5 to 65535.
 */
keep_alive: number, 
/**
 * Largest packet taken and sent, in bytes.
 */
max_packet_size: number, 
/**
 * MQTT 5 only.
 */
properties: ConnectProperties, will: Will | null, };

/**
 * Where a session is on its way. Times are Unix microseconds.
 */
export type SessionState = { "state": "idle" } | { "state": "connecting", attempt: number, } | { "state": "online", since: number, session_present: boolean, } | { "state": "waiting", until: number, attempt: number, reason: Error, } | { "state": "closing" } | { "state": "failed", error: Error, };

export type Sessions = { sessions: Array<Session>, 
/**
 * Devices whose TLS keys are written to a file.
 */
key_logs: Array<KeyLog>, };

/**
 * All settings. Unknown fields of a newer version are dropped.
 */
export type Settings = { theme: Theme, density: Density, 
/**
 * Percent, 90 to 130.
 */
font_scale: number, language: Language, time_zone: TimeZone, hour_cycle: HourCycle, 
/**
 * Budget of the log in MiB, 16 to 16,384; None: as the program was started, 256 by itself.
 */
log_mebibytes: number | null, 
/**
 * Keys without Ctrl or Alt work in lists and tables.
 */
single_keys: boolean, notifications: Notifications, 
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
 * A language that there are texts in. The page finds out which one "as the system" is.
 */
export type SpokenLanguage = "en" | "de";

/**
 * What was seen.
 */
export type StepEvidence = { "seen": "addresses", host: string, addresses: Array<string>, 
/**
 * The name is the proxy's; the proxy resolves the broker's.
 */
proxy: boolean, } | { "seen": "attempts", attempts: Array<OpenAttempt>, proxy: string | null, 
/**
 * Another port of the host that was tried because this one is silent, and whether it opens.
 */
other_port: [number, boolean] | null, } | { "seen": "tls", 
/**
 * "TLS 1.3"; None: the handshake did not get so far.
 */
version: string | null, cipher: string | null, alpn: string | null, 
/**
 * The name that was asked for.
 */
server_name: string, 
/**
 * What came in the place of TLS, at most 64 characters.
 */
answer: string | null, } | { "seen": "chain", 
/**
 * As sent, the server's own first.
 */
certificates: Array<ServerCertificate>, trust: TrustMode, 
/**
 * The root that the chain ends in, where it is a well-known one.
 */
root: KnownRoot | null, 
/**
 * This machine's clock, Unix seconds.
 */
now: number, } | { "seen": "names", expected: string, names: Array<string>, } | { "seen": "client_certificate", asked: boolean, sent: boolean, 
/**
 * None: nothing was judged.
 */
accepted: boolean | null, certificate: Certificate | null, 
/**
 * Names of CAs that the server takes, if it says so.
 */
cas: Array<string>, } | { "seen": "connack", version: MqttVersion, code: PacketReason | null, session_present: boolean | null, } | { "seen": "subscription", 
/**
 * Secrets masked.
 */
filter: string, granted: number | null, } | { "seen": "publication", topic: string, qos: number, 
/**
 * Of the payload.
 */
bytes: number, } | { "seen": "echo", topic: string, 
/**
 * False: this hub sends nothing back, so the acknowledgement counts.
 */
echoes: boolean, };

/**
 * One step of a run.
 */
export type StepReport = { step: DiagnoseStep, state: StepState, 
/**
 * None: it was not done.
 */
micros: number | null, 
/**
 * A few words beside the name of the step.
 */
summary: Text, cause: DiagnoseCause | null, 
/**
 * What the cause means and what to compare.
 */
explanation: Text | null, fixes: Array<DiagnoseFix>, evidence: StepEvidence | null, 
/**
 * The words of libraries, system and server.
 */
said: Array<string>, };

export type StepState = "ok" | "failed" | "not_reached" | "not_needed";

/**
 * A secret that is stored.
 */
export type StoredSecret = { field: SecretField, 
/**
 * The last four characters, only of secrets longer than 16.
 */
ends: string | null, };

/**
 * Options and properties of SUBSCRIBE (MQTT 5 sections 3.8.3.1 and 3.8.2.1); 3.1.1 has none.
 */
export type SubscribeOptions = { 
/**
 * Messages that this device published itself do not come back. Not allowed for a shared subscription.
 */
no_local: boolean, 
/**
 * Messages keep their retain flag; else only those that were stored before the subscription have it.
 */
retain_as_published: boolean, retained: Retained, 
/**
 * Comes back with every message that matched this filter. 1 to 268,435,455.
 */
identifier: number | null, user_properties: Array<[string, string]>, };

/**
 * A subscription as stored. `colour` is 1 to 8, a data colour of the palette.
 */
export type Subscription = { id: SubscriptionId, device: DeviceId, 
/**
 * `$share/NAME/FILTER` is a shared one.
 */
filter: string, 
/**
 * 0 to 2.
 */
qos: number, colour: number, alias: string | null, enabled: boolean, 
/**
 * MQTT 5 only.
 */
options: SubscribeOptions, };

/**
 * A subscription form. Without `id` a new one is made; without `colour` the next free one is taken.
 */
export type SubscriptionDraft = { id: SubscriptionId | null, device: DeviceId, 
/**
 * `$share/NAME/FILTER` is a shared one.
 */
filter: string, 
/**
 * 0 to 2.
 */
qos: number, colour: number | null, alias: string | null, enabled: boolean, 
/**
 * MQTT 5 only.
 */
options: SubscribeOptions, };

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

export type SystemItem = "cut" | "copy" | "paste" | "select_all" | "hide" | "hide_others" | "show_all" | "minimize" | "quit";

/**
 * What the environment says of a proxy for a server.
 */
export type SystemProxy = { "found": "none" } | { "found": "excepted", variable: string, } | { "found": "unusable", variable: string, } | { "found": "used", variable: string, kind: ProxyKind, host: string, port: number, login: boolean, };

/**
 * What an MQTT 5 server can do, and what it put in the place of our wishes (CONNACK properties, section 3.2.2.3). The
 * default is that of the specification for what CONNACK leaves away: everything works. A 3.1.1 server tells nothing.
 */
export type Terms = { assigned_client_id: string | null, 
/**
 * Seconds.
 */
keep_alive: number | null, 
/**
 * Seconds that the server keeps the session, where it is not what was asked for.
 */
session_expiry: number | null, 
/**
 * Largest packet the server takes, in bytes.
 */
max_packet_size: number | null, 
/**
 * QoS 1 and 2 messages that it takes at once; None: 65,535.
 */
receive_maximum: number | null, 
/**
 * Topic aliases that it takes.
 */
topic_alias_maximum: number, 
/**
 * Largest QoS of a publish.
 */
maximum_qos: number, retained_messages: boolean, wildcard_subscriptions: boolean, subscription_identifiers: boolean, shared_subscriptions: boolean, 
/**
 * Base of response topics, if it was asked for.
 */
response_information: string | null, 
/**
 * Another server that the client could use.
 */
server_reference: string | null, 
/**
 * Reason string.
 */
reason: string | null, user_properties: Array<[string, string]>, };

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

/**
 * A text that the page shows, to be written to a file: a certificate, a request. At most 1 MiB.
 */
export type TextFile = { 
/**
 * Suggested to the user.
 */
name: string, text: string, };

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
 * Whose clock times are shown by.
 */
export type TimeZone = "local" | "utc";

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
 * What carries MQTT to a hub. Ports as registered with IANA, those of WebSocket as RFC 6455 section 3 has them.
 */
export type Transport = "mqtt" | "mqtts" | "ws" | "wss" | "unix";

/**
 * Hubs and devices in tree order.
 */
export type Tree = { hubs: Array<Hub>, devices: Array<Device>, };

/**
 * Makes a copy beside the original. A copied hub has copies of its devices and folders.
 */
export type TreeDuplicate = { item: TreeItem, 
/**
 * Also the secrets, sealed anew for the copy.
 */
secrets: boolean, };

/**
 * Remembers whether a hub or folder is folded.
 */
export type TreeFold = { item: TreeItem, folded: boolean, };

/**
 * Something in the tree.
 */
export type TreeItem = { "item": "hub", hub: HubId, } | { "item": "device", device: DeviceId, } | { "item": "folder", folder: FolderId, };

/**
 * Folders in their order, what lies in them, and what is folded. Hubs and devices come in their order in
 * [`crate::Tree`]; in one parent folders stand before the rest.
 */
export type TreeLayout = { folders: Array<Folder>, hub_folders: { [key in HubId]: FolderId }, device_folders: { [key in DeviceId]: FolderId }, 
/**
 * Ids of hubs and folders.
 */
folded: Array<string>, };

/**
 * Puts an item elsewhere: into a folder of its hub (None: out of every folder), in front of another item of its kind
 * (None: at the end). A folder only changes its place.
 */
export type TreeMove = { item: TreeItem, folder: FolderId | null, before: TreeItem | null, };

/**
 * Trusts certificates for one hub, saved at once.
 */
export type TrustAdd = { hub: HubId, how: TrustHow, 
/**
 * A file, or the PEM of [`ServerCertificate`]s that were fetched (the server's own first).
 */
from: PemSource, };

/**
 * What a form does with the trust of a hub that is saved.
 */
export type TrustDraft = { "change": "keep" } | { "change": "set", mode: TrustMode, 
/**
 * SHA-256 of those that are stored with the hub and stay.
 */
kept: Array<string>, 
/**
 * Files or PEM text, each with one certificate or several.
 */
added: Array<PemSource>, } | { "change": "preset", preset: string, };

/**
 * As what a certificate is trusted.
 */
export type TrustHow = "ca" | "pin_leaf" | "pin_chain";

/**
 * How a hub's server is judged. Signatures of the handshake are checked in every mode.
 */
export type TrustMode = "system" | "system_and_ca" | "ca_only" | "pinned_leaf" | "pinned_chain";

/**
 * Trusts a certificate no longer. With the last one the hub is back to the system's roots; a pinned chain goes whole.
 */
export type TrustRemove = { hub: HubId, sha256: string, };

/**
 * A certificate that a hub's trust is made of; its PEM is stored beside it.
 */
export type TrustedCertificate = { 
/**
 * Upper-case hex without colons.
 */
sha256: string, 
/**
 * RFC 4514 text.
 */
subject: string, common_name: string | null, 
/**
 * Unix seconds.
 */
not_after: number, 
/**
 * Name of the file that it came from, or `host:port` of the server that showed it.
 */
source: string, };

/**
 * Something that can be taken back.
 */
export type UndoEntry = { id: UndoId, kind: UndoKind, 
/**
 * What it was called.
 */
name: string, };

/**
 * Something that can be taken back; never used again in a run.
 */
export type UndoId = number;

/**
 * What was taken away (or, for an import, added).
 */
export type UndoKind = "hub" | "device" | "folder" | "preset" | "subscription" | "saved_message" | "publish_history" | "messages" | "activity" | "packets" | "settings" | "import" | "move" | "certificates" | "certificate_request" | "revocation" | "trust";

/**
 * Takes back one thing; None: the latest.
 */
export type UndoRequest = { undo: UndoId | null, };

/**
 * What can be taken back, newest last.
 */
export type UndoStack = { entries: Array<UndoEntry>, };

/**
 * What a delete or a clear answers: how it is taken back. The stack keeps the latest 50; older ones can no longer be
 * taken back, and their secrets are gone for good.
 */
export type Undoable = { undo: UndoId, };

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
 * What the broker publishes for a device that goes without DISCONNECT (section 3.1.2.5).
 */
export type Will = { topic: string, payload: PayloadDraft, 
/**
 * 0 to 2.
 */
qos: number, retain: boolean, 
/**
 * Seconds that the broker waits with it, for a device that comes back (MQTT 5).
 */
delay: number | null, 
/**
 * MQTT 5 only.
 */
properties: MessageProperties, };

/**
 * Exactly the rows asked for that exist.
 */
export type Window = { status: ViewStatus, rows: Array<Row>, 
/**
 * Texts of interned topics this client has not been sent before.
 */
topics: Array<TopicText>, };

/**
 * How a window looks around and beneath its page.
 */
export type WindowLook = { 
/**
 * Zoom of the whole page in percent, 50 to 300.
 */
zoom: number, 
/**
 * Of what the system draws: the menu bar, the title bar.
 */
theme: Theme, 
/**
 * Of what the shell says itself: file dialogs, notifications.
 */
language: SpokenLanguage, };

/**
 * A new window; without a device it starts with nothing open.
 */
export type WindowOpen = { device: DeviceId | null, part: WindowPart, };

/**
 * How much of a device a window of its own shows.
 */
export type WindowPart = "device" | "messages";

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

/**
 * Where a file went: to one of this name, to a download (`file.download`), or nowhere because the dialog was closed.
 */
export type WrittenFile = { file_name: string | null, download: FileHandle | null, };

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
  "settings.reset": { request: Done; response: Undoable };
  "desk.get": { request: Done; response: Desk };
  "desk.set": { request: Desk; response: Done };
  "window.open": { request: WindowOpen; response: Done };
  "window.menu": { request: MenuBar; response: Done };
  "window.look": { request: WindowLook; response: Done };
  "tree.get": { request: Done; response: Tree };
  "tree.layout": { request: Done; response: TreeLayout };
  "tree.move": { request: TreeMove; response: Undoable };
  "tree.fold": { request: TreeFold; response: Done };
  "tree.duplicate": { request: TreeDuplicate; response: TreeItem };
  "folder.save": { request: FolderDraft; response: Folder };
  "folder.delete": { request: FolderRef; response: Undoable };
  "undo.list": { request: Done; response: UndoStack };
  "undo.run": { request: UndoRequest; response: UndoEntry };
  "hub.save": { request: HubDraft; response: Hub };
  "hub.delete": { request: HubRef; response: Undoable };
  "trust.fetch": { request: ChainRequest; response: FetchedChain };
  "trust.add": { request: TrustAdd; response: Undoable };
  "trust.remove": { request: TrustRemove; response: Undoable };
  "hub.presets": { request: Done; response: HubPresets };
  "proxy.found": { request: ProxyQuestion; response: SystemProxy };
  "preset.save": { request: PresetDraft; response: HubPreset };
  "preset.delete": { request: PresetRef; response: Undoable };
  "device.save": { request: DeviceDraft; response: Device };
  "device.delete": { request: DeviceRef; response: Undoable };
  "device.generate_client_id": { request: Done; response: GeneratedClientId };
  "credential.preview": { request: DeviceDraft; response: ConnectParameters };
  "credential.swap": { request: DeviceRef; response: Device };
  "credential.reveal": { request: SecretRef; response: Revealed };
  "credential.copy": { request: CopyRequest; response: Done };
  "certificate.read": { request: CertificateFiles; response: Certificate };
  "certificate.list": { request: Done; response: CertificateList };
  "certificate.inspect": { request: CertificateRef; response: CertificateDetail };
  "authority.create": { request: AuthorityDraft; response: CertificateRef };
  "certificate.issue": { request: CertificateIssue; response: JobRef };
  "certificate.renew": { request: CertificateRenewal; response: JobRef };
  "certificate.import_check": { request: CertificateFiles; response: CertificateCheck };
  "certificate.import": { request: CertificateImport; response: CertificateRef };
  "certificate.export": { request: CertificateExport; response: WrittenFile };
  "certificate.delete": { request: CertificateRefs; response: Undoable };
  "certificate.revoke": { request: CertificateRevocation; response: Undoable };
  "authority.revocation_list": { request: RevocationListDraft; response: WrittenFile };
  "request.create": { request: CertificateRequestDraft; response: CertificateRequest };
  "request.delete": { request: CertificateRequestRef; response: Undoable };
  "request.read": { request: CertificateRequestSource; response: CertificateRequestFacts };
  "request.sign": { request: CertificateRequestSign; response: CertificateRef };
  "possession.sign": { request: PossessionSign; response: PossessionProof };
  "possession.mark": { request: PossessionMark; response: Done };
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
  "subscription.delete": { request: SubscriptionRef; response: Undoable };
  "session.list": { request: Done; response: Sessions };
  "session.connect": { request: DeviceRef; response: Session };
  "session.connect_once": { request: ConnectOnce; response: Session };
  "session.disconnect": { request: DeviceRef; response: Done };
  "session.publish": { request: PublishDraft; response: Published };
  "packet.open": { request: DeviceRef; response: LaneStatus };
  "packet.close": { request: DeviceRef; response: LaneStatus };
  "packet.window": { request: LaneRequest; response: LaneRows };
  "packet.clear": { request: DeviceRef; response: Undoable };
  "packet.export": { request: DeviceRef; response: LaneExported };
  "key_log.start": { request: DeviceRef; response: Sessions };
  "key_log.stop": { request: DeviceRef; response: Sessions };
  "broker_test.start": { request: BrokerTestStart; response: BrokerTestStarted };
  "broker_test.last": { request: HubRef; response: LastBrokerReport };
  "diagnose.start": { request: DiagnoseStart; response: DiagnoseStarted };
  "diagnose.get": { request: DiagnoseRunRef; response: DiagnoseRun };
  "diagnose.list": { request: DeviceRef; response: DiagnoseRuns };
  "diagnose.text": { request: DiagnoseRunRef; response: DiagnoseText };
  "messages.clear": { request: DeviceRef; response: Undoable };
  "activity.clear": { request: DeviceRef; response: Undoable };
  "history.list": { request: DeviceRef; response: PublishHistory };
  "history.clear": { request: DeviceRef; response: Undoable };
  "saved.list": { request: DeviceRef; response: SavedMessages };
  "saved.save": { request: SavedMessageDraft; response: SavedMessage };
  "saved.delete": { request: SavedMessageRef; response: Undoable };
  "saved.order": { request: SavedMessageOrder; response: Done };
  "draft.get": { request: KeptDraftRef; response: KeptDraft };
  "draft.set": { request: KeptDraft; response: Done };
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
  "file.save": { request: TextFile; response: WrittenFile };
}

/** Commands answered with bytes. */
export interface BytesTable {
  "message.payload": { request: PayloadRange };
  "file.download": { request: FileRef };
}
