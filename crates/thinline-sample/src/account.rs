//! Writes Spotify's "Account data" package of the same listener as `spotify_zip` of the same plan.
//!
//! Its streaming history holds the last year's plays of that history, to the minute: `told_twice` of the totals says how
//! many of its facts the extended history tells too. What carries only a date lies between the first and the last play.

use crate::{
    Plan, Written, clock, inferences,
    json::{Json, object},
    music::{Music, What, person, uri},
    pack::{PDF, Pack},
    pick,
    plays::{Play, Plays},
    rng, words,
};
use std::{
    collections::HashSet,
    io::{self, Seek, Write},
};

const ROOT: &str = "Spotify Account Data";
/// Rows of one page of the streaming history.
const PAGE: usize = 10_000;

/// Writes the account data package.
///
/// # Errors
/// If `w` cannot be written, or the plan has more rows than its years have room for (`TooDense`).
pub fn spotify_account_zip(w: impl Write + Seek, plan: &Plan) -> io::Result<Written> {
    let music = Music::new(plan.seed);
    let mut package = Package { pack: Pack::new(w, plan.until), written: Written::default() };
    guesses(&mut package, plan, &music)?;
    about_the_person(&mut package, plan)?;
    searches(&mut package, plan, &music)?;
    library(&mut package, plan, &music)?;
    playlists(&mut package, plan, &music)?;
    history(&mut package, plan, &music)?;
    package.pack.file(&format!("{ROOT}/Read_Me_First.pdf"), PDF)?;
    package.written.other(&format!("{ROOT}/Read_Me_First.pdf"), 0);
    package.pack.finish()?;
    Ok(package.written)
}

struct Package<W: Write + Seek> {
    pack: Pack<W>,
    written: Written,
}

impl<W: Write + Seek> Package<W> {
    fn json(&mut self, name: &str, value: &Json) -> io::Result<String> {
        let path = format!("{ROOT}/{name}");
        serde_json::to_writer_pretty(self.pack.start(&path)?, value)?;
        Ok(path)
    }

    /// Writes a file of so many rows, which hold so many distinct facts.
    fn counted(&mut self, name: &str, rows: usize, facts: usize, value: &Json) -> io::Result<()> {
        let path = self.json(name, value)?;
        self.written.file(&path, rows as u64, facts as u64);
        Ok(())
    }
}

fn guesses<W: Write + Seek>(package: &mut Package<W>, plan: &Plan, music: &Music) -> io::Result<()> {
    let labels = inferences::labels(plan.seed);
    let path = package.json("Inferences.json", &object! { "inferences": labels.clone() })?;
    // The last label is a copy of the first.
    package.written.file(&path, labels.len() as u64, labels.len() as u64 - 1);
    package.written.repeated += 1;

    let mut rng = rng(plan.seed, "marquee", 0);
    let segment = |rank: usize| match rank {
        ..6 => "Super Listeners",
        6..30 => "Moderate listeners",
        30..90 => "Light listeners",
        _ => "Previously Active Listeners",
    };
    let mut ranked: Vec<_> = music.artists.iter().take(150).enumerate().collect();
    rng.shuffle(&mut ranked);
    let rows: Vec<Json> = ranked
        .into_iter()
        .map(|(rank, artist)| object! { "artistName": &artist.name, "segment": segment(rank) })
        .collect();
    let path = package.json("Marquee.json", &Json::from(rows))?;
    package.written.file(&path, 150, 150);
    Ok(())
}

fn about_the_person<W: Write + Seek>(package: &mut Package<W>, plan: &Plan) -> io::Result<()> {
    let joined = clock::date(plan.until - i64::from(plan.years.max(1)) * 365 * clock::DAY);
    // No member is null: a row without content would be skipped, and these totals know only copies as skipped rows.
    let user = object! {
        "username": "robin-example", "email": "robin@example.org", "country": "NL", "createdFromFacebook": true,
        "facebookUid": "000000000000001", "birthdate": "1988-02-11", "gender": "male", "postalCode": "0000 XX",
        "mobileNumber": "+00 000 000", "mobileOperator": "Example Mobile", "mobileBrand": "Example",
        "creationTime": &joined,
    };
    package.counted("Userdata.json", 12, 12, &user)?;
    let identity = object! {
        "displayName": "Robin", "firstName": "Robin", "lastName": "Example",
        "imageUrl": "https://images.example.org/robin", "largeImageUrl": "https://images.example.org/robin-large",
        "tasteMaker": false, "verified": false,
    };
    package.counted("Identity.json", 7, 7, &identity)?;
    let identifiers = object! { "identifierType": "EMAIL", "identifierValue": "robin@example.org" };
    package.counted("Identifiers.json", 1, 1, &identifiers)?;
    let follow = object! { "followerCount": 3, "followingUsersCount": 2, "dismissingUsersCount": 0 };
    package.counted("Follow.json", 1, 1, &follow)?;
    let paid_since = plan.until - 200 * clock::DAY;
    package.written.in_year(paid_since);
    let payment = object! {
        "payment_method": "Example Pay ending in 0000", "creation_date": clock::date(paid_since), "country": "NL",
        "postal_code": "0000 XX",
    };
    package.counted("Payments.json", 1, 1, &payment)
}

