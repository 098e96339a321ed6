//! Damaged archives are damaged in the one way that they name, and otherwise whole.

use std::io::{Cursor, Read};
use thinline_sample::{Damage, damaged};

#[test]
fn damage_is_the_same_every_time() {
    for kind in Damage::ALL {
        assert!(damaged(*kind).unwrap() == damaged(*kind).unwrap());
    }
}

#[test]
fn damaged_archives_are_damaged_as_they_say() {
    let open = |kind| zip::ZipArchive::new(Cursor::new(damaged(kind).unwrap()));
    for kind in [Damage::TruncatedZip, Damage::NotAnArchive, Damage::EmptyFile] {
        assert!(open(kind).is_err(), "{kind:?}");
    }
    assert_eq!(open(Damage::EmptyZip).unwrap().len(), 0);
    assert!(open(Damage::EncryptedZip).unwrap().by_index_raw(0).unwrap().encrypted());
    let read = |kind: Damage, i| -> std::io::Result<Vec<u8>> {
        let mut text = Vec::new();
        open(kind).unwrap().by_index(i)?.read_to_end(&mut text)?;
        Ok(text)
    };
    assert!(read(Damage::UnknownMethod, 0).is_err() && read(Damage::UnknownMethod, 1).is_ok());
    assert!(read(Damage::WrongChecksum, 0).is_err() && read(Damage::WrongChecksum, 1).is_ok());
    assert!(serde_json::from_slice::<serde_json::Value>(&read(Damage::BrokenJson, 0).unwrap()).is_ok());
    assert!(serde_json::from_slice::<serde_json::Value>(&read(Damage::BrokenJson, 1).unwrap()).is_err());
    assert!(read(Damage::BomAndQuotedNewlines, 0).unwrap().starts_with(b"\xef\xbb\xbf\""));
    assert!(String::from_utf8(read(Damage::RaggedRows, 0).unwrap()).is_err());
    let tricks = open(Damage::PathTricks).unwrap();
    let names: Vec<String> = tricks.file_names().map(|name| name.unwrap().into_owned()).collect();
    for start in ["../../", "/", "C:\\"] {
        assert!(names.iter().any(|name| name.starts_with(start)), "no {start}");
    }
    assert!(damaged(Damage::Bomb).unwrap().len() < 80_000);
}
