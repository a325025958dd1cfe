-- Published counts: written by `batch publish` in one transaction, read by the serving layer and billing.
CREATE SCHEMA IF NOT EXISTS published;

CREATE SEQUENCE published.run_number;

-- Run numbers are never reused; a run is found again by its id, which makes every step repeatable.
CREATE TABLE published.run (
    run_number     bigint PRIMARY KEY DEFAULT nextval('published.run_number'),
    run_id         text        NOT NULL UNIQUE,
    started_at     timestamptz NOT NULL DEFAULT now(),
    state          jsonb       NOT NULL DEFAULT '{}'
);

CREATE TABLE published.generation (
    number         bigint PRIMARY KEY,
    parent         bigint REFERENCES published.generation,
    run_id         text        NOT NULL UNIQUE,
    closed_through timestamptz NOT NULL,
    manifest       jsonb       NOT NULL,
    published_at   timestamptz NOT NULL DEFAULT now(),
    published_by   text        NOT NULL
);

-- For each ingest day, the run that provides it in this generation.
CREATE TABLE published.generation_day (
    generation     bigint NOT NULL REFERENCES published.generation,
    ingest_day     date   NOT NULL,
    run_number     bigint NOT NULL REFERENCES published.run,
    PRIMARY KEY (generation, ingest_day)
);

-- Rows summed over ingest bucket and source partition. Immutable under their run number.
CREATE TABLE published.batch_count (
    run_number     bigint         NOT NULL,
    ingest_day     date           NOT NULL,
    meter          text           NOT NULL,
    account        text           NOT NULL,
    dimensions     text           NOT NULL,
    cell           timestamptz    NOT NULL,
    n              bigint         NOT NULL CHECK (n > 0),
    value          numeric(38, 9) NOT NULL,
    fingerprint    bytea          NOT NULL CHECK (octet_length(fingerprint) = 16),
    PRIMARY KEY (meter, account, run_number, ingest_day, cell, dimensions)
);

CREATE INDEX batch_count_run ON published.batch_count (run_number);

-- The single row that says which generation is served; moved under SELECT ... FOR UPDATE.
CREATE TABLE published.pointer (
    id             int PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    generation     bigint REFERENCES published.generation
);

INSERT INTO published.pointer (id, generation) VALUES (1, NULL);

CREATE TABLE published.conservation (
    generation     bigint NOT NULL REFERENCES published.generation,
    topic          text   NOT NULL,
    partition      int    NOT NULL,
    archived       bigint NOT NULL,
    counted        bigint NOT NULL,
    unmetered      bigint NOT NULL,
    duplicates     bigint NOT NULL,
    invalid        jsonb  NOT NULL,
    undecodable    bigint NOT NULL,
    ticks          bigint NOT NULL,
    PRIMARY KEY (generation, topic, partition)
);

CREATE TABLE published.reconciliation (
    run_id         text        NOT NULL,
    bucket         timestamptz NOT NULL,
    rows_compared  bigint      NOT NULL,
    mismatches     bigint      NOT NULL,
    reasons        jsonb       NOT NULL,
    PRIMARY KEY (run_id, bucket)
);
