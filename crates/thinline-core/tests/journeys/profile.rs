//! Profile exports: what is in them, what is not, and that they read back.

use crate::archives;
use crate::home::Home;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use thinline_core::ExportForm;
use thinline_core::wire::{Code, Filter, ProfileRequest, ProfileWritten, Whose};
use thinline_sample::{NetflixGeneration, SpotifyGeneration};

fn household() -> Home {
    let home = Home::new();
    home.import(&archives::spotify(home.path(), 700, SpotifyGeneration::Endsong).path);
    home.import(&archives::spotify_account(home.path(), 300).path);
    home.import(&archives::netflix(home.path(), 500, NetflixGeneration::Of2023).path);
    home.choose("spotify", "ads-here", "off").unwrap();
    home
}

fn export(home: &Home, name: &str, request: &ProfileRequest) -> ProfileWritten {
    let path = home.path().join(name);
    let form = ExportForm::of_path(&path).unwrap();
    let written = home.core.profile_export(&path, form, request, false).unwrap();
    assert_eq!(written.bytes, path.metadata().unwrap().len());
    assert_eq!(written.sha256, sha256sum(&path));
    written
}

/// By the tool that people have.
fn sha256sum(path: &Path) -> String {
    let out = std::process::Command::new("sha256sum").arg(path).output().unwrap();
    String::from_utf8(out.stdout).unwrap().split(' ').next().unwrap().to_owned()
}

fn json(home: &Home, name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(home.path().join(name)).unwrap()).unwrap()
}

