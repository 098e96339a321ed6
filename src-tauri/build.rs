//! Declares the commands of the window to Tauri.
//!
//! Declared commands need a permission each: `capabilities/main.json` grants them one by one, `isolation/isolation.js`
//! lets them through, `src/main.rs` registers them. A command missing from one of the four lists does not work.

/// Every command that the window may call, in the order of `ui/src/ipc/backend.ts`.
const COMMANDS: &[&str] = &[
    "app_state",
    "set_up",
    "unlock",
    "lock_now",
    "sample_start",
    "sample_leave",
    "services",
    "service",
    "list_service",
    "choose",
    "undo_choice",
    "pick_archives",
    "pick_key_file",
    "pick_save",
    "check_archive",
    "import_start",
    "import_cancel",
    "import_cancel_all",
    "import_again",
    "download_to_bin",
    "download_keep",
    "imports",
    "undo_import",
    "watch_state",
    "watch_pick",
    "watch_off",
    "watch_dismiss",
    "facets",
    "density",
    "search_density",
    "timeline_page",
    "record",
    "profile_preview",
    "profile_export",
    "log_page",
    "log_verify",
    "log_checkpoint",
    "settings_info",
    "set_preferences",
    "open_address",
    "requests",
    "request_asked",
    "request_ready",
    "request_give_up",
    "request_reopen",
    "calendar_save",
    "todo",
    "todo_later",
    "recovery",
    "recovery_look",
    "recovery_begin",
    "recovery_save",
    "recovery_confirm",
    "recovery_cancel",
    "recovery_remove",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("tauri.conf.json and the capabilities are readable");
}
