//! The desktop shell: one window, its commands, and nothing that thinks.
//!
//! Everything that is decided is decided in `thinline-core`. What stands here is what needs a desktop: the window with
//! its locks ([`window`]), files picked in the system's dialogs ([`picked`], [`dialogs`]), imports one after
//! the other ([`imports`]). The window never hands over a path: it holds tokens.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod bounds;
mod commands;
mod desk;
mod dialogs;
mod download;
mod first;
mod imports;
mod lock;
mod panics;
mod picked;
mod upkeep;
mod watch;
mod window;

use commands::{erase, import, keys, log, profile, recovery, requests, services, settings, state, timeline};

fn main() {
    panics::say_only_where();
    thinline_core::close_memory();
    let mut builder = tauri::Builder::default();
    if let Some(plugin) = first::single_instance() {
        builder = builder.plugin(plugin);
    }
    let app = builder
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![
            state::app_state,
            state::set_up,
            state::unlock,
            state::lock_now,
            state::kept_place,
            state::lock_rules,
            state::set_lock_rules,
            state::sample_start,
            state::sample_leave,
            services::services,
            services::service,
            services::list_service,
            services::choose,
            services::undo_choice,
            import::pick_archives,
            state::pick_key_file,
            profile::pick_save,
            import::check_archive,
            import::import_start,
            import::import_cancel,
            import::import_cancel_all,
            import::import_again,
            import::download_to_bin,
            import::download_keep,
            import::imports,
            import::undo_import,
            import::watch_state,
            import::watch_pick,
            import::watch_off,
            import::watch_dismiss,
            timeline::facets,
            timeline::density,
            timeline::search_density,
            timeline::timeline_page,
            timeline::record,
            profile::profile_preview,
            profile::profile_export,
            log::log_page,
            log::log_verify,
            log::log_checkpoint,
            settings::settings_info,
            settings::set_preferences,
            services::open_address,
            requests::requests,
            requests::request_asked,
            requests::request_ready,
            requests::request_give_up,
            requests::request_reopen,
            requests::calendar_save,
            requests::todo,
            requests::todo_later,
            recovery::recovery,
            recovery::recovery_look,
            recovery::recovery_begin,
            recovery::recovery_save,
            recovery::recovery_confirm,
            recovery::recovery_cancel,
            recovery::recovery_remove,
            keys::keys,
            keys::passphrase_set,
            keys::way_add,
            keys::way_remove,
            keys::key_rotate,
            erase::erase_plan,
            erase::erase,
            erase::hide,
            erase::rules,
            erase::set_rule,
            erase::people,
            erase::set_whose,
            erase::rename_account,
        ])
        .setup(|app| {
            window::open(app)?;
            watch::start(app.handle());
            upkeep::start(app.handle());
            lock::start(app.handle());
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(window::on_run_event),
        Err(error) => {
            // Of the system, not of the person: no display, no web view, a name on the session bus that nobody answers to.
            eprintln!("thinline-app: the window cannot be opened: {error}");
            std::process::exit(1);
        }
    }
}
