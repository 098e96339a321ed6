//! Small archives that are broken, locked, foreign or odd, for tests of bad input.

use crate::{Plan, pack::Pack, spotify_zip};
use std::io::{self, Cursor};

const UNTIL: i64 = 1_741_000_000;

macro_rules! damages {
    ($($(#[doc = $doc:literal])+ $name:ident),+ $(,)?) => {
        /// What is wrong with an archive.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Damage { $($(#[doc = $doc])+ $name),+ }

        impl Damage {
            /// Every sort of damage.
            pub const ALL: &'static [Damage] = &[$(Damage::$name),+];
        }
    };
}

damages! {
    /// A Spotify history whose last third is missing, and with it the directory.
    TruncatedZip,
    /// A Spotify history whose members are marked as encrypted.
    EncryptedZip,
    /// Text; no archive at all.
    NotAnArchive,
    /// No bytes.
    EmptyFile,
    /// An archive without members.
    EmptyZip,
    /// An archive of a service that nobody knows.
    UnknownService,
    /// A Spotify history of empty lists and a Netflix-like table of a header alone: known, but no row in it.
    NoReadableRows,
    /// A Netflix table with a byte order mark before a quoted header, line breaks inside quotes and CRLF: 3 views.
    BomAndQuotedNewlines,
    /// A Netflix table of 4 views: two with dates that are none (`unknown`, the year 9999), an impossible day, a good one.
    UnreadableDates,
    /// A Netflix table of 4 views with a short row, a long row, an empty line and bytes that are no UTF-8.
    RaggedRows,
    /// A Spotify history with two files; the bytes of the first do not match its checksum.
    WrongChecksum,
    /// A Spotify history with two files; the first is compressed by a method that nobody uses.
    UnknownMethod,
    /// A Spotify history whose second list breaks off inside a row (2 good rows before), beside a good file (1 row).
    BrokenJson,
    /// Members named `../...`, `/...` and `C:\...`, beside one good file of 1 row.
    PathTricks,
    /// One member of 64 MB of zeros, packed a thousand to one, named as a Spotify history.
    Bomb,
}

/// An archive with this damage; the same bytes every time.
///
/// # Errors
/// None is expected: everything is written to memory.
pub fn damaged(kind: Damage) -> io::Result<Vec<u8>> {
    Ok(match kind {
        Damage::TruncatedZip => {
            let mut zip = history(400)?;
            zip.truncate(zip.len() * 2 / 3);
            zip
        }
        Damage::EncryptedZip => marked_encrypted(history(40)?),
        Damage::NotAnArchive => b"This is a letter, not an archive.\n".repeat(40),
        Damage::EmptyFile => Vec::new(),
        Damage::EmptyZip => archive(&[])?,
        Damage::UnknownService => archive(&[
            ("Your Example Data/Profile.json", b"{\"name\":\"Robin\"}".as_slice()),
            ("Your Example Data/visits.csv", b"when,where\n2025-03-02,Kelder\n"),
        ])?,
        Damage::NoReadableRows => archive(&[(AUDIO, b"[]".as_slice()), (VIDEO, b"[ ]\n")])?,
        Damage::BomAndQuotedNewlines => netflix(BOM_TABLE)?,
        Damage::UnreadableDates => netflix(DATES_TABLE)?,
        Damage::RaggedRows => netflix(RAGGED_TABLE)?,
        Damage::WrongChecksum => wrong_checksum(two_histories()?),
        Damage::UnknownMethod => unknown_method(two_histories()?),
        Damage::BrokenJson => broken_json()?,
        Damage::PathTricks => path_tricks()?,
        Damage::Bomb => bomb()?,
    })
}

const AUDIO: &str = "Spotify Extended Streaming History/Streaming_History_Audio_2024-2025.json";
const VIDEO: &str = "Spotify Extended Streaming History/Streaming_History_Video_2025.json";
const VIEWS: &str = "CONTENT_INTERACTION/ViewingActivity.csv";

const BOM_TABLE: &[u8] = b"\xef\xbb\xbf\"Profile Name\",\"Start Time\",\"Duration\",\"Attributes\",\"Title\",\
\"Supplemental Video Type\",\"Device Type\",\"Bookmark\",\"Latest Bookmark\",\"Country\"\r\n\
Robin,2025-03-02 20:14:07,00:41:53,,\"Saltmarsh: Season 1: Low\r\nTide (Episode 2)\",,Smart TV,00:41:53,00:41:53,NL (Netherlands)\r\n\
\"Robin\",2025-03-01 20:14:07,00:41:53,,\"The \"\"Glass\"\" Ferryman, Part Two\",,Smart TV,00:41:53,00:41:53,NL (Netherlands)\r\n\
Robin,2025-02-28 20:14:07,00:00:21,\"Autoplayed: user action: None; \",Saltmarsh: Season 1 (Trailer),TRAILER,Smart TV,00:00:21,Not latest view,NL (Netherlands)\r\n";

const DATES_TABLE: &[u8] = b"Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,\
Bookmark,Latest Bookmark,Country\n\
Robin,unknown,00:41:53,,Saltmarsh: Season 1: Low Tide (Episode 2),,Smart TV,00:41:53,00:41:53,NL (Netherlands)\n\
Robin,9999-12-31 23:59:59,00:41:53,,Nine Winters: Limited Series: Fog (Episode 1),,Smart TV,00:41:53,00:41:53,NL (Netherlands)\n\
Robin,2025-02-30 20:14:07,00:41:53,,The Glass Ferryman: Season 1: Salt (Episode 3),,Smart TV,00:41:53,00:41:53,NL (Netherlands)\n\
Robin,2025-02-27 20:14:07,00:41:53,,Cold Platform: Season 1: Thin Ice (Episode 4),,Smart TV,00:41:53,00:41:53,NL (Netherlands)\n";

const RAGGED_TABLE: &[u8] = b"Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,\
Bookmark,Latest Bookmark,Country\n\
Robin,2025-03-02 20:14:07,00:41:53,,Saltmarsh: Season 1: Low Tide (Episode 2)\n\
\n\
Robin,2025-03-01 20:14:07,00:41:53,,Knots: Season 1: Salt (Episode 1),,Smart TV,00:41:53,00:41:53,NL (Netherlands),more,and more\n\
Robin,2025-02-28 20:14:07,00:41:53,,The \xff\xfe Ferryman,,Smart TV,00:41:53,00:41:53,NL (Netherlands)\n\
Robin,2025-02-27 20:14:07,00:41:53,,Cold Platform: Season 1: Thin Ice (Episode 4),,Smart TV,00:41:53,00:41:53,NL (Netherlands)\n";

fn archive(files: &[(&str, &[u8])]) -> io::Result<Vec<u8>> {
    let mut pack = Pack::new(Cursor::new(Vec::new()), UNTIL);
    for (path, bytes) in files {
        pack.file(path, bytes)?;
    }
    Ok(pack.finish()?.into_inner())
}

fn bomb() -> io::Result<Vec<u8>> {
    let mut pack = Pack::new(Cursor::new(Vec::new()), UNTIL).tight();
    pack.file(AUDIO, &vec![0_u8; 64 << 20])?;
    Ok(pack.finish()?.into_inner())
}

fn netflix(table: &[u8]) -> io::Result<Vec<u8>> {
    archive(&[(VIEWS, table), ("CLICKSTREAM/Clickstream.txt", b"There is no data to show for this file.")])
}

fn history(rows: u64) -> io::Result<Vec<u8>> {
    let mut zip = Cursor::new(Vec::new());
    spotify_zip(&mut zip, &Plan { seed: 5, rows, until: UNTIL, years: 1 })?;
    Ok(zip.into_inner())
}

fn row(ts: &str, track: &str) -> String {
    format!(
        "{{\"ts\":\"{ts}\",\"platform\":\"ios\",\"ms_played\":187340,\"conn_country\":\"NL\",\"ip_addr\":\"192.0.2.10\",\
         \"master_metadata_track_name\":\"{track}\",\"master_metadata_album_artist_name\":\"The Example Tides\",\
         \"master_metadata_album_album_name\":\"Ebb\",\"spotify_track_uri\":\"spotify:track:0000000000000000000000\",\
         \"episode_name\":null,\"episode_show_name\":null,\"spotify_episode_uri\":null,\"reason_start\":\"trackdone\",\
         \"reason_end\":\"trackdone\",\"shuffle\":false,\"skipped\":false,\"offline\":false,\
         \"offline_timestamp\":1714977483,\"incognito_mode\":false}}"
    )
}

/// Two files of one row each.
fn two_histories() -> io::Result<Vec<u8>> {
    let audio = format!("[{}]", row("2025-03-02T06:41:10Z", "Low Water"));
    let video = format!("[{}]", row("2025-03-02T07:41:10Z", "High Water"));
    archive(&[(AUDIO, audio.as_bytes()), (VIDEO, video.as_bytes())])
}

fn broken_json() -> io::Result<Vec<u8>> {
    let good = format!("[{}]", row("2025-03-02T06:41:10Z", "Low Water"));
    let mut broken = format!(
        "[{},{},{}]",
        row("2025-03-02T07:41:10Z", "High Water"),
        row("2025-03-02T08:41:10Z", "Slack Water"),
        row("2025-03-02T09:41:10Z", "Spring Tide")
    );
    broken.truncate(broken.len() - 120);
    archive(&[(AUDIO, good.as_bytes()), (VIDEO, broken.as_bytes())])
}

fn path_tricks() -> io::Result<Vec<u8>> {
    let good = format!("[{}]", row("2025-03-02T06:41:10Z", "Low Water"));
    let names = [
        AUDIO,
        "aa/aa/Streaming_History_Audio_1.json",
        "b/Streaming_History_Audio_2.json",
        "cccStreaming_History_Audio_3.json",
    ];
    let files: Vec<(&str, &[u8])> = names.into_iter().map(|name| (name, good.as_bytes())).collect();
    let mut zip = archive(&files)?;
    // Written under harmless names of the same length, then renamed: a decent writer refuses the others.
    replace(&mut zip, b"aa/aa/Streaming", b"../../Streaming");
    replace(&mut zip, b"b/Streaming_History_Audio_2", b"/xStreaming_History_Audio_2");
    replace(&mut zip, b"cccStreaming", b"C:\\Streaming");
    Ok(zip)
}

fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    let mut at = 0;
    while at + from.len() <= bytes.len() {
        if &bytes[at..at + from.len()] == from {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
        at += 1;
    }
}

/// Calls `change` with the offset of each header and how far its fields are moved: the local header has flags at
/// 6, the directory's at 8, because it begins with one more version.
fn each_header(zip: &mut [u8], mut change: impl FnMut(&mut [u8], usize, usize)) {
    let (mut local, mut central) = (0, 0);
    for at in 0..zip.len().saturating_sub(4) {
        match &zip[at..at + 4] {
            b"PK\x03\x04" => {
                change(&mut zip[at..], local, 0);
                local += 1;
            }
            b"PK\x01\x02" => {
                change(&mut zip[at..], central, 2);
                central += 1;
            }
            _ => {}
        }
    }
}

fn marked_encrypted(mut zip: Vec<u8>) -> Vec<u8> {
    each_header(&mut zip, |header, _, shift| header[6 + shift] |= 1);
    zip
}

fn unknown_method(mut zip: Vec<u8>) -> Vec<u8> {
    each_header(&mut zip, |header, nth, shift| {
        if nth == 0 {
            header[8 + shift..10 + shift].copy_from_slice(&77_u16.to_le_bytes());
        }
    });
    zip
}

fn wrong_checksum(mut zip: Vec<u8>) -> Vec<u8> {
    each_header(&mut zip, |header, nth, shift| {
        if nth == 0 {
            header[14 + shift] ^= 0xff;
        }
    });
    zip
}
