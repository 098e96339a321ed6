//! Skeleton.
use crate::{CatalogueError, Service};
pub(crate) fn read(_: &str, file: &str, text: &str) -> Result<Service, CatalogueError> {
    Err(CatalogueError::at(file, text, 0, "skeleton"))
}
