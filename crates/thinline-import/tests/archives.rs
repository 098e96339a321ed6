//! The forms in which archives come: packed tars, archives in archives, single files, names that repeat. Whatever the form,
//! the same rows are read; what cannot be opened is listed with its reason.

mod support;

use flate2::{Compression, write::GzEncoder};
use std::io::{Cursor, Write};
use support::{Kept, folder, open_zip, read_into, service, zip_bytes, zip_with};
use thinline_import::{Archive, FileState, ImportError, Limit, Limits, detect, plan};
use thinline_model::Timestamp;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fn plays(titles: &[&str]) -> String {
    let play = |(at, title): (usize, &&str)| {
        format!(
            r#"{{"ts":"2020-01-01T00:00:{at:02}Z","ms_played":1000,"master_metadata_track_name":"{title}"}}"#
        )
    };
    format!("[{}]", titles.iter().enumerate().map(play).collect::<Vec<_>>().join(","))
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mtime(1_700_000_000);
        tar.append_data(&mut header, name, *bytes).expect("appends");
    }
    tar.into_inner().expect("finishes")
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(bytes).expect("packs");
    gz.finish().expect("finishes")
}

fn open(name: &str, bytes: Vec<u8>) -> Result<Archive, ImportError> {
    open_within(name, bytes, Limits::default())
}

fn open_within(name: &str, bytes: Vec<u8>, limits: Limits) -> Result<Archive, ImportError> {
    Archive::file(name, Some(Timestamp(1_600_000_000)), Box::new(Cursor::new(bytes)), limits)
}

fn paths(archive: &Archive) -> Vec<&str> {
    archive.members().iter().map(|member| member.path.as_str()).collect()
}

/// The titles of all records, file by file.
fn titles(archive: &mut Archive) -> Vec<String> {
    let planned = plan(archive, service("spotify")).expect("plans");
    let mut kept = Kept::default();
    for file in planned.iter().filter(|file| file.state == FileState::Read) {
        let mut of_file = Kept::default();
        let report = read_into(archive, file, service("spotify"), &mut of_file).expect("opens");
        assert!(report.broken.is_none(), "{:?}", report.broken);
        kept.records.append(&mut of_file.records);
    }
    kept.records.iter().map(|record| record.title.to_string()).collect()
}

fn why(archive: &mut Archive, path: &str) -> String {
    let planned = plan(archive, service("spotify")).expect("plans");
    match planned.into_iter().find(|file| file.path == path).map(|file| file.state) {
        Some(FileState::Unused { why }) => why,
        other => panic!("{path}: {other:?}"),
    }
}

#[test]
fn every_form_of_an_archive_gives_the_same_rows() {
    let (a, b) = (plays(&["one", "two"]), plays(&["three"]));
    let files = [("MyData/endsong_0.json", a.as_bytes()), ("MyData/endsong_1.json", b.as_bytes())];
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let inner = zip_bytes(&files);
    let forms = [
        ("a.zip", inner.clone()),
        ("a.tar", tar(&files)),
        ("a.tgz", gz(&tar(&files))),
        // Names say nothing about what a picked file is.
        ("a.zip", gz(&tar(&files))),
        ("a", tar(&files)),
        ("outer.zip", zip_bytes(&[("inner.zip", &inner)])),
        ("outer.zip", zip_with(&[("inner.zip", &inner)], stored)),
        ("outer.tar", tar(&[("inner.zip", &inner)])),
        ("outer.tgz", gz(&tar(&[("inner.zip", &inner)]))),
        ("outer.zip", zip_bytes(&[("inner.tgz", &gz(&tar(&files)))])),
        ("outer.zip", zip_bytes(&[("a.zip", &zip_bytes(&files[..1])), ("b.tar", &tar(&files[1..]))])),
        (
            "outer.zip",
            zip_bytes(&[("a.zip", &zip_with(&[("b.zip", &zip_bytes(&[("c.zip", &inner)]))], stored))]),
        ),
    ];
    for (at, (name, bytes)) in forms.into_iter().enumerate() {
        let mut archive = open(name, bytes).expect(name);
        let found = detect(&mut archive, thinline_catalogue::Catalogue::builtin()).expect("detects");
        assert_eq!(found.best().len(), 1, "{at} {name}");
        assert_eq!(titles(&mut archive), ["one", "two", "three"], "{at} {name}");
        // Reading again, after reading to the end, gives the same.
        assert_eq!(titles(&mut archive), ["one", "two", "three"], "{at} {name}");
    }
}

