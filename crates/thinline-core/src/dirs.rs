//! Where things lie. The data folder is the person's alone; nothing of it is ever made readable for others.

use crate::Result;
use crate::wire::{ApiError, Code};
use std::path::{Path, PathBuf};

/// Where data and configuration lie.
#[derive(Debug, Clone)]
pub struct Dirs {
    /// The vault and its database.
    pub data: PathBuf,
    /// Preferences that are needed before unlocking, and the anchor of a vault without keyring.
    pub config: PathBuf,
}

impl Dirs {
    /// `data_dir` overrides `THINLINE_DATA_DIR`, which overrides the system's place.
    ///
    /// # Errors
    /// `NotFound` if the system names no home.
    pub fn new(data_dir: Option<&Path>) -> Result<Self> {
        let from_env = std::env::var_os("THINLINE_DATA_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from);
        let system = directories::ProjectDirs::from("org", "thinline", "thinline");
        let data = data_dir.map(Path::to_owned).or(from_env);
        match (data, system) {
            // A data folder of one's own keeps its configuration beside it, so that several never mix.
            (Some(data), _) => Ok(Self { config: data.join("config"), data }),
            (None, Some(system)) => {
                Ok(Self { data: system.data_local_dir().to_owned(), config: system.config_dir().to_owned() })
            }
            (None, None) => Err(ApiError::new(Code::NotFound)),
        }
    }

    /// The sample vault: a folder of its own, deleted when the person leaves it.
    pub(crate) fn sample(&self) -> Self {
        let data = self.data.join("sample");
        Self { config: data.clone(), data }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.data.join("thinline.db")
    }
}
