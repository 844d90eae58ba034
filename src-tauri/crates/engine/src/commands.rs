//! The command table, one line a command: each hands over to the part that knows. What is of one area stands together.

use crate::Engine;
use crate::cleared::Hidden;
use hubscope_model::*;

impl Commands for Engine {
    async fn client_hello(&self, client: ClientId, _: Hello) -> Result<Welcome> {
        let shell = self.clients.face(client)?.kind();
        self.leave_lanes(client);
        self.clients.hello(client)?.into_iter().for_each(|view| self.monitor.close_view(view));
        self.changes.ring();
        Ok(Welcome {
            version: env!("CARGO_PKG_VERSION").into(),
            shell,
            platform: std::env::consts::OS.into(),
            workspace: self.workspace.info(),
            settings: self.workspace.settings().await?,
            revisions: self.changes.revisions(),
        })
    }
    async fn client_ack(&self, client: ClientId, ack: TickAck) -> Result<Done> {
        self.clients.with(client, |client| client.acknowledged |= client.tick == ack.number)?;
        self.changes.ring();
        Ok(Done {})
    }
    async fn client_visibility(&self, client: ClientId, visibility: Visibility) -> Result<Done> {
        self.clients.with(client, |client| client.visible = visibility.visible)?;
        self.changes.ring();
        Ok(Done {})
    }

    async fn workspace_get(&self, _: ClientId, _: Done) -> Result<WorkspaceInfo> {
        Ok(self.workspace.info())
    }

    async fn workspace_export(&self, client: ClientId, request: ExportRequest) -> Result<Exported> {
        self.export_workspace(client, request).await
    }

    async fn workspace_import_preview(&self, client: ClientId, file: ImportFile) -> Result<ImportPreview> {
        self.preview_import(client, file).await
    }

    async fn workspace_import(&self, client: ClientId, request: ImportRequest) -> Result<Imported> {
        self.import_workspace(client, request).await
    }

    async fn vault_unlock(&self, _: ClientId, unlock: VaultUnlock) -> Result<WorkspaceInfo> {
        self.unlock_vault(unlock).await
    }
    async fn vault_lock(&self, _: ClientId, _: Done) -> Result<WorkspaceInfo> {
        self.lock_vault().await
    }
    async fn vault_retry(&self, _: ClientId, _: Done) -> Result<WorkspaceInfo> {
        self.retry_vault().await
    }
    async fn vault_set_passphrase(&self, _: ClientId, passphrase: VaultPassphrase) -> Result<WorkspaceInfo> {
        self.set_vault_passphrase(passphrase).await
    }
    async fn vault_use_os_store(&self, _: ClientId, _: Done) -> Result<WorkspaceInfo> {
        self.use_os_store().await
    }
    async fn vault_rotate(&self, _: ClientId, _: Done) -> Result<WorkspaceInfo> {
        self.rotate_vault().await
    }

    async fn settings_get(&self, _: ClientId, _: Done) -> Result<Settings> {
        self.workspace.settings().await
    }

    async fn settings_set(&self, _: ClientId, settings: Settings) -> Result<Settings> {
        self.change_settings(settings).await
    }

    async fn settings_reset(&self, _: ClientId, _: Done) -> Result<Undoable> {
        self.reset_settings().await
    }

    async fn desk_get(&self, _: ClientId, _: Done) -> Result<Desk> {
        self.workspace.desk().await
    }

    async fn desk_set(&self, _: ClientId, desk: Desk) -> Result<Done> {
        self.workspace.set_desk(desk).await.map(done)
    }

    async fn window_open(&self, client: ClientId, request: WindowOpen) -> Result<Done> {
        self.open_window(client, request).await.map(done)
    }
    async fn window_menu(&self, client: ClientId, bar: MenuBar) -> Result<Done> {
        bar.check()?;
        self.clients.face(client)?.show_menu(bar).map(done)
    }
    async fn window_look(&self, client: ClientId, look: WindowLook) -> Result<Done> {
        look.check()?;
        self.clients.face(client)?.look(look).map(done)
    }