#[test]
fn files_of_inner_archives_stand_under_the_archives_name() {
    let text = plays(&["a"]);
    let inner = zip_bytes(&[("dir/endsong_0.json", text.as_bytes()), ("photo.jpg", b"x")]);
    let archive =
        open_zip(zip_bytes(&[("a/inner.zip", &inner), ("endsong_1.json", text.as_bytes())])).expect("opens");
    assert_eq!(
        paths(&archive),
        ["a/inner.zip/dir/endsong_0.json", "a/inner.zip/photo.jpg", "endsong_1.json"]
    );
}

#[test]
fn a_folder_may_hold_archives() {
    let inner = zip_bytes(&[("endsong_0.json", plays(&["a"]).as_bytes())]);
    let files = support::Files(vec![("x/my_spotify_data.zip".to_owned(), inner)]);
    let mut archive = Archive::folder(Box::new(files), Limits::default()).expect("opens");
    assert_eq!(paths(&archive), ["x/my_spotify_data.zip/endsong_0.json"]);
    assert_eq!(titles(&mut archive), ["a"]);
}

#[test]
fn an_inner_archive_that_cannot_be_opened_is_listed_with_its_reason() {
    let text = plays(&["a"]);
    let inner = zip_bytes(&[("endsong_9.json", text.as_bytes())]);
    let mut locked = inner.clone();
    let central = locked.windows(4).position(|w| w == b"PK\x01\x02").expect("has a directory");
    locked[6] |= 1;
    locked[central + 8] |= 1;
    let deep = (0..4).fold(inner.clone(), |zip, _| zip_bytes(&[("deeper.zip", &zip)]));
    let empty = ZipWriter::new(Cursor::new(Vec::new())).finish().expect("finishes").into_inner();
    let mut archive = open_zip(zip_bytes(&[
        ("cut.zip", &inner[..inner.len() - 30]),
        ("locked.zip", &locked),
        ("no.zip", b"{}"),
        ("other.zip", b"7z\xbc\xaf\x27\x1c and so on"),
        ("nothing.zip", &empty),
        ("deep.zip", &deep),
        ("report.docx", &inner),
        ("endsong_0.json", text.as_bytes()),
    ]))
    .expect("the rest is read");
    for (path, reason) in [
        ("cut.zip", "nested-damaged"),
        ("locked.zip", "nested-encrypted"),
        ("no.zip", "nested-damaged"),
        ("other.zip", "nested-not-supported"),
        ("deep.zip/deeper.zip/deeper.zip/deeper.zip", "nested-too-deep"),
    ] {
        assert_eq!(why(&mut archive, path), reason, "{path}");
    }
    let planned = plan(&mut archive, service("spotify")).expect("plans");
    let state = |path: &str| planned.iter().find(|file| file.path == path).map(|file| file.state.clone());
    assert_eq!(state("nothing.zip"), Some(FileState::Empty));
    // A document of an office program is a zip, and no archive to a person.
    assert_eq!(state("report.docx"), Some(FileState::Unknown));
    assert_eq!(titles(&mut archive), ["a"]);
}

#[test]
fn a_packed_inner_archive_over_the_limit_is_not_held_and_a_stored_one_is_read_in_place() {
    let inner = zip_bytes(&[("endsong_0.json", plays(&["a"]).as_bytes())]);
    let limits = Limits { held_bytes: inner.len() as u64 - 1, ..Limits::default() };
    let mut archive = open_within("a.zip", zip_bytes(&[("inner.zip", &inner)]), limits).expect("opens");
    assert_eq!(why(&mut archive, "inner.zip"), "nested-too-large");
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive =
        open_within("a.zip", zip_with(&[("inner.zip", &inner)], stored), limits).expect("opens");
    assert_eq!(titles(&mut archive), ["a"]);
}

#[test]
fn what_is_held_counts_along_the_whole_chain() {
    let inner = zip_bytes(&[("endsong_0.json", plays(&["a"]).as_bytes())]);
    let middle = zip_bytes(&[("inner.zip", &inner)]);
    let both = (inner.len() + middle.len()) as u64;
    for (held_bytes, opens) in [(both, true), (both - 1, false)] {
        let limits = Limits { held_bytes, ..Limits::default() };
        let archive = open_within("a.zip", zip_bytes(&[("middle.zip", &middle)]), limits).expect("opens");
        assert_eq!(paths(&archive)[0].ends_with("endsong_0.json"), opens, "{held_bytes}");
    }
}

