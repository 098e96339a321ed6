//! The store from outside: clashes, undo and re-import, two orders of import, day borders, the log, hostile words.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panic, as the tests do")]

use proptest::prelude::*;
use std::sync::Arc;
use thinline_ledger::{DeviceId, EntryKind, EntryTime, SigningKey, origin};
use thinline_model::{
    Category, Certainty, ContentHash, DetailShape, Fact, Kind, Origin, Party, Precision, Record, Timestamp,
    When,
};
use thinline_store::{
    Batch, BatchRow, FacetSet, Ingest, NewImport, PageQuery, RowFate, Signer, Store, StoreError, Way, Zone,
};

fn open(dir: &tempfile::TempDir) -> Store {
    Store::open(&dir.path().join("t.db"), &[7; 32], Zone::utc()).unwrap()
}

fn record(second: i64, hash: u64, title: &str) -> Record {
    let when = if second == 0 {
        When::Undated
    } else {
        When::Dated { at: Timestamp(second), precision: Precision::Second, certainty: Certainty::Explicit }
    };
    Record {
        hash: ContentHash(hash),
        when,
        fact: None,
        kind: Kind::Collected,
        origin: Origin::Observed,
        category: Category::Listening,
        party: Party::First,
        sensitivity: Category::Listening.sensitivity(),
        recipe: "spotify/plays".into(),
        person: None,
        title: title.into(),
        by: "The Example Tides".into(),
        counterparty: "".into(),
        url: "".into(),
        raw_time: "".into(),
        detail: vec!["ios".into(), "192.0.2.1".into()],
        shape: Arc::new(DetailShape { fields: vec![("platform".into(), false), ("ip".into(), true)] }),
    }
}

fn import(store: &Store, archive: &str, facts: &[(i64, u64)]) -> (i64, Vec<RowFate>) {
    let records = facts.iter().map(|(s, h)| record(*s, *h, &format!("t{s}-{h}"))).collect();
    import_records(store, archive, records)
}

fn import_records(store: &Store, archive: &str, records: Vec<Record>) -> (i64, Vec<RowFate>) {
    let new = NewImport {
        service: "spotify",
        account: "default",
        archive,
        archive_hash: archive.as_bytes(),
        catalogue: "c",
        at: 1,
        as_of: 9,
    };
    let mut ingest = Ingest::begin(store, &new, true).unwrap();
    ingest.open_file(store, "a.json").unwrap();
    let mut fates = Vec::new();
    let mut row = 0;
    for chunk in records.chunks(3) {
        let mut batch = Batch::default();
        for r in chunk {
            row += 1;
            let original = format!("row {row}");
            batch.rows.push(BatchRow { part: 0, row, records: 1, original: original.len() as u32 });
            batch.originals.extend_from_slice(original.as_bytes());
            batch.records.push(r.clone());
        }
        fates.extend(ingest.batch(store, &batch).unwrap());
    }
    ingest.close_file(store, "").unwrap();
    store.write(|w| ingest.finish(w, "")).unwrap();
    (ingest.id(), fates)
}

fn everything(store: &Store) -> Vec<i64> {
    store
        .read(|read| {
            read.page_ids(&PageQuery {
                facets: &FacetSet::All,
                low: i64::MIN,
                high: i64::MAX,
                way: Way::Older,
                search: "",
                limit: 100_000,
            })
        })
        .unwrap()
}

/// (second, hash) of everything, whatever places they got.
fn facts(store: &Store) -> Vec<(i64, String)> {
    let rows = store
        .read(|read| everything(store).into_iter().map(|id| read.record(id)).collect::<Result<Vec<_>, _>>());
    let mut facts: Vec<_> =
        rows.unwrap().into_iter().map(|r| (r.at.map_or(0, |t| t.0), r.title.to_string())).collect();
    facts.sort();
    facts
}

fn found(store: &Store, words: &str) -> usize {
    found_by(store, words).len()
}

/// Ids, newest first.
fn found_by(store: &Store, words: &str) -> Vec<i64> {
    let query = PageQuery {
        facets: &FacetSet::All,
        low: i64::MIN,
        high: i64::MAX,
        way: Way::Older,
        search: words,
        limit: 1000,
    };
    store.read(|read| read.page_ids(&query)).unwrap()
}

