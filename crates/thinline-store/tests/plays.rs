//! Plays that two sources tell, with hiding, rules, people and erasing in any order: what is left is what a plain list of the
//! same steps says. Records are made anew here as core does it from original rows.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panic, as the tests do")]

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use thinline_model::{
    Category, Certainty, ContentHash, DetailShape, Fact, Kind, Origin, Party, Precision, Record, Timestamp,
    When,
};
use thinline_store::{
    Batch, BatchRow, FacetSet, Ingest, NewImport, PageQuery, RuleKind, Store, StoreError, Way, Write, Zone,
};

/// A play: its minute, and what is played. Account data tells it at the beginning of its minute, the history to the second.
type Play = (i64, u64);

/// Which archives tell precisely.
const PRECISE: [bool; 4] = [true, false, true, false];
const FIRST: i64 = 1_700_000_040;

fn open(dir: &Path) -> Store {
    Store::open(&dir.join("t.db"), &[7; 32], Zone::utc()).unwrap()
}

fn second((minute, what): Play, precise: bool) -> i64 {
    FIRST + minute * 60 + if precise { what as i64 * 13 } else { 0 }
}

fn category((_, what): Play) -> Category {
    if what == 0 { Category::Viewing } else { Category::Listening }
}

/// Only the history names who played, and not always.
fn person((_, what): Play, precise: bool) -> Option<&'static str> {
    match what {
        0 if precise => Some("Robin"),
        1 if precise => Some("Kim"),
        _ => None,
    }
}

fn title((minute, what): Play) -> String {
    format!("m{minute}w{what}z")
}

fn record(play: Play, precise: bool) -> Record {
    let precision = if precise { Precision::Second } else { Precision::Minute };
    Record {
        // Two have one slot, so that their rough tellings clash; the third begins on the full minute, as its rough one does.
        hash: ContentHash((play.1 + 1) << 16 | if play.1 == 0 { 4 } else { 0 }),
        when: When::Dated { at: Timestamp(second(play, precise)), precision, certainty: Certainty::Explicit },
        fact: Some(Fact { name: "play".into(), hash: play.1 + 1, rank: u8::from(!precise) }),
        kind: Kind::Used,
        origin: Origin::Observed,
        category: category(play),
        party: Party::First,
        sensitivity: category(play).sensitivity(),
        recipe: if precise { "spotify/plays" } else { "spotify/account-plays" }.into(),
        person: person(play, precise).map(Into::into),
        title: title(play).into(),
        by: "".into(),
        counterparty: "".into(),
        url: "".into(),
        raw_time: "".into(),
        detail: Vec::new(),
        shape: Arc::new(DetailShape { fields: Vec::new() }),
    }
}

fn import(store: &Store, at: usize, plays: &[Play]) -> i64 {
    let archive = format!("archive {at}");
    let new = NewImport {
        service: "spotify",
        account: "default",
        archive: &archive,
        archive_hash: archive.as_bytes(),
        catalogue: "c",
        at: 1,
        as_of: 9,
    };
    let mut ingest = Ingest::begin(store, &new, true).unwrap();
    ingest.open_file(store, "a.json").unwrap();
    let mut batch = Batch::default();
    for (row, play) in plays.iter().enumerate() {
        batch.rows.push(BatchRow { part: 0, row: row as u32 + 1, records: 1, original: 1 });
        batch.originals.push(b'x');
        batch.records.push(record(*play, PRECISE[at]));
    }
    ingest.batch(store, &batch).unwrap();
    ingest.close_file(store, "").unwrap();
    store.write(|w| ingest.finish(w, "")).unwrap();
    ingest.id()
}

