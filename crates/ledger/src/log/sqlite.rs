//! The log on SQLite: opening, migrations, and the statements in Rust's types.

use std::path::Path;

use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, Row, TransactionBehavior, params,
};

use crate::{
    error::{Fault, LedgerFault, Place, What},
    hash::Hash,
    log::{BatchRows, DisclosureRow, RawEntry, ReceiptRow, statements as sql},
    tree::Tile,
};

/// Migrations in order: the common text, then what only SQLite understands.
const MIGRATIONS: &[(&str, &str)] = &[
    (
        include_str!("../../migrations/001_ledger.sql"),
        include_str!("../../migrations/001_sqlite.sql"),
    ),
    (include_str!("../../migrations/002_receipts_in_order.sql"), ""),
];

/// Pages of WAL before they are copied back (about 4 MB).
const WAL_PAGES: u32 = 1000;
/// The WAL file is cut back to this after a checkpoint.
const WAL_BYTES: u32 = 64 << 20;

/// How a database file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A new file is made when there is none.
    Write,
    Read,
}

/// One connection to the log.
pub(crate) struct Store {
    conn: Connection,
}

fn database(doing: &'static str) -> impl Fn(rusqlite::Error) -> LedgerFault {
    move |source| LedgerFault::Database { doing, source }
}

/// Opens a SQLite file with the settings of a ledger: WAL, every commit flushed to the disk.
pub(crate) fn connect(path: &Path, mode: Mode) -> Result<Connection, LedgerFault> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX
        | match mode {
            Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
    let conn = Connection::open_with_flags(path, flags).map_err(database("open"))?;
    let reading = String::from(
        "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; \
         PRAGMA cell_size_check = ON;",
    );
    let settings = match mode {
        Mode::Read => reading,
        Mode::Write => format!(
            "{reading} PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
             PRAGMA wal_autocheckpoint = {WAL_PAGES}; PRAGMA journal_size_limit = {WAL_BYTES};"
        ),
    };
    conn.execute_batch(&settings).map_err(database("settings"))?;
    conn.set_prepared_statement_cache_capacity(32);
    Ok(conn)
}

/// Brings the schema up to `migrations`; what is already applied is left alone.
pub(crate) fn migrate(
    conn: &mut Connection,
    migrations: &[(&str, &str)],
) -> Result<(), rusqlite::Error> {
    for (place, (common, own)) in migrations.iter().enumerate() {
        let version = i64::try_from(place).unwrap_or(i64::MAX) + 1;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let now: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if now < version {
            // Only a column of this very spelling is SQLite's own row number: half the size and
            // twice the speed of a separate index. It holds 64 bits all the same.
            let common = common.replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY");
            // A table in the order of its key is one tree, not two: fewer pages in each commit.
            tx.execute_batch(&common.replace("/*SQLITE WITHOUT ROWID*/", "WITHOUT ROWID"))?;
            tx.execute_batch(own)?;
            tx.pragma_update(None, "user_version", version)?;
        }
        tx.commit()?;
    }
    Ok(())
}

impl Store {
    /// Opens the log's file. Writing applies outstanding migrations.
    pub(crate) fn open(path: &Path, mode: Mode) -> Result<Store, LedgerFault> {
        let mut conn = connect(path, mode)?;
        if mode == Mode::Write {
            migrate(&mut conn, MIGRATIONS).map_err(database("migrate"))?;
        }
        let store = Store { conn };
        store.check_schema()?;
        Ok(store)
    }

    /// Takes a connection that already has the schema; `verify` runs on copies in memory.
    pub(crate) fn over(conn: Connection) -> Store {
        Store { conn }
    }

    /// Puts the schema into an empty database.
    pub(crate) fn prepare(conn: &mut Connection) -> Result<(), LedgerFault> {
        migrate(conn, MIGRATIONS).map_err(database("migrate"))
    }

    /// The connection itself, for tests that tamper with it.
    pub(crate) fn conn(&self) -> &Connection {
        &self.conn
    }

    /// Sets how many pages the file may have.
    pub(crate) fn allow_pages(&self, pages: u32) -> Result<(), LedgerFault> {
        self.conn.pragma_update(None, "max_page_count", pages).map_err(database("settings"))
    }

    fn check_schema(&self) -> Result<(), LedgerFault> {
        let version: i64 = self
            .conn
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .map_err(database("schema version"))?;
        if usize::try_from(version) == Ok(MIGRATIONS.len()) {
            return Ok(());
        }
        let place = Place::Database("ledger.db");
        Err(Fault::at(place, What::VersionUnknown(version.to_string())).into())
    }

    /// Begins the transaction of a batch. What is read from here on costs no locks of its own.
    pub(crate) fn begin(&self) -> Result<(), rusqlite::Error> {
        self.conn.prepare_cached("BEGIN IMMEDIATE")?.execute([]).map(|_| ())
    }

