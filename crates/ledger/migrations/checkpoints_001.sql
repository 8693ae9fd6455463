-- The checkpoints that were signed, apart from the log: a copy of the log put back from an old
-- backup does not take them back with it.
CREATE TABLE checkpoint (
    size BIGINT PRIMARY KEY,
    text TEXT NOT NULL
);
-- The lines under each, of the log's own keys and of witnesses, in the order they came.
CREATE TABLE signature (
    number BIGINT PRIMARY KEY,
    size BIGINT NOT NULL REFERENCES checkpoint (size),
    line TEXT NOT NULL,
    UNIQUE (size, line)
);
