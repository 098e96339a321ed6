//! The numbers of both services add up on every sample of the catalogue, and taking an import back leaves nothing of it.

use crate::archives;
use crate::home::{Home, adds_up};
use std::path::{Path, PathBuf};
use thinline_core::wire::{Filter, ImportReport};

/// Folders of the catalogue's samples: (service, folder).
fn samples() -> Vec<(String, PathBuf)> {
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue");
    let below = |folder: &Path| {
        let mut found: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
        found.sort();
        found.into_iter().filter(|path| path.is_dir()).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    for service in below(&catalogue) {
        let id = service.file_name().unwrap().to_string_lossy().into_owned();
        all.extend(below(&service.join("samples")).into_iter().map(|case| (id.clone(), case.join("export"))));
    }
    assert!(all.len() >= 10, "the catalogue has samples");
    all
}

/// Records on the timeline that came from exports.
fn held(home: &Home, service: &str) -> u32 {
    let filter = Filter { services: vec![service.to_owned()], everyone: Some(true), ..Filter::default() };
    home.total(&filter)
}

fn check(home: &Home, service: &str, path: &Path) -> ImportReport {
    let report = home.import(path);
    adds_up(&report);
    assert_eq!(report.service, service, "{}", path.display());
    assert_eq!(held(home, service), report.totals.records, "{}", path.display());
    let again = home.import(path);
    adds_up(&again);
    assert_eq!((again.state.as_str(), again.totals.read), ("known", 0), "{}", path.display());
    assert_eq!(held(home, service), report.totals.records);
    report
}

#[test]
fn the_numbers_of_every_sample_add_up_and_undo_leaves_nothing() {
    let home = Home::new();
    for (service, folder) in samples() {
        let (before, records) = (held(&home, &service), home.walk(&Filter::default()).len());
        assert_eq!((before, records), (0, records));
        let report = check(&home, &service, &folder);
        home.core.undo_import(report.id).unwrap();
        assert_eq!(held(&home, &service), 0, "{}", folder.display());
    }
    home.log_holds();
}

#[test]
fn every_sample_together_and_in_two_orders_is_the_same_timeline() {
    let (one, two) = (Home::new(), Home::new());
    let all = samples();
    for (_, folder) in &all {
        adds_up(&one.import(folder));
    }
    for (_, folder) in all.iter().rev() {
        adds_up(&two.import(folder));
    }
    let seen =
        |home: &Home| crate::home::facts(home.walk(&Filter { everyone: Some(true), ..Filter::default() }));
    assert_eq!(seen(&one), seen(&two));
}

#[test]
fn a_sample_gives_the_same_as_folder_and_as_zip() {
    for (service, folder) in samples() {
        let (home, zipped) = (Home::new(), Home::new());
        let from_folder = check(&home, &service, &folder);
        let zip = archives::packed(&zipped.path().join("export.zip"), &folder);
        let from_zip = check(&zipped, &service, &zip);
        assert_eq!(from_folder.totals, from_zip.totals, "{}", folder.display());
    }
}
