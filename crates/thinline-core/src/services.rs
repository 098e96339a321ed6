//! Services as the catalogue describes them, joined with what is held and what was chosen.

use crate::catalogue::is_stale;
use crate::choices::standing_choice;
use crate::filter::{Groups, usable_for};
use crate::people::Standing;
use crate::session::Session;
use crate::wire::{
    ApiError, ChoiceState, Code, Effect, ExportGuide, ExportPackage, GuideStep, LeftOut, PurposeState,
    Service, SettingGuide, TheirData,
};
use crate::{Core, Result, Topic, choices, clock, imports, journal};
use std::collections::{BTreeMap, HashMap};
use thinline_catalogue::{self as catalogue, Catalogue};
use thinline_model::{Availability, EffectState, Kind, Purpose, Wish};
use thinline_store::{ChoiceRow, FacetRow, FacetSet, PageQuery, Read, UNDATED_DAY, Way};

/// The catalogue's entry, or `NoSuch`.
pub(crate) fn known(id: &str) -> Result<&'static catalogue::Service> {
    Catalogue::builtin().service(id).ok_or_else(|| Code::NoSuch.into())
}

pub(crate) fn all(session: &Session) -> Result<Vec<Service>> {
    session.store.read(|read| {
        let held = Held::load(session, read)?;
        Catalogue::builtin().services.iter().map(|service| held.service(read, service)).collect()
    })
}

/// For the first run: nothing is held, listed or chosen yet.
pub(crate) fn before_there_is_a_vault() -> Vec<Service> {
    let nothing = Held {
        groups: Groups { facets: HashMap::new(), accounts: HashMap::new(), persons: HashMap::new() },
        listed: Vec::new(),
        choices: Vec::new(),
        days: HashMap::new(),
        imports: Vec::new(),
        today: thinline_store::Zone::utc().day(clock::now()),
    };
    Catalogue::builtin().services.iter().map(|service| nothing.describe(service, &HashMap::new())).collect()
}

pub(crate) fn one(session: &Session, id: &str) -> Result<Service> {
    let service = known(id)?;
    session.store.read(|read| Held::load(session, read)?.service(read, service))
}

pub(crate) fn address(service: &str, what: &str, index: u32) -> Result<String> {
    let service = known(service)?;
    let address = match what {
        "export" => Some(&service.export.address),
        "setting" => {
            let settings = service.purposes.iter().flat_map(|purpose| &purpose.settings);
            settings.map(|setting| &setting.address).nth(index as usize)
        }
        _ => None,
    };
    address.filter(|address| address.starts_with("https://")).cloned().ok_or_else(|| Code::NoSuch.into())
}

/// What is held and chosen, read once for all services.
struct Held {
    groups: Groups,
    listed: Vec<String>,
    choices: Vec<ChoiceRow>,
    days: HashMap<u32, (i32, i32)>,
    imports: Vec<thinline_store::ImportRow>,
    today: i32,
}

impl Held {
    fn load(session: &Session, read: &Read<'_>) -> Result<Self> {
        let mut days: HashMap<u32, (i32, i32)> = HashMap::new();
        for (day, facet, _) in read.rollup()?.into_iter().filter(|row| row.0 != UNDATED_DAY) {
            let span = days.entry(facet).or_insert((day, day));
            *span = (span.0.min(day), span.1.max(day));
        }
        Ok(Self {
            groups: Groups::counted(read)?,
            listed: read.listed()?,
            choices: read.choices()?,
            days,
            imports: read.imports()?,
            today: session.store.zone().day(clock::now()),
        })
    }

    fn service(&self, read: &Read<'_>, of: &catalogue::Service) -> Result<Service> {
        let settings = self.reported_settings(read, of, &self.facets_of(of))?;
        Ok(self.describe(of, &settings))
    }

