//! The command table: every call a page or shell can make, once.
//!
//! The macro below turns one line a command into a method of [`Commands`], an arm of [`dispatch`] and a line of
//! the TypeScript `CommandTable`. A missing command does not compile; a wrong one does not type-check.

use crate::*;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::future::Future;

/// Answer of a command: JSON text passed through unparsed, or bytes (payloads).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    Json(String),
    Bytes(Vec<u8>),
}

fn read<T: DeserializeOwned>(name: &str, request: Value) -> Result<T> {
    serde_json::from_value(request)
        .map_err(|error| Error::new(Code::BadRequest, format!("{name} was called wrongly.")).detail(error.to_string()))
}

fn write<T: serde::Serialize>(answer: &T) -> Result<Reply> {
    serde_json::to_string(answer)
        .map(Reply::Json)
        .map_err(|error| Error::new(Code::Internal, "An answer could not be written.").detail(error.to_string()))
}

macro_rules! commands {
    (
        json { $($(#[$doc:meta])* $method:ident $name:literal ($request:ty) -> $response:ty;)+ }
        bytes { $($(#[$bdoc:meta])* $bmethod:ident $bname:literal ($brequest:ty);)+ }
    ) => {
        /// What the engine does for a client. One method a command.
        pub trait Commands: Send + Sync {
            $($(#[$doc])* fn $method(&self, client: ClientId, request: $request) -> impl Future<Output = Result<$response>> + Send;)+
            $($(#[$bdoc])* fn $bmethod(&self, client: ClientId, request: $brequest) -> impl Future<Output = Result<Vec<u8>>> + Send;)+
        }

        /// Decodes the request of command `name`, runs it for `client`, encodes the answer.
        pub async fn dispatch(commands: &impl Commands, client: ClientId, name: &str, request: Value) -> Result<Reply> {
            match name {
                $($name => write(&commands.$method(client, read(name, request)?).await?),)+
                $($bname => commands.$bmethod(client, read(name, request)?).await.map(Reply::Bytes),)+
                other => Err(Error::new(Code::UnknownCommand, format!("There is no command {other}."))),
            }
        }

        /// Names of all commands, in table order.
        pub const NAMES: &[&str] = &[$($name,)+ $($bname,)+];

        pub(crate) fn describe(to: &mut impl crate::contract::Describe) {
            $(to.command::<$request, $response>($name);)+
            $(to.bytes::<$brequest>($bname);)+
        }
    };
}

commands! {
    json {
        /// First call of a page; ends what an earlier page of this client owned.
        client_hello "client.hello" (Hello) -> Welcome;
        /// Acknowledges a tick, so that the next one can come.
        client_ack "client.ack" (TickAck) -> Done;
        /// Says whether the page can be seen.
        client_visibility "client.visibility" (Visibility) -> Done;
        /// State of the database and the vault.
        workspace_get "workspace.get" (Done) -> WorkspaceInfo;
        /// Writes hubs, devices and, under a passphrase, secrets to a file.
        workspace_export "workspace.export" (ExportRequest) -> Exported;
        /// What an export holds and how it stands to this workspace; changes nothing.
        workspace_import_preview "workspace.import_preview" (ImportFile) -> ImportPreview;
        /// Imports what was chosen.
        workspace_import "workspace.import" (ImportRequest) -> Imported;
        /// Opens a passphrase vault.
        vault_unlock "vault.unlock" (VaultUnlock) -> WorkspaceInfo;
        /// Locks a passphrase vault; live sessions go on.
        vault_lock "vault.lock" (Done) -> WorkspaceInfo;
        /// Asks the operating system's store again.
        vault_retry "vault.retry" (Done) -> WorkspaceInfo;
        /// Puts the vault under a passphrase, or changes it.
        vault_set_passphrase "vault.set_passphrase" (VaultPassphrase) -> WorkspaceInfo;
        /// Moves the vault's key from a passphrase to the operating system's store.
        vault_use_os_store "vault.use_os_store" (Done) -> WorkspaceInfo;
        /// Seals every secret anew under a new data key.
        vault_rotate "vault.rotate" (Done) -> WorkspaceInfo;
        /// All settings.
        settings_get "settings.get" (Done) -> Settings;
        /// Replaces the settings.
        settings_set "settings.set" (Settings) -> Settings;
        /// Back to how Hubscope came. What guards the vault and the sizes of panes stay.
        settings_reset "settings.reset" (Done) -> Undoable;
        /// What lay open when the first window was last used.
        desk_get "desk.get" (Done) -> Desk;
        /// Keeps what lies open for the next start.
        desk_set "desk.set" (Desk) -> Done;
        /// Opens another window (desktop only); it is a client of its own.
        window_open "window.open" (WindowOpen) -> Done;
        /// Replaces the menu bar of this window (desktop only).
        window_menu "window.menu" (MenuBar) -> Done;
        /// Zooms this window's page and sets the theme of what is around it (desktop only).
        window_look "window.look" (WindowLook) -> Done;
        /// Hubs and devices in tree order.
        tree_get "tree.get" (Done) -> Tree;
        /// Folders, what lies in them, and what is folded.
        tree_layout "tree.layout" (Done) -> TreeLayout;
        /// Puts an item of the tree elsewhere.
        tree_move "tree.move" (TreeMove) -> Undoable;
        /// Folds or unfolds a hub or folder.
        tree_fold "tree.fold" (TreeFold) -> Done;
        /// Copies a hub or device; answers the copy.
        tree_duplicate "tree.duplicate" (TreeDuplicate) -> TreeItem;
        /// Makes or renames a folder.
        folder_save "folder.save" (FolderDraft) -> Folder;
        /// Deletes a folder; what lies in it moves out.
        folder_delete "folder.delete" (FolderRef) -> Undoable;
        /// What can be taken back.
        undo_list "undo.list" (Done) -> UndoStack;
        /// Takes back a delete or a clear; answers which.
        undo_run "undo.run" (UndoRequest) -> UndoEntry;
        /// Adds or changes a hub.
        hub_save "hub.save" (HubDraft) -> Hub;
        /// Deletes a hub with its devices.
        hub_delete "hub.delete" (HubRef) -> Undoable;
        /// Fetches the chain that a hub's server shows, on a connection that sends nothing; at most 20 s.
        trust_fetch "trust.fetch" (ChainRequest) -> FetchedChain;
        /// Trusts certificates for one hub; its next connections count on it.
        trust_add "trust.add" (TrustAdd) -> Undoable;
        /// Trusts a certificate no longer.
        trust_remove "trust.remove" (TrustRemove) -> Undoable;
        /// Known endpoints to start a hub form from.
        hub_presets "hub.presets" (Done) -> HubPresets;
        /// Which proxy the environment names for a server.
        proxy_found "proxy.found" (ProxyQuestion) -> SystemProxy;
        /// Saves a hub form as a preset of the user's own.
        preset_save "preset.save" (PresetDraft) -> HubPreset;
        /// Removes a preset of the user's own.
        preset_delete "preset.delete" (PresetRef) -> Undoable;
        /// Adds or changes a device.
        device_save "device.save" (DeviceDraft) -> Device;
        /// Deletes a device.
        device_delete "device.delete" (DeviceRef) -> Undoable;
        /// A client id that no broker has seen.
        device_generate_client_id "device.generate_client_id" (Done) -> GeneratedClientId;
        /// What CONNECT would carry with this form, secrets masked; saves nothing.
        credential_preview "credential.preview" (DeviceDraft) -> ConnectParameters;
        /// Primary and secondary key change places.
        credential_swap "credential.swap" (DeviceRef) -> Device;
        /// Shows one secret (desktop only).
        credential_reveal "credential.reveal" (SecretRef) -> Revealed;
        /// Copies a secret, or text with secrets in it, to the clipboard (desktop only).
        credential_copy "credential.copy" (CopyRequest) -> Done;
        /// Reads a certificate and its key; saves nothing.
        certificate_read "certificate.read" (CertificateFiles) -> Certificate;
        /// Every certificate that is known here: own CAs, devices' certificates, what hubs trust.
        certificate_list "certificate.list" (Done) -> CertificateList;
        /// All about one certificate.
        certificate_inspect "certificate.inspect" (CertificateRef) -> CertificateDetail;
        /// Makes a root CA, or one below another.
        authority_create "authority.create" (AuthorityDraft) -> CertificateRef;
        /// Issues certificates for devices as a job: all of them or none.
        certificate_issue "certificate.issue" (CertificateIssue) -> JobRef;
        /// Issues certificates of the same common names and keys for a new time, as a job: all or none. Devices that use
        /// an old one get the new one; own CAs sign with their new ones from then on.
        certificate_renew "certificate.renew" (CertificateRenewal) -> JobRef;
        /// What a certificate to be imported is, and what should be said of it; saves nothing.
        certificate_import_check "certificate.import_check" (CertificateFiles) -> CertificateCheck;
        /// Takes a certificate, mostly with its key, into the list.
        certificate_import "certificate.import" (CertificateImport) -> CertificateRef;
        /// Writes a certificate, its chain or its key to a file.
        certificate_export "certificate.export" (CertificateExport) -> WrittenFile;
        /// Deletes certificates with their keys; devices that use one lose it.
        certificate_delete "certificate.delete" (CertificateRefs) -> Undoable;
        /// Revokes certificates of own CAs; their next revocation list says so.
        certificate_revoke "certificate.revoke" (CertificateRevocation) -> Undoable;
        /// Writes the revocation list of an own CA to a file; its number rises each time.
        authority_revocation_list "authority.revocation_list" (RevocationListDraft) -> WrittenFile;
        /// Makes a key and a request for a certificate that another CA is to issue; the key waits in the vault.
        request_create "request.create" (CertificateRequestDraft) -> CertificateRequest;
        /// Deletes a request with its key.
        request_delete "request.delete" (CertificateRequestRef) -> Undoable;
        /// What somebody else's request asks for; saves nothing.
        request_read "request.read" (CertificateRequestSource) -> CertificateRequestFacts;
        /// Issues a device's certificate for somebody else's request.
        request_sign "request.sign" (CertificateRequestSign) -> CertificateRef;
        /// Signs a hub's verification code with an own CA.
        possession_sign "possession.sign" (PossessionSign) -> PossessionProof;
        /// Notes how far the proof of an own CA is at a hub.
        possession_mark "possession.mark" (PossessionMark) -> Done;
        /// Makes a SAS token and reveals or copies it (desktop only).
        sas_make "sas.make" (SasMake) -> MadeSas;
        /// Says what a SAS token holds.
        sas_decode "sas.decode" (SasDecode) -> DecodedSas;
        /// The token that a connect of the device would send, or that its live session sent.
        sas_current "sas.current" (DeviceRef) -> DecodedSas;
        /// State of a device's credential.
        token_status "token.status" (DeviceRef) -> TokenStatus;
        /// State of every device's credential.
        token_list "token.list" (Done) -> TokenStatuses;
        /// What Hubscope saw of a device's credential.
        token_history "token.history" (DeviceRef) -> TokenHistory;
        /// Renews a live session's SAS token now.
        token_renew "token.renew" (DeviceRef) -> Done;
        /// Reads an endpoint token's state from the hub.
        token_read "token.read" (DeviceRef) -> TokenStatus;
        /// Asks the hub to change an endpoint token's state.
        token_change "token.change" (TokenChange) -> TokenStatus;
        /// Subscriptions of a device.
        subscription_list "subscription.list" (DeviceRef) -> Subscriptions;
        /// Adds or changes a subscription; a live session follows at once.
        subscription_save "subscription.save" (SubscriptionDraft) -> Subscription;
        /// Deletes a subscription.
        subscription_delete "subscription.delete" (SubscriptionRef) -> Undoable;
        /// All sessions of this run, newest last.
        session_list "session.list" (Done) -> Sessions;
        /// Connects a device; answers as soon as the session is on its way.
        session_connect "session.connect" (DeviceRef) -> Session;
        /// Connects a device once without a check of its server, for this session only.
        session_connect_once "session.connect_once" (ConnectOnce) -> Session;
        /// Disconnects a device politely.
        session_disconnect "session.disconnect" (DeviceRef) -> Done;
        /// Publishes as a device; the outcome arrives as an amendment of the entry.
        session_publish "session.publish" (PublishDraft) -> Published;
        /// Watches the control packets of a device's sessions, until this client closes or ends.
        packet_open "packet.open" (DeviceRef) -> LaneStatus;
        /// Watches them no more; what was seen stays.
        packet_close "packet.close" (DeviceRef) -> LaneStatus;
        /// Rows of a lane.
        packet_window "packet.window" (LaneRequest) -> LaneRows;
        /// Hides the packets that a lane holds; the lane keeps them as long as they would be kept anyway.
        packet_clear "packet.clear" (DeviceRef) -> Undoable;
        /// Writes a lane as JSON lines.
        packet_export "packet.export" (DeviceRef) -> LaneExported;
        /// Writes TLS keys of a device's next connections to a file that the user chooses (desktop only).
        key_log_start "key_log.start" (DeviceRef) -> Sessions;
        /// Writes no more keys.
        key_log_stop "key_log.stop" (DeviceRef) -> Sessions;
        /// Finds out what a broker can do, as a job; needs a device to connect as.
        broker_test_start "broker_test.start" (BrokerTestStart) -> BrokerTestStarted;
        /// What the last test of a hub found.
        broker_test_last "broker_test.last" (HubRef) -> LastBrokerReport;
        /// Finds out why a device does not connect, as a job. A run of the same device that is on its way is stopped.
        diagnose_start "diagnose.start" (DiagnoseStart) -> DiagnoseStarted;
        /// A run with the steps that are known.
        diagnose_get "diagnose.get" (DiagnoseRunRef) -> DiagnoseRun;
        /// The runs of a device: the one on its way, and the latest ten that ended.
        diagnose_list "diagnose.list" (DeviceRef) -> DiagnoseRuns;
        /// A run as text, to be copied.
        diagnose_text "diagnose.text" (DiagnoseRunRef) -> DiagnoseText;
        /// Hides the messages that the log holds of a device; the log keeps them as long as they would be kept anyway.
        messages_clear "messages.clear" (DeviceRef) -> Undoable;
        /// Hides the activity that the log holds of a device.
        activity_clear "activity.clear" (DeviceRef) -> Undoable;
        /// What a device published.
        history_list "history.list" (DeviceRef) -> PublishHistory;
        /// Forgets what a device published.
        history_clear "history.clear" (DeviceRef) -> Undoable;
        /// Messages saved for a device.
        saved_list "saved.list" (DeviceRef) -> SavedMessages;
        /// Saves or changes a message.
        saved_save "saved.save" (SavedMessageDraft) -> SavedMessage;
        /// Deletes a saved message.
        saved_delete "saved.delete" (SavedMessageRef) -> Undoable;
        /// Puts saved messages into an order.
        saved_order "saved.order" (SavedMessageOrder) -> Done;
        /// An unfinished form or message.
        draft_get "draft.get" (KeptDraftRef) -> KeptDraft;
        /// Keeps an unfinished form or message.
        draft_set "draft.set" (KeptDraft) -> Done;
        /// Opens a view that ends with this client.
        view_open "view.open" (ViewSpec) -> ViewStatus;
        /// Replaces a view's filter; the view is filled anew by a job.
        view_change "view.change" (ViewChange) -> ViewStatus;
        /// Freezes or frees a view's upper end.
        view_pause "view.pause" (ViewPause) -> ViewStatus;
        /// Where a view stands.
        view_get "view.get" (ViewRef) -> ViewStatus;
        /// The rows on screen.
        view_window "view.window" (WindowRequest) -> Window;
        /// Where an entry is in a view.
        view_locate "view.locate" (LocateRequest) -> Located;
        /// Keeps these entries from eviction.
        view_pin "view.pin" (PinRequest) -> Done;
        /// Ends a view.
        view_close "view.close" (ViewRef) -> Done;
        /// Everything about one entry but its bytes.
        message_get "message.get" (EntryRef) -> Entry;
        /// Jobs of this client.
        job_list "job.list" (Done) -> Jobs;
        /// One job.
        job_get "job.get" (JobRef) -> Job;
        /// Asks a job to stop.
        job_cancel "job.cancel" (JobRef) -> Done;
        /// State of the embedded hub.
        sandbox_get "sandbox.get" (Done) -> Sandbox;
        /// Starts the embedded hub and puts its devices into the tree.
        sandbox_start "sandbox.start" (SandboxStart) -> Sandbox;
        /// Stops the embedded hub.
        sandbox_stop "sandbox.stop" (Done) -> Sandbox;
        /// Says what a pasted text means, without saving anything.
        paste_recognise "paste.recognise" (PasteText) -> Recognised;
        /// Saves a pasted text as hub and device.
        paste_add "paste.add" (PasteAdd) -> PasteAdded;
        /// Opens a file dialog (desktop only).
        file_choose "file.choose" (FileRequest) -> ChosenFile;
        /// Takes a file, or a piece of one, from a page in a browser.
        file_upload "file.upload" (Upload) -> HeldFile;
        /// Writes a text of the page to a file that the user chooses; a browser downloads it.
        file_save "file.save" (TextFile) -> WrittenFile;
    }
    bytes {
        /// Bytes of a payload; at most 1 MiB a call.
        message_payload "message.payload" (PayloadRange);
        /// A file that the engine made for this client (browser only); handed out once.
        file_download "file.download" (FileRef);
    }
}
