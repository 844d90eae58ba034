//! Hubscope, the desktop app: windows for the engine. The only Rust that names tauri.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod clipboard;
mod commands;
mod face;
mod menu;
#[cfg(target_os = "linux")]
mod renderer;
mod windows;
mod words;

use commands::Shell;
use hubscope_engine::{Engine, EngineOptions};
use std::process::ExitCode;
use tauri::{AppHandle, Manager, RunEvent, WindowEvent};
use tauri_plugin_window_state::StateFlags;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    renderer::settle();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hubscope: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Configuration and page of this build.
#[cfg(not(test))]
fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// The tests open no window. They embed no page either: cargo compiles them beside the app, and the macro of both would
/// write the same compressed files at the same time, one embedding what the other has half written.
#[cfg(test)]
fn context() -> tauri::Context {
    std::process::abort()
}

/// What RUST_LOG asks for, but libraries that log topics or addresses stay at warnings in any case.
fn log_filter() -> Result<EnvFilter, tracing_subscriber::filter::ParseError> {
    let mut filter = EnvFilter::builder().with_default_directive(tracing::Level::WARN.into()).from_env_lossy();
    for library in
        ["rumqttc", "rustls", "sqlx", "hyper", "tungstenite", "tokio_tungstenite", "zbus", "mqtt_protocol_core"]
    {
        filter = filter.add_directive(format!("{library}=warn").parse()?);
    }
    Ok(filter)
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt().with_env_filter(log_filter()?).with_writer(std::io::stderr).init();

    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    tauri::async_runtime::set(runtime.handle().clone());
    let app = tauri::Builder::default()
        // First, so that a second start ends before it opens a workspace or a window.
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| windows::focus(app)))
        .plugin(window_state())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .invoke_handler(tauri::generate_handler![commands::rpc, commands::ticks])
        .setup(|app| {
            let engine = tauri::async_runtime::block_on(Engine::start(EngineOptions::from_environment()));
            app.manage(Shell::new(engine));
            app.manage(<clipboard::Clipboard>::default());
            app.manage(menu::MenuBars::default());
            app.on_menu_event(|app, event| menu::tell(app, event.id().as_ref()));
            tauri::async_runtime::spawn(exit_when_asked(app.handle().clone()));
            windows::open_first(app.handle())?;
            Ok(())
        })
        .build(context())?;
    app.run(|app, event| match event {
        RunEvent::WindowEvent { label, event: WindowEvent::Destroyed, .. } => {
            app.state::<Shell>().detach(&label);
            app.state::<menu::MenuBars>().forget(&label);
        }
        RunEvent::WindowEvent { label, event: WindowEvent::Focused(true), .. } => menu::follow_focus(app, &label),
        RunEvent::Exit => {
            app.state::<clipboard::Clipboard>().clear();
            tauri::async_runtime::block_on(app.state::<Shell>().engine.stop());
        }
        _ => {}
    });
    Ok(())
}

fn window_state<R: tauri::Runtime>() -> tauri::plugin::TauriPlugin<R> {
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    tauri_plugin_window_state::Builder::new().with_state_flags(remembered).build()
}

/// Ends the app as closing its window does, when the system asks: sessions close politely, the workspace is saved.
async fn exit_when_asked(app: AppHandle) {
    if wait_for_signal().await.is_ok() {
        app.exit(0);
    }
}

#[cfg(unix)]
async fn wait_for_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn wait_for_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