    async fn tree_get(&self, _: ClientId, _: Done) -> Result<Tree> {
        self.tree().await
    }
    async fn tree_layout(&self, _: ClientId, _: Done) -> Result<TreeLayout> {
        self.layout().await
    }
    async fn tree_move(&self, _: ClientId, to: TreeMove) -> Result<Undoable> {
        self.move_item(to).await
    }
    async fn tree_fold(&self, _: ClientId, fold: TreeFold) -> Result<Done> {
        self.fold(fold).await.map(done)
    }
    async fn tree_duplicate(&self, _: ClientId, duplicate: TreeDuplicate) -> Result<TreeItem> {
        self.duplicate(duplicate).await
    }

    async fn folder_save(&self, _: ClientId, draft: FolderDraft) -> Result<Folder> {
        self.save_folder(draft).await
    }
    async fn folder_delete(&self, _: ClientId, folder: FolderRef) -> Result<Undoable> {
        self.delete_folder(folder.folder).await
    }

    async fn undo_list(&self, _: ClientId, _: Done) -> Result<UndoStack> {
        Ok(self.undo.list())
    }

    async fn undo_run(&self, _: ClientId, request: UndoRequest) -> Result<UndoEntry> {
        self.run_undo(request.undo).await
    }

    async fn hub_save(&self, client: ClientId, draft: HubDraft) -> Result<Hub> {
        self.save_hub(client, draft).await
    }

    async fn hub_delete(&self, _: ClientId, hub: HubRef) -> Result<Undoable> {
        self.delete_hub(hub.hub).await
    }

    async fn hub_presets(&self, _: ClientId, _: Done) -> Result<HubPresets> {
        self.presets().await
    }

    async fn proxy_found(&self, _: ClientId, question: ProxyQuestion) -> Result<SystemProxy> {
        Ok(self.proxies.found(&question.host, question.port))
    }

    async fn preset_save(&self, client: ClientId, draft: PresetDraft) -> Result<HubPreset> {
        self.save_preset(client, draft).await
    }

    async fn preset_delete(&self, _: ClientId, preset: PresetRef) -> Result<Undoable> {
        self.delete_preset(&preset.preset).await
    }

    async fn device_save(&self, client: ClientId, draft: DeviceDraft) -> Result<Device> {
        self.save_device(client, draft).await
    }

    async fn device_delete(&self, _: ClientId, device: DeviceRef) -> Result<Undoable> {
        self.delete_device(device.device).await
    }

    async fn device_generate_client_id(&self, _: ClientId, _: Done) -> Result<GeneratedClientId> {
        Ok(GeneratedClientId { client_id: hubscope_hubs::generate_client_id() })
    }

    async fn credential_preview(&self, client: ClientId, draft: DeviceDraft) -> Result<ConnectParameters> {
        self.preview(client, draft).await
    }

    async fn credential_swap(&self, _: ClientId, device: DeviceRef) -> Result<Device> {
        self.swap_keys(device.device).await
    }

    async fn credential_reveal(&self, client: ClientId, which: SecretRef) -> Result<Revealed> {
        self.reveal_secret(client, which).await
    }

    async fn credential_copy(&self, client: ClientId, request: CopyRequest) -> Result<Done> {
        self.copy_secret(client, request).await.map(done)
    }

    async fn certificate_read(&self, client: ClientId, files: CertificateFiles) -> Result<Certificate> {
        self.read_certificate(client, files).await
    }