/// Every state of the search field is logged: "h", "ha", "har".
fn searches<W: Write + Seek>(package: &mut Package<W>, plan: &Plan, music: &Music) -> io::Result<()> {
    let mut rng = rng(plan.seed, "account searches", 0);
    let mut rows = Vec::new();
    let mut at = plan.until - 89 * clock::DAY;
    while at < plan.until - clock::DAY {
        let artist = pick(&mut rng, &music.artists[..120]);
        let typed: Vec<char> = artist.name.to_lowercase().chars().collect();
        let full = rng.usize(2..=typed.len().min(9));
        let platform = *pick(&mut rng, &["IPHONE_ARM64", "IPHONE_ARM64", "OSX_X86_64", "WEB_PLAYER", ""]);
        for upto in (2..=full).step_by(2) {
            let found = if upto + 2 > full { vec![artist.uri.as_str()] } else { Vec::new() };
            let time = clock::iso(at).replace('Z', &format!(".{:03}Z[UTC]", rng.u32(..1_000)));
            let query: String = typed[..upto].iter().collect();
            rows.push(object! {
                "platform": platform, "searchTime": time, "searchQuery": query, "searchInteractionURIs": found,
            });
            package.written.dated(at, 0);
            at += rng.i64(1..3);
        }
        at += rng.i64(5 * 3_600..60 * 3_600);
    }
    package.counted("SearchQueries.json", rows.len(), rows.len(), &Json::from(rows))
}

fn library<W: Write + Seek>(package: &mut Package<W>, plan: &Plan, music: &Music) -> io::Result<()> {
    let mut rng = rng(plan.seed, "library", 0);
    let (mut tracks, mut albums) = (Vec::new(), Vec::new());
    for artist in music.artists.iter().take(140) {
        for album in &artist.albums {
            let first = &music.items[album.start];
            if rng.u8(..5) == 0 {
                albums.push(
                    object! { "artist": &artist.name, "album": &first.from, "uri": uri(&mut rng, "album") },
                );
            }
            for item in &music.items[album.clone()] {
                if rng.u8(..14) == 0 {
                    tracks.push(object! { "artist": &item.by, "album": &item.from, "track": &item.title, "uri": &item.uri });
                }
            }
        }
    }
    let shows: Vec<Json> = words::PODCASTS[..7]
        .iter()
        .map(|(name, publisher)| object! { "name": *name, "publisher": *publisher, "uri": uri(&mut rng, "show") })
        .collect();
    let artists: Vec<Json> = music
        .artists
        .iter()
        .take(38)
        .map(|artist| object! { "name": &artist.name, "uri": &artist.uri })
        .collect();
    let banned = &music.items[music.artists[200].albums[0].start];
    let banned =
        object! { "artist": &banned.by, "album": &banned.from, "track": &banned.title, "uri": &banned.uri };
    let count = tracks.len() + albums.len() + shows.len() + artists.len() + 1;
    let library = object! {
        "tracks": tracks, "albums": albums, "shows": shows, "episodes": Vec::<Json>::new(),
        "bannedTracks": vec![banned],
        "artists": artists, "bannedArtists": Vec::<Json>::new(), "other": Vec::<Json>::new(),
    };
    package.counted("YourLibrary.json", count, count, &library)
}

