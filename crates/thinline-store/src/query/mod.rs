//! What views ask: pages, search, densities. Tables are in `table/`.

mod dump;
mod page;
mod search;
mod words;

pub(crate) use dump::dump;
pub use page::{FacetSet, Hit, PageQuery, Way};
pub use search::SearchBar;