fn lines(home: &Home, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(home.path().join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn table(home: &Home, name: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(home.path().join(name)).unwrap().deserialize().map(Result::unwrap).collect()
}

fn text(home: &Home, name: &str) -> String {
    std::fs::read_to_string(home.path().join(name)).unwrap()
}

fn precision(precision: &str) -> ProfileRequest {
    ProfileRequest { precision: precision.to_owned(), ..ProfileRequest::default() }
}

#[test]
fn all_forms_hold_the_rows_that_the_preview_counts() {
    let home = household();
    let requests = [
        ProfileRequest::default(),
        ProfileRequest {
            filter: Filter {
                services: vec!["spotify".to_owned()],
                max_sensitivity: Some(2),
                ..Filter::default()
            },
            ..ProfileRequest::default()
        },
        ProfileRequest {
            filter: Filter {
                search: "the".to_owned(),
                from: Some("2023-01-01".to_owned()),
                ..Filter::default()
            },
            ..ProfileRequest::default()
        },
    ];
    for (nth, request) in requests.iter().enumerate() {
        let preview = home.core.profile_preview(request).unwrap();
        assert!(preview.records > 20);
        for map in [&preview.services, &preview.categories, &preview.kinds] {
            assert_eq!(map.values().sum::<u32>(), preview.records);
        }
        let names = ["json", "ndjson", "csv"].map(|form| format!("{nth}.{form}"));
        for name in &names {
            assert_eq!(export(&home, name, request).records, preview.records, "{name}");
        }
        let object = json(&home, &names[0]);
        let records = object["records"].as_array().unwrap();
        let (lines, rows) = (lines(&home, &names[1]), table(&home, &names[2]));
        assert_eq!([records.len(), lines.len(), rows.len()], [preview.records as usize; 3]);
        assert_eq!(records, &lines);
        for (record, row) in records.iter().zip(&rows) {
            let cell = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
            assert_eq!(row["n"], cell("id"));
            assert_eq!(row["at"], cell("at"));
            assert_eq!(row["title"].trim_start_matches('\''), cell("title").trim_start_matches('\''));
        }
        // The rows of the preview are the first ones of the file.
        let first = serde_json::to_value(&preview.rows).unwrap();
        assert_eq!(first.as_array().unwrap()[..], records[..preview.rows.len()]);
        assert_eq!(object["choices"].as_array().unwrap().len() as u32, preview.choices);
        assert_eq!(object["choices"][0]["value"], "off");
    }
    home.log_holds();
}

#[test]
fn times_are_no_finer_than_asked_for() {
    let home = household();
    for (asked, length) in [("day", 10), ("month", 7)] {
        for form in ["json", "ndjson", "csv"] {
            export(&home, &format!("{asked}.{form}"), &precision(asked));
        }
        let dates: Vec<String> =
            table(&home, &format!("{asked}.csv")).into_iter().map(|row| row["at"].clone()).collect();
        assert!(dates.iter().any(|at| at.len() == length));
        assert!(dates.iter().all(|at| at.is_empty() || at.len() == length), "{asked}");
        for record in lines(&home, &format!("{asked}.ndjson")) {
            assert!(record["time"].is_null());
            assert!(record["day"].as_str().is_none_or(|day| day.len() == length));
            assert!(["day", "month", "none"].contains(&record["precision"].as_str().unwrap()));
            // Durations are times too, but not of a day; moments are not in the details.
            for (name, value) in record["detail"].as_object().unwrap() {
                let value = value.as_str().unwrap();
                let moment =
                    value.contains("T") && value.contains("Z") && value.contains(':') && value.len() > 15;
                assert!(!moment && !name.contains("time as written"), "{name}");
            }
        }
    }
}

#[test]
fn counts_hold_numbers_and_nothing_else() {
    let home = household();
    let preview = home.core.profile_preview(&precision("counts")).unwrap();
    assert!(preview.rows.is_empty());
    for name in ["counts.json", "counts.ndjson", "counts.csv"] {
        assert_eq!(export(&home, name, &precision("counts")).records, preview.records);
    }
    let sum = |rows: &[Value]| rows.iter().map(|row| row["count"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(sum(&lines(&home, "counts.ndjson")), u64::from(preview.records));
    assert_eq!(sum(json(&home, "counts.json")["counts"].as_array().unwrap()), u64::from(preview.records));
    let cells = table(&home, "counts.csv");
    assert_eq!(cells.iter().map(|row| row["count"].parse::<u32>().unwrap()).sum::<u32>(), preview.records);
    let title =
        home.walk(&Filter::default()).into_iter().find(|record| record.title.len() > 8).unwrap().title;
    assert!(!text(&home, "counts.json").contains(&title));
}

#[test]
fn private_fields_stay_masked_in_every_form_unless_one_asks() {
    let home = household();
    let private = ["192.0.2.", "2001:db8", "robin-example"];
    for form in ["json", "ndjson", "csv"] {
        for precision in ["exact", "day", "month", "counts"] {
            let name = format!("masked-{precision}.{form}");
            let request = ProfileRequest { precision: precision.to_owned(), ..ProfileRequest::default() };
            export(&home, &name, &request);
            let text = text(&home, &name);
            assert!(private.iter().all(|one| !text.contains(one)), "{name}");
        }
        let name = format!("open.{form}");
        export(&home, &name, &ProfileRequest { unmask: true, ..ProfileRequest::default() });
        let text = text(&home, &name);
        assert!(private.iter().all(|one| text.contains(one)), "{name}");
    }
    let unmasked: Vec<bool> = home
        .log()
        .into_iter()
        .filter(|entry| entry.kind == "profile.exported")
        .map(|entry| entry.payload.unwrap()["unmasked"].as_bool().unwrap())
        .collect();
    assert_eq!(
        unmasked.iter().filter(|unmasked| **unmasked).count(),
        3,
        "the log says when they were written"
    );
}

#[test]
fn a_line_is_byte_for_byte_the_record_that_the_timeline_shows() {
    let home = household();
    let everyone = home.core.people(None).unwrap().people;
    let mine: Vec<Whose> =
        everyone.iter().map(|one| Whose { id: one.id, whose: "mine".to_owned() }).collect();
    home.core.set_whose(&mine).unwrap();
    export(&home, "all.ndjson", &ProfileRequest::default());
    let shown = home.walk(&Filter::default());
    let written = text(&home, "all.ndjson");
    assert!(
        shown.iter().any(|record| record.person.is_some()) && shown.iter().any(|one| one.source.is_none())
    );
    assert!(shown.iter().any(|record| record.at.is_none()) && shown.iter().any(|one| !one.masked.is_empty()));
    assert_eq!(written.lines().count(), shown.len());
    for (n, (line, mut record)) in written.lines().zip(shown).enumerate() {
        record.id = (n + 1).to_string();
        assert_eq!(line, serde_json::to_string(&record).unwrap());
    }
}

#[test]
fn persons_nobody_decided_about_stay_out_unless_they_are_named() {
    let home = household();
    let everyone = home.core.profile_preview(&ProfileRequest::default()).unwrap();
    assert!(everyone.undecided_persons > 100);
    assert!(everyone.undecided_names.len() > 1);
    export(&home, "all.ndjson", &ProfileRequest::default());
    assert!(lines(&home, "all.ndjson").iter().all(|record| record["person"].is_null()));
    let all = text(&home, "all.ndjson");
    for (service, name) in &everyone.undecided_names {
        assert_eq!(service, "netflix");
        assert!(!all.contains(&format!("\"person\":\"{name}\"")));
        let filter = Filter { persons: vec![name.clone()], ..Filter::default() };
        let named = ProfileRequest { filter: filter.clone(), ..ProfileRequest::default() };
        let file = format!("{}.ndjson", name.len());
        let _ = std::fs::remove_file(home.path().join(&file));
        assert_eq!(export(&home, &file, &named).records, home.total(&filter));
        assert!(lines(&home, &file).iter().all(|record| record["person"] == name.as_str()));
    }
}

#[test]
fn formulas_are_defused_in_tables() {
    let home = Home::new();
    let header = "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country";
    let titles = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "=HYPERLINK(\"\"http://example.org\"\")",
        "plain, \"\"quoted\"\"\nlines",
    ];
    let row = |(nth, title): (usize, &&str)| {
        format!("=Robin,2025-03-0{} 20:14:07,00:41:53,,\"{title}\",,Smart TV,00:41:53,00:41:53,NL", nth + 1)
    };
    let rows: Vec<String> = titles.iter().enumerate().map(row).collect();
    let csv = format!("{header}\n{}\n", rows.join("\n"));
    let report = home.import(&archives::zip_of(
        &home.path().join("n.zip"),
        &[("CONTENT_INTERACTION/ViewingActivity.csv", &csv)],
    ));
    assert_eq!(report.totals.read, 7);
    export(&home, "n.csv", &ProfileRequest::default());
    let rows = table(&home, "n.csv");
    assert_eq!(rows.len(), 7, "one name alone is the person's own");
    for cell in rows.iter().flat_map(|row| row.values()) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?} would be run");
    }
    let mut shown: Vec<&str> = rows.iter().map(|row| row["title"].as_str()).collect();
    shown.sort_unstable();
    assert!(shown.contains(&"'=1+1") && shown.contains(&"plain, \"quoted\"\nlines"));
    // The other forms are not for spreadsheets: they hold what is written.
    export(&home, "n.json", &ProfileRequest::default());
    assert!(
        json(&home, "n.json")["records"].as_array().unwrap().iter().any(|record| record["title"] == "=1+1")
    );
}

#[test]
fn a_file_that_exists_is_refused_and_left_alone() {
    let home = household();
    let path = home.path().join("mine.json");
    std::fs::write(&path, "mine").unwrap();
    let before = home.state();
    let refused = home.core.profile_export(&path, ExportForm::Json, &ProfileRequest::default(), false);
    assert_eq!(refused.unwrap_err().code, Code::CannotWrite);
    let refused = home.core.log_export(&path, false);
    assert_eq!(refused.unwrap_err().code, Code::CannotWrite);
    let nowhere = home.path().join("no/such/folder.json");
    let refused = home.core.profile_export(&nowhere, ExportForm::Json, &ProfileRequest::default(), false);
    assert_eq!(refused.unwrap_err().code, Code::CannotWrite);
    let refused = home.core.profile_export(home.path(), ExportForm::Json, &ProfileRequest::default(), true);
    assert_eq!(refused.unwrap_err().code, Code::CannotWrite);
    assert_eq!(text(&home, "mine.json"), "mine");
    assert_eq!(home.state(), before);
    let leftovers = || {
        let names = std::fs::read_dir(home.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains(".part")).count()
    };
    assert_eq!(leftovers(), 0);
    // Replaced only if that was said.
    home.core.profile_export(&path, ExportForm::Json, &ProfileRequest::default(), true).unwrap();
    assert!(text(&home, "mine.json").starts_with('{'));
    assert_eq!(leftovers(), 0);
}

#[test]
fn a_file_beside_the_target_is_left_alone() {
    let home = household();
    std::fs::write(home.path().join("p.json.part"), "mine too").unwrap();
    export(&home, "p.json", &ProfileRequest::default());
    assert_eq!(text(&home, "p.json.part"), "mine too");
}

#[cfg(unix)]
#[test]
fn an_export_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = household();
    let written = export(&home, "p.json", &ProfileRequest::default());
    assert_eq!(std::fs::metadata(&written.path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn values_that_do_not_fit_are_refused() {
    let home = Home::new();
    for word in ["hour", "EXACT", "year"] {
        assert_eq!(home.core.profile_preview(&precision(word)).unwrap_err().code, Code::BadValue);
        let path = home.path().join("x.json");
        let refused = home.core.profile_export(&path, ExportForm::Json, &precision(word), false);
        assert_eq!(refused.unwrap_err().code, Code::BadValue);
        assert!(!path.exists());
    }
    for name in ["a", "a.txt", "a.json.zip", ".json", "a.JSON"] {
        assert_eq!(ExportForm::of_path(Path::new(name)), None, "{name}");
    }
}