#[test]
fn clashing_records_survive_undo_and_reimport_without_doubling() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    // Same second, same 16 bits, other 48 bits: three records want one slot.
    let (a, b, c) = ((1000, 0x0001_0005), (1000, 0x0002_0005), (1000, 0x0003_0005));
    let (first, _) = import(&store, "a", &[a]);
    let (_, fates) = import(&store, "bc", &[b, c]);
    assert_eq!(fates, [RowFate::Read, RowFate::Read]);
    store.write(|w| w.undo_import(first)).unwrap();
    assert_eq!(facts(&store).len(), 2);
    let (_, fates) = import(&store, "bc again", &[b, c]);
    assert_eq!(fates, [RowFate::Known, RowFate::Known]);
    let (_, fates) = import(&store, "a again", &[a]);
    assert_eq!(fates, [RowFate::Read]);
    assert_eq!(facts(&store).len(), 3);
}

#[test]
fn a_record_stays_until_the_last_import_that_holds_it_is_undone() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let (first, _) = import(&store, "one", &[(10, 1), (20, 2)]);
    let (second, fates) = import(&store, "two", &[(20, 2), (30, 3)]);
    assert_eq!(fates, [RowFate::Known, RowFate::Read]);
    store.write(|w| w.undo_import(first)).unwrap();
    assert_eq!(facts(&store), [(20, "t20-2".to_owned()), (30, "t30-3".to_owned())]);
    let id = everything(&store)[1];
    let (record, file) = store
        .read::<_, StoreError>(|r| {
            let rec = r.record(id)?;
            let f = r.file(rec.file)?;
            Ok((rec, f))
        })
        .unwrap();
    assert_eq!(file.import, second, "its source is now the import that still holds it");
    assert_eq!(store.read(|r| r.original(record.file, record.row)).unwrap().unwrap(), b"row 1");
    store.write(|w| w.undo_import(second)).unwrap();
    assert!(facts(&store).is_empty());
    assert_eq!(store.read(|r| r.count()).unwrap(), 0);
    assert!(store.read(|r| r.rollup()).unwrap().is_empty());
    assert_eq!(found(&store, "t20"), 0, "its words went too");
}

#[test]
fn an_equal_row_of_the_same_file_is_repeated_and_from_elsewhere_known() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let (_, fates) = import(&store, "one", &[(10, 1), (10, 1), (11, 1), (12, 2), (10, 1)]);
    use RowFate::{Known, Read, Repeated};
    assert_eq!(fates, [Read, Repeated, Read, Read, Repeated]);
    let (_, fates) = import(&store, "two", &[(10, 1), (10, 1)]);
    assert_eq!(fates, [Known, Repeated]);
}

#[test]
fn an_open_import_leaves_nothing_when_discarded() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    import(&store, "one", &[(10, 1), (20, 2)]);
    let before = (store.read(|r| r.rollup()).unwrap(), facts(&store));
    let new = NewImport {
        service: "spotify",
        account: "default",
        archive: "x",
        archive_hash: b"x",
        catalogue: "c",
        at: 1,
        as_of: 9,
    };
    let mut ingest = Ingest::begin(&store, &new, true).unwrap();
    ingest.open_file(&store, "a.json").unwrap();
    let mut batch = Batch::default();
    for (row, (second, hash)) in [(20, 2), (40, 4), (0, 77)].into_iter().enumerate() {
        batch.rows.push(BatchRow { part: 0, row: row as u32 + 1, records: 1, original: 0 });
        batch.records.push(record(second, hash, "new"));
    }
    ingest.batch(&store, &batch).unwrap();
    assert_eq!(facts(&store).len(), 4, "rows of a running import show");
    store.write(|w| w.discard_import(ingest.id())).unwrap();
    assert_eq!((store.read(|r| r.rollup()).unwrap(), facts(&store)), before);
    assert_eq!(found(&store, "t20"), 1, "words of the others are still found");
}

