//! Folders of a test run: those that vanish with it, and the one where results are kept.

use crate::Outcome;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A new empty folder that is removed with everything in it when this value is dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes one among the machine's temporary files; `name` helps whoever finds a leftover.
    ///
    /// # Errors
    /// A sentence when the disk refuses.
    pub fn new(name: &str) -> Outcome<Folder> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let own = format!("bihuan-{name}-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(own);
        // A process of this number may have been killed before it could clean up.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Folder(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A browser that was killed may still hold a file; what is left is temporary anyway.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Cargo's build folder: the one three above this program, which lies in `debug/deps` or
/// `debug/examples`.
///
/// # Errors
/// A sentence when the program was not started where cargo put it.
pub fn build_folder() -> Outcome<PathBuf> {
    let own = std::env::current_exe().map_err(|error| format!("where am I? {error}"))?;
    let folder = own.ancestors().nth(3).filter(|folder| folder.parent().is_some());
    folder.map(Path::to_owned).ok_or_else(|| format!("{} is in no build folder", own.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_goes_with_its_value() {
        let (one, two) = (Folder::new("test").unwrap(), Folder::new("test").unwrap());
        assert_ne!(one.path(), two.path());
        std::fs::write(one.path().join("a"), "b").unwrap();
        let path = one.path().to_owned();
        drop(one);
        assert!(!path.exists() && two.path().is_dir());
    }

    #[test]
    fn the_build_folder_holds_the_profile() {
        assert!(build_folder().unwrap().join("debug").is_dir());
    }
}
