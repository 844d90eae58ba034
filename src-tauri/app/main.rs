//! Hubscope, the desktop app: a window for the engine. The only Rust that names tauri.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

#[cfg(target_os = "linux")]
mod renderer;
mod window;

use std::process::ExitCode;
use tauri_plugin_window_state::StateFlags;

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

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    tauri::Builder::default()
        // First, so that a second start ends before it opens anything.
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| window::focus(app)))
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(remembered).build())
        .plugin(tauri_plugin_dialog::init())
        .setup(|app| {
            window::open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|_, _| {});
    Ok(())
}
