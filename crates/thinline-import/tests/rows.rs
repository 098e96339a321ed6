//! Rows inside rows, values of objects, rows of several recipes, what is dropped, counted or made from other fields, facts
//! that two sources tell, and whose account it is: key by key, with a catalogue made for the test.

mod support;

use support::Kept;
use thinline_catalogue::{Catalogue, CatalogueError};
use thinline_import::{
    Archive, Context, FileReport, FileState, ImportError, Limits, PartState, RowOutcome, account_id, plan,
    read_file,
};
use thinline_model::{Precision, Record, When};

const SERVICE: &str = include_str!("../../../catalogue/netflix/service.toml");

/// A recipe of JSON rows; the lines that it is given come last.
fn recipe(name: &str, rows: &str, lines: &str) -> String {
    format!(
        "[[recipe]]\nname = \"{name}\"\nfiles = [\"things.json\"]\nreader = \"json\"\nrows = \"{rows}\"\n{WORDS}{lines}\n"
    )
}

const WORDS: &str = "grade = \"fixture\"\nchecked = \"2026-11\"\nkind = \"collected\"\norigin = \"observed\"\n\
    category = \"listening\"\nparty = \"first\"\n";

fn catalogue(recipes: &str) -> Result<Catalogue, CatalogueError> {
    let recipes = format!("[defaults]\nzone = \"utc\"\nnull = [\"\"]\n{recipes}");
    Catalogue::from_texts(&[("netflix/service.toml", SERVICE), ("netflix/recipes.toml", &recipes)])
}

fn read(recipes: &str, path: &str, text: &str) -> (FileReport, Kept) {
    let catalogue = catalogue(recipes).expect("the recipes read");
    let service = &catalogue.services[0];
    let mut archive = support::folder(&[(path, text)]);
    let planned = plan(&mut archive, service).expect("plans");
    assert_eq!(planned[0].state, FileState::Read);
    let mut kept = Kept::default();
    let context = Context { service, account: "default" };
    let report = read_file(&mut archive, &planned[0], &context, &mut kept).expect("opens");
    support::reconcile(&report, &kept);
    (report, kept)
}

fn details(records: &[Record]) -> Vec<String> {
    let one = |record: &Record| {
        let detail: Vec<&str> = record.detail.iter().map(|text| &**text).collect();
        format!("{}: {}", record.title, detail.join("|"))
    };
    records.iter().map(one).collect()
}

fn refused(recipes: &str) -> String {
    catalogue(recipes).expect_err("a mistake is found").problem
}

const ITEMS: &str =
    "at = \"as-of\"\ntitle = [\"t\"]\ndetail = [\"^name\", \"^more.deep\", \"@list\", \"@file\"]";

#[test]
fn inner_rows_take_fields_of_the_element_around_them_wherever_they_stand() {
    let text = r#"{"playLists":[
        {"name":"one","items":[{"t":"a"},{"t":"b"}],"tags":["x"],"more":{"deep":7}},
        {"items":[{"t":"c"}],"name":"two"},
        {"name":"three","items":[]},
        {"name":"four"}],"other":[1]}"#;
    let (report, kept) = read(&recipe("items", "playlists[].items[]", ITEMS), "x/things.json", text);
    assert_eq!(
        details(&kept.records),
        ["a: one|7|items|things", "b: one|7|items|things", "c: two||items|things"]
    );
    let parts: Vec<_> = report.parts.iter().map(|part| (part.at.as_str(), part.rows)).collect();
    // Two outer elements give no row: each is one, skipped. Lists that nobody reads are told where they are.
    assert_eq!(parts, [("playlists[].items[]", 5), ("playLists[].tags[]", 1), ("other[]", 1)]);
    assert_eq!(report.parts[0].skipped.get("empty"), Some(&2));
    assert_eq!(kept.rows[0].original, r#"{"t":"a"}"#, "the original is the row, not what is around it");
}

