//! The TypeScript types of `wire`, generated into `ui/src/ipc/bindings.ts` and compared with what is committed.
//!
//! `THINLINE_WRITE_BINDINGS=1` writes the file (`cargo xtask bindings`); without it a difference is a failure.

use std::{fs, path::Path};
use thinline_core::wire::*;
use ts_rs::{Config, TS};

macro_rules! declare {
    ($cfg:expr; $($ty:ident)+) => { [$(format!("export {}\n", <$ty as TS>::decl($cfg))),+].concat() };
}

fn generated() -> String {
    let cfg = &Config::default();
    let types = declare!(cfg;
        Phase AppState SlotKind Preferences SetUp Unlock Service PurposeState TheirData ChoiceState Effect SettingGuide GuideStep
        ExportGuide ExportPackage Choose Changes Change Picked Progress ImportAsk ImportEnd ImportReports ImportReport Totals
        Sentence Told Download ReadAgain CategoryChange FileLine PartLine Coverage Gap ImportRows ImportRow Stale ImportChecks
        ImportCheck CheckedPackage MissingPart CheckedFile CheckedRange Shown Space KnownArchive DateOrderAsk WatchState
        WatchOffer Filter Page PageAt TimelineRecord Source RecordDetail Original
        Facet SearchDensity Stats StatRow ProfileRequest ProfilePreview ProfileWritten LogPage LogEntry LogVerified
        Requests Request Duty AskedFor ReadyNow Todo TodoItem
        Way KeyState Rotated RecoveryState RecoveryNew RecoveryLook LockRules LockState Target ErasePlan Erased Hidden Rules Rule SetRule People AccountLine PersonLine
        Whose LeftOut Status SettingsInfo ApiError Code);
    // Doc comments belong to the Rust side; here they would only be noise.
    let plain = types
        .split("/**")
        .map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest))
        .collect::<String>();
    let lines: Vec<&str> = plain.split_inclusive('\n').filter(|line| !line.trim().is_empty()).collect();
    format!(
        "// Generated from crates/thinline-core/src/wire by `cargo xtask bindings`. Do not edit.\n{}",
        lines.concat()
    )
}

#[test]
fn the_committed_bindings_are_those_of_the_wire_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/ipc/bindings.ts");
    let now = generated();
    if std::env::var_os("THINLINE_WRITE_BINDINGS").is_some() {
        fs::write(&path, now).expect("bindings can be written");
    } else {
        let committed = fs::read_to_string(&path).expect("bindings are committed");
        assert!(committed == now, "ui/src/ipc/bindings.ts is out of date: run `cargo xtask bindings`");
    }
}