    /// What counts: not what is hidden, others' or undecided.
    fn facets_of(&self, of: &catalogue::Service) -> Vec<&FacetRow> {
        let counted = |f: &&FacetRow| Standing::of(&self.groups, f) == Standing::Counted;
        self.all_facets_of(of).filter(counted).collect()
    }

    fn all_facets_of(&self, of: &catalogue::Service) -> impl Iterator<Item = &FacetRow> {
        let id = of.id.as_str();
        self.groups.facets.values().filter(move |f| f.service == id && !f.kind.is_own())
    }

    fn describe(&self, of: &catalogue::Service, settings: &HashMap<Purpose, (Wish, i64)>) -> Service {
        let id = of.id.as_str();
        let facets = self.facets_of(of);
        let sum = |of: &dyn Fn(&FacetRow) -> &'static str| {
            let mut counts: BTreeMap<String, u32> = BTreeMap::new();
            for facet in &facets {
                *counts.entry(of(facet).to_owned()).or_default() += journal::small(facet.count);
            }
            counts
        };
        let spans: Vec<_> = facets.iter().filter_map(|facet| self.days.get(&facet.id)).collect();
        let sensitive = facets.iter().filter(|f| f.sensitivity.level() == 3).map(|f| f.count).sum();
        let mut left_out = LeftOut::default();
        for facet in self.all_facets_of(of) {
            left_out.add(Standing::of(&self.groups, facet), facet.count);
        }
        let mut accounts: Vec<String> =
            self.all_facets_of(of).map(|f| self.groups.account(f).to_owned()).collect();
        accounts.sort_unstable();
        accounts.dedup();
        Service {
            id: id.to_owned(),
            name: of.name.clone(),
            aliases: of.aliases.clone(),
            color: of.color.clone(),
            listed: self.listed.iter().any(|listed| listed == id),
            records: journal::small(facets.iter().map(|f| f.count).sum()),
            first: spans.iter().map(|span| span.0).min().map(clock::day_text),
            last: spans.iter().map(|span| span.1).max().map(clock::day_text),
            kinds: sum(&|facet| facet.kind.id()),
            categories: sum(&|facet| facet.category.id()),
            sensitive: journal::small(sensitive),
            accounts,
            left_out,
            purposes: of.purposes.iter().map(|info| self.purpose(of, info, &facets, settings)).collect(),
            history: self.history(id),
            export: self.guide(&of.export),
            imports: self
                .imports
                .iter()
                .filter(|import| import.service == id)
                .cloned()
                .map(imports::wire_row)
                .collect(),
        }
    }

    fn purpose(
        &self,
        of: &catalogue::Service,
        info: &catalogue::PurposeInfo,
        facets: &[&FacetRow],
        settings: &HashMap<Purpose, (Wish, i64)>,
    ) -> PurposeState {
        let choice = standing_choice(&self.choices, of.id.as_str(), info.purpose.id());
        let reported = settings.get(&info.purpose);
        let decided = choice.since != 0;
        PurposeState {
            id: info.purpose.id().to_owned(),
            group: info.purpose.group().id().to_owned(),
            until: (choice.until != 0).then(|| clock::rfc3339(choice.until)),
            by: decided.then(|| choice.by.clone()),
            since: decided.then(|| clock::rfc3339(choice.since)),
            availability: ways(info).map(|way| way.id().to_owned()).collect(),
            effects: effects(info, &choice, reported),
            settings: info.settings.iter().map(|setting| self.setting(setting)).collect(),
            their_data: their_data(of, info.purpose, facets, reported),
            choice: choice.value,
        }
    }

    fn history(&self, service: &str) -> ChoiceState {
        let choice = standing_choice(&self.choices, service, "history");
        let decided = choice.since != 0;
        ChoiceState {
            until: (choice.until != 0).then(|| clock::rfc3339(choice.until)),
            by: decided.then(|| choice.by.clone()),
            since: decided.then(|| clock::rfc3339(choice.since)),
            choice: choice.value,
        }
    }

    /// What the newest records of kind setting say, per purpose. If one says on and another off, it is on: a part still is.
    fn reported_settings(
        &self,
        read: &Read<'_>,
        of: &catalogue::Service,
        facets: &[&FacetRow],
    ) -> Result<HashMap<Purpose, (Wish, i64)>> {
        let ids: Vec<u32> = facets.iter().filter(|f| f.kind == Kind::Setting).map(|f| f.id).collect();
        let mut found: HashMap<Purpose, (Wish, i64)> = HashMap::new();
        if ids.is_empty() {
            return Ok(found);
        }
        let facets = FacetSet::Only(ids);
        let query = PageQuery {
            facets: &facets,
            low: i64::MIN,
            high: i64::MAX,
            way: Way::Older,
            search: "",
            limit: 2000,
        };
        for row in read.page(&query)? {
            let recipe = self.groups.facets.get(&row.facet).and_then(|facet| of.recipe(&facet.recipe));
            let value = row
                .detail
                .iter()
                .find(|(name, ..)| &**name == "@value")
                .map_or("", |(_, value, _)| value.as_str());
            let Some((rule, wish)) = recipe.and_then(|recipe| recipe.state_of(&row.title, value)) else {
                continue;
            };
            // An undated setting says what it says as of the newest export that holds it.
            let newest = || -> Result<i64> {
                let holding = read.imports_with(row.id)?;
                let dates = holding.iter().filter(|import| import.state == "done").map(|import| import.as_of);
                Ok(dates.max().unwrap_or(row.as_of))
            };
            let as_of = row.at.map_or_else(newest, |at| Ok(at.0))?;
            let known = found.entry(rule.purpose).or_insert((wish, as_of));
            if as_of > known.1 || as_of == known.1 && wish == Wish::On {
                *known = (wish, as_of);
            }
        }
        Ok(found)
    }

    fn setting(&self, setting: &catalogue::Setting) -> SettingGuide {
        SettingGuide {
            label: setting.label.clone(),
            address: setting.address.clone(),
            steps: setting.steps.iter().map(step).collect(),
            scope: setting.scope.clone(),
            delay_days: setting.delay_days.map(u32::from),
            checked_on: setting.checked_on.clone(),
            stale: self.stale(&setting.checked_on),
        }
    }

    fn guide(&self, guide: &catalogue::ExportGuide) -> ExportGuide {
        let packages = guide.packages.iter().map(|p| ExportPackage {
            id: p.id.clone(),
            label: p.label.clone(),
            days: Some(u32::from(p.days)),
            what: p.what.iter().map(|category| category.id().to_owned()).collect(),
            read: p.read,
        });
        ExportGuide {
            address: guide.address.clone(),
            packages: packages.collect(),
            steps: guide.steps.iter().map(step).collect(),
            link_expires_days: guide.link_expires_days.map(u32::from),
            checked_on: guide.checked_on.clone(),
            stale: self.stale(&guide.checked_on),
        }
    }

    fn stale(&self, checked_on: &str) -> bool {
        is_stale(checked_on, self.today)
    }
}

