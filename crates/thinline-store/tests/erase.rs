//! Erasing and hiding: what is gone is gone from every page of the database, and whatever the order, what is left is what a
//! plain list of the same steps says.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panic, as the tests do")]

use aes::cipher::{BlockModeDecrypt, KeyIvInit, block_padding::NoPadding};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use thinline_model::{
    Category, Certainty, ContentHash, DetailShape, Kind, Origin, Party, Precision, Record, Timestamp, When,
};
use thinline_store::{
    Batch, BatchRow, CoverageRow, FacetSet, Ingest, NewImport, PageQuery, RuleKind, Store, StoreError, Way,
    Zone,
};

const KEY: [u8; 32] = [7; 32];
const PAGE: usize = 16_384;
/// What SQLCipher keeps at the end of a page: 16 bytes to begin decryption with, 32 to authenticate it.
const RESERVE: usize = 48;

fn open(dir: &Path) -> Store {
    Store::open(&dir.join("t.db"), &KEY, Zone::utc()).unwrap()
}

/// A fact: second (0: undated), hash, whether it is a search (else something listened to).
type Fact = (i64, u64, bool);

fn category(fact: Fact) -> Category {
    if fact.2 { Category::Searches } else { Category::Listening }
}

fn title((second, hash, search): Fact) -> String {
    format!("t{second}x{hash}x{}", u8::from(search))
}

fn record(fact: Fact, title: &str) -> Record {
    let (second, hash, _) = fact;
    let dated =
        When::Dated { at: Timestamp(second), precision: Precision::Second, certainty: Certainty::Explicit };
    Record {
        hash: ContentHash(hash),
        when: if second == 0 { When::Undated } else { dated },
        fact: None,
        kind: Kind::Collected,
        origin: Origin::Observed,
        category: category(fact),
        party: Party::First,
        sensitivity: category(fact).sensitivity(),
        recipe: "spotify/plays".into(),
        person: None,
        title: title.into(),
        by: "".into(),
        counterparty: "".into(),
        url: "".into(),
        raw_time: "".into(),
        detail: vec![format!("detail of {title}").into()],
        shape: Arc::new(DetailShape { fields: vec![("note".into(), false)] }),
    }
}

/// Rows of one or two facts each: (title, facts).
fn import(store: &Store, archive: &str, rows: &[Vec<(Fact, String)>]) -> i64 {
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
    let mut batch = Batch::default();
    for (at, row) in rows.iter().enumerate() {
        let titles: Vec<&str> = row.iter().map(|(_, title)| title.as_str()).collect();
        let original = format!("row of {}", titles.join(" and "));
        batch.rows.push(BatchRow {
            part: 0,
            row: at as u32 + 1,
            records: row.len() as u32,
            original: original.len() as u32,
        });
        batch.originals.extend_from_slice(original.as_bytes());
        batch.records.extend(row.iter().map(|(fact, title)| record(*fact, title)));
    }
    ingest.batch(store, &batch).unwrap();
    ingest.close_file(store, "").unwrap();
    store.write(|w| ingest.finish(w, "")).unwrap();
    ingest.id()
}

/// Rows of one fact or two, in turn.
fn mixed(facts: &[Fact]) -> Vec<Vec<Fact>> {
    let (mut rows, mut rest) = (Vec::new(), facts);
    while !rest.is_empty() {
        let (row, after) = rest.split_at((1 + rows.len() % 2).min(rest.len()));
        rows.push(row.to_vec());
        rest = after;
    }
    rows
}

fn titled(rows: Vec<Vec<Fact>>) -> Vec<Vec<(Fact, String)>> {
    rows.into_iter().map(|row| row.into_iter().map(|fact| (fact, title(fact))).collect()).collect()
}

fn plain(facts: &[Fact]) -> Vec<Vec<(Fact, String)>> {
    facts.iter().map(|fact| vec![(*fact, title(*fact))]).collect()
}

/// Places by title, and whether each is hidden.
fn seen(store: &Store) -> BTreeMap<String, (i64, bool)> {
    store
        .read::<_, StoreError>(|read| {
            let hidden: BTreeSet<u32> =
                read.facet_table()?.iter().filter(|facet| facet.hidden).map(|facet| facet.id).collect();
            let rows = read.page(&query(&FacetSet::All, ""))?;
            assert_eq!(rows.len(), rows.iter().map(|row| &row.title).collect::<BTreeSet<_>>().len());
            Ok(rows
                .into_iter()
                .map(|row| (row.title.to_string(), (row.id, hidden.contains(&row.facet))))
                .collect())
        })
        .unwrap()
}