    /// Writes the batch and commits. When it returns `Ok` the batch is on the disk; otherwise
    /// nothing of it is.
    pub(crate) fn commit(&self, rows: &BatchRows) -> Result<(), rusqlite::Error> {
        let written = write_rows(&self.conn, rows)
            .and_then(|()| self.conn.prepare_cached("COMMIT")?.execute([]).map(|_| ()));
        if written.is_err() {
            self.roll_back();
        }
        written
    }

    /// Ends a transaction without a trace. If even that fails, the database does it on reopening.
    pub(crate) fn roll_back(&self) {
        if !self.conn.is_autocommit() {
            drop(self.conn.execute_batch("ROLLBACK"));
        }
    }

    /// Reads entries from `from` on, each with its disclosures, until `each` says `false`. All of
    /// it is one state of the database, whatever is written meanwhile.
    pub(crate) fn scan(
        &self,
        from: u64,
        mut each: impl FnMut(RawEntry<'_>) -> Result<bool, LedgerFault>,
    ) -> Result<(), LedgerFault> {
        let reading = database("read ledger");
        // Whoever lends a connection inside a transaction has one state already.
        let tx = self.conn.is_autocommit().then(|| self.conn.unchecked_transaction());
        let _one_state = tx.transpose().map_err(&reading)?;
        let mut leaves = self.conn.prepare_cached(sql::LEDGER_FROM).map_err(&reading)?;
        let mut texts = self.conn.prepare_cached(sql::DISCLOSURE_FROM).map_err(&reading)?;
        let mut leaves = leaves.query([number(from)]).map_err(&reading)?;
        let mut texts = texts.query([number(from)]).map_err(&reading)?;
        let mut waiting = next_disclosure(&mut texts)?;
        let mut found = Vec::new();
        while let Some(row) = leaves.next().map_err(&reading)? {
            let (seq, leaf, hash) = leaf_row(row).map_err(|error| {
                Fault::at(Place::Database("ledger"), What::Unreadable(error.to_string()))
            })?;
            found.clear();
            while let Some(text) = waiting.take_if(|text| text.seq <= seq) {
                if text.seq < seq {
                    return Err(extra(&text).into());
                }
                found.push(text);
                waiting = next_disclosure(&mut texts)?;
            }
            if !each(RawEntry { seq, leaf, hash, disclosures: &found })? {
                return Ok(());
            }
        }
        match waiting {
            Some(text) => Err(extra(&text).into()),
            None => Ok(()),
        }
    }

    /// One entry with its disclosures.
    pub(crate) fn one<T>(
        &self,
        seq: u64,
        each: impl FnOnce(RawEntry<'_>) -> Result<T, LedgerFault>,
    ) -> Result<Option<T>, LedgerFault> {
        let reading = database("read entry");
        let mut texts = self.conn.prepare_cached(sql::DISCLOSURE_OF).map_err(&reading)?;
        let mut texts = texts.query([number(seq)]).map_err(&reading)?;
        let mut disclosures = Vec::new();
        while let Some(text) = next_disclosure(&mut texts)? {
            disclosures.push(text);
        }
        let mut leaves = self.conn.prepare_cached(sql::LEDGER_ONE).map_err(&reading)?;
        let mut leaves = leaves.query([number(seq)]).map_err(&reading)?;
        let Some(row) = leaves.next().map_err(&reading)? else { return Ok(None) };
        let (seq, leaf, hash) = leaf_row(row).map_err(database("read entry"))?;
        each(RawEntry { seq, leaf, hash, disclosures: &disclosures }).map(Some)
    }

    /// The receipt of the command that begins at entry `seq`.
    pub(crate) fn receipt(&self, seq: u64) -> Result<Option<ReceiptRow>, LedgerFault> {
        let reading = database("read receipt");
        let mut statement = self.conn.prepare_cached(sql::RECEIPT_ONE).map_err(&reading)?;
        statement.query_row([number(seq)], receipt_row).optional().map_err(&reading)
    }

    /// The receipt of a request, found by looking through all of them.
    pub(crate) fn receipt_named(&self, name: &Hash) -> Result<Option<ReceiptRow>, LedgerFault> {
        let reading = database("read receipt");
        let mut statement = self.conn.prepare_cached(sql::RECEIPT_NAMED).map_err(&reading)?;
        statement.query_row([&name.0[..]], receipt_row).optional().map_err(&reading)
    }

    /// All receipts in order of their entries.
    pub(crate) fn receipts(
        &self,
        mut each: impl FnMut(ReceiptRow) -> Result<(), LedgerFault>,
    ) -> Result<(), LedgerFault> {
        let reading = database("read receipts");
        let mut statement = self.conn.prepare_cached(sql::RECEIPT_ALL).map_err(&reading)?;
        let mut rows = statement.query([]).map_err(&reading)?;
        while let Some(row) = rows.next().map_err(&reading)? {
            each(receipt_row(row).map_err(&reading)?)?;
        }
        Ok(())
    }

    /// The frontier rows: size and hashes. There should be one.
    pub(crate) fn frontier(&self) -> Result<Vec<(u64, Vec<u8>)>, LedgerFault> {
        let reading = database("read frontier");
        let mut statement = self.conn.prepare_cached(sql::FRONTIER_READ).map_err(&reading)?;
        let rows = statement
            .query_map([], |row| Ok((unsigned(row, 0)?, bytes(row, 1)?.to_vec())))
            .map_err(&reading)?;
        rows.collect::<Result<_, _>>().map_err(&reading)
    }

    /// One full tile.
    pub(crate) fn tile(&self, level: u32, index: u64) -> Result<Option<Vec<Hash>>, LedgerFault> {
        let reading = database("read tile");
        let mut statement = self.conn.prepare_cached(sql::TILE_ONE).map_err(&reading)?;
        let found = statement
            .query_row(params![level, number(index)], |row| Ok(bytes(row, 0)?.to_vec()))
            .optional()
            .map_err(&reading)?;
        Ok(found.and_then(|bytes| Tile::hashes_of(&bytes)))
    }

    /// How many disclosures lie under the key of a subject.
    pub(crate) fn disclosures_under(&self, subject: &str) -> Result<u64, LedgerFault> {
        let count = self.conn.query_row(sql::DISCLOSURE_COUNT, [subject], |row| row.get(0));
        count.map(|count: i64| u64::try_from(count).unwrap_or(0)).map_err(database("count"))
    }

    /// How many tiles there are.
    pub(crate) fn tile_count(&self) -> Result<u64, LedgerFault> {
        let row = self.conn.query_row(sql::TILE_COUNT, [], |row| unsigned(row, 0));
        row.map_err(database("count tiles"))
    }

    /// Level and index of every tile.
    pub(crate) fn tile_names(&self) -> Result<Vec<(i64, i64)>, LedgerFault> {
        let reading = database("read tiles");
        let mut statement = self.conn.prepare_cached(sql::TILE_NAMES).map_err(&reading)?;
        let rows =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(&reading)?;
        rows.collect::<Result<_, _>>().map_err(&reading)
    }

    /// A line of the store's description.
    pub(crate) fn meta(&self, name: &str) -> Result<Option<String>, LedgerFault> {
        let row = self.conn.query_row(sql::META_ONE, [name], |row| row.get(0)).optional();
        row.map_err(database("read meta"))
    }

    /// Adds a line to the store's description.
    pub(crate) fn meta_insert(&self, name: &str, value: &str) -> Result<(), LedgerFault> {
        let done = self.conn.execute(sql::META_INSERT, [name, value]);
        done.map(|_| ()).map_err(database("write meta"))
    }

    /// What SQLite itself finds wrong with its pages and indexes; `None` when nothing.
    pub(crate) fn integrity(&self) -> Result<Option<String>, LedgerFault> {
        integrity(&self.conn)
    }
}

/// SQLite's own check of a database.
pub(crate) fn integrity(conn: &Connection) -> Result<Option<String>, LedgerFault> {
    let said: String = conn
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(database("integrity check"))?;
    Ok((said != "ok").then_some(said))
}

/// Whether the disk, or the database's allowance, is full.
pub(crate) fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}

fn write_rows(tx: &Connection, rows: &BatchRows) -> Result<(), rusqlite::Error> {
    let mut insert = tx.prepare_cached(sql::LEDGER_INSERT)?;
    for row in &rows.leaves {
        insert.execute(params![number(row.seq), row.leaf, &row.hash.0[..]])?;
    }
    let mut insert = tx.prepare_cached(sql::DISCLOSURE_INSERT)?;
    for row in &rows.disclosures {
        let seq = number(row.seq);
        insert.execute(params![seq, row.name, row.subject, row.alg, row.ciphertext])?;
    }
    let mut insert = tx.prepare_cached(sql::RECEIPT_INSERT)?;
    for row in &rows.receipts {
        insert.execute(params![&row.request.0[..], number(row.seq), number(row.n)])?;
    }
    let mut insert = tx.prepare_cached(sql::TILE_INSERT)?;
    for tile in &rows.tiles {
        insert.execute(params![tile.level, number(tile.index), tile.bytes()])?;
    }
    let mut write = tx.prepare_cached(sql::FRONTIER_WRITE)?;
    write.execute(params![number(rows.tree.size()), rows.tree.frontier_bytes()])?;
    Ok(())
}

/// Numbers in the log stay below 2^53; one that does not is held at SQLite's largest, where no
/// row is.
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn unsigned(row: &Row<'_>, column: usize) -> Result<u64, rusqlite::Error> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

fn bytes<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r [u8], rusqlite::Error> {
    let value = row.get_ref(column)?;
    value.as_blob().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, value.data_type(), Box::new(error))
    })
}