fn step(step: &catalogue::Step) -> GuideStep {
    use catalogue::Step;
    let (act, label) = match step {
        Step::Open(label) => ("open", label),
        Step::Tick(label) => ("tick", label),
        Step::TurnOff(label) => ("turn-off", label),
        Step::Choose(label) => ("choose", label),
        Step::Confirm(label) => ("confirm", label),
    };
    GuideStep { act: act.to_owned(), label: label.clone() }
}

/// What can be done. That it is not done on some plans is said only where nothing else can be done: which plan the person has
/// is not known here.
fn ways(info: &catalogue::PurposeInfo) -> impl Iterator<Item = Availability> {
    let setting = info.availability.contains(&Availability::Setting);
    info.availability.iter().copied().filter(move |way| !(setting && *way == Availability::NotOnPlan))
}

/// How far a wish for "off" got. Nothing is called done that is not: without a report nothing has happened yet.
fn effects(info: &catalogue::PurposeInfo, choice: &ChoiceRow, reported: Option<&(Wish, i64)>) -> Vec<Effect> {
    if choice.value != Wish::Off.id() {
        return Vec::new();
    }
    let one = |action: &str, place: &str, state: EffectState, since: Option<i64>| Effect {
        action: action.to_owned(),
        place: place.to_owned(),
        state: state.id().to_owned(),
        since: since.map(clock::rfc3339),
    };
    let mut effects = Vec::new();
    for way in ways(info) {
        match way {
            Availability::Setting => {
                // Only an export made after the choice can say anything about it.
                let state = match reported {
                    Some((Wish::Off, at)) if *at >= choice.since => EffectState::Confirmed,
                    Some((Wish::On, at)) if *at >= choice.since => EffectState::Contradicted,
                    _ => EffectState::NotStarted,
                };
                let since = reported.map(|(_, at)| *at).filter(|_| state != EffectState::NotStarted);
                effects.push(one("setting", "account", state, since));
            }
            Availability::Signal => {
                effects.push(one("signal", "this-browser", EffectState::NotStarted, None))
            }
            Availability::Letter => effects.push(one("letter", "account", EffectState::NotStarted, None)),
            Availability::None => effects.push(one("setting", "account", EffectState::Unreachable, None)),
            Availability::NotOnPlan => {
                effects.push(one("setting", "account", EffectState::NotApplicable, None))
            }
            Availability::Paid => {}
        }
    }
    effects
}