#[test]
fn limits_hold_over_all_levels() {
    let inner = zip_bytes(&[("1.json", b"1234567890"), ("2.json", b"1234567890"), ("3.json", b"")]);
    let outer = zip_bytes(&[("inner.zip", &inner), ("x.json", b"1")]);
    let limited = |limits| open_within("a.zip", outer.clone(), limits).err();
    let all = Limits::default();
    assert!(limited(Limits { entries: 5, ..all }).is_none());
    assert!(matches!(limited(Limits { entries: 4, ..all }), Some(ImportError::Limit(Limit::Entries))));
    let bytes = inner.len() as u64 + 21;
    assert!(limited(Limits { total_bytes: bytes, ..all }).is_none());
    let over = limited(Limits { total_bytes: bytes - 1, ..all });
    assert!(matches!(over, Some(ImportError::Limit(Limit::TotalBytes))), "{over:?}");
    let over = limited(Limits { path_length: 12, ..all });
    assert!(matches!(over, Some(ImportError::Limit(Limit::PathLength))), "{over:?}");
}

#[test]
fn a_bomb_in_an_inner_archive_refuses_all_of_it() {
    // Twenty files that each shrink as much as small ones may; the archive of them shrinks again.
    let zeros = vec![0; 8 << 20];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..20 {
        zip.start_file(format!("{at}.json"), SimpleFileOptions::default()).expect("starts");
        zip.write_all(&zeros).expect("writes");
    }
    let inner = zip.finish().expect("finishes").into_inner();
    let outer = zip_bytes(&[("inner.zip", &inner)]);
    assert!(outer.len() * 500 < 20 * zeros.len(), "{}", outer.len());
    assert!(matches!(open_zip(outer), Err(ImportError::Limit(Limit::Ratio))));
}

#[test]
fn names_that_repeat_are_read_one_by_one_and_told_apart() {
    let (a, b, c) = (plays(&["one"]), plays(&["two", "three"]), plays(&["four"]));
    let different =
        zip_bytes(&[("d/endsong_0.json", a.as_bytes()), ("d/endsong_1.json", b.as_bytes()), ("x.txt", b"1")]);
    // No writer makes the same name twice; one byte makes it so.
    let mut same = different;
    while let Some(at) = same.windows(16).position(|w| w == b"d/endsong_1.json") {
        same[at + 10] = b'0';
    }
    let mut archive = open_zip(same).expect("opens");
    assert_eq!(paths(&archive), ["d/endsong_0.json", "(2)/d/endsong_0.json", "x.txt"]);
    assert_eq!(titles(&mut archive), ["one", "two", "three"]);
    let twice = tar(&[("endsong_0.json", a.as_bytes()), ("endsong_0.json", c.as_bytes())]);
    let mut archive = open("a.tar", twice).expect("opens");
    assert_eq!(paths(&archive), ["endsong_0.json", "(2)/endsong_0.json"]);
    assert_eq!(titles(&mut archive), ["one", "four"]);
}

#[test]
fn a_file_by_itself_is_an_archive_of_one() {
    let text = plays(&["a"]);
    for name in ["endsong_0.json", "endsong_0 (1).json", "endsong_0 (23).json"] {
        let mut archive = open(name, text.clone().into_bytes()).expect("opens");
        assert_eq!(paths(&archive), ["endsong_0.json"]);
        assert_eq!(archive.members()[0].modified, Some(Timestamp(1_600_000_000)));
        assert_eq!(titles(&mut archive), ["a"]);
    }
    let mut packed = open("endsong_0.json.gz", gz(text.as_bytes())).expect("opens");
    assert_eq!(paths(&packed), ["endsong_0.json"]);
    assert_eq!(titles(&mut packed), ["a"]);
    for no in [&b"hello"[..], b"%PDF-1.7, b", b"", b"\x7fELF,"] {
        assert!(matches!(open("endsong_0.json", no.to_vec()), Err(ImportError::NotAnArchive)), "{no:?}");
    }
}

