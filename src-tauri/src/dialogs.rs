//! The system's file dialogs, opened from Rust only: the window has no permission to open one itself.
//!
//! All of these block until the person answers; never call them from the thread that draws. In debug builds
//! `THINLINE_TEST_PICK`, `THINLINE_TEST_FOLDER` and `THINLINE_TEST_SAVE` answer instead (empty: cancelled; a link: what it points to, so that a
//! test can change the answer while the window is open).

use crate::arguments::{ArchiveKind, Form};
use crate::picked::{Pick, Purpose};
use std::path::PathBuf;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

/// Archives to import: several files, or one folder. Empty: cancelled.
pub fn archives(app: &AppHandle, kind: ArchiveKind) -> Vec<Pick> {
    let pick = |path| Pick { path, purpose: Purpose::Archive, overwrite: false };
    if let ArchiveKind::Folder = kind {
        let dialog = dialog(app).set_title("Choose an export");
        return answer("THINLINE_TEST_PICK", || dialog.blocking_pick_folder())
            .map(pick)
            .into_iter()
            .collect();
    }
    #[cfg(debug_assertions)]
    if let Some(path) = set("THINLINE_TEST_PICK") {
        return path.map(pick).into_iter().collect();
    }
    let dialog = dialog(app).set_title("Choose exports");
    // Also pieces (.001) and single files; what it is, its content says.
    let dialog = dialog.add_filter("Exports", &["zip", "tgz", "gz", "tar", "001", "json", "csv"]);
    let files = dialog.add_filter("All files", &["*"]).blocking_pick_files().unwrap_or_default();
    files.into_iter().filter_map(|file| file.into_path().ok()).map(pick).collect()
}

/// The folder to watch.
pub fn watch_folder(app: &AppHandle) -> Option<PathBuf> {
    let dialog = dialog(app).set_title("Choose the folder where exports arrive");
    answer("THINLINE_TEST_FOLDER", || dialog.blocking_pick_folder())
}

/// A key file: a new one when `save`, else one that is there.
pub fn key_file(app: &AppHandle, save: bool) -> Option<Pick> {
    let path = if save {
        let dialog = dialog(app).set_title("Save the key file").set_file_name("thinline.key");
        answer("THINLINE_TEST_SAVE", || dialog.blocking_save_file())?
    } else {
        let dialog = dialog(app).set_title("Choose the key file");
        answer("THINLINE_TEST_PICK", || dialog.blocking_pick_file())?
    };
    Some(Pick { path, purpose: Purpose::KeyFile, overwrite: false })
}

/// Where to write a profile export.
pub fn export(app: &AppHandle, form: Form) -> Option<Pick> {
    let name = format!("thinline-profile.{}", form.ending());
    let dialog = dialog(app).set_title("Save the profile").set_file_name(name);
    let dialog = dialog.add_filter(form.ending().to_uppercase(), &[form.ending()]);
    Some(export_pick(answer("THINLINE_TEST_SAVE", || dialog.blocking_save_file())?, form))
}

/// Where to write a file of one ending that is no profile.
pub fn save(app: &AppHandle, title: &str, name: &str, ending: &str) -> Option<Pick> {
    let dialog = dialog(app).set_title(title).set_file_name(format!("{name}.{ending}"));
    let dialog = dialog.add_filter(ending.to_uppercase(), &[ending]);
    let path = answer("THINLINE_TEST_SAVE", || dialog.blocking_save_file())?;
    let ended = path.extension().is_some();
    let path = if ended { path } else { path.with_extension(ending) };
    Some(Pick { path, purpose: Purpose::Export, overwrite: ended })
}

/// The dialog asked about replacing the path that it gave. A path with an ending added is another one: not asked about.
fn export_pick(path: PathBuf, form: Form) -> Pick {
    let ended = path.extension().is_some();
    let path = if ended { path } else { path.with_extension(form.ending()) };
    Pick { path, purpose: Purpose::Export, overwrite: ended }
}

fn dialog(app: &AppHandle) -> FileDialogBuilder<tauri::Wry> {
    let dialog = app.dialog().file();
    match app.get_webview_window(crate::window::LABEL) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

fn answer(hook: &str, ask: impl FnOnce() -> Option<FilePath>) -> Option<PathBuf> {
    #[cfg(debug_assertions)]
    if let Some(path) = set(hook) {
        return path;
    }
    #[cfg(not(debug_assertions))]
    let _ = hook;
    ask()?.into_path().ok()
}

/// What a test answers, if it does.
#[cfg(debug_assertions)]
fn set(hook: &str) -> Option<Option<PathBuf>> {
    let path = PathBuf::from(std::env::var_os(hook)?);
    let path = std::fs::read_link(&path).unwrap_or(path);
    Some(Some(path).filter(|path| !path.as_os_str().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_ending_gets_one_and_does_not_replace_what_is_there() {
        let pick = export_pick(PathBuf::from("/invented/mine"), Form::Csv);
        assert_eq!(pick.path, PathBuf::from("/invented/mine.csv"));
        assert!(!pick.overwrite);
        let pick = export_pick(PathBuf::from("/invented/mine.csv"), Form::Csv);
        assert!(pick.overwrite);
    }
}
