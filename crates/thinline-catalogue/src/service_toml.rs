//! `service.toml`: its form, and the rules beyond the form.

use crate::{
    CatalogueError,
    fold::fold,
    pattern::FilePattern,
    service::{
        ExportGuide, Fact, Flow, Generation, Package, Promise, PurposeInfo, Service, Setting, Step, Use,
    },
    shows_toml::{RawDoesNotShow, RawShows, does_not_show, shows},
    toml_words::{FromWord, Source, Word, date, filled, slug},
};
use serde::Deserialize;
use std::collections::BTreeMap;
use thinline_model::{Availability, Category, Purpose, ServiceId};
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawService {
    id: Spanned<String>,
    name: Spanned<String>,
    aliases: Vec<Spanned<String>>,
    color: Spanned<String>,
    domains: Vec<Spanned<String>>,
    tracking_domains: Vec<Spanned<String>>,
    controller: RawFact,
    #[serde(default)]
    contact: Vec<RawFact>,
    export: RawExport,
    #[serde(default)]
    shows: Vec<RawShows>,
    #[serde(default)]
    does_not_show: Vec<RawDoesNotShow>,
    #[serde(default)]
    uses: Vec<RawUse>,
    purpose: BTreeMap<Spanned<String>, Spanned<RawPurpose>>,
    #[serde(default)]
    setting: Vec<Spanned<RawSetting>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFact {
    what: Word<FactKind>,
    value: Spanned<String>,
    source: Spanned<String>,
    checked_on: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExport {
    address: Spanned<String>,
    packages: Vec<RawPackage>,
    #[serde(default)]
    other: Vec<RawPackage>,
    steps: Vec<RawStep>,
    link_expires_days: Option<u16>,
    source: Spanned<String>,
    checked_on: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPackage {
    id: Spanned<String>,
    label: Spanned<String>,
    days: u16,
    what: Vec<Word<Category>>,
    read: bool,
    #[serde(default)]
    files: Vec<Spanned<String>>,
    first_page: Option<u16>,
    #[serde(default)]
    generations: Vec<RawGeneration>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGeneration {
    name: Spanned<String>,
    has: Vec<Spanned<String>>,
}

/// Exactly one of the keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
enum RawStep {
    Open(Spanned<String>),
    Tick(Spanned<String>),
    TurnOff(Spanned<String>),
    Choose(Spanned<String>),
    Confirm(Spanned<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUse {
    categories: Vec<Word<Category>>,
    purposes: Vec<Word<Purpose>>,
    source: Spanned<String>,
    checked_on: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPurpose {
    availability: Vec<Word<Availability>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSetting {
    id: Spanned<String>,
    label: Spanned<String>,
    address: Spanned<String>,
    steps: Vec<RawStep>,
    scope: Word<Scope>,
    delay_days: Option<u16>,
    plan: Option<Spanned<String>>,
    affects: Vec<Word<Purpose>>,
    promises: Vec<RawPromise>,
    does_not_promise: Vec<RawPromise>,
    source: Spanned<String>,
    checked_on: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPromise {
    flow: Word<Flow>,
    source: Spanned<String>,
    checked_on: Spanned<String>,
}

struct FactKind(&'static str);
struct Scope(&'static str);

impl FromWord for FactKind {
    fn from_word(word: &str) -> Option<Self> {
        ["controller", "email", "post", "web", "fax"].into_iter().find(|known| *known == word).map(Self)
    }
}

impl FromWord for Scope {
    fn from_word(word: &str) -> Option<Self> {
        ["account", "person", "browser", "device"].into_iter().find(|known| *known == word).map(Self)
    }
}

impl FromWord for Flow {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "keep" => Some(Self::Keep),
            "receive" => Some(Self::Receive),
            "share" => Some(Self::Share),
            "use" => Some(Self::Use),
            _ => None,
        }
    }
}

/// Reads a `service.toml`. Recipes are added by the caller.
pub(crate) fn read(folder: &str, file: &str, text: &str) -> Result<Service, CatalogueError> {
    let source = Source { file, text };
    let raw: RawService = source.parse()?;
    let domains = source.make_all(&raw.domains, domain)?;
    let checked = Checked { source, domains: &domains };
    source.check(raw.id.get_ref() == folder, raw.id.span(), "the id is not the folder's name")?;
    let id =
        ServiceId::new(raw.id.get_ref()).map_err(|error| source.error(raw.id.span(), error.to_string()))?;
    source.check(
        !domains.is_empty(),
        raw.domains.first().map_or(0..0, Spanned::span),
        "`domains` is empty",
    )?;
    let export = checked.export(&raw.export)?;
    Ok(Service {
        shows: shows(source, &raw.shows, &export)?,
        does_not_show: does_not_show(source, &raw.does_not_show, &export)?,
        id,
        name: source.make(&raw.name, filled)?,
        aliases: source.make_all(&raw.aliases, filled)?,
        color: source.make(&raw.color, color)?,
        tracking_domains: source.make_all(&raw.tracking_domains, domain)?,
        controller: checked.fact(&raw.controller)?,
        contact: raw.contact.iter().map(|fact| checked.fact(fact)).collect::<Result<_, _>>()?,
        export,
        uses: checked.uses(&raw.uses)?,
        purposes: checked.purposes(&raw.purpose, &checked.settings(&raw.setting)?)?,
        recipes: Vec::new(),
        unused: Vec::new(),
        empty: Vec::new(),
        account: Vec::new(),
        language: Vec::new(),
        domains,
    })
}

struct Checked<'a> {
    source: Source<'a>,
    domains: &'a [String],
}

impl Checked<'_> {
    fn fact(&self, raw: &RawFact) -> Result<Fact, CatalogueError> {
        Ok(Fact {
            what: raw.what.0.0.to_owned(),
            value: self.source.make(&raw.value, filled)?,
            source: self.source.make(&raw.source, https)?,
            checked_on: self.source.make(&raw.checked_on, date)?,
        })
    }

    fn export(&self, raw: &RawExport) -> Result<ExportGuide, CatalogueError> {
        let package = |raw: &RawPackage| {
            let (id, label) = (self.source.make(&raw.id, slug)?, self.source.make(&raw.label, filled)?);
            let what = raw.what.iter().map(|Word(category)| *category).collect();
            let files = raw.files.iter().map(|file| self.source.make(file, FilePattern::new));
            Ok(Package {
                id,
                label,
                days: raw.days,
                what,
                read: raw.read,
                files: files.collect::<Result<_, _>>()?,
                first_page: raw.first_page,
                generations: raw
                    .generations
                    .iter()
                    .map(|raw| self.generation(raw))
                    .collect::<Result<_, _>>()?,
            })
        };
        Ok(ExportGuide {
            address: self.own(&raw.address)?,
            packages: raw.packages.iter().map(package).collect::<Result<_, CatalogueError>>()?,
            other: raw.other.iter().map(package).collect::<Result<_, CatalogueError>>()?,
            steps: self.steps(&raw.steps)?,
            link_expires_days: raw.link_expires_days,
            source: self.source.make(&raw.source, https)?,
            checked_on: self.source.make(&raw.checked_on, date)?,
        })
    }

    fn generation(&self, raw: &RawGeneration) -> Result<Generation, CatalogueError> {
        let has =
            raw.has.iter().map(|name| self.source.make(name, |text| filled(text).map(|text| fold(&text))));
        Ok(Generation { name: self.source.make(&raw.name, slug)?, has: has.collect::<Result<_, _>>()? })
    }

    fn steps(&self, raw: &[RawStep]) -> Result<Vec<Step>, CatalogueError> {
        (raw.iter())
            .map(|step| {
                Ok(match step {
                    RawStep::Open(label) => Step::Open(self.source.make(label, filled)?),
                    RawStep::Tick(label) => Step::Tick(self.source.make(label, filled)?),
                    RawStep::TurnOff(label) => Step::TurnOff(self.source.make(label, filled)?),
                    RawStep::Choose(what) => Step::Choose(self.source.make(what, slug)?),
                    RawStep::Confirm(what) => Step::Confirm(self.source.make(what, slug)?),
                })
            })
            .collect()
    }

    fn uses(&self, raw: &[RawUse]) -> Result<Vec<Use>, CatalogueError> {
        let mut uses: Vec<Use> = Vec::new();
        for one in raw {
            let source = self.source.make(&one.source, https)?;
            let checked_on = self.source.make(&one.checked_on, date)?;
            let mut purposes: Vec<Purpose> = one.purposes.iter().map(|Word(purpose)| *purpose).collect();
            purposes.sort_unstable();
            purposes.dedup();
            for Word(category) in &one.categories {
                let twice = format!("`{}` stands in two `uses`", category.id());
                let fresh = uses.iter().all(|known| known.category != *category);
                self.source.check(fresh, one.source.span(), twice)?;
                let (purposes, source, checked_on) = (purposes.clone(), source.clone(), checked_on.clone());
                uses.push(Use { category: *category, purposes, source, checked_on });
            }
        }
        Ok(uses)
    }

    fn purposes(
        &self,
        raw: &BTreeMap<Spanned<String>, Spanned<RawPurpose>>,
        settings: &[Setting],
    ) -> Result<Vec<PurposeInfo>, CatalogueError> {
        for name in raw.keys() {
            let known = Purpose::parse(name.get_ref()).is_ok();
            self.source.check(known, name.span(), format!("unknown word `{}`", name.get_ref()))?;
        }
        (Purpose::ALL.iter())
            .map(|purpose| match raw.iter().find(|(name, _)| name.get_ref() == purpose.id()) {
                Some((_, info)) => self.purpose(*purpose, info, settings),
                None => Err(self.source.error(0..0, format!("`[purpose.{}]` is missing", purpose.id()))),
            })
            .collect()
    }

    /// A purpose and every setting that changes it, the one that changes least first.
    fn purpose(
        &self,
        purpose: Purpose,
        raw: &Spanned<RawPurpose>,
        settings: &[Setting],
    ) -> Result<PurposeInfo, CatalogueError> {
        let availability: Vec<_> = raw.get_ref().availability.iter().map(|Word(word)| *word).collect();
        let none_alone = !availability.contains(&Availability::None) || availability.len() == 1;
        let says = !availability.is_empty() && none_alone;
        self.source.check(says, raw.span(), "`availability` says nothing, or `none` and more")?;
        let mut settings: Vec<_> =
            settings.iter().filter(|one| one.affects.contains(&purpose)).cloned().collect();
        settings.sort_by_key(|one| one.affects.len());
        let agree = availability.contains(&Availability::Setting) != settings.is_empty();
        self.source.check(agree, raw.span(), "`setting` in `availability` and the settings do not agree")?;
        Ok(PurposeInfo { purpose, availability, settings })
    }

    fn settings(&self, raw: &[Spanned<RawSetting>]) -> Result<Vec<Setting>, CatalogueError> {
        let mut settings: Vec<Setting> = Vec::new();
        for one in raw {
            let setting = self.setting(one)?;
            let fresh = settings.iter().all(|known| known.id != setting.id);
            self.source.check(fresh, one.span(), format!("two settings are `{}`", setting.id))?;
            settings.push(setting);
        }
        Ok(settings)
    }

    fn setting(&self, raw: &Spanned<RawSetting>) -> Result<Setting, CatalogueError> {
        let (span, raw) = (raw.span(), raw.get_ref());
        let affects: Vec<_> = raw.affects.iter().map(|Word(purpose)| *purpose).collect();
        self.source.check(!affects.is_empty(), span.clone(), "`affects` is empty")?;
        self.source.check(!raw.steps.is_empty(), span, "`steps` is empty")?;
        Ok(Setting {
            id: self.source.make(&raw.id, slug)?,
            label: self.source.make(&raw.label, filled)?,
            address: self.own(&raw.address)?,
            steps: self.steps(&raw.steps)?,
            scope: raw.scope.0.0.to_owned(),
            delay_days: raw.delay_days,
            plan: raw.plan.as_ref().map(|plan| self.source.make(plan, slug)).transpose()?,
            affects,
            promises: self.promises(&raw.promises)?,
            does_not_promise: self.promises(&raw.does_not_promise)?,
            source: self.source.make(&raw.source, https)?,
            checked_on: self.source.make(&raw.checked_on, date)?,
        })
    }

    fn promises(&self, raw: &[RawPromise]) -> Result<Vec<Promise>, CatalogueError> {
        (raw.iter())
            .map(|one| {
                let source = self.source.make(&one.source, https)?;
                Ok(Promise { flow: one.flow.0, source, checked_on: self.source.make(&one.checked_on, date)? })
            })
            .collect()
    }

    /// An address to which people are sent: https, on the service's own domains.
    fn own(&self, address: &Spanned<String>) -> Result<String, CatalogueError> {
        let text = self.source.make(address, https)?;
        let host = host(&text);
        let own = (self.domains.iter()).any(|domain| {
            host == domain || host.strip_suffix(domain.as_str()).is_some_and(|sub| sub.ends_with('.'))
        });
        self.source.check(own, address.span(), "not on one of the service's own domains")?;
        Ok(text)
    }
}

/// The host of an https address that `https` has let through.
fn host(address: &str) -> &str {
    let rest = address.strip_prefix("https://").unwrap_or_default();
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn https(text: &str) -> Result<String, String> {
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\\\"<>@".contains(c));
    if plain && domain(host(text)).is_ok() {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is no https address"))
    }
}

fn domain(text: &str) -> Result<String, String> {
    let label = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let fits = text.contains('.') && text.split('.').all(label);
    if fits { Ok(text.to_owned()) } else { Err(format!("`{text}` is no domain")) }
}

fn color(text: &str) -> Result<String, String> {
    let hex = |digits: &str| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let fits = text.strip_prefix('#').is_some_and(hex);
    if fits { Ok(text.to_owned()) } else { Err(format!("`{text}` is no color like #1a2b3c")) }
}