fn query<'a>(facets: &'a FacetSet, search: &'a str) -> PageQuery<'a> {
    PageQuery { facets, low: i64::MIN, high: i64::MAX, way: Way::Older, search, limit: 10_000 }
}

fn found(store: &Store, word: &str) -> usize {
    store.read(|read| read.page_ids(&query(&FacetSet::All, word))).unwrap().len()
}

/// The one file of an import.
fn file_of(store: &Store, import: i64) -> i64 {
    let all = (1..200).filter_map(|id| store.read(|read| read.file(id)).ok());
    all.filter(|file| file.import == import).map(|file| file.id).next().unwrap()
}

fn original(store: &Store, import: i64, row: u32) -> Option<String> {
    let file = file_of(store, import);
    let bytes = store.read(|read| read.original(file, row)).unwrap()?;
    Some(String::from_utf8(bytes).unwrap())
}

/// Every page of the database as it is once it is decrypted, and every zstd frame in it as it is once it is unpacked. The
/// store is closed, so that its last pages are in the file.
fn decrypted(dir: &Path) -> (Vec<u8>, Vec<u8>) {
    let bytes = std::fs::read(dir.join("t.db")).unwrap();
    assert!(bytes.len() > 4 * PAGE && bytes.len().is_multiple_of(PAGE));
    assert!(std::fs::metadata(dir.join("t.db-wal")).map_or(0, |about| about.len()) == 0);
    let mut plain = Vec::new();
    for (at, page) in bytes.chunks(PAGE).enumerate() {
        let start = if at == 0 { 16 } else { 0 };
        let mut content = page[start..PAGE - RESERVE].to_vec();
        let iv: [u8; 16] = page[PAGE - RESERVE..PAGE - RESERVE + 16].try_into().unwrap();
        let cipher = cbc::Decryptor::<aes::Aes256>::new(&KEY.into(), &iv.into());
        cipher.decrypt_padded::<NoPadding>(&mut content).unwrap();
        plain.extend(content);
    }
    let mut unpacked = Vec::new();
    for at in (0..plain.len() - 4).filter(|at| plain[*at..at + 4] == [0x28, 0xb5, 0x2f, 0xfd]) {
        let mut frame = zstd::stream::read::Decoder::new(&plain[at..]).unwrap().single_frame();
        let _ = std::io::copy(&mut frame, &mut unpacked);
    }
    (plain, unpacked)
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[test]
fn an_erased_record_is_in_no_page_any_more() {
    let dir = tempfile::tempdir().unwrap();
    let mut rows = plain(&(1..400).map(|n| (n * 100, n as u64 * 7919, n % 3 == 0)).collect::<Vec<_>>());
    rows.push(vec![((5000, 77, false), "Zanzibarquince".to_owned())]);
    rows.push(vec![((6000, 78, false), "Keepsakeorange".to_owned())]);
    let store = open(dir.path());
    import(&store, "one", &rows);
    store.write::<_, StoreError>(|w| w.hide(&[seen_id(&store, "Zanzibarquince")], true)).unwrap();
    store.settle().unwrap();
    drop(store);
    let (pages, originals) = decrypted(dir.path());
    for word in ["Zanzibarquince", "Keepsakeorange"] {
        assert!(holds(&pages, word) && holds(&originals, &format!("row of {word}")), "{word}");
    }
    assert!(holds(&pages, "zanzibarquince"), "its word is in the index");

    let store = open(dir.path());
    let id = seen_id(&store, "Zanzibarquince");
    let erased = store.write(|w| w.erase_records(&[id])).unwrap();
    assert_eq!((erased.records, erased.rows), (1, 1));
    store.settle().unwrap();
    assert_eq!((found(&store, "zanzibarquince"), found(&store, "keepsakeorange")), (0, 1));
    let dump = store.dump().unwrap();
    assert!(!dump.contains("hidden_record:"), "nor does a mark say that it was hidden");
    drop(store);
    let (pages, originals) = decrypted(dir.path());
    for word in ["anzibarquince", "Zanzib", "zanzib"] {
        assert!(!holds(&pages, word) && !holds(&originals, word), "{word}");
    }
    assert!(holds(&pages, "Keepsakeorange") && holds(&originals, "row of Keepsakeorange"));
}

#[test]
fn many_erased_at_once_are_in_no_page_and_the_others_are_found_as_before() {
    let dir = tempfile::tempdir().unwrap();
    let goes = |n: i64| n % 3 != 0;
    let name = |n: i64| format!("{}{n}x", if goes(n) { "Zanzibarquince" } else { "Keepsakeorange" });
    let rows: Vec<_> = (1..3000).map(|n| vec![((n * 100, n as u64 * 7919, false), name(n))]).collect();
    let store = open(dir.path());
    let id = import(&store, "one", &rows);
    let all = seen(&store);
    let going: Vec<i64> = (1..3000).filter(|n| goes(*n)).map(|n| all[&name(n)].0).collect();
    assert_eq!(store.write(|w| w.erase_records(&going)).unwrap().records, 2000);
    // One more goes word by word, and another one comes.
    store.write(|w| w.erase_records(&[seen_id(&store, &name(3))])).unwrap();
    import(&store, "two", &plain(&[(50, 1, false)]));
    for n in [1, 2, 3, 6, 1500, 2000, 2997] {
        assert_eq!(found(&store, &name(n)), usize::from(!goes(n) && n != 3), "{n}");
    }
    assert_eq!((found(&store, "t50x1x0"), found(&store, "keepsakeorange")), (1, 998), "beginnings, too");
    assert_eq!(store.read(|r| r.import(id)).unwrap().records, 998);
    let before = store.dump().unwrap();
    assert!(store.rewrite().unwrap());
    assert_eq!((store.dump().unwrap(), found(&store, &name(6))), (before, 1), "nothing else changes");
    drop(store);
    let (pages, originals) = decrypted(dir.path());
    for word in ["anzibarquince", "zanzib"] {
        assert!(!holds(&pages, word) && !holds(&originals, word), "{word}");
    }
    assert!(holds(&pages, "keepsakeorange") && holds(&originals, "row of Keepsakeorange6"));
}

fn seen_id(store: &Store, title: &str) -> i64 {
    seen(store)[title].0
}

#[test]
fn everything_that_is_erased_is_in_no_page_and_the_log_stays() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let rows: Vec<_> =
        (1..2000).map(|n| vec![((n * 10, n as u64 * 31, false), format!("Quincename{n}"))]).collect();
    import(&store, "Pineapplearchive", &rows);
    store.write::<_, StoreError>(|w| w.set_rule("*", Category::Location, Some(RuleKind::Never))).unwrap();
    store.write(|w| w.set_meta("preferences", b"kept")).unwrap();
    let erased = store.write(|w| w.erase_everything()).unwrap();
    assert_eq!((erased.records, erased.rows), (1999, 1999));
    store.settle().unwrap();
    assert_eq!(store.read(|r| r.count()).unwrap(), 0);
    assert!(
        store.read(|r| r.imports()).unwrap().is_empty() && store.read(|r| r.facets()).unwrap().is_empty()
    );
    assert_eq!(store.read(|r| r.rules()).unwrap().rows().len(), 1);
    assert_eq!(store.read(|r| r.meta("preferences")).unwrap().unwrap(), b"kept");
    drop(store);
    let (pages, originals) = decrypted(dir.path());
    for word in ["uincename", "ineapplearchive", "detail of"] {
        assert!(!holds(&pages, word) && !holds(&originals, word), "{word}");
    }
    // And it can be filled again.
    let store = open(dir.path());
    import(&store, "again", &plain(&[(5, 5, false)]));
    assert_eq!((store.read(|r| r.count()).unwrap(), found(&store, "t5x5x0")), (1, 1));
}

