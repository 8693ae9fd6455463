//! A directory that goes away with whoever uses it, unless its user named one.

use std::path::{Path, PathBuf};

pub(crate) struct ThrownAway {
    path: PathBuf,
    keep: bool,
}

impl ThrownAway {
    pub(crate) fn unless(named: Option<PathBuf>) -> Self {
        let keep = named.is_some();
        let path = named.unwrap_or_else(|| {
            std::env::temp_dir().join(format!("bihuan-rehearsal-{}", std::process::id()))
        });
        Self { path, keep }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for ThrownAway {
    fn drop(&mut self) {
        if !self.keep {
            // A directory that cannot be removed is left to the system's own cleaning.
            drop(std::fs::remove_dir_all(&self.path));
        }
    }
}
