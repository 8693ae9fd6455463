-- keys.db: what has to be erasable. Never in the backup of the data.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value BYTEA NOT NULL
);

-- One key per subject, wrapped by the key of keys.
CREATE TABLE subject_key (
    kind TEXT NOT NULL,
    number BIGINT NOT NULL,
    wrapped BYTEA NOT NULL,
    PRIMARY KEY (kind, number)
);

-- Keys are made ahead in whole blocks of numbers first..first+count-1.
CREATE TABLE made (
    kind TEXT NOT NULL,
    first BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (kind, first)
);

-- Subjects whose key was destroyed on lawful grounds, in place of the key.
CREATE TABLE erased (
    kind TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (kind, number)
);

-- Kept files: number of the key, id (hash of the ciphertext), HMAC of the plaintext for finding
-- the same file again.
CREATE TABLE kept (
    number BIGINT PRIMARY KEY,
    id BYTEA NOT NULL,
    mac BYTEA NOT NULL
);
CREATE INDEX kept_mac ON kept (mac);
