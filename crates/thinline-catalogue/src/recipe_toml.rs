//! Reads `recipes.toml`: the rules beyond its form, which lies in `recipe_form`.

use crate::{
    CatalogueError,
    fold::fold,
    pattern::{ColumnPattern, FilePattern},
    recipe::{
        At, ClassifyRule, Defaults, Field, Filter, Key, Reader, Recipe, RowPath, Sniff, StateRule,
        StateWords, Test, UNUSED_REASONS, Unpivot, Unused,
    },
    recipe_form::{RawAt, RawClassify, RawFile, RawRecipe, RawSniff, RawStates, RawUnpivot, Zone},
    toml_words::{Several, Source, Word, date, filled},
};
use std::{collections::BTreeSet, ops::Range, sync::Arc};
use thinline_model::{Kind, Sensitivity, ServiceId};
use toml::Spanned;

/// What a `recipes.toml` gives.
type Recipes = (Vec<Recipe>, Vec<Unused>, Vec<FilePattern>);

/// Reads a `recipes.toml`.
pub(crate) fn read(service: &ServiceId, file: &str, text: &str) -> Result<Recipes, CatalogueError> {
    let source = Source { file, text };
    let raw: RawFile = source.parse()?;
    let Word(Zone) = raw.defaults.zone;
    let null = raw.defaults.null.iter().map(|value| value.trim().to_lowercase()).collect();
    let defaults = Arc::new(Defaults { null });
    let mut recipes: Vec<Recipe> = Vec::new();
    for one in raw.recipe {
        let span = one.span();
        let recipe = Draft { source, span, service, defaults: &defaults }.recipe(one.into_inner())?;
        recipes.push(recipe);
    }
    let (mut unused, mut empty) = (Vec::new(), Vec::new());
    for one in &raw.unused {
        let known = UNUSED_REASONS.contains(&one.why.get_ref().as_str());
        source.check(known, one.why.span(), format!("unknown word `{}`", one.why.get_ref()))?;
        let files = source.make_all(&one.files, FilePattern::new)?;
        unused.push(Unused { files, why: one.why.get_ref().clone() });
    }
    for one in &raw.empty {
        empty.extend(source.make_all(&one.files, FilePattern::new)?);
    }
    no_pattern_twice(source, &recipes, &unused, &empty)?;
    Ok((recipes, unused, empty))
}

/// The same file pattern in two places is a mistake, unless recipes read different lists of the file.
fn no_pattern_twice(
    source: Source<'_>,
    recipes: &[Recipe],
    unused: &[Unused],
    empty: &[FilePattern],
) -> Result<(), CatalogueError> {
    let mut seen = BTreeSet::new();
    let mut names = BTreeSet::new();
    for recipe in recipes {
        let place = source.text.find(&format!("\"{}\"", recipe.name)).unwrap_or(0);
        source.check(
            names.insert(&recipe.name),
            place..place,
            format!("two recipes are named `{}`", recipe.name),
        )?;
        for file in &recipe.files {
            let fresh = seen.insert((file.written().to_lowercase(), recipe.rows.keys.clone()));
            source.check(fresh, place..place, format!("`{}` is read twice", file.written()))?;
        }
    }
    let read: BTreeSet<String> = seen.into_iter().map(|(file, _)| file).collect();
    let mut others = BTreeSet::new();
    for file in unused.iter().flat_map(|one| &one.files).chain(empty) {
        let place = source.text.rfind(&format!("\"{}\"", file.written())).unwrap_or(0);
        let fresh =
            others.insert(file.written().to_lowercase()) && !read.contains(&file.written().to_lowercase());
        source.check(fresh, place..place, format!("`{}` stands in two places", file.written()))?;
    }
    Ok(())
}

/// A recipe while it is checked.
struct Draft<'a> {
    source: Source<'a>,
    span: Range<usize>,
    service: &'a ServiceId,
    defaults: &'a Arc<Defaults>,
}