#[test]
fn undated_records_come_after_all_dated_ones_and_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    import(&store, "one", &[(0, 5), (1, 1), (1 << 35, 2), (0, u64::MAX)]);
    let ids = everything(&store);
    assert!(ids[0] > ids[1] && ids[1] > 0 && ids[2] < 0 && ids[3] < 0);
    assert_eq!(found(&store, "t0"), 2);
    let undated = store.read(|r| r.record(ids[3])).unwrap();
    assert_eq!((undated.at, undated.as_of), (None, 9));
}

#[test]
fn the_beginning_of_a_word_finds_every_word_that_begins_so_however_many_there_are() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let mut second = 100;
    let mut titles = |words: &mut dyn Iterator<Item = String>| -> Vec<Record> {
        words
            .map(|title| {
                second += 1;
                record(second, second.unsigned_abs() << 20, &title)
            })
            .collect()
    };
    // "harb" begins few words, "buoy" more than are spelled out; capitals and accents are folded.
    let few = ["Harbor lights", "low harbors", "HARBÓUR", "har bor", "harb"];
    let mut records = titles(&mut few.into_iter().map(str::to_owned));
    records.extend(titles(&mut (0..150).map(|n| format!("Buoy{n} at low water"))));
    import_records(&store, "a", records);
    for (typed, found) in [
        ("harb", 4),
        ("Harb", 4),
        ("harbor", 2),
        ("low harb", 1),
        ("harb ", 1),
        ("harbo", 3),
        ("harbz", 0),
        ("buoy", 150),
        ("buoy14", 11),
        ("low buoy", 150),
        ("harb buoy", 0),
        ("harbóu", 1),
    ] {
        assert_eq!(found_by(&store, typed).len(), found, "{typed:?}");
    }
    let newest_first = found_by(&store, "harb");
    assert!(newest_first.is_sorted_by(|a, b| a > b));
}

#[test]
fn filters_pages_and_search_agree_with_a_plain_scan() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let mut records = Vec::new();
    for n in 1..400i64 {
        let mut r = record(n * 50, n as u64 * 977, if n % 3 == 0 { "Low Water" } else { "Harbor 港の灯" });
        r.category = if n % 5 == 0 { Category::Viewing } else { Category::Listening };
        r.person = (n % 2 == 0).then(|| "Robin".into());
        records.push(r);
    }
    import_records(&store, "many", records);
    let facets = store.read(|r| r.facets()).unwrap();
    let viewing: Vec<u32> = facets.iter().filter(|f| f.category == Category::Viewing).map(|f| f.id).collect();
    assert_eq!(viewing.len(), 2);
    let only = FacetSet::Only(viewing.clone());
    for (search, expected) in
        [("", 79), ("low wat", 0), ("low water", 26), ("港の", 53), ("の灯", 53), ("harb", 53)]
    {
        let mut seen = Vec::new();
        let mut high = i64::MAX;
        loop {
            let q = PageQuery { facets: &only, low: i64::MIN, high, way: Way::Older, search, limit: 10 };
            let page = store.read(|r| r.page(&q)).unwrap();
            let Some(last) = page.last() else { break };
            high = last.id;
            seen.extend(page);
        }
        assert_eq!(seen.len(), expected, "{search:?}");
        assert!(seen.windows(2).all(|w| w[0].id > w[1].id));
        assert!(seen.iter().all(|r| viewing.contains(&r.facet)));
        let newer =
            PageQuery { facets: &only, low: i64::MIN, high: i64::MAX, way: Way::Newer, search, limit: 10 };
        let oldest = store.read(|r| r.page_ids(&newer)).unwrap();
        let tail: Vec<i64> = seen.iter().rev().take(10).rev().map(|r| r.id).collect();
        assert_eq!(oldest, tail);
    }
}

#[test]
fn the_number_of_a_day_opens_to_exactly_its_rows_in_every_zone() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let facts: Vec<(i64, u64)> = (0..400).map(|n| (1_792_700_000 + n * 997, n as u64)).collect();
    import(&store, "days", &facts);
    for zone in [Zone::utc(), Zone::new(7200, vec![(1_792_890_000, 3600)]), Zone::new(-36_000, vec![])] {
        store.set_zone::<_, StoreError>(zone.clone(), |_| Ok(())).unwrap();
        let rollup = store.read(|r| r.rollup()).unwrap();
        assert_eq!(rollup.iter().map(|r| r.2).sum::<u32>(), 400);
        assert_eq!(store.read(|r| r.rollup_by_scan()).unwrap(), rollup);
        for (day, _, count) in rollup {
            let (low, high) = (zone.day_start(day) << 16, zone.day_start(day + 1) << 16);
            let q = PageQuery { facets: &FacetSet::All, low, high, way: Way::Older, search: "", limit: 1000 };
            assert_eq!(store.read(|r| r.page_ids(&q)).unwrap().len() as u32, count);
        }
    }
}