fn their_data(
    of: &catalogue::Service,
    purpose: Purpose,
    facets: &[&FacetRow],
    reported: Option<&(Wish, i64)>,
) -> TheirData {
    // The same question as the timeline's "can be used for", so that the number opens to its rows.
    let bears = |facet: &&&FacetRow| usable_for(facet).any(|one| one == purpose);
    let usable = |recipe: &catalogue::Recipe| {
        let by_category =
            of.uses.iter().any(|u| u.category == recipe.category && u.purposes.contains(&purpose));
        recipe.evidence.contains(&purpose) || by_category
    };
    TheirData {
        shown_by_any_file: of.recipes.iter().any(usable),
        records: journal::small(facets.iter().filter(bears).map(|facet| facet.count).sum()),
        setting: reported.map(|(wish, _)| wish.id().to_owned()),
        as_of: reported.map(|(_, at)| clock::rfc3339(*at)),
    }
}

impl Core {
    /// Every service of the catalogue. Before there is a vault: as the catalogue alone describes them.
    ///
    /// # Errors
    /// `Locked`, or a failure of the store; the same holds for all questions below.
    pub fn services(&self) -> Result<Vec<Service>> {
        if self.session().is_err_and(|error| error.code == Code::NoVault) {
            return Ok(before_there_is_a_vault());
        }
        choices::expire(self)?;
        all(&*self.session()?)
    }

    /// One service.
    ///
    /// # Errors
    /// `NoSuch` if the catalogue has none with this id.
    pub fn service(&self, id: &str) -> Result<Service> {
        choices::expire(self)?;
        one(&*self.session()?, id)
    }

    /// Lists a service, or takes it off the list. Its records stay.
    ///
    /// # Errors
    /// `NoSuch` if the catalogue has none with this id.
    pub fn list_service(&self, id: &str, listed: bool) -> Result<()> {
        known(id)?;
        self.session()?
            .store
            .write::<_, ApiError>(|write| Ok(write.set_listed(id, listed, clock::now())?))?;
        self.tell(&[Topic::Choices]);
        Ok(())
    }

    /// An https address of the catalogue: `what` is `export` or `setting`; `index` counts the service's settings in the
    /// order of `Service::purposes[].settings[]`.
    ///
    /// # Errors
    /// `NoSuch`.
    pub fn address(&self, service: &str, what: &str, index: u32) -> Result<String> {
        address(service, what, index)
    }
}