#[test]
fn an_outer_element_can_be_a_row_itself() {
    let both = recipe("lists", "lists[]", "at = \"as-of\"\ntitle = [\"name\"]")
        + &recipe("items", "lists[].items[]", "at = \"as-of\"\ntitle = [\"@value\"]\ndetail = [\"^name\"]");
    let text = r#"{"lists":[{"name":"one","items":["a","b"],"unread":[1]},{"name":"two","items":[]}]}"#;
    let (report, kept) = read(&both, "things.json", text);
    assert_eq!(details(&kept.records), ["one: ", "a: one", "b: one", "two: "]);
    let parts: Vec<_> = report.parts.iter().map(|part| (part.at.as_str(), part.rows)).collect();
    assert_eq!(parts, [("lists[]", 2), ("lists[].items[]", 2)], "what is in a row is no unknown list");
}

#[test]
fn a_broken_outer_element_fails_alone() {
    let text = r#"{"playlists":[{"name":"one","items":[{"t":"a"}]},{"name":"two","items":[{"t":"b"},]!},{"items":[{"t":"c"}]}]}"#;
    let (report, kept) = read(&recipe("items", "playlists[].items[]", ITEMS), "things.json", text);
    let titles: Vec<_> = kept.records.iter().map(|record| &*record.title).collect();
    assert_eq!(titles, ["a", "b", "c"]);
    assert_eq!((report.parts[0].rows, report.parts[0].failed), (4, 1));
    assert!(report.broken.is_none());
}

