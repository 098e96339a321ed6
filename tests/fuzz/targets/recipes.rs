//! Any text as a service's own files in the catalogue: wrong ones are refused with file and line, and none makes reading fail.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thinline_catalogue::Catalogue;

const SERVICE: &str = include_str!("../../../catalogue/netflix/service.toml");

fuzz_target!(|text: &str| {
    let texts = [("netflix/service.toml", SERVICE), ("netflix/recipes.toml", text)];
    if let Err(error) = Catalogue::from_texts(&texts) {
        assert!(!error.to_string().is_empty());
    }
});
