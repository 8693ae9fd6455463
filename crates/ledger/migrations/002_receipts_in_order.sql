-- Receipts in the order of their entries. In the order of their names, which are random, each one
-- dirtied a page of its own and a commit wrote ten times as much as it said.
CREATE TABLE receipt_in_order (
    seq BIGINT PRIMARY KEY,
    request BYTEA NOT NULL CHECK (LENGTH(request) = 32),
    n BIGINT NOT NULL CHECK (n > 0)
);
INSERT INTO receipt_in_order (seq, request, n) SELECT seq, request, n FROM receipt ORDER BY seq;
DROP TABLE receipt;
ALTER TABLE receipt_in_order RENAME TO receipt;