fn leaf_row<'r>(row: &'r Row<'_>) -> Result<(u64, &'r [u8], &'r [u8]), rusqlite::Error> {
    Ok((unsigned(row, 0)?, bytes(row, 1)?, bytes(row, 2)?))
}

fn receipt_row(row: &Row<'_>) -> Result<ReceiptRow, rusqlite::Error> {
    let request = Hash::from_slice(bytes(row, 0)?).ok_or(rusqlite::Error::InvalidQuery)?;
    Ok(ReceiptRow { request, seq: unsigned(row, 1)?, n: unsigned(row, 2)? })
}

fn next_disclosure(rows: &mut rusqlite::Rows<'_>) -> Result<Option<DisclosureRow>, LedgerFault> {
    let unreadable = |error: rusqlite::Error| {
        Fault::at(Place::Database("disclosure"), What::Unreadable(error.to_string()))
    };
    let Some(row) = rows.next().map_err(unreadable)? else { return Ok(None) };
    disclosure_row(row).map(Some).map_err(|error| unreadable(error).into())
}

fn disclosure_row(row: &Row<'_>) -> Result<DisclosureRow, rusqlite::Error> {
    Ok(DisclosureRow {
        seq: unsigned(row, 0)?,
        name: row.get(1)?,
        subject: row.get(2)?,
        alg: row.get(3)?,
        ciphertext: bytes(row, 4)?.to_vec(),
    })
}

