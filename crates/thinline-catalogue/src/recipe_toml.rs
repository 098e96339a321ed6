//! Reads `recipes.toml`: the rules beyond its form, which lies in `recipe_form`.

use crate::{
    CatalogueError,
    fold::fold,
    pattern::{ColumnPattern, FilePattern},
    recipe::{
        AccountIn, At, ClassifyRule, Defaults, FactRule, Field, FieldFrom, Filter, Keep, Key, LanguageIn,
        Reader, Recipe, Sniff, StateRule, StateWords, Test, UNUSED_REASONS, Unpivot, Unused, Wanted,
    },
    recipe_field::Fields,
    recipe_form::{
        RawAccount, RawAt, RawClassify, RawFile, RawFilter, RawLanguage, RawRecipe, RawSniff, RawStates,
        RawUnpivot, Zone,
    },
    rows::RowPath,
    toml_words::{Several, Source, Word, date, filled},
};
use std::{collections::BTreeSet, ops::Range, sync::Arc};
use thinline_model::{Kind, Sensitivity, ServiceId};
use toml::Spanned;

/// What a `recipes.toml` gives.
pub(crate) struct Recipes {
    pub recipes: Vec<Recipe>,
    pub unused: Vec<Unused>,
    pub empty: Vec<FilePattern>,
    pub account: Vec<AccountIn>,
    pub language: Vec<LanguageIn>,
}

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
        let draft = Draft { source, span, service, defaults: &defaults };
        let recipe = draft.recipe(one.into_inner(), &recipes)?;
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
    let account = raw.account.iter().map(|one| account(source, one)).collect::<Result<_, _>>()?;
    let language = raw.language.iter().map(|one| language(source, one)).collect::<Result<_, _>>()?;
    Ok(Recipes { recipes, unused, empty, account, language })
}

fn language(source: Source<'_>, raw: &RawLanguage) -> Result<LanguageIn, CatalogueError> {
    let span = raw.files.first().map_or(0..0, Spanned::span);
    source.check(raw.f.is_some() != raw.is.is_some(), span, "a language has either `f` or `is`")?;
    let field = raw.f.as_ref().map(|f| source.make(f, filled)).transpose()?.map(|name| fold(name.as_str()));
    let is = raw.is.as_ref().map(|is| source.make(is, filled)).transpose()?;
    Ok(LanguageIn { files: source.make_all(&raw.files, FilePattern::new)?, field, is })
}

fn account(source: Source<'_>, raw: &RawAccount) -> Result<AccountIn, CatalogueError> {
    let field = fold(source.make(&raw.f, filled)?.as_str());
    Ok(AccountIn { files: source.make_all(&raw.files, FilePattern::new)?, reader: raw.reader.0, field })
}

