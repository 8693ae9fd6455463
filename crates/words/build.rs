//! Lists the catalogues, so that a new topic is a new file and nothing else: no list in the code
//! has to be kept, and two branches that add topics do not collide.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut code = Vec::new();
    for (constant, folder) in [("ZH", "zh-CN"), ("EN", "en")] {
        println!("cargo::rerun-if-changed={folder}");
        code.push(format!("pub(crate) const {constant}: &[Catalogue] = &["));
        for file in catalogues(&root.join(folder))? {
            let path = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{folder}/{file}\")");
            code.push(format!("    Catalogue {{ file: {file:?}, text: include_str!({path}) }},"));
        }
        code.push("];\n".to_owned());
    }
    fs::write(out.join("catalogues.rs"), code.join("\n"))
}

fn catalogues(folder: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let (Some(name), Some("ftl")) =
            (path.file_name(), path.extension().and_then(|ending| ending.to_str()))
        {
            files.push(name.to_string_lossy().into_owned());
        }
    }
    // The order of a folder differs between machines; the program must not.
    files.sort();
    Ok(files)
}
