//! The files of a ledger's directory: opened together, locked, held against one another.

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use crate::{
    chance::{Chance, Dice},
    error::{Fault, LedgerFault, Place, What},
    hash::Hash,
    keys::{Keys, connect_keys},
    leaf::VERSION,
    log::sqlite::{Mode, Store},
    seal::Key,
};

/// The subject whose key names receipts.
pub(crate) const RECEIPT: &str = "receipt";

pub(crate) fn file_fault(path: &Path) -> impl Fn(std::io::Error) -> LedgerFault {
    let path = path.to_owned();
    move |source| LedgerFault::File { path: path.clone(), source }
}

/// The databases of a store, opened and belonging together.
pub(crate) struct Parts {
    pub(crate) store: Store,
    pub(crate) keys: Keys,
    pub(crate) origin: String,
}

pub(crate) fn open_parts(
    dir: &Path,
    kek: Option<Key>,
    chance: Chance,
    mode: Mode,
) -> Result<Parts, LedgerFault> {
    let kek = match kek {
        Some(kek) => kek,
        None => read_kek(&dir.join("kek"))?,
    };
    let path = dir.join("keys.db");
    if !path.exists() {
        return Err(LedgerFault::NotThere { path });
    }
    let store = Store::open(&dir.join("ledger.db"), mode)?;
    // With a seed, the number of entries keeps this start's nonces apart from the last one's.
    let size = store.frontier()?.first().map_or(0, |(size, _)| *size);
    let dice = Dice::new(chance, format!("keys {size}"));
    let keys = Keys::over(connect_keys(&path, mode)?, kek, dice)?;
    let origin = check_meta(&store, &keys)?;
    Ok(Parts { store, keys, origin })
}

/// Origin and format must be there, known, and those of the keys.
pub(crate) fn check_meta(store: &Store, keys: &Keys) -> Result<String, LedgerFault> {
    let meta = |name: &'static str| {
        let missing = || Fault::at(Place::Meta(name.to_owned()), What::Missing);
        Ok::<_, LedgerFault>(store.meta(name)?.ok_or_else(missing)?)
    };
    let format = meta("format")?;
    if format != VERSION.to_string() {
        let place = Place::Meta("format".to_owned());
        return Err(Fault::at(place, What::VersionUnknown(format)).into());
    }
    let origin = meta("origin")?;
    if keys.origin()?.as_ref() != Some(&origin) {
        return Err(Fault::at(Place::Meta("origin".to_owned()), What::Differs).into());
    }
    Ok(origin)
}

pub(crate) fn lock(dir: &Path) -> Result<fs::File, LedgerFault> {
    let path = dir.join("lock");
    let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(file_fault(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(LedgerFault::Locked { path }),
        Err(fs::TryLockError::Error(source)) => Err(LedgerFault::File { path, source }),
    }
}

/// A new key of keys, readable by the owner of the file only.
pub(crate) fn create_kek(path: &Path, dice: &mut Dice) -> Result<Key, LedgerFault> {
    if path.exists() {
        return read_kek(path);
    }
    let key = Key::draw(dice)?;
    let text = zeroize::Zeroizing::new(Hash(*key.bytes()).hex());
    let done = (|| {
        let mut file =
            fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()
    })();
    done.map_err(file_fault(path))?;
    Ok(key)
}

fn read_kek(path: &Path) -> Result<Key, LedgerFault> {
    let text = zeroize::Zeroizing::new(fs::read_to_string(path).map_err(file_fault(path))?);
    Key::parse(&text).ok_or(LedgerFault::BadKek)
}
