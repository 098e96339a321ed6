//! The closed lists: purposes, categories, kinds and what surrounds them.
//!
//! A new word needs a decision, not a patch: every list here is shown, stored and exported.

use crate::time::ids;

/// The text is none of the ids of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of the known words")]
pub struct UnknownWord;

/// The scope of a choice that is about every site, not about one service.
pub const ALL_SITES: &str = "all-sites";

/// Why data is used. DPV terms are given by [`Purpose::dpv`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// Uses behavior to choose what is shown next.
    Recommendations,
    /// Picks ads in the service from what is done in it.
    AdsHere,
    /// Uses data from here to choose ads on other sites and apps.
    AdsElsewhere,
    /// Takes in what others report about the person.
    FromElsewhere,
    /// Sells data or gives it to other companies for their own use.
    Sharing,
    /// Sends e-mails, texts and notifications.
    Messages,
    /// Experiments and product research.
    Improvement,
    /// Trains AI models.
    AiTraining,
}

ids!(Purpose {
    Recommendations => "recommendations", AdsHere => "ads-here", AdsElsewhere => "ads-elsewhere",
    FromElsewhere => "from-elsewhere", Sharing => "sharing", Messages => "messages",
    Improvement => "improvement", AiTraining => "ai-training",
});

/// The three groups in which purposes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PurposeGroup {
    /// Makes it yours.
    Yours,
    /// Advertising.
    Advertising,
    /// Contact and research.
    Contact,
}

ids!(PurposeGroup { Yours => "yours", Advertising => "advertising", Contact => "contact" });

impl Purpose {
    /// The group under which the purpose is shown.
    pub fn group(self) -> PurposeGroup {
        match self {
            Self::Recommendations => PurposeGroup::Yours,
            Self::AdsHere | Self::AdsElsewhere | Self::FromElsewhere | Self::Sharing => {
                PurposeGroup::Advertising
            }
            Self::Messages | Self::Improvement | Self::AiTraining => PurposeGroup::Contact,
        }
    }

    /// The DPV 2.3 term, or our own `tl:` term where DPV has none.
    pub fn dpv(self) -> &'static str {
        match self {
            Self::Recommendations => "dpv:ProvidePersonalisedRecommendations",
            Self::AdsHere => "dpv:PersonalisedAdvertising",
            Self::AdsElsewhere => "tl:CrossContextAdvertising",
            Self::FromElsewhere => "tl:ThirdPartyEnrichment",
            Self::Sharing => "dpv:SellDataToThirdParties",
            Self::Messages => "dpv:DirectMarketing",
            Self::Improvement => "dpv:ImproveExistingProductsAndServices",
            Self::AiTraining => "tl:ModelTraining",
        }
    }
}

/// Kind of data. DPV terms are given by [`Category::dpv`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the ids say it; the names that people read are texts of the UI")]
pub enum Category {
    Viewing,
    Listening,
    Searches,
    Browsing,
    AppUse,
    Purchases,
    Payments,
    Reactions,
    OwnContent,
    Messages,
    People,
    Location,
    Devices,
    Account,
    GuessedInterests,
    GuessedTraits,
    AdGroups,
    Shown,
    OffSite,
    Settings,
}

ids!(Category {
    Viewing => "viewing", Listening => "listening", Searches => "searches", Browsing => "browsing",
    AppUse => "app-use", Purchases => "purchases", Payments => "payments", Reactions => "reactions",
    OwnContent => "own-content", Messages => "messages", People => "people", Location => "location",
    Devices => "devices", Account => "account", GuessedInterests => "guessed-interests",
    GuessedTraits => "guessed-traits", AdGroups => "ad-groups", Shown => "shown", OffSite => "off-site",
    Settings => "settings",
});

impl Category {
    /// The least sensitivity of a record of this category. A record may be raised, never lowered.
    pub fn sensitivity(self) -> Sensitivity {
        match self {
            Self::Listening | Self::AppUse | Self::Devices | Self::Shown | Self::Settings => {
                Sensitivity::Ordinary
            }
            Self::Viewing
            | Self::Searches
            | Self::Browsing
            | Self::Purchases
            | Self::Payments
            | Self::Reactions
            | Self::Account
            | Self::GuessedInterests
            | Self::AdGroups => Sensitivity::Revealing,
            Self::OwnContent
            | Self::Messages
            | Self::People
            | Self::Location
            | Self::GuessedTraits
            | Self::OffSite => Sensitivity::Special,
        }
    }

    /// The DPV personal-data term, or our own `tl:` term where DPV has none.
    pub fn dpv(self) -> &'static str {
        match self {
            Self::Viewing => "pd:TVViewingBehaviour",
            Self::Listening => "tl:ListeningBehaviour",
            Self::Searches => "tl:SearchQuery",
            Self::Browsing => "pd:BrowsingBehaviour",
            Self::AppUse => "pd:ServiceConsumptionBehaviour",
            Self::Purchases => "pd:Purchase",
            Self::Payments => "pd:FinancialAccount",
            Self::Reactions => "pd:Preference",
            Self::OwnContent => "pd:SocialMediaCommunication",
            Self::Messages => "pd:Communication",
            Self::People => "pd:SocialNetwork",
            Self::Location => "pd:Location",
            Self::Devices => "pd:DeviceBased",
            Self::Account => "pd:Contact",
            Self::GuessedInterests => "pd:Interest",
            Self::GuessedTraits => "pd:Demographic",
            Self::AdGroups => "pd:GroupProfile",
            Self::Shown => "tl:ContentExposure",
            Self::OffSite => "tl:OffServiceActivity",
            Self::Settings => "pd:PrivacyPreference",
        }
    }
}

