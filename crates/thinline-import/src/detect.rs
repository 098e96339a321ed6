//! Whose export an archive is: by file names, then by what stands in the files.
//!
//! A name alone gives `Maybe` (a loose `Payments.json` proves nothing); a file whose beginning shows what its recipe
//! expects gives `Yes`. Two `Yes` is for the caller to ask the person about, never "the first one wins".

use crate::{
    Archive, ImportError,
    look::{Look, look},
    plan::stands_for,
};
use thinline_catalogue::{Catalogue, FileName, Service};
use thinline_model::ServiceId;

/// How sure it is that an archive is an export of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Match {
    /// Nothing speaks for it.
    No,
    /// Names speak for it.
    Maybe,
    /// Content speaks for it.
    Yes,
}

/// The answer for every service of the catalogue, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detection {
    /// Every service with its answer.
    pub services: Vec<(ServiceId, Match)>,
}

impl Detection {
    /// The services with the best answer above `No`; none if nothing is recognized, several if the caller must ask.
    pub fn best(&self) -> Vec<&ServiceId> {
        let best = self.services.iter().map(|(_, found)| *found).max().unwrap_or(Match::No);
        self.services
            .iter()
            .filter(|(_, found)| *found == best && best > Match::No)
            .map(|(id, _)| id)
            .collect()
    }
}

/// So many pages that stand for tables of a service speak for it: people print or save what they should have asked for.
const PAGES: usize = 3;
/// How many files with a promising name are opened per service.
const MOST_OPENED: usize = 16;

/// Looks at names, then into files with promising names.
///
/// # Errors
/// If the archive cannot be read at all; one damaged file is no error.
pub fn detect(archive: &mut Archive, catalogue: &Catalogue) -> Result<Detection, ImportError> {
    let services = catalogue.services.iter();
    Ok(Detection { services: services.map(|s| (s.id.clone(), detect_one(archive, s))).collect() })
}

fn detect_one(archive: &mut Archive, service: &Service) -> Match {
    let mut named = 0_usize;
    let mut opened = 0_usize;
    let mut pages = 0_usize;
    for index in 0..archive.members().len() {
        let name = FileName::new(&archive.members()[index].path);
        let recipes: Vec<_> =
            service.recipes.iter().filter(|recipe| recipe.files.iter().any(|f| f.matches(&name))).collect();
        if recipes.is_empty() {
            let known = service.unused.iter().flat_map(|u| &u.files).chain(&service.empty);
            named += usize::from(known.into_iter().any(|f| f.matches(&name)));
            pages += usize::from(stands_for(service, &archive.members()[index].path).is_some());
            continue;
        }
        // A recipe without a sniff goes by the name alone, and many services have a file of that name.
        named += if recipes.iter().any(|recipe| recipe.sniff.is_some()) { 2 } else { 1 };
        for recipe in recipes.iter().filter(|recipe| recipe.sniff.is_some()) {
            opened += 1;
            if opened <= MOST_OPENED && look(archive, index, recipe) == Look::Fits {
                return Match::Yes;
            }
        }
    }
    if named >= 2 || pages >= PAGES { Match::Maybe } else { Match::No }
}
