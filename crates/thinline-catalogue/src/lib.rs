//! Reads and checks `catalogue/`: what is known about each service, and how the files of its export are read.
//!
//! Everything here is data that was typed in with a source and a date. The reader is strict: an unknown key, a bad
//! pattern, a missing field or an unknown word is an error with file and line. Nothing here opens files: texts come in
//! from the build (`Catalogue::builtin`) or from the caller (`Catalogue::from_texts`).

mod catalogue;
mod error;
mod fold;
mod marks;
mod pattern;
mod recipe;
mod recipe_field;
mod recipe_form;
mod recipe_toml;
mod rows;
mod service;
mod service_toml;
mod shows_toml;
mod toml_words;

pub use catalogue::Catalogue;
pub use error::CatalogueError;
pub use fold::fold;
pub use pattern::{ColumnPattern, FileName, FilePattern};
pub use recipe::{
    AccountIn, At, ClassifyRule, Defaults, FactRule, Field, FieldFrom, Filter, Form, Grade, Keep, Key,
    LanguageIn, Reader, Recipe, Sniff, StateRule, StateWords, Test, Transform, UNUSED_REASONS, Unpivot,
    Unused, Wanted,
};
pub use rows::{RowPath, RowStep};
pub use service::{
    DoesNotShow, ExportGuide, Fact, Flow, Generation, Package, Promise, PurposeInfo, Service, Setting, Shows,
    Step, UNSHOWN, Use,
};
