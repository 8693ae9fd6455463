//! Changes single bytes of a store that is held in memory and sees whether `verify` finds each.

use std::path::{Path, PathBuf};

use ledger::{Exhibit, Fault, Key, Place, VerifyOptions};
use rusqlite::{Connection, OpenFlags, types::Value};

/// A store copied into memory, its kept files in a directory of their own.
pub(crate) struct Meddler {
    exhibit: Exhibit,
    files: Vec<PathBuf>,
    chance: u64,
}

/// What was changed.
pub(crate) struct Change {
    column: &'static str,
    row: String,
    /// The places a good answer may name.
    places: Vec<Place>,
}

/// Database (`l`edger or `k`eys), table and column; the more often listed, the more often struck.
const COLUMNS: [(char, &str, &str); 29] = [
    ('l', "ledger", "leaf"),
    ('l', "ledger", "leaf"),
    ('l', "ledger", "leaf"),
    ('l', "ledger", "hash"),
    ('l', "ledger", "hash"),
    ('l', "ledger", "seq"),
    ('l', "disclosure", "ciphertext"),
    ('l', "disclosure", "ciphertext"),
    ('l', "disclosure", "ciphertext"),
    ('l', "disclosure", "name"),
    ('l', "disclosure", "subject"),
    ('l', "disclosure", "alg"),
    ('l', "disclosure", "seq"),
    ('l', "receipt", "request"),
    ('l', "receipt", "seq"),
    ('l', "receipt", "n"),
    ('l', "frontier", "size"),
    ('l', "frontier", "hashes"),
    ('l', "tile", "level"),
    ('l', "tile", "place"),
    ('l', "tile", "hashes"),
    ('l', "meta", "value"),
    ('k', "subject_key", "kind"),
    ('k', "subject_key", "number"),
    ('k', "subject_key", "wrapped"),
    ('k', "made", "first"),
    ('k', "kept", "id"),
    ('k', "kept", "mac"),
    ('k', "kept", "number"),
];

