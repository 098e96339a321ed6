//! Invented exports to import: plays of an extended history in folders, several files each, that overlap as asked for.
//!
//! Written here and not with `thinline-sample`, which this crate cannot depend on; a few fields are enough for an import that
//! writes several transactions. What would surprise: the same range of numbers is the same plays, in whichever file.

use super::failed;
use crate::command::Failure;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::Path;

/// A folder as the service's archive unpacks to, with these plays in files of 150 at most.
pub fn plays(folder: &Path, plays: Range<u32>) -> Result<(), Failure> {
    let inside = folder.join("Spotify Extended Streaming History");
    let cannot = |_| failed("an invented export cannot be written");
    fs::create_dir_all(&inside).map_err(cannot)?;
    let all: Vec<u32> = plays.collect();
    for (part, numbers) in all.chunks(all.len().div_ceil(4).max(1)).enumerate() {
        let rows: Vec<String> = numbers.iter().map(|number| play(*number)).collect();
        let name = format!("Streaming_History_Audio_{}_{part}.json", 2020 + part);
        fs::write(inside.join(name), format!("[\n{}\n]\n", rows.join(",\n"))).map_err(cannot)?;
    }
    Ok(())
}

/// Three plays a day, from 2020 on.
fn play(number: u32) -> String {
    let (day, hour) = (number / 3, 7 + 5 * (number % 3));
    let (year, month, of_month) = (2020 + day / 336, 1 + day % 336 / 28, 1 + day % 28);
    let time = format!("{year}-{month:02}-{of_month:02}T{hour:02}:{:02}:{:02}Z", number % 60, number % 59);
    let (track, artist) = (number % 97, number % 13);
    let mut row = String::new();
    let _ = write!(
        row,
        r#"{{"ts":"{time}","platform":"linux","ms_played":{},"conn_country":"NZ","ip_addr":"192.0.2.{}","#,
        30_000 + number % 1000 * 137,
        number % 200,
    );
    let _ = write!(
        row,
        r#""master_metadata_track_name":"Low Water {track}","master_metadata_album_artist_name":"The Example Tides {artist}","#
    );
    let _ = write!(
        row,
        r#""master_metadata_album_album_name":"Harbor {artist}","spotify_track_uri":"spotify:track:{number:022}","#
    );
    row.push_str(r#""episode_name":null,"episode_show_name":null,"spotify_episode_uri":null,"#);
    row.push_str(r#""reason_start":"trackdone","reason_end":"trackdone","shuffle":false,"skipped":false,"#);
    row.push_str(r#""offline":false,"offline_timestamp":null,"incognito_mode":false}"#);
    row
}

/// What was watched, by two people of a household.
pub fn views(folder: &Path, views: Range<u32>) -> Result<(), Failure> {
    let inside = folder.join("CONTENT_INTERACTION");
    let cannot = |_| failed("an invented export cannot be written");
    fs::create_dir_all(&inside).map_err(cannot)?;
    let mut table = String::from(
        "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n",
    );
    for number in views {
        let (day, who) = (number / 2, ["Robin", "Kim"][number as usize % 2]);
        let (month, of_month, hour) = (1 + day % 336 / 28, 1 + day % 28, 18 + number % 2 * 3);
        let _ = writeln!(
            table,
            "{who},{}-{month:02}-{of_month:02} {hour:02}:{:02}:11,00:42:17,,\"Lighthouse: Season 1: Watch {number}\",,\
             Example TV,00:42:17,00:42:17,NZ (New Zealand)",
            2021 + day / 336,
            number % 60,
        );
    }
    fs::write(inside.join("ViewingActivity.csv"), table).map_err(cannot)
}
