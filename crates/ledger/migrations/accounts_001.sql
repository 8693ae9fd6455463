-- accounts.db: who may sign in, and what is open. Common subset of SQLite and PostgreSQL.
-- Of personal data it holds login names only; the name of a person stands in the ledger.
-- Cookies, links and tokens stand here as their SHA-256, passwords as Argon2id.
-- Moments are milliseconds since 1970-01-01 UTC.

-- How often the file was opened: keeps two starts with one seed apart.
CREATE TABLE starting (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    count BIGINT NOT NULL
);

CREATE TABLE account (
    person BIGINT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    changed BIGINT NOT NULL
);

-- Persons whom an administrator has shut out.
CREATE TABLE locked (
    person BIGINT PRIMARY KEY
);

-- One-time links. One per person: a new one takes the place of the old one.
CREATE TABLE invitation (
    person BIGINT PRIMARY KEY,
    hash BYTEA NOT NULL UNIQUE CHECK (LENGTH(hash) = 32),
    ends BIGINT NOT NULL
);

CREATE TABLE session (
    hash BYTEA NOT NULL PRIMARY KEY CHECK (LENGTH(hash) = 32),
    person BIGINT NOT NULL,
    post BIGINT,
    acting_for BIGINT,
    opened BIGINT NOT NULL,
    seen BIGINT NOT NULL
);

-- Revoked tokens stay, so that their numbers never name another one.
CREATE TABLE token (
    number BIGINT PRIMARY KEY,
    hash BYTEA NOT NULL UNIQUE CHECK (LENGTH(hash) = 32),
    person BIGINT NOT NULL,
    post BIGINT NOT NULL,
    name TEXT NOT NULL,
    issued BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    used BIGINT,
    revoked BIGINT NOT NULL
);

-- Sign-ins that failed in a row. `login` and `source` are 32 bits of a hash: enough to count by,
-- too little to learn what somebody typed, which now and then is a password. Source 2^32 counts
-- the failures of a login from anywhere.
CREATE TABLE failure (
    login BIGINT NOT NULL,
    source BIGINT NOT NULL,
    count BIGINT NOT NULL,
    latest BIGINT NOT NULL,
    PRIMARY KEY (login, source)
);
CREATE INDEX failure_latest ON failure (latest);
