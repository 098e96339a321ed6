//! What is known about a service, as typed values. The texts' form lies in `service_toml`.

use crate::{
    pattern::FilePattern,
    recipe::{AccountIn, Grade, LanguageIn, Recipe, Unused},
};
use thinline_model::{Availability, Category, Purpose, ServiceId};

/// One service: its folder in `catalogue/`.
#[derive(Debug, Clone)]
pub struct Service {
    /// The name of its folder.
    pub id: ServiceId,
    /// As the service writes it.
    pub name: String,
    /// Other words under which people look for it.
    pub aliases: Vec<String>,
    /// `#rrggbb` behind its initial; ours, not a trademark.
    pub color: String,
    /// Its own sites.
    pub domains: Vec<String>,
    /// Hosts of requests from other sites that may be blocked; never sign-in or CDN hosts.
    pub tracking_domains: Vec<String>,
    /// The company that answers for the data.
    pub controller: Fact,
    /// Ways to reach it, best first.
    pub contact: Vec<Fact>,
    /// How a person gets an export.
    pub export: ExportGuide,
    /// How far its exports show each category.
    pub shows: Vec<Shows>,
    /// What its exports never show.
    pub does_not_show: Vec<DoesNotShow>,
    /// What each category can be used for.
    pub uses: Vec<Use>,
    /// All eight, in the order of `Purpose::ALL`.
    pub purposes: Vec<PurposeInfo>,
    /// How the files of its export are read, in the order of the text.
    pub recipes: Vec<Recipe>,
    /// Files that are recognized but not read.
    pub unused: Vec<Unused>,
    /// Files by which the service says that a table is empty.
    pub empty: Vec<FilePattern>,
    /// Where the id of the account stands, best first.
    pub account: Vec<AccountIn>,
    /// What tells the language of titles and labels, best first.
    pub language: Vec<LanguageIn>,
}

impl Service {
    /// What is known about one purpose.
    ///
    /// # Panics
    /// Never: reading a service text makes sure that all purposes are there, in order.
    pub fn purpose(&self, purpose: Purpose) -> &PurposeInfo {
        &self.purposes[purpose as usize]
    }

    /// A recipe by its full id (`service/name`).
    pub fn recipe(&self, id: &str) -> Option<&Recipe> {
        self.recipes.iter().find(|recipe| &*recipe.id == id)
    }
}

/// Something typed in from a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is: `controller`, `email`, `post`, `web` or `fax`.
    pub what: String,
    /// The fact itself.
    pub value: String,
    /// Where it was read (https).
    pub source: String,
    /// `YYYY-MM` or `YYYY-MM-DD`.
    pub checked_on: String,
}

/// How a person gets an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportGuide {
    /// The page to open.
    pub address: String,
    /// What can be asked for.
    pub packages: Vec<Package>,
    /// What people have without asking, such as a list saved from a page.
    pub other: Vec<Package>,
    /// What to do there.
    pub steps: Vec<Step>,
    /// After how many days the download link ends, where known.
    pub link_expires_days: Option<u16>,
    /// Where this was read.
    pub source: String,
    /// When.
    pub checked_on: String,
}

/// One thing that can be asked for at the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Stable id inside the service.
    pub id: String,
    /// As the service prints it.
    pub label: String,
    /// Days that the service states.
    pub days: u16,
    /// Categories that it holds.
    pub what: Vec<Category>,
    /// Whether recipes for it exist; the others are recognized but not read.
    pub read: bool,
    /// Names by which an archive of it is told.
    pub files: Vec<FilePattern>,
    /// The number of the first file where its lists are split into numbered files.
    pub first_page: Option<u16>,
    /// How its exports changed over the years, newest first.
    pub generations: Vec<Generation>,
}

/// What exports looked like at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    /// About when: `2023`.
    pub name: String,
    /// Folded names of columns or keys, any of which tells it.
    pub has: Vec<String>,
}

/// What exports can leave untold; each has a text in the UI.
pub const UNSHOWN: &[&str] = &[
    // Nothing of the kind is in it.
    "guessed-interests",
    "taste-groups",
    "ad-groups",
    "ads-shown",
    "recommendation-scores",
    // It is there, but without this.
    "when-guessed",
    "how-sure",
    "who-supplied",
    "label-meanings",
    "time-of-day",
    "persons",
    "devices",
];

/// How far a package shows a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shows {
    /// Id of the package.
    pub package: String,
    /// Kind of data.
    pub category: Category,
    /// About how many months it reaches back; none if it holds all that the service has, as far as is known.
    pub months: Option<u16>,
    /// It says what is so, not since when.
    pub undated: bool,
}

/// Something that packages never show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoesNotShow {
    /// Ids of the packages.
    pub packages: Vec<String>,
    /// One of [`UNSHOWN`].
    pub what: String,
    /// How well that is known.
    pub grade: Grade,
    /// `YYYY-MM`.
    pub checked: String,
}

/// One step on a service's pages: what the person does, and the words printed there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Click or open the thing with this label.
    Open(String),
    /// Tick the box with this label.
    Tick(String),
    /// Switch the thing with this label off.
    TurnOff(String),
    /// Choose; the text is a message id (`profile`, `topics`), since the page prints no fixed label.
    Choose(String),
    /// Confirm; the text is a message id (`email`).
    Confirm(String),
}

/// What a category can be used for at the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Kind of data.
    pub category: Category,
    /// Purposes, in the order of `Purpose::ALL`.
    pub purposes: Vec<Purpose>,
    /// Where this was read.
    pub source: String,
    /// When.
    pub checked_on: String,
}

/// What can be done about one purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurposeInfo {
    /// Which.
    pub purpose: Purpose,
    /// What can be done at all; never empty.
    pub availability: Vec<Availability>,
    /// Every setting that changes it, the one that changes least first.
    pub settings: Vec<Setting>,
}

/// A setting at a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Stable id inside the service: stored and logged.
    pub id: String,
    /// As the service prints it.
    pub label: String,
    /// The page where it is, or from which the steps start.
    pub address: String,
    /// What to do there.
    pub steps: Vec<Step>,
    /// How far it reaches: `account`, `person` (each household profile), `browser` or `device`.
    pub scope: String,
    /// Days until it has effect, where the service says so.
    pub delay_days: Option<u16>,
    /// The plan on which it exists; none if on all.
    pub plan: Option<String>,
    /// Every purpose that it changes.
    pub affects: Vec<Purpose>,
    /// What the service says it will do once this is off.
    pub promises: Vec<Promise>,
    /// What the service says stays as it is.
    pub does_not_promise: Vec<Promise>,
    /// Where this was read.
    pub source: String,
    /// When.
    pub checked_on: String,
}

/// What a promise is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flow {
    /// Keeping data.
    Keep,
    /// Getting data from others.
    Receive,
    /// Giving data to others.
    Share,
    /// Using data; later exports cannot show it.
    Use,
}

/// One promise, or one thing expressly not promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// What it is about.
    pub flow: Flow,
    /// Where it was read.
    pub source: String,
    /// When.
    pub checked_on: String,
}
