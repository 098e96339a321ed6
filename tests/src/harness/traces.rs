//! "Is this word in any file?" For the promise that nothing imported lies on the disk unencrypted.
//!
//! Looked into are names of files, their bytes, and whatever in them unpacks as gzip, zlib, zstd or a member of a zip. Not
//! looked into: what is encrypted, which is the point, and pictures.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use memchr::memmem;

/// A word that was found where none should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The file.
    pub file: PathBuf,
    /// The word in it, or in its name.
    pub word: String,
}

/// More than any packed piece of a record needs.
const UNPACKED: u64 = 4 << 20;

/// Every file under `folder` that contains one of the words as UTF-8 or UTF-16 of either order. A file that cannot be read is a
/// failure, not an absence.
pub fn find_traces(folder: &Path, words: &[&str]) -> Vec<Trace> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let kind = entry.file_type().expect("a file has a kind");
        let name = entry.file_name().to_string_lossy().into_owned();
        let mut texts = vec![name.into_bytes()];
        if kind.is_dir() {
            found.extend(find_traces(&entry.path(), words));
        } else if kind.is_file() {
            let content = match fs::read(entry.path()) {
                Ok(content) => content,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue, // gone since it was listed
                Err(error) => panic!("{} cannot be searched: {error}", entry.path().display()),
            };
            texts.extend(unpacked(&content));
            texts.push(content);
        }
        let holds = |word: &&&str| texts.iter().any(|text| contains(text, word));
        let hits = words.iter().filter(holds);
        found.extend(hits.map(|word| Trace { file: entry.path(), word: (*word).to_owned() }));
    }
    found
}

fn contains(text: &[u8], word: &str) -> bool {
    encodings(word).iter().any(|form| memmem::find(text, form).is_some())
}

fn encodings(word: &str) -> [Vec<u8>; 3] {
    let utf16 = |order: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(order).collect();
    [word.as_bytes().to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)]
}

/// Whatever unpacks, wherever it begins. What breaks off is searched as far as it goes.
fn unpacked(content: &[u8]) -> Vec<Vec<u8>> {
    (0..content.len().saturating_sub(4))
        .filter_map(|at| unpack(&content[at..]))
        .filter(|text| text.len() > 3)
        .collect()
}

fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    match packed {
        [0x1f, 0x8b, 8, ..] => Some(as_far_as_it_goes(flate2::read::GzDecoder::new(packed))),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            zstd::stream::read::Decoder::with_buffer(Cursor::new(packed)).ok().map(as_far_as_it_goes)
        }
        [b'P', b'K', 3, 4, rest @ ..] if rest.len() > 26 => {
            let length = |at: usize| usize::from(u16::from_le_bytes([rest[at], rest[at + 1]]));
            let start = 26 + length(22) + length(24);
            rest.get(start..).map(|data| as_far_as_it_goes(flate2::read::DeflateDecoder::new(data)))
        }
        // Method 8, a window of 32 kB or less, and the check of the two header bytes.
        [head @ 0x08..=0x78, flags, ..]
            if head % 16 == 8 && (u16::from(*head) * 256 + u16::from(*flags)) % 31 == 0 =>
        {
            Some(as_far_as_it_goes(flate2::read::ZlibDecoder::new(packed)))
        }
        _ => None,
    }
}

fn as_far_as_it_goes(unpacking: impl Read) -> Vec<u8> {
    let mut text = Vec::new();
    let _ = unpacking.take(UNPACKED).read_to_end(&mut text); // ends in an error where the packed part ends
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    const WORD: &str = "Gezeiten";

    /// Names of the files in which the word, or one that is absent, was found.
    fn found_in(files: &[(&str, Vec<u8>)]) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let deep = folder.path().join("a/b");
        fs::create_dir_all(&deep).expect("folders can be made");
        for (name, content) in files {
            fs::write(deep.join(name), content).expect("a file can be written");
        }
        let mut names: Vec<_> = find_traces(folder.path(), &[WORD, "absent"])
            .into_iter()
            .map(|trace| trace.file.file_name().expect("a file has a name").to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn inside(content: &[u8]) -> Vec<u8> {
        [b"\x01\x00\x78".as_slice(), content, b"\xff\xfe"].concat()
    }

    #[test]
    fn a_word_is_found_in_every_encoding_and_only_where_it_is() {
        let [plain, little, big] = encodings(WORD);
        let other = b"Gezeite".to_vec();
        let files =
            [("big", inside(&big)), ("little", inside(&little)), ("other", other), ("plain", inside(&plain))];
        assert_eq!(found_in(&files), ["big", "little", "plain"]);
    }

    #[test]
    fn a_word_is_found_in_the_name_of_a_file() {
        assert_eq!(found_in(&[("of Gezeiten.txt", Vec::new()), ("other", Vec::new())]), ["of Gezeiten.txt"]);
    }

    #[test]
    fn a_word_is_found_where_it_is_packed() {
        let filler: Vec<String> = (0..400).map(|n| format!("Ebbe {}", n * 7_919)).collect();
        let text = format!("{} und {WORD}", filler.join(" "));
        let level = flate2::Compression::default();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), level);
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), level);
        gzip.write_all(text.as_bytes()).expect("written to memory");
        zlib.write_all(text.as_bytes()).expect("written to memory");
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a", zip::write::SimpleFileOptions::default()).expect("written to memory");
        zip.write_all(text.as_bytes()).expect("written to memory");
        let files = [
            ("gzip", inside(&gzip.finish().expect("written to memory"))),
            ("zip", inside(&zip.finish().expect("written to memory").into_inner())),
            ("zlib", inside(&zlib.finish().expect("written to memory"))),
            ("zstd", inside(&zstd::encode_all(text.as_bytes(), 3).expect("written to memory"))),
        ];
        assert!(files.iter().all(|(_, packed)| !contains(packed, WORD)), "packing hides the word");
        assert_eq!(found_in(&files), ["gzip", "zip", "zlib", "zstd"]);
    }
}
