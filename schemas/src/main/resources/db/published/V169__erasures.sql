-- Which erasures there were, not whose: `reference` is the number of a request in a register elsewhere. Billing copies them into its
-- audit ledger (ADR 0169).
CREATE TABLE published.erasure (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    erased_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    reference   text        NOT NULL,
    records     bigint      NOT NULL,
    erased_by   text        NOT NULL
);
