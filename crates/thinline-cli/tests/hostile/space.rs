//! A disk with too little room: said before anything is read.

use crate::make::{HISTORY, plays, zip};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the import with its data on a disk of its own, of so many MiB, that nobody else sees.
fn on_a_disk_of(mib: u32, home: &Path) -> Output {
    let script = "mount -t tmpfs -o size=$SIZE tmpfs disk && export THINLINE_DATA_DIR=disk/data \
        && $THINLINE init >/dev/null 2>&1 && $THINLINE import a.zip --json && exit; code=$?; \
        $THINLINE imports --json; exit $code";
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script]).current_dir(home);
    command.env("SIZE", format!("{mib}m")).env("THINLINE", env!("CARGO_BIN_EXE_thinline"));
    command.env("THINLINE_KEY_FILE", home.join("key")).env("HOME", home).env("TZ", "UTC");
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus").output().unwrap()
}

#[test]
fn too_little_room_is_said_before_anything_is_read() {
    // Not every system lets a person make a disk of their own.
    if !Command::new("unshare")
        .args(["--map-root-user", "--mount", "true"])
        .status()
        .is_ok_and(|s| s.success())
    {
        eprintln!("left out: no disk can be made here");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("disk")).unwrap();
    fs::write(home.path().join("a.zip"), zip(&[(HISTORY, plays(50).as_bytes())])).unwrap();
    let small = on_a_disk_of(48, home.path());
    let error = String::from_utf8(small.stderr).unwrap();
    assert_eq!(small.status.code(), Some(1), "{error}");
    assert!(error.contains(r#""code":"no-space""#), "{error}");
    assert_eq!(String::from_utf8(small.stdout).unwrap().trim(), r#"{"imports":[]}"#);
    let large = on_a_disk_of(200, home.path());
    assert_eq!(large.status.code(), Some(0), "{}", String::from_utf8_lossy(&large.stderr));
    assert!(String::from_utf8(large.stdout).unwrap().contains(r#""read":50"#));
}
