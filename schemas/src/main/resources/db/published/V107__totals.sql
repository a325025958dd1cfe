-- Totals that are read in O(1) however long the history (ADR 0106). An account of '' stands for all accounts
-- together, dimensions of '' for all of them. Unique counts have no totals.

-- What a run counted on an ingest day; immutable under its run number, like the rows it sums up.
CREATE TABLE published.batch_day_total (
    run_number     bigint         NOT NULL,
    ingest_day     date           NOT NULL,
    meter          text           NOT NULL,
    account        text           NOT NULL,
    dimensions     text           NOT NULL,
    n              bigint         NOT NULL,
    value          numeric(38, 9) NOT NULL,
    first_cell     timestamptz    NOT NULL,
    last_cell      timestamptz    NOT NULL,
    PRIMARY KEY (meter, account, dimensions, run_number, ingest_day)
);

CREATE INDEX batch_day_total_run ON published.batch_day_total (run_number);

-- What an account has of a meter from this generation on, until a later one of the same line has another row. Where 0 events are
-- left, the rest is null.
CREATE TABLE published.batch_total (
    generation     bigint         NOT NULL,
    meter          text           NOT NULL,
    account        text           NOT NULL,
    dimensions     text           NOT NULL,
    n              bigint         NOT NULL,
    value          numeric(38, 9),
    first_cell     timestamptz,
    last_cell      timestamptz,
    PRIMARY KEY (meter, account, dimensions, generation)
);

-- The generations whose totals can be read: the served one, those before it that a reader or a rollback may still go to, and what was rolled back
-- between them. `abandoned`: lower numbers that are no ancestors. Of the others the rows have to be added up.
CREATE TABLE published.totals_kept (
    generation     bigint   PRIMARY KEY REFERENCES published.generation ON DELETE CASCADE,
    abandoned      bigint[] NOT NULL
);
