//! "Is this word in any file?" For the promise that nothing imported lies on the disk unencrypted.

use std::fs;
use std::path::{Path, PathBuf};

use memchr::memmem;

/// A word that was found where none should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The file.
    pub file: PathBuf,
    /// The word in it.
    pub word: String,
}

/// Every file under `folder` that contains one of the words as UTF-8 or UTF-16 of either order. A file that cannot be read is a
/// failure, not an absence. Compressed and encrypted content is not looked into.
pub fn find_traces(folder: &Path, words: &[&str]) -> Vec<Trace> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let kind = entry.file_type().expect("a file has a kind");
        if kind.is_dir() {
            found.extend(find_traces(&entry.path(), words));
        } else if kind.is_file() {
            let content = match fs::read(entry.path()) {
                Ok(content) => content,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue, // gone since it was listed
                Err(error) => panic!("{} cannot be searched: {error}", entry.path().display()),
            };
            let hits = words
                .iter()
                .filter(|word| encodings(word).iter().any(|form| memmem::find(&content, form).is_some()));
            found.extend(hits.map(|word| Trace { file: entry.path(), word: (*word).to_owned() }));
        }
    }
    found
}

fn encodings(word: &str) -> [Vec<u8>; 3] {
    let utf16 = |order: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(order).collect();
    [word.as_bytes().to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_every_encoding_and_only_where_it_is() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let deep = folder.path().join("a/b");
        fs::create_dir_all(&deep).expect("folders can be made");
        let files =
            [("plain", encodings("Gezeiten")[0].clone()), ("little", encodings("Gezeiten")[1].clone())];
        for (name, content) in &files {
            fs::write(deep.join(name), [b"\x01".as_slice(), content, b"\xff"].concat())
                .expect("a file can be written");
        }
        fs::write(deep.join("big"), &encodings("Gezeiten")[2]).expect("a file can be written");
        fs::write(deep.join("other"), "Gezeite").expect("a file can be written");
        let mut names: Vec<_> = find_traces(folder.path(), &["Gezeiten", "absent"])
            .into_iter()
            .map(|trace| trace.file.file_name().expect("a file has a name").to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(names, ["big", "little", "plain"]);
    }
}
