-- The rows that a reconciliation found to differ, by name: as many as a person can look at, the worst cases have more. `bucket` is the start of
-- the ingest day, and `source_partition` empty, where published rows, which are summed over both, differ from the run's.
CREATE TABLE published.reconciliation_row (
    run_id           text        NOT NULL,
    bucket           timestamptz NOT NULL,
    meter            text        NOT NULL,
    account          text        NOT NULL,
    dimensions       text        NOT NULL,
    cell             timestamptz NOT NULL,
    source_partition text        NOT NULL,
    reason           text        NOT NULL,
    expected         text,
    found            text
);

CREATE INDEX reconciliation_row_run ON published.reconciliation_row (run_id);