fn playlists<W: Write + Seek>(package: &mut Package<W>, plan: &Plan, music: &Music) -> io::Result<()> {
    const NAMES: &[&str] =
        &["Kitchen", "Saturday, slowly", "Bike 🚲", "für Oma", "sleep", "New Year’s Eve", "to check"];
    let mut rng = rng(plan.seed, "playlists", 0);
    let mut rows = 0;
    let latest = plan.until - 30 * clock::DAY;
    let mut facts = HashSet::new();
    let mut lists = Vec::new();
    for name in NAMES {
        let mut added = plan.until - rng.i64(300..330) * clock::DAY;
        let mut items = Vec::new();
        for _ in 0..rng.usize(12..60) {
            let artist = &music.artists[rng.usize(..90)];
            let album = pick(&mut rng, &artist.albums).clone();
            let item = &music.items[rng.usize(album)];
            added = (added + rng.i64(0..6) * clock::DAY).min(latest);
            if facts.insert((*name, item.uri.as_str(), clock::date(added))) {
                package.written.in_year(added);
            }
            let track = object! {
                "trackName": &item.title, "artistName": &item.by, "albumName": &item.from, "trackUri": &item.uri,
            };
            items.push(object! {
                "track": track,
                "episode": (), "audiobook": (), "localTrack": (), "addedDate": clock::date(added),
            });
        }
        rows += items.len();
        package.written.in_year(added);
        lists.push(object! {
            "name": *name, "lastModifiedDate": clock::date(added), "collaborators": Vec::<Json>::new(), "items": items,
            "description": (), "numberOfFollowers": rng.u32(..3),
        });
    }
    let owner = person(&mut rng);
    package.written.in_year(latest);
    lists.push(object! {
        "name": format!("{owner} & Robin"), "lastModifiedDate": clock::date(latest), "collaborators": vec![owner],
        "items": Vec::<Json>::new(), "description": "for the drive to Varnholm", "numberOfFollowers": 1,
    });
    package.written.repeated += (rows - facts.len()) as u64;
    let (rows, facts) = (rows + lists.len(), facts.len() + lists.len());
    package.counted("Playlist1.json", rows, facts, &object! { "playlists": lists })
}

/// The last year's plays: music, podcasts and books in files of their own, 10,000 rows each.
fn history<W: Write + Seek>(package: &mut Package<W>, plan: &Plan, music: &Music) -> io::Result<()> {
    let mut pages = ["music", "podcast", "audiobook"].map(Page::new);
    let from = plan.until - 365 * clock::DAY;
    // Two plays of one length that end in one minute are one fact here, though the extended history tells them apart.
    let mut told = HashSet::new();
    for play in Plays::new(plan, music)?.filter(|play| play.end > from && !play.video) {
        let Some(number) = play.item else {
            continue;
        };
        let item = &music.items[number];
        let page = &mut pages[item.what as usize];
        page.rows.push(short_row(&play, item));
        let minute = play.end.div_euclid(60) * 60;
        if told.insert((number, minute, play.ms)) {
            page.facts += 1;
            package.written.told_twice += 1;
            let start = (minute * 1_000 - i64::from(play.ms)).div_euclid(1_000);
            package.written.dated(start, u64::from(play.ms));
        } else {
            package.written.repeated += 1;
        }
        if page.rows.len() == PAGE {
            page.flush(package)?;
        }
    }
    pages.iter_mut().try_for_each(|page| page.flush(package))
}

/// One file of the streaming history after the other.
struct Page {
    word: &'static str,
    number: u32,
    rows: Vec<Json>,
    facts: usize,
}

impl Page {
    fn new(word: &'static str) -> Self {
        Self { word, number: 0, rows: Vec::new(), facts: 0 }
    }

    fn flush<W: Write + Seek>(&mut self, package: &mut Package<W>) -> io::Result<()> {
        let (rows, facts) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.facts));
        if rows.is_empty() {
            return Ok(());
        }
        let name = format!("StreamingHistory_{}_{}.json", self.word, self.number);
        self.number += 1;
        package.counted(&name, rows.len(), facts, &Json::from(rows))
    }
}

fn short_row(play: &Play, item: &crate::music::Item) -> Json {
    let end = clock::minute(play.end);
    match item.what {
        What::Track => {
            object! { "endTime": end, "artistName": &item.by, "trackName": &item.title, "msPlayed": play.ms }
        }
        What::Episode => {
            object! { "endTime": end, "podcastName": &item.by, "episodeName": &item.title, "msPlayed": play.ms }
        }
        What::Chapter => object! {
            "endTime": end, "audiobookName": &item.by, "chapterName": &item.title, "authorName": &item.from,
            "msPlayed": play.ms,
        },
    }
}