#[derive(Debug, Clone)]
enum Step {
    Import(usize),
    Undo(usize),
    EraseImport(usize),
    Erase(usize),
    EraseCategory(u64),
    Hide(usize, bool),
    HideCategory(u64, bool),
    Whose(usize, &'static str),
}

fn step() -> impl Strategy<Value = Step> {
    let whose = prop::sample::select(vec!["mine", "not-mine", "undecided"]);
    prop_oneof![
        6 => (0usize..4).prop_map(Step::Import),
        4 => (0usize..4).prop_map(Step::Undo),
        1 => (0usize..4).prop_map(Step::EraseImport),
        2 => (0usize..20).prop_map(Step::Erase),
        1 => (0u64..2).prop_map(Step::EraseCategory),
        4 => (0usize..20, any::<bool>()).prop_map(|(at, hidden)| Step::Hide(at, hidden)),
        1 => (0u64..2, any::<bool>()).prop_map(|(of, hidden)| Step::HideCategory(of, hidden)),
        1 => (0usize..2, whose).prop_map(|(at, whose)| Step::Whose(at, whose)),
    ]
}

#[derive(Default)]
struct Model {
    standing: BTreeMap<usize, (i64, BTreeSet<Play>)>,
    undone: Vec<i64>,
    marks: BTreeSet<Play>,
    hidden: BTreeSet<Category>,
    decided: BTreeMap<String, &'static str>,
}

impl Model {
    /// What is there, and whether a standing archive tells it precisely.
    fn all(&self) -> BTreeMap<Play, bool> {
        let mut all = BTreeMap::new();
        for (at, (_, plays)) in &self.standing {
            plays.iter().for_each(|play| *all.entry(*play).or_insert(false) |= PRECISE[*at]);
        }
        all
    }

    fn nth(&self, at: usize) -> Option<Play> {
        let all = self.all();
        all.keys().nth(at % all.len().max(1)).copied()
    }

    fn erase(&mut self, gone: &[Play]) {
        for (_, plays) in self.standing.values_mut() {
            plays.retain(|play| !gone.contains(play));
        }
        self.marks.retain(|play| !gone.contains(play));
    }

    /// Who has records.
    fn there(&self) -> BTreeSet<&'static str> {
        self.all().iter().filter_map(|(play, precise)| person(*play, *precise)).collect()
    }

    fn people(&self) -> BTreeMap<String, String> {
        let there = self.there();
        let by_itself = if there.len() == 1 { "mine" } else { "undecided" };
        let mut people: BTreeMap<String, String> =
            there.into_iter().map(|name| (name.to_owned(), by_itself.to_owned())).collect();
        people.extend(self.decided.iter().map(|(name, whose)| (name.clone(), (*whose).to_owned())));
        people
    }
}

/// Makes records anew that the file that holds them tells roughly.
fn retell(w: &Write<'_>, archives: &[Vec<Play>; 4], bereft: &[(i64, i64, u32)]) -> Result<(), StoreError> {
    let mut files: BTreeMap<i64, Vec<(i64, u32, Record)>> = BTreeMap::new();
    for (id, file, row) in bereft {
        let import = w.reader().import(w.reader().file(*file)?.import)?;
        let at: usize = import.archive.trim_start_matches("archive ").parse().unwrap();
        assert!(!PRECISE[at]);
        files.entry(*file).or_default().push((*id, *row, record(archives[at][*row as usize - 1], false)));
    }
    files.into_iter().try_for_each(|(file, told)| w.retell(file, &told))
}

fn run(store: &Store, model: &mut Model, archives: &[Vec<Play>; 4], step: &Step) {
    let ids = |plays: &[Play]| {
        let seen = seen(store);
        plays.iter().map(|play| seen[&title(*play)].0).collect::<Vec<_>>()
    };
    match *step {
        Step::Import(at) if !model.standing.contains_key(&at) => {
            let id = import(store, at, &archives[at]);
            model.standing.insert(at, (id, archives[at].iter().copied().collect()));
        }
        Step::Import(_) => {}
        Step::Undo(at) => {
            let Some((id, _)) = model.standing.remove(&at) else { return };
            store.write(|w| retell(w, archives, &w.undo_import(id)?.bereft)).unwrap();
            model.undone.push(id);
        }
        Step::EraseImport(at) => {
            let (id, plays) = match model.standing.remove(&at) {
                Some(standing) => standing,
                None => (model.undone.pop().unwrap_or_default(), BTreeSet::new()),
            };
            if id == 0 {
                return;
            }
            store.write(|w| retell(w, archives, &w.erase_import(id)?.bereft)).unwrap();
            let (left, none_undone) = (model.all(), model.undone.is_empty());
            model.marks.retain(|play| left.contains_key(play) || !(none_undone || plays.contains(play)));
        }
        Step::Erase(at) => {
            let Some(play) = model.nth(at) else { return };
            store.write(|w| w.erase_records(&ids(&[play]))).unwrap();
            model.erase(&[play]);
        }
        Step::EraseCategory(of) => {
            let of = category((0, of));
            let plays: Vec<Play> = model.all().into_keys().filter(|play| category(*play) == of).collect();
            store
                .write(|w| {
                    w.forget_marks_of(of, None)?;
                    w.erase_records(&ids(&plays))
                })
                .unwrap();
            model.erase(&plays);
            model.marks.retain(|play| category(*play) != of);
        }
        Step::Hide(at, hidden) => {
            let Some(play) = model.nth(at) else { return };
            store.write(|w| w.hide(&ids(&[play]), hidden)).unwrap();
            if hidden {
                model.marks.insert(play)
            } else {
                model.marks.remove(&play)
            };
        }
        Step::HideCategory(of, hidden) => {
            let of = category((0, of));
            store.write(|w| w.set_rule("*", of, hidden.then_some(RuleKind::Hide))).unwrap();
            if hidden {
                model.hidden.insert(of)
            } else {
                model.hidden.remove(&of)
            };
        }
        Step::Whose(at, whose) => {
            let people = store.read(|r| r.persons()).unwrap();
            let Some(person) = people.get(at).filter(|one| model.there().contains(&*one.name)) else {
                return;
            };
            store.write(|w| w.set_whose(person.id, whose)).unwrap();
            model.decided.insert(person.name.clone(), whose);
        }
    }
}

