-- An account that changes its time zone still has one document of a period, though the range of the period moves.
CREATE UNIQUE INDEX document_once_by_label ON document (account, period, kind, sequence) WHERE status <> 'void';

-- Every document of an account, void ones too.
CREATE INDEX document_by_account ON document (account, kind, period_from);

-- What is given back of a document that stands. Never edited; a note that is wrong is followed by an adjustment, not removed.
CREATE TABLE credit_note (
    id             text PRIMARY KEY,
    document       text        NOT NULL REFERENCES document,
    number         int         NOT NULL CHECK (number >= 1),
    line           int         NULL,
    amount         numeric     NOT NULL CHECK (amount > 0),
    currency       text        NOT NULL,
    reason         text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    digest         bytea       NOT NULL,
    created_at     timestamptz NOT NULL,
    created_by     text        NOT NULL,
    UNIQUE (document, number),
    FOREIGN KEY (document, line) REFERENCES document_line (document, n)
);

GRANT SELECT, INSERT ON credit_note TO ${billing_role};