#[test]
fn a_row_stays_until_the_last_record_that_it_gave_goes() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let (a, b) = ((100, 1, false), (200, 2, true));
    let id = import(&store, "one", &[vec![(a, title(a)), (b, title(b))]]);
    let first = store.write(|w| w.erase_records(&[seen_id(&store, &title(a))])).unwrap();
    assert_eq!((first.records, first.rows), (1, 0));
    assert!(original(&store, id, 1).unwrap().contains(&title(b)));
    let last = store.write(|w| w.erase_records(&[seen_id(&store, &title(b))])).unwrap();
    assert_eq!((last.records, last.rows), (1, 1));
    assert_eq!(original(&store, id, 1), None);
}

#[test]
fn what_an_import_covers_does_not_tell_of_an_erased_record() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let facts = [(86_400, 1, false), (5 * 86_400, 2, false), (9 * 86_400, 3, false), (86_400, 4, true)];
    let import = import(&store, "one", &plain(&facts));
    let cover = |category: Category| {
        let rows = store.read(|r| r.coverage(import)).unwrap();
        rows.into_iter().find(|row| row.category == category.id()).map(|row| (row.first, row.last, row.days))
    };
    let erase = |fact: Fact| {
        store.write(|w| w.erase_records(&[seen_id(&store, &title(fact))])).unwrap();
    };
    erase(facts[1]);
    assert_eq!(cover(Category::Listening), Some((86_400, 9 * 86_400, vec![1, 9])));
    erase(facts[2]);
    assert_eq!(cover(Category::Listening), Some((86_400, 86_400, vec![1])));
    erase(facts[3]);
    assert_eq!(cover(Category::Searches), None);
}

