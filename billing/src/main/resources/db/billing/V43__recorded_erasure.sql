-- Which erasures the ledger has: each exactly once, however many processes copy them.
CREATE TABLE recorded_erasure (
    erasure bigint PRIMARY KEY,
    entry   bigint NOT NULL UNIQUE REFERENCES ledger
);

GRANT SELECT, INSERT ON recorded_erasure TO ${billing_role};