#[test]
fn a_packed_tar_that_is_cut_off_or_damaged_is_said_so() {
    let noise: String = (0..40_000_u32)
        .map(|at| char::from(b'a' + (at.wrapping_mul(2_654_435_761) >> 27) as u8 % 26))
        .collect();
    let whole = gz(&tar(&[("endsong_0.json", plays(&[&noise]).as_bytes()), ("b.json", b"1")]));
    assert!(open("a.tgz", whole.clone()).is_ok());
    for length in [20, 100, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        let cut = open("a.tgz", whole[..length].to_vec()).err();
        assert!(matches!(cut, Some(ImportError::Truncated)), "{length}: {cut:?}");
    }
    let mut wrong = whole.clone();
    let sum = wrong.len() - 8;
    wrong[sum] ^= 1;
    assert!(matches!(open("a.tgz", wrong), Err(ImportError::Truncated)));
    let plain = tar(&[("endsong_0.json", plays(&[&noise]).as_bytes())]);
    assert!(matches!(open("a.tar", plain[..plain.len() / 2].to_vec()), Err(ImportError::Truncated)));
}

#[test]
fn links_devices_and_huge_headers_of_tars_are_refused() {
    for kind in [tar::EntryType::Symlink, tar::EntryType::Link, tar::EntryType::Block, tar::EntryType::Fifo] {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        header.set_path("endsong_0.json").expect("sets");
        header.set_cksum();
        builder.append(&header, &b""[..]).expect("appends");
        let bytes = builder.into_inner().expect("finishes");
        assert!(matches!(open("a.tar", bytes.clone()), Err(ImportError::UnsafePath)), "{kind:?}");
        assert!(matches!(open("a.tgz", gz(&bytes)), Err(ImportError::UnsafePath)), "{kind:?}");
    }
    for kind in [tar::EntryType::XHeader, tar::EntryType::GNULongName] {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(kind);
        header.set_size(3 << 20);
        header.set_cksum();
        builder.append(&header, &vec![b'x'; 3 << 20][..]).expect("appends");
        let bytes = builder.into_inner().expect("finishes");
        let plain = open("a.tar", bytes.clone()).err();
        assert!(matches!(plain, Some(ImportError::Limit(Limit::PathLength))), "{kind:?} {plain:?}");
        let packed = open("a.tgz", gz(&bytes)).err();
        assert!(matches!(packed, Some(ImportError::Limit(Limit::PathLength))), "{kind:?} {packed:?}");
    }
}

#[test]
fn a_stream_that_unpacks_to_too_much_is_refused_early() {
    let bomb = gz(&tar(&[("endsong_0.json", &vec![b' '; 32 << 20])]));
    let limits = Limits { ratio: 50, ..Limits::default() };
    assert!(matches!(open_within("a.tgz", bomb, limits), Err(ImportError::Limit(Limit::Ratio))));
    let bomb = gz(&vec![b' '; 32 << 20]);
    assert!(matches!(open_within("a.gz", bomb, limits), Err(ImportError::Limit(Limit::Ratio))));
}

#[test]
fn two_zips_glued_together_hide_nothing() {
    let first = zip_bytes(&[("endsong_0.json", plays(&["hidden"]).as_bytes())]);
    let second = zip_bytes(&[("endsong_1.json", plays(&["seen"]).as_bytes())]);
    assert!(matches!(open_zip([first, second].concat()), Err(ImportError::Truncated)));
}

#[test]
fn entries_that_share_their_bytes_are_refused() {
    let mut bytes = zip_bytes(&[("endsong_0.json", &[b'a'; 4096]), ("endsong_1.json", &[b'b'; 4096])]);
    // The second entry of the directory claims most of the file as its own.
    let central = bytes.windows(4).rposition(|w| w == b"PK\x01\x02").expect("has a directory");
    let all = (bytes.len() as u32).to_le_bytes();
    bytes[central + 20..central + 24].copy_from_slice(&all);
    assert!(matches!(open_zip(bytes), Err(ImportError::Limit(Limit::Ratio))));
}

#[test]
fn pieces_of_a_split_zip_and_other_forms_are_named() {
    let mut last = zip_bytes(&[("endsong_0.json", b"[]")]);
    let end = last.windows(4).rposition(|w| w == b"PK\x05\x06").expect("has an end");
    last[end + 4] = 2;
    last[end + 6] = 2;
    assert!(matches!(open("a.zip", last), Err(ImportError::Split)));
    assert!(matches!(open("a.z01", b"PK\x07\x08PK\x09".to_vec()), Err(ImportError::Split)));
    assert!(matches!(open("a.zip", b"Rar!\x1a\x07\x01\0".to_vec()), Err(ImportError::NotSupported)));
    assert_eq!(folder(&[("a.json", "1")]).members().len(), 1);
}
