//! Every SQL text of the log, once, in the subset that SQLite and PostgreSQL share.

pub(crate) const LEDGER_INSERT: &str = "INSERT INTO ledger (seq, leaf, hash) VALUES ($1, $2, $3)";
pub(crate) const LEDGER_FROM: &str =
    "SELECT seq, leaf, hash FROM ledger WHERE seq >= $1 ORDER BY seq";
pub(crate) const LEDGER_ONE: &str = "SELECT seq, leaf, hash FROM ledger WHERE seq = $1";

pub(crate) const DISCLOSURE_INSERT: &str = "INSERT INTO disclosure \
    (seq, name, subject, alg, ciphertext) VALUES ($1, $2, $3, $4, $5)";
pub(crate) const DISCLOSURE_FROM: &str = "SELECT seq, name, subject, alg, ciphertext \
    FROM disclosure WHERE seq >= $1 ORDER BY seq, name";
pub(crate) const DISCLOSURE_OF: &str = "SELECT seq, name, subject, alg, ciphertext \
    FROM disclosure WHERE seq = $1 ORDER BY name";

pub(crate) const DISCLOSURE_COUNT: &str = "SELECT COUNT(*) FROM disclosure WHERE subject = $1";

pub(crate) const RECEIPT_INSERT: &str = "INSERT INTO receipt (request, seq, n) VALUES ($1, $2, $3)";
pub(crate) const RECEIPT_ONE: &str = "SELECT request, seq, n FROM receipt WHERE seq = $1";
pub(crate) const RECEIPT_NAMED: &str = "SELECT request, seq, n FROM receipt WHERE request = $1";
pub(crate) const RECEIPT_ALL: &str = "SELECT request, seq, n FROM receipt ORDER BY seq";

pub(crate) const FRONTIER_READ: &str = "SELECT size, hashes FROM frontier ORDER BY one";
pub(crate) const FRONTIER_WRITE: &str = "INSERT INTO frontier (one, size, hashes) \
    VALUES (1, $1, $2) ON CONFLICT (one) DO UPDATE SET size = $1, hashes = $2";

pub(crate) const TILE_INSERT: &str = "INSERT INTO tile (level, place, hashes) VALUES ($1, $2, $3)";
pub(crate) const TILE_ONE: &str = "SELECT hashes FROM tile WHERE level = $1 AND place = $2";
pub(crate) const TILE_COUNT: &str = "SELECT COUNT(*) FROM tile";
pub(crate) const TILE_NAMES: &str = "SELECT level, place FROM tile ORDER BY level, place";

pub(crate) const META_INSERT: &str = "INSERT INTO meta (name, value) VALUES ($1, $2)";
pub(crate) const META_ONE: &str = "SELECT value FROM meta WHERE name = $1";
