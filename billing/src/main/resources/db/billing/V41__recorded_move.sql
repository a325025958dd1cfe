-- Which moves of the published pointer the ledger has: each exactly once, however many processes copy them.
CREATE TABLE recorded_move (
    move   bigint PRIMARY KEY,
    entry  bigint NOT NULL UNIQUE REFERENCES ledger
);

GRANT SELECT, INSERT ON recorded_move TO ${billing_role};
