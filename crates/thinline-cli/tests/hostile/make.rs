//! What cases are made of: rows of a history, zips, tars and streams, and a way to write a zip byte by byte, as no
//! honest program would.

use flate2::{Compression, write::GzEncoder};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

pub const HISTORY: &str = "MyData/endsong_0.json";

/// A play with a title; the second tells it from others.
pub fn play(second: u32, title: &str) -> String {
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!(
        r#"{{"ts":"2020-01-01T{hour:02}:{minute:02}:{second:02}Z","ms_played":1000,"master_metadata_track_name":"{title}"}}"#
    )
}

/// A history of so many plays.
pub fn plays(count: u32) -> String {
    let all: Vec<String> = (0..count).map(|at| play(at, &format!("The Example Tides {at}"))).collect();
    format!("[{}]", all.join(","))
}

pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(files, SimpleFileOptions::default())
}

pub fn zip_with(files: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

/// So many equal bytes, packed as one stream, without ever being whole in memory.
pub fn gz_of(before: &[u8], byte: u8, count: usize) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(before).unwrap();
    let block = vec![byte; 1 << 20];
    for _ in 0..count >> 20 {
        gz.write_all(&block).unwrap();
    }
    gz.finish().unwrap()
}

pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, name, *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

/// A tar of one header of this kind, with these bytes behind it.
pub fn odd_tar(kind: tar::EntryType, bytes: &[u8]) -> Vec<u8> {
    let mut header = tar::Header::new_ustar();
    header.set_entry_type(kind);
    header.set_size(bytes.len() as u64);
    header.set_path("MyData/endsong_0.json").unwrap();
    header.set_cksum();
    let mut tar = tar::Builder::new(Vec::new());
    tar.append(&header, bytes).unwrap();
    tar.append_data(&mut tar::Header::new_gnu(), "later.json", &b""[..]).unwrap();
    tar.into_inner().unwrap()
}

/// A file in a zip that is written byte by byte: what its two headers say need not be true.
#[derive(Clone)]
pub struct Raw<'a> {
    pub name: &'a [u8],
    pub local_name: &'a [u8],
    pub bytes: &'a [u8],
    pub crc: u32,
    pub packed: u32,
    pub size: u32,
    /// Bytes of the properties in the directory.
    pub extra: &'a [u8],
    /// Where the file lies; else behind the one before.
    pub at: Option<u32>,
    pub unix_mode: u32,
}

impl<'a> Raw<'a> {
    pub fn honest(name: &'a str, bytes: &'a [u8]) -> Self {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let length = bytes.len() as u32;
        let name = name.as_bytes();
        Self {
            name,
            local_name: name,
            bytes,
            crc: crc.sum(),
            packed: length,
            size: length,
            extra: b"",
            at: None,
            unix_mode: 0o100_644,
        }
    }
}

/// A zip of stored files.
pub fn raw_zip(files: &[Raw<'_>]) -> Vec<u8> {
    let (mut zip, mut list) = (Vec::new(), Vec::new());
    for file in files {
        let at = file.at.unwrap_or(zip.len() as u32);
        let numbers = |name: &[u8], extra: &[u8]| {
            let lengths = [name.len() as u16, extra.len() as u16].map(u16::to_le_bytes).concat();
            [&[file.crc, file.packed, file.size].map(u32::to_le_bytes).concat()[..], &lengths].concat()
        };
        if file.at.is_none() {
            zip.extend_from_slice(b"PK\x03\x04\x14\0\0\0\0\0\0\0\x21\x50");
            zip.extend_from_slice(&numbers(file.local_name, b""));
            zip.extend_from_slice(file.local_name);
            zip.extend_from_slice(file.bytes);
        }
        list.extend_from_slice(b"PK\x01\x02\x14\x03\x14\0\0\0\0\0\0\0\x21\x50");
        list.extend_from_slice(&numbers(file.name, file.extra));
        list.extend_from_slice(&[0; 6]);
        list.extend_from_slice(&(file.unix_mode << 16).to_le_bytes());
        list.extend_from_slice(&at.to_le_bytes());
        list.extend_from_slice(file.name);
        list.extend_from_slice(file.extra);
    }
    let start = zip.len() as u32;
    let count = (files.len() as u16).to_le_bytes();
    zip.extend_from_slice(&list);
    zip.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    zip.extend_from_slice(&[count, count].concat());
    zip.extend_from_slice(&(list.len() as u32).to_le_bytes());
    zip.extend_from_slice(&start.to_le_bytes());
    zip.extend_from_slice(&[0, 0]);
    zip
}