#[test]
fn a_changed_log_entry_is_noticed_even_with_the_key_in_hand() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let device = DeviceId::new([3; 16]);
    let key = SigningKey::from_seed(&origin(&device), &[9; 32]).unwrap();
    let signer = Signer { device: &device, key: &key };
    let time = EntryTime::parse("2026-01-01T00:00:00Z").unwrap();
    for n in 0..5u8 {
        store
            .write(|w| w.append_log(&signer, EntryKind::ChoiceSet, &time, [n; 32], "{\"value\":\"off\"}"))
            .unwrap();
    }
    let good = store.verify_log(&key.verifying_key()).unwrap();
    assert_eq!((good.size, good.fault), (5, None));
    drop(store);

    let conn = rusqlite::Connection::open(dir.path().join("t.db")).unwrap();
    conn.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).unwrap();
    conn.execute_batch(
        "PRAGMA cipher_page_size = 16384; PRAGMA cipher_hmac_algorithm = HMAC_SHA256;
         DROP TRIGGER log_entry_is_append_only;
         UPDATE log_payload SET payload = '{\"value\":\"on\"}' WHERE seq = 3;",
    )
    .unwrap();
    let store = open(&dir);
    let bad = store.verify_log(&key.verifying_key()).unwrap();
    assert_eq!((bad.bad_entry, bad.fault), (Some(3), Some("payload")));
    drop(store);

    // A forger who also rewrites the entry and its leaf still cannot sign the new root.
    let entry: String =
        conn.query_row("SELECT entry FROM log_entry WHERE seq = 3", [], |r| r.get(0)).unwrap();
    let forged = entry.replace("2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z");
    let leaf = thinline_ledger::tree::leaf_hash(forged.as_bytes());
    conn.execute("UPDATE log_entry SET entry = ?1, leaf = ?2 WHERE seq = 3", (&forged, &leaf[..])).unwrap();
    conn.execute("UPDATE log_payload SET payload = '{\"value\":\"off\"}' WHERE seq = 3", []).unwrap();
    let store = open(&dir);
    let bad = store.verify_log(&key.verifying_key()).unwrap();
    assert_eq!((bad.bad_entry, bad.fault), (None, Some("checkpoint")));
    drop(store);

    // And a payload that is gone was taken away.
    let leaf = thinline_ledger::tree::leaf_hash(entry.as_bytes());
    conn.execute("UPDATE log_entry SET entry = ?1, leaf = ?2 WHERE seq = 3", (&entry, &leaf[..])).unwrap();
    conn.execute("DELETE FROM log_payload WHERE seq = 2", []).unwrap();
    let bad = open(&dir).verify_log(&key.verifying_key()).unwrap();
    assert_eq!((bad.bad_entry, bad.fault), (Some(2), Some("payload")));
}

#[test]
fn rows_of_one_crowded_second_end_in_an_answer() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    // Every record wants the same slot: after 4,096 displaced ones the rest is turned away, and nothing hangs.
    let new = NewImport {
        service: "spotify",
        account: "default",
        archive: "a",
        archive_hash: b"a",
        catalogue: "c",
        at: 1,
        as_of: 9,
    };
    let mut ingest = Ingest::begin(&store, &new, false).unwrap();
    ingest.open_file(&store, "a.json").unwrap();
    let mut batch = Batch::default();
    for n in 0..4200u32 {
        batch.rows.push(BatchRow { part: 0, row: n + 1, records: 1, original: 0 });
        batch.records.push(record(1000, u64::from(n) << 16, "x"));
    }
    let fates = ingest.batch(&store, &batch).unwrap();
    assert_eq!(fates.iter().filter(|fate| **fate == RowFate::Crowded).count(), 4200 - 4097);
    store.write(|w| w.discard_import(ingest.id())).unwrap();
    assert!(facts(&store).is_empty());
}