/// By title: place, second, whether it is hidden, whose.
fn seen(store: &Store) -> BTreeMap<String, (i64, i64, bool, Option<String>)> {
    store
        .read::<_, StoreError>(|read| {
            let facets = read.facet_table()?;
            let names: BTreeMap<i64, String> =
                read.persons()?.into_iter().map(|one| (one.id, one.name)).collect();
            let rows = read.page(&query(&FacetSet::All, ""))?;
            let count = rows.len();
            let seen: BTreeMap<_, _> = rows
                .into_iter()
                .map(|row| {
                    let facet = facets.iter().find(|facet| facet.id == row.facet).unwrap();
                    let name = (facet.person > 0).then(|| names[&facet.person].clone());
                    (row.title.to_string(), (row.id, row.id >> 16, facet.hidden, name))
                })
                .collect();
            assert_eq!(seen.len(), count, "each play is there once");
            Ok(seen)
        })
        .unwrap()
}

fn query<'a>(facets: &'a FacetSet, search: &'a str) -> PageQuery<'a> {
    PageQuery { facets, low: i64::MIN, high: i64::MAX, way: Way::Older, search, limit: 10_000 }
}

fn agree(store: &Store, model: &mut Model) {
    // Whom the person left open is not remembered without records.
    let there = model.there();
    model.decided.retain(|name, whose| *whose != "undecided" || there.contains(&**name));
    let expected: BTreeMap<String, (i64, bool, Option<String>)> = model
        .all()
        .into_iter()
        .map(|(play, precise)| {
            let hidden = model.marks.contains(&play) || model.hidden.contains(&category(play));
            (title(play), (second(play, precise), hidden, person(play, precise).map(str::to_owned)))
        })
        .collect();
    let there: BTreeMap<String, (i64, bool, Option<String>)> = seen(store)
        .into_iter()
        .map(|(title, (_, second, hidden, name))| (title, (second, hidden, name)))
        .collect();
    assert_eq!(there, expected);
    assert_eq!(store.read(|r| r.rollup()).unwrap(), store.read(|r| r.rollup_by_scan()).unwrap());
    for title in expected.keys() {
        assert_eq!(store.read(|r| r.page_ids(&query(&FacetSet::All, title))).unwrap().len(), 1, "{title}");
    }
    assert_eq!(store.read(|r| r.page_ids(&query(&FacetSet::All, "m0w0z"))).unwrap().len(), {
        usize::from(expected.contains_key("m0w0z"))
    });
    for (id, plays) in model.standing.values() {
        assert_eq!(store.read(|r| r.held_by(*id)).unwrap(), plays.len() as u64);
        assert_eq!(store.read(|r| r.import(*id)).unwrap().records, plays.len() as u64);
    }
    let people: BTreeMap<String, String> =
        store.read(|r| r.persons()).unwrap().into_iter().map(|one| (one.name, one.whose)).collect();
    assert_eq!(people, model.people());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_steps_over_two_tellings_leaves_what_a_plain_list_says(
        archives in prop::array::uniform4(prop::collection::btree_set((0i64..2, 0u64..3), 2..6)),
        steps in prop::collection::vec(step(), 4..22),
    ) {
        let archives = archives.map(|plays| plays.into_iter().collect::<Vec<Play>>());
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path());
        let mut model = Model::default();
        for step in &steps {
            run(&store, &mut model, &archives, step);
            agree(&store, &mut model);
        }
    }
}
