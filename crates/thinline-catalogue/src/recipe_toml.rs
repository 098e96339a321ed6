//! Skeleton.
use crate::{CatalogueError, FilePattern, Recipe, Unused};
use thinline_model::ServiceId;
pub(crate) fn read(_: &ServiceId, _: &str, _: &str) -> Result<(Vec<Recipe>, Vec<Unused>, Vec<FilePattern>), CatalogueError> {
    Ok((Vec::new(), Vec::new(), Vec::new()))
}