#[test]
fn the_first_day_of_1970_is_not_the_day_of_records_without_a_date() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let first = import(&store, "a", &plain(&[(0, 7, false)]));
    let id = seen_id(&store, &title((0, 7, false)));
    store.write(|w| w.hide(&[id], true)).unwrap();
    store.write(|w| w.forget_marks(0..86_400)).unwrap();
    store.write(|w| w.undo_import(first)).unwrap();
    import(&store, "b", &plain(&[(0, 7, false)]));
    assert!(seen(&store)[&title((0, 7, false))].1, "what was hidden by itself stays hidden");
}

#[test]
fn a_mark_outlives_an_undo_and_goes_with_the_last_undone_import() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let facts = [(100, 1, false), (200, 2, true)];
    let (first, second) = (import(&store, "a", &plain(&facts)), import(&store, "b", &plain(&facts[1..])));
    store.write(|w| w.hide(&[seen_id(&store, &title(facts[0]))], true)).unwrap();
    let marks = || store.dump().unwrap().matches("hidden_record:").count();
    store.write(|w| w.undo_import(first)).unwrap();
    store.write(|w| w.undo_import(second)).unwrap();
    assert_eq!(marks(), 1);
    store.write(|w| w.erase_import(second)).unwrap();
    assert_eq!(marks(), 1, "the other one can have held it");
    store.write(|w| w.erase_import(first)).unwrap();
    assert_eq!(marks(), 0);
}

#[test]
fn an_account_goes_with_the_last_import_that_named_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let (first, second) =
        (import(&store, "a", &plain(&[(5, 7, false)])), import(&store, "b", &plain(&[(6, 8, false)])));
    let account = store.read(|r| r.accounts()).unwrap()[0].0;
    store.write(|w| w.know_account("spotify", b"key", account)).unwrap();
    store.write(|w| w.erase_import(first)).unwrap();
    assert_eq!(store.read(|r| r.account_by_key("spotify", b"key")).unwrap(), Some(account));
    store.write(|w| w.erase_import(second)).unwrap();
    assert_eq!(store.read(|r| r.account_by_key("spotify", b"key")).unwrap(), None);
    assert!(store.read(|r| r.accounts()).unwrap().is_empty());
}

#[test]
fn copies_that_migrations_left_go_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    for name in ["t.schema-1.db", "t.schema-12.db", "other.schema-1.db", "t.db.keep"] {
        std::fs::write(dir.path().join(name), b"x").unwrap();
    }
    assert_eq!(store.delete_copies().unwrap(), 2);
    let left = |name: &str| dir.path().join(name).exists();
    assert!(left("other.schema-1.db") && left("t.db.keep") && left("t.db") && !left("t.schema-1.db"));
}

#[derive(Debug, Clone)]
enum Step {
    Import(usize),
    Undo(usize),
    Erase(usize),
    EraseImport(usize),
    EraseCategory(bool),
    EraseDay(i64),
    Hide(usize, bool),
    HideDay(i64, bool),
    HideCategory(bool, bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0usize..3).prop_map(Step::Import),
        2 => (0usize..3).prop_map(Step::Undo),
        3 => (0usize..40).prop_map(Step::Erase),
        1 => (0usize..3).prop_map(Step::EraseImport),
        1 => any::<bool>().prop_map(Step::EraseCategory),
        1 => (0i64..3).prop_map(Step::EraseDay),
        3 => (0usize..40, any::<bool>()).prop_map(|(at, hidden)| Step::Hide(at, hidden)),
        1 => (0i64..3, any::<bool>()).prop_map(|(day, hidden)| Step::HideDay(day, hidden)),
        1 => (any::<bool>(), any::<bool>()).prop_map(|(which, hidden)| Step::HideCategory(which, hidden)),
    ]
}