impl Meddler {
    /// Copies the store in `dir`; its kept files stay where they are and are put right again
    /// after each change.
    pub(crate) fn new(dir: &Path, seed: u64) -> Meddler {
        let mut ledger = Connection::open_in_memory().unwrap();
        Exhibit::prepare(&mut ledger).unwrap();
        let tables = ["ledger", "disclosure", "receipt", "frontier", "tile", "meta"];
        copy(&ledger, &dir.join("ledger.db"), &tables);
        for table in ["ledger", "disclosure"] {
            for verb in ["update", "delete"] {
                ledger.execute_batch(&format!("DROP TRIGGER {table}_no_{verb}")).unwrap();
            }
        }
        let keys = Connection::open_in_memory().unwrap();
        let source = open(&dir.join("keys.db"));
        let mut schema = source
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
            .unwrap();
        for text in schema.query_map([], |row| row.get::<_, String>(0)).unwrap() {
            keys.execute_batch(&text.unwrap()).unwrap();
        }
        copy(&keys, &dir.join("keys.db"), &["meta", "subject_key", "made", "erased", "kept"]);
        for conn in [&ledger, &keys] {
            conn.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF")
                .unwrap();
        }
        let kek = Key::parse(&std::fs::read_to_string(dir.join("kek")).unwrap()).unwrap();
        let exhibit = Exhibit::new(ledger, keys, dir.join("kept"), kek).unwrap();
        let mut files = Vec::new();
        for folder in std::fs::read_dir(dir.join("kept")).unwrap() {
            for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
                files.push(file.unwrap().path());
            }
        }
        files.sort();
        Meddler { exhibit, files, chance: seed | 1 }
    }

    pub(crate) fn verify(&self) -> Result<(), Fault> {
        self.exhibit.verify(VerifyOptions::default(), false).map(|_| ())
    }

    /// Makes one change, verifies, takes the change back. `Err` tells of a change that was not
    /// found, or under a wrong name.
    pub(crate) fn change_one(&mut self) -> Result<(), String> {
        let (change, found) =
            if self.below(12) == 0 { self.change_file() } else { self.change_row() };
        match found {
            Ok(()) => Err(format!("not found: {} of row {}", change.column, change.row)),
            Err(fault) if change.places.contains(&fault.place) => Ok(()),
            Err(fault) => Err(format!("{} of row {} was named {fault}", change.column, change.row)),
        }
    }

    fn change_file(&mut self) -> (Change, Result<(), Fault>) {
        let file = self.below(self.files.len() as u64);
        let path = self.files[usize::try_from(file).unwrap()].clone();
        let good = std::fs::read(&path).unwrap();
        let mut bad = good.clone();
        self.flip(&mut bad);
        std::fs::write(&path, bad).unwrap();
        let found = self.verify();
        std::fs::write(&path, good).unwrap();
        let id = path.file_name().unwrap().to_string_lossy().into_owned();
        let change = Change { column: "file", row: id.clone(), places: vec![Place::File(id)] };
        (change, found)
    }

    fn change_row(&mut self) -> (Change, Result<(), Fault>) {
        loop {
            let (database, table, column) =
                COLUMNS[usize::try_from(self.below(COLUMNS.len() as u64)).unwrap()];
            // Tables in the order of their key have no row numbers.
            let key = match table {
                "disclosure" => "seq || name",
                _ => "rowid",
            };
            let rows = self.query(database, &format!("SELECT {key} FROM {table}"));
            if rows.is_empty() {
                continue;
            }
            let picked = self.below(rows.len() as u64);
            let row = rows[usize::try_from(picked).unwrap()][0].clone();
            let whole = format!("SELECT {column}, * FROM {table} WHERE {key} = $1");
            let before = self.query_with(database, &whole, &[&row]).remove(0);
            let empty = matches!(&before[0], Value::Text(text) if text.is_empty());
            if empty {
                continue;
            }
            let after = self.changed(&before[0]);
            // Text that is no longer UTF-8 can only come in as bytes.
            let cast = matches!((&before[0], &after), (Value::Text(_), Value::Blob(_)));
            let new = if cast { "CAST($1 AS TEXT)" } else { "$1" };
            let update = format!("UPDATE {table} SET {column} = {new} WHERE {key} = $2");
            let done = self.on(database, |conn| {
                conn.execute_batch("SAVEPOINT change").unwrap();
                conn.execute(&update, [&after, &row])
            });
            // A change that makes two rows the same is refused by the table.
            let found = done.is_ok().then(|| self.verify());
            self.on(database, |conn| conn.execute_batch("ROLLBACK TO change; RELEASE change"))
                .unwrap();
            if let Some(found) = found {
                let mut places = places(table, column, &before, &after);
                if (table, column) == ("ledger", "seq") {
                    places.extend(self.left_behind(&before[0]));
                }
                return (Change { column, row: format!("{row:?}"), places }, found);
            }
        }
    }

    /// An entry that moved leaves its disclosures behind.
    fn left_behind(&self, seq: &Value) -> Vec<Place> {
        let at = integer(seq);
        let rows = self.query('l', &format!("SELECT name FROM disclosure WHERE seq = {at}"));
        let named = |row: Vec<Value>| Place::Disclosure(at.cast_unsigned(), text(&row[0]));
        rows.into_iter().map(named).collect()
    }

    fn changed(&mut self, value: &Value) -> Value {
        match value {
            Value::Integer(number) => {
                // One of the bytes that a number in these tables may use.
                let place = self.below(2) * 8;
                Value::Integer(number ^ (i64::try_from(1 + self.below(255)).unwrap() << place))
            }
            Value::Text(text) => {
                let mut bytes = text.clone().into_bytes();
                self.flip(&mut bytes);
                String::from_utf8(bytes).map_or_else(|e| Value::Blob(e.into_bytes()), Value::Text)
            }
            Value::Blob(bytes) => {
                let mut bytes = bytes.clone();
                self.flip(&mut bytes);
                Value::Blob(bytes)
            }
            Value::Null | Value::Real(_) => panic!("no such column"),
        }
    }

    fn flip(&mut self, bytes: &mut [u8]) {
        let place = usize::try_from(self.below(bytes.len() as u64)).unwrap();
        bytes[place] ^= u8::try_from(1 + self.below(255)).unwrap();
    }

    fn below(&mut self, end: u64) -> u64 {
        // xorshift64*: chance enough to choose where to strike.
        self.chance ^= self.chance >> 12;
        self.chance ^= self.chance << 25;
        self.chance ^= self.chance >> 27;
        (self.chance.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) % end
    }

    fn on<T>(&self, database: char, work: impl FnOnce(&Connection) -> T) -> T {
        match database {
            'l' => work(self.exhibit.ledger()),
            _ => self.exhibit.with_keys(work),
        }
    }

    fn query(&self, database: char, text: &str) -> Vec<Vec<Value>> {
        self.query_with(database, text, &[])
    }

    fn query_with(&self, database: char, text: &str, with: &[&Value]) -> Vec<Vec<Value>> {
        self.on(database, |conn| {
            let mut statement = conn.prepare_cached(text).unwrap();
            let columns = statement.column_count();
            let with = rusqlite::params_from_iter(with);
            let rows =
                statement.query_map(with, |row| (0..columns).map(|at| row.get(at)).collect());
            rows.unwrap().collect::<Result<_, _>>().unwrap()
        })
    }
}

