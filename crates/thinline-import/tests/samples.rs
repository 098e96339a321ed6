//! Every sample of the catalogue is detected and reads as recorded, as a folder and as a zip; every recipe is hit.

mod support;

use std::{collections::BTreeSet, fmt::Write as _, fs};
use support::{Kept, as_text, load, read_into, samples, service, zip_bytes};
use thinline_catalogue::Catalogue;
use thinline_import::{Archive, FileState, Limits, Match, PartState, detect, plan};

/// Everything that is read from an archive, as text.
fn read_all(archive: &mut Archive, id: &str) -> String {
    let mut text = String::new();
    for file in plan(archive, service(id)).expect("plans") {
        let why = if let FileState::Unused { why } = &file.state { why.as_str() } else { "" };
        let _ = writeln!(text, "# {} {} {why}", file.path, file.state.id());
        if file.state != FileState::Read {
            continue;
        }
        let mut kept = Kept::default();
        let report = read_into(archive, &file, service(id), &mut kept).expect("opens");
        assert!(!report.stopped && report.broken.is_none());
        for part in &report.parts {
            let _ = writeln!(
                text,
                "## {} {} {}: {} rows, {} records, {} failed, skipped {:?}, notes {:?}",
                part.at,
                part.state.id(),
                part.recipe.as_deref().unwrap_or("-"),
                part.rows,
                part.records,
                part.failed,
                part.skipped,
                part.notes,
            );
        }
        kept.records.iter().for_each(|record| {
            let _ = writeln!(text, "{}", as_text(record));
        });
    }
    text
}

#[test]
fn every_sample_reads_as_recorded() {
    let samples = samples();
    assert!(samples.len() >= 6);
    for (id, case, path) in samples {
        assert!(
            fs::read_to_string(path.join("about.md")).is_ok_and(|text| text.starts_with("# ")),
            "{id}/{case}"
        );
        let files = load(&path.join("export"));
        let zipped: Vec<_> = files.0.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let zipped = zip_bytes(&zipped);
        let mut archive = Archive::folder(Box::new(files), Limits::default()).expect("opens");
        let text = read_all(&mut archive, &id);
        let mut archive = support::open_zip(zipped).expect("opens");
        assert_eq!(read_all(&mut archive, &id), text, "{id}/{case} zipped");
        insta::with_settings!({
            snapshot_path => path.clone(), prepend_module_to_snapshot => false, omit_expression => true,
            input_file => path.join("about.md"),
        }, {
            insta::assert_snapshot!("records", text);
        });
    }
}

#[test]
fn every_sample_is_detected_as_its_service_alone() {
    for (id, case, path) in samples() {
        let mut archive =
            Archive::folder(Box::new(load(&path.join("export"))), Limits::default()).expect("opens");
        let found = detect(&mut archive, Catalogue::builtin()).expect("detects");
        let best: Vec<_> = found.best().iter().map(|id| id.as_str()).collect();
        assert_eq!(best, [id.as_str()], "{id}/{case}");
        let own = found.services.iter().find(|(service, _)| service.as_str() == id).map(|(_, found)| *found);
        assert_eq!(own, Some(Match::Yes), "{id}/{case}");
        let others = found.services.iter().filter(|(service, _)| service.as_str() != id);
        assert!(others.into_iter().all(|(_, found)| *found == Match::No), "{id}/{case}");
    }
}

#[test]
fn every_recipe_is_hit_by_a_sample() {
    let mut hit = BTreeSet::new();
    for (id, _, path) in samples() {
        let mut archive =
            Archive::folder(Box::new(load(&path.join("export"))), Limits::default()).expect("opens");
        for file in plan(&mut archive, service(&id)).expect("plans") {
            let mut kept = Kept::default();
            if file.state == FileState::Read {
                let report = read_into(&mut archive, &file, service(&id), &mut kept).expect("opens");
                let counted = report.parts.iter().filter(|part| part.state == PartState::Counted);
                hit.extend(counted.filter_map(|part| part.recipe.clone()));
            }
            hit.extend(kept.records.iter().map(|record| record.recipe.to_string()));
        }
    }
    for recipe in Catalogue::builtin().services.iter().flat_map(|service| &service.recipes) {
        assert!(hit.contains(&*recipe.id), "no sample hits {}", recipe.id);
    }
}

#[test]
fn nothing_that_names_people_addresses_or_devices_is_shown_unmasked() {
    // The invented people, addresses and devices of the samples.
    let private = [
        ".example\"",
        "user:robin",
        "@example.org",
        "\"192.0.2.",
        "\"198.51.100.",
        "\"203.0.113.",
        "2001:db8",
        "EXAMPLE-00-",
        "+31",
        "\"0000 AA",
    ];
    let fields = [
        "esn",
        "ip",
        "ipaddr",
        "ipaddrdecrypted",
        "username",
        "useragentdecrypted",
        "messageuseragent",
        "emailaddress",
        "email",
        "messagedeviceid",
        "messageandroidid",
        "messagegoogleaid",
        "messageidfa",
        "postalcode",
        "street",
        "phonenumber",
        "dateofbirth",
        "birthdate",
        "facebookuid",
        "mobilenumber",
        "moplast4",
        "brazilcpf",
        "collaborators",
    ];
    let mut masked = 0;
    for (id, case, path) in samples() {
        let mut archive =
            Archive::folder(Box::new(load(&path.join("export"))), Limits::default()).expect("opens");
        for line in read_all(&mut archive, &id).lines().map(str::trim_start) {
            if line.starts_with("(private)") {
                masked += usize::from(private.iter().any(|one| line.contains(one)));
                continue;
            }
            let shown = line.split_once(" = ").filter(|_| !line.starts_with('#'));
            let Some((field, value)) = shown else { continue };
            assert!(!private.iter().any(|one| value.contains(one)), "{id}/{case}: {line}");
            assert!(!fields.contains(&thinline_catalogue::fold(field).as_str()), "{id}/{case}: {line}");
        }
    }
    assert!(masked > 20, "the samples hold such values: {masked}");
}
