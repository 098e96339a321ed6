//! Makes records from the cells of a row, as a recipe says. The recipe is resolved once: fields become slots.

use crate::{
    Context, DateOrder, Note, PartReport, RowOutcome, SkipReason, cell::Cell, key::KeyBuffer, slots::Slots,
    time,
};
use std::{borrow::Cow, collections::HashMap, sync::Arc};
use thinline_catalogue::{At, ClassifyRule, Field, Form, Key, Recipe, Test, Wanted};
use thinline_model::{
    Category, ContentHash, DetailShape, Fact, Kind, Origin, Party, Precision, Record, Sensitivity, Text,
    Timestamp, When,
};

/// Names of persons remembered; a household has a handful.
const PERSONS: usize = 1_000;

/// A recipe, resolved to slots.
pub(crate) struct Maker<'a> {
    recipe: &'a Recipe,
    title: Vec<usize>,
    by: Vec<usize>,
    counterparty: Vec<usize>,
    person: Vec<usize>,
    url: Vec<usize>,
    detail: Vec<usize>,
    time: Vec<usize>,
    form: Form,
    /// How dates that need an order are read.
    pub date_order: Option<DateOrder>,
    minus: Option<usize>,
    filters: Vec<(usize, &'a Wanted)>,
    classify: Vec<(Part, &'a ClassifyRule)>,
    key: Vec<Part>,
    fact: Option<(Arc<str>, Vec<Part>)>,
    shape: Arc<DetailShape>,
    hashed: KeyBuffer,
    told: KeyBuffer,
    persons: HashMap<String, Arc<str>>,
}

/// A part of the record that is made, or a slot.
#[derive(Debug, Clone, Copy)]
enum Part {
    Title,
    By,
    Counterparty,
    Url,
    Slot(usize),
}

/// The texts of a record while it is made.
struct Texts<'c> {
    title: Cow<'c, str>,
    by: Cow<'c, str>,
    counterparty: Cow<'c, str>,
    url: Cow<'c, str>,
}

/// What `classify` may change.
struct Class {
    kind: Kind,
    origin: Origin,
    category: Category,
    party: Party,
    sensitivity: Option<Sensitivity>,
}

impl<'a> Maker<'a> {
    pub fn new(recipe: &'a Recipe, context: &Context<'_>, slots: &mut Slots) -> Self {
        let mut all = |list: &[Field]| list.iter().map(|field| slots.slot(field)).collect::<Vec<_>>();
        let (title, by, url) = (all(&recipe.title), all(&recipe.by), all(&recipe.url));
        let (counterparty, person) = (all(&recipe.counterparty), all(&recipe.person));
        let mut detail = all(&recipe.detail);
        detail.extend(all(&recipe.private));
        let (time, form, minus) = match &recipe.at {
            At::AsOf => (Vec::new(), Form::Iso, None),
            At::Field { fields, form, minus } => {
                (all(fields), *form, minus.as_ref().map(|field| slots.slot(field)))
            }
        };
        let filters = recipe.filters.iter().map(|one| (slots.slot(&one.field), &one.wanted)).collect();
        let mut part = |key: &Key| match key {
            Key::Title => Part::Title,
            Key::By => Part::By,
            Key::Counterparty => Part::Counterparty,
            Key::Url => Part::Url,
            Key::Field(field) => Part::Slot(slots.slot(field)),
        };
        let classify = recipe.classify.iter().map(|rule| (part(&rule.field), rule)).collect();
        let key = recipe.key.iter().map(&mut part).collect();
        let fact = recipe.fact.as_ref();
        let fact = fact.map(|rule| (Arc::clone(&rule.name), rule.on.iter().map(&mut part).collect()));
        Self {
            shape: Arc::new(shape(recipe)),
            hashed: KeyBuffer::new(&[context.service.id.as_str(), context.account]),
            told: KeyBuffer::new(&[]),
            persons: HashMap::new(),
            recipe,
            title,
            by,
            counterparty,
            person,
            url,
            detail,
            time,
            form,
            date_order: None,
            minus,
            filters,
            classify,
            key,
            fact,
        }
    }