fn extra(text: &DisclosureRow) -> Fault {
    Fault::at(Place::Disclosure(text.seq, text.name.clone()), What::Extra)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each migration is applied on top of rows that the ones before could hold. A new migration
    /// adds its own rows here.
    #[test]
    fn migrations_apply_on_old_data() {
        let old_rows = [
            "INSERT INTO ledger VALUES (0, x'7b7d', zeroblob(32));
            INSERT INTO disclosure VALUES (0, '/title', 'matter/1', 1, x'00');
            INSERT INTO receipt VALUES (zeroblob(32), 0, 1);
            INSERT INTO frontier VALUES (1, 1, zeroblob(32));
            INSERT INTO tile VALUES (0, 0, zeroblob(8192));
            INSERT INTO meta VALUES ('origin', 'test');",
            // The second migration changes only the order of the receipts.
            "INSERT INTO receipt (seq, request, n) VALUES (7, x'0707070707070707070707070707070707070707070707070707070707070707', 2);",
        ];
        assert_eq!(old_rows.len(), MIGRATIONS.len(), "rows for every migration");
        for applied in 0..=MIGRATIONS.len() {
            let mut conn = Connection::open_in_memory().unwrap();
            for (place, rows) in old_rows.iter().enumerate().take(applied) {
                migrate(&mut conn, &MIGRATIONS[..=place]).unwrap();
                conn.execute_batch(rows).unwrap();
            }
            let count = |conn: &Connection| {
                let tables = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'";
                conn.query_row(tables, [], |row| row.get::<_, i64>(0)).unwrap()
            };
            migrate(&mut conn, MIGRATIONS).unwrap();
            let tables = count(&conn);
            migrate(&mut conn, MIGRATIONS).unwrap();
            assert_eq!(count(&conn), tables, "applying twice changes nothing");
            let store = Store::over(conn);
            store.check_schema().unwrap();
            if applied > 0 {
                assert_eq!(store.meta("origin").unwrap().as_deref(), Some("test"));
                assert_eq!(store.one(0, |raw| Ok(raw.disclosures.len())).unwrap(), Some(1));
                let receipt = ReceiptRow { request: Hash([0; 32]), seq: 0, n: 1 };
                assert_eq!(store.receipt(0).unwrap().as_ref(), Some(&receipt));
                assert_eq!(store.receipt_named(&receipt.request).unwrap(), Some(receipt));
                assert_eq!(store.tile(0, 0).unwrap().map(|hashes| hashes.len()), Some(256));
            }
        }
    }

    #[test]
    fn one_row_number_column_is_the_row_number() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn, MIGRATIONS).unwrap();
        let insert = "INSERT INTO ledger (leaf, hash) VALUES (x'7b7d', zeroblob(32))";
        conn.execute(insert, []).unwrap();
        let same = "SELECT seq = rowid FROM ledger";
        assert!(conn.query_row(same, [], |row| row.get::<_, bool>(0)).unwrap());
    }
}