/// The same file pattern in two places is a mistake, unless recipes read different lists of the file.
fn no_pattern_twice(
    source: Source<'_>,
    recipes: &[Recipe],
    unused: &[Unused],
    empty: &[FilePattern],
) -> Result<(), CatalogueError> {
    let mut names = BTreeSet::new();
    let mut read: Vec<(String, &RowPath)> = Vec::new();
    for recipe in recipes {
        let place = source.text.find(&format!("\"{}\"", recipe.name)).unwrap_or(0);
        source.check(
            names.insert(&recipe.name),
            place..place,
            format!("two recipes are named `{}`", recipe.name),
        )?;
        for file in recipe.files.iter().filter(|_| recipe.also.is_none()) {
            let written = file.written().to_lowercase();
            let fresh = !read.iter().any(|(known, rows)| *known == written && rows.meets(&recipe.rows));
            source.check(fresh, place..place, format!("`{}` is read twice", file.written()))?;
            read.push((written, &recipe.rows));
        }
    }
    let read: BTreeSet<String> = read.into_iter().map(|(file, _)| file).collect();
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

    fn recipe(&self, raw: RawRecipe, above: &[Recipe]) -> Result<Recipe, CatalogueError> {
        let place = self.place(&raw, above)?;
        let reader = place.reader;
        let name = self.source.make(&raw.name, filled)?;
        let fields = Fields {
            reader,
            unpivots: raw.unpivot.is_some(),
            rows: &place.rows,
            through: &raw.through,
            drop: &place.drop,
        };
        let all = |names: &[String]| self.told(fields.all(names));
        if let Some(unused) = raw.through.keys().find(|name| !is_named(&raw, name)) {
            return Err(self
                .source
                .error(self.span.clone(), format!("nothing uses `{unused}` of `through`")));
        }
        self.rules(&raw, reader)?;
        Ok(Recipe {
            id: format!("{}/{name}", self.service).into(),
            grade: raw.grade.0,
            checked: self.source.make(&raw.checked, date)?,
            keep: raw.keep.map_or(Keep::Full, |Word(keep)| keep),
            filters: (raw.filters.iter()).map(|one| self.filter(one, &fields)).collect::<Result<_, _>>()?,
            kind: raw.kind.0,
            origin: raw.origin.0,
            category: raw.category.0,
            party: raw.party.0,
            unpivot: raw.unpivot.as_ref().map(|unpivot| self.unpivot(unpivot.get_ref())).transpose()?,
            at: self.at(raw.at.as_ref(), &fields)?,
            title: all(&raw.title.0)?,
            by: all(&raw.by.0)?,
            counterparty: all(&raw.counterparty.0)?,
            person: all(&raw.person.0)?,
            url: all(&raw.url.0)?,
            detail: all(&raw.detail)?,
            private: all(&raw.private)?,
            classify: (raw.classify.iter())
                .map(|rule| self.classify(rule, &fields))
                .collect::<Result<_, _>>()?,
            states: raw.states.iter().map(|rule| self.states(rule)).collect::<Result<_, _>>()?,
            key: self.key(&raw, &fields)?,
            fact: raw
                .fact
                .as_ref()
                .map(|fact| -> Result<_, CatalogueError> {
                    let name = self.source.make(&fact.name, filled)?.into();
                    self.check(!fact.on.is_empty(), "`on` is empty")?;
                    Ok(FactRule { name, on: self.parts(&fact.on, &fields)? })
                })
                .transpose()?,
            evidence: raw.evidence.iter().map(|Word(purpose)| *purpose).collect(),
            defaults: Arc::clone(self.defaults),
            files: place.files,
            sniff: place.sniff,
            also: place.also,
            drop: place.drop,
            rows: place.rows,
            reader,
            name,
        })
    }

    /// Where its rows are: said here, or by the recipe beside which it reads.
    fn place(&self, raw: &RawRecipe, above: &[Recipe]) -> Result<Place, CatalogueError> {
        if let Some(also) = &raw.also {
            let own =
                raw.files.is_empty() && raw.sniff.is_none() && raw.reader.is_none() && raw.rows.is_none();
            self.check(
                own && raw.drop.is_empty(),
                "`also` takes files, rows and what is dropped from the other",
            )?;
            let other = above.iter().find(|one| one.name == *also.get_ref() && one.also.is_none());
            let Some(one) = other.filter(|one| one.keep == Keep::Full) else {
                return Err(self
                    .source
                    .error(also.span(), "no recipe above has this name and rows of its own"));
            };
            return Ok(Place {
                also: Some(Arc::clone(&one.id)),
                files: one.files.clone(),
                sniff: one.sniff.clone(),
                reader: one.reader,
                rows: one.rows.clone(),
                drop: one.drop.clone(),
            });
        }
        self.check(!raw.files.is_empty(), "`files` is empty")?;
        let Some(Word(reader)) = raw.reader else {
            return Err(self.source.error(self.span.clone(), "missing field `reader`"));
        };
        let rows = self.rows(raw.rows.as_ref(), reader)?;
        let (none, unpivots) = (Default::default(), raw.unpivot.is_some());
        let fields = Fields { reader, unpivots, rows: &rows, through: &none, drop: &[] };
        let drop = self.told(fields.all(&raw.drop))?;
        self.check(
            drop.iter().all(|field| field.from == FieldFrom::Row && !field.path.is_empty() && !field.list),
            "`drop` takes plain fields of the row",
        )?;
        Ok(Place {
            also: None,
            files: self.source.make_all(&raw.files, FilePattern::new)?,
            sniff: raw.sniff.as_ref().map(|sniff| self.sniff(sniff, reader)).transpose()?,
            reader,
            rows,
            drop,
        })
    }

    /// What must hold between the keys of a recipe.
    fn rules(&self, raw: &RawRecipe, reader: Reader) -> Result<(), CatalogueError> {
        let counts = matches!(raw.keep, Some(Word(Keep::Count)));
        let bare =
            raw.title.0.is_empty() && raw.at.is_none() && raw.detail.is_empty() && raw.private.is_empty();
        self.check(!counts || (bare && raw.also.is_none()), "`keep = \"count\"` keeps no field and no time")?;
        self.check(counts || !raw.title.0.is_empty(), "`title` is empty")?;
        self.check(counts || raw.at.is_some(), "missing field `at`")?;
        self.check(!raw.kind.0.is_own(), "`kind` is one of Thinline's own")?;
        let unpivots = raw.unpivot.is_some();
        self.check(reader == Reader::Csv || !unpivots, "`unpivot` is for `reader = \"csv\"`")?;
        let settings = raw.kind.0 == Kind::Setting || raw.states.is_empty();
        self.check(settings, "`states` is for `kind = \"setting\"`")?;
        let dated = matches!(raw.at, Some(RawAt::Field(_)));
        self.check(raw.fact.is_none() || dated, "a `fact` needs a time: `at`")
    }

    /// Brings a mistake in a field's name to its recipe's place.
    fn told<T>(&self, found: Result<T, String>) -> Result<T, CatalogueError> {
        found.map_err(|problem| self.source.error(self.span.clone(), problem))
    }

    fn filter(&self, raw: &RawFilter, fields: &Fields<'_>) -> Result<Filter, CatalogueError> {
        let wanted = match (&raw.allowed, &raw.not, raw.present) {
            (Some(values), None, None) => Wanted::OneOf(values.clone()),
            (None, Some(values), None) => Wanted::NoneOf(values.clone()),
            (None, None, Some(present)) => Wanted::Present(present),
            _ => return self.told(Err("`where` takes one of `in`, `not` and `present`".to_owned())),
        };
        Ok(Filter { field: self.told(fields.field(&raw.f))?, wanted })
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
            (Reader::Csv, None) => Ok(RowPath { steps: Vec::new(), written: "lines".to_owned() }),
            (Reader::Scala, None) => Ok(RowPath { steps: Vec::new(), written: "List(Map)".to_owned() }),
            (Reader::Csv | Reader::Scala, Some(rows)) => {
                Err(self.source.error(rows.span(), "`rows` is for `reader = \"json\"`"))
            }
            (Reader::Json, None) => Err(self.source.error(self.span.clone(), "`rows` is missing")),
            (Reader::Json, Some(rows)) => self.source.make(rows, RowPath::new),
        }
    }

    fn unpivot(&self, raw: &RawUnpivot) -> Result<Unpivot, CatalogueError> {
        let columns = self.source.make_all(&raw.columns, ColumnPattern::new)?;
        self.check(!columns.is_empty(), "`unpivot` has no columns")?;
        self.check(raw.split.as_deref() != Some(""), "`split` is empty")?;
        Ok(Unpivot { columns, split: raw.split.clone() })
    }

    fn at(&self, raw: Option<&RawAt>, fields: &Fields<'_>) -> Result<At, CatalogueError> {
        let Some(RawAt::Field(raw)) = raw else { return Ok(At::AsOf) };
        self.check(raw.minus.is_some() == raw.unit.is_some(), "`minus` and `unit` belong together")?;
        if let Some(unit) = &raw.unit {
            self.source.check(unit.get_ref() == "ms", unit.span(), "the only `unit` is `ms`")?;
        }
        let minus = raw.minus.as_ref().map(|name| self.told(fields.field(name))).transpose()?;
        let Word(form) = raw.form;
        Ok(At::Field { fields: self.told(fields.all(&raw.f.0))?, form, minus })
    }

    fn classify(
        &self,
        raw: &Spanned<RawClassify>,
        fields: &Fields<'_>,
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
            field: self.told(fields.part(&rule.f))?,
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
    fn key(&self, raw: &RawRecipe, fields: &Fields<'_>) -> Result<Vec<Key>, CatalogueError> {
        let Some(names) = &raw.key else {
            let mut key = vec![Key::Title, Key::By, Key::Url];
            if raw.kind.0 == Kind::Setting && fields.unpivots {
                key.push(self.told(fields.part(Field::VALUE))?);
            }
            return Ok(key);
        };
        self.check(!names.is_empty(), "`key` is empty")?;
        self.parts(names, fields)
    }

    fn parts(&self, names: &[String], fields: &Fields<'_>) -> Result<Vec<Key>, CatalogueError> {
        names.iter().map(|name| self.told(fields.part(name))).collect()
    }
}

/// Where the rows of a recipe are.
struct Place {
    also: Option<Arc<str>>,
    files: Vec<FilePattern>,
    sniff: Option<Sniff>,
    reader: Reader,
    rows: RowPath,
    drop: Vec<Field>,
}

/// Whether a recipe names a field anywhere.
fn is_named(raw: &RawRecipe, name: &str) -> bool {
    let lists =
        [&raw.title.0, &raw.by.0, &raw.counterparty.0, &raw.person.0, &raw.url.0, &raw.detail, &raw.private];
    let keys = raw.key.iter().flatten().chain(raw.fact.iter().flat_map(|fact| &fact.on));
    let rules = raw.classify.iter().map(|rule| &rule.get_ref().f).chain(raw.filters.iter().map(|one| &one.f));
    let at = if let Some(RawAt::Field(at)) = &raw.at { at.f.0.as_slice() } else { &[] };
    lists.into_iter().flatten().chain(keys).chain(rules).chain(at).any(|known| known == name)
}
