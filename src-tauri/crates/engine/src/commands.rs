//! The command table, one line a command: each hands over to the part that knows.

use crate::Engine;
use hubscope_model::*;

impl Commands for Engine {
    async fn client_hello(&self, client: ClientId, _: Hello) -> Result<Welcome> {
        let shell = self.clients.face(client)?.kind();
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

    async fn hub_save(&self, client: ClientId, draft: HubDraft) -> Result<Hub> {
        self.save_hub(client, draft).await
    }

    async fn hub_delete(&self, _: ClientId, hub: HubRef) -> Result<Done> {
        self.delete_hub(hub.hub).await.map(done)
    }

    async fn hub_restore(&self, _: ClientId, hub: HubRef) -> Result<Done> {
        self.restore_hub(hub.hub).await.map(done)
    }

    async fn hub_presets(&self, _: ClientId, _: Done) -> Result<HubPresets> {
        self.presets().await
    }

    async fn preset_save(&self, client: ClientId, draft: PresetDraft) -> Result<HubPreset> {
        self.save_preset(client, draft).await
    }

    async fn preset_delete(&self, _: ClientId, preset: PresetRef) -> Result<Done> {
        self.delete_preset(&preset.preset).await.map(done)
    }

    async fn preset_restore(&self, _: ClientId, preset: PresetRef) -> Result<Done> {
        self.restore_preset(&preset.preset).await.map(done)
    }

    async fn device_save(&self, client: ClientId, draft: DeviceDraft) -> Result<Device> {
        self.save_device(client, draft).await
    }

    async fn device_delete(&self, _: ClientId, device: DeviceRef) -> Result<Done> {
        self.delete_device(device.device).await.map(done)
    }

    async fn device_restore(&self, _: ClientId, device: DeviceRef) -> Result<Done> {
        self.restore_device(device.device).await.map(done)
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

    async fn subscription_delete(&self, _: ClientId, subscription: SubscriptionRef) -> Result<Done> {
        self.delete_subscription(subscription.subscription).await.map(done)
    }

    async fn session_list(&self, _: ClientId, _: Done) -> Result<hubscope_model::Sessions> {
        Ok(hubscope_model::Sessions { sessions: self.sessions.list() })
    }

    async fn session_connect(&self, _: ClientId, device: DeviceRef) -> Result<Session> {
        self.connect(device.device).await
    }

    async fn session_disconnect(&self, _: ClientId, device: DeviceRef) -> Result<Done> {
        self.sessions.close(device.device).await;
        Ok(Done {})
    }

    async fn session_publish(&self, _: ClientId, draft: PublishDraft) -> Result<Published> {
        self.publish(draft)
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
