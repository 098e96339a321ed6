//! Writes Spotify's "Account data" package of the same listener as `spotify_zip` of the same plan.
//!
//! Its streaming history holds the last year's plays of that history, to the minute. The totals cover the guesses
//! (`Inferences.json`) and the artist segments (`Marquee.json`), which carry no date; the rest is in `other_files`.

use crate::{
    Plan, Written, clock, inferences,
    json::{Json, object},
    music::{Music, What, person, uri},
    pack::{PDF, Pack},
    pick,
    plays::{Play, Plays},
    rng, words,
};
use std::io::{self, Seek, Write};

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

    fn other(&mut self, name: &str, rows: usize, value: &Json) -> io::Result<()> {
        let path = self.json(name, value)?;
        self.written.other(&path, rows as u64);
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
    let user = object! {
        "username": "robin-example", "email": "robin@example.org", "country": "NL", "createdFromFacebook": false,
        "facebookUid": (), "birthdate": "1988-02-11", "gender": "male", "postalCode": "0000 XX", "mobileNumber": (),
        "mobileOperator": (), "mobileBrand": (), "creationTime": &joined,
    };
    package.other("Userdata.json", 1, &user)?;
    let identity = object! {
        "displayName": "Robin", "firstName": "Robin", "lastName": (), "imageUrl": (), "largeImageUrl": (),
        "tasteMaker": false, "verified": false,
    };
    package.other("Identity.json", 1, &identity)?;
    package.other(
        "Identifiers.json",
        1,
        &object! { "identifierType": "EMAIL", "identifierValue": "robin@example.org" },
    )?;
    let follow = object! {
        "userIsFollowing": vec!["noor-example", "kelder-choir"], "userIsFollowedBy": vec!["noor-example"], "userIsBlocking": Vec::<Json>::new(),
    };
    package.other("Follow.json", 3, &follow)?;
    let payment = object! {
        "payment_method": "Example Pay ending in 0000", "creation_date": &joined, "country": "NL",
        "postal_code": "0000 XX",
    };
    package.other("Payments.json", 1, &payment)
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
            at += rng.i64(1..3);
        }
        at += rng.i64(5 * 3_600..60 * 3_600);
    }
    package.other("SearchQueries.json", rows.len(), &Json::from(rows))
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
    package.other("YourLibrary.json", count, &library)
}

fn playlists<W: Write + Seek>(package: &mut Package<W>, plan: &Plan, music: &Music) -> io::Result<()> {
    const NAMES: &[&str] =
        &["Kitchen", "Saturday, slowly", "Bike 🚲", "für Oma", "sleep", "New Year’s Eve", "to check"];
    let mut rng = rng(plan.seed, "playlists", 0);
    let mut count = 0;
    let mut lists = Vec::new();
    for name in NAMES {
        let mut added = plan.until - rng.i64(400..900) * clock::DAY;
        let mut items = Vec::new();
        for _ in 0..rng.usize(12..60) {
            let artist = &music.artists[rng.usize(..90)];
            let album = pick(&mut rng, &artist.albums).clone();
            let item = &music.items[rng.usize(album)];
            added += rng.i64(0..6) * clock::DAY;
            let track = object! {
                "trackName": &item.title, "artistName": &item.by, "albumName": &item.from, "trackUri": &item.uri,
            };
            items.push(object! {
                "track": track,
                "episode": (), "audiobook": (), "localTrack": (), "addedDate": clock::date(added.min(plan.until)),
            });
        }
        count += items.len();
        lists.push(object! {
            "name": *name, "lastModifiedDate": clock::date(added.min(plan.until)), "collaborators": Vec::<Json>::new(), "items": items,
            "description": (), "numberOfFollowers": rng.u32(..3),
        });
    }
    let owner = person(&mut rng);
    lists.push(object! {
        "name": format!("{owner} & Robin"), "lastModifiedDate": clock::date(plan.until), "collaborators": vec![owner],
        "items": Vec::<Json>::new(), "description": "for the drive to Varnholm", "numberOfFollowers": 1,
    });
    package.other("Playlist1.json", count, &object! { "playlists": lists })
}

/// The last year's plays: music, podcasts and books in files of their own, 10,000 rows each.
fn history<W: Write + Seek>(package: &mut Package<W>, plan: &Plan, music: &Music) -> io::Result<()> {
    let mut pages: [(&str, u32, Vec<Json>); 3] =
        [("music", 0, Vec::new()), ("podcast", 0, Vec::new()), ("audiobook", 0, Vec::new())];
    let from = plan.until - 365 * clock::DAY;
    for play in Plays::new(plan, music)?.filter(|play| play.end > from && !play.video) {
        let Some(item) = play.item.map(|item| &music.items[item]) else {
            continue;
        };
        let page = &mut pages[item.what as usize];
        page.2.push(short_row(&play, item));
        if page.2.len() == PAGE {
            flush(package, page)?;
        }
    }
    for page in &mut pages {
        flush(package, page)?;
    }
    Ok(())
}

fn flush<W: Write + Seek>(package: &mut Package<W>, page: &mut (&str, u32, Vec<Json>)) -> io::Result<()> {
    let rows = std::mem::take(&mut page.2);
    if rows.is_empty() {
        return Ok(());
    }
    let name = format!("StreamingHistory_{}_{}.json", page.0, page.1);
    page.1 += 1;
    package.other(&name, rows.len(), &Json::from(rows))
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