    async fn certificate_list(&self, _: ClientId, _: Done) -> Result<CertificateList> {
        self.certificates().await
    }
    async fn certificate_inspect(&self, _: ClientId, which: CertificateRef) -> Result<CertificateDetail> {
        self.inspect_certificate(&which.sha256).await
    }
    async fn authority_create(&self, _: ClientId, draft: AuthorityDraft) -> Result<CertificateRef> {
        self.create_authority(draft).await
    }
    async fn certificate_issue(&self, client: ClientId, request: CertificateIssue) -> Result<JobRef> {
        self.issue_certificates(client, request).await
    }
    async fn certificate_renew(&self, client: ClientId, request: CertificateRenewal) -> Result<JobRef> {
        self.renew_certificates(client, request).await
    }
    async fn certificate_import_check(&self, client: ClientId, files: CertificateFiles) -> Result<CertificateCheck> {
        self.check_import(client, files).await
    }
    async fn certificate_import(&self, client: ClientId, import: CertificateImport) -> Result<CertificateRef> {
        self.import_certificate(client, import).await
    }
    async fn certificate_export(&self, client: ClientId, export: CertificateExport) -> Result<WrittenFile> {
        self.export_certificate(client, export).await
    }
    async fn certificate_delete(&self, _: ClientId, which: CertificateRefs) -> Result<Undoable> {
        self.delete_certificates(which).await
    }
    async fn certificate_revoke(&self, _: ClientId, request: CertificateRevocation) -> Result<Undoable> {
        self.revoke_certificates(request).await
    }
    async fn authority_revocation_list(&self, client: ClientId, draft: RevocationListDraft) -> Result<WrittenFile> {
        self.export_revocation_list(client, draft).await
    }
    async fn request_create(&self, _: ClientId, draft: CertificateRequestDraft) -> Result<CertificateRequest> {
        self.create_request(draft).await
    }
    async fn request_delete(&self, _: ClientId, which: CertificateRequestRef) -> Result<Undoable> {
        self.delete_request(which.request).await
    }
    async fn request_read(
        &self,
        client: ClientId,
        source: CertificateRequestSource,
    ) -> Result<CertificateRequestFacts> {
        self.read_foreign_request(client, source).await
    }
    async fn request_sign(&self, client: ClientId, request: CertificateRequestSign) -> Result<CertificateRef> {
        self.sign_request(client, request).await
    }
    async fn possession_sign(&self, _: ClientId, request: PossessionSign) -> Result<PossessionProof> {
        self.sign_possession(request).await
    }
    async fn possession_mark(&self, _: ClientId, mark: PossessionMark) -> Result<Done> {
        self.mark_possession(mark).await.map(|()| Done {})
    }

    async fn sas_make(&self, client: ClientId, make: SasMake) -> Result<MadeSas> {
        self.make_sas(client, make).await
    }

    async fn sas_decode(&self, _: ClientId, decode: SasDecode) -> Result<DecodedSas> {
        self.decode_sas(decode).await
    }

    async fn sas_current(&self, _: ClientId, device: DeviceRef) -> Result<DecodedSas> {
        self.current_sas(device.device).await
    }

    async fn token_status(&self, _: ClientId, device: DeviceRef) -> Result<TokenStatus> {
        self.status(device.device).await
    }
    async fn token_list(&self, _: ClientId, _: Done) -> Result<TokenStatuses> {
        self.token_statuses().await
    }
    async fn token_history(&self, _: ClientId, device: DeviceRef) -> Result<TokenHistory> {
        self.history(device.device).await
    }
    async fn token_renew(&self, _: ClientId, device: DeviceRef) -> Result<Done> {
        self.renew_token(device.device).await.map(done)
    }
    async fn token_read(&self, _: ClientId, device: DeviceRef) -> Result<TokenStatus> {
        self.read_endpoint(device.device).await
    }
    async fn token_change(&self, _: ClientId, change: TokenChange) -> Result<TokenStatus> {
        self.change_endpoint(change).await
    }

    async fn subscription_list(&self, _: ClientId, device: DeviceRef) -> Result<Subscriptions> {
        self.subscriptions(device.device).await
    }
    async fn subscription_save(&self, _: ClientId, draft: SubscriptionDraft) -> Result<Subscription> {
        self.save_subscription(draft).await
    }
    async fn subscription_delete(&self, _: ClientId, subscription: SubscriptionRef) -> Result<Undoable> {
        self.delete_subscription(subscription.subscription).await
    }

    async fn session_list(&self, _: ClientId, _: Done) -> Result<Sessions> {
        Ok(self.all_sessions())
    }

