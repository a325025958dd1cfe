-- What Deequ measured, in its own JSON (its metrics repository, ADR 0105): of a run's data (tags gate, run) and of a whole ingest day (tag gate).
CREATE TABLE published.quality_metric (
    data_set_date timestamptz NOT NULL,
    tags          jsonb       NOT NULL,
    result        jsonb       NOT NULL,
    PRIMARY KEY (data_set_date, tags)
);