/// Where a change of this column is rightly found. `before` is the old value, then the whole row.
fn places(table: &str, column: &str, before: &[Value], after: &Value) -> Vec<Place> {
    let number = |value: &Value| u64::try_from(integer(value)).unwrap_or(u64::MAX);
    let row = &before[1..];
    match table {
        "ledger" if column == "seq" => {
            let (old, new) = (number(&row[0]), number(after));
            // The gap shows at the entry that stands where the moved one was missed.
            vec![
                Place::Entry(old),
                Place::Entry(old + 1),
                Place::Entry(new),
                Place::Entry(old.saturating_sub(1)),
                Place::Disclosure(old, text(after)),
                Place::Frontier,
            ]
        }
        "ledger" => vec![Place::Entry(number(&row[0]))],
        "disclosure" => {
            let (seq, name) = (number(&row[0]), text(&row[1]));
            let new = if column == "seq" { number(after) } else { seq };
            let new_name = if column == "name" { text(after) } else { name.clone() };
            vec![
                Place::Disclosure(seq, name.clone()),
                Place::Disclosure(seq, "*".to_owned()),
                Place::Disclosure(seq, new_name),
                Place::Disclosure(new, name),
                Place::Disclosure(new, "*".to_owned()),
                Place::Database("disclosure"),
            ]
        }
        "receipt" => vec![Place::Receipt(number(&row[0]))],
        "frontier" => vec![Place::Frontier],
        "tile" => vec![Place::Tile(number(&row[0]), number(&row[1]))],
        "meta" => vec![Place::Meta(text(&row[0])), Place::Database("ledger.db")],
        "kept" if column == "id" => {
            vec![Place::File(hex(&row[1])), Place::File(hex(after))]
        }
        "kept" => vec![Place::File(hex(&row[1]))],
        "made" => key_places(&text(&row[0]), integer(&row[1]), integer(after)),
        _ => {
            let (kind, at) = (text(&row[0]), integer(&row[1]));
            let new_kind = if column == "kind" { text(after) } else { kind.clone() };
            let new = if column == "number" { integer(after) } else { at };
            let mut places = key_places(&kind, at, new);
            places.extend(key_places(&new_kind, at, new));
            places
        }
    }
}

fn key_places(kind: &str, old: i64, new: i64) -> Vec<Place> {
    let named = |number: i64| Place::Key(format!("{kind}/{number}"));
    vec![named(old), named(new), Place::Key(kind.to_owned()), Place::Database("keys.db")]
}

fn integer(value: &Value) -> i64 {
    if let Value::Integer(number) = value { *number } else { -1 }
}

fn text(value: &Value) -> String {
    if let Value::Text(text) = value { text.clone() } else { String::new() }
}

fn hex(value: &Value) -> String {
    let Value::Blob(bytes) = value else { return String::new() };
    ledger::Hash(bytes.as_slice().try_into().unwrap()).hex()
}

fn open(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn copy(to: &Connection, from: &Path, tables: &[&str]) {
    to.execute("ATTACH $1 AS source", [from.to_str().unwrap()]).unwrap();
    for table in tables {
        to.execute_batch(&format!("INSERT INTO main.{table} SELECT * FROM source.{table}"))
            .unwrap();
    }
    to.execute_batch("DETACH source").unwrap();
}
