//! The log as static files (C2SP tlog-tiles): from these anyone checks it without asking it.
//!
//! `checkpoint` is written last, so whoever reads a directory that is being written finds all that
//! its checkpoint calls for.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use crate::{
    checkpoint::{self, Checkpoint},
    error::{Fault, LedgerFault, Place, What},
    files::file_fault,
    hash::Hash,
    ledger::Ledger,
    note::{Note, NoteFault},
    tree::TILE_WIDTH,
};

/// Where the hashes and leaves come from.
pub trait Source {
    /// The first `width` hashes of a tile.
    fn tile(&self, level: u32, index: u64, width: usize) -> Result<Vec<Hash>, LedgerFault>;
    /// `count` leaves from `seq` on.
    fn leaves(&self, seq: u64, count: usize) -> Result<Vec<Vec<u8>>, LedgerFault>;
    /// The root of the first `size` leaves.
    fn root_at(&self, size: u64) -> Result<Hash, LedgerFault>;
}

impl Source for Ledger {
    fn tile(&self, level: u32, index: u64, width: usize) -> Result<Vec<Hash>, LedgerFault> {
        Ledger::tile(self, level, index, width)
    }

    fn leaves(&self, seq: u64, count: usize) -> Result<Vec<Vec<u8>>, LedgerFault> {
        self.leaves_from(seq, count)
    }

    fn root_at(&self, size: u64) -> Result<Hash, LedgerFault> {
        Ledger::root_at(self, size)
    }
}

/// What an export wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub files: u64,
    pub bytes: u64,
}

/// Writes what `dir` lacks of the log up to the signed checkpoint. A directory of another log, or
/// one that is further or elsewhere than this log, is left as it is.
pub fn export(source: &impl Source, note: &Note, dir: &Path) -> Result<Written, LedgerFault> {
    let known = checkpoint::parse(&note.text).ok_or(NoteFault::Malformed)?;
    check_before(source, &known, &dir.join("checkpoint"))?;
    let mut export = Export { dir, written: Written::default() };
    for level in 0..8 {
        let hashes = known.size >> (8 * level);
        if hashes == 0 {
            break;
        }
        for (index, width) in tiles_of(hashes) {
            let path = Path::new("tile").join(level.to_string());
            export.put(&path, index, width, || {
                let hashes = source.tile(level, index, width)?;
                Ok(hashes.iter().flat_map(|hash| hash.0).collect())
            })?;
        }
    }
    for (index, width) in tiles_of(known.size) {
        export.put(Path::new("tile/entries"), index, width, || {
            let leaves = source.leaves(index * TILE_WIDTH as u64, width)?;
            if leaves.len() != width {
                return Err(LedgerFault::NoSuchEntry { seq: known.size });
            }
            bundle(&leaves).ok_or_else(|| Fault::at(Place::Exported, What::LeafTooLarge).into())
        })?;
    }
    export.write(&dir.join("checkpoint"), note.to_string().as_bytes())?;
    Ok(export.written)
}

/// The full tiles and the partial one that hold so many hashes: number and width.
fn tiles_of(hashes: u64) -> impl Iterator<Item = (u64, usize)> {
    let (full, rest) = (hashes / TILE_WIDTH as u64, hashes % TILE_WIDTH as u64);
    // The remainder is below 256, so it fits.
    let partial = (rest > 0).then(|| (full, usize::try_from(rest).unwrap_or_default()));
    (0..full).map(|index| (index, TILE_WIDTH)).chain(partial)
}

/// Leaves one after the other, each behind its length in two bytes. `None` when one is longer
/// than that can say, which no leaf of ours is.
pub fn bundle(leaves: &[Vec<u8>]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for leaf in leaves {
        bytes.extend(u16::try_from(leaf.len()).ok()?.to_be_bytes());
        bytes.extend(leaf);
    }
    Some(bytes)
}

fn check_before(source: &impl Source, known: &Checkpoint, path: &Path) -> Result<(), LedgerFault> {
    if !path.exists() {
        return Ok(());
    }
    let wrong = |what| Err(Fault::at(Place::Exported, what).into());
    let bytes = fs::read(path).map_err(file_fault(path))?;
    let Some((before, _)) = checkpoint::read(&bytes) else {
        return wrong(What::Unreadable(path.display().to_string()));
    };
    if before.origin != known.origin {
        return wrong(What::Foreign);
    }
    if before.size > known.size {
        return wrong(What::Gap(known.size));
    }
    if source.root_at(before.size)? == before.root { Ok(()) } else { wrong(What::Differs) }
}

struct Export<'d> {
    dir: &'d Path,
    written: Written,
}

impl Export<'_> {
    /// Writes a tile unless it is there. What it was while it was partial goes.
    fn put(
        &mut self,
        folder: &Path,
        index: u64,
        width: usize,
        content: impl FnOnce() -> Result<Vec<u8>, LedgerFault>,
    ) -> Result<(), LedgerFault> {
        let full = self.dir.join(folder).join(index_path(index));
        let mut parts = full.clone().into_os_string();
        parts.push(".p");
        let parts = PathBuf::from(parts);
        let path = if width == TILE_WIDTH { full } else { parts.join(width.to_string()) };
        if path.exists() {
            return Ok(());
        }
        self.write(&path, &content()?)?;
        if width == TILE_WIDTH && parts.exists() {
            fs::remove_dir_all(&parts).map_err(file_fault(&parts))?;
        }
        Ok(())
    }

    /// A whole file or none: what has its name has its content, past a power cut too.
    fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<(), LedgerFault> {
        let folder = path.parent().unwrap_or(self.dir);
        fs::create_dir_all(folder).map_err(file_fault(folder))?;
        let temporary = folder.join(".new");
        let done = (|| {
            let mut file = fs::File::create(&temporary)?;
            file.write_all(bytes)?;
            file.sync_data()?;
            fs::rename(&temporary, path)
        })();
        done.map_err(file_fault(path))?;
        self.written.files += 1;
        self.written.bytes += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(())
    }
}

/// A tile's number in groups of three digits: 1234067 is `x001/x234/067`.
pub fn index_path(index: u64) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_paths_as_the_specification_says() {
        for (index, path) in [
            (0, "000"),
            (67, "067"),
            (999, "999"),
            (1000, "x001/000"),
            (1_234_067, "x001/x234/067"),
        ] {
            assert_eq!(index_path(index), path);
        }
    }
}