/// How much care a record needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sensitivity {
    /// Ordinary (1).
    Ordinary,
    /// Revealing (2).
    Revealing,
    /// Special care (3): "sensitive" on screen.
    Special,
}

impl Sensitivity {
    /// 1, 2 or 3.
    pub fn level(self) -> u8 {
        match self {
            Self::Ordinary => 1,
            Self::Revealing => 2,
            Self::Special => 3,
        }
    }

    /// Reads 1, 2 or 3.
    ///
    /// # Errors
    /// `UnknownWord` for any other number.
    pub fn from_level(level: u8) -> Result<Self, UnknownWord> {
        match level {
            1 => Ok(Self::Ordinary),
            2 => Ok(Self::Revealing),
            3 => Ok(Self::Special),
            _ => Err(UnknownWord),
        }
    }
}

/// What sort of fact a record is.
///
/// Where a fact could be several, the first of given-out/received, used, setting, inferred, collected.
/// The last four come from Thinline itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// What the service noted.
    Collected,
    /// What it guessed.
    Inferred,
    /// An ad, message or pick that reached the person.
    Used,
    /// What it gave to others.
    GivenOut,
    /// What it got from others.
    Received,
    /// A state that the service reports.
    Setting,
    /// A choice made in Thinline.
    Choice,
    /// A signal sent on.
    Signal,
    /// A request or step at a service.
    Request,
    /// What a later export showed.
    Result,
}

ids!(Kind {
    Collected => "collected", Inferred => "inferred", Used => "used", GivenOut => "given-out",
    Received => "received", Setting => "setting", Choice => "choice", Signal => "signal",
    Request => "request", Result => "result",
});

impl Kind {
    /// Whether Thinline made the record itself.
    pub fn is_own(self) -> bool {
        matches!(self, Self::Choice | Self::Signal | Self::Request | Self::Result)
    }
}

/// Where a datum comes from, in DPV's sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// Given by the person.
    Provided,
    /// Seen by the service.
    Observed,
    /// Computed from other data.
    Derived,
    /// Guessed.
    Inferred,
    /// From someone else.
    ThirdParty,
}

ids!(Origin {
    Provided => "provided", Observed => "observed", Derived => "derived", Inferred => "inferred",
    ThirdParty => "third-party",
});

/// Who made a segment or list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Party {
    /// The service.
    First,
    /// An advertiser or partner who brought a list.
    Second,
    /// A data supplier.
    Third,
    /// Not told.
    Unknown,
}

ids!(Party { First => "first", Second => "second", Third => "third", Unknown => "unknown" });

/// What can be done at all about a purpose at a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Availability {
    /// A setting at the service.
    Setting,
    /// A signal from the browser.
    Signal,
    /// A letter.
    Letter,
    /// It costs money.
    Paid,
    /// No way that we know.
    None,
    /// Not done on the person's plan.
    NotOnPlan,
}

ids!(Availability {
    Setting => "setting", Signal => "signal", Letter => "letter", Paid => "paid", None => "none",
    NotOnPlan => "not-on-plan",
});

/// What a person wants for a purpose. *On* means "leave on": it is no consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wish {
    /// Leave it on.
    On,
    /// Off.
    Off,
    /// Not decided.
    Undecided,
}

ids!(Wish { On => "on", Off => "off", Undecided => "undecided" });

/// How far an action got, at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EffectState {
    /// Nothing done yet.
    NotStarted,
    /// Waiting for the service.
    Pending,
    /// Our own parts did it.
    Applied,
    /// The person told us.
    Reported,
    /// A later export says so.
    Confirmed,
    /// A later export says otherwise.
    Contradicted,
    /// No way that we know.
    Unreachable,
    /// Done on another computer.
    Elsewhere,
    /// Not done on the person's plan.
    NotApplicable,
}

ids!(EffectState {
    NotStarted => "not-started", Pending => "pending", Applied => "applied", Reported => "reported",
    Confirmed => "confirmed", Contradicted => "contradicted", Unreachable => "unreachable",
    Elsewhere => "elsewhere", NotApplicable => "not-applicable",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_and_are_unique() {
        for p in Purpose::ALL {
            assert_eq!(Purpose::parse(p.id()), Ok(*p));
        }
        for c in Category::ALL {
            assert_eq!(Category::parse(c.id()), Ok(*c));
            assert_eq!(Sensitivity::from_level(c.sensitivity().level()), Ok(c.sensitivity()));
        }
        assert_eq!(Purpose::ALL.len(), 8);
        assert_eq!(Category::ALL.len(), 20);
        assert_eq!(Kind::parse("consumed"), Err(UnknownWord));
    }
}
