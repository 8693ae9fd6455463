-- The log and what is derived from it. Common subset of SQLite and PostgreSQL; where a comment
-- begins with SQLITE, SQLite reads what it says.
-- Only `ledger` and `disclosure` are the record; `verify` rebuilds the rest from them.

-- One leaf per event, verbatim; hash = SHA-256(0x00 || leaf). seq is the leaf's index, from 0.
CREATE TABLE ledger (
    seq BIGINT PRIMARY KEY,
    leaf BYTEA NOT NULL CHECK (LENGTH(leaf) <= 16384),
    hash BYTEA NOT NULL CHECK (LENGTH(hash) = 32)
);

-- The encrypted openings of the commitments in a leaf.
CREATE TABLE disclosure (
    seq BIGINT NOT NULL REFERENCES ledger (seq),
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    alg BIGINT NOT NULL,
    ciphertext BYTEA NOT NULL,
    PRIMARY KEY (seq, name)
) /*SQLITE WITHOUT ROWID*/;

-- request = HMAC of account and request id: the table must not tell who wrote a sealed entry.
CREATE TABLE receipt (
    request BYTEA NOT NULL PRIMARY KEY CHECK (LENGTH(request) = 32),
    seq BIGINT NOT NULL,
    n BIGINT NOT NULL CHECK (n > 0)
) /*SQLITE WITHOUT ROWID*/;

-- One row: the roots of the complete subtrees of the tree, largest first.
CREATE TABLE frontier (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    size BIGINT NOT NULL,
    hashes BYTEA NOT NULL
);

-- Full tiles of 256 hashes (C2SP tlog-tiles).
CREATE TABLE tile (
    level BIGINT NOT NULL,
    place BIGINT NOT NULL,
    hashes BYTEA NOT NULL CHECK (LENGTH(hashes) = 8192),
    PRIMARY KEY (level, place)
);

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
