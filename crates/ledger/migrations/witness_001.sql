-- The keys of the logs that this witness looks at.
CREATE TABLE log_key (
    vkey TEXT PRIMARY KEY,
    origin TEXT NOT NULL
);
-- The largest checkpoint of each log that it has cosigned.
CREATE TABLE cosigned (
    origin TEXT PRIMARY KEY,
    size BIGINT NOT NULL,
    note TEXT NOT NULL
);