    async fn session_connect(&self, _: ClientId, device: DeviceRef) -> Result<Session> {
        self.connect(device.device).await
    }

    async fn session_disconnect(&self, _: ClientId, device: DeviceRef) -> Result<Done> {
        self.sessions.close(device.device).await;
        Ok(Done {})
    }

    async fn session_publish(&self, client: ClientId, draft: PublishDraft) -> Result<Published> {
        self.publish(client, draft).await
    }

    async fn messages_clear(&self, _: ClientId, device: DeviceRef) -> Result<Undoable> {
        self.clear(device.device, Hidden::Messages).await
    }

    async fn activity_clear(&self, _: ClientId, device: DeviceRef) -> Result<Undoable> {
        self.clear(device.device, Hidden::Activity).await
    }

    async fn history_list(&self, _: ClientId, device: DeviceRef) -> Result<PublishHistory> {
        self.publish_history(device.device).await
    }

    async fn history_clear(&self, _: ClientId, device: DeviceRef) -> Result<Undoable> {
        self.clear_publishes(device.device).await
    }

    async fn saved_list(&self, _: ClientId, device: DeviceRef) -> Result<SavedMessages> {
        self.saved_messages(device.device).await
    }
    async fn saved_save(&self, _: ClientId, draft: SavedMessageDraft) -> Result<SavedMessage> {
        self.save_message(draft).await
    }
    async fn saved_delete(&self, _: ClientId, message: SavedMessageRef) -> Result<Undoable> {
        self.delete_message(message.message).await
    }
    async fn saved_order(&self, _: ClientId, order: SavedMessageOrder) -> Result<Done> {
        self.order_messages(order).await.map(done)
    }

    async fn draft_get(&self, _: ClientId, draft: KeptDraftRef) -> Result<KeptDraft> {
        self.kept_draft(draft.key).await
    }

    async fn draft_set(&self, _: ClientId, draft: KeptDraft) -> Result<Done> {
        self.keep_draft(draft).await.map(done)
    }

    async fn packet_open(&self, client: ClientId, device: DeviceRef) -> Result<LaneStatus> {
        self.open_lane(client, device.device).await
    }
    async fn packet_close(&self, client: ClientId, device: DeviceRef) -> Result<LaneStatus> {
        self.close_lane(client, device.device)
    }
    async fn packet_window(&self, _: ClientId, request: LaneRequest) -> Result<LaneRows> {
        self.lane_rows(request)
    }
    async fn packet_clear(&self, _: ClientId, device: DeviceRef) -> Result<Undoable> {
        self.clear(device.device, Hidden::Packets).await
    }
    async fn packet_export(&self, client: ClientId, device: DeviceRef) -> Result<LaneExported> {
        self.export_lane(client, device.device).await
    }

    async fn key_log_start(&self, client: ClientId, device: DeviceRef) -> Result<Sessions> {
        self.start_key_log(client, device.device).await
    }

    async fn key_log_stop(&self, _: ClientId, device: DeviceRef) -> Result<Sessions> {
        self.stop_key_log(device.device).await
    }

    async fn trust_fetch(&self, client: ClientId, request: ChainRequest) -> Result<FetchedChain> {
        self.fetch_chain(client, request).await
    }

    async fn trust_add(&self, client: ClientId, add: TrustAdd) -> Result<Undoable> {
        self.add_trust(client, add).await
    }

    async fn trust_remove(&self, _: ClientId, remove: TrustRemove) -> Result<Undoable> {
        self.remove_trust(remove).await
    }

    async fn session_connect_once(&self, _: ClientId, once: ConnectOnce) -> Result<Session> {
        self.connect_once(once).await
    }

    async fn diagnose_start(&self, client: ClientId, start: DiagnoseStart) -> Result<DiagnoseStarted> {
        self.start_diagnosis(client, start.device).await
    }

    async fn diagnose_get(&self, _: ClientId, run: DiagnoseRunRef) -> Result<DiagnoseRun> {
        self.diagnosis(run.run).await
    }