impl Draft<'_> {
    fn check(&self, fits: bool, problem: &str) -> Result<(), CatalogueError> {
        self.source.check(fits, self.span.clone(), problem)
    }

    fn recipe(&self, raw: RawRecipe) -> Result<Recipe, CatalogueError> {
        let source = self.source;
        let Word(reader) = raw.reader;
        let unpivots = raw.unpivot.is_some();
        let field = |name: &String| self.field(name, reader, unpivots);
        let fields = |names: &[String]| names.iter().map(field).collect::<Result<Vec<_>, _>>();
        self.check(!raw.files.is_empty(), "`files` is empty")?;
        self.check(!raw.title.0.is_empty(), "`title` is empty")?;
        self.check(!raw.kind.0.is_own(), "`kind` is one of Thinline's own")?;
        self.check(reader == Reader::Csv || !unpivots, "`unpivot` is for `reader = \"csv\"`")?;
        self.check(
            raw.kind.0 == Kind::Setting || raw.states.is_empty(),
            "`states` is for `kind = \"setting\"`",
        )?;
        let name = source.make(&raw.name, filled)?;
        Ok(Recipe {
            id: format!("{}/{name}", self.service).into(),
            grade: raw.grade.0,
            checked: source.make(&raw.checked, date)?,
            files: source.make_all(&raw.files, FilePattern::new)?,
            sniff: raw.sniff.as_ref().map(|sniff| self.sniff(sniff, reader)).transpose()?,
            reader,
            rows: self.rows(raw.rows.as_ref(), reader)?,
            filters: (raw.filters.into_iter())
                .map(|one| Ok(Filter { field: field(&one.f)?, allowed: one.allowed }))
                .collect::<Result<_, CatalogueError>>()?,
            kind: raw.kind.0,
            origin: raw.origin.0,
            category: raw.category.0,
            party: raw.party.0,
            unpivot: raw.unpivot.as_ref().map(|unpivot| self.unpivot(unpivot.get_ref())).transpose()?,
            at: self.at(&raw.at, &fields)?,
            title: fields(&raw.title.0)?,
            by: fields(&raw.by.0)?,
            counterparty: fields(&raw.counterparty.0)?,
            person: fields(&raw.person.0)?,
            url: fields(&raw.url.0)?,
            detail: fields(&raw.detail)?,
            private: fields(&raw.private)?,
            classify: raw
                .classify
                .iter()
                .map(|rule| self.classify(rule, &field))
                .collect::<Result<_, _>>()?,
            states: raw.states.iter().map(|rule| self.states(rule)).collect::<Result<_, _>>()?,
            key: self.key(raw.key.as_deref(), raw.kind.0, unpivots, &field)?,
            evidence: raw.evidence.into_iter().map(|Word(purpose)| purpose).collect(),
            defaults: Arc::clone(self.defaults),
            name,
        })
    }

    fn field(&self, name: &str, reader: Reader, unpivots: bool) -> Result<Field, CatalogueError> {
        let known = match name {
            Field::VALUE => reader == Reader::Json || unpivots,
            Field::COLUMN => unpivots,
            _ => !name.is_empty() && !name.contains(['@', '^', '*', '|', '[', '{']),
        };
        self.check(known, &format!("`{name}` is no field here"))?;
        let path = match (name, reader) {
            (Field::VALUE | Field::COLUMN, _) => Vec::new(),
            (_, Reader::Csv) => vec![fold(name)],
            (_, Reader::Json) => name.split('.').map(fold).collect(),
        };
        self.check(path.iter().all(|key| !key.is_empty()), &format!("`{name}` is no field here"))?;
        Ok(Field { name: name.to_owned(), path })
    }

    fn sniff(&self, raw: &Spanned<RawSniff>, reader: Reader) -> Result<Sniff, CatalogueError> {
        let folded = |names: &Vec<String>| names.iter().map(|name| fold(name)).collect();
        match (reader, &raw.get_ref().keys, &raw.get_ref().header) {
            (Reader::Json, Some(keys), None) if !keys.is_empty() => Ok(Sniff::Keys(folded(keys))),
            (Reader::Csv, None, Some(header)) if !header.is_empty() => Ok(Sniff::Header(folded(header))),
            _ => Err(self.source.error(raw.span(), "`sniff` takes `keys` for json, `header` for csv")),
        }
    }

    fn rows(&self, raw: Option<&Spanned<String>>, reader: Reader) -> Result<RowPath, CatalogueError> {
        match (reader, raw) {
            (Reader::Csv, None) => Ok(RowPath { keys: Vec::new(), written: "lines".to_owned() }),
            (Reader::Csv, Some(rows)) => {
                Err(self.source.error(rows.span(), "`rows` is for `reader = \"json\"`"))
            }
            (Reader::Json, None) => Err(self.source.error(self.span.clone(), "`rows` is missing")),
            (Reader::Json, Some(rows)) => self.source.make(rows, row_path),
        }
    }

    fn unpivot(&self, raw: &RawUnpivot) -> Result<Unpivot, CatalogueError> {
        let columns = self.source.make_all(&raw.columns, ColumnPattern::new)?;
        self.check(!columns.is_empty(), "`unpivot` has no columns")?;
        self.check(raw.split.as_deref() != Some(""), "`split` is empty")?;
        Ok(Unpivot { columns, split: raw.split.clone() })
    }

    fn at(
        &self,
        raw: &RawAt,
        fields: &impl Fn(&[String]) -> Result<Vec<Field>, CatalogueError>,
    ) -> Result<At, CatalogueError> {
        let RawAt::Field(raw) = raw else { return Ok(At::AsOf) };
        self.check(raw.minus.is_some() == raw.unit.is_some(), "`minus` and `unit` belong together")?;
        if let Some(unit) = &raw.unit {
            self.source.check(unit.get_ref() == "ms", unit.span(), "the only `unit` is `ms`")?;
        }
        let minus = raw.minus.clone().map(|name| fields(&[name])).transpose()?;
        let Word(form) = raw.form;
        Ok(At::Field { fields: fields(&raw.f.0)?, form, minus: minus.and_then(|mut one| one.pop()) })
    }

    fn classify(
        &self,
        raw: &Spanned<RawClassify>,
        field: &impl Fn(&String) -> Result<Field, CatalogueError>,
    ) -> Result<ClassifyRule, CatalogueError> {
        let rule = raw.get_ref();
        let lower =
            |texts: &Several<String>| texts.0.iter().map(|text| text.to_lowercase()).collect::<Vec<_>>();
        let mut tests = [
            rule.prefix.as_ref().map(|texts| Test::Prefix(lower(texts))),
            rule.contains.as_ref().map(|texts| Test::Contains(lower(texts))),
            rule.suffix.as_ref().map(|texts| Test::Suffix(lower(texts))),
            rule.equals.as_ref().map(|texts| Test::Equals(lower(texts))),
            rule.present.filter(|present| *present).map(|_| Test::Present),
        ]
        .into_iter()
        .flatten();
        let (Some(test), None) = (tests.next(), tests.next()) else {
            return Err(self
                .source
                .error(raw.span(), "one of prefix, contains, suffix, equals, present is needed"));
        };
        let sensitivity = (rule.sensitivity.as_ref())
            .map(|level| Sensitivity::from_level(*level.get_ref()).map_err(|_| level.span()))
            .transpose()
            .map_err(|span| self.source.error(span, "sensitivity is 1, 2 or 3"))?;
        Ok(ClassifyRule {
            field: part(&rule.f, field)?,
            test,
            kind: rule.kind.map(|Word(word)| word),
            origin: rule.origin.map(|Word(word)| word),
            category: rule.category.map(|Word(word)| word),
            party: rule.party.map(|Word(word)| word),
            sensitivity,
            go_on: rule.go_on,
        })
    }

    fn states(&self, raw: &RawStates) -> Result<StateRule, CatalogueError> {
        let scope = raw.scope.get_ref();
        let known = ["account", "person"].contains(&scope.as_str());
        self.source.check(known, raw.scope.span(), "the scope is `account` or `person`")?;
        let folded = |values: &[String]| values.iter().map(|value| fold(value)).collect();
        Ok(StateRule {
            columns: self.source.make_all(&raw.columns, ColumnPattern::new)?,
            purpose: raw.purpose.0,
            scope: scope.clone(),
            words: StateWords { on: folded(&raw.on), off: folded(&raw.off) },
        })
    }

    /// A new value of a setting is a new record, so its key holds the value.
    fn key(
        &self,
        raw: Option<&[String]>,
        kind: Kind,
        unpivots: bool,
        field: &impl Fn(&String) -> Result<Field, CatalogueError>,
    ) -> Result<Vec<Key>, CatalogueError> {
        let Some(names) = raw else {
            let mut key = vec![Key::Title, Key::By, Key::Url];
            if kind == Kind::Setting && unpivots {
                key.push(Key::Field(field(&Field::VALUE.to_owned())?));
            }
            return Ok(key);
        };
        self.check(!names.is_empty(), "`key` is empty")?;
        names.iter().map(|name| part(name, field)).collect()
    }
}

/// A part of the record by its own name, else a field.
fn part(
    name: &String,
    field: &impl Fn(&String) -> Result<Field, CatalogueError>,
) -> Result<Key, CatalogueError> {
    Ok(match name.as_str() {
        "title" => Key::Title,
        "by" => Key::By,
        "counterparty" => Key::Counterparty,
        "url" => Key::Url,
        _ => Key::Field(field(name)?),
    })
}

/// `[]`, `key[]` or `key.key[]`.
fn row_path(written: &str) -> Result<RowPath, String> {
    let wrong = || format!("`{written}` is no path like `[]` or `key[]`");
    let keys = written.strip_suffix("[]").ok_or_else(wrong)?;
    let keys: Vec<String> = if keys.is_empty() { Vec::new() } else { keys.split('.').map(fold).collect() };
    if keys.iter().any(String::is_empty)
        || written.contains(['*', '{', '(', '^', '|'])
        || written.matches("[]").count() > 1
    {
        return Err(wrong());
    }
    Ok(RowPath { keys, written: written.to_owned() })
}