#[test]
fn a_name_that_came_by_mistake_does_not_count_later() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let of = |name: &str, second: i64| {
        let mut r = record(second, second as u64, "x");
        r.person = Some(name.into());
        r
    };
    let (wrong, _) = import_records(&store, "theirs", vec![of("Kim", 10)]);
    import_records(&store, "mine", vec![of("Robin", 20)]);
    assert_eq!(store.read(|r| r.persons()).unwrap().len(), 2);
    store.write(|w| w.undo_import(wrong)).unwrap();
    let persons = store.read(|r| r.persons()).unwrap();
    assert_eq!((persons.len(), persons[0].name.as_str(), persons[0].whose.as_str()), (1, "Robin", "mine"));
    assert_eq!(store.read(|r| r.facet_table()).unwrap().len(), 1);
}

#[test]
fn no_planted_word_is_readable_in_the_files() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    import_records(&store, "one", vec![record(10, 1, "PLANTEDWORD")]);
    for file in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(11).any(|w| w == b"PLANTEDWORD"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_a_search_answers(typed in ".{0,20}", title in ".{0,20}") {
        thread_local!(static STORE: (tempfile::TempDir, Store) = {
            let dir = tempfile::tempdir().unwrap();
            let store = open(&dir);
            import_records(&store, "one", vec![record(10, 1, "हिन्दी ภาษาไทย étude 港の灯")]);
            (dir, store)
        });
        STORE.with(|(_, store)| {
            found(store, &typed);
            found(store, &title);
            assert_eq!(found(store, "हिन्दी"), 1);
            assert_eq!(found(store, "ภาษาไทย"), 1);
            assert_eq!(found(store, "ETUDE"), 1);
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever overlaps, clashes and order: the same facts stand, once each, and undoing everything leaves nothing.
    #[test]
    fn two_orders_of_import_hold_the_same_facts(
        one in prop::collection::vec((0i64..4, 0u64..6), 0..20),
        two in prop::collection::vec((0i64..4, 0u64..6), 0..20),
    ) {
        // Few seconds, few slots: hash bits above the slot differ, so clashes are common.
        let spread = |list: &[(i64, u64)]| list.iter().map(|(s, h)| (*s, (h << 16) | (h % 2))).collect::<Vec<_>>();
        let (one, two) = (spread(&one), spread(&two));
        let (dir_a, dir_b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (a, b) = (open(&dir_a), open(&dir_b));
        let (a1, _) = import(&a, "one", &one);
        let (a2, _) = import(&a, "two", &two);
        import(&b, "two", &two);
        import(&b, "one", &one);
        prop_assert_eq!(facts(&a), facts(&b));
        let mut distinct: Vec<_> = one.iter().chain(&two).copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(facts(&a).len(), distinct.len());

        a.write(|w| w.undo_import(a1)).unwrap();
        let mut left: Vec<_> = two.clone();
        left.sort_unstable();
        left.dedup();
        prop_assert_eq!(facts(&a).len(), left.len());
        let (_, fates) = import(&a, "one again", &one);
        prop_assert_eq!(fates.len(), one.len());
        prop_assert_eq!(facts(&a), facts(&b));
        a.write(|w| w.undo_import(a2)).unwrap();
        let again = a.read(|r| r.imports()).unwrap()[0].id;
        a.write(|w| w.undo_import(again)).unwrap();
        prop_assert!(facts(&a).is_empty());
        prop_assert_eq!(a.read(|r| r.count()).unwrap(), 0);
    }
}

/// A play as the extended history tells it (to the second), or as account data does (to the minute).
fn play(precise: bool, second: i64, hash: u64) -> Record {
    let mut play = record(second, hash, &format!("play {hash}"));
    if !precise {
        let at = Timestamp(second - second % 60);
        play.when = When::Dated { at, precision: Precision::Minute, certainty: Certainty::Documented };
        play.recipe = "spotify/recent plays".into();
    }
    play.fact = Some(Fact { name: "play".into(), hash, rank: u8::from(!precise) });
    play
}

#[test]
fn a_play_told_by_two_sources_is_one_record_in_either_order() {
    use RowFate::{Known, Read};
    let (precise, rough) = (
        || vec![play(true, 6_025, 7), play(true, 6_200, 8)],
        || vec![play(false, 6_025, 7), play(false, 9_000, 9)],
    );
    for precise_first in [true, false] {
        let dir = tempfile::tempdir().unwrap();
        let store = open(&dir);
        if precise_first {
            assert_eq!(import_records(&store, "extended", precise()).1, [Read, Read]);
            assert_eq!(import_records(&store, "account", rough()).1, [Known, Read]);
        } else {
            assert_eq!(import_records(&store, "account", rough()).1, [Read, Read]);
            assert_eq!(import_records(&store, "extended", precise()).1, [Read, Read]);
        }
        let seconds: Vec<i64> = facts(&store).into_iter().map(|(second, _)| second).collect();
        assert_eq!(seconds, [6_025, 6_200, 9_000], "the more precise time stands");
        assert_eq!(store.read(|r| r.rollup()).unwrap(), store.read(|r| r.rollup_by_scan()).unwrap());
        assert_eq!(found(&store, "play"), 3);
        // Both sources again: nothing is new.
        assert_eq!(import_records(&store, "account again", rough()).1, [Known, Known]);
        assert_eq!(import_records(&store, "extended again", precise()).1, [Known, Known]);
        assert_eq!(facts(&store).len(), 3);
    }
}

#[test]
fn a_name_that_only_the_erased_telling_had_goes_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let named = Record { person: Some("Kim Example".into()), ..play(true, 6_025, 7) };
    import_records(&store, "account", vec![play(false, 6_025, 7)]);
    let (precise, _) = import_records(&store, "extended", vec![named]);
    let marks = std::collections::BTreeMap::from([("spotify/a recipe".to_owned(), 1)]);
    store.write(|w| w.set_reading(precise, &marks)).unwrap();
    store
        .write(|w| {
            let erased = w.erase_import(precise)?;
            let [(id, file, row)] = erased.bereft[..] else { panic!("one play is told roughly now") };
            w.retell(file, &[(id, row, play(false, 6_025, 7))])
        })
        .unwrap();
    assert_eq!(facts(&store), [(6_000, "play 7".to_owned())]);
    let left = store.dump().unwrap();
    assert!(!left.contains("Kim Example") && !left.contains("spotify/a recipe"), "{left}");
}

#[test]
fn a_rough_source_that_told_nothing_new_is_left_when_the_precise_one_goes() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let (precise, _) = import_records(&store, "extended", vec![play(true, 6_025, 7)]);
    let (_, fates) = import_records(&store, "account", vec![play(false, 6_025, 7)]);
    assert_eq!(fates, [RowFate::Known]);
    let removed = store.write(|w| w.undo_import(precise)).unwrap();
    assert_eq!((removed.records, removed.bereft.len()), (0, 1), "it is to be told anew");
}

#[test]
fn a_rough_telling_passes_to_another_precise_one_of_its_minute_when_its_own_goes() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let (old, _) = import_records(&store, "extended, old", vec![play(true, 6_010, 7)]);
    import_records(&store, "account", vec![play(false, 6_010, 7)]);
    import_records(&store, "extended", vec![play(true, 6_050, 7)]);
    store
        .write(|w| {
            let bereft = w.undo_import(old)?.bereft;
            let [(id, file, row)] = bereft[..] else { panic!("one play has lost its telling") };
            w.retell(file, &[(id, row, play(false, 6_010, 7))])
        })
        .unwrap();
    assert_eq!(facts(&store), [(6_050, "play 7".to_owned())], "as if the old one had never been");
    assert_eq!(store.read(|r| r.imports_with(everything(&store)[0])).unwrap().len(), 2);
}

#[test]
fn each_play_answers_one_play_of_the_other_source() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    // The same song twice within two minutes; the rough source tells of three plays.
    import_records(&store, "extended", vec![play(true, 6_010, 7), play(true, 6_070, 7)]);
    let rough = vec![play(false, 6_010, 7), play(false, 6_070, 7), play(false, 6_130, 7)];
    let (_, fates) = import_records(&store, "account", rough);
    assert_eq!(fates, [RowFate::Known, RowFate::Known, RowFate::Read]);
    assert_eq!(facts(&store).len(), 3);
}