/// The same steps on plain sets.
#[derive(Default)]
struct Model {
    /// By archive: the import's id and what it holds.
    standing: BTreeMap<usize, (i64, BTreeSet<Fact>)>,
    undone: Vec<i64>,
    marks: BTreeSet<Fact>,
    hidden: BTreeSet<bool>,
}

impl Model {
    fn all(&self) -> BTreeSet<Fact> {
        self.standing.values().flat_map(|(_, facts)| facts.iter().copied()).collect()
    }

    fn nth(&self, at: usize) -> Option<Fact> {
        let all = self.all();
        let at = at % all.len().max(1);
        all.into_iter().nth(at)
    }

    fn erase(&mut self, gone: &[Fact]) {
        for (_, facts) in self.standing.values_mut() {
            facts.retain(|fact| !gone.contains(fact));
        }
        self.marks.retain(|fact| !gone.contains(fact));
    }

    fn is_hidden(&self, fact: Fact) -> bool {
        self.marks.contains(&fact) || self.hidden.contains(&fact.2)
    }
}

fn day(fact: &Fact) -> Option<i64> {
    (fact.0 > 0).then_some(fact.0 / 86_400)
}

fn run(store: &Store, model: &mut Model, archives: &[Vec<Fact>; 3], step: &Step) {
    let ids = |facts: &[Fact]| facts.iter().map(|fact| seen_id(store, &title(*fact))).collect::<Vec<_>>();
    let of_day = |model: &Model, which: i64| -> Vec<Fact> {
        model.all().into_iter().filter(|fact| day(fact) == Some(which)).collect()
    };
    let seconds = |which: i64| (which * 86_400)..((which + 1) * 86_400);
    match *step {
        Step::Import(at) if !model.standing.contains_key(&at) => {
            let id = import(store, &format!("archive {at}"), &titled(mixed(&archives[at])));
            model.standing.insert(at, (id, archives[at].iter().copied().collect()));
        }
        Step::Undo(at) => {
            let Some((id, _)) = model.standing.remove(&at) else { return };
            store.write(|w| w.undo_import(id)).unwrap();
            model.undone.push(id);
        }
        Step::EraseImport(at) => {
            let facts = match model.standing.remove(&at) {
                Some((id, facts)) => {
                    store.write(|w| w.erase_import(id)).unwrap();
                    facts
                }
                None => {
                    let Some(id) = model.undone.pop() else { return };
                    store.write(|w| w.erase_import(id)).unwrap();
                    BTreeSet::new()
                }
            };
            let left = model.all();
            // What was undone can still be told of by marks; what was erased with all that was undone can not.
            let none_undone = model.undone.is_empty();
            model.marks.retain(|fact| left.contains(fact) || !(none_undone || facts.contains(fact)));
        }
        Step::Erase(at) => {
            let Some(fact) = model.nth(at) else { return };
            store.write(|w| w.erase_records(&ids(&[fact]))).unwrap();
            model.erase(&[fact]);
        }
        Step::EraseCategory(which) => {
            let facts: Vec<Fact> = model.all().into_iter().filter(|fact| fact.2 == which).collect();
            store.write(|w| w.erase_records(&ids(&facts))).unwrap();
            model.erase(&facts);
        }
        Step::EraseDay(which) => {
            let facts = of_day(model, which);
            store
                .write(|w| {
                    // As core does, marks without records go as well.
                    w.forget_marks(seconds(which))?;
                    w.erase_records(&ids(&facts))
                })
                .unwrap();
            model.erase(&facts);
            model.marks.retain(|fact| day(fact) != Some(which));
        }
        Step::Hide(at, hidden) => {
            let Some(fact) = model.nth(at) else { return };
            store.write(|w| w.hide(&ids(&[fact]), hidden)).unwrap();
            if hidden {
                model.marks.insert(fact)
            } else {
                model.marks.remove(&fact)
            };
        }
        Step::HideDay(which, hidden) => {
            let facts = of_day(model, which);
            store.write(|w| w.hide(&ids(&facts), hidden)).unwrap();
            for fact in facts {
                if hidden {
                    model.marks.insert(fact)
                } else {
                    model.marks.remove(&fact)
                };
            }
        }
        Step::HideCategory(which, hidden) => {
            let category = category((1, 1, which));
            let rule = hidden.then_some(RuleKind::Hide);
            store.write(|w| w.set_rule("*", category, rule)).unwrap();
            if hidden {
                model.hidden.insert(which)
            } else {
                model.hidden.remove(&which)
            };
        }
        Step::Import(_) => {}
    }
}

