//! An invented export with words in it that stand nowhere else, so that a search of the disk for them means something.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use thinline_sample::{Plan, spotify_zip};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A Spotify history on the person's desk.
#[derive(Debug, Clone)]
pub struct Planted {
    /// The archive.
    pub archive: PathBuf,
    /// Rows in it.
    pub rows: u64,
    /// Different records among them.
    pub records: u64,
}

/// When the generated rows end: 2025-03-03, in the evening. The planted ones come after.
const UNTIL: i64 = 1_741_028_399;

/// The file that the planted rows stand in. Its name is a planted word, too.
const MEMBER: &str = "Spotify Extended Streaming History/Streaming_History_Audio_2025_Zwischenhoch.json";

impl Planted {
    /// Title of the newest row of the archive.
    pub const TITLE: &str = "Quastenflosser im Zwielicht";
    /// Who plays it.
    pub const ARTIST: &str = "Wattwurmkapelle Ebbstrand";

    /// Everything to look for. Parts of the title and name as well, written small, as an index of words would have them.
    pub const WORDS: &[&str] = &[
        Self::TITLE,
        Self::ARTIST,
        "quastenflosser",
        "wattwurmkapelle",
        "ebbstrand",
        "Schlickrutscher",
        "2001:db8:5eed:cafe::77",
        "Zwischenhoch",
        "Tidenrechner 4711",
    ];

    /// Writes it to `archive`.
    #[track_caller]
    pub fn write(archive: &Path) -> Self {
        let mut zip = Cursor::new(Vec::new());
        let plan = Plan { seed: 29, rows: 600, until: UNTIL, years: 2 };
        let written = spotify_zip(&mut zip, &plan).expect("an archive can be made in memory");
        let rows = ["2025-03-04T18:20:11Z", "2025-03-04T18:26:40Z"].map(row);
        let mut zip = ZipWriter::new_append(zip).expect("the archive can be added to");
        zip.start_file(MEMBER, SimpleFileOptions::default()).expect("a file can be added");
        zip.write_all(format!("[{}]", rows.join(",")).as_bytes()).expect("the archive can be written");
        let bytes = zip.finish().expect("the archive can be closed").into_inner();
        fs::write(archive, bytes).expect("the archive can be written");
        Self { archive: archive.to_owned(), rows: written.rows + 2, records: written.records + 2 }
    }
}

fn row(ended: &str) -> String {
    format!(
        "{{\"ts\":\"{ended}\",\"platform\":\"Tidenrechner 4711\",\"ms_played\":187340,\"conn_country\":\"NL\",\
         \"ip_addr\":\"2001:db8:5eed:cafe::77\",\"master_metadata_track_name\":\"{}\",\
         \"master_metadata_album_artist_name\":\"{}\",\"master_metadata_album_album_name\":\"Schlickrutscher\",\
         \"spotify_track_uri\":\"spotify:track:0000000000000000000077\",\"episode_name\":null,\
         \"episode_show_name\":null,\"spotify_episode_uri\":null,\"reason_start\":\"trackdone\",\
         \"reason_end\":\"trackdone\",\"shuffle\":false,\"skipped\":false,\"offline\":false,\
         \"offline_timestamp\":null,\"incognito_mode\":false}}",
        Planted::TITLE,
        Planted::ARTIST
    )
}