    pub fn recipe(&self) -> &'a Recipe {
        self.recipe
    }

    /// Makes the record of a row (or of one cell of an unpivoted row).
    pub fn make(
        &mut self,
        cells: &[Cell<'_>],
        records: &mut Vec<Record>,
        part: &mut PartReport,
    ) -> RowOutcome {
        for (slot, wanted) in &self.filters {
            let fits = match wanted {
                Wanted::OneOf(values) => values.iter().any(|value| *value == cells[*slot].text()),
                Wanted::NoneOf(values) => values.iter().all(|value| *value != cells[*slot].text()),
                Wanted::Present(present) => cells[*slot].is_missing() != *present,
            };
            if !fits {
                return RowOutcome::Skipped(SkipReason::Filtered);
            }
        }
        let texts = Texts {
            title: first(cells, &self.title),
            by: first(cells, &self.by),
            counterparty: first(cells, &self.counterparty),
            url: first(cells, &self.url),
        };
        let class = self.classified(cells, &texts);
        let person = first(cells, &self.person);
        let hash = self.hash(cells, &texts, &class, &person);
        let (when, raw_time) = self.when(cells, hash, part);
        let fact = self.fact(cells, &texts, when);
        let least = class.category.sensitivity();
        records.push(Record {
            hash,
            when,
            fact,
            kind: class.kind,
            origin: class.origin,
            category: class.category,
            party: class.party,
            sensitivity: class.sensitivity.map_or(least, |raised| raised.max(least)),
            recipe: Arc::clone(&self.recipe.id),
            person: self.interned(&person),
            title: texts.title.into(),
            by: texts.by.into(),
            counterparty: texts.counterparty.into(),
            url: texts.url.into(),
            raw_time,
            detail: self.detail.iter().map(|slot| cells[*slot].kept()).collect(),
            shape: Arc::clone(&self.shape),
        });
        RowOutcome::Records
    }

    fn classified(&self, cells: &[Cell<'_>], texts: &Texts<'_>) -> Class {
        let recipe = self.recipe;
        let mut class = Class {
            kind: recipe.kind,
            origin: recipe.origin,
            category: recipe.category,
            party: recipe.party,
            sensitivity: None,
        };
        for (part, rule) in &self.classify {
            if !shows(&rule.test, &text_of(*part, cells, texts)) {
                continue;
            }
            class.kind = rule.kind.unwrap_or(class.kind);
            class.origin = rule.origin.unwrap_or(class.origin);
            class.category = rule.category.unwrap_or(class.category);
            class.party = rule.party.unwrap_or(class.party);
            class.sensitivity = class.sensitivity.max(rule.sensitivity);
            if !rule.go_on {
                break;
            }
        }
        class
    }

    fn hash(&mut self, cells: &[Cell<'_>], texts: &Texts<'_>, class: &Class, person: &str) -> ContentHash {
        self.hashed.restart();
        for field in [person, class.kind.id(), class.category.id()] {
            self.hashed.push(field);
        }
        for part in &self.key {
            match *part {
                // Numbers are written in place, without a text of their own.
                Part::Slot(slot) if matches!(cells[slot], Cell::Whole(_)) => {
                    self.hashed.push(&cells[slot].kept())
                }
                part => self.hashed.push(&text_of(part, cells, texts)),
            }
        }
        self.hashed.hash()
    }

    /// What another source's telling of a play has in common with this one. A time that is coarser finds nobody.
    fn fact(&mut self, cells: &[Cell<'_>], texts: &Texts<'_>, when: When) -> Option<Fact> {
        let (name, on) = self.fact.as_ref()?;
        let rank = match when {
            When::Dated { precision: Precision::Second, .. } => 0,
            When::Dated { precision: Precision::Minute, .. } => 1,
            _ => return None,
        };
        self.told.restart();
        on.iter().for_each(|part| self.told.push(&text_of(*part, cells, texts)));
        Some(Fact { name: Arc::clone(name), hash: self.told.hash().0, rank })
    }

    /// The time, and how it was written. A row without a usable time keeps its record, undated, and is counted.
    fn when(&self, cells: &[Cell<'_>], hash: ContentHash, part: &mut PartReport) -> (When, Text) {
        if self.time.is_empty() {
            return (When::Undated, Text::default());
        }
        let raw = first(cells, &self.time);
        if raw.is_empty() {
            part.note(Note::NoTime);
            return (When::Undated, Text::default());
        }
        let Some(mut written) = time::read(self.form, self.date_order, &raw) else {
            part.note(Note::UnreadableTime);
            return (When::Undated, raw.into());
        };
        let minus = self.minus.and_then(|slot| cells[slot].whole()).unwrap_or(0);
        written.millis = written.millis.saturating_sub(minus);
        // A beginning that is reckoned from an end in whole minutes is not a whole minute itself: cutting it down to
        // one would part it from the same fact told to the second.
        let reckoned = self.minus.is_some() && written.precision == Precision::Minute;
        let at = Timestamp(if reckoned { written.millis.div_euclid(1000) } else { written.second(hash) });
        if at.is_datable() && written.precision != Precision::None {
            (When::Dated { at, precision: written.precision, certainty: written.certainty }, raw.into())
        } else {
            part.note(Note::TimeOutOfRange);
            (When::Undated, raw.into())
        }
    }

    fn interned(&mut self, person: &str) -> Option<Arc<str>> {
        if person.is_empty() {
            return None;
        }
        if let Some(known) = self.persons.get(person) {
            return Some(Arc::clone(known));
        }
        let name: Arc<str> = person.into();
        if self.persons.len() < PERSONS {
            self.persons.insert(person.to_owned(), Arc::clone(&name));
        }
        Some(name)
    }
}

fn shape(recipe: &Recipe) -> DetailShape {
    let named = |private| move |field: &Field| (field.name.as_str().into(), private);
    DetailShape {
        fields: recipe
            .detail
            .iter()
            .map(named(false))
            .chain(recipe.private.iter().map(named(true)))
            .collect(),
    }
}

fn first<'c>(cells: &'c [Cell<'_>], slots: &[usize]) -> Cow<'c, str> {
    slots
        .iter()
        .map(|slot| &cells[*slot])
        .find(|cell| !cell.is_missing())
        .map_or(Cow::Borrowed(""), Cell::text)
}

fn text_of<'c>(part: Part, cells: &'c [Cell<'_>], texts: &'c Texts<'_>) -> Cow<'c, str> {
    match part {
        Part::Title => Cow::Borrowed(&texts.title),
        Part::By => Cow::Borrowed(&texts.by),
        Part::Counterparty => Cow::Borrowed(&texts.counterparty),
        Part::Url => Cow::Borrowed(&texts.url),
        Part::Slot(slot) => cells[slot].text(),
    }
}

/// Whether a value shows what a rule wants; the rule's words are lower case.
fn shows(test: &Test, value: &str) -> bool {
    if value.is_empty() {
        return false;
    }
    let lower = value.to_lowercase();
    match test {
        Test::Present => true,
        Test::Prefix(words) => words.iter().any(|word| lower.starts_with(word)),
        Test::Contains(words) => words.iter().any(|word| lower.contains(word)),
        Test::Suffix(words) => words.iter().any(|word| lower.ends_with(word)),
        Test::Equals(words) => words.contains(&lower),
    }
}