#[test]
fn when_the_rough_source_came_first_its_sightings_pass_to_the_precise_record() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let (rough, _) = import_records(&store, "account", vec![play(false, 6_025, 7)]);
    let (precise, _) = import_records(&store, "extended", vec![play(true, 6_025, 7)]);
    let id = everything(&store)[0];
    let imports = store.read(|read| read.imports_with(id)).unwrap();
    assert_eq!(imports.iter().map(|import| import.id).collect::<Vec<_>>(), [rough, precise]);
    store.write(|w| w.undo_import(rough)).unwrap();
    assert_eq!(facts(&store), [(6_025, "play 7".to_owned())]);
    store.write(|w| w.undo_import(precise)).unwrap();
    assert!(facts(&store).is_empty());
}

#[test]
fn original_rows_are_kept_once_and_go_with_the_last_file() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let blocks = || {
        let dump = store.dump().unwrap();
        dump.lines().filter(|line| line.starts_with("block:")).count()
    };
    let rows: Vec<(i64, u64)> = (1..2_000).map(|n| (n * 100, n as u64)).collect();
    let (first, _) = import(&store, "one", &rows);
    assert!(blocks() > 0);
    let size = store.dump().unwrap().len();
    let (second, _) = import(&store, "two", &rows);
    assert!(store.dump().unwrap().len() < size * 3 / 2, "the second holds no rows of its own");
    store.write(|w| w.undo_import(first)).unwrap();
    let record = store.read(|read| read.record(everything(&store)[0])).unwrap();
    assert_eq!(store.read(|r| r.original(record.file, record.row)).unwrap().unwrap(), b"row 1999");
    store.write(|w| w.undo_import(second)).unwrap();
    assert_eq!(blocks(), 0);
}