fn covered(facts: &BTreeSet<Fact>) -> Vec<CoverageRow> {
    let mut rows = Vec::new();
    for one in [Category::Listening, Category::Searches] {
        let of = |fact: &&Fact| category(**fact) == one && fact.0 > 0;
        let seconds: Vec<i64> = facts.iter().filter(of).map(|fact| fact.0).collect();
        if let (Some(first), Some(last)) = (seconds.iter().min(), seconds.iter().max()) {
            let days: BTreeSet<i32> = seconds.iter().map(|second| (second / 86_400) as i32).collect();
            let (category, days) = (one.id().to_owned(), days.into_iter().collect());
            rows.push(CoverageRow { category, first: *first, last: *last, days });
        }
    }
    rows.sort_by(|a, b| a.category.cmp(&b.category));
    rows
}

fn agree(store: &Store, model: &Model, archives: &[Vec<Fact>; 3]) {
    let expected: BTreeMap<String, bool> =
        model.all().into_iter().map(|fact| (title(fact), model.is_hidden(fact))).collect();
    let there: BTreeMap<String, bool> =
        seen(store).into_iter().map(|(title, (_, hidden))| (title, hidden)).collect();
    assert_eq!(there, expected);
    let (kept, scanned) = (store.read(|r| r.rollup()).unwrap(), store.read(|r| r.rollup_by_scan()).unwrap());
    assert_eq!(kept, scanned);
    for archive in archives {
        for fact in archive {
            let title = title(*fact);
            assert_eq!(found(store, &title), usize::from(expected.contains_key(&title)), "{title}");
        }
    }
    for (at, (id, facts)) in &model.standing {
        assert_eq!(store.read(|r| r.held_by(*id)).unwrap(), facts.len() as u64);
        let others: BTreeSet<Fact> = model
            .standing
            .iter()
            .filter(|(other, _)| *other != at)
            .flat_map(|(_, (_, facts))| facts.iter().copied())
            .collect();
        assert_eq!(store.read(|r| r.only_in(*id)).unwrap(), facts.difference(&others).count() as u64);
        let mut told = BTreeSet::new();
        for (row, here) in mixed(&archives[*at]).iter().enumerate() {
            let first: Vec<&Fact> = here.iter().filter(|fact| told.insert(**fact)).collect();
            let kept = original(store, *id, row as u32 + 1);
            let needed = first.iter().any(|fact| facts.contains(fact));
            assert_eq!(kept.is_some(), needed, "row {row} of {at}: {kept:?}");
        }
        assert_eq!(store.read(|r| r.coverage(*id)).unwrap(), covered(facts), "what {at} covers");
    }
    let counts = |id: &i64| store.read(|r| r.import(*id)).unwrap().records;
    for (id, facts) in model.standing.values() {
        assert_eq!(counts(id), facts.len() as u64, "records of import {id}");
    }
    assert!(model.undone.iter().all(|id| counts(id) == 0));
    let marks = store.dump().unwrap().lines().filter(|line| line.starts_with("hidden_record:")).count();
    assert_eq!(marks, model.marks.len(), "{:?}", model.marks);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_steps_leaves_what_a_plain_list_says(
        facts in prop::array::uniform3(prop::collection::vec((0i64..3, 0i64..2, 0u64..3, any::<bool>()), 0..12)),
        steps in prop::collection::vec(step(), 1..14),
    ) {
        // Few days, seconds and slots, so that records clash, overlap and share days; the hash says which category it is.
        let fact = |&(day, second, hash, search): &(i64, i64, u64, bool)| {
            let second = if day == 0 && second == 0 { 0 } else { day * 86_400 + second };
            (second, ((hash * 2 + u64::from(search)) << 16) | (hash % 2), search)
        };
        let archives = facts.map(|list| list.iter().map(fact).collect::<Vec<Fact>>());
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path());
        let mut model = Model::default();
        for step in &steps {
            run(&store, &mut model, &archives, step);
            agree(&store, &model, &archives);
        }
    }
}