#[test]
fn an_object_is_one_row_or_each_of_its_values_is() {
    let whole = recipe("one", ".", "at = \"as-of\"\ntitle = [\"a.b\"]\ndetail = [\"list[]\"]");
    let (report, kept) = read(&whole, "things.json", r#"{"a":{"b":"x"},"list":["p",null,"q"]}"#);
    assert_eq!(details(&kept.records), ["x: p; q"]);
    assert_eq!(report.parts.len(), 1);
    let each = recipe("each", "{}", "at = \"as-of\"\ntitle = [\"@key\"]\ndetail = [\"@value\", \"@json\"]");
    let (report, kept) =
        read(&each, "things.json", r#"{"Mail":"x","n":7,"none":null,"deep":{"a":[1]},"l":[]}"#);
    assert_eq!(details(&kept.records), ["Mail: x|", "n: 7|", "deep: |{\"a\":[1]}", "l: |[]"]);
    assert_eq!((report.parts[0].rows, report.parts[0].skipped.get("empty")), (5, Some(&1)));
    let inner = recipe(
        "inner",
        "{}.(x|answers)[]",
        "at = \"as-of\"\ntitle = [\"@value\"]\ndetail = [\"^@key\", \"^n\"]",
    );
    let (_, kept) = read(&inner, "things.json", r#"{"k1":{"answers":["a"],"n":1},"k2":{"X":["b"]}}"#);
    assert_eq!(details(&kept.records), ["a: k1|1", "b: k2|"]);
}

#[test]
fn an_object_or_a_list_is_read_by_whoever_names_its_form() {
    let both = recipe("one", ".", "at = \"as-of\"\ntitle = [\"m\"]")
        + &recipe("many", "[]", "at = \"as-of\"\ntitle = [\"m\"]");
    for (text, part, titles) in
        [(r#"{"m":"a"}"#, 0, vec!["a: "]), (r#"[{"m":"a"},{"m":"b"}]"#, 1, vec!["a: ", "b: "])]
    {
        let (report, kept) = read(&both, "things.json", text);
        assert_eq!(details(&kept.records), titles);
        assert_eq!((report.parts[part].rows, report.parts[1 - part].rows), (titles.len() as u64, 0));
    }
}

#[test]
fn a_second_recipe_reads_the_same_rows_and_says_so() {
    let also = format!(
        "{}[[recipe]]\nname = \"guess\"\nalso = \"things\"\n{}where = [{{ f = \"age\", present = true }}]\nat = \"as-of\"\ntitle = [\"age\"]\n",
        recipe(
            "things",
            "[]",
            "at = \"as-of\"\ntitle = [\"name\"]\nwhere = [{ f = \"name\", not = [\"hidden\"] }]"
        ),
        WORDS.replace("collected", "inferred"),
    );
    let text = r#"[{"name":"a","age":30},{"name":"b"},{"name":"hidden","age":40},{"name":"hidden"}]"#;
    let (report, kept) = read(&also, "things.json", text);
    let found: Vec<_> = kept.records.iter().map(|r| format!("{} {}", &*r.recipe, r.title)).collect();
    assert_eq!(found, ["netflix/things a", "netflix/guess 30", "netflix/things b", "netflix/guess 40"]);
    assert_eq!((report.parts.len(), report.parts[0].rows, report.parts[0].records), (1, 4, 4));
    assert_eq!(report.parts[0].skipped.get("filtered"), Some(&1));
    assert!(refused(&also.replace("also = \"things\"", "also = \"others\"")).contains("above"));
    assert!(refused(&also.replace("also = \"things\"", "also = \"things\"\nrows = \"[]\"")).contains("also"));
}

#[test]
fn what_is_dropped_is_in_no_record_and_no_original() {
    let json = recipe("things", "[]", "at = \"as-of\"\ntitle = [\"a\"]\ndrop = [\"token\", \"deep.secret\"]");
    let text =
        r#"[{"a":"x","Token":"s3cret","deep":{"secret":"s3cret","b":1}},{"token":"s3cret","a":},{"a":"y"}]"#;
    let (report, kept) = read(&json, "things.json", text);
    assert_eq!((kept.records.len(), report.parts[0].failed), (2, 1));
    assert_eq!(kept.rows[0].original, r#"{"a":"x","Token":"[dropped]","deep":{"secret":"[dropped]","b":1}}"#);
    assert!(kept.rows.iter().all(|row| !row.original.contains("s3cret")), "not of a broken row either");
    let csv = format!(
        "[[recipe]]\nname = \"lines\"\nfiles = [\"things.csv\"]\nreader = \"csv\"\n{WORDS}at = \"as-of\"\ntitle = [\"A\"]\ndrop = [\"Card\"]\n"
    );
    let (_, kept) = read(&csv, "things.csv", "A,Card,B\n\"x, y\",s3cret,1\n\"z\"\"\",\"s3cret\",\n");
    let originals: Vec<_> = kept.rows.iter().map(|row| row.original.as_str()).collect();
    assert_eq!(originals, ["\"x, y\",[dropped],1", "\"z\"\"\",[dropped],"]);
    for field in ["token", "token.deep", "@json"] {
        let reads = json.replace("title = [\"a\"]", &format!("title = [\"{field}\"]"));
        assert!(refused(&reads).contains("dropped"), "{field}");
    }
}

/// What stands for a secret in the tests below: if it is found anywhere, it was kept.
const SECRET: &str = "hunter2";

fn holds_no_secret(kept: &Kept) {
    assert!(!kept.rows.is_empty());
    for row in &kept.rows {
        assert!(!row.original.contains(SECRET), "{}", row.original);
    }
    for record in &kept.records {
        let mut texts = vec![&record.title, &record.by, &record.counterparty, &record.url, &record.raw_time];
        texts.extend(&record.detail);
        assert!(texts.iter().all(|text| !text.contains(SECRET)), "{record:?}");
    }
}

#[test]
fn passwords_and_tokens_are_dropped_whatever_the_recipe_asks_for() {
    let lines = "at = \"as-of\"\ntitle = [\"a\"]\nprivate = [\"access_token\", \"deep\", \"@json\"]";
    let text = r#"[
        {"a":"x","access_token":"hunter2","deep":{"Session Id":"hunter2"},"b":1},
        {"a":"y","url":"https://example.org/?nftoken=hunter2&c=d","e":"{\"password\":\"hunter2\"}"},
        {"a":"z","password":"hunter2","b":},
        {"a":"The Token of Low Water","access_token":null}
    ]"#;
    let (report, kept) = read(&recipe("things", "[]", lines), "things.json", text);
    holds_no_secret(&kept);
    let part = &report.parts[0];
    assert_eq!((part.records, part.failed, part.notes.get("dropped")), (3, 1, Some(&5)));
    assert_eq!(
        kept.rows[0].original,
        r#"{"a":"x","access_token":"[dropped]","deep":{"Session Id":"[dropped]"},"b":1}"#
    );
    assert_eq!(&*kept.records[0].detail[0], "[dropped]");
    assert_eq!(kept.rows[3].original, r#"{"a":"The Token of Low Water","access_token":null}"#);
    // Told twice, it is the same.
    let again: String = kept
        .rows
        .iter()
        .filter(|row| !row.original.is_empty())
        .map(|row| row.original.clone() + ",")
        .collect();
    let (report, twice) = read(&recipe("things", "[]", lines), "things.json", &format!("[{again}]"));
    assert_eq!(report.parts[0].notes.get("dropped"), None);
    let hashes = |kept: &Kept| kept.records.iter().map(|record| record.hash).collect::<Vec<_>>();
    assert_eq!(hashes(&kept), hashes(&twice));

    let csv = "Name,Web Session Id,Link,Cookies\nx,hunter2,https://example.org/?token=hunter2,accepted\ny,,,\n\"z, z\",\"hunter2\",\"{\"\"secret\"\":\"\"hunter2\"\"}\",\n";
    let lines = "[[recipe]]\nname = \"lines\"\nfiles = [\"things.csv\"]\nreader = \"csv\"\n";
    let lines = format!(
        "{lines}{WORDS}at = \"as-of\"\ntitle = [\"Name\"]\nprivate = [\"Web Session Id\"]\nurl = [\"Link\"]\n"
    );
    let (report, kept) = read(&lines, "things.csv", csv);
    holds_no_secret(&kept);
    let originals: Vec<_> = kept.rows.iter().map(|row| row.original.as_str()).collect();
    assert_eq!(
        originals,
        [
            "x,[dropped],https://example.org/?token=[dropped],accepted",
            "y,,,",
            "\"z, z\",[dropped],\"{\"\"secret\"\":\"\"[dropped]\"\"}\","
        ]
    );
    assert_eq!(report.parts[0].notes.get("dropped"), Some(&4));
}

#[test]
fn a_secret_is_dropped_under_a_key_in_an_inner_row_and_in_what_scala_prints() {
    let keyed =
        recipe("things", "{}", "at = \"as-of\"\ntitle = [\"@key\"]\nprivate = [\"@value\", \"@json\"]");
    let (report, kept) = read(
        &keyed,
        "things.json",
        r#"{"email":"x","password":"hunter2","apiKeys":{"accessKey":"hunter2"}}"#,
    );
    holds_no_secret(&kept);
    assert_eq!((kept.records.len(), report.parts[0].notes.get("dropped")), (3, Some(&2)));
    let inner = recipe("things", "lists[].items[]", "at = \"as-of\"\ntitle = [\"a\"]\ndetail = [\"^token\"]");
    let (_, kept) = read(
        &inner,
        "things.json",
        r#"{"lists":[{"items":[{"a":"x","secret":"hunter2"}],"token":"hunter2"}]}"#,
    );
    holds_no_secret(&kept);
    assert_eq!(&*kept.records[0].detail[0], "[dropped]");
    let scala = format!(
        "[[recipe]]\nname = \"maps\"\nfiles = [\"things.json\"]\nreader = \"scala\"\n{WORDS}at = \"as-of\"\ntitle = [\"city\"]\nprivate = [\"token\"]\ndrop = [\"street\"]\n"
    );
    let text =
        "List(Map(city -> Sample Town, token -> hunter2, hunter2, street -> hunter2 1), Map(city -> x))";
    let (report, kept) = read(&scala, "things.json", text);
    holds_no_secret(&kept);
    assert_eq!(kept.rows[0].original, "city -> Sample Town, token -> [dropped], street -> [dropped]");
    assert_eq!((kept.records.len(), report.parts[0].notes.get("dropped")), (2, Some(&2)));
}

/// A playlist file of three lists, of which the second has this many songs; what stands behind them is its own, too.
fn playlists(songs: usize) -> String {
    let song = |n: usize| {
        format!(
            r#"{{"track":{{"trackName":"Low Water {n}","artistName":"The Example Tides","trackUri":"spotify:track:{n:022}"}},"addedDate":"2025-01-{:02}"}}"#,
            n % 28 + 1
        )
    };
    let list = |name: &str, songs: usize| {
        let items = (0..songs).map(song).collect::<Vec<_>>().join(",");
        format!(
            r#"{{"name":"{name}","lastModifiedDate":"2025-02-01","collaborators":[],"items":[{items}],"description":"of {songs}","numberOfFollowers":1}}"#
        )
    };
    format!("{{\"playlists\":[{},{},{}]}}", list("Morning", 2), list("All of it", songs), list("Evening", 2))
}

#[test]
fn a_playlist_longer_than_a_row_may_be_is_read_song_by_song() {
    let read_with = |text: &str, row_bytes: usize| {
        let files = support::Files(vec![("Playlist1.json".to_owned(), text.as_bytes().to_vec())]);
        let limits = Limits { row_bytes, ..Limits::default() };
        let mut archive = Archive::folder(Box::new(files), limits).expect("opens");
        support::read_one(&mut archive, "spotify")
    };
    let told =
        |kept: &Kept| kept.records.iter().map(support::as_text).collect::<std::collections::BTreeSet<_>>();
    let text = playlists(3_000);
    let (_, whole) = read_with(&text, 8 << 20);
    let (report, streamed) = read_with(&text, 2_000);
    assert!(report.broken.is_none() && report.parts.iter().all(|part| part.failed == 0), "{report:?}");
    let rows: Vec<_> = report.parts.iter().map(|part| (part.at.as_str(), part.rows)).collect();
    assert_eq!(rows, [("playlists[]", 3), ("playlists[].items[]", 3_004)]);
    assert_eq!(told(&streamed), told(&whole), "the same records, however they are read");
    let own = streamed.rows.iter().find(|row| row.original.contains("All of it")).expect("has a row");
    assert!(own.original.contains("of 3000") && !own.original.contains("Low Water"), "{}", own.original);
    // Cut off in the middle: what was read stays, and the list itself is a failed row.
    let (report, cut) = read_with(&text[..text.len() / 2], 2_000);
    assert!(report.broken.is_some() && cut.records.len() > 1_000);
    assert_eq!(report.parts[0].failed, 1);
}

#[test]
fn a_playlist_of_a_hundred_thousand_songs_is_read_under_the_usual_limits() {
    let text = playlists(100_000);
    assert!(text.len() > 8 << 20);
    let mut archive = support::folder(&[("Playlist1.json", &text)]);
    let (report, kept) = support::read_one(&mut archive, "spotify");
    assert_eq!((kept.records.len(), report.parts.iter().map(|part| part.failed).sum::<u64>()), (100_007, 0));
}

#[test]
fn no_recipe_asks_for_a_field_that_is_never_kept() {
    // What is dropped by its name should be dropped by accident in no service.
    for service in &Catalogue::builtin().services {
        for recipe in &service.recipes {
            let fields = recipe.detail.iter().chain(&recipe.private).chain(&recipe.title).chain(&recipe.url);
            for field in fields.filter(|field| !field.path.is_empty()) {
                let row = format!(r#"[{{"a":"x","{}":"a8f9e0c7d8b9a8f9"}}]"#, field.name);
                let (report, _) = read(&recipe_of_a(), "things.json", &row);
                assert_eq!(report.parts[0].notes.get("dropped"), None, "{} {}", recipe.id, field.name);
            }
        }
    }
}

fn recipe_of_a() -> String {
    recipe("things", "[]", "at = \"as-of\"\ntitle = [\"a\"]")
}

#[test]
fn counted_rows_leave_a_number_and_nothing_else() {
    let (report, kept) =
        read(&recipe("messages", "[]", "keep = \"count\""), "things.json", r#"[{"a":1},{"a":2},[]]"#);
    assert_eq!((report.parts[0].state, report.parts[0].rows), (PartState::Counted, 3));
    assert_eq!(report.parts[0].skipped.get("counted"), Some(&3));
    assert!(kept.records.is_empty() && kept.rows.iter().all(|row| row.outcome != RowOutcome::Records));
    assert!(refused(&recipe("messages", "[]", "keep = \"count\"\ntitle = [\"a\"]")).contains("count"));
}

#[test]
fn fields_can_be_made_from_others() {
    let lines = "at = \"as-of\"\ntitle = [\"label\", \"@value\"]\ndetail = [\"tags\"]\nkey = [\"@value\"]\n\
        through = { label = { f = \"@value\", by = [\"without-tags\"] }, tags = { f = \"@value\", by = [\"tags\"] } }";
    let (_, kept) = read(&recipe("labels", "[]", lines), "things.json", r#"["a [Test]", "b", "[Only]"]"#);
    assert_eq!(details(&kept.records), ["a: Test", "b: ", "[Only]: Only"]);
    assert!(refused(&recipe("labels", "[]", &lines.replace("detail = [\"tags\"]\n", ""))).contains("tags"));
}

#[test]
fn a_cell_of_a_turned_column_can_be_the_time() {
    let csv = format!(
        "[[recipe]]\nname = \"devices\"\nfiles = [\"things.csv\"]\nreader = \"csv\"\n{WORDS}at = {{ f = \"@value\", form = \"iso\" }}\n\
        title = [\"Device\"]\ndetail = [\"@column\"]\nkey = [\"title\", \"@column\"]\nunpivot = {{ columns = [\"*Playback Date*\"] }}\n"
    );
    let text = "Device,Acct First Playback Date,Last Playback Date For User,Other\nTV,2024-05-06T07:08:09Z,2024-06-01,x\n";
    let (_, kept) = read(&csv, "things.csv", text);
    assert_eq!(details(&kept.records), ["TV: Acct First Playback Date", "TV: Last Playback Date For User"]);
    let dated = |n: usize| match kept.records[n].when {
        When::Dated { at, precision, .. } => (at.0, precision),
        When::Undated => (0, Precision::None),
    };
    assert_eq!(dated(0), (1_714_979_289, Precision::Second));
    assert_eq!(dated(1).1, Precision::Day);
}

#[test]
fn a_play_told_twice_has_one_fact_and_begins_within_the_minute() {
    let spotify = support::service("spotify");
    let one = |path: &str, text: &str| {
        let mut archive = support::folder(&[(path, text)]);
        let planned = plan(&mut archive, spotify).expect("plans");
        let mut kept = Kept::default();
        let context = Context { service: spotify, account: "default" };
        read_file(&mut archive, &planned[0], &context, &mut kept).expect("opens");
        let record = kept.records.remove(0);
        let When::Dated { at, .. } = record.when else { panic!("is dated") };
        (at.0, record.fact.expect("has a fact"))
    };
    for (second, ms) in [("06:41:00", 187_340), ("06:41:59", 187_340), ("06:41:10", 0), ("00:00:01", 999)] {
        let fine = format!(
            r#"[{{"ts":"2024-05-06T{second}Z","ms_played":{ms},"master_metadata_track_name":"Low Water","master_metadata_album_artist_name":"The Example Tides","spotify_track_uri":"spotify:track:1"}}]"#
        );
        let coarse = format!(
            r#"[{{"endTime":"2024-05-06 {}","artistName":"The Example Tides","trackName":"Low Water","msPlayed":{ms}}}]"#,
            &second[..5]
        );
        let (fine_at, fine) = one("Streaming_History_Audio_2024_0.json", &fine);
        let (coarse_at, coarse) = one("StreamingHistory_music_0.json", &coarse);
        assert_eq!((&fine.name, fine.hash, fine.rank), (&coarse.name, coarse.hash, 0));
        assert_eq!(coarse.rank, 1);
        assert!((coarse_at..coarse_at + 60).contains(&fine_at), "{second} {ms}: {coarse_at} {fine_at}");
    }
    let (_, other) = one(
        "StreamingHistory_music_0.json",
        r#"[{"endTime":"2024-05-06 06:41","artistName":"The Example Tides","trackName":"Low Water","msPlayed":187341}]"#,
    );
    let (_, same) = one(
        "StreamingHistory_music_0.json",
        r#"[{"endTime":"2024-05-06 06:41","artistName":"The Example Tides","trackName":"Low Water","msPlayed":187340}]"#,
    );
    assert_ne!(other.hash, same.hash);
}

#[test]
fn the_account_is_found_in_whatever_package_tells_it() {
    let id = |service: &str, files: &[(&str, &str)]| {
        let found = account_id(&mut support::folder(files), support::service(service)).expect("reads");
        found.map(|id| id.expose().clone())
    };
    let robin = Some("robin.example".to_owned());
    assert_eq!(id("spotify", &[("A/Userdata.json", r#"{"username":"Robin.Example","email":"x"}"#)]), robin);
    let old = r#"[{"ts":"2021-05-06T06:41:10Z","username":"robin.example ","ms_played":1}]"#;
    assert_eq!(id("spotify", &[("MyData/endsong_0.json", old)]), robin);
    assert_eq!(
        id("spotify", &[("Streaming_History_Audio_2024.json", r#"[{"ts":"x","ip_addr":"y"}]"#)]),
        None
    );
    let csv = "\"First Name\",\"Email Address\"\r\n\"Robin\",\"Robin@example.org\"\r\n";
    assert_eq!(id("netflix", &[("ACCOUNT/AccountDetails.csv", csv)]), Some("robin@example.org".to_owned()));
    assert_eq!(id("netflix", &[("ACCOUNT/AccountDetails.csv", "")]), None);
}

#[test]
fn files_that_name_two_accounts_are_not_taken_for_one() {
    let ids = |files: &[(&str, &str)]| account_id(&mut support::folder(files), support::service("spotify"));
    let user = |name: &str| format!(r#"{{"username":"{name}","email":"x"}}"#);
    let (robin, kim) = (user("robin.example"), user("kim.example"));
    let play = |name: &str| format!(r#"[{{"ts":"2021-05-06T06:41:10Z","username":{name},"ms_played":1}}]"#);
    let (old, new) = (play(r#""Robin.Example""#), play("null"));
    let both = ids(&[("A/Userdata.json", &robin), ("B/Userdata.json", &kim)]);
    assert!(matches!(both, Err(ImportError::TwoAccounts)), "{both:?}");
    let parts: Vec<(String, String)> = (0..20)
        .map(|n| (format!("endsong_{n}.json"), if n == 19 { play(r#""kim.example""#) } else { old.clone() }))
        .collect();
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert!(matches!(ids(&parts), Err(ImportError::TwoAccounts)), "the last of twenty parts");
    let one = ids(&[("A/Userdata.json", &robin), ("B/endsong_0.json", &old), ("B/endsong_1.json", &new)]);
    assert_eq!(one.expect("is one").map(|id| id.expose().clone()).as_deref(), Some("robin.example"));
}

#[test]
fn paths_and_fields_that_lead_nowhere_are_refused() {
    let with = |rows: &str, lines: &str| recipe("things", rows, &format!("at = \"as-of\"\n{lines}"));
    for (recipes, says) in [
        (with("a[].b[].c[]", "title = [\"t\"]"), "path"),
        (with("**", "title = [\"t\"]"), "path"),
        (with("[]", "title = [\"^t\"]"), "^t"),
        (with("[]", "title = [\"@key\"]"), "@key"),
        (with("{}", "title = [\"^@key\"]"), "^@key"),
        (with("[]", "title = [\"@column\"]"), "@column"),
        (with("[]", "title = [\"a[].b\"]"), "a[].b"),
        (with("[]", "title = [\"t\"]\nfact = { name = \"play\", on = [\"t\"] }"), "time"),
        (with("[]", "title = [\"t\"]\nwhere = [{ f = \"t\" }]"), "where"),
        (
            with("[]", "title = [\"t\"]") + &with("[]", "title = [\"t\"]").replace("things\"\n", "more\"\n"),
            "twice",
        ),
    ] {
        let problem = refused(&recipes);
        assert!(problem.contains(says), "{says}: {problem}");
    }
}

#[test]
fn a_person_who_stands_there_with_more_than_a_name_is_not_called_empty() {
    let text = r#"{"userIsFollowing":["robin.example"],"userIsFollowedBy":[{"name":"kim.example"}],"userIsBlocking":[]}"#;
    let mut archive = support::folder(&[("MyData/Follow.json", text)]);
    let (report, kept) = support::read_one(&mut archive, "spotify");
    let titles: Vec<&str> = kept.records.iter().map(|record| &*record.title).collect();
    assert_eq!(titles, ["userIsFollowing", "userIsFollowedBy"], "who it is stands masked");
    assert!(kept.records[0].detail.iter().any(|value| &**value == "robin.example"));
    let skipped = report.parts.iter().filter(|part| part.at != ".").map(|part| part.skipped.len());
    assert_eq!(skipped.sum::<usize>(), 0);
    for record in &kept.records {
        assert!(record.shape.fields.iter().all(|(_, private)| *private), "{:?}", record.shape);
    }
}
