//! All services together, and where they come from.

use crate::{CatalogueError, recipe_toml, service::Service, service_toml};
use std::{collections::BTreeMap, sync::LazyLock};

/// What Thinline knows about services.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Sorted by id.
    pub services: Vec<Service>,
    /// A stable hash of all catalogue texts: changes with any of them.
    pub version: String,
}

/// (path, text) of every embedded file, sorted.
pub(crate) const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

impl Catalogue {
    /// The catalogue of this build.
    ///
    /// # Panics
    /// If the embedded texts have a mistake; a test of this crate reads them.
    pub fn builtin() -> &'static Catalogue {
        static BUILTIN: LazyLock<Catalogue> = LazyLock::new(|| match Catalogue::from_texts(EMBEDDED) {
            Ok(catalogue) => catalogue,
            Err(error) => panic!("the built-in catalogue has a mistake: {error}"),
        });
        &BUILTIN
    }

    /// Reads (path, text) pairs, each path `<service>/service.toml` or `<service>/recipes.toml`.
    ///
    /// # Errors
    /// The first mistake, with file and line.
    pub fn from_texts(texts: &[(&str, &str)]) -> Result<Self, CatalogueError> {
        let mut folders: BTreeMap<&str, [Option<(&str, &str)>; 2]> = BTreeMap::new();
        for &(path, text) in texts {
            let slot = match path.split_once('/') {
                Some((folder, "service.toml")) => &mut folders.entry(folder).or_default()[0],
                Some((folder, "recipes.toml")) => &mut folders.entry(folder).or_default()[1],
                _ => {
                    return Err(CatalogueError::at(
                        path,
                        "",
                        0,
                        "not service.toml or recipes.toml of a service",
                    ));
                }
            };
            if slot.replace((path, text)).is_some() {
                return Err(CatalogueError::at(path, "", 0, "twice"));
            }
        }
        let mut services = Vec::new();
        for (folder, texts) in folders {
            services.push(read_folder(folder, texts)?);
        }
        Ok(Self { services, version: version(texts) })
    }

    /// A service by its id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services
            .binary_search_by(|service| service.id.as_str().cmp(id))
            .ok()
            .map(|at| &self.services[at])
    }
}

fn read_folder(
    folder: &str,
    [service, recipes]: [Option<(&str, &str)>; 2],
) -> Result<Service, CatalogueError> {
    let Some((path, text)) = service else {
        return Err(CatalogueError::at(&format!("{folder}/service.toml"), "", 0, "missing"));
    };
    let mut service = service_toml::read(folder, path, text)?;
    if let Some((path, text)) = recipes {
        let read = recipe_toml::read(&service.id, path, text)?;
        (service.recipes, service.unused, service.empty) = (read.recipes, read.unused, read.empty);
        (service.account, service.language) = (read.account, read.language);
    }
    Ok(service)
}

/// FNV-1a over lengths and bytes: names a state of the texts, protects nothing.
fn version(texts: &[(&str, &str)]) -> String {
    let mut sorted: Vec<_> = texts.to_vec();
    sorted.sort_unstable();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in sorted.iter().flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]) {
        for byte in (part.len() as u64).to_le_bytes().iter().chain(part) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