#[test]
fn many_original_rows_are_what_each_of_them_is() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let facts: Vec<(i64, u64)> = (1..2_500).map(|n| (n, 7)).collect();
    import(&store, "a", &facts);
    let file = store.read(|r| r.record(everything(&store)[0])).unwrap().file;
    let rows = [1, 2, 2, 1_024, 1_025, 1_026, 2_499, 2_500];
    let one = |row: &u32| store.read(|r| r.original(file, *row)).unwrap();
    let each: Vec<_> = rows.iter().map(one).collect();
    assert_eq!(store.read(|r| r.originals(file, &rows)).unwrap(), each);
    assert!(each[6].is_some() && each[7].is_none());
}

#[test]
fn rows_of_two_lists_of_one_file_do_not_meet() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let new = NewImport {
        service: "spotify",
        account: "default",
        archive: "a",
        archive_hash: b"a",
        catalogue: "c",
        at: 1,
        as_of: 9,
    };
    let mut ingest = Ingest::begin(&store, &new, true).unwrap();
    ingest.open_file(&store, "a.json").unwrap();
    let mut batch = Batch::default();
    for (part, row, text, hash) in [(0, 1, "track 1", 1), (1, 1, "album 1", 2), (0, 2, "track 2", 3)] {
        batch.rows.push(BatchRow { part, row, records: 1, original: text.len() as u32 });
        batch.originals.extend_from_slice(text.as_bytes());
        batch.records.push(record(hash, hash as u64, text));
    }
    ingest.batch(&store, &batch).unwrap();
    ingest.close_file(&store, "").unwrap();
    store.write(|w| ingest.finish(w, "")).unwrap();
    for id in everything(&store) {
        let found = store.read(|read| read.record(id)).unwrap();
        let original = store.read(|read| read.original(found.file, found.row)).unwrap().unwrap();
        assert_eq!(String::from_utf8(original).unwrap(), found.title);
        assert!(thinline_store::number_of(found.row) <= 2);
    }
}

#[test]
fn words_of_a_small_import_among_many_records_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let many: Vec<(i64, u64)> = (1..500).map(|n| (n * 100, n as u64)).collect();
    import(&store, "many", &many);
    let few = vec![record(150, 9_001, "heron"), record(40_050, 9_002, "heron again")];
    import_records(&store, "few", few);
    assert_eq!(found(&store, "heron"), 2);
    assert_eq!(found(&store, "t49900"), 1, "what was indexed before is not indexed twice");
}