    async fn diagnose_list(&self, _: ClientId, device: DeviceRef) -> Result<DiagnoseRuns> {
        self.list_diagnoses(device.device).await
    }

    async fn diagnose_text(&self, _: ClientId, run: DiagnoseRunRef) -> Result<DiagnoseText> {
        self.diagnosis_text(run.run).await
    }

    async fn broker_test_start(&self, client: ClientId, start: BrokerTestStart) -> Result<BrokerTestStarted> {
        self.start_broker_test(client, start).await
    }

    async fn broker_test_last(&self, _: ClientId, hub: HubRef) -> Result<LastBrokerReport> {
        Ok(self.broker_tests.last(hub.hub))
    }

    async fn view_open(&self, client: ClientId, spec: ViewSpec) -> Result<ViewStatus> {
        self.open_view(client, spec)
    }

    async fn view_change(&self, client: ClientId, change: ViewChange) -> Result<ViewStatus> {
        self.change_view(client, change)
    }

    async fn view_pause(&self, client: ClientId, pause: ViewPause) -> Result<ViewStatus> {
        self.pause_view(client, pause)
    }

    async fn view_get(&self, client: ClientId, view: ViewRef) -> Result<ViewStatus> {
        self.view_status(client, view.view)
    }

    async fn view_window(&self, client: ClientId, request: WindowRequest) -> Result<Window> {
        self.window(client, request)
    }

    async fn view_locate(&self, client: ClientId, request: LocateRequest) -> Result<Located> {
        self.clients.own_view(client, request.view)?;
        Ok(Located { ordinal: self.monitor.locate(request.view, request.seq)? })
    }

    async fn view_pin(&self, client: ClientId, request: PinRequest) -> Result<Done> {
        self.clients.own_view(client, request.view)?;
        self.monitor.pin(request.view, &request.seqs)?;
        Ok(Done {})
    }

    async fn view_close(&self, client: ClientId, view: ViewRef) -> Result<Done> {
        self.close_view(client, view.view).map(done)
    }

    async fn message_get(&self, _: ClientId, entry: EntryRef) -> Result<Entry> {
        self.entry(entry.seq)
    }

    async fn job_list(&self, client: ClientId, _: Done) -> Result<Jobs> {
        self.jobs(client)
    }
    async fn job_get(&self, client: ClientId, job: JobRef) -> Result<Job> {
        self.job(client, job.job)
    }
    async fn job_cancel(&self, client: ClientId, job: JobRef) -> Result<Done> {
        self.cancel_job(client, job.job).map(done)
    }

    async fn sandbox_get(&self, _: ClientId, _: Done) -> Result<Sandbox> {
        self.sandbox_model().await
    }
    async fn sandbox_start(&self, _: ClientId, start: SandboxStart) -> Result<Sandbox> {
        self.start_sandbox(start.personality).await
    }
    async fn sandbox_stop(&self, _: ClientId, _: Done) -> Result<Sandbox> {
        self.stop_sandbox().await
    }

    async fn paste_recognise(&self, _: ClientId, paste: PasteText) -> Result<Recognised> {
        self.recognise_paste(paste).await
    }

    async fn paste_add(&self, client: ClientId, add: PasteAdd) -> Result<PasteAdded> {
        self.add_paste(client, add).await
    }

    async fn file_choose(&self, client: ClientId, request: FileRequest) -> Result<ChosenFile> {
        self.choose_file(client, request).await
    }

    async fn file_upload(&self, client: ClientId, upload: Upload) -> Result<HeldFile> {
        self.upload_file(client, upload)
    }

    async fn file_save(&self, client: ClientId, file: TextFile) -> Result<WrittenFile> {
        self.save_text(client, file).await
    }

    async fn message_payload(&self, _: ClientId, range: PayloadRange) -> Result<Vec<u8>> {
        self.payload(range)
    }

    async fn file_download(&self, client: ClientId, file: FileRef) -> Result<Vec<u8>> {
        self.download(client, file.file)
    }
}

fn done(_: ()) -> Done {
    Done {}
}
