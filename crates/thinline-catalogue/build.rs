//! Embeds `catalogue/<service>/{service,recipes}.toml`, so that the program needs no file beside it.
//!
//! Samples are not embedded. What the texts say is checked by the tests and when the catalogue is first used.

use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../catalogue");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut folders: Vec<_> = fs::read_dir(&root)?.collect::<Result<_, _>>()?;
    folders.sort_by_key(fs::DirEntry::file_name);
    let mut list = String::from("&[\n");
    for folder in folders {
        for name in ["service.toml", "recipes.toml"] {
            let path = folder.path().join(name);
            if path.is_file() {
                println!("cargo::rerun-if-changed={}", path.display());
                let shown = format!("{}/{name}", folder.file_name().to_string_lossy());
                let _ = writeln!(list, "    ({shown:?}, include_str!({:?})),", path.canonicalize()?);
            }
        }
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("embedded.rs"), list)
}
